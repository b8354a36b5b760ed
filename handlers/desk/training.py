"""The office trains an evaluator whom the committee selected, and says when that is complete."""

import json

from flows.dialog import dates
from flows.dialog.unclear import Unclear
from flows.program.figures import day_in_words
from handlers import roles
from handlers.desk.acting import REFUSED
from handlers.desk.kinds import Action, Kind, Outcome, refusal
from handlers.exchange import Errand
from handlers.review import practicing, selecting
from handlers.roles import Actor
from storage import evaluators
from storage.desk import Item

NOT_PRACTICED = (
    "They have not rated the practice portfolio yet: `practice` sends it. Who was trained elsewhere is taken in with"
    " `lssc import evaluators` and the day of it."
)


def _practice(errand: Errand, actor: Actor, item: Item, _note: str) -> Outcome:
    if not roles.may_review(actor):
        return refusal(REFUSED)
    if not practicing.send(errand, item.person_id or 0):
        return refusal("They have no address that I can write to just now.")
    return Outcome("The practice portfolio is on its way; its result is told here.", settled=False)


def _trained(errand: Errand, actor: Actor, item: Item, words: str) -> Outcome:
    if not roles.may_review(actor):
        return refusal(REFUSED)
    known = evaluators.find(errand.work, item.person_id or 0)
    if known is not None and known.practiced_on is None:
        return refusal(NOT_PRACTICED)
    try:
        day = dates.read_day(words, errand.today, latest=errand.today)
    except Unclear as hint:
        return refusal(str(hint), again=True)
    return Outcome(selecting.trained(errand, actor.name, item.person_id or 0, day))


def _practiced(errand: Errand, item: Item) -> bool:
    known = evaluators.find(errand.work, item.person_id or 0)
    return known is not None and known.practiced_on is not None


def _tells(errand: Errand, item: Item) -> list[str]:
    known = evaluators.find(errand.work, item.person_id or 0)
    told = [f"{name.capitalize()}: {value}" for name, value in json.loads(item.details).items()]
    if known is None or known.practiced_on is None:
        return [*told, "Practice portfolio: not rated yet"]
    return [*told, f"Practice portfolio: {known.practice} agree with the key ({day_in_words(known.practiced_on)})"]


KIND = Kind(
    "Evaluator to train",
    (
        Action("practice", "Send the practice portfolio", _practice),
        Action("trained", "Trained", _trained, "Since which day?", "15 March 2027", applies=_practiced),
    ),
    _tells,
)
