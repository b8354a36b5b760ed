from zoneinfo import available_timezones

import pytest

from flows.program.rules import Rules
from flows.program.states import OUTSIDE, STATES, find_state, state


def test_there_are_fifty_states_the_district_and_five_territories() -> None:
    assert len(STATES) == 56
    assert len({one.code for one in STATES}) == 56


def test_no_name_belongs_to_two_states() -> None:
    for one in (*STATES, OUTSIDE):
        for name in (one.code, one.name, *one.aliases):
            assert find_state(name) == one


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("colorado", "CO"),
        ("Wash.", "WA"),
        ("the District of Columbia", "DC"),
        ("Washington, D.C.", "DC"),
        ("n. dakota", "ND"),
        ("Hawai\u2019i", "HI"),
        ("State of Maine", "ME"),
        ("U.S. Virgin Islands", "VI"),
        ("outside the us", "XX"),
        ("", None),
        ("--", None),
        ("Ontario", None),
    ],
)
def test_a_state_is_found_by_what_people_write(words: str, code: str | None) -> None:
    found = find_state(words)
    assert (found.code if found else None) == code


def test_a_state_has_a_zone_only_when_it_is_not_split() -> None:
    assert state("CO").zone == "America/Denver"
    assert (state("TX").zone, state("TX").zones[0]) == (None, "America/Chicago")
    assert OUTSIDE.zone is None


def test_all_zones_are_known_to_the_time_zone_database() -> None:
    assert {zone for one in STATES for zone in one.zones} - available_timezones() == set()


def test_states_of_the_rules_exist(rules: Rules) -> None:
    assert [state(code).name for code in rules.scholarship_states] == ["Colorado", "Oregon"]
