"""Somebody appeals a decision: taken in by message, with the policy's clocks, and settled by the office or the chair.

Sources: briefing, appendix E (the committee hears appeals); the clocks are later practice, see the policy.
"""

import json
import re
from collections.abc import Sequence
from datetime import date

from flows.program import appeals
from flows.program.figures import day_in_words
from handlers import roles, telling
from handlers.desk import items
from handlers.desk.acting import REFUSED
from handlers.desk.kinds import Action, Kind, Outcome, refusal
from handlers.exchange import Errand, Exchange, Reply
from handlers.review import committee
from storage import applications, audit, candidacies, desk
from storage.desk import Item

APPEAL = "appeal"  # the kind of desk item
LONGEST = 4000
TYPED = re.compile(
    r"\s*/?(?:please )?(?:i(?:'d| would)? (?:like|want|wish) to |i )?appeal(?: (?:against|of))?\b"
    r"(?P<about>[^:\n]{0,120}?)(?:[:\n]\s*(?P<why>\S.*))?",
    re.IGNORECASE | re.DOTALL,
)
HOW = (
    "An appeal goes to the review committee. Please tell me in one message what it is about and why, such as"
    " `appeal cataloging: the guide that the evaluators missed is under the second link`."
)
NOTHING = "There is no application or candidacy of yours whose decision could be appealed; `person` reaches the office."
TAKEN = "Your appeal is on record, and with the office and the review committee.{} You hear from me what comes of it."
DUE = " Its first step is due by {}."
KNOWN = "I have added that to your appeal, which is with the office already."
NEXT = "Your appeal has gone to its next step{}."
ENDED = {
    "granted": "Your appeal is granted. {}",
    "denied": "Your appeal was looked at with care, and the decision stays as it is. {}",
}
OVERDUE = "Step {} of the appeal was due by {}."


def heard(ex: Exchange) -> Reply | None:
    """`appeal SET: why`; None for other words, and for questions about appeals."""
    if ex.message.pressed is not None or ex.speaker.conversation is not None:
        return None
    found = TYPED.fullmatch(ex.message.text[:LONGEST])
    if found is None or "?" in found["about"]:
        return None
    if (
        candidacies.latest(ex.work, ex.speaker.person_id) is None
        and applications.latest(ex.work, ex.speaker.person_id) is None
    ):
        return Reply((NOTHING,))
    about, why = found["about"].strip(" .,-"), (found["why"] or "").strip()
    return Reply((_taken(ex, about, why),)) if why else Reply((HOW,))


def _taken(ex: Exchange, about: str, why: str) -> str:
    if (open_one := _waiting(ex, ex.speaker.person_id)) is not None:
        desk.note(ex.work, open_one.id, "note", ex.speaker.name, f"{about}: {why}" if about else why)
        items.remind(ex, open_one, "The appellant has added something; `show` has it.")
        return KNOWN
    due = appeals.step_due(1, ex.today, ex.rules)
    details = {"about": about or "the decision", "why": why, "step": "1", "_due": due.isoformat() if due else ""}
    number = items.ask(ex, APPEAL, details)
    who = f"person {ex.speaker.person_id}"
    audit.record(ex.work, who, "appealed", who, {"item": number})
    item, chair = desk.by_id(ex.work, number), committee.chair(ex)
    if item is not None and chair is not None and chair != ex.speaker.person_id:
        items.show_to(ex, item, chair)
    return TAKEN.format(DUE.format(day_in_words(due)) if due else "")


def _waiting(errand: Errand, person_id: int) -> Item | None:
    return next((each for each in desk.open_for(errand.work, person_id) if each.kind == APPEAL), None)


def watch(errand: Errand) -> int:
    """Appeals whose step is overdue: a line below their item, once a step. How many."""
    done = 0
    for each in desk.open_items(errand.work):
        told = json.loads(each.details) if each.kind == APPEAL else {}
        if told.get("_due") and date.fromisoformat(told["_due"]) < errand.today and told.get("_told") != told["step"]:
            desk.describe(errand.work, each.id, json.dumps(told | {"_told": told["step"]}, ensure_ascii=False))
            items.remind(errand, each, OVERDUE.format(told["step"], day_in_words(date.fromisoformat(told["_due"]))))
            done += 1
    return done


def _may(actor: roles.Actor, item: Item) -> bool:
    """Nobody decides on their own appeal."""
    return roles.may_release(actor) and (actor.person_id is None or actor.person_id != item.person_id)


def _tells(_errand: Errand, item: Item) -> Sequence[str]:
    told = json.loads(item.details)
    due = f", due by {day_in_words(date.fromisoformat(told['_due']))}" if told["_due"] else ""
    return [f"About: {told['about']}", f"Why: {told['why']}", f"Step {told['step']}{due}"]


def _next(errand: Errand, actor: str, item: Item) -> Outcome:
    """The clock of the next step begins today."""
    told = json.loads(item.details)
    step = int(told["step"]) + 1
    due = appeals.step_due(step, errand.today, errand.rules)
    if due is None:
        return refusal("There is no further step; `grant` or `deny` ends it.")
    changed = told | {"step": str(step), "_due": due.isoformat()}
    desk.describe(errand.work, item.id, json.dumps(changed, ensure_ascii=False))
    audit.record(errand.work, actor, f"appeal at step {step}", f"desk item {item.id}", {})
    by = day_in_words(due)
    telling.tell(errand, item.person_id or 0, NEXT.format(f"; it is due by {by}"), subject="Your appeal")
    return Outcome(f"The appeal is at step {step}, due by {by}; the appellant is told.", settled=False)


def _ending(how: str, follows: str) -> Action:
    def act(errand: Errand, actor: roles.Actor, item: Item, words: str) -> Outcome:
        if not _may(actor, item):
            return refusal(REFUSED)
        audit.record(errand.work, actor.name, f"appeal {how}", f"desk item {item.id}", {})
        text = ENDED[how].format(words)
        reached = telling.tell(errand, item.person_id or 0, text, subject="Your appeal")
        return Outcome(f"The appeal is {how}. {telling.reached(reached)}{follows}")

    verb = {"granted": "grant", "denied": "deny"}[how]
    return Action(
        verb, f"{verb.capitalize()} it", act, "What shall the appellant be told?", "We have looked at it anew."
    )


def _step(errand: Errand, actor: roles.Actor, item: Item, _words: str) -> Outcome:
    return _next(errand, actor.name, item) if _may(actor, item) else refusal(REFUSED)


def _has_clock(errand: Errand, item: Item) -> bool:
    step = int(json.loads(item.details)["step"])
    return appeals.step_due(step + 1, errand.today, errand.rules) is not None


KIND = Kind(
    "Appeal",
    (
        Action("next", "To the next step", _step, applies=_has_clock),
        _ending("granted", " `reopen` with the candidate's number and the set lets it be handed in again."),
        _ending("denied", ""),
    ),
    _tells,
    for_the_chair=True,
)
