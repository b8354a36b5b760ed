"""What an evaluator answers to an offer, or says of a review at hand, in their own words.

`read` gives None for words that are no such answer; nothing here knows which review is meant.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from flows.dialog import dates
from flows.dialog.dates_readers import NoDate, When
from flows.program import weekdays


class Kind(StrEnum):
    """What is said of a review."""

    ACCEPT = "accept"
    DECLINE = "decline"
    MORE_TIME = "more time"
    CANNOT = "cannot"
    KNOWS = "knows"


class Reason(StrEnum):
    """Why somebody declines, as far as it decides whom to ask next."""

    NONE = ""
    BUSY = "busy"
    CONFLICT = "conflict"
    NOT_MY_FIELD = "not my field"


@dataclass(frozen=True)
class Answer:
    """An answer; `until` is the last day of a pause that it asks for, `days` how much more time.

    `is_plain`: the words could as well answer any other question, such as "yes".
    """

    kind: Kind
    reason: Reason = Reason.NONE
    until: date | None = None
    days: int = 0
    is_plain: bool = False


BRIEF = 60  # characters of a message that says nothing else
OWN_WORDS = re.compile(r"(?:sorry[,!. ]*)?(?:i|i'm|i'd|may|can|could|please|need|this)\b")
LONGEST = 300  # characters of a message that may be such an answer
LONGEST_PAUSE = 730  # days
NUMBERS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "ten": 10, "another": 1}
COUNT = r"\d{1,3}|a|an|one|two|three|four|ten|another"
KNOWS = re.compile(
    r"\b(?:i (?:think i |believe i )?(?:know|recogni[sz]e|worked with|work with) (?:who (?:this|that|it) is"
    r"|(?:the|this) (?:author|candidate|person)|her|him|them)|i know this is"
    r"|this is (?:a|my) (?:colleague|friend|co-?worker))\b"
)
BACK = r"give (?:it|this) (?:back|up)"
CANNOT = re.compile(
    rf"\b(?:can ?not|can't|won't be able to|am not able to)[^.]{{0,40}}\bafter all\b"
    rf"|\b(?:release me|(?:must |have to )?{BACK}|i have to (?:step back|withdraw|back out))\b"
)
MORE = re.compile(
    rf"\b(?:more time|extension|(?P<number>{COUNT}) (?P<unit>day|week|month)s? (?:more|longer|extra)"
    rf"|(?P<number2>{COUNT}) (?:more |extra |further )(?P<unit2>day|week|month)s?"
    r"|another (?P<unit3>day|week|month))\b"
)
COUNTED = re.compile(r"(?:(?:for|until|till) )?(\d+|a|an|one|two|three|four|ten) (day|week|month|year)s?")
UNITS = {"day": 1, "week": 7, "month": 30, "year": 365}  # days
WEEKDAY = re.compile(
    r"(?:(?P<how>until|till|on|after|before|from|starting) )?(?:(?:the )?(?:next|coming|this) )?"
    rf"(?P<day>{weekdays.NAME})"
)
AFTER = re.compile(r"\b(?P<how>after|before|until|till|from|starting) (?P<when>[^.,;!?\n]{3,40})")
NOT_THE_DAY = ("before", "from", "starting")  # words behind which a day is the first one after the pause
HAPPY = r"(?:'ll|'d| will| do| would)?(?: be|'m| am)?"
ACCEPT = re.compile(
    rf"(?:yes[,! ]*)?(?:i{HAPPY} ?)?"
    r"(?:accept(?:ed|s)?|take|do|read|gladly|agreed?|happy to(?: do| help| read| accept)?)"
    r"(?: it| this(?: one| review)?| the review)?"
)
PLAIN_YES = frozenset(
    ("yes", "y", "ok", "okay", "sure", "yes please", "of course", "yep", "yeah", "fine", "certainly")
)  # fmt: skip
POLITE = r"(?:(?:no|sorry|unfortunately|thanks|thank you|but)[,! ]*)*"
DECLINE = re.compile(
    rf"{POLITE}(?:i(?:'ll| will|'m| am)? ?)?(?:afraid )?(?:i )?(?:must |have to |need to |would rather )?"
    r"(?:decline[ds]?|pass|can ?not(?: do (?:it|this))?|can't(?: do (?:it|this))?|not able to|not this time"
    r"|not available|unavailable)\b.{0,120}"
)
PLAIN_NO = frozenset(("no", "n", "no thanks", "no thank you", "sorry no", "not now", "nope", "sorry"))
BUSY = re.compile(r"\b(?:busy|no time|too much|on leave|vacation|holiday|travel\w*|overloaded|away|available)\b")
CONFLICT = re.compile(r"\bconflict\b|\bsame (?:library|employer|workplace)\b")
FIELD = re.compile(r"\b(?:not my (?:field|area|subject|topic)|outside my|no expert|not an expert|wrong set)\b")


def read(words: str, today: date) -> Answer | None:
    """An answer to an offer, or a word on a review at hand; None for anything else."""
    return _read(words, today) if len(words) <= LONGEST else None


def is_brief(words: str) -> bool:
    """Whether words that are an answer say nothing else."""
    return len(words.strip()) <= BRIEF and "?" not in words


def is_sure(words: str) -> bool:
    """Whether they could not be part of a comment on somebody's work either."""
    return is_brief(words) and OWN_WORDS.match(_tidy(words)) is not None


