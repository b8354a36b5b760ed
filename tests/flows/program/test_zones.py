"""Time zones as people write them, with daylight saving as the IANA database knows it."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo, available_timezones

import pytest

from flows.dialog.unclear import Unclear
from flows.program import zones
from flows.program.zones import ARIZONA, CENTRAL, EASTERN, HAWAII, MOUNTAIN, PACIFIC, PUERTO_RICO

YEAR = 2026
INDIANA = "America/Indiana/Indianapolis"


@pytest.mark.parametrize(
    ("said", "zone"),
    [
        ("Chicago", CENTRAL),
        ("Central", CENTRAL),
        ("CST", CENTRAL),
        ("America/Denver", MOUNTAIN),
        ("america/new york", EASTERN),
        ("It's Eastern time", EASTERN),
        ("Mountain Standard Time", MOUNTAIN),
        ("I work in Phoenix now", ARIZONA),
        ("Hawaii", HAWAII),
        ("Indianapolis", INDIANA),
        ("Ohio", EASTERN),
        ("Springfield, IL", CENTRAL),
        ("springfield vermont", EASTERN),
        ("El Paso, Texas", MOUNTAIN),
        ("St. Louis, Missouri, USA", CENTRAL),
        ("Puerto Rico", PUERTO_RICO),
        ("6 hours behind London", CENTRAL),
        ("an hour behind New York", CENTRAL),
        ("the same as Denver", MOUNTAIN),
        ("utc+5:30", "Asia/Kolkata"),
        ("UTC", "Etc/UTC"),
        ("Etc/GMT+5", "Etc/GMT+5"),
        ("Germany", "Europe/Berlin"),
    ],
)
def test_what_names_one_zone(said: str, zone: str) -> None:
    assert zones.read(said, YEAR) == (zone,)


@pytest.mark.parametrize(
    ("said", "likely"),
    [
        ("UTC-6", (CENTRAL, MOUNTAIN, "Etc/GMT+6")),
        ("I'm in Arizona", (ARIZONA, MOUNTAIN)),
        ("MST", (MOUNTAIN, ARIZONA)),
        ("Indiana", (INDIANA, CENTRAL)),
        ("7 hours behind London", (MOUNTAIN, ARIZONA)),
        ("Springfield", (EASTERN, CENTRAL, PACIFIC)),
        ("Washington", (PACIFIC, EASTERN)),
        ("LA", (PACIFIC, CENTRAL)),
    ],
)
def test_what_may_be_several_zones(said: str, likely: tuple[str, ...]) -> None:
    assert zones.read(said, YEAR) == likely


@pytest.mark.parametrize("said", ["", "asdf", "UTC-99", "the moon", "yes", "x" * 5000, "7 moons behind London"])
def test_what_names_none_is_asked_back(said: str) -> None:
    with pytest.raises(Unclear, match="large city near you"):
        zones.read(said, YEAR)


def test_the_whole_country_is_no_answer() -> None:
    with pytest.raises(Unclear, match="several time zones"):
        zones.read("I'm in the US", YEAR)


def test_every_zone_that_can_be_read_is_one_of_the_database_and_has_a_title_of_its_own() -> None:
    named = {zone for found in (zones.NAMES, zones.COUNTRIES, zones.UNEVEN) for each in found.values() for zone in each}
    named |= {*zones.CITIES, *zones.COMMON, *zones.TITLES}
    assert [each for each in sorted(named) if ZoneInfo(each).key != each] == []
    assert len({zones.in_words(each) for each in named}) == len(named)


@pytest.mark.parametrize(
    ("said", "winter", "summer"),
    [("Denver", -7, -6), ("Phoenix", -7, -7), ("Honolulu", -10, -10), ("Indianapolis", -5, -4), ("Guam", 10, 10)],
)
def test_daylight_saving_is_that_of_the_place(said: str, winter: int, summer: int) -> None:
    (zone,) = zones.read(said, YEAR)
    at = [datetime(YEAR, month, 15, tzinfo=UTC).astimezone(ZoneInfo(zone)).utcoffset() for month in (1, 7)]
    assert [each.total_seconds() / 3600 for each in at if each is not None] == [winter, summer]


def test_zones_are_called_as_people_call_them() -> None:
    assert zones.in_words(CENTRAL) == "Central time (Chicago)"
    assert zones.in_words("Etc/GMT+6") == "UTC-6 all year"
    assert zones.in_words("Etc/GMT-14") == "UTC+14 all year"
    assert zones.in_words("Europe/London") == "London time"


def test_every_zone_of_the_world_is_called_somehow() -> None:
    assert zones.in_words("Etc/GMT") == "GMT time"
    assert {zone for zone in available_timezones() if not zones.in_words(zone)} == set()
