"""Who may do what: every permission of the program, and the roles that carry them."""

from collections.abc import Mapping
from dataclasses import dataclass

from handlers.exchange import Errand, Exchange
from storage import people, roles

OFFICER, ASSISTANT, COMMITTEE, CHAIR = "officer", "assistant", "committee", "chair"
STAFF = frozenset({OFFICER, ASSISTANT})
MEANINGS: Mapping[str, str] = {
    OFFICER: "program officer",
    ASSISTANT: "program assistant",
    COMMITTEE: "member of the review committee",
    "evaluator": "evaluator",
    "provider": "course provider",
    "mentor": "mentor",
}


@dataclass(frozen=True)
class Actor:
    """Who does something: `name` as the audit and the desk tell it; `person_id` None for the command line."""

    name: str
    roles: frozenset[str]
    person_id: int | None = None


def speaking(ex: Exchange) -> Actor:
    """The one who speaks, with all their roles; an address that is not proved carries none."""
    known = (ex.speaker.channel, ex.speaker.address)
    if not is_proved(ex):
        return Actor(_name(ex), frozenset(), ex.speaker.person_id)
    first = {OFFICER} if known in ex.house.staff else set()
    return Actor(_name(ex), roles.of(ex.work, ex.speaker.person_id) | first, ex.speaker.person_id)


def is_proved(ex: Exchange) -> bool:
    """Whether it is certain who speaks."""
    return ex.speaker.address_state == "proved" and ex.message.trust == "proved"


def at_the_keyboard(user: str) -> Actor:
    """Whoever may run commands on the office's machine may do what the program officer may."""
    return Actor(f"{user} (command line)", frozenset({OFFICER}))


def may_use_desk(actor: Actor) -> bool:
    """See and settle desk items, and write to people in the program's name."""
    return bool(actor.roles & STAFF)


def may_see_documents(actor: Actor) -> bool:
    """Open what people sent to the office, such as diplomas."""
    return bool(actor.roles & STAFF)


def may_admit(actor: Actor) -> bool:
    """Decide on applications and record payments."""
    return bool(actor.roles & STAFF)


def may_keep_catalogue(actor: Actor) -> bool:
    """Take the catalogue of approved courses in."""
    return bool(actor.roles & STAFF)


def may_credit(actor: Actor) -> bool:
    """Decide whether a course or another program completes a set."""
    return bool(actor.roles & STAFF)


def may_review(actor: Actor) -> bool:
    """See a set that was handed in as its evaluators will, and record how its review stands and ends."""
    return bool(actor.roles & STAFF)


def may_release(actor: Actor) -> bool:
    """Release the outcome of a review to its candidate. Source: briefing, appendix C 5."""
    return bool(actor.roles & (STAFF | {CHAIR}))


def may_vote(actor: Actor) -> bool:
    """Select evaluators and approve third readers. Source: briefing, appendix E."""
    return COMMITTEE in actor.roles


def may_give_roles(actor: Actor) -> bool:
    """Add and remove members of the staff, of the committee and others; only the program officer."""
    return OFFICER in actor.roles


def may_certify(actor: Actor) -> bool:
    """Confirm an award, upon which its certificate is issued."""
    return bool(actor.roles & STAFF)


def may_revoke(actor: Actor) -> bool:
    """Revoke a certificate, or make it valid again; only the program officer."""
    return OFFICER in actor.roles


def may_publish(actor: Actor) -> bool:
    """Add an answer to the knowledge base, or take one back."""
    return bool(actor.roles & STAFF)


def may_convene(actor: Actor) -> bool:
    """Plan, move and cancel webinars, and see who signed up."""
    return bool(actor.roles & STAFF)


def may_attend(actor: Actor, kind: str, *, evaluates: bool) -> bool:
    """Hear of webinars of a kind, and sign up: trainings are for evaluators, meetings of the committee for its members.

    The staff may attend everything.
    """
    if kind == "evaluators":
        return evaluates or bool(actor.roles & STAFF)
    return kind != "committee" or bool(actor.roles & (STAFF | {COMMITTEE, CHAIR}))


def staff_addresses(errand: Errand) -> dict[int, list[people.Address]]:
    """Where each member of the staff can be reached, by person; the first ones of the settings belong to it too."""
    members = {held.person_id for held in roles.everybody(errand.work) if held.role in STAFF}
    for channel, address in sorted(errand.house.staff):
        found = people.find(errand.work, channel, address)
        members.add(found if found is not None else people.add(errand.work, channel, address).person_id)
    return {member: people.addresses(errand.work, member) for member in sorted(members)}


def _name(ex: Exchange) -> str:
    return ex.speaker.name or f"{ex.speaker.channel} {ex.speaker.address}"
