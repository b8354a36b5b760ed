"""What the staff see of the reviews that go on, and may change by hand: `review R-ABCDE return NAME`."""

import re
from collections.abc import Callable, Mapping

from flows.program.figures import day_in_words
from flows.program.panel import Event, Seat, Verb
from handlers import roles, submission
from handlers.accounts import Refusal
from handlers.exchange import Errand, Exchange, Reply
from handlers.review import asking, assessing, matching, panels
from handlers.review.panels import Case
from handlers.roles import Actor
from storage import people, reviews
from storage.reviews import Reader

TYPED = re.compile(
    r"/?(?:lssc )?review (?P<reference>R-[A-Z0-9]{5})(?: (?P<verb>return|release|ask) (?P<name>\S.{0,120}))?",
    re.IGNORECASE,
)
OPEN = re.compile(r"/?(?:lssc )?(?:open|all) reviews", re.IGNORECASE)
REOPEN = re.compile(r"/?(?:lssc )?reopen #?(?P<number>\d{1,9})[ :,]+(?P<rest>\S.{2,400})", re.IGNORECASE | re.DOTALL)
SHOWN = 40
NONE = "No review is open."
UNKNOWN = "There is no review {}."
WHO = "Who is {}? A whole name, as `review {}` shows it."
DECIDED = "Review {} is decided already, so that cannot be done any more."
RETURNED = "Their assessment of review {} is given back to {}; they are told."
GIVEN_BACK = "The office gives you your assessment of review {0} back, so that you can change it. {1}"
RELEASED = "{} is let go of review {}, with thanks, and the next is asked."
ASKED = "{} is asked for review {}."


def typed(ex: Exchange, said: str) -> Reply | None:
    """A command of the staff about reviews; None for other words, or from others."""
    found = next(filter(None, (each.fullmatch(said.strip()) for each in (OPEN, REOPEN, TYPED))), None)
    actor = roles.speaking(ex) if found is not None else None
    if found is None or actor is None or not roles.may_review(actor):
        return None
    if found.re is OPEN:
        return Reply((listed(ex),))
    if found.re is REOPEN:
        return Reply((submission.reopen(ex, actor.name, int(found["number"]), found["rest"]),))
    return Reply((_done(ex, actor, found),))


def _done(errand: Errand, actor: Actor, found: re.Match[str]) -> str:
    reference = found["reference"].upper()
    known = reviews.by_reference(errand.work, reference)
    case = panels.load(errand, known) if known is not None else None
    if case is None:
        return Refusal(UNKNOWN.format(reference))
    if not found["verb"]:
        return told(errand, case)
    return ACTS[found["verb"].lower()](errand, actor, case, found["name"].strip(" .!"))


def listed(errand: Errand) -> str:
    """All open reviews, a line each, the oldest first."""
    found = reviews.open_ones(errand.work)
    lines = [_line(errand, case) for each in found[:SHOWN] if (case := panels.load(errand, each)) is not None]
    more = [f"... and {len(found) - SHOWN} more"] if len(found) > SHOWN else []
    return "\n".join([*lines, *more, "`review R-...` shows one."]) if lines else NONE


def _line(errand: Errand, case: Case) -> str:
    days = (errand.work.now - case.review.opened_at).days
    seats = [f"{seat.value} {number}" for seat in Seat if (number := sum(each.seat == seat for each in case.readers))]
    return f"{case.review.reference}: {_set(errand, case)}, {days} days, {', '.join(seats) or 'nobody asked yet'}"


def told(errand: Errand, case: Case) -> str:
    """One review with everybody who was asked; for the staff alone."""
    state = case.review.state if case.review.state != "concluded" else "concluded, to be released"
    head = f"Review {case.review.reference}: {_set(errand, case)}, round {case.submission.round}, receipt"
    lines = [f"{head} {case.submission.receipt}, candidate {case.candidacy.id}: {state}"]
    lines += [f"- {_reader(errand, each)}" for each in case.readers]
    if case.panel.open_seats:
        lines.append(f"{case.panel.open_seats} more to be asked")
    verbs = f"`review {case.review.reference}` with `return`, `release` or `ask` and a name changes it."
    return "\n".join([*lines, *([verbs] if case.review.state == "open" else [])])


def _set(errand: Errand, case: Case) -> str:
    return errand.house.competencies.named(case.submission.set_id).name


def _reader(errand: Errand, reader: Reader) -> str:
    about = [reader.seat, *(["third reader"] if reader.third else []), *([reader.word] if reader.word else [])]
    about += [f"answers by {day_in_words(errand.day(reader.answer_by))}"] if reader.seat == Seat.ASKED else []
    about += [f"due {day_in_words(reader.due)}"] if reader.seat == Seat.READING and reader.due else []
    about += ["late"] if reader.late else []
    about += [reader.why] if reader.why else []
    return f"{people.named(errand.work, reader.person_id) or f'person {reader.person_id}'}: {', '.join(about)}"


def _of_reader(act: Callable[[Errand, Actor, Case, Reader], str]) -> Callable[[Errand, Actor, Case, str], str]:
    def run(errand: Errand, actor: Actor, case: Case, name: str) -> str:
        meant = [each for each in case.readers if people.named(errand.work, each.person_id).lower() == name.lower()]
        if len(meant) != 1:
            return Refusal(WHO.format(name, case.review.reference))
        return act(errand, actor, case, meant[0])

    return run


def _return(errand: Errand, actor: Actor, case: Case, reader: Reader) -> str:
    told = assessing.reopened(errand, case, reader, actor.name)
    if not told:
        return Refusal(DECIDED.format(case.review.reference))
    asking.tell(errand, case, reader, GIVEN_BACK.format(case.review.reference, told))
    return RETURNED.format(case.review.reference, people.named(errand.work, reader.person_id))


def _release(errand: Errand, actor: Actor, case: Case, reader: Reader) -> str:
    event = Event(Verb.RELEASE, reader.person_id)
    released = panels.happens(errand, case, actor.name, event, why="released by the office")
    if released is None:
        return Refusal(DECIDED.format(case.review.reference))
    asking.not_late(errand, case, reader)
    asking.tell(errand, released, reader, asking.NOT_NEEDED.format(case.review.reference))
    asking.fill(errand, released, actor.name)
    return RELEASED.format(people.named(errand.work, reader.person_id), case.review.reference)


def _ask(errand: Errand, actor: Actor, case: Case, name: str) -> str:
    named = people.by_name(errand.work, name)
    if len(named) != 1:
        return Refusal(WHO.format(name, case.review.reference))
    if why := matching.why_not(errand, case, named[0]):
        return Refusal(f"{name} {why}.")
    if asking.ask(errand, case, actor.name, named[0]) is None:
        return Refusal(f"No seat is open in review {case.review.reference}, or they were asked before.")
    return ASKED.format(name, case.review.reference)


ACTS: Mapping[str, Callable[[Errand, Actor, Case, str], str]] = {
    "return": _of_reader(_return),
    "release": _of_reader(_release),
    "ask": _ask,
}
