"""How long an approved course stays approved."""

from datetime import date

from flows.program.money import Cents
from flows.program.rules import Rules
from flows.program.years import years_after


def approved_until(approved: date, rules: Rules) -> date | None:
    """The last day of an approval; None when approvals do not end, which is so unless the later policy is on."""
    later = rules.optional.course_approval
    return years_after(approved, later.years) if later.on else None


def approval_fee(rules: Rules) -> Cents | None:
    """What a provider pays for an approval; None: a small fee, the ASCLA article gives no amount."""
    later = rules.optional.course_approval
    return later.fee if later.on else None
