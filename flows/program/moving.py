"""The tables by which a running program moves in: candidates from before, and the assistance that givers hand out.

Raises sheets.SheetError, which names the line and the column, for a table that cannot be used.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from flows.dialog.dates import read_day
from flows.dialog.kinds import email, text
from flows.dialog.unclear import Unclear
from flows.program import certificates
from flows.program.deadlines import last_day
from flows.program.money import Cents, cents
from flows.program.policy import Policy
from flows.program.progress import certified
from flows.program.sheets import Row, bad, rows
from flows.program.states import OUTSIDE, find_state

T = TypeVar("T")

PEOPLE = ("name", "email", "admitted")
MORE_OF_PEOPLE = ("state", "until", "certificate", "awarded")
ASSISTANCE = ("giver", "state", "award", "number")
MORE_OF_ASSISTANCE = ("contact",)
STATES = ("active", "frozen", "certified", "withdrawn", "ended")
WAYS = ("course", "portfolio", "agreement", "imported")
MOST_AWARDS = 10_000
IN_FIGURES = re.compile(r"\d{1,2}[/.]\d{1,2}[/.]\d{2,4}|\b\d{1,2}-\d{1,2}-\d{2,4}\b")


@dataclass(frozen=True)
class Past:
    """Somebody who was admitted before; `complete` gives the day and the way of each complete set by its id.

    `certificate` is the number of the certificate that they have, empty when it is not told; `awarded` is its day.
    """

    line: int
    name: str
    email: str
    admitted_on: date
    until: date
    state: str
    complete: Mapping[str, tuple[date, str]]
    certificate: str = ""
    awarded: date | None = None


@dataclass(frozen=True)
class Given:
    """Assistance of one giver: a percentage or a flat amount; `state` is a code, or empty for everywhere."""

    line: int
    giver: str
    state: str
    percent: int | None
    amount: Cents | None
    number: int
    contact: str


def people(table: str, policy: Policy, today: date) -> tuple[Past, ...]:
    """Candidates: name, email, admitted, state, until, and a column for each set with the day it was completed."""
    sets = policy.on(today).sets
    found = tuple(_past(row, policy, today) for row in rows(table, PEOPLE, (*MORE_OF_PEOPLE, *sets)))
    seen: dict[tuple[str, date], int] = {}
    numbers: dict[str, int] = {}
    for each in found:
        if each.certificate and (before := numbers.setdefault(each.certificate, each.line)) != each.line:
            raise bad(each.line, "certificate", f"this number stands in line {before} already")
        if (before := seen.setdefault((each.email, each.admitted_on), each.line)) != each.line:
            raise bad(each.line, "email", f"this candidacy stands in line {before} already")
    return found


def _past(row: Row, policy: Policy, today: date) -> Past:
    rules = policy.on(today)

    def day(words: str) -> date:
        return _day(words, today, earliest=rules.start, latest=today)

    name, address = _cell(row, "name", text), _cell(row, "email", email)
    admitted = _cell(row, "admitted", day)
    complete = {set_id: _complete(row, set_id, day) for set_id in rules.sets if row[set_id]}
    state = row["state"].lower() or "active"
    if state not in STATES:
        raise bad(row.line, "state", f"it is {', '.join(STATES)} or empty, not {row['state']!r}")
    if state == "certified" and not certified(complete, rules):
        raise bad(row.line, "state", "not all sets that a certificate needs are complete")
    number, awarded = _certificate(row, state, complete, day)
    until = _until(row, admitted, policy, today)
    return Past(row.line, name, address, admitted, until, state, complete, number, awarded)


def _certificate(
    row: Row, state: str, complete: Mapping[str, tuple[date, str]], day: Callable[[str], date]
) -> tuple[str, date | None]:
    """The number of a certificate and the day of its award, which is that of the last set where none is told."""
    if not row["certificate"]:
        if row["awarded"]:
            raise bad(row.line, "certificate", "it is empty, and a day of its award is told")
        return "", None
    if state != "certified":
        raise bad(row.line, "certificate", "only those whose state is certified have one")
    last = max(when for when, _ in complete.values())
    awarded = _cell(row, "awarded", day) if row["awarded"] else last
    return _cell(row, "certificate", certificates.given), awarded


def _until(row: Row, admitted: date, policy: Policy, today: date) -> date:
    usual = last_day(admitted, policy.on(admitted))
    if not row["until"]:
        return usual
    return _cell(row, "until", lambda words: _day(words, today, earliest=usual))


def _day(words: str, today: date, **bounds: date) -> date:
    """In a table nobody can be asked back whether 3/4/2011 is in March or in April."""
    if IN_FIGURES.search(words):
        raise Unclear(f"{words} can be read in several ways; write 2011-03-04 or 4 March 2011")
    return read_day(words, today, **bounds)


def _complete(row: Row, set_id: str, day: Callable[[str], date]) -> tuple[date, str]:
    """`2011-03-04`, or with the way: `2011-03-04 course`."""
    when, _, last = row[set_id].rpartition(" ")
    way = last.lower() if last.lower() in WAYS else ""
    return _cell(row, set_id, lambda words: day(when if way else words)), way or "imported"


def assistance(table: str) -> tuple[Given, ...]:
    """Awards: giver, state (empty for everywhere), award ("50%" or "$100"), number, contact."""
    found = tuple(_given(row) for row in rows(table, ASSISTANCE, MORE_OF_ASSISTANCE))
    seen: dict[tuple[object, ...], int] = {}
    for each in found:
        key = (each.giver.casefold(), each.state, each.percent, each.amount)
        if (before := seen.setdefault(key, each.line)) != each.line:
            raise bad(each.line, "giver", f"this award stands in line {before} already; give their number together")
    return found


def _given(row: Row) -> Given:
    giver = _cell(row, "giver", text)
    percent, amount = award(row["award"])
    if percent is None and amount is None:
        raise bad(row.line, "award", f'it is like "50%" or "$100", not {row["award"]!r}')
    number = row["number"]
    if not (number.isascii() and number.isdecimal() and len(number) < 9 and 0 < int(number) <= MOST_AWARDS):
        raise bad(row.line, "number", f"it is a whole number from 1 to {MOST_AWARDS:,}, not {number!r}")
    contact = _cell(row, "contact", text) if row["contact"] else ""
    return Given(row.line, giver, _state(row), percent, amount, int(number), contact)


def award(words: str) -> tuple[int | None, Cents | None]:
    """The percentage or the flat amount of "50%" or "$100"; neither for anything else."""
    said = words.strip()
    if said.endswith("%"):
        number = said[:-1].strip()
        share = int(number) if number.isascii() and number.isdecimal() and len(number) < 4 else 0
        return (share, None) if 0 < share <= 100 else (None, None)
    amount = cents(said) if said.startswith("$") else None
    return None, amount if amount and amount <= 10_000_000 else None


def _state(row: Row) -> str:
    if not row["state"]:
        return ""
    state = find_state(row["state"])
    if state is None or state == OUTSIDE:
        raise bad(row.line, "state", f"there is no state {row['state']!r}; leave it empty for everywhere")
    return state.code


def _cell(row: Row, column: str, read: Callable[[str], T]) -> T:
    if not row[column]:
        raise bad(row.line, column, "it is empty")
    try:
        return read(row[column])
    except Unclear as unclear:
        raise bad(row.line, column, str(unclear)) from None
