"""Which elective sets a candidate works on: chosen by a word or by evidence, and changeable until complete."""

from collections.abc import Callable

from flows.program.competencies import CompetencySet
from flows.program.figures import listed
from flows.program.progress import progress
from flows.registry import RECORD
from handlers import evidence
from handlers.evidence import Collection
from handlers.exchange import Exchange, Reply
from handlers.placing import NOT_YET
from storage import audit
from storage import evidence as record

WHICH = "Which set? For example: `{} cataloging`. {}"


def choose(ex: Exchange, rest: str) -> Reply | None:
    """`choose SET`: the candidate is going to work on an elective."""
    return _named(ex, "choose", rest, _chosen)


def drop(ex: Exchange, rest: str) -> Reply | None:
    """`drop SET`: not any more; what is on record for it stays there."""
    return _named(ex, "drop", rest, _dropped)


def _named(ex: Exchange, word: str, rest: str, act: "Act") -> Reply | None:
    mine = evidence.collection(ex)
    if mine is None:
        return Reply((NOT_YET,))
    group = ex.house.competencies.find_set(rest) if rest else None
    if group is None:
        return None if rest else Reply((WHICH.format(word, _electives(ex, mine)),), matter=RECORD)
    rules = ex.house.policy.on(mine.candidacy.admitted_on)
    if group.id in rules.required_sets:
        return Reply((f"{group.name} is required of everybody, so there is nothing to choose.",), matter=RECORD)
    if why := mine.closed((group.id, 1)):
        return Reply((f"{group.name} {why}.",), matter=RECORD)
    return Reply((act(ex, mine, group),), matter=RECORD)


def _chosen(ex: Exchange, mine: Collection, group: CompetencySet) -> str:
    if group.id in mine.chosen:
        return f"{group.name} is chosen already."
    record.choose(ex.work, mine.candidacy.id, group.id)
    _log(ex, mine, "chose", group)
    rules = ex.house.policy.on(mine.candidacy.admitted_on)
    begun = {*mine.chosen, *mine.complete, group.id} & set(rules.elective_sets)
    if len(begun) <= rules.electives_needed:
        return f"{group.name} is chosen. `evidence {group.name.lower()}` lists its competencies."
    note = "; it does not stand in for a required set" if progress(mine.complete, rules).required_missing else ""
    return f"{group.name} is chosen, as an elective beyond those needed{note}."


def _dropped(ex: Exchange, mine: Collection, group: CompetencySet) -> str:
    if group.id not in mine.chosen:
        return f"{group.name} is not among your chosen sets. {_electives(ex, mine)}"
    record.drop(ex.work, mine.candidacy.id, group.id)
    _log(ex, mine, "dropped", group)
    kept = " What is on record for it stays there." if mine.for_set(group.id) else ""
    return f"{group.name} is not among your chosen sets any more.{kept} `choose {group.name.lower()}` takes it back."


def _electives(ex: Exchange, mine: Collection) -> str:
    rules = ex.house.policy.on(mine.candidacy.admitted_on)
    mine_now = [evidence.set_name(ex, each) for each in rules.elective_sets if each in mine.chosen]
    others = [evidence.set_name(ex, each) for each in rules.elective_sets if each not in {*mine.chosen, *mine.complete}]
    chosen = f"Chosen: {listed(mine_now)}. " if mine_now else ""
    return f"{chosen}The others are {listed(others)}." if others else chosen.rstrip()


def _log(ex: Exchange, mine: Collection, what: str, group: CompetencySet) -> None:
    who, whose = f"person {ex.speaker.person_id}", f"candidacy {mine.candidacy.id}"
    audit.record(ex.work, who, what, whose, {"set": group.id})


Act = Callable[[Exchange, Collection, CompetencySet], str]
