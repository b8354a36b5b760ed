"""What both the eligibility check and the application ask: position, schooling and hours, under the same keys.

What was answered once (within 90 days) is filled in and never asked again, because a key is a meaning.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from flows.dialog import kinds
from flows.dialog.question import matches
from flows.dialog.speech import Choice
from flows.dialog.talk import Talk
from flows.dialog.unclear import Unclear
from flows.program.positions import Position

KEPT = ("position", "schooling", "schooling.*", "job.*", "state", "country", "member", "member.number")

POSITIONS = (
    Choice("support", "In a library, in a position that does not require an MLIS"),
    Choice("holder", "In such a position, and I hold an MLIS"),
    Choice("volunteer", "I volunteer in a library"),
    Choice("librarian", "In a library, in a position that requires an MLIS"),
    Choice("former", "I have no library position at the moment"),
)
SCHOOLING = (
    Choice("us", "Yes, from the United States"),
    Choice("abroad", "Yes, from another country"),
    Choice("no", "No"),
)
IN_THE_US = re.compile(r"\b(?:US|USA|usa|U\.S\.A?|u\.s\.a?|[Uu]nited [Ss]tates|the us|(?:in|from) america|us$)(?!\w)")
OUTSIDE = re.compile(
    r"\boutside (?:of )?(?:the )?(?:usa?\b|u\.s\.(?:a\.)?|united states|states|america)", re.IGNORECASE
)
NEGATED = re.compile(r"\b(?:not|never)\b|n[’']t\b", re.IGNORECASE)
ABROAD = re.compile(r"\b(?:another country|abroad|overseas|foreign|outside)\b", re.IGNORECASE)
# A schooling that is simply named, without a yes.
NAMED = re.compile(
    r"(?!.*(?:\b(?:no|not|never|without|none|yet|working|studying|getting|almost|soon)\b|n[’']t\b|\?))"
    r".*\b(?:GED|diploma|another country|high school|(?:associate|bachelor|master)(?:[’']?s)?|graduated?)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Work:
    """Somebody's position: what it is, and whether its holder has an MLIS."""

    position: Position
    holds_mlis: bool = False


@dataclass(frozen=True)
class Schooling:
    diploma: bool
    abroad: bool


async def work(talk: Talk) -> Work:
    """The position: it counts what the post requires, not what its holder has."""
    answer = await talk.choice("position", "Where do you work now?", POSITIONS, label="Kind of position")
    if answer == "holder":
        return Work(Position.SUPPORT, holds_mlis=True)
    return Work(Position[answer.upper()])


async def schooling(talk: Talk) -> Schooling:
    """The diploma; whether it was earned abroad is asked only when a bare "yes" left it open."""
    pick = kinds.choice(SCHOOLING)

    def read(words: str) -> str:
        try:
            return pick(words)
        except Unclear:
            said = kinds.tidy(words[: kinds.MAX_TEXT])
            abroad, us = ABROAD.search(said), IN_THE_US.search(OUTSIDE.sub("", said))
            if NAMED.match(said) or kinds.yes_no(words):
                return "yes" if NEGATED.search(said) or bool(abroad) == bool(us) else "abroad" if abroad else "us"
            if abroad:
                raise Unclear(
                    f"Did you finish school in another country? Then please answer “{SCHOOLING[1].label}”."
                ) from None
            return "no"

    text = "Do you have a high school diploma, a GED or the equivalent?"
    answer = await talk.ask("schooling", text, read, choices=SCHOOLING, label="Schooling", example=SCHOOLING[0].label)
    abroad = answer == "abroad"
    if answer == "yes":
        abroad = await talk.yes_no(
            "schooling.abroad", "Was it earned outside the United States?", label="Schooling abroad"
        )
    return Schooling(diploma=answer != "no", abroad=abroad)


def kept(answers: Mapping[str, str]) -> dict[str, str]:
    """Those of `answers` that a later form may use again."""
    return {key: words for key, words in answers.items() if matches(key, KEPT)}
