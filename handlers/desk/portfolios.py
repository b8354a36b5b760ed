"""What the office does about a set that was handed in: evaluators are asked, or what they said elsewhere is recorded.

Once somebody was asked by the assistant, the outcome is that of the review, and no longer recorded by hand.
"""

import json
import re
from collections.abc import Callable, Sequence

from flows.dialog.unclear import Unclear
from flows.program import references
from handlers import outcomes, package, roles
from handlers.desk import assigning
from handlers.desk.acting import REFUSED
from handlers.desk.kinds import Action, Kind, Outcome, refusal
from handlers.exchange import Errand
from handlers.review import asking, panels
from handlers.roles import Actor
from storage import submissions
from storage.desk import Item
from storage.submissions import Submission

NUMBERED = re.compile(r"\s*(all|\d[^:;\n]*?)(?:\s*[:;]\s*|\s[-–]\s+)(\S.*)", re.DOTALL | re.IGNORECASE)
HOW = "Please write it as “3, 7: what is asked for”, or “all: ...”."
LONGEST = 12_000  # characters of what is shown
Verb = Callable[[Errand, str, Submission, str], Outcome]
GOING_ON = ("submitted", "in review")


def _of(errand: Errand, item: Item) -> Submission | None:
    return submissions.by_id(errand.work, int(json.loads(item.details).get("submission", 0)))


def _in(*states: str) -> Callable[[Errand, Item], bool]:
    def applies(errand: Errand, item: Item) -> bool:
        now = _of(errand, item)
        return now is not None and now.state in states

    return applies


def _act(verb: Verb, *states: str) -> Callable[[Errand, Actor, Item, str], Outcome]:
    """What the staff may do about a set in one of these states (any, where none is named)."""

    def act(errand: Errand, actor: Actor, item: Item, words: str) -> Outcome:
        now = _of(errand, item)
        if not roles.may_review(actor):
            return refusal(REFUSED)
        if now is None:
            return refusal("There is no such submission.")
        if states and now.state not in states:
            return refusal(f"Receipt {now.receipt} is {now.state}.")
        case = panels.of(errand, now)
        if states and case is not None and case.readers:
            return refusal("Evaluators were asked to read it, so its outcome is theirs.")
        done = verb(errand, actor.name, now, words)
        if case is not None and done.settled:
            asking.close(errand, case, actor.name)
        return done

    return act


def _begin(errand: Errand, actor: str, now: Submission, _words: str) -> Outcome:
    return Outcome(outcomes.begin(errand, actor, now), settled=False)


def _met(errand: Errand, actor: str, now: Submission, _words: str) -> Outcome:
    return Outcome(outcomes.met(errand, actor, now))


def _not_met(errand: Errand, actor: str, now: Submission, words: str) -> Outcome:
    return Outcome(outcomes.not_met(errand, actor, now, words))


def _revise(errand: Errand, actor: str, now: Submission, words: str) -> Outcome:
    told = NUMBERED.fullmatch(words)
    if not outcomes.may_revise(errand, now):
        return refusal("The rounds of revision are used up; only `met` and `not met` are left.")
    if told is None:
        return refusal(HOW, again=True)
    try:
        asked = references.read(told[1], errand.house.competencies, now.set_id) if told[1].lower() != "all" else ()
    except Unclear as hint:
        return refusal(f"{hint} {HOW}", again=True)
    numbers = sorted(number for _, number in asked)
    known = {each["number"] for each in json.loads(now.contents)["competencies"]}
    if strange := [each for each in numbers if each not in known]:
        return refusal(f"There is no competency {strange[0]} in it. {HOW}", again=True)
    return Outcome(outcomes.revise(errand, actor, now, numbers, told[2].strip()))


def _package(errand: Errand, _actor: str, now: Submission, _words: str) -> Outcome:
    return Outcome("\n".join(package.shown(errand, now))[:LONGEST], settled=False)


def _tells(errand: Errand, item: Item) -> Sequence[str]:
    now = _of(errand, item)
    if now is None:
        return ()
    contents = json.loads(now.contents)
    group = errand.house.competencies.named(now.set_id)
    unread = len(contents.get("unread", ()))
    passed = json.loads(now.passed)
    lines = [f"{group.name}, round {now.round}: {now.state} (receipt {now.receipt})"]
    lines += (
        [f"Not read by me, attested by the candidate: {unread} of {len(package.links(now))} links"] if unread else []
    )
    lines += [f"Said to be not about them: {', '.join(passed)}"] if passed else []
    case = assigning.case_of(errand, item)
    return [*lines, *(assigning.tells(errand, case) if case is not None else [])]


WHY = "What shall the candidate be told? No names, please."
KIND = Kind(
    "Set handed in for review",
    (
        *assigning.ACTIONS,
        Action("begin", "Begin the review", _act(_begin, "submitted"), applies=_in("submitted")),
        Action("package", "Show what evaluators see", _act(_package)),
        Action("met", "Met", _act(_met, *GOING_ON), applies=_in(*GOING_ON)),
        Action(
            "revise",
            "Ask to revise",
            _act(_revise, *GOING_ON),
            "Which competencies, and what is asked for?",
            "3, 7: please add a link",
        ),
        Action("not met", "Not met", _act(_not_met, *GOING_ON), WHY, "The evidence does not show the competencies."),
    ),
    _tells,
)
