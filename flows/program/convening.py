"""What the office plans in plain words: `portfolios 3 December 2026 3 pm, 60 min, 25 seats, https://...`."""

import re
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from flows.dialog import dates, kinds
from flows.dialog.numbers import digits
from flows.dialog.unclear import Unclear
from flows.program import links, office, waiting, webinars, weekdays, zones
from flows.program.webinars import KINDS, Webinar
from flows.program.years import months_after

MINUTES, SEATS = 60, 25  # where nothing is said of them
EXAMPLE = "portfolios 3 December 2026 3 pm, 60 min, 25 seats, https://example.org/meet"
TITLE = re.compile(r"[“\"]([^”\"]+)[”\"]")
NOTE = re.compile(r"\bnote: *(.+)$", re.DOTALL | re.IGNORECASE)
LASTS = re.compile(
    r"(?P<number>-?[\d,]*\d|\ban?)?(?P<part>(?<=\d)\.\d+| ?\b(?:half|quarter))?(?: of an)?[ -]?"
    r"(?:(?P<hours>hours?|h)(?: ?(?:and )?(?P<rest>\d{1,2}) ?min(?:ute)?s?|(?<=h)(?P<glued>[0-5]\d))?|min(?:ute)?s?)\b",
    re.IGNORECASE,
)
PARTS = {"half": 0.5, "quarter": 0.25}
PLACES = re.compile(
    r"(?:(?:room for|max(?:imum)?|up to) )?(-?[\d,]+) ?(?:seats?|places?|people|persons?|participants?|attendees)\b"
    r"|(?:room for|max(?:imum)?|up to) (-?[\d,]+)",
    re.IGNORECASE,
)
HOUR = re.compile(
    r"(?:\bat )?(?:\b(?P<hour>\d{1,2})(?:[:.](?P<minute>\d{2}))? ?(?P<half>[ap])\.?m\b\.?"
    r"|\b(?P<h24>\d{1,2}):(?P<m24>\d{2})\b(?P<word>)|\b(?P<named>noon|midnight)\b)(?P<zone>[^,;.]*)",
    re.IGNORECASE,
)
_OCLOCK = r"\d{1,2}(?:[:.]\d{2} ?[ap]\.?m|:\d{2}| ?[ap]\.?m)\b"
SPAN = re.compile(
    rf"(?:\bfrom )?\b(?P<first>{_OCLOCK})\.? ?(?:[-–—]|to|until|till) ?(?P<last>{_OCLOCK})", re.IGNORECASE
)
NEAR = re.compile(
    r"\b(?:(?:the )?day after tomorrow|tomorrow|in (?:\d{1,2}|an?|one|two) (?:day|week)s?"
    rf"|(?:(?:next|coming|this) )?(?P<weekday>{weekdays.NAME}))\b",
    re.IGNORECASE,
)
FARTHEST = 6  # months: a day beyond that is written with its year
AROUND_A_PLACE = re.compile(r"^(?:(?:on|at|in|for|with|and|,) )+|(?:(?: |^)(?:on|at|in|for|with|and))+$", re.IGNORECASE)
NO_PLACE = (
    "I could not make out “{}” behind the hour: a place or time zone is like “Denver” or “Eastern”, a length like “60"
    " min”, seats like “25 seats”, and a title stands in quotation marks."
)
ANOTHER_DAY = "I see more than one day there. Which one is it?"
NOT_THAT_WEEKDAY = "{} is a {}, not a {}. Which of the two is it?"
FAR = "The next {} is on {}. If that is the day, please write it with its year."
TWO_LENGTHS = "From {} to {} are {} minutes, not {}. Which of the two is it?"
BACKWARD = "{} is not after {}. From when to when does it last?"
MARK = "\x00"  # where the hour stood
LITTLE = re.compile(r"\b(?:an?|the|webinar|on|at|in|with|for|about|training|meeting|session|of|and|from|to)\b|[\W_]+")


@dataclass(frozen=True)
class When:
    """A day, an hour and a zone, each None where nothing was said of it; `left` are the other words."""

    day: date | None
    at: time | None
    zone: str | None
    left: str


