"""The lives of holders: in good time, in the time of grace, and not at all."""

from datetime import date, timedelta

from tests.life.life import Story
from tests.life.people import Me

DAY = timedelta(days=1)


def lapses(me: Me) -> Story:
    """Certified before the assistant was there; through the whole term, to its end."""
    me.was_certified(date(2025, 6, 2), "LSSC-2025-0001")
    yield me.after(1)


def lapses_after_grace(me: Me) -> Story:
    """By the later policy there are two months more, which pass too."""
    me.was_certified(date(2026, 3, 10), "LSSC-2026-0001")
    yield me.after(100, 12)
    me.logs(10, me.today - 5 * DAY)


def renews_in_grace(me: Me) -> Story:
    """The last hours are put on record after the end, of a day before it."""
    me.was_certified(date(2026, 3, 12), "LSSC-2026-0002")
    yield me.on(date(2030, 4, 2), 12)
    me.logs(32, date(2029, 6, 3), "technology")
    me.asks_for_renewal()
    yield me.after(9, 15)
    me.settled("renew", kind="renewal")


def renews_in_time(me: Me) -> Story:
    """Ahead of an even pace from the beginning; asks a month before the first word of the end, and lives on."""
    me.was_certified(date(2023, 5, 1), "LSSC-2023-0001")
    for hours in (24, 8):
        yield me.after(30, 12)
        me.logs(hours, me.today - 3 * DAY)
    yield me.on(date(2027, 4, 20), 12)
    me.asks_for_renewal()
    yield me.on(date(2027, 6, 4), 15)  # it was with the office on the day of the first word of the end
    me.settled("renew", kind="renewal")


def is_revoked(me: Me) -> Story:
    """Half a year before the end; made valid again after a month."""
    me.was_certified(date(2024, 2, 1), "LSSC-2024-0001")
    yield me.on(date(2028, 7, 20), 12)
    me.life.office("revoke LSSC-2024-0001 The last course was not approved.")
    me.settled("revoke", kind="certificate to revoke")
    yield me.on(date(2028, 9, 20), 12)
    me.life.office("reinstate LSSC-2024-0001 The course was approved after all.")
    me.settled("reinstate", kind="certificate to reinstate")
    yield me.on(date(2028, 12, 20), 12)
    me.life.office("revoke LSSC-2024-0001 It was not, in the end.")
    me.settled("revoke", kind="certificate to revoke")
