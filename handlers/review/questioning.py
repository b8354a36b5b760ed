"""An evaluator's question to the candidate goes through the office, and so does the answer: neither learns a name."""

import json
import re

from flows.program import blindness
from handlers import adding, forms, package, roles
from handlers.desk import items
from handlers.desk.acting import REFUSED
from handlers.desk.kinds import Action, Kind, Outcome, refusal
from handlers.exchange import Errand, Exchange, Reply
from handlers.review import asking, blind, panels
from handlers.review.panels import Case
from handlers.roles import Actor
from storage.desk import Item
from storage.reviews import Reader

QUESTION = "question of an evaluator"  # the kind of desk item
LONGEST = 2000
ASKED = re.compile(
    r"\s*(?:i have (?:a|one) )?questions?(?: (?:for|to) the candidate)?(?: (?:of|on|about))?(?: review)?"
    r"(?: R-[A-Z0-9]{5})?\s*[:–-]\s*(?P<words>\S.{2,})",
    re.IGNORECASE | re.DOTALL,
)
TAKEN = (
    "Thank you: your question on review {} is with the office, which puts it to the candidate without your name and"
    " tells you the answer without theirs. Your review stays due on its day; “need 10 more days” moves it once."
)
ANSWERED = "The office answers your question on review {}: {}"
TELLS_WHO = "Evaluators may not learn who the candidate is, so please write it without: {}."
OVER = "That review is over, or it is not theirs any more."


def words_in(text: str) -> str:
    """The question to the candidate that a message is; empty when it is none."""
    found = ASKED.fullmatch(text[: LONGEST + 200])
    return found["words"].strip()[:LONGEST] if found else ""


def names_the_candidate(text: str) -> bool:
    """Whether it can be no comment on a competency either."""
    return "candidate" in text[:60].lower()


def ask(ex: Exchange, case: Case, reader: Reader, words: str) -> Reply:
    """Put it to the office."""
    shown = blind.package(ex, case.review.id)
    details = {"review": shown.reference, "set": blind.named(ex, shown), "question": words}
    details |= {"candidate": str(case.candidacy.id), "_review": str(case.review.id), "_reader": str(reader.person_id)}
    items.add(ex, QUESTION, case.candidacy.person_id, details)
    return forms.beside(ex, Reply((TAKEN.format(shown.reference),)))


def _pass_on(errand: Errand, actor: Actor, item: Item, words: str) -> Outcome:
    """To the candidate, as the office words it, or as it was asked."""
    if not roles.may_review(actor):
        return refusal(REFUSED)
    told = json.loads(item.details)
    asked = words if words.lower().strip(" .!") not in ("", "as it is") else told["question"]
    said = adding.ask(errand, actor.name, int(told["candidate"]), asked)
    if said is None:
        return refusal("That candidacy is gone.")
    return Outcome(f"{said} Their answer comes to the desk; `settle {item.id} answer` tells it on.", settled=False)


def _answer(errand: Errand, actor: Actor, item: Item, words: str) -> Outcome:
    """To the evaluator, unless it tells who the candidate is."""
    if not roles.may_review(actor):
        return refusal(REFUSED)
    told = json.loads(item.details)
    case = panels.load(errand, int(told["_review"]))
    reader = case.reader(int(told["_reader"])) if case is not None else None
    if case is None or reader is None or reader.seat not in ("reading", "assessed"):
        return Outcome(OVER)
    who = package.identity(errand, case.candidacy.person_id)
    if found := blindness.find(words, who, "the answer"):
        return refusal(TELLS_WHO.format(blindness.summary(found)), again=True)
    asking.tell(errand, case, reader, ANSWERED.format(case.review.reference, words))
    return Outcome("The evaluator is told.")


def _tells(_errand: Errand, item: Item) -> list[str]:
    told = {name: value for name, value in json.loads(item.details).items() if not name.startswith("_")}
    return [f"{name.capitalize()}: {value}" for name, value in told.items()]


KIND = Kind(
    "Question of an evaluator",
    (
        Action("pass", "Put it to the candidate", _pass_on, "In which words? “As it is” will do.", "as it is"),
        Action("answer", "Answer the evaluator", _answer, "What shall the evaluator be told?", "It was in 2025."),
    ),
    _tells,
)
