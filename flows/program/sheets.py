"""Tables of the office as CSV: read line by line with the place of what is wrong, and written for spreadsheets.

Exception
└── SheetError    a table cannot be used; the message names the line and the column
"""

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

# A spreadsheet takes a cell that begins so for a formula, and runs it.
FORMULA = re.compile(r"'*[=+\-@\t\r]")


class SheetError(ValueError):
    """A table cannot be used as it is."""


@dataclass(frozen=True)
class Row:
    """The cells of one line of a table, by column; `line` counts from 1 with the heading."""

    line: int
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")


def bad(line: int, column: str, what: str) -> SheetError:
    return SheetError(f"line {line}, column {column}: {what}")


def rows(table: str, needed: Sequence[str], optional: Sequence[str] = (), *, lines: bool = False) -> list[Row]:
    """The rows that are not empty. The first line names the columns; SheetError for anything that cannot be read.

    With `lines` a cell may hold several lines, which are kept as they are.
    """
    text = table.removeprefix("\ufeff")
    heading = text.partition("\n")[0]
    delimiter = ";" if ";" in heading and "," not in heading else ","
    found: list[tuple[int, list[str]]] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for row in reader:
            cells = [_cell(unguarded(cell), lines=lines) for cell in row]
            if any(cells):
                found.append((reader.line_num, cells))
    except csv.Error as wrong:
        raise SheetError(f"line {reader.line_num}: {wrong}") from None
    if not found:
        raise SheetError(f"the table is empty: its first line names the columns {', '.join(needed)}")
    columns = _columns(*found[0], needed, optional)
    return [_row(line, cells, columns) for line, cells in found[1:]]


def _cell(words: str, *, lines: bool) -> str:
    return words.strip() if lines else " ".join(words.split())


def _columns(line: int, cells: list[str], needed: Sequence[str], optional: Sequence[str]) -> list[str]:
    names = [cell.casefold() for cell in cells]
    for name in needed:
        if name not in names:
            raise bad(line, name, f"this column is missing; the table needs {', '.join(needed)}")
    for number, name in enumerate(names):
        if name not in (*needed, *optional):
            raise bad(line, cells[number], f"there is no such column; there may be {', '.join((*needed, *optional))}")
        if name in names[:number]:
            raise bad(line, cells[number], "this column stands there twice")
    return names


def _row(line: int, cells: list[str], columns: list[str]) -> Row:
    if len(cells) > len(columns):
        raise bad(line, columns[-1], f"the row has {len(cells)} cells, but there are {len(columns)} columns")
    return Row(line, dict(zip(columns, cells, strict=False)))


def written(columns: Sequence[str], lines: Iterable[Sequence[str]]) -> str:
    """A table as CSV, in which no spreadsheet takes a cell for a formula."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([guarded(cell) for cell in line] for line in lines)
    return text.getvalue()


def guarded(cell: str) -> str:
    """With an apostrophe before what a spreadsheet would take for a formula."""
    return f"'{cell}" if FORMULA.match(cell) else cell


def unguarded(cell: str) -> str:
    """Without the apostrophe of `guarded`."""
    return cell[1:] if cell.startswith("'") and FORMULA.match(cell) else cell