def plan(words: str, now: datetime, zone: str) -> Webinar:
    """A webinar, still without a code; `zone` holds where none is named, `now` is in UTC. Raises Unclear."""
    left = words
    note, left = _taken(NOTE, left)
    url = next(iter(links.find(left)), "")
    link = kinds.link(url) if url else ""
    title, left = _taken(TITLE, left.replace(url, " ") if url else left)
    left = digits(left)
    lasts, left = _length_or_span(left)
    places, left = _taken(PLACES, left)
    when = _when(left, now.astimezone(ZoneInfo(zone)).date())
    kind = webinars.kind_in(when.left)
    if not kind:
        raise Unclear(f"Which kind is it: {', '.join(KINDS)}?")
    if when.day is None or when.at is None:
        raise Unclear(f"On which day, and at what hour? For example: {EXAMPLE}")
    strange = LITTLE.sub(" ", webinars.NAMED[kind].sub(" ", when.left.lower().replace("’", "'"))).split()
    if strange:
        raise Unclear(f"I could not make out “{' '.join(strange)[:60]}”; a title stands in quotation marks.")
    there = when.zone or zone
    return Webinar(
        "",
        kind,
        kinds.text(title or _capital(KINDS[kind]), longest=webinars.LONGEST_TITLE),
        to_come(webinars.instant(when.day, when.at, there), now),
        there,
        lasts,
        webinars.whole(places, "seats", 1, webinars.MOST_SEATS) if places else SEATS,
        link,
        kinds.text(note, longest=webinars.LONGEST_NOTE) if note else "",
    )


def moved(words: str, was: Webinar, now: datetime) -> Webinar:
    """The same at another time; the day, the hour or the zone stays where the words name none. Raises Unclear."""
    before = was.starts.astimezone(ZoneInfo(was.zone))
    when = _when(digits(words), now.astimezone(ZoneInfo(was.zone)).date())
    if (when.day, when.at) == (None, None) or LITTLE.sub(" ", when.left.lower()).strip():
        raise Unclear("To which day and hour? For example: 5 December 2026 4 pm")
    there = when.zone or was.zone
    starts = webinars.instant(when.day or before.date(), when.at or before.time(), there)
    if starts == was.starts:
        raise Unclear("That is when it takes place already.")
    return replace(was, starts=to_come(starts, now), zone=there)


def to_come(starts: datetime, now: datetime) -> datetime:
    """The instant, which is still to come. Raises Unclear."""
    if starts <= now:
        raise Unclear("That is in the past; please name a day and an hour to come.")
    return starts.astimezone(UTC)


def _taken(pattern: re.Pattern[str], words: str) -> tuple[str, str]:
    """What a pattern finds, and the words without it."""
    found = pattern.search(words)
    return (
        (next(filter(None, found.groups())).strip(), f"{words[: found.start()]} {words[found.end() :]}")
        if found
        else ("", words)
    )


def _length_or_span(words: str) -> tuple[int, str]:
    """Minutes, told as such or by the hour at which it ends; the words keep the hour at which it begins."""
    lasts, left = _length(words)
    span = SPAN.search(left)
    if span is None:
        return lasts or MINUTES, left
    first, last = (_hour(hour) for name in ("first", "last") if (hour := HOUR.match(span[name])) is not None)
    minutes = (last.hour - first.hour) * 60 + last.minute - first.minute
    if minutes <= 0:
        raise Unclear(BACKWARD.format(span["last"], span["first"]))
    if lasts not in (None, minutes):
        raise Unclear(TWO_LENGTHS.format(span["first"], span["last"], minutes, lasts))
    webinars.whole(str(minutes), "minutes", webinars.FEWEST_MINUTES, webinars.MOST_MINUTES)
    return minutes, f"{left[: span.start()]} {span['first']} {left[span.end() :]}"


def _length(words: str) -> tuple[int | None, str]:
    """Minutes, None where nothing is said of them, and the words without what told them."""
    found = next((each for each in LASTS.finditer(words) if each["number"] or each["part"]), None)
    if found is None:
        return None, words
    told, part = (found["number"] or "").lower(), (found["part"] or "").strip().lower()
    whole = int(told.replace(",", "")) if told not in ("", "a", "an") else 0 if part else 1
    more = PARTS[part] if part in PARTS else float(part or 0)
    minutes = round((whole + more) * 60) + int(found["rest"] or found["glued"] or 0) if found["hours"] else whole
    left = f"{words[: found.start()]} {words[found.end() :]}"
    return webinars.whole(str(minutes), "minutes", webinars.FEWEST_MINUTES, webinars.MOST_MINUTES), left


