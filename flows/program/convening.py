"""What the office plans in plain words: `portfolios 3 December 2026 3 pm, 60 min, 25 seats, https://...`."""

import re
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from flows.dialog import dates, kinds
from flows.dialog.numbers import digits
from flows.dialog.unclear import Unclear
from flows.program import links, webinars, zones
from flows.program.webinars import KINDS, Webinar

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
AROUND_A_PLACE = re.compile(r"^(?:(?:on|at|in|for|with|and|,) )+|(?:(?: |^)(?:on|at|in|for|with|and))+$", re.IGNORECASE)
NO_PLACE = (
    "I could not make out “{}” behind the hour: a place or time zone is like “Denver” or “Eastern”, a length like “60"
    " min”, seats like “25 seats”, and a title stands in quotation marks."
)
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
    lasts, left = _length(left)
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


def _length(words: str) -> tuple[int, str]:
    """Minutes, and the words without what told them."""
    found = next((each for each in LASTS.finditer(words) if each["number"] or each["part"]), None)
    if found is None:
        return MINUTES, words
    told, part = (found["number"] or "").lower(), (found["part"] or "").strip().lower()
    whole = int(told.replace(",", "")) if told not in ("", "a", "an") else 0 if part else 1
    more = PARTS[part] if part in PARTS else float(part or 0)
    minutes = round((whole + more) * 60) + int(found["rest"] or found["glued"] or 0) if found["hours"] else whole
    left = f"{words[: found.start()]} {words[found.end() :]}"
    return webinars.whole(str(minutes), "minutes", webinars.FEWEST_MINUTES, webinars.MOST_MINUTES), left


def _when(said: str, today: date) -> When:
    hour = HOUR.search(said)
    left = f"{said[: hour.start()]} {MARK}{hour['zone']}{said[hour.end() :]}" if hour else said
    days = list(dates.find_dates(left, today))
    if len(days) > 1:
        raise Unclear("I see more than one day there. Which one is it?")
    day = _day(days[0].value, today) if days else None
    left = f"{left[: days[0].at]} {left[days[0].to :]}" if days else left
    if hour is None:
        return When(day, None, None, left)
    before, _, after = left.partition(MARK)
    behind = re.match(r"[^,;.]*", after)
    named = behind[0] if behind else ""
    place = AROUND_A_PLACE.sub("", " ".join(named.split()))
    zone = _zone(place, today.year) if LITTLE.sub(" ", place).strip() else None
    return When(day, _hour(hour), zone, f"{before} {after[len(named) :]}")


def _zone(place: str, year: int) -> str:
    """Raises Unclear, also for words behind the hour that are no place at all."""
    try:
        return zones.read(place, year)[0]
    except Unclear as unclear:
        raise Unclear(NO_PLACE.format(place[:60]) if str(unclear) == zones.UNKNOWN else str(unclear)) from None


def _day(value: dates.When | dates.NoDate, today: date) -> date:
    """A day; without a year, the next one."""
    if isinstance(value, dates.NoDate):
        raise Unclear(value.reason)
    if value.precision != "day":
        raise Unclear("Please give the day too, such as 3 December 2026.")
    if value.given_year or value.first >= today:
        return value.first
    try:
        return value.first.replace(year=value.first.year + 1)
    except ValueError:
        raise Unclear("Please give the year too, such as 29 February 2028.") from None


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
