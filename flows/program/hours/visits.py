"""Shifts, weekdays and times of the clock: how long a day is, and how many there are in a week."""

import re

from flows.dialog.numbers import NUMBER
from flows.program.hours.items import AMOUNT, Item, Notes, Portion, Times, middle
from flows.program.hours.ledger import WEEKS_A_YEAR

DAY = r"(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday)s?"
_VISIT = r"(?:days|times|weekdays|weeknights|(?:shift|morning|afternoon|evening|night|visit|session)s?)"
_PART_OF_DAY = r"(?: (?:mornings?|afternoons?|evenings?|nights?))?"
EACH_WEEK = {
    "week": 1.0,
    "2weeks": 0.5,
    "month": 12 / WEEKS_A_YEAR,
    "2months": 6 / WEEKS_A_YEAR,
    "halfmonth": 24 / WEEKS_A_YEAR,
    "year": 1 / WEEKS_A_YEAR,
}
PER = r"/(?P<per>week|2weeks|month|2months|halfmonth|year)\b"


def clocks(text: str, notes: Notes) -> str:
    time = r"(?:\d{1,2}(?:[:.]\d\d)? ?(?:a\.?m\.?|p\.?m\.?)?|noon|midnight)"

    def clock(match: re.Match[str]) -> tuple[str, Item] | None:
        telling = re.search(r"[ap]\.?m|:|noon|midnight", match[0])
        before = text[max(0, match.start() - 40) : match.start()]
        if (
            not telling
            and not re.search(rf"(?:{DAY}|weekdays?|weekends?|mornings?|afternoons?|evenings?)[^\d.;]*$", before)
            and not re.match(
                rf" ?,? ?(?:/|(?:on|every|each|every other|alternate) )?(?:{DAY}|weekdays|every day)",
                text[match.end() :],
            )
        ):
            return None
        return "h", Portion(_between(match["one"], match["two"]), match[0], each=True)

    text = notes.replace(
        rf"(?:\bfrom )?(?<![\d«])(?P<one>{time}) ?(?:-|to|until|till) ?(?P<two>{time})(?![\d:/]| ?hours|-\d)",
        text,
        clock,
    )
    return _without_lunch(text, notes)


def _between(one: str, two: str) -> float:
    """Hours between two times; without am and pm on both, the half of the day follows from the order."""
    hours = (_clock(two) - _clock(one)) % 24
    plain = all(re.search(r"[apn]", time) for time in (one, two))
    late = any(int(hour) >= 13 for hour in re.findall(r"(?:^|\|)(\d+)", f"{one}|{two}"))
    return hours if plain or late else hours % 12 or 12


def _without_lunch(text: str, notes: Notes) -> str:
    """ "9 to 5 with an hour for lunch": an hour less."""

    def shorter(match: re.Match[str]) -> str:
        portion = notes.get(match["h"])
        if not isinstance(portion, Portion):
            return match[0]
        left = max(0.0, portion.hours - float(match["one"] or match["two"]))
        return notes.put("h", Portion(left, portion.words, each=True), match[0]) + match["gap"]

    lunch = r"(?:lunch|meals?|dinner|break)(?: ?break| hours?)?\b"
    kind = r"(?:(?:for|of|a|the|unpaid|as|off) ){0,3}"
    told = rf"(?:(?P<one>{NUMBER}) hours {kind}{lunch}|{lunch} (?:of |is )?(?P<two>{NUMBER}) hours)"
    lead = r"(?:\b(?:with|minus|less|without|including|excluding|and|but)\b ?|\(|, ?)?(?:an? |the |unpaid ){0,2}"
    return re.sub(rf"(?P<h>«h\d+»)(?P<gap>[^.;«]{{0,30}}?){lead}{told}\)?", shorter, text)


def _clock(time: str) -> float:
    if time in ("noon", "midnight"):
        return 12.0 if time == "noon" else 0.0
    hour, minute = (int(part) for part in (*re.findall(r"\d+", time), "0")[:2])
    late = "p" in time
    return hour % 12 + (12 if late else 0) + minute / 60 if "a" in time or late else hour + minute / 60


