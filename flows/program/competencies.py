"""The competency sets and what belongs to each: short forms of our own until the official wording is loaded.

CompetencyError
    the data cannot be used; the message says where (for a table of official wordings: line and column) and why
"""

import csv
import io
import re
import tomllib
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Literal, TypeAlias, cast

Kind: TypeAlias = Literal["required", "elective", "unassigned"]
Reference: TypeAlias = tuple[str, int]
"""The key of a competency: id of its set, and its number there."""


class CompetencyError(ValueError):
    """The competencies cannot be read."""


@dataclass(frozen=True)
class Competency:
    """One competency; `parts` are the named parts of the one competency that has any (Foundations 5)."""

    set: str
    number: int
    short: str
    parts: tuple[str, ...] = ()
    official: str | None = None

    @property
    def reference(self) -> Reference:
        """The key (set, number)."""
        return self.set, self.number

    @property
    def wording(self) -> str:
        """What people are shown: the official wording once it is loaded, else the short form with its parts."""
        return self.official or (f"{self.short}: {'; '.join(self.parts)}" if self.parts else self.short)


@dataclass(frozen=True)
class CompetencySet:
    """A set, its competencies in the order of their numbers, and the other names people use for it."""

    id: str
    name: str
    kind: Kind
    aliases: tuple[str, ...]
    competencies: tuple[Competency, ...]

    def __len__(self) -> int:
        return len(self.competencies)

    def competency(self, number: int) -> Competency | None:
        """The competency of this number, if there is one."""
        return next((item for item in self.competencies if item.number == number), None)


@dataclass(frozen=True)
class Competencies:
    """The current sets, required ones first, and the competencies that belong to no current set."""

    sets: tuple[CompetencySet, ...]
    unassigned: tuple[CompetencySet, ...] = ()

    @property
    def required(self) -> tuple[CompetencySet, ...]:
        """The sets everybody completes."""
        return tuple(group for group in self.sets if group.kind == "required")

    @property
    def electives(self) -> tuple[CompetencySet, ...]:
        """The sets a candidate chooses from."""
        return tuple(group for group in self.sets if group.kind == "elective")

    @property
    def total(self) -> int:
        """How many competencies the current sets hold together."""
        return sum(len(group) for group in self.sets)

    def named(self, set_id: str) -> CompetencySet:
        """The set with this id; KeyError when there is none."""
        return self._by_id[set_id]

    def competency(self, set_id: str, number: int) -> Competency | None:
        """The competency with this reference, if there is one."""
        group = self._by_id.get(set_id)
        return group.competency(number) if group else None

    def find_set(self, words: str) -> CompetencySet | None:
        """The current set that goes by this id, name or alias, whatever its capitals and punctuation."""
        found = self._by_name.get(_plain(words))
        return None if found is None or found.kind == "unassigned" else found

    def with_official(self, table: str) -> "Competencies":
        """These competencies with the official wordings of a CSV table with the columns set, number, wording.

        `set` is an id, name or alias; competencies the table leaves out keep what they had. CompetencyError names the
        line and column of the first bad row, and nothing of such a table is used.
        """
        wordings = dict(self._wordings(table))

        def worded(group: CompetencySet) -> CompetencySet:
            return replace(group, competencies=tuple(_worded(item, wordings) for item in group.competencies))

        return Competencies(tuple(map(worded, self.sets)), tuple(map(worded, self.unassigned)))

    def _wordings(self, table: str) -> Iterator[tuple[Reference, str]]:
        seen: dict[Reference, int] = {}
        for line, row in _rows(table):
            reference = self._reference(line, row["set"], row["number"])
            if reference in seen:
                raise _bad(line, "number", f"this competency stands in line {seen[reference]} already")
            if not row["wording"]:
                raise _bad(line, "wording", "the wording is missing")
            seen[reference] = line
            yield reference, row["wording"]

    def _reference(self, line: int, name: str, number: str) -> Reference:
        group = self._by_name.get(_plain(name))
        if group is None:
            raise _bad(line, "set", f"there is no competency set {name!r}")
        if not number.isascii() or not number.isdecimal() or group.competency(int(number)) is None:
            raise _bad(line, "number", f"{group.name} has the numbers 1 to {len(group)}, not {number!r}")
        return group.id, int(number)

    @cached_property
    def _by_id(self) -> dict[str, CompetencySet]:
        return {group.id: group for group in self.sets + self.unassigned}

    @cached_property
    def _by_name(self) -> dict[str, CompetencySet]:
        return {
            _plain(name): group
            for group in self.unassigned + self.sets
            for name in (*group.aliases, group.name, group.id)
        }


