"""Takes a message apart into its sentences and its questions."""

from __future__ import annotations

import re

ASKING = (
    r"what|what's|which|who|whom|whose|when|where|why|how|is|are|am|was|were|do|does|did|can|could|will|would|should"
    r"|shall|may|must|has|have"
)
SENTENCE = re.compile(r"(?<=[?!;])\s+|(?<=[a-z)\d]\.)\s+|\?+|;|\n+")
# "and", "also", "plus" part two questions only when a question word follows: "hours and years" stays whole.
JOINT = re.compile(
    rf"(?:,\s*|\s+|^)(?:and\s+also|and\s+then|and|also|plus|&|or\s+also|as\s+well\s+as|another\s+(?:thing|question))\s*[,:-]?\s+(?=(?:(?:{ASKING})\b|if\s+(?:i|there|you|we|it)\b|tell\s+me\b))"
    rf"|,\s+(?=(?:what|which|who|when|where|why|how)\b)",
    re.IGNORECASE,
)
STARTS = re.compile(
    rf"^(?:so|well|but|also|and|ok|okay|then|please|hi|hello|hey|plus|,|\s)*(?:{ASKING}|tell\s+me|if)\b", re.IGNORECASE
)
ASKS = re.compile(
    rf"\?|\b(?:what|which|who|when|where|why|how)\b|\b(?:tell|explain|wonder|wondering|know|curious|need|want|looking)\b|^(?:{ASKING})\b",
    re.IGNORECASE,
)
GREETING = re.compile(
    r"^(?:(?:hi|hello|hey|hiya|howdy|greetings|dear|good\s+(?:morning|afternoon|evening|day))(?:\s+(?:there|all|everyone|folks|team|again|lssc|sir|madam|bot|you))*\s*[,.!:-]*\s+)+(?=\S)",
    re.IGNORECASE,
)


def without_greeting(text: str) -> str:
    """The message without the hello before it; a mere hello stays."""
    return GREETING.sub("", text, count=1) or text


def sentences(text: str) -> list[str]:
    """The sentences and lines of a text."""
    return [part for piece in SENTENCE.split(text) if (part := piece.strip(" ,.-"))]


def questions(text: str) -> list[str]:
    """The parts of a message that each look like a question of their own, at most four."""
    parts = [part.strip(" ,.-") for sentence in _marked(text) for part in JOINT.split(sentence) if part.strip(" ,.-?")]
    return [part for part in parts if looks_asked(part)][:4]


def _marked(text: str) -> list[str]:
    """Sentences, each with its own question mark kept."""
    return [piece for piece in re.split(r"(?<=[?!;])\s*|(?<=[a-z)\d]\.)\s+|\n+", text) if piece.strip()]


def looks_asked(part: str) -> bool:
    """Whether a part reads like a question: a question mark, or a word that asks."""
    return len(part.split()) >= 2 and bool(STARTS.search(part) or ASKS.search(part))
