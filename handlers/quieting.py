"""Whether somebody is not to be written to now, because of the hours and days they told, or of the night."""

from datetime import UTC, datetime

from flows.program import quiet
from handlers import local
from handlers.exchange import Errand
from storage import profiles


def until(errand: Errand, person_id: int, *, reminder: bool) -> datetime | None:
    """When what can wait may be sent to a person, in UTC; None for now. A reminder never comes at night."""
    hours = quiet.of(profiles.of(errand.work, person_id).quiet)
    end = hours.ends(local.at(errand, person_id), reminder=reminder)
    return end.astimezone(UTC) if end is not None else None
