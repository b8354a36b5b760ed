"""When somebody may be reminded: by their own clock, hours, days off, and what they asked for.

Source: product specification, "Reminders"; how often at most is a default of ours.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from flows.program import quiet
from flows.program.reminding import Rule
from handlers import local
from handlers.exchange import Errand
from storage import mailboxes, profiles, reminders
from storage import unwanted as wishes

A_DAY, FEWER = timedelta(hours=20), timedelta(days=14)  # from one message of reminders to the next


@dataclass(frozen=True)
class Manners:
    """How somebody wants to be reminded; all instants in UTC, `since` is when they were last.

    `clocks` are those of which one is theirs.
    """

    now: datetime
    clocks: tuple[ZoneInfo, ...]
    hours: quiet.Quiet
    unwanted: frozenset[str]
    away_until: datetime | None
    since: datetime | None
    fewer: bool

    def wants(self, rule: Rule) -> bool:
        return bool(rule.essential) or wishes.is_wanted(rule.kind, self.unwanted)

    def until(self, rule: Rule, begins: datetime) -> datetime | None:
        """When a reminder by this rule may go, in UTC and not before it `begins`; None for now."""
        at = max(self.now, begins)
        if not rule.urgent:
            if self.since is not None:
                at = max(at, self.since + (FEWER if self.fewer and not rule.essential else A_DAY))
            if self.away_until is not None and not rule.essential:
                at = max(at, self.away_until)
        hours = replace(self.hours, weekends=True) if rule.weekdays else self.hours
        at = quiet.ends(hours, at, self.clocks, reminder=True) or at
        return at if at > self.now else None


def of(errand: Errand, person_id: int) -> Manners:
    mine = profiles.of(errand.work, person_id)
    away = mailboxes.away_until(errand.work, person_id)
    returns = mine.snoozed_until
    if away is not None:
        returns = max(away + timedelta(days=1), returns or away)
    return Manners(
        now=errand.work.now,
        clocks=local.clocks(errand, person_id),
        hours=quiet.of(mine.quiet),
        unwanted=wishes.kinds(errand.work, person_id),
        away_until=local.midnight(errand, person_id, returns) if returns else None,
        since=reminders.last_sent(errand.work, person_id),
        fewer=mine.fewer,
    )
