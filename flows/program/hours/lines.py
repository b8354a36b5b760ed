"""From jobs to the lines of the ledger, each with its period, its weeks of the year and its breaks."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

from flows.dialog.dates import When, in_words, read_date
from flows.dialog.numbers import read_number
from flows.program.hours.asking import Asking
from flows.program.hours.items import Length, Piece, Season
from flows.program.hours.job import Job
from flows.program.hours.ledger import WEEKS_A_YEAR, Lump, Span
from flows.program.hours.spans import Period, period, reread
from flows.program.hours.weekly import Rules, weekly_hours
from flows.program.years import years_before

WINDOW_YEARS = 5
_SLIGHT = 0.02
_DAY = timedelta(1)
_OVER = re.compile(
    r"\b(?:no longer|used to|stopped|quit|formerly|retired|past jobs?|former|previous(?:ly)?|left|laid off|resigned)\b"
)
_MERE = frozenset(",.;\nwith") | {"with"}


def lines_of(told: list[Job], rules: Rules, asking: Asking) -> list[Span | Lump]:
    lines: list[Span | Lump] = []
    periods: dict[int, Period | None] = {}
    weekly = [weekly_hours(job, rules, asking, len(told) > 1) for job in told]
    for at in _order(told):
        until = _until(told, at, rules.today, periods)
        periods[at] = _period(told, at, rules.today, asking, periods, until)
    for at, job in enumerate(told):
        if _backwards(periods[at]) or _instead(told, at, periods):
            name = asking.about(job.told)
            question = f"{name}From when to when is it, apart from the other times you tell of?"
            answer = asking.ask("period", question)
            periods[at] = reread(answer, rules.today, asking, name) if answer else None
        if _side_by_side(told, at, periods):
            periods[at] = _parted(job, periods[at], rules.today, asking)
        lines += _of_job(job, weekly[at], periods[at], rules, asking)
    return lines


def _backwards(when: Period | None) -> bool:
    return when is not None and when.start > when.end


def _instead(told: list[Job], at: int, periods: Mapping[int, Period | None]) -> bool:
    """ "30 hours a week since 2022 but only 15 in the summer of 2023": the second takes the place of the first."""
    here, following = periods.get(at), periods.get(at + 1)
    if (
        here is None
        or following is None
        or not re.search(r"\b(?:but|only|instead|however|whereas)\b", _joint(told[at + 1]))
    ):
        return False
    return here.start < following.start and following.end <= here.end


def _joint(job: Job) -> str:
    return " ".join([*job.joint, job.words])


def _side_by_side(told: list[Job], at: int, periods: Mapping[int, Period | None]) -> bool:
    """ "20 hours since 2022, 30 hours since 2024" without a word between: both at a time, or one after the other?"""
    if at + 1 >= len(told):
        return False
    after, here, following = told[at + 1], periods.get(at), periods.get(at + 1)
    plainly = not re.search(r"[a-z]{4}", after.words) and after.joint <= _MERE
    return bool(plainly and told[at].rate and after.rate and here and here.open and following and following.open
                and here.start < following.start and not told[at].inherited and not after.inherited)  # fmt: skip


def _order(told: list[Job]) -> list[int]:
    """Jobs that hang on an earlier one come after it; open ones before a sequel need the sequel's beginning first."""
    free = [at for at, job in enumerate(told) if any(piece.start or piece.within for piece in job.pieces)]
    rest = [at for at in range(len(told)) if at not in free]
    return free + sorted(rest, key=lambda at: -at if at + 1 < len(told) and told[at + 1].sequel else at)


def _until(told: list[Job], at: int, today: date, periods: Mapping[int, Period | None]) -> date | None:
    """An open job ends the day before the sequel told after it begins."""
    if at + 1 >= len(told) or not told[at + 1].sequel:
        return None
    following = periods.get(at + 1)
    if following:
        return following.start - _DAY
    pieces = told[at + 1].pieces
    starts = [piece.start or piece.within for piece in pieces if piece.start or piece.within]
    if starts and starts[0] and starts[0].first <= today:
        return starts[0].first - _DAY
    return None


