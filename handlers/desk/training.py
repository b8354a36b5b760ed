"""The office trains an evaluator whom the committee selected, and says when that is complete."""

import json

from flows.dialog import dates
from flows.dialog.unclear import Unclear
from handlers import roles
from handlers.desk.acting import REFUSED
from handlers.desk.kinds import Action, Kind, Outcome, refusal
from handlers.exchange import Errand
from handlers.review import selecting
from handlers.roles import Actor
from storage.desk import Item


def _trained(errand: Errand, actor: Actor, item: Item, words: str) -> Outcome:
    if not roles.may_review(actor):
        return refusal(REFUSED)
    try:
        day = dates.read_day(words, errand.today, latest=errand.today)
    except Unclear as hint:
        return refusal(str(hint), again=True)
    return Outcome(selecting.trained(errand, actor.name, item.person_id or 0, day))


KIND = Kind(
    "Evaluator to train",
    (Action("trained", "Trained", _trained, "Since which day?", "15 March 2027"),),
    lambda _errand, item: [f"{name.capitalize()}: {value}" for name, value in json.loads(item.details).items()],
)
