"""The weekly report: what waits, what was done, what is ahead. Every Monday by mail, and at any time by `report`."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, date, datetime, time, timedelta

from flows.dialog.speech import Outbound
from flows.program import office
from flows.program.figures import day_in_words
from handlers import roles, telling
from handlers.desk import kinds
from handlers.exchange import Errand
from notifications import compose
from notifications.report import Ahead, Count, Overdue, Waiting, WeeklyReport, WeeklyReportInShort
from storage import desk, people, unwanted, weekly
from storage.people import Address
from storage.weekly import Counted, Span

KIND = "reports"  # of message, which a reader may want no more of
EMAIL = "email"
WEEK = timedelta(days=7)
HORIZON = timedelta(weeks=4)
# What is counted, in the order in which it is told.
ALONE: Mapping[str, Counted] = {
    "Messages heard": "heard",
    "Questions answered from the documents": "answered",
    "Reminders sent": "reminders",
    "Reviews offered": ("review: ask", ""),
    "Offers of reviews that lapsed": ("review: lapse", ""),
    "Candidacies frozen after their last day": ("froze", "candidacy"),
}
HAPPENED: Mapping[str, Counted] = {
    "Talks handed to the office": "hand-offs",
    "Items settled at the desk": "settled",
    "Of these, answered later than promised": "late",
    "Applications received": ("submitted", "application"),
    "Applications accepted": "accepted",
    "Applications paid or covered": "settled fees",
    "Payments recorded": "payments",
    "Applicants admitted": ("admitted", "application"),
    "Pieces of evidence placed": ("placed", "candidacy"),
    "Sets handed in": ("handed in", "candidacy"),
    "Reviews accepted": ("review: accept", ""),
    "Reviews declined": ("review: decline", ""),
    "Assessments received": ("review: assess", ""),
    "Reviews concluded": ("review: conclude", ""),
    "Sets completed": ("credited", "candidacy"),
    "Revisions asked for": ("asked to revise", "candidacy"),
    "Sets found not met": ("found not met", "candidacy"),
    "Certificates issued": ("certified", "candidacy"),
    "Addresses that take no messages": "undeliverable",
}
AHEAD: Mapping[str, str] = {
    "reviews": "Reviews due",
    "offers": "Offers of reviews that lapse",
    "candidacies": "Candidacies that end",
    "certificates": "Certificates that end",
    "courses": "Approvals of courses that end",
}
WEBINARS = "Webinars ({} signed up)"


def send(errand: Errand) -> int:
    """Send the report of the week that ended, in the office's hours from Monday's opening on; how many got it.

    The mark and the messages are of one transaction, so neither a restart nor a second process sends it again. After a
    time without us only the newest is sent, and none of a time before anybody was on record.
    """
    monday = _monday(errand)
    if not office.is_open(errand.work.now.astimezone(errand.house.office_zone)) or not _is_due(errand, monday):
        return 0
    readers = _readers(errand)
    if not readers:
        return 0
    report = found(errand)  # before the mark, which others would wait for meanwhile
    if not weekly.take(errand.work, monday):
        return 0
    for address_id, is_mail in readers.items():
        errand.post(address_id, _mail(report) if is_mail else Outbound(_short(report)), f"report:{monday}")
    return len(readers)


def is_reader(errand: Errand, person_id: int) -> bool:
    """Whether somebody gets the report, unless they stopped it."""
    return person_id in {owner for _, owner in _mailboxes(errand)}


def told(errand: Errand) -> str:
    """The report as it is now, for whoever asked."""
    return compose.text(found(errand))


def as_json(errand: Errand) -> dict[str, object]:
    """The same for scripts; days in ISO form."""
    shown = _plain(asdict(found(errand)))
    assert isinstance(shown, dict)  # noqa: S101 - as it went in
    return shown


def found(errand: Errand) -> WeeklyReport:
    """The week that ended, at the office, and how things stand now."""
    work, monday = errand.work, _monday(errand)
    week, earlier = _span(errand, monday - WEEK), _span(errand, monday - 2 * WEEK)
    began = weekly.began(work)
    known = began is not None and began < earlier.until
    items = desk.open_items(work)
    horizon = errand.today + HORIZON
    counted = weekly.counts(work, earlier, week)
    now = {name: each for name, (_, each) in counted.items()}
    before = {name: each for name, (each, _) in counted.items()} if known else None
    return WeeklyReport(
        first=week.first,
        last=week.last,
        as_of=office.in_words(work.now.astimezone(errand.house.office_zone)),
        open=len(items),
        open_before=weekly.open_at(work, work.now - WEEK) if began is not None and began < work.now - WEEK else None,
        put_off=sum(each.snoozed_until is not None and each.snoozed_until > work.now for each in items),
        overdue=_overdue(errand, items),
        waiting=_waiting(errand, items),
        horizon=horizon,
        ahead=_ahead(errand, horizon),
        alone=_counts(ALONE, now, before),
        happened=_counts(HAPPENED, now, before),
        unanswered=Count("Questions not answered", now["unanswered"], before["unanswered"] if before else None),
        groups=weekly.groups(work, week),
    )


def _monday(errand: Errand) -> date:
    return errand.today - timedelta(days=errand.today.weekday())


def _midnight(errand: Errand, day: date) -> datetime:
    """When a day begins at the office, in UTC."""
    return datetime.combine(day, time.min, errand.house.office_zone).astimezone(UTC)


def _span(errand: Errand, monday: date) -> Span:
    after = monday + WEEK
    return Span(_midnight(errand, monday), _midnight(errand, after), monday, after - timedelta(days=1))


def _is_due(errand: Errand, monday: date) -> bool:
    """Also with a clock that was put back, and never of a week in which nobody was on record."""
    newest = weekly.newest(errand.work)
    if newest is not None and newest >= monday:
        return False
    began = weekly.began(errand.work)
    return began is not None and began < _midnight(errand, monday)


def _readers(errand: Errand) -> dict[int, bool]:
    """To which addresses the report goes, by id, and whether as a mail; else in short where the office looks."""
    boxes = _mailboxes(errand)
    if boxes:
        return {box: True for box, owner in boxes if unwanted.wants(errand.work, owner, KIND)}
    if errand.house.desk is not None:
        return {people.place(errand.work, *errand.house.desk).id: False}
    reached = (telling.reach(errand, member) for member in roles.staff_addresses(errand))
    return {each.id: False for each in reached if each is not None}


def _mailboxes(errand: Errand) -> list[tuple[int, int]]:
    """The mail address of each member of the staff who has one, and the desk's: by id, with whose it is."""
    found = []
    for member, addresses in roles.staff_addresses(errand).items():
        box = _mailbox(errand, member, addresses)
        if box is not None:
            found.append((box.id, member))
    if errand.house.desk is not None and errand.house.desk[0] == EMAIL:
        box_id = people.adopted(errand.work, *errand.house.desk)
        owner = people.owner(errand.work, box_id)
        if owner is not None and owner.person_id is not None and box_id not in dict(found):
            found.append((box_id, owner.person_id))
    return found


