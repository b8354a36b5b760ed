"""Whom a review may be put to, as the records tell it."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import timedelta

from flows.program import matching
from flows.program.matching import Expert, Suggested
from handlers import package
from handlers.exchange import Errand
from handlers.review.panels import Case
from handlers.roles import COMMITTEE
from storage import courses, evaluators, people, roles
from storage.evaluators import Conflict, Evaluator, Record

YEAR = timedelta(days=365)
NEVER = Record(0, 0, 0, 0, None)


def suggested(errand: Errand, case: Case) -> list[Suggested]:
    """Everybody who may be asked now, the best first."""
    set_id = case.submission.set_id
    every = defaultdict[int, list[Conflict]](list)
    for each in evaluators.conflicts(errand.work):
        every[each.person_id].append(each)
    found = [_expert(errand, *both, set_id, every[both[0].person_id]) for both in _with_records(errand, set_id)]
    limit = errand.rules.reviews_a_year
    return matching.ranked(found, _case(errand, case), errand.today, limit)


def why_not(errand: Errand, case: Case, person_id: int) -> str:
    """Why somebody may not be asked for this review; empty when they may."""
    evaluator = evaluators.find(errand.work, person_id)
    if evaluator is None or evaluator.state != "trained":
        return "is no trained evaluator"
    record = evaluators.records(errand.work, errand.work.now - YEAR).get(person_id, NEVER)
    expert = _expert(errand, evaluator, record, case.submission.set_id, evaluators.conflicts(errand.work, person_id))
    if case.submission.set_id not in evaluators.sets(errand.work, person_id):
        return "is not approved for this set"
    return matching.why_not(expert, _case(errand, case), errand.today, errand.rules.reviews_a_year)


def _with_records(errand: Errand, set_id: str) -> list[tuple[Evaluator, Record]]:
    records = evaluators.records(errand.work, errand.work.now - YEAR)
    return [(each, records.get(each.person_id, NEVER)) for each in evaluators.trained(errand.work, set_id)]


def _expert(errand: Errand, evaluator: Evaluator, record: Record, set_id: str, conflicts: Sequence[Conflict]) -> Expert:
    declared = [each.workplace for each in conflicts if each.workplace]
    return Expert(
        evaluator.person_id,
        people.named(errand.work, evaluator.person_id) or f"person {evaluator.person_id}",
        frozenset({set_id}),
        tuple(filter(None, (*evaluator.workplace.split(";"), *declared))),
        frozenset(each.candidate_id for each in conflicts if each.candidate_id is not None),
        record.at_hand,
        record.this_year,
        evaluator.yearly_limit,
        record.asked,
        record.accepted,
        errand.day(record.last) if record.last else None,
        evaluator.paused_until,
        silent=evaluator.willing_reminded > 2,
    )


def _case(errand: Errand, case: Case) -> matching.Case:
    """Names are among the workplaces: evaluators declare people whom they mentor or supervise by name."""
    person = case.candidacy.person_id
    who = package.identity(errand, person)
    providers = courses.providers(errand.work, case.candidacy.id)
    past = frozenset(each.person_id for each in case.readers)
    if case.panel.allowed:  # the committee was told that the first two differ
        past |= {each.person_id for each in roles.everybody(errand.work) if each.role == COMMITTEE}
    return matching.Case(case.submission.set_id, person, (*who.employers, *who.names, *providers), past)
