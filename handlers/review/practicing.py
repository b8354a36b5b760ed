"""The practice portfolio that ends an evaluator's training: sent, rated by message, and compared with its key."""

from dataclasses import replace

from flows import assessing as form
from flows.assessing import Practiced
from flows.dialog.speech import Choice
from flows.program import practice
from flows.program.assessing import EXAMPLE
from handlers import forms, telling
from handlers.desk import items
from handlers.exchange import Errand, Exchange, Reply
from handlers.review import selecting
from storage import audit, desk, evaluators

FORM, MATTER = "practice", "practice"
SENT = (
    "Your training ends with this practice portfolio. It is made up, and only you and the office see how you rate it:"
    " one line does, such as “{}”, or `practice` and one competency after the other."
)
NOT_YOURS = "There is no practice portfolio for you just now."
AGREED = "Thank you. {} of {} of your ratings agree with the key."
OTHERWISE = "{0}. {1}: the key says “{2}”. {3}"
WELL = "Well done: the office has your result, and tells you when your training is complete."
AGAIN = "`practice` lets you rate it once more; the office has this result, and gladly talks about it: `person`."


def send(errand: Errand, person_id: int) -> bool:
    """The practice portfolio goes to somebody who was selected; whether they could be reached."""
    text = f"{SENT.format(EXAMPLE)}\n\n{practice.text()}"
    choice = Choice("practice:begin", "Rate it")
    return telling.tell(errand, person_id, text, choice, subject="Your practice portfolio", matter=MATTER)


def is_open(ex: Exchange) -> bool:
    """Whether the speaker is being trained."""
    known = evaluators.find(ex.work, ex.speaker.person_id)
    return known is not None and known.state == "selected"


def begin(ex: Exchange, rest: str) -> Reply | None:  # noqa: ARG001 - every command takes the words after it
    """`practice`: the form; None for somebody who is not trained now."""
    return forms.go_on_about(ex, FORM, _about(), "review") if is_open(ex) else None


def chosen(ex: Exchange) -> Reply:
    """The button below the portfolio, however old it is."""
    return begin(ex, "") or forms.beside(ex, Reply((NOT_YOURS,)))


def heard(ex: Exchange, words: str) -> Reply | None:
    """A rating in one line."""
    return forms.start_answered(ex, FORM, _about(), words) if is_open(ex) else None


def _about() -> dict[str, str]:
    return dict(form.about(0, practice.REFERENCE, practice.portfolio()[0], practice.wordings()))


def practiced(ex: Exchange, result: Practiced) -> tuple[str, ...]:
    """The form was confirmed: how it compares with the key, for the evaluator and the office."""
    known = evaluators.find(ex.work, ex.speaker.person_id)
    if known is None or known.state != "selected":
        return (NOT_YOURS,)
    found = practice.compared(result.ratings)
    score = f"{found.agreed} of {found.of}"
    evaluators.save(ex.work, replace(known, practiced_on=ex.today, practice=score))
    audit.record(
        ex.work, f"person {known.person_id}", "practiced", f"person {known.person_id}", {"agreed": found.agreed}
    )
    for item in desk.open_for(ex.work, known.person_id):
        if item.kind == selecting.TO_TRAIN:
            items.remind(ex, item, f"The practice portfolio is rated: {score} agree with the key.")
    lines = [OTHERWISE.format(each.number, each.wording, each.rating.value, each.why) for each in found.otherwise]
    told = "\n".join([AGREED.format(found.agreed, found.of), *lines])
    return told, AGAIN if found.otherwise else WELL
