"""What is no answer to the form's question: a question of the person's own, good manners, or words not understood."""

import re
from dataclasses import replace

from handlers import answers, forms, offers
from handlers.exchange import Exchange, Reply
from handlers.loading import OpenForm

QUESTION = re.compile(
    r"(?:who|what|whats|what's|when|where|which|why|how|can|could|do|does|did|is|are|am|will|would|should|may|must|has|have"
    r"|tell me)\b",
    re.IGNORECASE,
)
NUMBERED = re.compile(r"^\s{0,8}\(?\d{1,2}\s?[.):]", re.MULTILINE)
NOT_COVERED = "My documents do not cover that; `person` has somebody of the office answer."
STUCK = "If we are stuck, a person can help: send `person`."
NEAREST = "I am not sure what you mean; the nearest titles I know are in the list. Otherwise:"


def is_no_answer(ex: Exchange) -> bool:
    """Whether words to an open-text question are surely a question of the person's own, or mere good manners."""
    words = ex.message.text.strip()[:300]
    if NUMBERED.search(words):
        return False
    if not asks(words):
        return len(words.split()) <= 4 and answers.is_mere_manners(ex.think())
    thought = ex.think()
    if words.endswith("?") and not any(character.isdecimal() for character in words):
        return True
    return thought.kind in ("answer", "two")


def asks(words: str) -> bool:
    """Whether words look like a question."""
    return words.endswith("?") or bool(QUESTION.match(words))


def interrupts(ex: Exchange) -> bool:
    """Whether words that are no answer get one of their own: questions, Spanish and good manners do, others a hint."""
    thought = ex.think()
    if thought.kind in ("smalltalk", "spanish"):
        return thought.confidence == 1
    return thought.kind in ("answer", "two", "not-us") and asks(ex.message.text.strip()[:300])


def answer(ex: Exchange, opened: OpenForm) -> Reply:
    """Answer a question of the person's own, then ask the form's question once more."""
    thought = ex.think()
    again = forms.again(ex, opened)
    if answers.is_greeting(thought):
        return again.after(f"Hello! You are in the middle of {opened.form.title}.")
    if thought.kind in ("suggest", "unknown") and _shows_a_list(ex, opened):
        return again.after(NOT_COVERED)
    if thought.kind in ("suggest", "unknown"):
        aside = answers.reply(ex, thought)
        told = (NEAREST,) if thought.kind == "suggest" else aside.paragraphs
        return replace(again, extras=aside.extras, misses=aside.misses).after(*told)
    return again.after(*answers.own_first(ex, thought))


def aside(ex: Exchange, question: str) -> str:
    """A question in a mail that answers something else as well, and what the documents say to it."""
    thought = ex.think(question)
    told = answers.own_first(ex, thought) if thought.kind in ("answer", "two", "not-us") else (NOT_COVERED,)
    return "\n".join([f"> {question}", *told])


def misunderstood(ex: Exchange, opened: OpenForm, hint: str) -> Reply:
    """First the hint and the nearest titles, then an example, then a person is offered."""
    misses = ex.speaker.misses + 1
    again = replace(forms.again(ex, opened), misses=misses)
    question = opened.stage.scene.question
    if _shows_a_list(ex, opened):
        return again.after(hint, STUCK if misses > 1 else "")
    if misses == 1:
        worded = ex.message.pressed is None and len(ex.message.text.split()) > 1
        return replace(again, extras=answers.near(ex.think()) if worded else ()).after(hint)
    if misses == 2:
        return again.after(hint, f"For example: {question.example}" if question.example else "")
    return replace(again, extras=(offers.PERSON,)).after(hint, "If we are stuck, a person can help.")


def _shows_a_list(ex: Exchange, opened: OpenForm) -> bool:
    """Whether the questions stand in a numbered list, beside which the numbers of choices would mean two things."""
    return ex.message.style == "mail" and len(opened.stage.scene.open) > 1
