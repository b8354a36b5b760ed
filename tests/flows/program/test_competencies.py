import re

import pytest

from flows.program import competencies as competency_sets
from flows.program.competencies import Competencies, Competency, CompetencyError
from flows.program.rules import Rules

COUNTS = {
    "foundations": 11,
    "technology": 13,
    "communication": 22,
    "access": 16,
    "advisory": 15,
    "cataloging": 6,
    "collection": 9,
    "reference": 13,
    "supervision": 21,
    "youth": 16,
}
NAMES = {
    "foundations": "Foundations of Library Service",
    "technology": "Technology",
    "communication": "Communication and Teamwork",
    "access": "Access Services",
    "advisory": "Adult Readers Advisory",
    "cataloging": "Cataloging and Classification",
    "collection": "Collection Management",
    "reference": "Reference and Information Services",
    "supervision": "Supervision and Management",
    "youth": "Youth Services",
}


def refused(competencies: Competencies, table: str) -> str:
    with pytest.raises(CompetencyError) as error:
        competencies.with_official(table)
    return str(error.value)


def test_142_competencies_stand_in_ten_sets(competencies: Competencies) -> None:
    assert {group.id: len(group) for group in competencies.sets} == COUNTS
    assert {group.id: group.name for group in competencies.sets} == NAMES
    assert competencies.total == 142


def test_three_sets_are_required_and_seven_elective_as_the_rules_have_it(
    competencies: Competencies, rules: Rules
) -> None:
    assert tuple(group.id for group in competencies.required) == rules.required_sets
    assert tuple(group.id for group in competencies.electives) == rules.elective_sets


def test_nine_acquisitions_competencies_belong_to_no_set(competencies: Competencies) -> None:
    (acquisitions,) = competencies.unassigned
    assert (acquisitions.id, acquisitions.kind, len(acquisitions)) == ("acquisitions", "unassigned", 9)
    assert competencies.find_set("acquisitions") is None


def test_competencies_are_numbered_without_a_gap(competencies: Competencies) -> None:
    for group in competencies.sets + competencies.unassigned:
        assert [one.reference for one in group.competencies] == [(group.id, n + 1) for n in range(len(group))]


def test_foundations_5_is_one_competency_with_four_parts(competencies: Competencies) -> None:
    fifth = competencies.competency("foundations", 5)
    assert fifth is not None
    assert len(fifth.parts) == 4
    assert fifth.wording == f"{fifth.short}: {'; '.join(fifth.parts)}"
    parts = [one.reference for group in competencies.sets for one in group.competencies if one.parts]
    assert parts == [("foundations", 5)]


def test_short_forms_are_short_and_told_apart_within_a_set(competencies: Competencies) -> None:
    for group in competencies.sets + competencies.unassigned:
        shorts = [one.short for one in group.competencies]
        assert len(set(shorts)) == len(shorts)
        assert [short for short in shorts if not 4 <= len(short.split()) <= 12] == []


def test_no_other_name_belongs_to_two_sets(competencies: Competencies) -> None:
    for group in competencies.sets:
        for name in (group.id, group.name, *group.aliases):
            assert competencies.find_set(name) == group


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("Readers' Advisory", "advisory"),
        ("reader\u2019s advisory", "advisory"),
        ("the TECHNOLOGY set", "technology"),
        ("Cataloging & Classification", "cataloging"),
        ("team-work", "communication"),
        ("  youth   services ", "youth"),
        ("access services competency set", "access"),
        ("collection management competencies", "collection"),
        ("IT", "technology"),
        ("Technical Services", None),
        ("", None),
        ("set", None),
    ],
)
def test_a_set_is_found_by_what_people_call_it(competencies: Competencies, words: str, found: str | None) -> None:
    group = competencies.find_set(words)
    assert (group.id if group else None) == found


def test_an_unknown_reference_is_no_competency(competencies: Competencies) -> None:
    assert competencies.competency("foundations", 12) is None
    assert competencies.competency("archery", 1) is None


def test_the_official_wording_is_used_once_it_is_loaded(competencies: Competencies) -> None:
    official = competencies.with_official(
        '\ufeffNumber,Set,Wording\r\n2,technology,"Official, in\r\ntwo lines"\r\n\r\n1,Acquisitions,Ordering\r\n'
    )
    assert official.named("technology").competencies[1].wording == "Official, in two lines"
    assert (
        official.named("technology").competencies[0].wording == competencies.named("technology").competencies[0].short
    )
    assert official.named("acquisitions").competencies[0].official == "Ordering"
    assert competencies.named("technology").competencies[1].official is None


def test_official_wordings_loaded_later_replace_and_add(competencies: Competencies) -> None:
    once = competencies.with_official("set,number,wording\nyouth,1,first\nyouth,2,second\n")
    twice = once.with_official("set,number,wording\nyouth,2,newer\n")
    assert [one.wording for one in twice.named("youth").competencies[:2]] == ["first", "newer"]


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("archery,1,x", "line 3, column set: there is no competency set 'archery'"),
        ("youth,17,x", "line 3, column number: Youth Services has the numbers 1 to 16, not '17'"),
        ("youth,two,x", "line 3, column number: Youth Services has the numbers 1 to 16, not 'two'"),
        ("youth,²,x", "line 3, column number: Youth Services has the numbers 1 to 16, not '²'"),
        ("youth,2,  ", "line 3, column wording: the wording is missing"),
        ("youth,1,x", "line 3, column number: this competency stands in line 2 already"),
        ("Youth Services,1,x", "line 3, column number: this competency stands in line 2 already"),
        ("youth,2", "line 3, column number: the row has 2 columns instead of 3"),
        ("youth,2,x,y", "line 3, column wording: the row has 4 columns instead of 3"),
        ('youth,2,"x', "line 3: unexpected end of data"),
    ],
)
def test_a_bad_row_is_named_by_line_and_column(competencies: Competencies, row: str, message: str) -> None:
    assert refused(competencies, f"set,number,wording\nyouth,1,good\n{row}") == message


def test_a_table_begins_with_the_names_of_its_columns(competencies: Competencies) -> None:
    wanted = "line 1, column youth: the first line has to name the columns set, number, wording"
    assert refused(competencies, "youth,1,good\n") == wanted
    assert refused(competencies, " \n") == "the table is empty: its first line names the columns set, number, wording"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("x", r"the competencies are not valid TOML: .*"),
        ("x = 1", r"the competencies lack something: 'sets'"),
        ('[[sets]]\nid = "a"\nkind = "odd"', r"set a: its kind is required or elective, not 'odd'"),
        (
            '[[sets]]\nid = "a"\nname = "A"\nkind = "elective"\naliases = []\ncompetencies = {1 = "x", 3 = "y"}',
            r"set a: its competencies are not numbered 1, 2, 3 \.\.\. without a gap",
        ),
    ],
)
def test_data_that_cannot_be_used_is_refused_in_plain_words(text: str, message: str) -> None:
    with pytest.raises(CompetencyError) as error:
        competency_sets.load(text)
    assert re.fullmatch(message, str(error.value))


def test_a_competency_shows_its_short_form_until_there_is_an_official_one() -> None:
    assert Competency("youth", 1, "short").wording == "short"
    assert Competency("youth", 1, "short", official="official").wording == "official"
