"""What the assessments of a review come to, and what the office makes of them for the candidate."""

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta

from flows.dialog import dates
from flows.dialog.unclear import Unclear
from flows.program import blindness
from flows.program.blindness import Finding
from flows.program.panel import Event, Verb
from flows.program.reviews import Rating, ReviewOutcome
from handlers import outcomes, package, roles
from handlers.desk import items
from handlers.desk.acting import REFUSED
from handlers.desk.kinds import Action, Kind, Outcome, refusal
from handlers.exchange import Errand
from handlers.review import asking, committee, panels
from handlers.review.asking import ASSISTANT
from handlers.review.panels import Case
from handlers.roles import Actor
from storage import desk, evaluators, reviews
from storage.desk import Item
from storage.reviews import Reader

TO_RELEASE = "outcome to release"  # the kind of desk item
PATIENCE = timedelta(days=3)  # with a reader who is late
DECIDED = {
    ReviewOutcome.COMPLETE: "Review {} is decided: the set is complete. Thank you; candidates depend on your reading.",
    ReviewOutcome.NOT_MET: "Review {} is decided: the set was not found met, and the candidate is told what to do"
    " next. Thank you; comments like yours help.",
}
SUMMED_UP = "They are merged here without names; please read them before they go: nothing may tell who wrote."
LOOK_AT = "This may tell who wrote the comments: {}."
NUMBERED = re.compile(r"\s*(all|\d{1,3}(?:\s*(?:,|and|&)\s*\d{1,3})*)\s*(?:by|until|before)\s+(\S.*)", re.IGNORECASE)
HOW = "Please write it as “3, 7 by 15 March 2027”, or “all by 15 March 2027”."


def conclude(errand: Errand) -> int:
    """Reviews whose last assessment can be undone no more: their outcome, or the committee's question. How many."""
    before = errand.work.now - timedelta(minutes=errand.rules.undo_minutes)
    return sum(_concluded(errand, each) for each in reviews.assessed(errand.work, before))


def _concluded(errand: Errand, review_id: int) -> bool:
    case = panels.load(errand, review_id)
    if case is None or case.panel.over:
        return False
    came_to = case.panel.outcome
    if came_to is ReviewOutcome.THIRD_READER:
        return not case.review.allowed and committee.ask_for_third(errand, case)
    done = panels.happens(errand, case, ASSISTANT, Event(Verb.CONCLUDE))
    if done is None:
        return False
    for each in _let_go(case, done):
        asking.tell(errand, done, each, asking.NOT_NEEDED.format(case.review.reference))
    for each in _counted(done):
        other = _others(errand, done, each) if case.rules.other_assessment_shown else ""
        asking.tell(errand, done, each, f"{DECIDED[came_to].format(case.review.reference)}{other}")
    asking.tidy(errand, done)
    if came_to is ReviewOutcome.COMPLETE:
        outcomes.met(errand, ASSISTANT, case.submission)
    else:
        _to_release(errand, done)
    return True


def _others(errand: Errand, case: Case, me: Reader) -> str:
    """What the others said, without a word of who they are; only after the outcome, where the policy says so."""
    told = []
    for each in _counted(case):
        if each.id != me.id:
            said = reviews.ratings(errand.work, each.id).items()
            comments = [f"{number}: {comment}" for number, (rating, comment) in said if rating != Rating.MET.value]
            told.append(f"\n\nAnother assessment: {'. '.join([each.word, *comments])}")
    return "".join(told)


def _let_go(before: Case, after: Case) -> list[Reader]:
    return [b for b, a in zip(before.readers, after.readers, strict=True) if b.seat != a.seat]


def _counted(case: Case) -> list[Reader]:
    return [each for each in case.readers if each.seat == "assessed"]


def _to_release(errand: Errand, case: Case) -> None:
    """The merged comments wait for somebody of the office, or who chairs the committee, and never go unread."""
    draft = merged(errand, case)
    due = errand.today + timedelta(days=case.rules.release_days)
    reviews.save(errand.work, replace(case.review, draft=draft, draft_due=due))
    group = errand.house.competencies.named(case.submission.set_id)
    details = {"set": group.name, "receipt": case.submission.receipt, "_review": str(case.review.id)}
    number = items.add(errand, TO_RELEASE, case.candidacy.person_id, details)
    item, chair = desk.by_id(errand.work, number), committee.chair(errand)
    if item is not None and chair is not None and chair not in committee.of_the_panel(case):
        items.show_to(errand, item, chair)


