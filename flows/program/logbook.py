"""Continuing education that a holder logs in one line: "6 h conference 12 May, cataloging".

Raises Unclear, with the way out, for a line that begins like one and cannot be read; what it is worth in contact hours
is `renewal.contact_hours`. Source: product specification, "Holders".
"""

import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from flows.dialog import dates, kinds
from flows.dialog.dates_readers import NoDate, When
from flows.dialog.unclear import Unclear
from flows.program import weekdays
from flows.program.competencies import Competencies
from flows.program.renewal import Unit

EXAMPLE = "6 h conference 12 May, cataloging"
MOST = 200  # hours in one line; a conference has fewer
SOON = timedelta(days=2)
MOST_A_DAY = 24  # hours, but for what says that it took longer
LONGEST = 200  # characters of what it was
LONGEST_NAMING = 100  # characters among which a set is looked for
NUMBERS = {word: Fraction(n) for n, word in enumerate(("one", "two", "three", "four", "five", "six"), 1)}
NUMBERS |= {"a": Fraction(1), "an": Fraction(1), "half a": Fraction(1, 2), "half an": Fraction(1, 2)}
AGO = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")  # from two on
# Minutes may stand behind hours: "2 h 45 min", "2 hrs and 15 min", "1h30", "1:30 h", "an hour and a half".
AMOUNT = re.compile(
    r"(?P<number>[-−–]?\d{1,4}(?:[.,]\d{1,2}|:[0-5]\d)?(?:\s*½)?|½|half an?|an?|one|two|three|four|five|six)\s*"
    r"(?:(?P<hours>contact hours?|hours?|hrs?|h)"
    r"(?:(?<=h)(?P<glued>[0-5]\d)(?: ?m(?:in(?:ute)?s?)?)?\b"
    r"|\b\.?(?:,? ?(?:and ?)?(?P<rest>\d{1,2}) ?m(?:in(?:ute)?s?)?\b\.?| and (?P<half>a half)\b)?)"
    r"|(?P<unit>semester (?:credits?|hours?)|quarter (?:credits?|hours?)|ceus?"
    r"|(?:conference )?days?|credits?|minutes?|mins?)\b\.?)",
    re.IGNORECASE,
)
# What joins two pieces of learning in one line; behind a comma alone it may be one that is told in two units.
JOINED = re.compile(rf"(?:\s*(?P<sure>;|,?\s+(?:and|plus|then)\b|,?\s*[+&])|,)\s*(?={AMOUNT.pattern})", re.IGNORECASE)
MARKUP = re.compile(
    r"\x1b\[[\d;]*[a-z]|</?(?:b|i|u|s|em|strong|p|br|span|div|font|li|ul|ol|code|pre)\b[^<>]*>|\*{1,3}(?=\S)|(?<=\S)\*{1,3}",
    re.IGNORECASE,
)
NAME_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*|&")
MOST_WORDS = 6  # in the name of a set
SHORTEST = 2  # letters of a name that are also a word of everyday
UNITS = (
    ("semester", Unit.SEMESTER_CREDIT), ("quarter", Unit.QUARTER_CREDIT), ("day", Unit.CONFERENCE_DAY),
    ("conference day", Unit.CONFERENCE_DAY),
)  # fmt: skip
WHICH_CREDIT = "Are these semester or quarter credits? For example: “3 semester credits cataloging course, May 2027”."
TOO_LONG = (
    "That is more hours than a day has. If it took several days, please say so, such as “40 h training over five"
    " days, 12 May, cataloging”, or send each day on a line of its own."
)
WHICH_DAY = f"On which day was that? For example: “{EXAMPLE}”."
YET_TO_COME = "That day is yet to come; please log it afterwards."
BEGIN = f"Please begin with the hours, such as “{EXAMPLE}”."
THIS_YEAR = f"{YET_TO_COME} If it was in an earlier year, please write the year with it."
ONE_DAY = "Please tell the day alone, such as “12 May”, “yesterday” or “last Tuesday”."
MORE_THAN_NONE = f"The hours must be more than zero, such as in “{EXAMPLE}”."
ONE_EACH = (
    "That is more than one piece of learning in one line. Please send each on a line of its own, with its day and set:"
    f" “{EXAMPLE}”, and below it “2 h webinar 3 June, technology”."
)
NO_SUCH_MONTH = "I cannot read “{}” as a day. Please write it such as “12 May 2026”."
OTHER_MONTHS = (
    r"(?:janvier|f[eé]vrier|mars|avril|mai|juin|juillet|ao[uû]t|septembre|octobre|novembre|d[eé]cembre|enero|febrero"
    r"|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre|januar|februar|märz|maerz|juni|juli"
    r"|oktober|dezember)"
)
A_YEAR = r"(?:,?(?: de)? (?:19|20)\d\d\b)"
OTHER_DAY = re.compile(
    rf"\b\d{{1,2}}\.?(?: de)? (?:{OTHER_MONTHS}\b\.?{A_YEAR}?|[^\W\d_]{{3,}}\.?{A_YEAR})"
    rf"|\b{OTHER_MONTHS} \d{{1,2}}\b{A_YEAR}?",
    re.IGNORECASE,
)
# Words of what took more than a day: "over five days", "May 3-7", "from 3 May to 7 May".
SEVERAL_DAYS = re.compile(
    r"\b(?:days|weeks|months?|semester|quarter|courses?|conferences?|institute|series|sessions"
    r"|[a-z\d]{1,5}-(?:week|day))\b(?! ago)"
    r"|(?<![\d-])\d{1,2} ?[-–] ?\d{1,2}(?![\d-])|\b(?:to|through|thru|till|until) (?:the )?(?:[a-z]{3,9}\.? )?\d",
    re.IGNORECASE,
)
# A weekday's short form is one only behind such a word, and its name alone only where nothing else belongs to it.
WEEKDAY = re.compile(
    r"\b(?:(?P<which>(?:on )?(?:last|this|this past|next)|on) "
    rf"(?P<day>{weekdays.NAME})\b|(?P<alone>{weekdays.LONG_NAME})(?= *(?:,|;|\.?$)))",
    re.IGNORECASE,
)
# Month first, as the program writes it; what is half of something is no day.
SLASHED = re.compile(r"(?<![\w/.-])(0?[1-9]|1[0-2])/(\d{1,2})(?![\d/])(?!-\d)(?! ?(?:of|days?|hours?|h)\b)")
DAY_BEFORE = re.compile(r"\b(?:the )?day before yesterday\b", re.IGNORECASE)
COUNTED_AGO = re.compile(rf"\b(?:{'|'.join(AGO)})(?= (?:days|weeks) (?:ago|back)\b)", re.IGNORECASE)
TODAY = re.compile(r"\b(?:this (?:morning|afternoon|evening)|tonight)\b", re.IGNORECASE)
BEFORE_A_DAY = re.compile(rf"\b(?:on|from)? ?(?:\b{weekdays.LONG_NAME},? )?$", re.IGNORECASE)
# What people write around the name of a set; what stands behind a preposition belongs to what it was.
FILLER = (
    r"(?:please|mostly|mainly|partly|only|really|too|also|as well|i (?:think|guess|believe)|thanks?|thank you|maybe"
    r"|perhaps|(?:competency )?set)"
)
AROUND_A_DAY = re.compile(rf"\b(?:it|that|this|was|were|is|on|to|the|day|date|from|{FILLER})\b", re.IGNORECASE)
AROUND_A_SET = re.compile(
    rf"(?:(?:in|for|on|about|under|to|toward|{FILLER}):? )*(?:(?:the|my) )?(?P<set>.+?)"
    rf"(?:(?:[ .!]+{FILLER})+|(?P<more> \(.*\)| (?:at|with|by|from|via|through|online)\b.*)|)[ .!]*",
    re.IGNORECASE,
)
WHICH_SET = f"Which set does it belong to? Its name behind a comma, such as “{EXAMPLE}”, or “none”."
WHAT = f"What was it, in a few words? For example: “{EXAMPLE}”."


