"""The table of evaluators: read whole, or the first bad cell is named."""

from datetime import date

import pytest

from flows.program.competencies import Competencies
from flows.program.enlisting import Enlisted, table
from flows.program.sheets import SheetError

TODAY = date(2026, 11, 26)
HEAD = "name,email,sets,limit,trained,conflicts\n"


def test_a_row_has_sets_a_limit_a_day_and_conflicts(competencies: Competencies) -> None:
    found = table(
        f"{HEAD}Eva Quill,Eva@X.org,Technology; cataloging,6,2026-05-03,Ann Zwicky; Elsewhere\n", competencies, TODAY
    )
    assert found == (
        Enlisted(2, "Eva Quill", "eva@x.org", ("technology", "cataloging"), "", 6, date(2026, 5, 3),
                 ("Ann Zwicky", "Elsewhere"), "", ""),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("row", "place"),
    [
        ("Eva,nobody,technology,,,", "line 2, column email"),
        ("12,eva@x.org,technology,,,", "line 2, column name"),
        ("Eva,eva@x.org,knitting,,,", "line 2, column sets"),
        ("Eva,eva@x.org,,,,", "line 2, column sets"),
        ("Eva,eva@x.org,technology,many,,", "line 2, column limit"),
        ("Eva,eva@x.org,technology,,2027-05-03,", "line 2, column trained"),
        ("Eva,eva@x.org,technology,,,\nEve,EVA@x.org,technology,,,", "line 3, column email"),
    ],
)
def test_the_first_bad_cell_is_named(competencies: Competencies, row: str, place: str) -> None:
    with pytest.raises(SheetError, match=place):
        table(f"{HEAD}{row}\n", competencies, TODAY)
