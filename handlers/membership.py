"""Who belongs to the office, the committee and other circles: added, removed and listed, each on the audit."""

from dataclasses import dataclass

from flows.program.figures import day_in_words
from handlers import roles
from handlers.exchange import Errand
from handlers.roles import MEANINGS, Actor
from storage import audit, people
from storage import roles as records


@dataclass(frozen=True)
class Changed:
    """What became of a change of roles, as a sentence; `done` is False when it was refused."""

    text: str
    done: bool = True


USAGE = "`staff list`, `staff add slack:U123 assistant`, `staff remove slack:U123`"
CHANNELS = ("slack", "telegram", "email", "terminal")


def typed(errand: Errand, actor: Actor, words: str) -> str:
    """`list`, `add ADDRESS ROLE`, `remove ADDRESS [ROLE]`."""
    verb, *rest = words.split() or ["list"]
    if verb == "list":
        return told(errand)
    if verb == "add" and len(rest) >= 2:
        return add(errand, actor, rest[0], rest[1], " ".join(rest[2:])).text
    if verb == "remove" and rest:
        return remove(errand, actor, rest[0], rest[1] if len(rest) > 1 else "").text
    return f"I know {USAGE}; the roles are {', '.join(MEANINGS)}."


def told(errand: Errand) -> str:
    """Everybody with a role, and where they are reached."""
    lines = []
    for held in records.everybody(errand.work):
        addresses = ", ".join(
            f"{each.channel}:{each.address}" for each in people.addresses(errand.work, held.person_id)
        )
        seat = f", {held.seat}" if held.seat else ""
        chair = ", chair" if held.chair else ""
        since = day_in_words(errand.day(held.since))
        lines.append(f"- {MEANINGS[held.role]}{seat}{chair}: {held.name or 'no name yet'} ({addresses}), since {since}")
    first = [
        f"- {MEANINGS[roles.OFFICER]}: {channel}:{address}, by the settings"
        for channel, address in sorted(errand.house.staff)
    ]
    return "\n".join([*lines, *first]) or "Nobody has a role yet."


def add(errand: Errand, actor: Actor, address: str, role: str, seat: str = "") -> Changed:
    """Give a role to whoever has an address; somebody unknown is put on record with it.

    A seat of the committee may end with `chair`.
    """
    place, wrong = _checked(actor, address, role)
    if wrong:
        return Changed(wrong, done=False)
    channel, where = place
    found = people.find(errand.work, channel, where)
    person_id = people.add(errand.work, channel, where).person_id if found is None else found
    state = next(
        each.state for each in people.addresses(errand.work, person_id) if (each.channel, each.address) == place
    )
    if state != "proved":
        return Changed(f"{address} is not confirmed by its owner yet, so it cannot carry a role.", done=False)
    if role != roles.COMMITTEE:
        return _given(errand, actor, address, person_id, role)
    chair = seat == "chair" or seat.endswith(" chair")
    seats = _seats(errand, seat.removesuffix("chair").strip())
    if len(seats) != 1:
        return Changed(f"Which seat? One of: {'; '.join(errand.rules.committee_seats)}.", done=False)
    taken = [held for held in records.everybody(errand.work) if held.seat == seats[0] and held.person_id != person_id]
    if taken:
        return Changed(f"That seat is {taken[0].name or 'somebody else'}'s; remove them first.", done=False)
    return _given(errand, actor, address, person_id, role, seats[0], chair=chair)


def _given(
    errand: Errand, actor: Actor, address: str, person_id: int, role: str, seat: str = "", *, chair: bool = False
) -> Changed:
    records.give(errand.work, person_id, role, actor.name, seat, chair=chair)
    told: dict[str, object] = {"role": role} | ({"seat": seat, "chair": chair} if seat else {})
    audit.record(errand.work, actor.name, "gave a role", f"person {person_id}", told)
    place = f" on the seat of the {seat}" if seat else ""
    return Changed(f"{address} is {MEANINGS[role]} now{place}{', and chairs it' if chair else ''}.")


def _seats(errand: Errand, words: str) -> list[str]:
    """The seats whose names hold all of the words: `librarian academic`."""
    wanted = words.lower().split()
    return [seat for seat in errand.rules.committee_seats if wanted and all(each in seat.lower() for each in wanted)]


def remove(errand: Errand, actor: Actor, address: str, role: str = "") -> Changed:
    """Take a role, or every one, from whoever has an address."""
    place, wrong = _checked(actor, address, role or roles.ASSISTANT)
    if wrong:
        return Changed(wrong, done=False)
    person_id = people.find(errand.work, *place)
    had = [name for name in sorted(records.of(errand.work, person_id)) if role in ("", name)] if person_id else []
    for name in had:
        records.take(errand.work, person_id or 0, name)
        audit.record(errand.work, actor.name, "took a role", f"person {person_id}", {"role": name})
    if place in errand.house.staff:
        return Changed(f"{address} is named in LSSC_STAFF; take it out there.", done=False)
    if not had:
        return Changed(f"{address} has no such role.", done=False)
    return Changed(f"{address} is no longer {', '.join(MEANINGS[name] for name in had)}.")


def _checked(actor: Actor, address: str, role: str) -> tuple[tuple[str, str], str]:
    channel, _, where = address.partition(":")
    if not roles.may_give_roles(actor):
        return ("", ""), "Only the program officer gives and takes roles."
    if channel not in CHANNELS or not where:
        return ("", ""), f"An address looks like slack:U123, telegram:456 or email:a@b.org, not {address[:60]}."
    if role not in MEANINGS:
        return ("", ""), f"There is no role {role[:30]}; the roles are {', '.join(MEANINGS)}."
    return (channel, where.lower() if channel == "email" else where), ""
