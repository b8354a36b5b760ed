"""An assessment that an evaluator confirmed: on record, until the minutes of undoing are over."""

from flows.assessing import Assessed
from flows.dialog.speech import Choice, Drawing
from flows.program.panel import Event, Verb
from handlers import calendars
from handlers.exchange import Exchange
from handlers.review import asking, panels
from storage import reviews

CONFIRMED = (
    "Thank you: your assessment of review {0} is recorded as “{1}”. For {2} minutes `take it back` undoes it; after"
    " that only the office can give it back to you."
)
NOT_NOW = "That review is not yours to assess any more, so nothing was recorded. Thank you all the same."


def confirmed(ex: Exchange, result: Assessed) -> tuple[str, tuple[Choice, ...], tuple[Drawing, ...]]:
    """The form was confirmed: what is said to that, the way back, and what takes it out of their calendar."""
    case = panels.load(ex, result.review)
    reader = case.reader(ex.speaker.person_id) if case is not None else None
    if case is None or reader is None:
        return NOT_NOW, (), ()
    event = Event(Verb.ASSESS, reader.person_id, result.word)
    if panels.happens(ex, case, ex.speaker.name, event, assessed_at=ex.work.now) is None:
        return NOT_NOW, (), ()
    asking.not_late(ex, case, reader)
    reviews.rate(ex.work, reader.id, {n: (rating.value, comment) for n, (rating, comment) in result.ratings.items()})
    said = CONFIRMED.format(case.review.reference, result.word.value, case.rules.undo_minutes)
    back = Choice(f"review:take back:{case.review.id}", "Take it back")
    return said, (back,), calendars.after_review(ex, case.review.id, reader.person_id)
