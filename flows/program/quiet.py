"""Hours and days at which nobody wants to be written to: how people say them, and when such a time ends.

Source: product specification, "Reminders" ("in the person's own time zone, no nights"); the night is a default of ours.
"""

import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta, tzinfo
from functools import lru_cache
from typing import TypeAlias

from flows.dialog.kinds import tidy
from flows.dialog.unclear import Unclear
from flows.program.office import hour_in_words

NIGHT = (time(21), time(8))  # for reminders only, of those who did not tell theirs
SATURDAY = 5
TRIES = 4  # times around the clocks
LEAST_BY_DAY = timedelta(hours=2)  # hours that leave less are likely meant the other way round
LEAST_AWAKE = timedelta(hours=1)  # or nothing would ever arrive

Hours: TypeAlias = tuple[time, time]

BEFORE = re.compile(
    r"^(?:please )?(?:my )?(?:quiet hours )?(?:are |is )?(?:now )?(?:(?:no|not) (?:messages|e?-?mails?|reminders) )?"
)
OFF = re.compile(r"(?:off|none|no|never|stop|any ?time|always|end|delete|remove|no quiet hours)")
USUAL = re.compile(r"(?:default|usual|the usual(?: ones)?|as usual|standard|normal|reset)")
WEEKENDS = re.compile(
    r"(?:,? ?(?:and|also|plus) )?(?:(?:no messages )?(?:on|at|over) )?(?:the )?"
    r"(?:weekends?|sat(?:urdays?)?(?: and | ?& ?|-)sun(?:days?)?)"
)
NO_WEEKENDS = re.compile(
    r"(?:but )?(?:not|no|without)(?: (?:on|at|the))* weekends?|weekends? (?:off|are (?:fine|ok|okay)|again)"
    r"|messages on weekends?.*"
)
AT_NIGHT = re.compile(r"(?:(?:only )?(?:at|by|during the) )?nights?(?: ?time)?(?: only)?|overnight")
CLOCK = (
    r"(?P<{0}_hour>\d{{1,2}})(?:[:.h](?P<{0}_minute>[0-5]\d)?)?"
    r" ?(?P<{0}_half>a\.?m\.?|p\.?m\.?|in the morning|in the evening|at night|o'clock)?"
)
SPAN = re.compile(
    rf"(?:(?:from|between|after) )?(?:{CLOCK.format('first')}|(?P<first_word>noon|midnight))"
    rf" ?(?:to|until|till|and|-|–|—|before) ?(?:{CLOCK.format('last')}|(?P<last_word>noon|midnight))"
)
BY_DAY = re.compile(r"^(?:(?:yes|really|all)[, ]+)?(?:by|during the|in the|at|over the|the) day(?:time)?[,: ]+")
WAKING = (
    "That would leave only the night for messages: did you mean `{}`? If it is right as you said it, send `by day, {}`."
)
EXAMPLE = "Please say them such as `9 pm to 7 am`, `weekends`, or `off`."


class Waking(Unclear):
    """Hours that are those of the day, which people say when they mean that they may be written to then."""


@dataclass(frozen=True)
class Quiet:
    """When nothing that can wait is to be sent; `hours` None for those of everybody, the same twice for none at all.

    Hours are those of the person's own clock, and may go past midnight.
    """

    hours: Hours | None = None
    weekends: bool = False

    @property
    def off(self) -> bool:
        return self.hours is not None and self.hours[0] == self.hours[1]

    def ends(self, local: datetime, *, reminder: bool) -> datetime | None:
        """When the quiet time of this moment ends, on the same clock; None when it is none."""
        end = local
        while (later := self._end(end, reminder=reminder)) is not None:
            end = later
        return end if end > local else None

    def _end(self, local: datetime, *, reminder: bool) -> datetime | None:
        """When the night or the weekend of this moment ends; another one may follow."""
        if self.weekends and local.weekday() >= SATURDAY:
            return _at(local + timedelta(days=7 - local.weekday()), time())
        for start, end in self._spans(reminder=reminder):
            if _within((start, end), local.time()):
                return _at(local + timedelta(days=1 if end <= local.time() else 0), end)
        return None

    def _spans(self, *, reminder: bool) -> tuple[Hours, ...]:
        """Hours that do not tell when somebody's night is leave it as it is for reminders, if an hour is left then."""
        own = (self.hours,) if self.hours is not None and not self.off else ()
        tells_the_night = any(_within(each, time()) for each in own)
        leaves_none = any(_within(each, NIGHT[1]) and _within(NIGHT, each[1]) for each in own)
        return own if not reminder or tells_the_night or leaves_none else (*own, NIGHT)


@lru_cache(maxsize=1024)  # many are reminded at one moment
def ends(of: Quiet, at: datetime, clocks: tuple[tzinfo, ...], *, reminder: bool) -> datetime | None:
    """When the quiet time of a moment is over, in UTC, on each of the clocks of which one is the person's.

    None when it is none. Where there is no such hour, as of a short day on clocks far apart, it is that of one of them.
    """
    end = at.astimezone(UTC)
    for _ in range(TRIES):
        later = [of.ends(end.astimezone(clock), reminder=reminder) for clock in clocks]
        if not any(later):
            break
        end = max(each for each in later if each is not None).astimezone(UTC)
    return end if end > at else None


def _within(hours: Hours, at: time) -> bool:
    start, end = hours
    return start <= at < end if start < end else at >= start or at < end


