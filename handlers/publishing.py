"""Answers that the office adds to the knowledge base: drafted, corrected, published, withdrawn."""

import json
from collections.abc import Sequence
from datetime import date

from flows.program.figures import day_in_words
from flows.program.years import years_after
from handlers import roles
from handlers.desk import items
from handlers.desk.kinds import Action, Kind, Outcome, refusal
from handlers.exchange import Errand
from handlers.roles import Actor
from storage import audit, desk, published
from storage.desk import Item
from storage.published import Written

DRAFT = "draft answer"
YEARS_VALID = 1
LONGEST_TITLE = 60
LISTED = 30
COLUMNS = ("number", "title", "answer", "questions", "state", "author", "changed", "until")


def draft(errand: Errand, actor: Actor, answer: str, phrasings: Sequence[str]) -> int:
    """A draft of an entry, and the desk item at which it is corrected and published; the number of that item."""
    title = _title(phrasings[0]) if phrasings else _title(answer)
    written = published.add(errand.work, title, answer, phrasings, actor.name, None)
    return items.add(errand, DRAFT, None, {"answer": str(written)})


def from_talk(errand: Errand, actor: Actor, item: Item, words: str) -> Outcome:
    """What the office answered in a talk becomes a draft, under the question that the person asked first."""
    notes = desk.notes(errand.work, item.id)
    asked = words or next((each.words for each in notes if each.kind == "from person"), "")
    answers = [each.words for each in notes if each.kind == "to person"]
    if not asked or not answers:
        return refusal(f"#{item.id} has no question with an answer yet.")
    number = draft(errand, actor, answers[-1], [_anonymous(asked)])
    return Outcome(f"Draft #{number} waits at the desk: take out what is only this person's, then publish it.", False)


def publish(errand: Errand, actor: Actor, item: Item, words: str) -> Outcome:
    """From now on everybody who asks gets it, for a year or until the day that is named."""
    written = _of(errand, item)
    if written is None or not roles.may_publish(actor):
        return refusal("There is no such draft, or you may not publish it.")
    until = years_after(errand.today, YEARS_VALID)
    if words:
        try:
            until = date.fromisoformat(words.strip().removeprefix("until "))
        except ValueError:
            return refusal("Until which day? For example: 2027-06-30")
    if until <= errand.today:
        return refusal("That day is over already.")
    published.set_state(errand.work, written.id, "published", until)
    audit.record(errand.work, actor.name, "published", f"answer {written.id}", {"until": until.isoformat()})
    return Outcome(
        f"Published as answer {written.id}, until {day_in_words(until)}; `withdraw answer {written.id}` undoes it."
    )


def correct(errand: Errand, actor: Actor, item: Item, words: str) -> Outcome:
    """Other words for the answer; or for its title or questions, when they begin with `title:` or `question:`."""
    written = _of(errand, item)
    if written is None:
        return refusal("There is no such draft.")
    kind, _, rest = words.partition(":")
    title, answer, phrasings = written.title, written.answer, list(written.phrasings)
    if kind.lower() == "title" and rest.strip():
        title = _title(rest.strip())
    elif kind.lower() == "question" and rest.strip():
        phrasings.append(rest.strip())
    else:
        answer = words
    published.rewrite(errand.work, written.id, title, answer, phrasings, actor.name)
    audit.record(errand.work, actor.name, "corrected", f"answer {written.id}", {})
    return Outcome("\n".join(["The draft is now:", *_shown(errand, item)]), settled=False)


def drop(errand: Errand, actor: Actor, item: Item, words: str) -> Outcome:  # noqa: ARG001 - every action takes these
    written = _of(errand, item)
    if written is not None:
        published.set_state(errand.work, written.id, "withdrawn")
    return Outcome("The draft is dropped.")


def withdraw(errand: Errand, actor: Actor, answer_id: int) -> Outcome:
    """The answer is given no more; what was said before it was published is said again."""
    written = published.by_id(errand.work, answer_id)
    if written is None or written.state != "published" or not roles.may_publish(actor):
        return refusal(f"There is no published answer {answer_id}.")
    published.set_state(errand.work, answer_id, "withdrawn")
    audit.record(errand.work, actor.name, "withdrew", f"answer {answer_id}", {})
    return Outcome(f"Answer {answer_id} is withdrawn.")


def listing(errand: Errand) -> str:
    """The answers of the office that are given today."""
    live = published.live(errand.work, errand.today)
    if not live:
        return "The office has published no answers of its own."
    lines = [f"{each.id}. {each.title}{_until(each)}" for each in live[-LISTED:]]
    return "\n".join(["Published by the office; `withdraw answer` with its number takes one back:", *lines])


def table(errand: Errand) -> tuple[tuple[str, ...], list[list[str]]]:
    """Columns and rows of every answer that the office wrote; its questions stand below each other in one cell."""
    rows = [
        [str(each.id), each.title, each.answer, "\n".join(each.phrasings), each.state, each.author,
         errand.day(each.changed_at).isoformat(), each.expires_on.isoformat() if each.expires_on else ""]
        for each in published.everything(errand.work)
    ]  # fmt: skip
    return COLUMNS, rows


def _until(written: Written) -> str:
    return f" (until {day_in_words(written.expires_on)})" if written.expires_on else ""


def _of(errand: Errand, item: Item) -> Written | None:
    return published.by_id(errand.work, int(json.loads(item.details)["answer"]))


def _shown(errand: Errand, item: Item) -> Sequence[str]:
    written = _of(errand, item)
    if written is None:
        return ["The draft is gone."]
    return [
        f"Title: {written.title}",
        *(f"Question: {each}" for each in written.phrasings),
        f"Answer: {written.answer}",
    ]


def _title(words: str) -> str:
    line = " ".join(words.split()).rstrip("?!. ")
    return line if len(line) <= LONGEST_TITLE else f"{line[:LONGEST_TITLE].rsplit(' ', 1)[0]}..."


def _anonymous(asked: str) -> str:
    """Only its first line, because a greeting or a name stands below."""
    return asked.strip().splitlines()[0][:300]


FROM_TALK = Action("draft", "Make it an answer for all", from_talk)
CORRECT = Action(
    "correct",
    "Correct it",
    correct,
    "The answer as it should be; or `title: ...`, or `question: ...` for one more way to ask.",
    "Proof of schooling may be a photo of the diploma.",
)
KIND = Kind(
    "Draft of an answer", (Action("publish", "Publish", publish), CORRECT, Action("drop", "Drop it", drop)), _shown
)
