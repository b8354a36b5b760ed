"""What the office does about a set that was handed in, until evaluators are asked by the assistant itself."""

import json
import re
from collections.abc import Callable, Sequence

from handlers import outcomes, package
from handlers.desk.kinds import Action, Kind, Outcome, refusal
from handlers.exchange import Errand
from handlers.roles import Actor
from storage import submissions
from storage.desk import Item
from storage.submissions import Submission

NUMBERED = re.compile(r"\s*(all|\d{1,3}(?:\s*(?:,|and|&)\s*\d{1,3})*)\s*[:;-]\s*(\S.*)", re.DOTALL | re.IGNORECASE)
HOW = "Please write it as “3, 7: what is asked for”, or “all: ...”."
LONGEST = 12_000  # characters of what is shown
Verb = Callable[[Errand, str, Submission, str], str]


def _of(errand: Errand, item: Item) -> Submission | None:
    return submissions.by_id(errand.work, int(json.loads(item.details).get("submission", 0)))


def _in(*states: str) -> Callable[[Errand, Item], bool]:
    def applies(errand: Errand, item: Item) -> bool:
        now = _of(errand, item)
        return now is not None and now.state in states

    return applies


def _act(verb: Verb) -> Callable[[Errand, Actor, Item, str], Outcome]:
    def act(errand: Errand, actor: Actor, item: Item, words: str) -> Outcome:
        now = _of(errand, item)
        if now is None or now.state not in ("submitted", "in review"):
            return refusal(f"Receipt {now.receipt} is {now.state}." if now else "There is no such submission.")
        return Outcome(verb(errand, actor.name, now, words))

    return act


def _begin(errand: Errand, actor: Actor, item: Item, _words: str) -> Outcome:
    now = _of(errand, item)
    if now is None or now.state != "submitted":
        return refusal(f"Receipt {now.receipt} is {now.state}." if now else "There is no such submission.")
    return Outcome(outcomes.begin(errand, actor.name, now), settled=False)


def _revise(errand: Errand, actor: Actor, item: Item, words: str) -> Outcome:
    now, told = _of(errand, item), NUMBERED.fullmatch(words)
    if now is None or now.state not in ("submitted", "in review"):
        return refusal(f"Receipt {now.receipt} is {now.state}." if now else "There is no such submission.")
    if not outcomes.may_revise(errand, now):
        return refusal("The rounds of revision are used up; only `met` and `not met` are left.")
    if told is None:
        return refusal(HOW, again=True)
    numbers = [int(each) for each in re.findall(r"\d+", told[1])]
    known = {each["number"] for each in json.loads(now.contents)["competencies"]}
    if strange := [each for each in numbers if each not in known]:
        return refusal(f"There is no competency {strange[0]} in it. {HOW}", again=True)
    return Outcome(outcomes.revise(errand, actor.name, now, numbers, told[2].strip()))


def _package(errand: Errand, _actor: Actor, item: Item, _words: str) -> Outcome:
    now = _of(errand, item)
    if now is None:
        return refusal("There is no such submission.")
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
    return [*lines, *([f"Said to be not about them: {', '.join(passed)}"] if passed else [])]


def _met(errand: Errand, actor: str, now: Submission, _words: str) -> str:
    return outcomes.met(errand, actor, now)


WHY = "What shall the candidate be told? No names, please."
KIND = Kind(
    "Set handed in for review",
    (
        Action("begin", "Begin the review", _begin, applies=_in("submitted")),
        Action("package", "Show what evaluators see", _package),
        Action("met", "Met", _act(_met), applies=_in("submitted", "in review")),
        Action(
            "revise", "Ask to revise", _revise, "Which competencies, and what is asked for?", "3, 7: please add a link"
        ),
        Action("not met", "Not met", _act(outcomes.not_met), WHY, "The evidence does not show the competencies."),
    ),
    _tells,
)
