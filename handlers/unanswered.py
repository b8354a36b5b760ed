"""Questions that the documents do not answer: grouped by meaning for the desk, answered to all who asked."""

import json
from collections.abc import Callable, Sequence

from handlers import publishing
from handlers.desk import items
from handlers.desk.kinds import Action, Kind, Outcome
from handlers.exchange import Errand
from handlers.roles import Actor
from handlers.telling import tell
from storage import desk, feedback
from storage.desk import Item

UNANSWERED = "unanswered"
SHOWN = 5
Alike = Callable[[str, Sequence[str]], int | None]


def texts(errand: Errand) -> list[str]:
    """The new questions and those that they may mean the same as; nothing when none is new."""
    new = [each.question for each in feedback.ungrouped(errand.work)]
    if not new:
        return []
    return new + [each.question for item in _open(errand) for each in feedback.of_item(errand.work, item.id)]


def group(errand: Errand, alike: Alike) -> int:
    """Put each new question to the open desk item that asks the same, or make one; how many questions.

    `alike` gives the place of the question among others that means the same, None when none does.
    """
    new = feedback.ungrouped(errand.work)
    if not new:
        return 0
    asked = [(each.question, item.id) for item in _open(errand) for each in feedback.of_item(errand.work, item.id)]
    for each in new:
        found = alike(each.question, [question for question, _ in asked])
        number = asked[found][1] if found is not None else items.add(errand, UNANSWERED, None, {"first": each.question})
        feedback.join(errand.work, each.id, number)
        asked.append((each.question, number))
    return len(new)


def answer(errand: Errand, actor: Actor, item: Item, words: str) -> Outcome:
    """Everybody who asked is answered, and the answer waits as a draft for the knowledge base."""
    asked = feedback.of_item(errand.work, item.id)
    told = {}
    for each in asked:
        if each.person_id not in told:
            text = f"You asked: “{each.question}”\nThe LSSC office answers: {words}"
            told[each.person_id] = tell(errand, each.person_id, text)
    feedback.settle(errand.work, item.id)
    number = publishing.draft(errand, actor, words, list(dict.fromkeys(each.question for each in asked)))
    reached = sum(told.values())
    return Outcome(f"Told {reached} of {len(told)} who asked. Draft #{number} would answer it for all.")


def dismiss(errand: Errand, actor: Actor, item: Item, words: str) -> Outcome:  # noqa: ARG001 - as every action
    feedback.settle(errand.work, item.id)
    return Outcome(f"#{item.id} is left unanswered.")


def _open(errand: Errand) -> list[Item]:
    return [item for item in desk.open_items(errand.work) if item.kind == UNANSWERED]


def _tells(errand: Errand, item: Item) -> Sequence[str]:
    asked = feedback.of_item(errand.work, item.id)
    people = len({each.person_id for each in asked})
    lines = [f"“{question}”" for question in dict.fromkeys(each.question for each in asked)]
    more = [f"... and {len(lines) - SHOWN} more ways to ask"] if len(lines) > SHOWN else []
    count = f"Asked by {people} {'person' if people == 1 else 'people'}:"
    return [count, *lines[:SHOWN], *more] if asked else [f"“{json.loads(item.details)['first']}”"]


ANSWER = Action("answer", "Answer", answer, "What shall I tell everybody who asked?", "Yes, a photo of it is enough.")
KIND = Kind("Question without an answer", (ANSWER, Action("dismiss", "Leave it", dismiss)), _tells)