def _when(said: str, today: date) -> When:
    hour = HOUR.search(said)
    left = f"{said[: hour.start()]} {MARK}{hour['zone']}{said[hour.end() :]}" if hour else said
    day, left = day_in(left, today)
    if hour is None:
        return When(day, None, None, left)
    before, _, after = left.partition(MARK)
    behind = re.match(r"[^,;.]*", after)
    named = behind[0] if behind else ""
    place = AROUND_A_PLACE.sub("", " ".join(named.split()))
    if LITTLE.sub(" ", place).strip():
        zone: str | None = _zone(place, today.year)
    else:
        zone, named = _zone_as_told(after, today.year)
    return When(day, _hour(hour), zone, f"{before} {after[len(named) :]}")


def day_in(words: str, today: date) -> tuple[date | None, str]:
    """The day that words name, to come where they name no year, and the words without it. Raises Unclear.

    `words` come from `numbers.digits`; a weekday beside a date has to fit it.
    """
    dated = list(dates.find_dates(words, today))
    left = f"{words[: dated[0].at]} {words[dated[0].to :]}" if dated else words
    near = list(NEAR.finditer(left))
    if len(dated) > 1 or len(near) > 1:
        raise Unclear(ANOTHER_DAY)
    day = _day(dated[0].value, words[dated[0].at : dated[0].to], today) if dated else None
    if not near:
        return day, left
    soon = waiting.until(near[0][0], today)
    if day is not None and near[0]["weekday"] and day.weekday() != soon.weekday():
        told = (dates.in_words(day), office.DAYS[day.weekday()], office.DAYS[soon.weekday()])
        raise Unclear(NOT_THAT_WEEKDAY.format(*told))
    if day not in (None, soon) and not near[0]["weekday"]:
        raise Unclear(ANOTHER_DAY)
    return day or soon, f"{left[: near[0].start()]} {left[near[0].end() :]}"


def _zone_as_told(words: str, year: int) -> tuple[str | None, str]:
    """The zone behind a comma, as the program itself tells it (`, Central time (Chicago)`), and those words."""
    found = re.match(r"[ ,]*([^,;.]*)", words)
    told = found[1].strip() if found else ""
    city = re.fullmatch(r"[\w -]+ time(?: without daylight saving)? \(([^()]+)\)", told)
    if found is None or (city is None and not told.endswith(" time")):
        return None, ""
    return _zone(city[1] if city else told, year), found[0]


def _zone(place: str, year: int) -> str:
    """Raises Unclear, also for words behind the hour that are no place at all."""
    try:
        return zones.read(place, year)[0]
    except Unclear as unclear:
        raise Unclear(NO_PLACE.format(place[:60]) if str(unclear) == zones.UNKNOWN else str(unclear)) from None


def _day(value: dates.When | dates.NoDate, said: str, today: date) -> date:
    """A day; without a year, the next one, which is soon. Raises Unclear."""
    if isinstance(value, dates.NoDate):
        value = _of_the_month(value, said, today)
    if value.precision != "day":
        raise Unclear("Please give the day too, such as 3 December 2026.")
    if value.given_year:
        return value.first
    try:
        day = value.first if value.first >= today else value.first.replace(year=value.first.year + 1)
    except ValueError:
        raise Unclear("Please give the year too, such as 29 February 2028.") from None
    if day > months_after(today, FARTHEST):
        named = dates.in_words(day).rpartition(" ")[0]
        raise Unclear(FAR.format(named, f"{office.DAYS[day.weekday()]} {dates.in_words(day)}"))
    return day


def _of_the_month(refused: dates.NoDate, said: str, today: date) -> dates.When:
    """A number that could be a year elsewhere (`15 December`) is a day here. Raises Unclear for any other reason."""
    value = dates.read_date(f"{said} {today.year}", today) if refused.kind == "ambiguous" else refused
    if isinstance(value, dates.NoDate) or value.precision != "day":
        raise Unclear(refused.reason)
    return replace(value, given_year=False)


def _hour(found: re.Match[str]) -> time:
    if found["named"]:
        return time(12 if found["named"].lower() == "noon" else 0)
    hour, minute = int(found["hour"] or found["h24"]), int(found["minute"] or found["m24"] or 0)
    if (found["half"] and not 1 <= hour <= 12) or hour > 23 or minute > 59:
        raise Unclear(f"There is no such hour as {found[0].removeprefix('at ').strip()}; it is like 3 pm or 15:00.")
    if found["half"]:
        hour = hour % 12 + (12 if found["half"].lower() == "p" else 0)
    return time(hour, minute)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