def _period(
    told: list[Job], at: int, today: date, asking: Asking, periods: Mapping[int, Period | None], until: date | None
) -> Period | None:
    job = told[at]
    if job.sum and not job.pieces and not job.rate:
        return None
    if job.season and job.season.years:
        return Period(date(min(job.season.years), 1, 1), today)
    name = asking.about(job.told) if len(told) > 1 else ""
    before = periods.get(at - 1) if at else None
    if at and any(piece.tie == "before" for piece in job.pieces):
        return _earlier(job, before, today, asking, name) if before else None
    lasting = [piece for piece in job.pieces if piece.tie not in ("then", "after") or piece.length]
    if job.sequel and at and before and before.end < today and not any(p.start or p.end or p.within for p in lasting):
        return _after(before, [p.length for p in lasting if p.length], today)
    if job.sequel and at and before is None and at - 1 in periods and not lasting:
        return None
    found = period(lasting, today, asking, name, until, roughly=bool(job.sum and not job.rate))
    over = _OVER.search(job.words) and not any(piece.now for piece in job.pieces)
    return _ended(lasting, today, asking, name) if found and found.open and over else found


def _earlier(job: Job, later: Period, today: date, asking: Asking, name: str) -> Period | None:
    """ "Before that for two years" ends where the job told before it began."""
    eve = later.start - _DAY
    lengths = [piece for piece in job.pieces if piece.length]
    pieces = [*lengths, Piece(end=When(eve, eve, "day"))] if lengths else [p for p in job.pieces if p.tie != "before"]
    return period(pieces, today, asking, name, eve)


def _ended(pieces: list[Piece], today: date, asking: Asking, name: str) -> Period | None:
    """ "I left": the end of what would go on today is asked."""
    answer = asking.ask("end", f"{name}When did it end? A month and a year are enough.")
    if answer is None:
        return None
    return period([*(p for p in pieces if p.start or p.length), *_end_of(answer, today)], today, asking, name)


def _parted(job: Job, when: Period | None, today: date, asking: Asking) -> Period | None:
    answer = asking.ask("end", f"{asking.about(job.told)}Until when was it, or do you still do it beside the other?")
    if when is None or answer is None:
        return None
    ended = _end_of(answer, today)
    return replace(when, end=ended[0].end.last, open=False) if ended[0].end else when


def _end_of(answer: str, today: date) -> list[Piece]:
    value = read_date(answer, today)
    return [Piece(end=value)] if isinstance(value, When) else [Piece(now=True)]


def _after(before: Period, lengths: list[Length], today: date) -> Period:
    start = before.end + _DAY
    end = min(today, start + timedelta(round(lengths[0].weeks * 7) - 1)) if lengths else today
    return Period(start, end, end == today)


def _of_job(job: Job, weekly: float | None, when: Period | None, rules: Rules, asking: Asking) -> list[Span | Lump]:
    if job.sum and not job.rate:
        return _of_sum(job.sum.hours, when, bool(job.pieces), rules, asking)
    if weekly is not None and weekly < 0:
        return _of_sum(-weekly, when, bool(job.pieces), rules, asking)
    weeks = _weeks(job, when, asking)
    if weekly is None or when is None or weeks is None:
        return []
    if job.season and (job.season.years or job.season.name == "summer") and not when.summer:
        return _seasons(weekly, weeks, job.season, when, rules.today)
    if when.summer:
        hours = weekly * weeks
        return [Lump(hours, when.start, when.end, f"{weekly:.4g} h a week for {weeks:.4g} weeks")]
    lines = _without_breaks(job, _span(job, weekly, weeks, when), rules.today, asking)
    return _verified(job, lines, asking)


def _of_sum(hours: float, when: Period | None, dated: bool, rules: Rules, asking: Asking) -> list[Span | Lump]:
    if dated and when is None:
        return []
    note = f"{hours:,.4g} hours told as a sum"
    if when is None:
        return [Lump(hours, note=note)]
    opening = years_before(rules.today, WINDOW_YEARS)
    if when.start < opening <= when.end and (opening - when.start) / (when.end - when.start) > _SLIGHT:
        answer = asking.ask("within", f"How many of the {hours:,.4g} hours were since {in_words(opening)}?")
        inside = read_number(answer) if answer else None
        if inside is not None and 0 <= inside <= hours:
            return [Lump(inside, opening, when.end, f"{inside:,.4g} of {hours:,.4g} hours")]
        if answer:
            asking.again("within", f"How many of the {hours:,.4g} hours were since {in_words(opening)}?")
    return [Lump(hours, when.start, when.end, note)]


