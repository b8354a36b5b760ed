"""The review committee decides by one word: who becomes an evaluator, and whether a third reader is asked.

The chair decides alone, any two other members together. Sources: briefing, appendices C 4 and E; product
specification, "Committee".
"""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from flows.dialog import kinds
from flows.dialog.speech import Choice
from flows.dialog.unclear import Unclear
from flows.program.panel import Event, Verb
from flows.program.quiet import Quiet
from handlers import local, roles, telling
from handlers.desk import items
from handlers.exchange import Errand, Exchange, Reply
from handlers.review import asking, blind, panels, selecting
from handlers.review.panels import Case
from storage import audit, ballots, desk, people
from storage import roles as held
from storage.ballots import Ballot
from storage.roles import Held

EVALUATOR, THIRD = "evaluator", asking.THIRD  # kinds of question
EMPTY_SEAT, NO_MEMBER = "empty seat", "committee cannot decide"  # kinds of desk item
FIT = Quiet(weekends=True)  # hours of a reminder; what somebody told of theirs holds it for them alone
TOGETHER = timedelta(days=4)  # so long it waits for an hour that is fit for all of them
NEEDED = 2  # members who say the same, where the chair says nothing
DECIDED = "That question is decided already: {}. Thank you."
NOT_A_MEMBER = "That question is for the review committee, so nothing was changed."
COUNTED = "Thank you, your {} is counted. {}"
CONFLICT = "You have a conflict of interest in this one, so your word cannot count; thank you all the same."


def members(errand: Errand) -> list[Held]:
    """Everybody on the committee."""
    return [each for each in held.everybody(errand.work) if each.role == roles.COMMITTEE]


def chair(errand: Errand) -> int | None:
    """Who chairs the committee, by the id of the person."""
    return next((each.person_id for each in members(errand) if each.chair), None)


def ask_for_third(errand: Errand, case: Case) -> bool:
    """The assessments differ: whether a third reader is asked is the committee's; False when it was asked already."""
    before, since = ballots.newest(errand.work, THIRD, case.review.id), _assessed(case)
    if before is not None and before.state == "no" and (before.ended_at or before.asked_at) >= since:
        return False
    return ask_again_for_third(errand, case)


def ask_again_for_third(errand: Errand, case: Case) -> bool:
    """The same, whatever the committee said before."""
    shown = blind.package(errand, case.review.id)
    text = (
        f"Review {shown.reference} ({blind.named(errand, shown)}): the two assessments differ. May a third evaluator be"
        " asked, whose word decides? One word does: `yes` or `no`."
    )
    return _ask(errand, THIRD, case.review.id, text, of_the_panel(case))


def _assessed(case: Case) -> datetime:
    """When the newest assessment was confirmed."""
    return max(each.assessed_at or each.asked_at for each in case.readers)


def ask_for_evaluator(errand: Errand, person_id: int, told: str) -> bool:
    """Whether somebody becomes an evaluator; False when that is asked already."""
    return _ask(errand, EVALUATOR, person_id, f"{told}\nSelect them? One word does: `yes` or `no`.", {person_id})


def of_the_panel(case: Case) -> set[int]:
    """Whoever read, or whose set it is, has no word in it."""
    return {case.candidacy.person_id, *(each.person_id for each in case.readers)}


def _ask(errand: Errand, kind: str, subject: int, text: str, conflicted: set[int]) -> bool:
    number = ballots.ask(errand.work, kind, subject)
    if number is None:
        return False
    audit.record(errand.work, asking.ASSISTANT, f"asked the committee: {kind}", f"ballot {number}", {"about": subject})
    asked = [each.person_id for each in members(errand) if each.person_id not in conflicted]
    told = sum(_tell(errand, number, each, text) for each in asked)
    if not told:
        items.add(errand, NO_MEMBER, None, {"question": text, "_ballot": str(number)})
    return True


def _tell(errand: Errand, number: int, person_id: int, text: str) -> bool:
    choices = (Choice(f"ballot:yes:{number}", "Yes"), Choice(f"ballot:no:{number}", "No"))
    return telling.tell(
        errand, person_id, text, *choices, subject="A question to the committee", matter=f"ballot:{number}"
    )


def watch(errand: Errand) -> int:
    """Remind the members who said nothing, every so many days of the policy; and the office of empty seats.

    Members are volunteers: neither at night nor on weekends by their own clock.
    """
    done = 0
    for each in ballots.open_ones(errand.work):
        if each.reminded_at + timedelta(days=errand.rules.committee_days) <= errand.work.now:
            done += _reminded(errand, each)
    return done + _seats(errand)


def _reminded(errand: Errand, asked: Ballot) -> int:
    found = ballots.locked(errand.work, asked.id)
    if found is None or found.state != "open" or found.reminded_at != asked.reminded_at:
        return 0
    said = {each.person_id for each in ballots.votes(errand.work, asked.id)}
    silent = [each.person_id for each in members(errand) if each.person_id not in said | _conflicted(errand, asked)]
    late = errand.work.now - asked.reminded_at >= timedelta(days=errand.rules.committee_days) + TOGETHER
    if not late and any(FIT.ends(local.at(errand, each), reminder=True) for each in silent):
        return 0
    ballots.reminded(errand.work, asked.id)
    text = f"A reminder of a question to the committee: {_subject(errand, asked)}. One word does: `yes` or `no`."
    return sum(_tell(errand, asked.id, each, text) for each in silent)


