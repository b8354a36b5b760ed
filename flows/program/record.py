"""How long the Candidate Achievement Record can be read and shared."""

from datetime import date

from flows.program.rules import Rules
from flows.program.years import years_after


def readable_until(ended: date, rules: Rules) -> date:
    """The last day of a record whose candidacy or certificate, whichever lasted longer, ended on that day.

    Source: program setting `record_years_after`.
    """
    return years_after(ended, rules.record_years_after)