def merged(errand: Errand, case: Case) -> str:
    """What the evaluators who found it not met said, by competency, without a word of who said it."""
    said: dict[int, list[str]] = {}
    for each in _counted(case):
        for number, (rating, comment) in reviews.ratings(errand.work, each.id).items():
            if rating != Rating.MET.value and comment and comment not in said.get(number, ()):
                said.setdefault(number, []).append(comment)
    return "\n".join(f"{number}: {' '.join(_sentence(each) for each in said[number])}" for number in sorted(said))


def _sentence(words: str) -> str:
    words = words[:1].upper() + words[1:]
    return words if words.endswith((".", "!", "?")) else f"{words}."


def watch(errand: Errand) -> int:
    """Readers who are late, and outcomes that nobody released, are put to the desk: how many of both."""
    done = 0
    for each in reviews.to_assess(errand.work, errand.today - PATIENCE):
        case = panels.load(errand, each.review_id)
        reader = case.reader(each.person_id) if case is not None else None
        if case is not None and reader is not None and reader.seat == "reading" and not reader.late:
            done += _late(errand, case, reader)
    for review_id in reviews.drafts(errand.work, errand.today):
        done += _not_released(errand, review_id)
    return done


def _late(errand: Errand, case: Case, reader: Reader) -> bool:
    panels.note(errand, reader, late=True)
    due = reader.due.isoformat() if reader.due is not None else ""
    details = {"review": case.review.reference, "was due": due}
    details |= {"_review": str(case.review.id), "_reader": str(reader.person_id)}
    items.add(errand, asking.LATE, reader.person_id, details)
    return True


def _not_released(errand: Errand, review_id: int) -> bool:
    """A line below its item, each day from the policy's day on."""
    case = panels.load(errand, review_id)
    item = _item(errand, case) if case is not None else None
    if case is None or item is None:
        return False
    reviews.save(errand.work, replace(case.review, draft_due=errand.today + timedelta(days=1)))
    items.remind(errand, item, f"The candidate of receipt {case.submission.receipt} still waits for this outcome.")
    return True


def _item(errand: Errand, case: Case) -> Item | None:
    mine = desk.open_for(errand.work, case.candidacy.person_id)
    about = (each for each in mine if each.kind == TO_RELEASE)
    return next((each for each in about if json.loads(each.details)["_review"] == str(case.review.id)), None)


def _case(errand: Errand, item: Item) -> Case | None:
    return panels.load(errand, int(json.loads(item.details)["_review"]))


Act = Callable[[Errand, Actor, Case, str], Outcome]


def _releasing(act: Act) -> Callable[[Errand, Actor, Item, str], Outcome]:
    """Something done about an outcome that is not released yet, by the staff or whoever chairs the committee."""

    def run(errand: Errand, actor: Actor, item: Item, words: str) -> Outcome:
        if not roles.may_release(actor):
            return refusal(REFUSED)
        case = _case(errand, item)
        if case is not None and not roles.may_use_desk(actor) and actor.person_id in committee.of_the_panel(case):
            return refusal(committee.CONFLICT)
        if case is None or case.review.state != "concluded":
            return refusal("That outcome is released already, or the set was taken back; nothing was changed.")
        if act is not _edit and (blocking := [each for each in _gives_away(errand, case) if each.blocking]):
            return refusal(
                f"{LOOK_AT.format(blindness.summary(blocking))} `settle {item.id} edit` changes the comments."
            )
        return act(errand, actor, case, words)

    return run


def _edit(errand: Errand, _actor: Actor, case: Case, words: str) -> Outcome:
    reviews.save(errand.work, replace(case.review, draft=words))
    return Outcome(f"The comments are changed; nothing was sent yet.\n{words}", settled=False)


def _asked_again(verb: str) -> Act:
    def act(errand: Errand, actor: Actor, case: Case, words: str) -> Outcome:
        if not outcomes.may_revise(errand, case.submission):
            return refusal("The rounds of revision are used up; only `course` is left.")
        told = NUMBERED.fullmatch(words)
        if told is None:
            return refusal(HOW, again=True)
        numbers = [] if told[1].lower() == "all" else [int(each) for each in re.findall(r"\d+", told[1])]
        known = {each["number"] for each in json.loads(case.submission.contents)["competencies"]}
        if strange := [each for each in numbers if each not in known]:
            return refusal(f"There is no competency {strange[0]} in it. {HOW}", again=True)
        try:
            until = dates.read_day(told[2], errand.today, earliest=errand.today + timedelta(days=1))
        except Unclear as hint:
            return refusal(str(hint), again=True)
        words = _about(case.review.draft, numbers)
        said = outcomes.revise(errand, actor.name, case.submission, numbers, words, verb, until)
        return _released(errand, case, said)

    return act


