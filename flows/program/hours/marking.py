"""A statement with a marker for everything that tells of hours."""

from datetime import date

from flows.program.hours.items import Notes
from flows.program.hours.periods import timed
from flows.program.hours.rates import rated
from flows.program.hours.wording import dated


def marked(text: str, today: date, notes: Notes) -> str:
    """The plain text with markers; what they stand for goes into `notes`."""
    return timed(rated(dated(text, today, notes), notes), notes)
