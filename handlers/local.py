"""The clock where somebody lives: what they are told of days and hours is told by it."""

import json
from datetime import UTC, date, datetime, time
from functools import lru_cache
from zoneinfo import ZoneInfo

from flows.program import zones
from flows.program.figures import day_in_words
from flows.program.states import find_state
from handlers.exchange import Errand
from storage import applications, conversations, people, profiles

LABEL = "State or country"  # the line of an application


def zone(errand: Errand, person_id: int) -> ZoneInfo:
    """A person's time zone: the one they told, else that of their state where it has just one, else the office's."""
    told = people.time_zone(errand.work, person_id)
    named = told or of_the_state(errand, person_id)
    return zones.clock(named) if named else errand.house.office_zone


def clocks(errand: Errand, person_id: int) -> tuple[ZoneInfo, ...]:
    """All zones that a person may live in: theirs, else every one of their state, else the office's."""
    told = people.time_zone(errand.work, person_id)
    home = None if told else find_state(state(errand, person_id))
    named = (told,) if told else home.zones if home is not None else ()
    return tuple(map(zones.clock, named)) or (errand.house.office_zone,)


def of_the_state(errand: Errand, person_id: int) -> str:
    """The zone of the state where a person works; empty where no state is known, or it has several."""
    home = find_state(state(errand, person_id))
    return (home.zone or "") if home is not None else ""


def state(errand: Errand, person_id: int) -> str:
    """The state or country where somebody works, as told last, also in passing; empty when it is not known."""
    told = state_on_record(errand, person_id)
    if told:
        return told
    facts = people.facts(errand.work, person_id, date.min)
    said = facts["state"][0] if "state" in facts else _in_a_form(errand, person_id)
    known = find_state(said) if said else None
    return known.name if known is not None and known.zones else ""


def _in_a_form(errand: Errand, person_id: int) -> str:
    """What an application that is still being filled in says."""
    begun = conversations.drafts(errand.work, person_id, "apply")
    return conversations.answers(errand.work, begun[0].id).get("state", "") if begun else ""


def state_on_record(errand: Errand, person_id: int) -> str:
    """The same as the person told it for their record or in an application."""
    return profiles.of(errand.work, person_id).state or of_the_application(errand, person_id, LABEL)


def of_the_application(errand: Errand, person_id: int, label: str) -> str:
    """A line of the newest application, without the day on which it was told; empty when there is none."""
    found = applications.latest(errand.work, person_id)
    line = str(json.loads(found.details).get(label, "")) if found is not None else ""
    return line.partition(" (told on ")[0]


def day(errand: Errand, person_id: int, instant: datetime | None = None) -> date:
    """The date where a person lives at an instant, or now."""
    return at(errand, person_id, instant).date()


def at(errand: Errand, person_id: int, instant: datetime | None = None) -> datetime:
    """An instant, or now, on a person's own clock."""
    return (instant or errand.work.now).astimezone(zone(errand, person_id))


def day_told(errand: Errand, person_id: int, instant: datetime) -> str:
    """`3 May 2026`, the date of an instant where a person lives."""
    return day_in_words(day(errand, person_id, instant))


def midnight(errand: Errand, person_id: int, begins: date) -> datetime:
    """When a day begins where a person lives, in UTC."""
    return _midnight(begins, zone(errand, person_id))


@lru_cache(maxsize=1024)
def _midnight(begins: date, clock: ZoneInfo) -> datetime:
    return datetime.combine(begins, time.min, clock).astimezone(UTC)