def _about(draft: str, numbers: Sequence[int]) -> str:
    """The comments on these competencies, with the lines below each, and what stands before the first."""
    kept, keeps = list[str](), True
    for line in draft.splitlines():
        if found := re.match(r"(\d{1,3}):", line):
            keeps = not numbers or int(found[1]) in numbers
        kept += [line] if keeps else []
    return "\n".join(kept)


def _course(errand: Errand, actor: Actor, case: Case, _words: str) -> Outcome:
    return _released(errand, case, outcomes.not_met(errand, actor.name, case.submission, case.review.draft))


def _released(errand: Errand, case: Case, said: str) -> Outcome:
    reviews.save(errand.work, replace(case.review, state="released", draft_due=None))
    return Outcome(said)


def _gives_away(errand: Errand, case: Case) -> tuple[Finding, ...]:
    """What in the comments tells who wrote them."""
    found = list[Finding]()
    for each in _counted(case):
        known = evaluators.find(errand.work, each.person_id)
        who = package.identity(errand, each.person_id)
        places = tuple(filter(None, (known.workplace if known is not None else "").split(";")))
        found += blindness.find(case.review.draft, replace(who, employers=(*who.employers, *places)), "the comments")
    return tuple(found)


def _tells(errand: Errand, item: Item) -> Sequence[str]:
    case = _case(errand, item)
    if case is None:
        return ()
    group = errand.house.competencies.named(case.submission.set_id)
    head = f"{group.name}, round {case.submission.round} (receipt {case.submission.receipt}): not found met"
    rounds = "" if outcomes.may_revise(errand, case.submission) else "The rounds of revision are used up."
    found = _gives_away(errand, case)
    wrong = LOOK_AT.format(blindness.summary(found)) if found else ""
    return [head, *filter(None, [rounds, wrong]), f"The comments. {SUMMED_UP}", case.review.draft or "(none)"]


def _may_revise(errand: Errand, item: Item) -> bool:
    case = _case(errand, item)
    return case is not None and outcomes.may_revise(errand, case.submission)


EXAMPLE = "3, 7 by 15 March 2027"
AGAIN = (("revise", "Ask to revise", "revise"), ("add", "Ask to add", "add to"))
RELEASE = Kind(
    "Outcome to release",
    (
        *(
            Action(key, label, _releasing(_asked_again(verb)), "Which, and by when?", EXAMPLE, applies=_may_revise)
            for key, label, verb in AGAIN
        ),
        Action("course", "Advise a course", _releasing(_course)),
        Action("edit", "Change the comments", _releasing(_edit), "What shall the candidate read instead?", "3: ..."),
    ),
    _tells,
    for_the_chair=True,
)


def _give_up(errand: Errand, actor: Actor, item: Item, _note: str) -> Outcome:
    """Whoever is late is released, and the next is asked."""
    if not roles.may_review(actor):
        return refusal(REFUSED)
    case, reader = _case(errand, item), int(json.loads(item.details)["_reader"])
    event = Event(Verb.RELEASE, reader)
    late = case.reader(reader) if case is not None else None
    if case is None or late is None or late.seat != "reading":
        return Outcome("That reader has finished or is off it already; nothing was changed.")
    released = panels.happens(errand, case, actor.name, event, why="late")
    if released is None:
        return Outcome("That review is decided already; nothing was changed.")
    asking.tell(errand, released, late, asking.NOT_NEEDED.format(case.review.reference))
    asking.fill(errand, released, actor.name)
    return Outcome(f"Review {case.review.reference} is taken back from them, and the next is asked.")


def _wait(_errand: Errand, _actor: Actor, item: Item, _note: str) -> Outcome:
    return Outcome(f"#{item.id} waits for them; the review stays theirs.")


OVERDUE_KIND = Kind(
    "Review that is late",
    (Action("next", "Ask the next", _give_up), Action("wait", "Wait", _wait)),
    lambda _errand, item: [f"{k.capitalize()}: {v}" for k, v in json.loads(item.details).items() if k[0] != "_"],
)
