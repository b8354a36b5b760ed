"""A set that is handed in for review: looked at before, frozen, and taken back."""

import json
import secrets
from collections.abc import Sequence

from flows.program import blindness, preflight
from flows.program.competencies import CompetencySet
from flows.program.figures import day_in_words
from flows.program.preflight import Preflight
from flows.submitting import HandedIn
from handlers import evidence, guidelines, local, outcomes, package, telling
from handlers.accounts import Refusal
from handlers.applications import ALPHABET
from handlers.evidence import Collection
from handlers.exchange import Errand, Exchange
from handlers.standing import not_open
from storage import audit, candidacies, submissions
from storage.submissions import Submission

LEFT = "All right, nothing is handed in. `check {0}` looks at it again; `submit {0}` asks once more."
CHANGED_MEANWHILE = "It changed while I asked, so nothing is handed in yet. "
TAKE_OUT = "The review is blind, so please take out: {}"
WARNS = "May tell who you are; `submit {1}` asks about it: {0}."
READY = "{0} is ready: {1}. `submit {2}` hands it in."
REOPENED = "Good news: the office has opened the way by portfolio again for {0}. {1}`check {2}` shows where it stands."
REOPEN = "For example: `reopen 12 cataloging: they have new evidence`"
AFTER = (
    "I look once more at your links now, which takes a few minutes, and write to you when {0} is with the office."
    " Two evaluators who do not know each other read it then, each within {1} days. Until the review begins,"
    " `take back {2}` takes it back."
)


def look(ex: Exchange, mine: Collection, group: CompetencySet, passed: Sequence[str] = ()) -> Preflight:
    return preflight.look(package.portfolio(mine, group), package.identity(ex, ex.speaker.person_id), passed)


def checked(ex: Exchange, mine: Collection, group: CompetencySet) -> str:
    """What a look at a set finds, in words."""
    found, name = look(ex, mine, group), group.name.lower()
    it = package.portfolio(mine, group)
    lines = _to_do(found)
    if found.warnings:
        lines.append(WARNS.format(blindness.summary(found.warnings[:12]), name))
    head = READY.format(group.name, package.size(it), name) if found.ready else f"{group.name} is not ready yet:"
    guide = guidelines.version(ex, group.id)
    told = [f"Guidelines: {guide}; `guidelines {name}` shows them."] if guide else []
    if evidence.to_revise(mine, group.id) and (words := mine.submitted[group.id].feedback):
        told.append(f"The evaluators asked: {words}")
    return "\n".join([head, *(f"- {each}" for each in lines), *told])


def _to_do(found: Preflight) -> list[str]:
    said = [blindness.told(each) for each in found.blocking]
    return [*found.missing, *(TAKE_OUT.format(each) for each in said)]


def handed_in(ex: Exchange, result: HandedIn) -> tuple[str, ...]:
    """The end of the form: the set is frozen as it stands, and what happens next is told."""
    group, mine = ex.house.competencies.named(result.set_id), evidence.collection(ex)
    if not result.sure:
        return (LEFT.format(group.name.lower()),)
    if mine is None or mine.candidacy.state != "active":
        return (not_open(mine.candidacy if mine is not None else None),)
    if why := not_now(ex, mine, group):
        return (why,)
    found, it = look(ex, mine, group, result.passed), package.portfolio(mine, group)
    if not found.ready or found.warnings:
        return (CHANGED_MEANWHILE, checked(ex, mine, group))
    rules, before = ex.house.policy.on(mine.candidacy.admitted_on), mine.submitted.get(group.id)
    asked = package.open_numbers(mine, group.id)
    round_ = 1 if before is None else before.round + (before.state == "revise")
    guide = guidelines.version(ex, group.id)
    contents = json.dumps(package.contents(it, round_, guide, before if asked else None), ensure_ascii=False)
    done = submissions.add(
        ex.work,
        mine.candidacy.id,
        group.id,
        round_,
        _receipt(ex),
        contents,
        json.dumps(list(result.passed), ensure_ascii=False),
        json.dumps(asked),
    )
    details = {"set": group.id, "round": round_, "receipt": done.receipt, "not me": list(result.passed)}
    audit.record(ex.work, f"person {ex.speaker.person_id}", "handed in", f"candidacy {mine.candidacy.id}", details)
    head = f"{group.name} is handed in: {package.size(it)}. Your receipt is {done.receipt}."
    return (head, AFTER.format(group.name, rules.review_days, group.name.lower()))


