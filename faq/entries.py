"""Reads the knowledge base's entries and refuses those that break its rules."""

from __future__ import annotations

import re
import string
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

FOLDER = Path(__file__).parent
FORMS = ("eligibility", "fees", "apply", "status", "progress")
KEYS = frozenset({"id", "title", "answer", "source", "section", "also", "offer", "inferred", "phrasings", "patterns"})

Kind = Literal["answer", "not-us", "smalltalk"]


class EntryError(ValueError):
    """An entry or a source breaks the rules; the message names the entry and the rule."""


@dataclass(frozen=True)
class Entry:
    """One group of facts: what people ask for, and what is answered.

    A `patterns` member is a regular expression for the whole of a short message, without punctuation;
    `topic` is the file it stands in (none: staff wrote it).
    """

    id: str
    title: str
    answer: str
    source: str = ""
    section: str = ""
    also: tuple[str, ...] = ()
    offer: str | None = None
    inferred: bool = False
    phrasings: tuple[str, ...] = ()
    patterns: tuple[str, ...] = ()
    topic: str = ""

    @property
    def kind(self) -> Kind:
        """`not-us` and `smalltalk` entries say so in their id."""
        if self.id.startswith("not-us-"):
            return "not-us"
        return "smalltalk" if self.id.startswith("smalltalk-") else "answer"


@dataclass(frozen=True)
class Source:
    """A document behind the answers."""

    title: str
    date: str


def read_sources(path: Path = FOLDER / "sources.toml") -> dict[str, Source]:
    """The documents by their id."""
    return {name: Source(data["title"], data["date"]) for name, data in _toml(path).items()}


def read(files: Iterable[Path], sources: Mapping[str, Source], figures: Mapping[str, str]) -> tuple[Entry, ...]:
    """All entries, with the program's figures filled in. Raises EntryError at the first that breaks a rule."""
    entries = tuple(fill(entry, figures) for path in files for entry in raw(path))
    check(entries, sources)
    return entries


def raw(path: Path) -> tuple[Entry, ...]:
    """The entries of one file, their {placeholders} still empty."""
    return tuple(_entry(data, path) for data in _toml(path).get("entry", ()))


def files(folder: Path = FOLDER / "entries") -> tuple[Path, ...]:
    """The entry files, in a fixed order."""
    return tuple(sorted(folder.glob("*.toml")))


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise EntryError(f"{path.name}: {error}") from error


def _entry(data: Mapping[str, Any], path: Path) -> Entry:
    where = f"{path.name}, entry {data.get('id', '?')}"
    if unknown := set(data) - KEYS:
        raise EntryError(f"{where}: unknown key {min(unknown)}")
    if missing := {"id", "title", "answer", "phrasings"} - set(data):
        raise EntryError(f"{where}: {min(missing)} is missing")
    lists = {key: tuple(data.get(key, ())) for key in ("also", "phrasings", "patterns")}
    return Entry(**{**data, **lists, "answer": " ".join(data["answer"].split()), "topic": path.stem})


def fill(entry: Entry, figures: Mapping[str, str]) -> Entry:
    """The same entry with its {placeholders} replaced. Raises EntryError for one that `figures` does not know."""
    try:
        title, answer = entry.title.format_map(figures), entry.answer.format_map(figures)
        phrasings = tuple(phrasing.format_map(figures) for phrasing in entry.phrasings)
    except (KeyError, ValueError, IndexError) as error:
        known = ", ".join(sorted(figures)) or "none"
        raise EntryError(f"entry {entry.id}: cannot fill {error}; known figures: {known}") from error
    return replace(entry, title=title, answer=answer, phrasings=phrasings)


def placeholders(entry: Entry) -> set[str]:
    """The names of the figures that an unfilled entry uses."""
    return {name for _, name, _, _ in string.Formatter().parse(entry.title + entry.answer) if name}


def check(entries: Sequence[Entry], sources: Mapping[str, Source]) -> None:
    """Raises EntryError at the first entry that breaks a rule."""
    known = {entry.id for entry in entries}
    seen: set[str] = set()
    for entry in entries:
        for fault in _faults(entry, known, seen, sources):
            raise EntryError(f"entry {entry.id}: {fault}")
        seen.add(entry.id)


def _faults(entry: Entry, known: set[str], seen: set[str], sources: Mapping[str, Source]) -> Iterator[str]:
    if entry.id in seen:
        yield "its id is used twice"
    if (entry.source or (entry.kind == "answer" and entry.topic)) and entry.source not in sources:
        yield f"unknown source {entry.source!r}"
    for other in entry.also:
        if other not in known:
            yield f"also names {other}, which does not exist"
    if entry.offer not in (None, *FORMS):
        yield f"offer must be one of {', '.join(FORMS)}"
    if not entry.phrasings or not all(phrasing.strip() for phrasing in entry.phrasings):
        yield "it needs phrasings, and none of them empty"
    for pattern in entry.patterns:
        try:
            re.compile(pattern)
        except re.error as error:
            yield f"the pattern {pattern!r} cannot be read: {error}"
