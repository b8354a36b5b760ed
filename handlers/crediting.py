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
WAYS = {"course": "by an approved course", "portfolio": "by your portfolio", "agreement": "by a recognized program"}


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
    reached = "The candidate is told." if told else "The candidate has no proved address, so nothing could be sent."
    return f"{name} is complete since {day_in_words(day)}. {reached}"