def not_now(ex: Exchange, mine: Collection, group: CompetencySet) -> str:
    """Why a set cannot be handed in now; empty when it can. Source for the last day: program setting."""
    now = mine.submitted.get(group.id)
    if group.id in mine.complete:
        return f"{group.name} is complete already."
    if now is not None and now.state in evidence.IN_HAND:
        return f"{group.name} {evidence.IN_HAND[now.state]}: receipt {now.receipt}, of {_day(ex, mine, now)}."
    if mine.candidacy.state != "active":
        return not_open(mine.candidacy)
    if local.day(ex, mine.candidacy.person_id) > mine.candidacy.deadline:
        return f"Your last day was {day_in_words(mine.candidacy.deadline)}; the office decides how it goes on."
    return ""


def take_back(ex: Exchange, mine: Collection, group: CompetencySet) -> str:
    """The candidate wants to change something after all; possible until the review begins."""
    now = mine.submitted.get(group.id)
    if now is None or now.state not in ("checking", "submitted", "in review"):
        return f"{group.name} is not handed in, so there is nothing to take back."
    if not submissions.move(
        ex.work, now.id, ("checking", "submitted"), "taken back", asked=now.open_numbers, feedback=now.feedback
    ):
        return (
            f"The review of {group.name} has begun, so it cannot be taken back any more. `person` reaches the office."
        )
    actor = f"person {ex.speaker.person_id}"
    audit.record(ex.work, actor, "took back", f"candidacy {mine.candidacy.id}", {"receipt": now.receipt})
    outcomes.settle(ex, actor, mine.candidacy.person_id, now, "taken back by the candidate")
    name = group.name.lower()
    return f"{group.name} is yours again (receipt {now.receipt} is void). `submit {name}` hands it in anew."


def reopen(errand: Errand, actor: str, candidacy_id: int, words: str) -> str:
    """The office lets a set be handed in once more whose rounds are used up: `cataloging: a word to the candidate`."""
    name, _, note = words.partition(":")
    group, candidacy = errand.house.competencies.find_set(name.strip()), candidacies.find(errand.work, candidacy_id)
    if candidacy is None or group is None:
        return Refusal(f"There is no candidate {candidacy_id}." if group is not None else f"Which set? {REOPEN}")
    now = submissions.newest(errand.work, candidacy_id, group.id)
    if now is None or not submissions.move(errand.work, now.id, ("not met",), "revise", feedback=now.feedback):
        return Refusal(f"{group.name} of candidate {candidacy_id} is not closed, so there is nothing to open.")
    audit.record(errand.work, actor, "opened the portfolio way", f"candidacy {candidacy_id}", {"receipt": now.receipt})
    said = f"{note.strip()} " if note.strip() else ""
    text = REOPENED.format(group.name, said, group.name.lower())
    reached = telling.tell(
        errand, candidacy.person_id, text, subject=f"{group.name}: open again", matter=outcomes.MATTER
    )
    return f"{group.name} of candidate {candidacy_id} can be handed in again. {telling.reached(reached)}"


def _receipt(ex: Exchange) -> str:
    while True:
        receipt = f"SET-{ex.today.year}-" + "".join(secrets.choice(ALPHABET) for _ in range(5))
        if submissions.by_receipt(ex.work, receipt) is None:
            return receipt


def _day(ex: Errand, mine: Collection, now: Submission) -> str:
    return local.day_told(ex, mine.candidacy.person_id, now.asked_at)
