"""Choices that lead somewhere else than to an answer: remembered per address, so that they can be typed."""

import json
import re
from collections.abc import Sequence

from flows.dialog import kinds
from flows.dialog.speech import Choice
from handlers.exchange import Reply

PERSON = Choice("person", "Talk to a person")
RESUME = Choice("resume", "Back to the assistant")
WAIT = Choice("keep waiting", "Keep waiting")
NUMBER_AND_LABEL = re.compile(r"(\d{1,2}) ?(?:[.):-] ?| )(.+)")  # as a mail shows it: "1. Apply"
GO_ON_ALONE = Choice("resume", "Go on without a person")
PROGRESS = Choice("progress", "My progress")
REVIEWS = Choice("reviews", "My reviews")
STATUS = Choice("status", "Where my application stands")


def kept(reply: Reply) -> str:
    """What must be remembered of a reply's choices, as JSON: nothing when they are just those of its question."""
    if not reply.extras and not reply.replaced:
        return ""
    return as_json(reply.choices + reply.extras)


def as_json(choices: Sequence[Choice]) -> str:
    """What was offered; nothing for no choices."""
    return json.dumps([[choice.key, choice.label] for choice in choices], ensure_ascii=False) if choices else ""


def keys(offer: str) -> frozenset[str]:
    """The keys of the remembered choices."""
    return frozenset(key for key, _ in json.loads(offer)) if offer else frozenset()


def picked(offer: str, words: str) -> str | None:
    """The key of the remembered choice that `words` name by number, label or its beginning; None for other words."""
    if not offer:
        return None
    choices: Sequence[tuple[str, str]] = json.loads(offer)
    said = kinds.named(words[:200])
    both = NUMBER_AND_LABEL.fullmatch(said)
    if both and 1 <= int(both[1]) <= len(choices) and both[2].rstrip("?") == _bare(choices[int(both[1]) - 1][1]):
        return choices[int(both[1]) - 1][0]
    if said.isdecimal():
        number = int(said[:4])
        return choices[number - 1][0] if 1 <= number <= len(choices) else None
    labels = {_bare(label): key for key, label in choices}
    if said in labels:
        return labels[said]
    if said in labels.values():
        return said
    beginning = f"{said}," if said in ("yes", "no") else f"{said} " if " " in said else ""
    begun = {key for label, key in labels.items() if beginning and label.startswith(beginning)}
    return begun.pop() if len(begun) == 1 else None


def _bare(label: str) -> str:
    return label.lower().rstrip(".!?)")  # as `kinds.named` leaves of what was typed
