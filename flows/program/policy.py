"""The rules in force on a day, read from the policy file that the office keeps.

PolicyError
    the file cannot be used; the message names the line and the key and says what is wrong with it
"""

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from types import MappingProxyType
from typing import Any, TypeAlias, get_type_hints

from flows.program.competencies import Competencies
from flows.program.money import Cents, cents
from flows.program.rules import OptionalPolicies, Percent, Rules
from flows.program.states import STATES

__all__ = ["Policy", "PolicyError", "Rules", "Source", "check", "load"]


class PolicyError(ValueError):
    """The policy file cannot be used as it is."""


@dataclass(frozen=True)
class Source:
    """Where a rule stands, and which other statement it overrules ("" when none)."""

    document: str
    overrules: str = ""


@dataclass(frozen=True)
class Policy:
    """All rules the program has had, oldest first."""

    eras: tuple[tuple[Rules, Mapping[str, Source]], ...]

    def on(self, day: date) -> Rules:
        """The rules of that day. Before the first block of the file its rules hold too: there are no earlier ones."""
        return self._era(day)[0]

    def source(self, rule: str, day: date) -> Source:
        """The source of one rule as it stood on that day: `fee`, or `optional.ratings` for a later policy."""
        return self._era(day)[1][rule]

    def _era(self, day: date) -> tuple[Rules, Mapping[str, Source]]:
        begun = [era for era in self.eras if era[0].in_force_since <= day]
        return begun[-1] if begun else self.eras[0]


def load(text: str) -> Policy:
    """The policy written in the text of a policy file (TOML); PolicyError when it cannot be used."""
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as wrong:
        raise PolicyError(f"the policy file is not valid TOML: {wrong}") from None
    blocks = document.pop("rules", None)
    if document:
        raise PolicyError(f"{_place(text, 0, next(iter(document)))}: only [[rules]] blocks belong in the policy file")
    if not (isinstance(blocks, list) and blocks and all(isinstance(block, dict) for block in blocks)):
        raise PolicyError("the policy file holds no [[rules]] block")
    return Policy(tuple(_eras(text, blocks)))


def check(policy: Policy, competencies: Competencies) -> None:
    """PolicyError when the rules name a competency set or a state that does not exist."""
    known, codes = {group.id for group in competencies.sets}, {state.code for state in STATES}
    for rules, _ in policy.eras:
        strange = [f"competency set {name!r}" for name in rules.sets if name not in known]
        strange += [f"state {code!r}" for code in rules.scholarship_states if code not in codes]
        if strange:
            raise PolicyError(f"the rules from {rules.in_force_since} on: there is no {strange[0]}")


_Era: TypeAlias = tuple[Rules, Mapping[str, Source]]


def _eras(text: str, blocks: list[dict[str, Any]]) -> list[_Era]:
    values: dict[str, Any] = {}
    optional: dict[str, dict[str, Any]] = {name: {} for name in _OPTIONAL}
    sources: dict[str, Source] = {}
    eras: list[_Era] = []
    for number, block in enumerate(blocks, start=1):
        page = _Page(text, number)
        since = page.value("from", date, block.get("from"))
        if eras and since <= eras[-1][0].in_force_since:
            raise page.wrong("from", "each [[rules]] block must apply from a later day than the one before it")
        page.rules(block, values, sources)
        page.optional(block.get("optional", {}), optional, sources)
        rules = page.assembled(since, values, optional)
        eras.append((rules, MappingProxyType(dict(sources))))
    return eras


