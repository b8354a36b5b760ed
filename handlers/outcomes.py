"""What becomes of a set that was handed in: it goes to the office or back, and the review finds it met or not."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flows.program import blindness, preflight, reviews
from flows.program.blindness import Finding, Identity
from flows.program.competencies import CompetencySet
from flows.program.figures import day_in_words, ranged
from handlers import crediting, package, telling
from handlers.desk import items
from handlers.exchange import Errand
from handlers.review import asking, panels
from storage import audit, candidacies, desk, submissions
from storage.candidacies import Candidacy
from storage.submissions import Submission

OF_A_SET = (asking.HANDED_IN, "outcome to release")  # the kinds of desk item about one round of a set
MATTER = "record"
IN_HAND = ("checking", "submitted", "in review")
SUBMITTED = (
    "{0} is with the office for review (receipt {1}). Two evaluators are asked; you hear from me when it begins,"
    " and when its outcome is there. Nothing of it can be changed meanwhile."
)
RETURNED = "{0} (receipt {1}) did not go to the office yet. {2}"
MEND = "Please mend this, then send `submit {}` again:"
FROZEN = (
    "As your time is over, nothing can be handed in again for now: the office decides how it goes on, and tells you."
)


@dataclass(frozen=True)
class Seen:
    """What was found behind a link: the state of the look with its reason, and the texts that could be read there."""

    url: str
    state: str
    reason: str = ""
    texts: tuple[str, ...] = ()


def seen(errand: Errand, submission_id: int, links: Sequence[Seen]) -> bool:
    """What a last look at the links found decides whether a set goes to the office; False when it was taken back."""
    now = submissions.by_id(errand.work, submission_id)
    if now is None or now.state != "checking":
        return False
    candidacy = candidacies.by_id(errand.work, now.candidacy_id)
    group, who = errand.house.competencies.named(now.set_id), package.identity(errand, candidacy.person_id)
    wrong = [f"{each.url}: {each.reason}" for each in links if each.state not in preflight.OPENS]
    passed = {each.lower() for each in json.loads(now.passed)}
    for each in links:
        wrong += [blindness.told(found) for found in _behind(each, who) if found.words.lower() not in passed]
    if wrong:
        return _return(errand, now, candidacy.person_id, group, wrong)
    contents = json.loads(now.contents)
    contents["unread"] = [each.url for each in links if not each.texts]
    if not submissions.submit(errand.work, now.id, json.dumps(contents, ensure_ascii=False)):
        return False
    audit.record(errand.work, "assistant", "submitted", f"candidacy {candidacy.id}", {"receipt": now.receipt})
    said = SUBMITTED.format(group.name, now.receipt)
    telling.tell(errand, candidacy.person_id, said, subject=f"{group.name}: handed in", matter=MATTER)
    _to_be_reviewed(errand, now, candidacy.person_id, group)
    return True


def _to_be_reviewed(errand: Errand, now: Submission, person_id: int, group: CompetencySet) -> None:
    """Evaluators are asked at once where the policy says so, else the office decides whom."""
    case = panels.opened(errand, now)
    if case.rules.automatic_assignment:
        asking.fill(errand, case)
        return
    details = {"submission": str(now.id), "receipt": now.receipt, "set": group.name, "round": str(now.round)}
    items.add(errand, asking.HANDED_IN, person_id, details)


def _behind(link: Seen, who: Identity) -> list[Finding]:
    """What is behind a link blocks when it tells the whole name, an address or a number."""
    found = [each for text in link.texts for each in blindness.find(text, who, link.url)]
    return [each for each in found if each.blocking][:3]


def _return(errand: Errand, now: Submission, person_id: int, group: CompetencySet, wrong: Sequence[str]) -> bool:
    if not submissions.move(errand.work, now.id, ("checking",), "returned", asked=now.open_numbers):
        return False
    audit.record(errand.work, "assistant", "returned", f"candidacy {now.candidacy_id}", {"receipt": now.receipt})
    what = MEND.format(group.name.lower()) if _is_open(errand, now) else f"{FROZEN} This was found:"
    head = RETURNED.format(group.name, now.receipt, what)
    text = "\n".join([head, *(f"- {each}" for each in wrong)])
    telling.tell(errand, person_id, text, subject=f"{group.name}: please mend", matter=MATTER)
    return True


def begin(errand: Errand, actor: str, now: Submission) -> str:
    """The review begins: from now on the candidate cannot take the set back."""
    if not submissions.move(errand.work, now.id, ("submitted",), "in review", asked=now.open_numbers):
        return _as_it_is(errand, now)
    begun = "The review of {0} (receipt {1}) has begun."
    told = _tell(errand, actor, now, "began the review", "review begun", begun)
    return f"The review of receipt {now.receipt} has begun. {told}"


def met(errand: Errand, actor: str, now: Submission) -> str:
    """Found met: the set is complete and final. Source: briefing, appendix C 4."""
    if not submissions.move(errand.work, now.id, ("submitted", "in review"), "met"):
        return _as_it_is(errand, now)
    candidacy = candidacies.by_id(errand.work, now.candidacy_id)
    return crediting.credit(errand, actor, candidacy, now.set_id, errand.today, "portfolio")


def revise(
    errand: Errand,
    actor: str,
    now: Submission,
    numbers: Sequence[int],
    words: str,
    verb: str = "revise or add something in",
    until: date | None = None,
) -> str:
    """Only these competencies are asked for again (none named: all), with what the evaluators said of them."""
    asked = json.dumps(sorted(numbers))
    if not submissions.move(errand.work, now.id, ("submitted", "in review"), "revise", asked=asked, feedback=words):
        return _as_it_is(errand, now)
    group = errand.house.competencies.named(now.set_id)
    which = ranged(sorted(numbers)) or "all of it"
    by = f" by {day_in_words(until)}" if until is not None else ""
    head = f"The evaluators ask you to {verb} {{0}} (receipt {{1}}){by}: {which}."
    rest = "The rest stays as it is. " if numbers else ""
    name = group.name.lower()
    again = f"`check {name}` shows what is missing, `submit {name}` hands it in again."
    how = f"{rest}{again if _is_open(errand, now) else FROZEN}"
    told = _tell(errand, actor, now, "asked to revise", "please revise", head, words, how)
    what = f"{group.name} {which}" if numbers else which
    return f"Receipt {now.receipt} is to be revised: {what}{by}. {told}"


def not_met(errand: Errand, actor: str, now: Submission, words: str) -> str:
    """Reviewed for the last time: an approved course is the way left. Sources: briefing, appendix C 4; the rounds."""
    if not submissions.move(errand.work, now.id, ("submitted", "in review"), "not met", feedback=words):
        return _as_it_is(errand, now)
    head = "The evaluators did not find {0} (receipt {1}) met."
    how = "An approved course is the way left to complete this set; `person` reaches the office for advice."
    told = _tell(errand, actor, now, "found not met", "outcome of the review", head, words, how)
    return f"Receipt {now.receipt} is not met, with the advice to take a course. {told}"


def drop(
    errand: Errand, actor: str, candidacy: Candidacy, how: str = "the candidate left the program", set_id: str = ""
) -> None:
    """What is handed in of a candidacy, or of one set of it, is not decided any more."""
    for now in submissions.of(errand.work, candidacy.id):
        mine = set_id in ("", now.set_id)
        if mine and submissions.move(errand.work, now.id, IN_HAND, "taken back", asked=now.open_numbers):
            audit.record(errand.work, actor, "took back", f"candidacy {candidacy.id}", {"receipt": now.receipt})
            settle(errand, actor, candidacy.person_id, now, how)


def settle(errand: Errand, actor: str, person_id: int, now: Submission, how: str) -> None:
    """Nobody has to do anything about it any more: neither the desk nor whoever was asked to read it."""
    for item in desk.open_for(errand.work, person_id):
        told = json.loads(item.details)
        mine = item.kind in OF_A_SET and now.receipt == told.get("receipt")
        if mine and desk.settle(errand.work, item.id, "", how):
            items.update(errand, item, how.capitalize())
    case = panels.of(errand, now)
    if case is not None:
        asking.close(errand, case, actor)


def may_revise(errand: Errand, now: Submission) -> bool:
    """Whether the rounds leave another revision."""
    rules = errand.house.policy.on(candidacies.by_id(errand.work, now.candidacy_id).admitted_on)
    return reviews.next_step(now.round - 1, rules) is reviews.NextStep.REVISE


def _tell(errand: Errand, actor: str, now: Submission, what: str, subject: str, head: str, *rest: str) -> str:
    """`head` has the set and the receipt put in; the rest is told as it is. Whether it was told, for the office."""
    group = errand.house.competencies.named(now.set_id)
    audit.record(errand.work, actor, what, f"candidacy {now.candidacy_id}", {"receipt": now.receipt})
    text = "\n\n".join((head.format(group.name, now.receipt), *filter(None, rest)))
    person_id = candidacies.by_id(errand.work, now.candidacy_id).person_id
    return telling.reached(telling.tell(errand, person_id, text, subject=f"{group.name}: {subject}", matter=MATTER))


def _is_open(errand: Errand, now: Submission) -> bool:
    """Whether anything can be handed in again as it stands now."""
    return candidacies.by_id(errand.work, now.candidacy_id).state == "active"


def _as_it_is(errand: Errand, now: Submission) -> str:
    current = submissions.by_id(errand.work, now.id)
    return f"Receipt {now.receipt} is {current.state if current else 'gone'}; nothing was changed."
