"""Whether somebody is not to be written to now, because of the hours and days they told, or of the night."""

from dataclasses import replace
from datetime import datetime

from flows.program import quiet
from handlers import local
from handlers.exchange import Errand
from storage import profiles


def until(errand: Errand, person_id: int, *, reminder: bool, weekdays: bool = False) -> datetime | None:
    """When what can wait may be sent to a person, in UTC; None for now.

    A reminder never comes at night, and with `weekdays`, to volunteers, not on weekends.
    """
    hours = quiet.of(profiles.of(errand.work, person_id).quiet)
    hours = replace(hours, weekends=hours.weekends or weekdays)
    return quiet.ends(hours, errand.work.now, local.clocks(errand, person_id), reminder=reminder)
