"""A review as it is on record: every change of it goes through the pure panel, the rows and the audit, at once."""

import json
import secrets
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from flows.program import panel
from flows.program.panel import Event, Panel, Seat, Verb
from flows.program.reviews import Assessment
from flows.program.rules import Rules
from handlers.exchange import Errand
from storage import audit, candidacies, reviews, submissions
from storage.candidacies import Candidacy
from storage.reviews import Reader, Review
from storage.submissions import Submission

ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"


@dataclass(frozen=True)
class Case:
    """A review with everything that belongs to it; nobody else changes it until the transaction ends."""

    review: Review
    readers: tuple[Reader, ...]
    submission: Submission
    candidacy: Candidacy
    rules: Rules

    @property
    def panel(self) -> Panel:
        return Panel(
            self.rules.evaluators,
            tuple(
                panel.Reader(each.person_id, Seat(each.seat), Assessment(each.word) if each.word else None, each.third)
                for each in self.readers
            ),
            self.review.allowed,
            "" if self.review.state == "open" else self.review.outcome or self.review.state,
        )

    def reader(self, person_id: int) -> Reader | None:
        return next((each for each in self.readers if each.person_id == person_id), None)


def opened(errand: Errand, submission: Submission) -> Case:
    """The review of a set that was just handed in; the one there is, when it has one that is open."""
    found = of(errand, submission)
    if found is None or found.panel.over:
        known = reviews.add(errand.work, submission.id, _reference(errand)).id
        audit.record(errand.work, "the assistant", "review opened", f"review {known}", {"receipt": submission.receipt})
        found = load(errand, known)
    assert found is not None  # noqa: S101 - it was found or added in this transaction
    return found


def load(errand: Errand, review_id: int) -> Case | None:
    """The review of that id, locked; None when there is none."""
    review = reviews.locked(errand.work, review_id)
    submission = submissions.by_id(errand.work, review.submission_id) if review is not None else None
    if review is None or submission is None:
        return None
    candidacy = candidacies.by_id(errand.work, submission.candidacy_id)
    rules = errand.house.policy.on(candidacy.admitted_on)
    return Case(review, tuple(reviews.readers(errand.work, review.id)), submission, candidacy, rules)


def of(errand: Errand, submission: Submission) -> Case | None:
    """The review of a submission, locked; None while it has none."""
    known = reviews.of_submission(errand.work, submission.id)
    return load(errand, known) if known is not None else None


def ask(errand: Errand, case: Case, by: str, evaluator: int, answer_by: datetime) -> Case | None:
    """One more is asked; None when no seat is open, or this one was asked before."""
    following = panel.after(case.panel, Event(Verb.ASK, evaluator))
    if following is None:
        return None
    third = following.readers[-1].third
    reader = reviews.ask(errand.work, case.review.id, evaluator, answer_by, third=third)
    _audit(errand, case, by, Event(Verb.ASK, evaluator))
    return replace(case, readers=(*case.readers, reader))


def happens(errand: Errand, case: Case, by: str, event: Event, **changes: Any) -> Case | None:
    """The case after an event other than asking; None when that cannot happen now, and nothing was changed.

    `changes` are further fields of the reader it is about.
    """
    following = panel.after(case.panel, event)
    if following is None:
        return None
    _audit(errand, case, by, event)
    readers = tuple(
        _seated(errand, *each, event, changes) for each in zip(case.readers, following.readers, strict=True)
    )
    state = {Verb.CONCLUDE: "concluded", Verb.CLOSE: "closed"}.get(event.verb, case.review.state)
    outcome = following.over if event.verb is Verb.CONCLUDE else case.review.outcome
    review = replace(case.review, state=state, outcome=outcome, allowed=following.allowed)
    if review != case.review:
        reviews.save(errand.work, review)
    return replace(case, review=review, readers=readers)


def note(errand: Errand, reader: Reader, **changes: Any) -> Reader:
    """Fields of a reader that are no part of the panel, such as whether they are late."""
    changed = replace(reader, **changes)
    reviews.save_reader(errand.work, changed)
    return changed


def history(lines: list[tuple[str, str]]) -> list[Event]:
    """The events that lines of the audit (action, and details as JSON) about one review tell of, in their order."""
    found = []
    for action, details in lines:
        verb, told = action.removeprefix("review: "), json.loads(details)
        if action.startswith("review: "):
            word = Assessment(told["word"]) if told.get("word") else None
            found.append(Event(Verb(verb), int(told.get("reader", 0)), word))
    return found


def _seated(errand: Errand, reader: Reader, now: panel.Reader, event: Event, changes: dict[str, Any]) -> Reader:
    """A reader's row as the panel has it; only rows that changed are written."""
    changed = replace(reader, seat=now.seat.value, word=now.word.value if now.word else "")
    if reader.person_id == event.evaluator:
        changed = replace(changed, **changes)
    if changed.seat != reader.seat and now.seat not in panel.HOLDING:
        changed = replace(changed, ended_at=errand.work.now)
    if changed != reader:
        reviews.save_reader(errand.work, changed)
    return changed


def _audit(errand: Errand, case: Case, by: str, event: Event) -> None:
    details: dict[str, object] = {"reader": event.evaluator} if event.evaluator else {}
    details |= {"word": event.word.value} if event.word else {}
    audit.record(errand.work, by, f"review: {event.verb.value}", f"review {case.review.id}", details)


def _reference(errand: Errand) -> str:
    while True:
        reference = "R-" + "".join(secrets.choice(ALPHABET) for _ in range(5))
        if reviews.by_reference(errand.work, reference) is None:
            return reference
