"""Hours of library work, told job by job: what was left open is asked back, and the ledger repeated with its sum."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from flows.dialog import kinds
from flows.dialog.question import Correction, Further, Question
from flows.dialog.speech import Choice
from flows.dialog.talk import Talk
from flows.dialog.unclear import Unclear
from flows.facts import Facts
from flows.program import eligibility, hours
from flows.program.figures import day_in_words

MOST_JOBS = 12
# "Anything to add?" answered by the next job at once, and by words that are rather about the jobs told before.
ADDS = re.compile(
    r"(?:(?:yes|yeah|yep|yup|sure|ok|okay)\b[\s,.:;!-]*(?!$)|also\b|and\b|plus\b|another\b|add\b)", re.IGNORECASE
)
PROMISES = re.compile(
    r"(?!.*\b(?:all|done|enough|finished|that)\b)(?:yes|yeah|yep|yup|also|another|one more)\b", re.IGNORECASE
)
DISPUTES = re.compile(
    r"^no\b|\b(?:not|wrong|correct|correction|incorrect|instead|should|actually|sorry|mistake|mistyped|meant|rather|nothing"
    r"|everything|was all|is all|just|only)\b|n[’']t\b",
    re.IGNORECASE,
)
ENOUGH = Choice("enough", "That is all")
ALSO_ENOUGH = (
    "that's all", "thats all", "that was all", "that's it", "thats it", "that is it", "nothing else", "nothing more",
    "no more", "done", "i'm done", "im done", "all done",
)  # fmt: skip
ANOTHER = Choice("another", "Add another job or volunteering")
WRONG = Choice("wrong", "Correct the last line")


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
        if number == MOST_JOBS or await _more(talk, facts, number, so_far) == ENOUGH.key:
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
        hint="for example: 20 hours a week since March 2023; full time for 8 months; about 900 hours;"
        " several jobs: a line each",
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

    def read(answer: str) -> str | Further:
        after = _read(facts, words, told, {**extra, missing.key: answer})
        if _told_anew(facts, answer, told, after):
            return Further({key: answer})
        if any(still.key == missing.key or still.key in extra for still in after.missing):
            again = after.missing[0].question
            raise Unclear("I could not read that." if again == missing.question else again)
        return answer

    # What was told in an earlier conversation is named, or nobody knows what is asked about.
    about = f"For “{words}”: " if key in facts.known and "“" not in missing.question else ""
    return talk.ask(f"{key}.{missing.key}", about + missing.question, read, label=_detail(number), free=True)


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


def _more(talk: Talk, facts: Facts, number: int, so_far: Ledger) -> Question[str]:
    also = {**kinds.said_yes_or_no(ANOTHER.key, ENOUGH.key), **dict.fromkeys(ALSO_ENOUGH, ENOUGH.key)}
    pick = kinds.choice((ENOUGH, ANOTHER, WRONG), {**also, "more": ANOTHER.key})

    def read(words: str) -> str | Correction | Further:
        try:
            said = pick(words)
        except Unclear:
            if _is_further_job(facts, words, so_far):
                return Further({f"job.{number}.more": ANOTHER.key, f"job.{number + 1}": words})
            if not _promises_a_job(words):
                raise
            return ANOTHER.key
        return Correction((f"job.{number}", f"job.{number}.*")) if said == WRONG.key else said

    text = f"I counted:\n{so_far.show()}\nIs there any other library job or volunteering to add?"
    return talk.ask(
        f"job.{number}.more", text, read, choices=(ENOUGH, ANOTHER, WRONG), example="That is all", assumed=ENOUGH.label,
        label="More hours" if number == 1 else f"More hours after job {number}",
    )  # fmt: skip


def _is_further_job(facts: Facts, words: str, so_far: Ledger) -> bool:
    """Whether the answer to "anything to add?" is the next job itself. Raises Unclear for what may be a correction."""
    try:
        told = _read(facts, words, facts.today)
    except Unclear:
        return False
    said = kinds.tidy(words[: kinds.MAX_TEXT])
    if not said.strip("0123456789., ") or said.endswith("?") or not (told.lines or ADDS.match(said)):
        return False
    if DISPUTES.search(said) or (told.lines and set(told.lines) <= set(so_far.lines)):
        raise Unclear(f"To change what I counted, answer “{WRONG.label}”; to add a job to it, “{ANOTHER.label}”.")
    return True


def _promises_a_job(words: str) -> bool:
    """Whether it is a yes with words about the job, but without its hours."""
    said = kinds.tidy(words[: kinds.MAX_TEXT])
    return len(said.split()) <= 12 and bool(PROMISES.match(said)) and not DISPUTES.search(said) and said[-1] != "?"
