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
    for person_id in await app.errand(partial(releasing.who, most=MOST)):
        try:
            sent += await app.errand(partial(releasing.release, person_id=person_id))
        except Exception as error:
            log.exception("a reminder failed (%s)", type(error).__name__)
            await app.errand(partial(releasing.give_up, person_id=person_id, error=type(error).__name__))
    return sent
