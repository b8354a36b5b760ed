"""Somebody's record is deleted, or turns out to be that of the candidate: no review is left waiting for them."""

from flows.program.panel import Event, Verb
from handlers.desk import items
from handlers.exchange import Errand
from handlers.review import asking, panels
from storage import candidacies, erasing, reviews, submissions

OF_THEIR_OWN = "read their own"  # the kind of desk item


def forgotten(errand: Errand, person_id: int) -> None:
    """Before a record is deleted: what it handed in is read by nobody any more, and what it was to read by the next."""
    erasing.erase_with_evaluators(errand.work, person_id)
    actor = f"person {person_id}"
    for each in candidacies.of(errand.work, person_id):
        for now in submissions.of(errand.work, each.id):
            case = panels.of(errand, now)
            if case is not None:
                asking.close(errand, case, actor)
    for review_id in [each.review_id for each in reviews.of_person(errand.work, person_id)]:
        _released(errand, review_id, person_id, "left the program", only_held=True)


def joined(errand: Errand, person_id: int) -> None:
    """Two records became one: nobody reads what they handed in themselves, and no seat that was lost stays empty."""
    for each in reviews.of_person(errand.work, person_id):
        case = panels.load(errand, each.review_id)
        if case is None:
            continue
        if case.candidacy.person_id != person_id:
            asking.fill(errand, case)
        elif case.panel.over and each.seat == "assessed":
            items.add(errand, OF_THEIR_OWN, person_id, {"review": case.review.reference, "outcome": case.panel.over})
        else:
            _released(errand, each.review_id, person_id, "is the candidate", only_held=False)


def _released(errand: Errand, review_id: int, person_id: int, why: str, *, only_held: bool) -> None:
    case = panels.load(errand, review_id)
    reader = case.reader(person_id) if case is not None else None
    if case is None or reader is None or (only_held and reader.seat == "assessed"):
        return
    released = panels.happens(errand, case, asking.ASSISTANT, Event(Verb.RELEASE, person_id), why=why)
    if released is not None:
        reviews.rate(errand.work, reader.id, {})
        asking.fill(errand, released)
