"""Plans what has come due by the rules, for everybody at once; planned twice or by several, it is there once."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from flows.program import deadlines, progress, quiet, reminding, zones
from flows.program.reminding import Rule
from handlers import local
from handlers.exchange import Errand
from notifications import reminders as rulebook
from storage import audiences, candidacies, reminders
from storage.candidacies import Candidacy
from storage.reminders import Due

OVERLAP = timedelta(days=2)  # of two plannings: who moved to another zone, or was put on record late, is not left out
AHEAD = timedelta(days=7)  # the clock was, when it had planned until so much later; processes differ by less
MOST = 5000  # candidacies whose days are found out anew in one tick
AT_ONCE = 1000  # anchor days in one statement; after a long pause there are more


def settle(errand: Errand) -> int:
    """Find out where the days of new and changed candidacies end, and when the next set is due: of how many."""
    found = candidacies.unsettled(errand.work, MOST)
    for each in found:
        candidacies.settle(errand.work, each.id, local.zone(errand, each.person_id).key, _next_due(errand, each))
    return len(found)


def _next_due(errand: Errand, of: Candidacy) -> date | None:
    rules = errand.house.policy.on(of.admitted_on)
    complete = {each.set_id for each in candidacies.sets(errand.work, of.id)}
    counted = progress.counted(complete, rules)
    today = local.day(errand, of.person_id)
    return deadlines.pace(of.admitted_on, of.deadline, counted, today, rules).next_due


def plan(errand: Errand, of: Rule) -> int:
    """Plan what has come due since the last time by this rule: how many steps.

    After a pause only the newest step of a matter is planned; a clock that was put back plans nothing anew, and one
    that was put forward and back keeps nobody out.
    """
    until = reminders.planned_until(errand.work, of.name)
    if until is not None and until - errand.work.now >= AHEAD:
        reminders.forget_ahead(errand.work, of.name)
    rows = _due(errand, of)
    planned = sum(
        reminders.plan(errand.work, of.name, of.audience, rows[at : at + AT_ONCE], moment=of.moment)
        for at in range(0, len(rows), AT_ONCE)
    )
    reminders.set_planned(errand.work, of.name, errand.work.now)
    return planned


def counted(errand: Errand, of: Rule) -> dict[int, int]:
    """How many steps would be planned now, by the number of the step."""
    return reminders.count(errand.work, of.name, of.audience, _due(errand, of), moment=of.moment)


def plan_one(errand: Errand, rule: str, person_id: int, matter: int, anchor: date) -> None:
    """Plan the last step of a rule for one person now, also long after its day, unless it is on record."""
    last = len(rulebook.rules()[rule].steps) - 1
    reminders.plan_one(errand.work, rule, person_id, matter, anchor, last)


def _due(errand: Errand, of: Rule) -> list[Due]:
    """What has come due since the last planning."""
    planned_until = reminders.planned_until(errand.work, of.name)
    before = min(planned_until or errand.work.now, errand.work.now)
    return list(_at_instants(errand, of, before) if of.moment else _on_days(errand, of, before))


def _on_days(errand: Errand, of: Rule, before: datetime) -> Iterator[Due]:
    """Zones that have the same days are looked at once; nobody is looked at before the night of their zone is over."""
    same: dict[tuple[date, date], list[tuple[str, datetime]]] = {}
    hours = quiet.Quiet(weekends=of.weekdays)
    for name in audiences.zones(errand.work, of.audience):
        zone = zones.clock(name) if name else errand.house.office_zone
        first, last = ((each.astimezone(zone)).date() for each in (before - OVERLAP, errand.work.now))
        morning = quiet.ends(hours, errand.work.now, (zone,), reminder=True) or errand.work.now
        same.setdefault((first, last), []).append((name, morning))
    for (first, last), names in same.items():
        for anchor, step in reminding.due(of, first, last):
            yield from (Due(name, anchor, step, look_at) for name, look_at in names)


def _at_instants(errand: Errand, of: Rule, before: datetime) -> Iterator[Due]:
    reach = max(abs(each.instant(errand.work.now) - errand.work.now) for each in of.steps) + OVERLAP
    found = audiences.anchors(errand.work, of.audience, before - reach, errand.work.now + reach)
    for anchor, step in reminding.due_at(of, found, before - OVERLAP, errand.work.now):
        yield Due("", anchor.astimezone(UTC), step, errand.work.now)
