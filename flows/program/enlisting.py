"""The table by which the office takes in evaluators who are selected or trained already."""

from dataclasses import dataclass
from datetime import date

from flows.dialog import dates, kinds
from flows.dialog.unclear import Unclear
from flows.program.competencies import Competencies
from flows.program.sheets import Row, bad, rows

NEEDED = ("name", "email", "sets")
MORE = ("workplace", "limit", "trained", "conflicts", "experience", "resume")
LARGEST_LIMIT = 200  # reviews a year


@dataclass(frozen=True)
class Enlisted:
    """A row of the table: `sets` are ids, `limit` is None for the program's own, `trained` for who is not yet."""

    line: int
    name: str
    email: str
    sets: tuple[str, ...]
    workplace: str
    limit: int | None
    trained: date | None
    conflicts: tuple[str, ...]
    experience: str
    resume: str


def table(words: str, competencies: Competencies, today: date) -> tuple[Enlisted, ...]:
    """The rows, each person once; several sets or conflicts have semicolons between them. Raises SheetError."""
    found = tuple(_row(row, competencies, today) for row in rows(words, NEEDED, MORE))
    seen: dict[str, int] = {}
    for each in found:
        if seen.setdefault(each.email, each.line) != each.line:
            raise bad(each.line, "email", f"{each.email} stands in line {seen[each.email]} already")
    return found


def _row(row: Row, competencies: Competencies, today: date) -> Enlisted:
    try:
        email = kinds.email(row["email"]).lower()
    except Unclear as hint:
        raise bad(row.line, "email", str(hint)) from None
    if not any(map(str.isalpha, row["name"])):
        raise bad(row.line, "name", "the evaluator's full name")
    return Enlisted(
        row.line,
        row["name"],
        email,
        _sets(row, competencies),
        row["workplace"],
        _limit(row),
        _trained(row, today),
        _several(row["conflicts"]),
        row["experience"],
        row["resume"],
    )


def _sets(row: Row, competencies: Competencies) -> tuple[str, ...]:
    found = []
    for name in _several(row["sets"]):
        group = competencies.find_set(name)
        if group is None:
            raise bad(row.line, "sets", f"there is no set {name!r}; several have semicolons between them")
        found.append(group.id)
    if not found:
        raise bad(row.line, "sets", "at least one set, such as Technology")
    return tuple(dict.fromkeys(found))


def _limit(row: Row) -> int | None:
    said = row["limit"]
    if not said:
        return None
    if not said.isdecimal() or not 1 <= int(said[:9]) <= LARGEST_LIMIT:
        raise bad(row.line, "limit", f"reviews a year, from 1 to {LARGEST_LIMIT}, or empty; not {said!r}")
    return int(said)


def _trained(row: Row, today: date) -> date | None:
    if not row["trained"]:
        return None
    try:
        return dates.read_day(row["trained"], today, latest=today)
    except Unclear as hint:
        raise bad(row.line, "trained", str(hint)) from None


def _several(words: str) -> tuple[str, ...]:
    return tuple(filter(None, (each.strip() for each in words.split(";"))))