def visits(text: str, notes: Notes) -> str:  # noqa: ARG001 - every step has the same shape
    """ "2 4-hour shifts /week" -> "2 shifts /week, 4 hours each"."""
    text = re.sub(r"\bonce ?(?=/)", "1 times ", text)
    text = re.sub(r"\btwice ?(?=/)", "2 times ", text)
    text = re.sub(r"(hours ?/day),?(?: x| times| by)? ([1-7]) days\b(?! ?/| ago| off)", r"\1 , \2 days /week", text)
    text = re.sub(
        rf"(?<!for )\b([1-7]) days (?:x|of|at) ({NUMBER}) hours(?: each| /day)?(?! ?/)",
        r"\1 days /week , \2 hours each",
        text,
    )
    visit = rf"(?P<visit>{_VISIT}|{DAY})"
    text = re.sub(rf"({AMOUNT}) ({AMOUNT}) hours {visit}( ?/\w+)?", r"\1 \3\4 , \2 hours each", text)
    text = re.sub(
        rf"({AMOUNT}) (?:{_VISIT}) of ({AMOUNT}) hours(?: each)?( ?/\w+)?", r"\1 shifts\3 , \2 hours each", text
    )
    text = re.sub(rf"\b(?:1|an?) ({AMOUNT}) hours (shifts|days)( ?/\w+)?", r"1 shifts\3 , \1 hours each", text)
    text = _ordinals(text)
    one = r"morning|afternoon|evening|night|shift|visit|session|weekend|(?:mon|tues|wednes|thurs|fri|satur|sun)day"
    return re.sub(rf"\b1 ({one})(?= ?/)", r"1 \1s", text)


def _ordinals(text: str) -> str:
    """ "First and third Saturdays" -> "2 saturdays /month"; "every third Saturday" alone may be every three weeks."""
    place = r"(?:1st|first|2nd|second|3rd|third|4th|fourth|last)"

    def counted(match: re.Match[str]) -> str:
        count = len(re.findall(rf"\b{place}\b", match["places"]))
        once = match["places"].startswith(("1st", "first", "last"))
        spaced = re.match(r"(?:on )?(?:every|each)", match[0]) and not once
        monthly = count > 1 or match["month"] or not spaced
        return f"{count} {match['day'].rstrip('s')}s /month" if monthly else match[0]

    joint = r"(?:,? (?:and|&|or) |, ?| ?& ?)(?:the )?"
    return re.sub(
        rf"(?:\b(?:on|the|every|each) ){{0,2}}\b(?P<places>{place}(?:{joint}{place}){{0,3}}) (?P<day>{DAY}|weekends?)"
        rf"(?P<month>,? ?(?:(?:of |in )(?:the |each |every |a )?months?|/month))?\b",
        counted,
        text,
    )


def frequencies(text: str, notes: Notes) -> str:
    def times(match: re.Match[str]) -> tuple[str, Item]:
        count = middle(match["count"]) * EACH_WEEK[match["per"]]
        return "f", Times(count if middle(match["count"]) == 1 else 0.0, count, visits=True)

    def weekdays(match: re.Match[str]) -> tuple[str, Item]:
        days = len(re.findall(DAY, match[0]))
        every = re.search(r"/|\beach\b|\bevery\b", match[0])
        factor = 0.5 if re.search(r"other|second|2nd|alternate|alternating|2weeks", match[0]) else 1.0
        factor = 1 / 3 if re.search(r"third|3rd", match[0]) else 0.25 if re.search(r"4th|fourth", match[0]) else factor
        return "f", Times(factor if days == 1 else (days * factor if every else 0.0), days * factor)

    def workweek(match: re.Match[str]) -> tuple[str, Item]:
        names = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
        one, two = (names.index(name.rstrip("s")) for name in match.groups()[:2])
        days = (two - one) % 7 + 1
        return "f", Times(days, days)

    visit = rf"(?:{_VISIT}|{DAY}|weekends?|x)"
    text = notes.replace(
        rf"(?P<count>{AMOUNT}) {visit}(?:(?! (?:and|then|for)\b) [a-z]+){{0,2}} ?,? ?{PER}", text, times
    )
    text = notes.replace(rf"{PER},? (?P<count>{AMOUNT}) {visit}\b", text, times)
    text = notes.replace(rf"({DAY}) ?(?:-|to|through|thru|until) ?({DAY}){_PART_OF_DAY}", text, workweek)
    text = notes.replace(
        r"(?:(?:on|every|each|all) |/)?(?:weekdays?|weeknights?|week days)\b", text, lambda _: ("f", Times(5, 5))
    )
    text = notes.replace(r"(?:every other|every second|alternate) weekends?\b", text, lambda _: ("f", Times(0.5, 1.0)))
    text = notes.replace(
        r"(?:(?:on|every|each|at|over) |/)?(?:the )?weekends?\b", text, lambda _: ("f", Times(1.0, 2.0))
    )
    joint = r"(?: ?, ?and | ?, ?| and | ?& ?| ?/ ?)"
    nth = r"(?:other |second |2nd |third |3rd |fourth |4th )"
    lead = rf"(?:(?:on |in )?(?:every|each|alternate|alternating)? ?{nth}?|on |/)"
    return notes.replace(
        rf"{lead}/?\b{DAY}{_PART_OF_DAY}(?:{joint}(?:on |every |each |/)?{DAY}{_PART_OF_DAY}){{0,6}}(?: /week| "
        rf"/2weeks)?",
        text,
        weekdays,
    )