def _seats(errand: Errand) -> int:
    """An empty seat is a notice at the desk, once as long as it is empty; none while nobody is on the committee yet."""
    filled = {each.seat.lower() for each in members(errand)}
    if not filled:
        return 0
    known = {each.details for each in desk.open_items(errand.work) if each.kind == EMPTY_SEAT}
    empty = [seat for seat in errand.rules.committee_seats if seat.lower() not in filled]
    new = [seat for seat in empty if not any(seat in each for each in known)]
    for seat in new:
        items.add(errand, EMPTY_SEAT, None, {"seat": seat})
    return len(new)


def _subject(errand: Errand, asked: Ballot) -> str:
    if asked.kind == EVALUATOR:
        return f"whether {people.named(errand.work, asked.subject_id) or 'the applicant'} becomes an evaluator"
    return f"whether a third evaluator is asked for review {blind.package(errand, asked.subject_id).reference}"


def _conflicted(errand: Errand, asked: Ballot) -> set[int]:
    if asked.kind == EVALUATOR:
        return {asked.subject_id}
    case = panels.load(errand, asked.subject_id)
    return of_the_panel(case) if case is not None else set()


def chosen(ex: Exchange, rest: str) -> Reply:
    """A button of a question: `yes:ID` or `no:ID`."""
    word, _, number = rest.partition(":")
    if word not in ("yes", "no") or not number.isdecimal() or len(number) > 9:
        return Reply((NOT_A_MEMBER,))
    return Reply((_voted(ex, int(number), says=word == "yes"),), matter=f"ballot:{number}")


def heard(ex: Exchange) -> Reply | None:
    """A mail below a question that is a yes or a no; None for all other words."""
    matter = ex.message.mail.matter if ex.message.mail is not None else ""
    kind, _, number = matter.partition(":")
    if kind != "ballot" or not number.isdecimal():
        return None
    try:
        says = kinds.yes_no(ex.message.text.strip().splitlines()[0])
    except (Unclear, IndexError):
        return None
    return Reply((_voted(ex, int(number), says=says),), matter=matter)


def _voted(ex: Exchange, number: int, *, says: bool) -> str:
    actor = roles.speaking(ex)
    if not roles.may_vote(actor):
        return NOT_A_MEMBER
    asked = ballots.locked(ex.work, number)
    if asked is None or asked.state != "open":
        return DECIDED.format(asked.state if asked is not None else "it is gone")
    if ex.speaker.person_id in _conflicted(ex, asked):
        return CONFLICT
    ballots.vote_for(ex.work, number, ex.speaker.person_id, says=says)
    word = "yes" if says else "no"
    audit.record(ex.work, f"person {ex.speaker.person_id}", f"voted {word}", f"ballot {number}", {})
    said = ballots.votes(ex.work, number)
    alone = roles.CHAIR in actor.roles
    if not alone and sum(each.says is says for each in said) < NEEDED:
        return COUNTED.format(word, f"{NEEDED - 1} more of the committee, or its chair, decides.")
    return COUNTED.format(word, decide(ex, asked, says=says, by=actor.name))


def decide(errand: Errand, asked: Ballot, *, says: bool, by: str) -> str:
    """The question is decided; what follows from it, as a sentence."""
    if not ballots.end(errand.work, asked.id, "yes" if says else "no"):
        return DECIDED.format("by somebody else")
    audit.record(errand.work, by, f"decided: {'yes' if says else 'no'}", f"ballot {asked.id}", {})
    return FOLLOWS[asked.kind](errand, asked, says, by)


def _third(errand: Errand, asked: Ballot, says: bool, by: str) -> str:
    case = panels.load(errand, asked.subject_id)
    if case is None:
        return "The set was taken back meanwhile."
    if not says:
        return _no_third(errand, case)
    allowed = panels.happens(errand, case, by, Event(Verb.ALLOW_THIRD))
    if allowed is None:
        return "It is not needed any more."
    asking.fill(errand, allowed)
    return "A third evaluator is asked."


def _no_third(errand: Errand, case: Case) -> str:
    """Without a third reader nothing can be decided, so the office takes it up with the committee."""
    details = {"review": case.review.reference, "_review": str(case.review.id)}
    items.add(errand, asking.NO_THIRD, case.candidacy.person_id, details)
    return "The office takes it up with the committee."


def _evaluator(errand: Errand, asked: Ballot, says: bool, by: str) -> str:
    return selecting.selected(errand, asked.subject_id, says, by)


Follow = Callable[[Errand, Ballot, bool, str], str]
FOLLOWS: Mapping[str, Follow] = {THIRD: _third, EVALUATOR: _evaluator}