def _at(day: datetime, hour: time) -> datetime:
    return day.replace(hour=hour.hour, minute=hour.minute, second=0, microsecond=0, fold=0)


def kept(quiet: Quiet) -> str:
    """As it is kept: `21:00-07:00`, `off`, empty for the usual ones, with ` weekends` behind."""
    hours = "off" if quiet.off else "-".join(f"{each:%H:%M}" for each in quiet.hours or ())
    return f"{hours}{' weekends' if quiet.weekends else ''}"


@lru_cache(maxsize=1024)
def of(words: str) -> Quiet:
    """What `kept` wrote."""
    hours, weekends = words.removesuffix(" weekends"), words.endswith(" weekends")
    if hours == "off":
        return Quiet((time(), time()), weekends)
    start, _, end = hours.partition("-")
    return Quiet((time.fromisoformat(start), time.fromisoformat(end)) if end else None, weekends)


def told(words: str, before: Quiet) -> Quiet:
    """What people say of it: `9 pm to 7 am`, `at night`, `weekends`, `not on weekends`, `off`, `as usual`.

    What is not said stays as it was `before`. Raises Unclear; Waking for hours that leave only the night, unless they
    are said to be `by day`.
    """
    said = tidy(words[:200]).lower().replace("’", "'").rstrip(".! ")
    said = BEFORE.sub("", said)
    if OFF.fullmatch(said):
        return Quiet((time(), time()), weekends=False)
    if USUAL.fullmatch(said):
        return Quiet()
    if NO_WEEKENDS.fullmatch(said):
        return replace(before, weekends=False)
    weekends = WEEKENDS.search(said)
    rest = f"{said[: weekends.start()]}{said[weekends.end() :]}".strip(" ,;+&") if weekends else said
    rest = re.sub(r"^and |(?: and|,)$", "", rest).strip()
    after = replace(before, weekends=before.weekends or weekends is not None)
    if not rest and weekends:
        return after
    if AT_NIGHT.fullmatch(rest):
        return replace(after, hours=NIGHT)
    hours = _span(BY_DAY.sub("", rest))
    if not BY_DAY.match(rest) and _waking_minutes(hours) < LEAST_BY_DAY // timedelta(minutes=1):
        raise Waking(WAKING.format(_span_in_words((hours[1], hours[0])), _span_in_words(hours)))
    return replace(after, hours=hours)


def _waking_minutes(quiet: Hours) -> int:
    """How much of the time between two nights is left for messages."""
    day = range(_minutes(NIGHT[1]), _minutes(NIGHT[0]))
    return sum(not _within(quiet, time(minute // 60, minute % 60)) for minute in day)


def _span(said: str) -> Hours:
    match = SPAN.fullmatch(said)
    if match is None:
        raise Unclear(EXAMPLE)
    starts, ends = _clocks(match, "first"), _clocks(match, "last")
    if _is_24(match, "first") or _is_24(match, "last"):  # then the other hour is told so too: “7 to 22”
        starts, ends = starts[:1], ends[:1]
    if len(starts) > 1 and len(ends) > 1:
        night, day = (_span_in_words(each) for each in ((starts[1], ends[0]), (starts[0], ends[1])))
        raise Unclear(f"Is that {night}, or {day}? {EXAMPLE}")
    start, end = min(((start, end) for start in starts for end in ends), key=lambda hours: _quiet_minutes(*hours))
    if _quiet_minutes(start, end) > (timedelta(days=1) - LEAST_AWAKE) // timedelta(minutes=1):
        raise Unclear("Please leave at least an hour of the day for messages; `stop` ends reminders altogether.")
    return start, end


def _is_24(match: re.Match[str], which: str) -> bool:
    return match[f"{which}_hour"] is not None and not 1 <= int(match[f"{which}_hour"]) <= 12


def _clocks(match: re.Match[str], which: str) -> tuple[time, ...]:
    """What an hour may mean: two times where it may be in the morning or in the evening."""
    if word := match[f"{which}_word"]:
        return (time(12),) if word == "noon" else (time(0),)
    hour, minute, half = int(match[f"{which}_hour"]), int(match[f"{which}_minute"] or 0), match[f"{which}_half"] or ""
    if hour > 24 or (hour == 24 and minute):
        raise Unclear(f"There is no hour {hour}. {EXAMPLE}")
    if not 1 <= hour <= 12:
        return (time(hour % 24, minute),)
    morning, evening = time(hour % 12, minute), time(hour % 12 + 12, minute)
    if half in ("", "o'clock"):
        return morning, evening
    late = half.startswith("p") or "evening" in half or ("night" in half and 5 < hour < 12)
    return (evening,) if late else (morning,)


def _quiet_minutes(start: time, end: time) -> int:
    """From the start to the end; a whole day when they are the same."""
    return (_minutes(end) - _minutes(start) - 1) % (24 * 60) + 1


def in_words(quiet: Quiet) -> str:
    """`9 pm to 7 am, and weekends`."""
    if quiet.off:
        return f"{'weekends' if quiet.weekends else 'none'} (reminders never come at night)"
    weekends = ", and weekends" if quiet.weekends else ""
    if quiet.hours is None:
        return f"{_span_in_words(NIGHT)}, for reminders only{weekends}"
    return f"{_span_in_words(quiet.hours)}{weekends}"


def _span_in_words(hours: Hours) -> str:
    return f"{hour_in_words(hours[0])} to {hour_in_words(hours[1])}"


def _minutes(at: time) -> int:
    return at.hour * 60 + at.minute
