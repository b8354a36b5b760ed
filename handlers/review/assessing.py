"""An evaluator reads the package and assesses it: partly or at once, confirmed, and taken back within some minutes."""

import json
from collections.abc import Mapping
from datetime import timedelta

from flows import assessing as form
from flows.dialog.speech import Choice
from flows.program import assessing
from flows.program.figures import day_in_words
from flows.program.panel import Event, Verb
from handlers import forms
from handlers.exchange import Errand, Exchange, Reply
from handlers.review import blind, panels
from handlers.review.panels import Case
from storage import conversations, reviews
from storage.reviews import Reader

FORM = "assess"
NOT_NOW = "Review {} is not yours to assess any more, so nothing was recorded."
TAKEN_BACK = "Your assessment of review {} is taken back; `assess` begins it anew. It is yours until {}."
TOO_LATE = "The {} minutes are over. If something is wrong with it, tell the office: `person`."
NOTHING = "There is nothing to take back for review {}."
looks_like_one = assessing.looks_like_one


def to_read(errand: Errand, case: Case) -> tuple[str, Choice]:
    """The package, and the button below it."""
    it = blind.package(errand, case.review.id)
    return blind.text(errand, it), Choice(f"review:assess:{case.review.id}", "Assess it")


def shown(ex: Exchange, case: Case, reader: Reader) -> Reply:
    """`package`: the whole of it once more."""
    if reader.seat not in ("reading", "assessed"):
        return Reply((NOT_NOW.format(case.review.reference),))
    text, choice = to_read(ex, case)
    return Reply((text,), extras=(choice,) if reader.seat == "reading" else ())


def begin(ex: Exchange, case: Case, reader: Reader) -> Reply:
    """`assess`: the form, or where it stood."""
    if reader.seat != "reading":
        return Reply((NOT_NOW.format(case.review.reference),))
    return forms.go_on_about(ex, FORM, _about(ex, case), "review")


def began(ex: Exchange, case: Case, reader: Reader, words: str) -> Reply:
    """An assessment in one message: the form with that line filled in."""
    if reader.seat != "reading":
        return Reply((NOT_NOW.format(case.review.reference),))
    drop_draft(ex, case)
    return forms.start_answered(ex, FORM, _about(ex, case), words)


def drop_draft(ex: Exchange, case: Case) -> None:
    """What was begun of it is over."""
    for each in conversations.drafts(ex.work, ex.speaker.person_id, FORM):
        if json.loads(each.facts).get("about", {}).get("review") == str(case.review.id):
            conversations.close(ex.work, each.id, "cancelled", "over")


def _about(errand: Errand, case: Case) -> Mapping[str, str]:
    it = blind.package(errand, case.review.id)
    wordings = {int(each["number"]): str(each["wording"]) for each in blind.parts(it)}
    return form.about(case.review.id, it.reference, blind.named(errand, it), wordings)


def take_back(ex: Exchange, case: Case, reader: Reader) -> Reply:
    """Within the minutes of the policy, and never once the outcome exists."""
    if reader.seat != "assessed" or reader.assessed_at is None:
        return Reply((NOTHING.format(case.review.reference),))
    if ex.work.now >= reader.assessed_at + timedelta(minutes=case.rules.undo_minutes):
        return Reply((TOO_LATE.format(case.rules.undo_minutes),))
    return Reply((reopened(ex, case, reader, ex.speaker.name) or TOO_LATE.format(case.rules.undo_minutes),))


def reopened(errand: Errand, case: Case, reader: Reader, by: str) -> str:
    """Give an assessment back to its evaluator; "" when that cannot be any more."""
    due = max(reader.due or errand.today, errand.today + timedelta(days=1))
    event = Event(Verb.REOPEN, reader.person_id)
    if panels.happens(errand, case, by, event, assessed_at=None, due=due) is None:
        return ""
    return TAKEN_BACK.format(case.review.reference, day_in_words(due))


def newest(ex: Exchange) -> tuple[Case, Reader] | None:
    """The review that the speaker assessed last."""
    mine = [each for each in reviews.of_person(ex.work, ex.speaker.person_id) if each.seat == "assessed"]
    last = max(mine, key=lambda each: each.assessed_at or each.asked_at, default=None)
    case = panels.load(ex, last.review_id) if last is not None else None
    return (case, last) if case is not None and last is not None else None
