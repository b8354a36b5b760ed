import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.program.sheets import SheetError, guarded, rows, unguarded, written

NEEDED, OPTIONAL = ("name", "number"), ("note",)
words = st.text(st.characters(blacklist_categories=("Cs", "Cc"))).map(lambda said: " ".join(said.split()))


def test_rows_are_read_by_the_names_of_their_columns() -> None:
    table = '\ufeffNumber,Name,note\n1,"Ann,\nand Bob",\n\n , ,\n2,Cy\n'
    assert [(row.line, dict(row.cells), row["note"]) for row in rows(table, NEEDED, OPTIONAL)] == [
        (3, {"number": "1", "name": "Ann, and Bob", "note": ""}, ""),
        (6, {"number": "2", "name": "Cy"}, ""),
    ]


def test_a_table_with_semicolons_is_read_too() -> None:
    (row,) = rows("name;number\nAnn;1,5\n", NEEDED)
    assert (row["name"], row["number"]) == ("Ann", "1,5")


@pytest.mark.parametrize(
    ("table", "told"),
    [
        ("", "the table is empty: its first line names the columns name, number"),
        ("name\nAnn\n", "line 1, column number: this column is missing; the table needs name, number"),
        ("name,number,Colour\n", "line 1, column Colour: there is no such column; there may be name, number, note"),
        ("name,number,name\n", "line 1, column name: this column stands there twice"),
        ("name,number\nAnn,1,2\n", "line 2, column number: the row has 3 cells, but there are 2 columns"),
        ('name,number\n"Ann,1\n', "line 2: unexpected end of data"),
    ],
)
def test_a_table_that_cannot_be_read_is_told_with_its_place(table: str, told: str) -> None:
    with pytest.raises(SheetError) as wrong:
        rows(table, NEEDED, OPTIONAL)
    assert str(wrong.value) == told


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "'=x", "''-x"])
def test_nothing_that_is_written_is_a_formula(cell: str) -> None:
    assert (guarded(cell), unguarded(guarded(cell))) == (f"'{cell}", cell)


@pytest.mark.parametrize("cell", ["Ann", "'t Hooft", "a=b", ""])
def test_other_cells_are_written_as_they_are(cell: str) -> None:
    assert (guarded(cell), unguarded(cell)) == (cell, cell)


@given(st.lists(st.tuples(words, words.filter(bool)), max_size=5))
def test_what_is_written_is_read_again(lines: list[tuple[str, str]]) -> None:
    table = written(NEEDED, lines)
    assert [(row["name"], row["number"]) for row in rows(table, NEEDED)] == lines
    assert not any(cell[:1] in set("=+-@") for line in csv.reader(io.StringIO(table)) for cell in line)