@dataclass(frozen=True)
class Logged:
    """A line of the log; `set_id` is None for what belongs to no set, `told` is the amount as it was written.

    `cut`: what it was is longer than is kept. `also`: another set that its words name, and that was not taken.
    """

    amount: Fraction
    unit: Unit
    what: str
    day: date
    set_id: str | None
    told: str
    cut: bool = False
    also: str = ""


@dataclass(frozen=True)
class Correction:
    """What a correction tells of a line; None, or no words, for what it leaves as it was. `set_id` is "" for no set.

    `cut` and `also` as in Logged.
    """

    worth: tuple[Fraction, Unit] | None
    told: str
    what: str
    day: date | None
    set_id: str | None
    cut: bool = False
    also: str = ""


class NoSet(Unclear):
    """The line names no set that there is."""


class TooLong(Unclear):
    """The line tells more hours than its day has."""


class NoDay(Unclear):
    """The line tells no day."""


def looks_like_one(words: str) -> bool:
    """Whether a message begins with an amount of learning; quick, for any message."""
    return AMOUNT.match(words.strip()[:60]) is not None


def plain(words: str) -> str:
    """The words as they were meant to be read: without markup and control characters."""
    return kinds.tidy(MARKUP.sub(" ", words))


def apart(words: str, competencies: Competencies, today: date) -> tuple[str, ...]:
    """The pieces of learning in a line, where each tells its own day and set; else the line as it is."""
    joined = _joined(words)
    begins = [0, *(found.end() for found in joined)]
    ends = [*(found.start() for found in joined), len(words)]
    pieces = tuple(words[begin:end].strip(" .,") for begin, end in zip(begins, ends, strict=True))
    try:
        for each in pieces:
            read(each, competencies, today)
    except Unclear:
        return (words,)
    return pieces


