from datetime import date

import pytest

from flows.program.moving import Given, Past, assistance, people
from flows.program.policy import Policy
from flows.program.sheets import SheetError

TODAY = date(2013, 6, 1)
HEADING = "name,email,admitted,state,until,foundations,youth\n"


def test_candidates_of_before_are_read(policy: Policy) -> None:
    table = (
        HEADING + "Ann Example,Ann@Library.org,2011-03-04,,,2012-01-05 course,3 May 2012\n"
        "Bo Sample,bo@library.org,5 May 2010,Frozen,2015-05-05,,\n"
    )
    assert people(table, policy, TODAY) == (
        Past(
            2, "Ann Example", "Ann@library.org", date(2011, 3, 4), date(2015, 3, 4), "active",
            {"foundations": (date(2012, 1, 5), "course"), "youth": (date(2012, 5, 3), "imported")},
        ),
        Past(3, "Bo Sample", "bo@library.org", date(2010, 5, 5), date(2015, 5, 5), "frozen", {}),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (",a@b.org,2011-03-04,,,,", "line 2, column name: it is empty"),
        (
            "Ann,ann at library,2011-03-04,,,,",
            "line 2, column email: That does not look like an email address; it should be like ann@library.org.",
        ),
        ("Ann,a@b.org,,,,,", "line 2, column admitted: it is empty"),
        (
            "Ann,a@b.org,2013-06-02,,,,",
            "line 2, column admitted: That is too late: it should be 1 June 2013 or earlier.",
        ),
        (
            "Ann,a@b.org,2009-12-31,,,,",
            "line 2, column admitted: That is too early: it should be 25 January 2010 or later.",
        ),
        (
            "Ann,a@b.org,2011-03-04,gone,,,",
            "line 2, column state: it is active, frozen, certified, withdrawn, ended or empty, not 'gone'",
        ),
        (
            "Ann,a@b.org,2011-03-04,certified,,2012-01-05,",
            "line 2, column state: not all sets that a certificate needs are complete",
        ),
        (
            "Ann,a@b.org,2011-03-04,,2014-03-04,,",
            "line 2, column until: That is too early: it should be 4 March 2015 or later.",
        ),
    ],
)
def test_a_bad_row_is_named_by_line_and_column(policy: Policy, line: str, told: str) -> None:
    with pytest.raises(SheetError) as wrong:
        people(HEADING + line + "\n", policy, TODAY)
    assert str(wrong.value) == told


@pytest.mark.parametrize("cell", ["soon", "2012-13-01", "2031-01-01", "1/2/2012", "13.2.2012", "3-4-12", "course"])
def test_a_set_needs_the_day_on_which_it_was_completed(policy: Policy, cell: str) -> None:
    with pytest.raises(SheetError) as wrong:
        people(HEADING + f"Ann,a@b.org,2011-03-04,,,{cell},\n", policy, TODAY)
    assert str(wrong.value).startswith("line 2, column foundations: ")


def test_one_candidacy_stands_in_a_table_once(policy: Policy) -> None:
    line = "Ann,a@b.org,2011-03-04,,,,\n"
    with pytest.raises(SheetError) as wrong:
        people(HEADING + line + line, policy, TODAY)
    assert str(wrong.value) == "line 3, column email: this candidacy stands in line 2 already"


def test_awards_are_read() -> None:
    table = "giver,state,award,number,contact\nState Library,ohio,50%,4,aid@example.org\nLSSIRT,,$100.50,2,\n"
    assert assistance(table) == (
        Given(2, "State Library", "OH", 50, None, 4, "aid@example.org"),
        Given(3, "LSSIRT", "", None, 10_050, 2, ""),
    )


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (",OH,50%,4", "line 2, column giver: it is empty"),
        ("A,Ohoi,50%,4", "line 2, column state: there is no state 'Ohoi'; leave it empty for everywhere"),
        ("A,OH,half,4", "line 2, column award: it is like \"50%\" or \"$100\", not 'half'"),
        ("A,OH,101%,4", "line 2, column award: it is like \"50%\" or \"$100\", not '101%'"),
        ("A,OH,$0,4", "line 2, column award: it is like \"50%\" or \"$100\", not '$0'"),
        ("A,OH,50%,0", "line 2, column number: it is a whole number from 1 to 10,000, not '0'"),
        ("A,OH,50%,many", "line 2, column number: it is a whole number from 1 to 10,000, not 'many'"),
        ("a,OH,50%,1\nA,Ohio,50%,2", "line 3, column giver: this award stands in line 2 already; give their number together"),
    ],
)  # fmt: skip
def test_a_bad_award_is_named_by_line_and_column(line: str, told: str) -> None:
    with pytest.raises(SheetError) as wrong:
        assistance(f"giver,state,award,number\n{line}\n")
    assert str(wrong.value) == told