def _weeks(job: Job, when: Period | None, asking: Asking) -> float | None:
    """Weeks worked in a year; None when they were asked."""
    weeks = job.weeks.count if job.weeks else None
    if weeks is None and not job.season and not (when and when.summer):
        return WEEKS_A_YEAR
    if weeks is not None and 0 < weeks <= 53:
        return min(weeks, WEEKS_A_YEAR)
    summer = (when and when.summer) or (job.season and job.season.name == "summer")
    question = "How many weeks of the summer did you work?" if summer else "How many weeks of the year do you work?"
    answer = asking.ask("weeks", question)
    number = read_number(answer) if answer else None
    if number is not None and answer and "month" in answer.lower():
        number *= WEEKS_A_YEAR / 12
    if number is not None and 0 < number <= 53:
        return min(number, WEEKS_A_YEAR)
    if answer:
        asking.again("weeks", question)
    return None


def _span(job: Job, weekly: float, weeks: float, when: Period) -> Span:
    note = job.rate.note if job.rate else ""
    if weeks < WEEKS_A_YEAR:
        note = f"{weekly:.4g} h a week, {weeks:.4g} weeks a year"
    return Span(when.start, when.end, weekly * weeks / WEEKS_A_YEAR, note)


def _seasons(weekly: float, weeks: float, season: Season, when: Period, today: date) -> list[Span | Lump]:
    """One sum for each summer or school year."""
    years = season.years or [y for y in range(when.start.year, when.end.year + 1) if _in_summer(y, when)]
    note = f"{weekly:.4g} h a week for {weeks:.4g} weeks"
    bounds = [
        (date(y, 6, 1), date(y, 8, 31)) if season.name == "summer" else (date(y, 9, 1), date(y + 1, 6, 30))
        for y in years
    ]
    return [_season(weekly * weeks, first, last, note, today) for first, last in bounds if first <= today]


def _in_summer(year: int, when: Period) -> bool:
    return when.start <= date(year, 7, 15) and date(year, 6, 15) <= when.end


def _season(hours: float, first: date, last: date, note: str, today: date) -> Lump:
    """One season's hours; of one that is not over, as much as has gone by."""
    gone = ((min(today, last) - first).days + 1) / ((last - first).days + 1)
    return Lump(hours * gone, first, min(today, last), note)


def _without_breaks(job: Job, span: Span, today: date, asking: Asking) -> list[Span | Lump]:
    spans = [span]
    for gap in job.breaks:
        length = gap.piece.length
        if length and not gap.piece.within and not gap.piece.start and not gap.piece.end:
            spans = [part for one in spans[:1] for part in _shorter(one, length, today, asking)] + spans[1:]
            continue
        away = period([gap.piece], today, asking, "The break: ")
        if away:
            spans = [part for one in spans for part in _cut(one, away)]
    return list(spans)


def _shorter(span: Span, length: Length, today: date, asking: Asking) -> list[Span]:
    """A break of which only the length is known is spread over the span, unless it matters where it was."""
    if span.start < years_before(today, WINDOW_YEARS):
        answer = asking.ask("gap", "When was the break? Months and years are enough.")
        away = reread(answer, today, asking, "The break: ") if answer else None
        return _cut(span, away) if away else [span]
    days = (span.end - span.start).days + 1
    left = max(0.0, days - length.weeks * 7)
    note = f"{span.note or f'{span.weekly:.4g} h a week'}, less a break of {length.weeks:.2g} weeks"
    return [Span(span.start, span.end, span.weekly * left / days, note)]


def _cut(span: Span, away: Period) -> list[Span]:
    if away.end < span.start or away.start > span.end:
        return [span]
    parts = [
        Span(span.start, away.start - _DAY, span.weekly, span.note),
        Span(away.end + _DAY, span.end, span.weekly, span.note),
    ]
    return [part for part in parts if part.start <= part.end]


def _verified(job: Job, lines: list[Span | Lump], asking: Asking) -> list[Span | Lump]:
    """A sum told beside the rate repeats it, or must be asked about."""
    if job.sum is None:
        return lines
    hours = sum(line.weekly * ((line.end - line.start).days + 1) / 7 for line in lines if isinstance(line, Span))
    if not lines or abs(hours - job.sum.hours) <= 0.1 * hours:
        return lines
    question = (
        f"You say {job.sum.hours:,.10g} hours, and I come to {hours:,.0f}. Do "
        f"the {job.sum.hours:,.10g} come on top, or is that the sum?"
    )
    answer = asking.ask("rest", question)
    lump = Lump(job.sum.hours, lines[0].start, lines[-1].end, f"{job.sum.hours:,.10g} hours told as a sum")
    if answer and re.search(r"\b(?:top|extra|besides|added|addition|additional|more|also)\b", answer.lower()):
        return [*lines, lump]
    if answer and re.search(r"\b(?:sum|total|all|altogether|in all)\b", answer.lower()):
        return [lump]
    if answer:
        asking.again("rest", question)
    return lines