def read(words: str, competencies: Competencies, today: date, day: date | None = None) -> Logged:
    """The line as it is meant; a day without a year is the last one that was. `day`: one that it does not tell.

    Raises NoSet or NoDay for a line that tells none of it.
    """
    said = plain(words)
    found = AMOUNT.match(said)
    if found is None:
        raise Unclear(BEGIN)
    rest = said[found.end() :]
    amount, unit = _amount(found)
    if not any(map(str.isalnum, rest)):
        raise Unclear(WHAT)
    if _tells_more(rest, today):
        raise Unclear(ONE_EACH)
    whole = rest
    if day is None:
        rest, day = _day(rest, today)
    _fits_a_day(found, amount, whole)
    left, set_id, also = _set(rest, competencies)
    what, cut = _bare(left or (rest.strip(" ,.;:-") if set_id else ""))
    if not any(map(str.isalpha, what)):
        raise Unclear(WHAT)
    if set_id is None:
        raise NoSet(WHICH_SET)
    return Logged(amount, unit, what, day, set_id or None, found[0].strip(" ."), cut, also)


def correction(words: str, competencies: Competencies, today: date, before: str) -> Correction:
    """What is told of a line that is on record: a line as `read` takes it, or its hours, its day or its set alone.

    `before`: what it was so far. Raises Unclear for what cannot be read.
    """
    said = plain(words)
    found = AMOUNT.match(said)
    rest = said[found.end() :] if found else said
    if _tells_more(rest, today):
        raise Unclear(ONE_EACH)
    day = None
    with suppress(NoDay):
        rest, day = _day(rest, today)
    left, set_id, also = _set(rest, competencies)
    what, cut = _bare(left) if any(map(str.isalnum, AROUND_A_DAY.sub("", left))) else ("", False)
    if found is None and (what or (day is None and set_id is None)):
        raise Unclear(BEGIN)
    worth, told = (_amount(found), found[0].strip(" .")) if found else (None, "")
    if found is not None and worth is not None:
        _fits_a_day(found, worth[0], f"{said[found.end() :]} {before}")
    return Correction(worth, told, what, day, set_id, cut, also)


def day_of(words: str, today: date) -> date:
    """The day that an answer tells, and nothing else. Raises Unclear with the reason."""
    rest, day = _day(" ".join(words.split()), today)
    if any(map(str.isalnum, AROUND_A_DAY.sub("", rest))):
        raise Unclear(ONE_DAY)
    return day


def _joined(words: str) -> list[re.Match[str]]:
    """What joins pieces of learning; not what stands between the hours and the minutes of one amount."""
    within = {at for found in AMOUNT.finditer(words) for at in range(found.start() + 1, found.end())}
    return [each for each in JOINED.finditer(words) if each.end() not in within]


def _tells_more(rest: str, today: date) -> bool:
    """Whether another piece of learning stands behind the first amount."""
    joined = _joined(rest)
    if not joined or any(each["sure"] for each in joined):
        return bool(joined)
    found = (each.value for each in dates.find_dates(rest.lower(), today))
    return len([each for each in found if isinstance(each, NoDate) or each.precision == "day"]) > 1


def _bare(what: str) -> tuple[str, bool]:
    """What it was, without an article and no longer than is kept; and whether it was longer."""
    bare = re.sub(r"^(?:(?:of|at|for|in) )?(?:an? |the )?(?=\w)", "", what)
    return bare[:LONGEST].rstrip(), len(bare) > LONGEST


def _fits_a_day(found: re.Match[str], amount: Fraction, words: str) -> None:
    """Raises TooLong for more hours than a day has, where the words do not say that it took longer."""
    in_hours = found["hours"] or found["unit"].lower().startswith("min")
    if in_hours and amount > MOST_A_DAY and not SEVERAL_DAYS.search(words):
        raise TooLong(TOO_LONG)


def _amount(found: re.Match[str]) -> tuple[Fraction, Unit]:
    told, unit = found["number"].lower(), (found["unit"] or "").lower()
    half = Fraction(1, 2) if "½" in told or found["half"] else Fraction(0)
    bare, _, minutes = told.replace("½", "").strip().replace(",", ".").partition(":")
    if bare.startswith(("-", "−", "–")):
        raise Unclear(MORE_THAN_NONE)
    number = NUMBERS[bare] if bare in NUMBERS else Fraction(bare or "0")
    amount = number + half + Fraction(int(minutes or found["glued"] or found["rest"] or 0), 60)
    if unit.startswith("ceu"):
        return amount * 10, Unit.HOUR  # ten contact hours each, by their definition
    if unit.startswith("credit"):
        raise Unclear(WHICH_CREDIT)
    if unit.startswith("min"):
        amount = amount / 60
    if not amount:
        raise Unclear(MORE_THAN_NONE)
    if amount > MOST:
        raise Unclear(f"Please log between a few minutes and {MOST} hours in one line.")
    return amount, next((each for name, each in UNITS if name in unit), Unit.HOUR)


