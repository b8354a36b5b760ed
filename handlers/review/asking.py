"""Puts a review to evaluators: offers, the next one when somebody declines or lapses, and what is missing."""

import json
from collections.abc import Sequence
from datetime import timedelta

from flows.dialog.speech import Choice
from flows.program.figures import day_in_words
from flows.program.panel import Event, Verb
from handlers import calendars, telling
from handlers.desk import items
from handlers.exchange import Errand
from handlers.review import blind, matching, panels
from handlers.review.panels import Case
from notifications import compose, notices
from storage import ballots, desk, reviews
from storage.reviews import Reader

ASSISTANT = "the assistant"
# Kinds of desk item about one review.
HANDED_IN, LACKING, NO_THIRD, LATE = "portfolio handed in", "evaluators lacking", "no third reader", "review late"
THIRD = "third reader"  # the kind of question to the committee
WAITS = (
    "{0} (receipt {1}) waits for an evaluator: just now too few of those who may read it are free. The office looks for"
    " one; nothing is lost, the time does not count against you, and you hear from me {2}."
)
NOT_NEEDED = "Review {} is not needed any more, so nothing is left for you to do. Thank you for being there for it."
LAPSED = (
    "The offer of review {} has ended, because the time to answer it is over; somebody else is asked. That is all"
    " right: nothing is left for you to do. `pause until` and a day tells me when not to ask you."
)


def matter(review_id: int) -> str:
    """What every message to evaluators about a review is about."""
    return f"review:{review_id}"


def review_in(matter: str) -> int | None:
    """The id of the review that a matter names; None when it is about something else."""
    kind, _, number = matter.partition(":")
    return int(number) if kind == "review" and number.isdecimal() and len(number) < 10 else None


def fill(errand: Errand, case: Case, by: str = ASSISTANT) -> Case:
    """Ask the best for every open seat; where nobody is left, the office and the candidate are told once."""
    while case.panel.open_seats > 0:
        found = matching.suggested(errand, case)
        asked = ask(errand, case, by, found[0].expert.person_id) if found else None
        if asked is None:
            _lacks(errand, case)
            return case
        case = asked
    tidy(errand, case, by)
    return case


def ask(errand: Errand, case: Case, by: str, person_id: int) -> Case | None:
    """Offer the review to somebody; None when no seat is open or they were asked before.

    Whoever cannot be reached keeps nobody waiting: the offer lapses at once.
    """
    answer_by = errand.work.now + timedelta(days=case.rules.answer_days)
    asked = panels.ask(errand, case, by, person_id, answer_by)
    if asked is None or _offer(errand, asked, asked.readers[-1]):
        return asked
    return panels.happens(errand, asked, ASSISTANT, Event(Verb.LAPSE, person_id), why="cannot be reached")


def _offer(errand: Errand, case: Case, reader: Reader) -> bool:
    """Whether it is on its way."""
    shown = blind.package(errand, case.review.id)
    due = errand.today + timedelta(days=case.rules.review_days)
    notice = notices.ReviewOffered(
        shown.reference,
        blind.named(errand, shown),
        blind.size(shown),
        day_in_words(errand.day(reader.answer_by)),
        case.rules.review_days,
        day_in_words(due),
        shown.round > 1,
    )
    message = compose.message(notice)
    subject = f"Review {shown.reference}: {blind.named(errand, shown)}"
    return telling.tell(
        errand, reader.person_id, message.text, *offered(case.review.id), subject=subject, matter=matter(case.review.id)
    )


def offered(review_id: int) -> tuple[Choice, Choice]:
    """The two answers to an offer."""
    return Choice(f"review:accept:{review_id}", "Accept"), Choice(f"review:decline:{review_id}", "Decline")


def tell(errand: Errand, case: Case, reader: Reader, text: str, *choices: Choice) -> bool:
    """A message to a reader, in the thread of the review's offer, with what changes in their calendar."""
    review, subject = case.review, f"Review {case.review.reference}"
    files = calendars.after_review(errand, review.id, reader.person_id)
    return telling.tell(
        errand, reader.person_id, text, *choices, subject=subject, matter=matter(review.id), drawings=files
    )