@dataclass(frozen=True)
class _Page:
    """One [[rules]] block of the file, and how to name a place in it."""

    text: str
    number: int

    def rules(self, block: dict[str, Any], values: dict[str, Any], sources: dict[str, Source]) -> None:
        for key, entry in block.items():
            if key in ("from", "optional"):
                continue
            if key not in _KINDS:
                raise self.wrong(key, "there is no rule of this name")
            if not (isinstance(entry, dict) and "value" in entry and set(entry) <= {"value", "source", "overrules"}):
                raise self.wrong(key, 'write it as { value = ..., source = "..." }, overrules = "..." may follow')
            values[key] = self.value(key, _KINDS[key], entry["value"])
            sources[key] = Source(self._source(key, entry), self.value(key, str, entry.get("overrules", "")))

    def optional(self, tables: Any, values: dict[str, dict[str, Any]], sources: dict[str, Source]) -> None:
        if not isinstance(tables, dict):
            raise self.wrong("optional", "write each later policy as a table [rules.optional.NAME]")
        for name, table in tables.items():
            if name not in _OPTIONAL or not isinstance(table, dict):
                raise self.wrong(name, "there is no later policy of this name")
            sources[f"optional.{name}"] = Source(self._source(name, table))
            kinds = _kinds(_OPTIONAL[name])
            for key, raw in table.items():
                if key == "source":
                    continue
                if key not in kinds:
                    raise self.wrong(key, f"the later policy {name} has no such value", under=name)
                values[name][key] = self.value(key, kinds[key], raw, under=name)

    def assembled(self, since: date, values: dict[str, Any], optional: dict[str, dict[str, Any]]) -> Rules:
        for name, policy in _OPTIONAL.items():
            self._complete(_kinds(policy), optional[name], f"the later policy {name}")
        self._complete(_KINDS, values, "the rules")
        later = OptionalPolicies(**{name: policy(**optional[name]) for name, policy in _OPTIONAL.items()})
        rules = Rules(in_force_since=since, optional=later, **values)
        self._agree(rules)
        return rules

    def value(self, key: str, kind: Any, raw: Any, under: str = "") -> Any:
        check, expected = _READERS[kind]
        read = check(raw)
        if read is None:
            raise self.wrong(key, f"is missing, or is not {expected}", under=under)
        return read

    def wrong(self, key: str, what: str, under: str = "") -> PolicyError:
        return PolicyError(f"{_place(self.text, self.number, key, under)}: {what}")

    def _source(self, key: str, table: dict[str, Any]) -> str:
        source = table.get("source")
        if not (isinstance(source, str) and source.strip()):
            raise self.wrong(key, 'its source is missing: add source = "..."')
        return source

    def _complete(self, kinds: Mapping[str, Any], values: Mapping[str, Any], where: str) -> None:
        missing = [key for key in kinds if key not in values]
        if missing:
            raise PolicyError(f"block {self.number} of the policy file: {where} lack {', '.join(missing)}")

    def _agree(self, rules: Rules) -> None:
        if len(set(rules.sets)) < len(rules.sets):
            raise self.wrong("elective_sets", "a competency set is named twice")
        if not len(rules.required_sets) <= rules.sets_needed <= len(rules.sets):
            raise self.wrong("sets_needed", "cannot be met with these required and elective sets")
        if rules.member_fee > rules.fee:
            raise self.wrong("member_fee", "is more than the fee of those who are not members")


def _place(text: str, block: int, key: str, under: str = "") -> str:
    """`line 12, fee`: the line of a key in a block of the file, as far as it can be found."""
    seen, table = 0, ""
    for number, line in enumerate(text.splitlines(), start=1):
        heading = re.match(r"\s*\[+\s*([\w.]+)", line)
        if heading:
            seen += heading[1] == "rules"
            table = heading[1].removeprefix("rules").rpartition(".")[2]
        is_key = re.match(rf"""\s*["']?{re.escape(key)}["']?\s*=""", line) is not None and table == under
        if seen == block and (is_key or (heading is not None and table == key)):
            return f"line {number}, {key}"
    return f"block {block}, {key}"


def _whole(raw: object) -> int | None:
    return raw if isinstance(raw, int) and not isinstance(raw, bool) and raw >= 0 else None


def _percent(raw: object) -> int | None:
    number = _whole(raw)
    return number if number is not None and number <= 100 else None


def _amount(raw: object) -> int | None:
    return cents(raw) if isinstance(raw, str) else None


def _words(raw: object) -> str | None:
    return raw if isinstance(raw, str) else None


def _yes_no(raw: object) -> bool | None:
    return raw if isinstance(raw, bool) else None


def _day(raw: object) -> date | None:
    return raw if isinstance(raw, date) and not isinstance(raw, datetime) else None


def _list_of_words(raw: object) -> tuple[str, ...] | None:
    return tuple(raw) if isinstance(raw, list) and raw and all(isinstance(item, str) for item in raw) else None


def _list_of_numbers(raw: object) -> tuple[int, ...] | None:
    return tuple(raw) if isinstance(raw, list) and raw and all(_whole(item) is not None for item in raw) else None


_READERS: dict[Any, tuple[Callable[[object], Any], str]] = {
    int: (_whole, "a whole number of 0 or more"),
    Percent: (_percent, "a whole number from 0 to 100"),
    Cents: (_amount, 'an amount such as "$350" or "$162.50", in quotation marks'),
    str: (_words, "words in quotation marks"),
    bool: (_yes_no, "true or false"),
    date: (_day, "a date such as 2010-01-25"),
    tuple[str, ...]: (_list_of_words, 'a list such as ["technology", "access"]'),
    tuple[int, ...]: (_list_of_numbers, "a list of whole numbers such as [10, 30]"),
}


def _kinds(table: type) -> dict[str, Any]:
    hints = get_type_hints(table, include_extras=True)
    return {field.name: hints[field.name] for field in fields(table)}


_OPTIONAL: dict[str, Any] = _kinds(OptionalPolicies)
_KINDS: dict[str, Any] = {
    name: kind for name, kind in _kinds(Rules).items() if name not in ("in_force_since", "optional")
}
