"""What both the eligibility check and the application ask: position, schooling and hours, under the same keys.

What was answered once (within 90 days) is filled in and never asked again, because a key is a meaning.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from flows.dialog import kinds
from flows.dialog.question import Correction, Instead, Question, matches
from flows.dialog.speech import Choice
from flows.dialog.talk import Talk
from flows.dialog.unclear import Unclear
from flows.facts import Facts
from flows.program import eligibility, hours
from flows.program.figures import day_in_words
from flows.program.positions import Position

KEPT = ("position", "schooling", "schooling.*", "job.*", "state", "country", "member", "member.number")
MOST_JOBS = 12

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
ENOUGH = Choice("enough", "That is all")
ANOTHER = Choice("another", "Add another job or volunteering")
WRONG = Choice("wrong", "Correct the last line")


@dataclass(frozen=True)
class Work:
    """Somebody's position: what it is, and whether its holder has an MLIS."""

    position: Position
    holds_mlis: bool = False


@dataclass(frozen=True)
class Schooling:
    diploma: bool
    abroad: bool


@dataclass(frozen=True)
class Ledger:
    """Library work as told: dated spans and undated sums, clipped to the window only when counted."""

    lines: tuple[hours.Span | hours.Lump, ...]
    today: date
    window_years: int

    @property
    def total(self) -> float:
        """Hours within the window that ends today: the sum of the lines as shown, and what is judged."""
        return round(sum(line.hours for line in self._shown), 1)

    @property
    def spans(self) -> tuple[hours.Span, ...]:
        return tuple(line for line in self.lines if isinstance(line, hours.Span))

    def show(self) -> str:
        """The ledger for people: a line for each job, and the sum unless there is just one."""
        lines = [f"- {line.text}" for line in self._shown]
        return (
            lines[0] if len(lines) == 1 else "\n".join([*lines, f"Together: {eligibility.in_words(self.total)} hours"])
        )

    @property
    def _shown(self) -> tuple[hours.Line, ...]:
        return hours.ledger(self.lines, self.today, self.window_years)


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


async def ledger(talk: Talk, facts: Facts) -> Ledger:
    """Every job, one by one, repeated line by line with its sum until the person says that is all."""
    since = day_in_words(eligibility.window(facts.today, facts.rules)[0])
    text = f"Tell me about one library job or volunteering since {since}: how many hours, and when?"
    lines: tuple[hours.Span | hours.Lump, ...] = ()
    for number in range(1, MOST_JOBS + 1):
        words = await _job(talk, facts, number, text if number == 1 else "And the next one: how many hours, and when?")
        lines += await _completed(talk, facts, number, words)
        if number > 1 and hours.peak(lines) > facts.rules.max_weekly_hours:
            await _at_the_same_time(talk, number, hours.peak(lines))
        so_far = Ledger(lines, facts.today, facts.rules.window_years)
        if number == MOST_JOBS or await _more(talk, number, so_far) == ENOUGH.key:
            break
    return Ledger(lines, facts.today, facts.rules.window_years)


def _job(talk: Talk, facts: Facts, number: int, text: str) -> Question[str]:
    key = f"job.{number}"

    def read(words: str) -> str:
        _read(facts, words, facts.said_on(key))
        return words

    return talk.ask(
        key, text, read, label="Hours" if number == 1 else f"Hours, job {number}", free=True,
        example="20 hours a week since March 2023",
        hint="for example: 20 hours a week since March 2023; full time for 8 months; about 900 hours",
    )  # fmt: skip


def _read(facts: Facts, words: str, today: date, extra: Mapping[str, str] | None = None) -> hours.Statement:
    rules = facts.rules
    return hours.complete(
        words, extra or {}, today, rules_full_time=rules.full_time_hours, max_weekly=rules.max_weekly_hours
    )


async def _completed(talk: Talk, facts: Facts, number: int, words: str) -> tuple[hours.Span | hours.Lump, ...]:
    """The lines of one statement, after asking back what it left open."""
    key, extra = f"job.{number}", dict[str, str]()
    today = facts.said_on(key)
    statement = _read(facts, words, today)
    while statement.missing:
        missing = statement.missing[0]
        extra[missing.key] = await _ask_back(talk, facts, number, words, dict(extra), missing)
        statement = _read(facts, words, today, extra)
    return statement.lines


def _ask_back(
    talk: Talk, facts: Facts, number: int, words: str, extra: dict[str, str], missing: hours.Missing
) -> Question[str]:
    key = f"job.{number}"
    told = facts.said_on(key)

    def read(answer: str) -> str | Correction:
        after = _read(facts, words, told, {**extra, missing.key: answer})
        if _told_anew(facts, answer, told, after):
            return Correction((key, f"{key}.*"))
        if any(still.key == missing.key or still.key in extra for still in after.missing):
            again = after.missing[0].question
            raise Unclear("I could not read that." if again == missing.question else again)
        return answer

    return talk.ask(f"{key}.{missing.key}", missing.question, read, label=_detail(number), free=True)


def _told_anew(facts: Facts, answer: str, today: date, after: hours.Statement) -> bool:
    """Whether the answer to what was asked back is a whole statement of its own, and not what the two together say."""
    try:
        alone = _read(facts, answer, today)
    except Unclear:
        return False
    if not alone.lines or alone.missing:
        return False
    years = facts.rules.window_years
    return bool(after.missing) or hours.total(alone.lines, today, years) != hours.total(after.lines, today, years)


def _detail(number: int) -> str:
    return "Hours (detail)" if number == 1 else f"Hours (detail), job {number}"


def _at_the_same_time(talk: Talk, number: int, weekly: float) -> Question[bool]:
    """Several jobs that add up to more than people usually work; a no has the last one told again."""

    def read(words: str) -> bool | Correction:
        return kinds.yes_no(words) or Correction((f"job.{number}", f"job.{number}.*"))

    text = f"With that you work {eligibility.in_words(weekly)} hours a week at the same time. Is that right?"
    return talk.ask(f"job.{number}.together", text, read, choices=kinds.YES_NO, label="Hours at the same time")


def _more(talk: Talk, number: int, so_far: Ledger) -> Question[str]:
    also = kinds.said_yes_or_no(ANOTHER.key, ENOUGH.key)
    pick = kinds.choice((ENOUGH, ANOTHER, WRONG), {**also, "more": ANOTHER.key})

    def read(words: str) -> str | Correction | Instead:
        said = pick(words)
        return Correction((f"job.{number}", f"job.{number}.*")) if said == WRONG.key else said

    text = f"I counted:\n{so_far.show()}\nIs there any other library job or volunteering to add?"
    return talk.ask(
        f"job.{number}.more", text, read, choices=(ENOUGH, ANOTHER, WRONG), example="That is all",
        label="More hours" if number == 1 else f"More hours after job {number}",
    )  # fmt: skip


def kept(answers: Mapping[str, str]) -> dict[str, str]:
    """Those of `answers` that a later form may use again."""
    return {key: words for key, words in answers.items() if matches(key, KEPT)}
