"""Reminders in the service: planned each quarter of an hour, which is when a day begins anywhere, and then sent."""

import logging
from datetime import datetime, timedelta
from functools import partial

from bot.app import App
from handlers.reminders import planning, releasing
from notifications import reminders as rulebook

log = logging.getLogger("lssc.reminding")

QUARTER = timedelta(minutes=15)
MOST = 1000  # people in one tick; the others are looked at in the next one
TOGETHER = 200  # people in one transaction: whoever writes meanwhile waits no longer than for a long answer


class Planner:
    """Plans by every rule, unless this process did so in the same quarter of an hour."""

    def __init__(self) -> None:
        self._planned: datetime | None = None

    async def __call__(self, app: App) -> int:
        """How many steps were planned."""
        now = app.clock()
        quarter = now - (now - datetime.min.replace(tzinfo=now.tzinfo)) % QUARTER
        if quarter == self._planned:
            return 0
        await app.errand(planning.settle)
        planned = 0
        for rule in rulebook.rules().values():
            planned += await app.errand(partial(planning.plan, of=rule))
        self._planned = quarter
        return planned


async def release(app: App) -> int:
    """How many messages went out; one that fails holds up nobody else's, and is left to the desk."""
    sent = 0
    people = await app.errand(partial(releasing.who, most=MOST))
    for at in range(0, len(people), TOGETHER):
        some = people[at : at + TOGETHER]
        try:
            sent += await app.errand(partial(releasing.release, people=some))
        except Exception as error:
            log.warning("reminders are sent one by one, because one of %d failed (%s)", len(some), type(error).__name__)
            sent += sum([await _release_alone(app, person_id) for person_id in some])
        app.delivery.wake()
    return sent


async def _release_alone(app: App, person_id: int) -> int:
    try:
        return await app.errand(partial(releasing.release, people=[person_id]))
    except Exception as error:
        log.exception("a reminder failed (%s)", type(error).__name__)
        await app.errand(partial(releasing.give_up, person_id=person_id, error=type(error).__name__))
        return 0
