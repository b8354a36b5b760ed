"""Guidelines as the office gives them: a text or one link, and the table they are taken in by."""

from collections.abc import Set
from dataclasses import dataclass
from datetime import date

from flows.dialog.unclear import Unclear
from flows.program import links
from flows.program.competencies import Competencies
from flows.program.sheets import Row, bad, rows

COLUMNS = ("set", "since", "guidelines")
LONGEST = 15_000  # characters; a message is cut at 20,000, and what was cut is no whole guideline
GENERAL = "general"
EMPTY = "Guidelines have some words, or a link."
TOO_LONG = f"That is longer than {LONGEST:,} characters; please put it on the web and send its link."


@dataclass(frozen=True)
class Guide:
    """A row of the table; `set_id` is empty for all sets, `kind` is text or link."""

    line: int
    set_id: str
    since: date
    kind: str
    words: str


def read(words: str) -> tuple[str, str]:
    """Kind and words of guidelines. Raises Unclear for what is none, and for a link that is no harmless web link."""
    said = words.replace("\r\n", "\n").strip()
    if not any(each.isalnum() for each in said):
        raise Unclear(EMPTY)
    if len(said) > LONGEST:
        raise Unclear(TOO_LONG)
    if len(said.split()) == 1 and ("://" in said or said.lower().startswith("www.")):
        links.normal(said)
        return "link", links.complete(said)
    return "text", "".join(each for each in said if each.isprintable() or each in "\n\t")


def missing(competencies: Competencies, set_ids: Set[str]) -> list[str]:
    """The sets that have no guidelines, when these have; an empty id stands for all sets."""
    every = [each for each in competencies.sets if each.kind != "unassigned"]
    return [] if "" in set_ids else [each.name for each in every if each.id not in set_ids]


def table(words: str, competencies: Competencies, today: date) -> tuple[Guide, ...]:
    """The rows of a table with set (empty or "general" for all), since and guidelines. Raises SheetError."""
    return tuple(_guide(row, competencies, today) for row in rows(words, COLUMNS, lines=True))


def _guide(row: Row, competencies: Competencies, today: date) -> Guide:
    named = row["set"]
    group = competencies.find_set(named) if named.lower() not in ("", GENERAL) else None
    if group is None and named.lower() not in ("", GENERAL):
        raise bad(row.line, "set", f"there is no set {named!r}; leave it empty for all sets")
    try:
        since = date.fromisoformat(row["since"])
    except ValueError:
        raise bad(row.line, "since", f"it is a day such as 2026-11-01, not {row['since']!r}") from None
    if since > today:
        raise bad(row.line, "since", f"{since} is not there yet; take guidelines in when they begin to hold")
    try:
        kind, said = read(row["guidelines"])
    except Unclear as hint:
        raise bad(row.line, "guidelines", str(hint)) from None
    return Guide(row.line, group.id if group else "", since, kind, said)