def close(errand: Errand, case: Case, by: str) -> Case:
    """The set was taken back, or nothing is to be decided any more: whoever was asked is let go with thanks."""
    open_before = [each for each in case.readers if each.seat in ("asked", "reading")]
    closed = panels.happens(errand, case, by, Event(Verb.CLOSE))
    if closed is None:
        return case
    for each in open_before:
        tell(errand, closed, each, NOT_NEEDED.format(case.review.reference))
    tidy(errand, closed, by)
    return closed


def watch(errand: Errand) -> int:
    """Offers that nobody answered in time lapse, and the next is asked: how many."""
    done = 0
    for each in reviews.to_answer(errand.work, errand.work.now):
        case = panels.load(errand, each.review_id)
        reader = case.reader(each.person_id) if case is not None else None
        if case is not None and reader is not None and reader.seat == "asked":
            done += _lapse(errand, case, reader)
    return done


def _lapse(errand: Errand, case: Case, reader: Reader) -> bool:
    lapsed = panels.happens(errand, case, ASSISTANT, Event(Verb.LAPSE, reader.person_id))
    if lapsed is None:
        return False
    tell(errand, lapsed, reader, LAPSED.format(case.review.reference))
    fill(errand, lapsed)
    return True


def go_on(errand: Errand) -> int:
    """Reviews that lacked somebody: whoever may be asked by now is. How many seats were filled."""
    filled = 0
    for item in desk.open_items(errand.work):
        review_id = int(json.loads(item.details)["_review"]) if item.kind == LACKING else 0
        case = panels.load(errand, review_id) if review_id else None
        if case is not None:
            before = case.panel.open_seats
            filled += before - fill(errand, case).panel.open_seats
    return filled


def _lacks(errand: Errand, case: Case) -> None:
    """Told once as long as it lasts: the item names the set and how many are missing now."""
    group = errand.house.competencies.named(case.submission.set_id)
    which = "a third reader" if case.panel.allowed else f"{case.panel.open_seats} of {case.rules.evaluators} evaluators"
    details = {"set": group.name, "receipt": case.submission.receipt, "lacks": which, "_review": str(case.review.id)}
    if known := _items(errand, case):
        desk.describe(errand.work, known[0].id, json.dumps(details, ensure_ascii=False))
        return
    items.add(errand, LACKING, case.candidacy.person_id, details)
    if case.panel.allowed:
        return  # that a third reader is needed would tell that the first two differ
    when = "when the review begins" if case.submission.state == "submitted" else "when its outcome is there"
    text = WAITS.format(group.name, case.submission.receipt, when)
    telling.tell(
        errand, case.candidacy.person_id, text, subject=f"{group.name}: waiting for evaluators", matter="record"
    )


def tidy(errand: Errand, case: Case, by: str = ASSISTANT) -> None:
    """What waits for somebody about a review waits no longer than it is needed.

    The item from which the office asks evaluators is left to whoever of the office does so just now.
    """
    if case.panel.open_seats == 0:
        _settle(errand, _items(errand, case), "Evaluators were found" if not case.panel.over else "Not needed any more")
        if by == ASSISTANT:
            _settle(errand, _handed_in(errand, case), "Evaluators were asked")
    if case.panel.over:
        ballots.drop(errand.work, THIRD, case.review.id)
        _settle(errand, _items(errand, case, NO_THIRD), "Not needed any more")
        for each in case.readers:
            not_late(errand, case, each)


def not_late(errand: Errand, case: Case, reader: Reader) -> None:
    """The office need not see to a reader who was late any more."""
    _settle(errand, _items(errand, case, LATE, of=reader.person_id), "Not needed any more")


def _settle(errand: Errand, waiting: Sequence[desk.Item], how: str) -> None:
    for item in waiting:
        if desk.settle(errand.work, item.id, "", how.lower()):
            items.update(errand, item, f"✓ {how}")


def _items(errand: Errand, case: Case, kind: str = LACKING, of: int | None = None) -> list[desk.Item]:
    """The open items of a kind about a review; of the candidate, where nobody else is named."""
    mine = desk.open_for(errand.work, of if of is not None else case.candidacy.person_id)
    return [
        each for each in mine if each.kind == kind and json.loads(each.details).get("_review") == str(case.review.id)
    ]


def _handed_in(errand: Errand, case: Case) -> list[desk.Item]:
    mine = (each for each in desk.open_for(errand.work, case.candidacy.person_id) if each.kind == HANDED_IN)
    return [each for each in mine if json.loads(each.details)["receipt"] == case.submission.receipt]
