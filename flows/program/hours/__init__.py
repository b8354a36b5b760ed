"""A statement of library work becomes a ledger of hours within the last five years, or the questions still open."""

from flows.program.hours.ledger import Line, Lump, Missing, Span, Statement, ledger, peak, total
from flows.program.hours.reading import complete, read

__all__ = ["Line", "Lump", "Missing", "Span", "Statement", "complete", "ledger", "peak", "read", "total"]
