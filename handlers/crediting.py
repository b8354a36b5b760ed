"""A competency set is complete: it goes on record, the candidate is told, and with the last one the office as well."""

from datetime import date

from flows.program import progress
from flows.program.figures import day_in_words
from handlers import telling
from handlers.desk import items
from handlers.exchange import Errand
from notifications import compose, notices
from storage import audit, candidacies
from storage.candidacies import Candidacy

CERTIFICATE = "certificate"  # the kind of desk item that asks to confirm an award
COMPLETION, RECOGNITION = "course completion", "recognition"  # kinds of desk item, and of the documents that prove them
WAYS = {"course": "by an approved course", "portfolio": "by your portfolio", "agreement": "by a recognized program"}


def carry_over(errand: Errand, candidacy: Candidacy) -> list[str]:
    """Sets that were complete in an earlier candidacy are complete in this one too, since the same days; their names.

    Source: product specification, "end of candidacy" (complete sets are kept); that they count is a program setting.
    """
    rules = errand.house.policy.on(candidacy.admitted_on)
    earlier = [each for each in candidacies.of(errand.work, candidacy.person_id) if each.id != candidacy.id]
    here = {each.set_id: each.completed_on for each in candidacies.sets(errand.work, candidacy.id)}
    complete = {
        done.set_id: (done.completed_on, done.way)
        for each in reversed(earlier)
        if each.state != "certified"
        for done in candidacies.sets(errand.work, each.id)
        if done.set_id in rules.sets and done.set_id not in here
    }
    if not (complete and rules.complete_sets_carry_over):
        return []
    candidacies.add_sets(errand.work, candidacy.id, complete)
    audit.record(errand.work, "the assistant", "carried over", f"candidacy {candidacy.id}", {"sets": sorted(complete)})
    now = here | {set_id: day for set_id, (day, _) in complete.items()}
    if progress.certified(now, rules) and not progress.certified(here, rules):
        items.add(errand, CERTIFICATE, candidacy.person_id, {"candidacy": str(candidacy.id)})
    return [errand.house.competencies.named(each).name for each in rules.sets if each in complete]


def credit(errand: Errand, actor: str, candidacy: Candidacy, set_id: str, day: date, way: str) -> str:
    """Record a set as complete since `day`, by course, portfolio or agreement; a sentence for the office.

    A set that is complete stays as it is. Sources: briefing, appendix C 4 and 6.
    """
    name = errand.house.competencies.named(set_id).name
    rules = errand.house.policy.on(candidacy.admitted_on)
    before = {each.set_id: each.completed_on for each in candidacies.sets(errand.work, candidacy.id)}
    if set_id in before:
        return f"{name} is complete already, since {day_in_words(before[set_id])}; nothing was changed."
    candidacies.add_sets(errand.work, candidacy.id, {set_id: (day, way)})
    audit.record(errand.work, actor, "credited", f"candidacy {candidacy.id}", {"set": set_id, "way": way})
    complete = before | {set_id: day}
    now = progress.progress(complete, rules)
    earned = now.certified and not progress.certified(before, rules)
    notice = notices.SetCompleted(name, WAYS[way], now.counted, rules.sets_needed, earned, now.spare > 0)
    message = compose.message(notice)
    told = telling.tell(errand, candidacy.person_id, message.text, subject=message.subject, matter=f"record:{set_id}")
    if earned:
        items.add(errand, CERTIFICATE, candidacy.person_id, {"candidacy": str(candidacy.id)})
    return f"{name} is complete since {day_in_words(day)}. {telling.reached(told)}"
