from dataclasses import replace
from datetime import date

import pytest

from flows.program.competencies import Competencies
from flows.program.figures import day_in_words, figures, listed, number_in_words, ordinal_in_words
from flows.program.rules import Rules


def test_the_figures_are_those_the_answers_expect(rules: Rules, competencies: Competencies) -> None:
    assert figures(rules, competencies) == {
        "fee": "$350",
        "member_fee": "$325",
        "member_saving": "$25",
        "assistance_percent": "50%",
        "assistance_awards": "four",
        "assisted_fee": "$175",
        "assisted_member_fee": "$162.50",
        "payment_instructions": "The office writes to you how to pay.",
        "hours": "1,820",
        "window_years": "five",
        "limit_years": "four",
        "sets_total": "ten",
        "sets_needed": "six",
        "sets_required": "three",
        "sets_elective": "three",
        "electives_available": "seven",
        "required_sets": "Foundations of Library Service, Technology, and Communication and Teamwork",
        "elective_sets": (
            "Access Services, Adult Readers Advisory, Cataloging and Classification, Collection Management,"
            " Reference and Information Services, Supervision and Management, and Youth Services"
        ),
        "competencies_total": "142",
        "start_date": "25 January 2010",
        "term_years": "five",
        "renewal_hours": "32",
        "evaluators": "two",
        "answer_days": "7",
        "review_days": "30",
        "revision_rounds": "two",
        "record_years": "two",
        "contact_email": "lssc@ala.org",
        "contact_phone": "800-545-2433, extension 2424",
        "committee_seats": "five",
        "draft_days": "30",
        "webinars": "three",
        "weeks_at_20": "91",
        "weeks_at_35": "52",
        "weekly_hours": "7",
        "months_for_a_set": "eight",
        "last_set": "sixth",
        "all_but_two_sets": "four",
        "another_evaluator": "third",
        "foundations_n": "11",
        "technology_n": "13",
        "communication_n": "22",
        "access_n": "16",
        "advisory_n": "15",
        "cataloging_n": "6",
        "collection_n": "9",
        "reference_n": "13",
        "supervision_n": "21",
        "youth_n": "16",
    }


def test_a_rule_that_changes_changes_its_figures(rules: Rules, competencies: Competencies) -> None:
    dearer = figures(replace(rules, fee=37550, assistance_percent=33), competencies)
    assert (dearer["fee"], dearer["member_saving"], dearer["assisted_fee"]) == ("$375.50", "$50.50", "$251.58")


def test_a_set_nobody_knows_is_an_error(rules: Rules, competencies: Competencies) -> None:
    with pytest.raises(KeyError):
        figures(replace(rules, elective_sets=("archery",)), competencies)


def test_ordinals_to_twelve_are_words() -> None:
    told = [ordinal_in_words(number) for number in (1, 6, 12, 13, 21, 22, 23, 111, 1024)]
    assert told == ["first", "sixth", "twelfth", "13th", "21st", "22nd", "23rd", "111th", "1,024th"]


def test_numbers_to_twelve_are_words() -> None:
    assert [number_in_words(number) for number in (0, 1, 12, 13, 1820)] == ["none", "one", "twelve", "13", "1,820"]


def test_lists_read_as_sentences_do() -> None:
    assert [listed(names) for names in ([], ["A"], ["A", "B"], ["A", "B", "C"])] == ["", "A", "A and B", "A, B, and C"]


def test_days_are_written_in_english() -> None:
    assert day_in_words(date(2028, 5, 3)) == "3 May 2028"
