"""When the office is there: its hours, and by when somebody is answered."""

from datetime import datetime, time, timedelta

from flows.program.figures import day_in_words

OPENS, CLOSES = time(9), time(17)
SATURDAY = 5
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def answer_by(asked: datetime, working_days: int) -> datetime:
    """By when somebody who asked then is answered: so many working days later, at the latest at the office's closing.

    `asked` is a time in the office's zone, and so is the answer. What comes outside the office's hours counts as asked
    at the next opening. Holidays are not known. Source: program setting `handoff_working_days`.
    """
    begin = _at_work(asked)
    day = begin
    for _ in range(working_days):
        day = _next_working_day(day)
    return day.replace(hour=CLOSES.hour, minute=0, second=0, microsecond=0)


def is_open(instant: datetime) -> bool:
    """Whether the office is there at a time in its zone. Holidays are not known."""
    return instant.weekday() < SATURDAY and OPENS <= instant.time() < CLOSES


def in_words(instant: datetime) -> str:
    """`Tuesday 24 November 2026, 5 pm`."""
    return f"{DAYS[instant.weekday()]} {day_in_words(instant.date())}, {hour_in_words(instant)}"


def hour_in_words(at: datetime | time) -> str:
    """`5 pm`, `5:30 pm`, `noon`, `midnight`."""
    if not at.minute and at.hour % 12 == 0:
        return "noon" if at.hour else "midnight"
    minutes = f":{at.minute:02}" if at.minute else ""
    return f"{at.hour % 12 or 12}{minutes} {'am' if at.hour < 12 else 'pm'}"


def _at_work(asked: datetime) -> datetime:
    if asked.weekday() >= SATURDAY or asked.time() >= CLOSES:
        return _next_working_day(asked)
    return asked


def _next_working_day(day: datetime) -> datetime:
    day += timedelta(days=1)
    while day.weekday() >= SATURDAY:
        day += timedelta(days=1)
    return day