def _day(rest: str, today: date) -> tuple[str, date]:
    """What is left without the day, and the day; of a weekday, the last one before today.

    Raises NoDay without one, and Unclear for one that is yet to come.
    """
    rest = DAY_BEFORE.sub("2 days ago", rest)
    rest = COUNTED_AGO.sub(lambda found: str(AGO.index(found[0].lower()) + 2), rest)
    for each in dates.find_dates(rest.lower(), today):
        value = _latest(rest[each.at : each.to], today) or each.value
        if isinstance(value, NoDate):
            raise Unclear(value.reason)
        if value.precision != "day":
            continue
        if value.first > today:
            raise Unclear(YET_TO_COME)
        return f"{BEFORE_A_DAY.sub('', rest[: each.at])},{rest[each.to :]}", value.first
    told = SLASHED.sub(_month_and_day, TODAY.sub("today", rest, count=1), count=1)
    if told != rest:
        return _day(told, today)
    named = WEEKDAY.search(rest)
    if named is None:
        if other := OTHER_DAY.search(rest):
            raise Unclear(NO_SUCH_MONTH.format(other[0].strip()))
        raise NoDay(WHICH_DAY)
    if (named["which"] or "").lower() == "next":
        raise Unclear(YET_TO_COME)
    day = weekdays.last(named["day"] or named["alone"], today)
    return f"{rest[: named.start()]},{rest[named.end() :]}", day


def _month_and_day(found: re.Match[str]) -> str:
    """`May 6` for `5/6`."""
    return f"{dates.MONTHS[int(found[1]) - 1].title()} {found[2]}"


def _latest(words: str, today: date) -> When | None:
    """`14 May` is a day here, however much it may be a month of 2014 elsewhere; None for what has a year of its own.

    Raises Unclear for a day that comes very soon: hardly the one of a year ago.
    """
    for year in (today.year + 1, today.year, today.year - 1):
        found = dates.read_date(f"{words} {year}", today)
        if isinstance(found, When) and found.precision == "day" and found.first <= today + SOON:
            if found.first > today:
                raise Unclear(THIS_YEAR)
            return found
    return None


def _set(rest: str, competencies: Competencies) -> tuple[str, str | None, str]:
    """What it was, the set, and another one that is named.

    The set is a part between commas that names one, else the last words behind "in" or "for", else the first that is
    named among the words. What it was is empty where nothing else stands there; the set is "" for none at all, and None
    where no words say.
    """
    parts = [each for each in (part.strip(" .;:-") for part in rest.split(",")) if each]
    for part in reversed(parts):
        group = competencies.find_set(part)
        if group is not None or part.lower() in ("none", "no set"):
            left = [each for each in parts if each is not part]
            return ", ".join(left), group.id if group is not None else "", ""
    behind = re.search(r"\b(?:in|for|on|about) ([^,]{4,60})$", ", ".join(parts), re.IGNORECASE)
    group = competencies.find_set(behind[1]) if behind else None
    if behind is not None and group is not None:
        return ", ".join(parts) if behind.start() else "", group.id, ""
    for at, part in reversed(list(enumerate(parts))):
        around = AROUND_A_SET.fullmatch(part) if len(part) <= LONGEST_NAMING else None
        group = competencies.find_set(around["set"]) if around else None
        if around is not None and group is not None:
            left = [*parts[:at], *filter(None, [(around["more"] or "").strip(" ()")]), *parts[at + 1 :]]
            return ", ".join(left), group.id, ""
    first, also = [*_named_in(", ".join(parts), competencies), None, ""][:2]
    return ", ".join(parts), first, also or ""


def _named_in(words: str, competencies: Competencies) -> list[str]:
    """The sets that are named among other words, first to last; of `it` and `ra` only what is written in capitals."""
    said = NAME_WORD.findall(words[:LONGEST])
    named: dict[str, None] = {}
    at = 0
    while at < len(said):
        tried = ((to, competencies.find_set(" ".join(said[at:to]))) for to in range(at + MOST_WORDS, at, -1))
        to, group = next(((to, group) for to, group in tried if group is not None), (at + 1, None))
        if group is not None and (len("".join(said[at:to])) > SHORTEST or said[at].isupper()):
            named.setdefault(group.id)
        at = to
    return list(named)
