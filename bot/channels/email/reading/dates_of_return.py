"""Finds the day of return in a note of absence, as people write days in English and six other languages."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

AHEAD = timedelta(days=370)
NEAR = 45  # characters between "until" and its date
LINE = 400
LINES = 80

_MONTHS = (
    "january jan januar januari janvier janv enero ene gennaio gen janeiro",
    "february feb februar februari février fevrier févr fév febrero febbraio fevereiro fev",
    "march mar märz maerz maart mars mrt marzo março marco",
    "april apr avril avr abril abr aprile",
    "may mai mei mayo maggio mag maio",
    "june jun juni juin junio giugno giu junho",
    "july jul juli juillet juil julio luglio lug julho",
    "august aug augustus août aout agosto ago",
    "september sep sept septembre septiembre setiembre settembre set setembro",
    "october oct oktober okt octobre octubre ottobre ott outubro out",
    "november nov novembre noviembre novembro",
    "december dec dezember dez décembre decembre déc diciembre dic dicembre dezembro",
)
MONTHS = {name: number for number, names in enumerate(_MONTHS, start=1) for name in names.split()}
_WEEKDAYS = (
    "monday mon montag lundi lunes lunedì segunda segunda-feira maandag",
    "tuesday tue tues dienstag mardi martes martedì terça terça-feira dinsdag",
    "wednesday wed mittwoch mercredi miércoles miercoles mercoledì quarta quarta-feira woensdag",
    "thursday thu thur thurs donnerstag jeudi jueves giovedì quinta quinta-feira donderdag",
    "friday fri freitag vendredi viernes venerdì sexta sexta-feira vrijdag",
    "saturday sat samstag sonnabend samedi sábado sabado sabato zaterdag",
    "sunday sun sonntag dimanche domingo domenica zondag",
)
WEEKDAYS = {name: number for number, names in enumerate(_WEEKDAYS) for name in names.split()}
ENDS = re.compile(
    r"\b(?:until|till?|through|thru|to|back|return(?:ing)?|again|resume|bis|ab dem|ab|wieder|zurück"
    r"|jusqu['’]?au|jusqu['’]?à|au|retour|hasta|al|regreso|regresaré|vuelvo|volveré|vuelta|fino|rientr\w{1,4}|torn\w{1,4}"
    r"|até|a|ao|regress\w{1,5}|volt\w{1,5}|retorn\w{1,5}|tot|t/m|terug|weer)\b|[-–—]"
)
ISO = re.compile(r"\b(20\d\d)-(\d{1,2})-(\d{1,2})\b")
NUMERIC = re.compile(r"\b(\d{1,2})([./-])(\d{1,2})\2(20\d\d|\d\d)\b")
WITHOUT_YEAR = re.compile(r"\b(\d{1,2})([./])(\d{1,2})(?:\.|\b)(?![./\d])")
DAY_FIRST = re.compile(
    r"\b(\d{1,2})(?:st|nd|rd|th|er|º|°|\.)?\s{1,3}(?:of\s{1,3}|de\s{1,3})?([a-zäéûç]{3,10})\b\.?(?:,?\s{1,3}(?:del?\s{1,3})?(20\d\d))?"
)
MONTH_FIRST = re.compile(
    r"\b([a-zäéûç]{3,10})\.?\s{1,3}(\d{1,2})(?:st|nd|rd|th)?(?:\s?[-–]\s?(\d{1,2})(?:st|nd|rd|th)?)?\b(?:,?\s{1,3}(20\d\d))?"
)
WORD = re.compile(r"[a-zàâäáãçéèêëíìîïñóòôöõúùûü-]{3,14}")
ENGLISH = re.compile(r"\b(?:until|through|the|will|out of|office until|return|back|away|leave)\b")


def named_date(text: str, today: date) -> date | None:
    """The first day after a word like "until" or "back on", else the last day named; from today to a year ahead."""
    month_first = ENGLISH.search(text[:2_000].lower()) is not None
    found = [day for line in _lines(text) for day in _in_line(line, today, month_first)]
    ahead = [(day, ends) for day, ends in found if today <= day <= today + AHEAD]
    return next((day for day, ends in ahead if ends), max((day for day, _ in ahead), default=None))


def _lines(text: str) -> list[str]:
    return [line[:LINE].lower() for line in text.split("\n", LINES)[:LINES]]


def _in_line(line: str, today: date, month_first: bool) -> Iterator[tuple[date, bool]]:
    """The days of a line in their order, and whether a word like "until" stands before."""
    places = sorted((*_written(line, today), *_numeric(line, today, month_first), *_weekdays(line, today)))
    for place, day in places:
        yield day, _ends(line[max(0, place - NEAR) : place])


def _ends(before: str) -> bool:
    """ "Until" within the same stretch, no other number between."""
    last = next(reversed(list(ENDS.finditer(before))), None)
    return last is not None and not any(character.isdigit() for character in before[last.end() :])


def _written(line: str, today: date) -> Iterator[tuple[int, date]]:
    for match in DAY_FIRST.finditer(line):
        if (month := MONTHS.get(match[2])) and (day := _day(match[3], month, match[1], today)):
            yield match.start(), day
    for match in MONTH_FIRST.finditer(line):
        if (month := MONTHS.get(match[1])) and (day := _day(match[4], month, match[3] or match[2], today)):
            yield match.start(), day


def _numeric(line: str, today: date, month_first: bool) -> Iterator[tuple[int, date]]:
    for match in ISO.finditer(line):
        if day := _day(match[1], int(match[2]), match[3], today):
            yield match.start(), day
    for match in NUMERIC.finditer(line):
        if day := _either(match[1], match[3], match[4], month_first and match[2] == "/", today):
            yield match.start(), day
    for match in WITHOUT_YEAR.finditer(line):
        day = _either(match[1], match[3], None, month_first and match[2] == "/", today)
        if day and match[0] != "24/7" and _ends(line[max(0, match.start() - NEAR) : match.start()]):
            yield match.start(), day


def _weekdays(line: str, today: date) -> Iterator[tuple[int, date]]:
    """A weekday counts only where no day of a month follows it and "until" or the like stands before."""
    for match in WORD.finditer(line):
        weekday = WEEKDAYS.get(match[0])
        if weekday is None or _day_follows(line[match.end() : match.end() + 24]):
            continue
        if _ends(line[max(0, match.start() - NEAR) : match.start()]):
            yield match.start(), today + timedelta(days=(weekday - today.weekday()) % 7 or 7)


def _day_follows(rest: str) -> bool:
    """ "..., December 7" or "den 7."."""
    rest = rest.lstrip(" ,.")
    word = WORD.match(rest)
    return any(character.isdigit() for character in rest[:6]) or (word is not None and word[0] in MONTHS)


def _either(first: str, second: str, year: str | None, month_first: bool, today: date) -> date | None:
    day, month = (second, first) if month_first else (first, second)
    return _day(year, int(month), day, today) or _day(year, int(day), month, today)


def _day(year: str | None, month: int, day: str, today: date) -> date | None:
    """The date; without a year the next one, but a day of the last 60 days has passed."""
    try:
        if year is not None:
            return date(int(year) if len(year) == 4 else 2000 + int(year), month, int(day))
        this_year = date(today.year, month, int(day))
        return this_year if this_year >= today - timedelta(days=60) else date(today.year + 1, month, int(day))
    except ValueError:
        return None