def _tidy(words: str) -> str:
    said = " ".join(words.lower().replace("’", "'").split()).strip(" .!")
    return re.sub(r"^(?:hi|hello|dear [\w ]{1,30})[,!. ]+", "", said)


def _read(words: str, today: date) -> Answer | None:
    said = _tidy(words)
    if KNOWS.search(said):
        return Answer(Kind.KNOWS)
    if CANNOT.search(said):
        return Answer(Kind.CANNOT)
    until = _until(said, today)
    if until is not None and (_begins_yes(said) or _says_no(said) or BUSY.search(said)):
        return Answer(Kind.DECLINE, _reason(said) or Reason.BUSY, until)
    if (more := MORE.search(said)) and not _says_no(said):
        return Answer(Kind.MORE_TIME, days=_days(more))
    if ACCEPT.fullmatch(said):
        return Answer(Kind.ACCEPT)
    if said in PLAIN_YES:
        return Answer(Kind.ACCEPT, is_plain=True)
    if said in PLAIN_NO:
        return Answer(Kind.DECLINE, is_plain=True)
    is_why = "?" not in said and _reason(said) in (Reason.CONFLICT, Reason.NOT_MY_FIELD)
    if DECLINE.fullmatch(said) or is_why:
        return Answer(Kind.DECLINE, _reason(said))
    return None


def pause(words: str, today: date) -> date | None:
    """The last day of a pause that words such as "until 1 June", "Monday", "after June" or "for 2 months" tell of."""
    said = " ".join(words.lower().split()).strip(" .!")
    if counted := COUNTED.fullmatch(said):
        return today + timedelta(days=min(_number(counted[1]) * UNITS[counted[2]], LONGEST_PAUSE))
    if named := WEEKDAY.fullmatch(said):
        return weekdays.coming(named["day"], today) - timedelta(days=named["how"] in NOT_THE_DAY)
    return _until(said, today) or _day(said, today, last=True)


def _until(said: str, today: date) -> date | None:
    """The last day on which nothing can be asked: "after June" and "until the end of June" are 30 June."""
    found = AFTER.search(said)
    if found is None:
        return None
    how, when = found["how"], found["when"].strip()
    day = _day(when, today, last=how == "after" or "end of" in when)
    if day is None:
        return None
    day = day - timedelta(days=how in NOT_THE_DAY)
    return day if today <= day <= today + timedelta(days=LONGEST_PAUSE) else None


def _day(when: str, today: date, *, last: bool) -> date | None:
    """A day, or the last or first one of a month, in the future."""
    when = re.sub(r"^(?:the )?(?:end|beginning|start) of |^next |^mid[- ]", "", when)
    month = re.fullmatch(r"([a-z]{3,9})\.?(?: (\d{4}))?", when)
    if month and (number := MONTHS.get(month[1][:3])) and month[1] in NAMES[number - 1][: len(month[1])]:
        year = int(month[2]) if month[2] else today.year + (number < today.month)
        return date(year, number, monthrange(year, number)[1] if last else 1)
    years = (today.year, today.year + 1) if re.search(r"\d", when) else ()
    found = [dates.read_date(when, today)]
    found += [each for year in years if _is_more_than(year, each := dates.read_date(f"{when} {year}", today))]
    ahead = (each for each in found if not isinstance(each, NoDate) and each.last >= today)
    day = next(ahead, None)
    return None if day is None else day.last if last else day.first


def _is_more_than(year: int, found: When | NoDate) -> bool:
    """Whether words that `year` was put behind tell of more than that year: "1 June" does, "12 hours" does not."""
    return not isinstance(found, NoDate) and (found.precision != "year" or found.first.year != year)


NAMES = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
MONTHS = {name[:3]: number for number, name in enumerate(NAMES, 1)}


def _begins_yes(said: str) -> bool:
    return said.startswith(("yes", "ok", "sure", "i can", "i could", "happy to", "gladly", "only ", "not "))


def _says_no(said: str) -> bool:
    return said in PLAIN_NO or bool(re.match(r"(?:no|sorry|decline|i (?:must |have to )?decline|can't|cannot)\b", said))


def _reason(said: str) -> Reason:
    for reason, pattern in ((Reason.CONFLICT, CONFLICT), (Reason.NOT_MY_FIELD, FIELD), (Reason.BUSY, BUSY)):
        if pattern.search(said):
            return reason
    return Reason.NONE


def _days(found: re.Match[str]) -> int:
    number, unit = found["number"] or found["number2"], found["unit"] or found["unit2"] or found["unit3"]
    if unit is None:
        return 0
    return _number(number or "one") * UNITS[unit]


def _number(word: str) -> int:
    return int(word) if word.isdecimal() else NUMBERS[word]