def load(text: str) -> Competencies:
    """The competencies written in the text of a data file (TOML); CompetencyError when it cannot be used."""
    try:
        document = tomllib.loads(text)
        sets = tuple(_set(table, table["kind"]) for table in document["sets"])
        unassigned = tuple(_set(table, "unassigned") for table in document.get("unassigned", []))
    except tomllib.TOMLDecodeError as wrong:
        raise CompetencyError(f"the competencies are not valid TOML: {wrong}") from None
    except (KeyError, TypeError, AttributeError) as wrong:
        raise CompetencyError(f"the competencies lack something: {wrong}") from None
    return Competencies(tuple(sorted(sets, key=lambda group: group.kind != "required")), unassigned)


def _set(table: dict[str, Any], kind: str) -> CompetencySet:
    if kind not in ("required", "elective", "unassigned"):
        raise CompetencyError(f"set {table['id']}: its kind is required or elective, not {kind!r}")
    numbered = sorted((int(number), entry) for number, entry in table["competencies"].items() if number.isdecimal())
    if [number for number, _ in numbered] != list(range(1, len(table["competencies"]) + 1)):
        raise CompetencyError(f"set {table['id']}: its competencies are not numbered 1, 2, 3 ... without a gap")
    competencies = tuple(_competency(table["id"], number, entry) for number, entry in numbered)
    return CompetencySet(table["id"], table["name"], cast(Kind, kind), tuple(table["aliases"]), competencies)


def _competency(set_id: str, number: int, entry: Any) -> Competency:
    if isinstance(entry, str):
        return Competency(set_id, number, entry)
    return Competency(set_id, number, entry["short"], tuple(entry["parts"]))


def _worded(competency: Competency, wordings: dict[Reference, str]) -> Competency:
    return replace(competency, official=wordings.get(competency.reference, competency.official))


def _rows(table: str) -> Iterator[tuple[int, dict[str, str]]]:
    """Line number and cells of each row that is not empty."""
    reader = csv.reader(io.StringIO(table.removeprefix("\ufeff"), newline=""), strict=True)
    columns: list[str] | None = None
    try:
        for row in reader:
            cells = [" ".join(cell.split()) for cell in row]
            if not any(cells):
                continue
            if columns is None:
                columns = _columns(reader.line_num, cells)
            elif len(cells) != len(columns):
                last = columns[min(len(cells), len(columns)) - 1]
                raise _bad(reader.line_num, last, f"the row has {len(cells)} columns instead of {len(columns)}")
            else:
                yield reader.line_num, dict(zip(columns, cells, strict=True))
    except csv.Error as wrong:
        raise CompetencyError(f"line {reader.line_num}: {wrong}") from None
    if columns is None:
        raise CompetencyError("the table is empty: its first line names the columns set, number, wording")


def _columns(line: int, cells: list[str]) -> list[str]:
    names = [cell.casefold() for cell in cells]
    if sorted(names) != ["number", "set", "wording"]:
        raise _bad(line, cells[0], "the first line has to name the columns set, number, wording")
    return names


def _bad(line: int, column: str, what: str) -> CompetencyError:
    return CompetencyError(f"line {line}, column {column}: {what}")


def _plain(words: str) -> str:
    """Small letters and digits, with `and` for `&`, and without a leading `the` or a closing `set`."""
    text = unicodedata.normalize("NFKC", words).casefold().replace("&", " and ")
    text = " ".join(re.sub(r"[^\w\s]", "", re.sub(r"[-/,]", " ", text)).split())
    return text.removeprefix("the ").removesuffix(" competencies").removesuffix(" competency set").removesuffix(" set")