def _mailbox(errand: Errand, member: int, addresses: Sequence[Address]) -> Address | None:
    """The one where they are written to as a rule, else the oldest that is proved."""
    proved = [each for each in addresses if each.channel == EMAIL and each.state == "proved"]
    usual = telling.reach(errand, member)
    return usual if usual in proved else next(iter(proved), None)


def _counts(
    names: Mapping[str, Counted], now: Mapping[Counted, int], before: Mapping[Counted, int] | None
) -> tuple[Count, ...]:
    """What happened in this week or the one before."""
    counted = [
        Count(label, now.get(name, 0), before.get(name, 0) if before is not None else None)
        for label, name in names.items()
    ]
    return tuple(each for each in counted if each.now or each.before)


def _overdue(errand: Errand, items: Sequence[desk.Item]) -> tuple[Overdue, ...]:
    """Whoever waits longer than they were told; once the office was reminded of it, `due` is its next reminder."""
    late = [each for each in items if each.reminded or (each.due is not None and each.due <= errand.work.now)]
    return tuple(Overdue(kinds.of(errand, each).title, each.id, errand.day(each.created_at)) for each in late)


def _waiting(errand: Errand, items: Sequence[desk.Item]) -> tuple[Waiting, ...]:
    """By kind, the kind with the oldest item first; `items` are oldest first."""
    by_title: dict[str, list[desk.Item]] = {}
    for each in items:
        by_title.setdefault(kinds.of(errand, each).title, []).append(each)
    return tuple(
        Waiting(title, len(alike), errand.day(alike[0].created_at), alike[0].id) for title, alike in by_title.items()
    )


def _ahead(errand: Errand, horizon: date) -> tuple[Ahead, ...]:
    until = _midnight(errand, horizon + timedelta(days=1))
    due = weekly.ahead(errand.work, errand.today, horizon)
    number, first = weekly.offers(errand.work, until)
    if first is not None:
        due["offers"] = weekly.Due(number, 0, errand.day(first))
    found = [
        Ahead(label, due[name].count, due[name].past, due[name].first) for name, label in AHEAD.items() if name in due
    ]
    if coming := weekly.webinars(errand.work, until):
        signed = sum(each for _, each in coming)
        found.append(Ahead(WEBINARS.format(signed), len(coming), 0, errand.day(coming[0][0])))
    return tuple(found)


def _mail(report: WeeklyReport) -> Outbound:
    subject = f"LSSC: the week from {day_in_words(report.first)}"
    return Outbound(compose.text(report), subject=subject, stoppable=KIND)


def _short(report: WeeklyReport) -> str:
    ahead = sum(each.count for each in report.ahead)
    return compose.text(WeeklyReportInShort(report.first, report.last, report.open, len(report.overdue), ahead))


def _plain(value: object) -> object:
    if isinstance(value, dict):
        return {name: _plain(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return value.isoformat() if isinstance(value, date) else value
