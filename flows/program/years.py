"""The same day some years or months earlier or later, and what happens to 29 February."""

from calendar import monthrange
from datetime import date


def months_after(day: date, months: int) -> date:
    """The same day of the month, `months` later or, when negative, earlier; else the month's last day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def years_after(day: date, years: int) -> date:
    """The same day of the year, `years` later; 28 February where there is no 29 February."""
    return months_after(day, 12 * years)


def years_before(day: date, years: int) -> date:
    """The same day of the year, `years` earlier; 28 February where there is no 29 February."""
    return months_after(day, -12 * years)
