"""The committee did not want a third reader: the office takes it up with the committee, and the review waits."""

import json

from flows.program.panel import Event, Verb
from handlers import roles
from handlers.desk.acting import REFUSED
from handlers.desk.kinds import Action, Kind, Outcome, refusal
from handlers.exchange import Errand
from handlers.review import asking, committee, panels
from handlers.review.panels import Case
from handlers.roles import Actor
from storage.desk import Item

OVER = "That review needs no third reader any more."


def _case(errand: Errand, item: Item) -> Case | None:
    return panels.load(errand, int(json.loads(item.details)["_review"]))


def _again(errand: Errand, actor: Actor, item: Item, _words: str) -> Outcome:
    if not roles.may_review(actor):
        return refusal(REFUSED)
    case = _case(errand, item)
    if case is None or case.panel.over:
        return Outcome(OVER)
    committee.ask_again_for_third(errand, case)
    return Outcome(f"The committee is asked again about review {case.review.reference}.")


def _allow(errand: Errand, actor: Actor, item: Item, words: str) -> Outcome:
    """The committee has agreed elsewhere, such as in a meeting; the note says when."""
    if not roles.may_review(actor):
        return refusal(REFUSED)
    case = _case(errand, item)
    allowed = panels.happens(errand, case, f"{actor.name} ({words})", Event(Verb.ALLOW_THIRD)) if case else None
    if allowed is None:
        return Outcome(OVER)
    asking.fill(errand, allowed, actor.name)
    return Outcome(f"A third evaluator is asked for review {allowed.review.reference}.")


KIND = Kind(
    "Review whose third reader the committee did not want",
    (
        Action("again", "Ask the committee again", _again),
        Action("allow", "The committee agrees", _allow, "When and where did it agree?", "meeting of 3 March"),
    ),
    lambda _errand, item: [f"{k.capitalize()}: {v}" for k, v in json.loads(item.details).items() if k[0] != "_"],
)
