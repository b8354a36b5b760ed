"""What the office does about a set that was handed in: evaluators are asked, by one tap or by name."""

import json
from collections.abc import Callable, Sequence

from handlers import package, roles
from handlers.desk.acting import REFUSED
from handlers.desk.kinds import Action, Kind, Outcome, refusal
from handlers.exchange import Errand
from handlers.review import asking, matching, panels
from handlers.review.panels import Case
from handlers.roles import Actor
from storage import people, submissions
from storage.desk import Item

LONGEST = 12_000  # characters of what is shown
SHOWN = 5
Act = Callable[[Errand, Actor, Case, str], Outcome]


def _case(errand: Errand, item: Item) -> Case | None:
    now = submissions.by_id(errand.work, int(json.loads(item.details).get("submission", 0)))
    return panels.of(errand, now) if now is not None else None


def _acting(act: Act) -> Callable[[Errand, Actor, Item, str], Outcome]:
    def run(errand: Errand, actor: Actor, item: Item, words: str) -> Outcome:
        if not roles.may_review(actor):
            return refusal(REFUSED)
        case = _case(errand, item)
        if case is None or case.panel.over:
            return refusal("That set is not to be reviewed any more.")
        return act(errand, actor, case, words)

    return run


def _ask(errand: Errand, actor: Actor, case: Case, _words: str) -> Outcome:
    """The first of the list are asked; whoever declines is followed by the next without another tap."""
    if not matching.suggested(errand, case):
        asking.fill(errand, case, actor.name)
        return refusal("Nobody may be asked just now; the item about it says which set lacks whom.")
    asked = asking.fill(errand, case, actor.name)
    names = [_name(errand, each.person_id) for each in asked.readers if each.seat == "asked"]
    return Outcome(f"Asked: {', '.join(names)}. Whoever declines is followed by the next.")


def _choose(errand: Errand, actor: Actor, case: Case, words: str) -> Outcome:
    """Evaluators by the numbers of the list, or by name; who may not be asked is refused with the reason."""
    listed = [each.expert.person_id for each in matching.suggested(errand, case)]
    asked: list[str] = []
    for said in filter(None, (each.strip() for each in words.replace(" and ", ",").split(","))):
        chosen = _meant(errand, case, listed, said)
        if isinstance(chosen, Outcome):
            return chosen
        following = asking.ask(errand, case, actor.name, chosen)
        if following is None:
            return refusal(f"No seat is left for {said}, or they were asked before.", again=True)
        case = following
        asked.append(_name(errand, chosen))
    return Outcome(f"Asked: {', '.join(asked)}.", settled=case.panel.open_seats < 1)


def _meant(errand: Errand, case: Case, listed: Sequence[int], said: str) -> int | Outcome:
    if said.isdecimal() and len(said) < 4:
        at = int(said)
        return listed[at - 1] if 1 <= at <= len(listed) else refusal(f"There is no {said} in the list.", again=True)
    named = people.by_name(errand.work, said)
    if len(named) != 1:
        return refusal(f"Who is {said}? A number of the list, or a whole name.", again=True)
    why = matching.why_not(errand, case, named[0])
    return refusal(f"{said} {why}.", again=True) if why else named[0]


def _package(errand: Errand, _actor: Actor, case: Case, _words: str) -> Outcome:
    return Outcome("\n".join(package.shown(errand, case.submission))[:LONGEST], settled=False)


def _name(errand: Errand, person_id: int) -> str:
    return people.named(errand.work, person_id) or f"person {person_id}"


def _tells(errand: Errand, item: Item) -> Sequence[str]:
    case = _case(errand, item)
    if case is None:
        return ()
    now, group = case.submission, errand.house.competencies.named(case.submission.set_id)
    unread, passed = len(json.loads(now.contents).get("unread", ())), json.loads(now.passed)
    lines = [f"{group.name}, round {now.round}: {now.state} (receipt {now.receipt}, review {case.review.reference})"]
    if unread:
        lines.append(f"Not read by me, attested by the candidate: {unread} of {len(package.links(now))} links")
    if passed:
        lines.append(f"Said to be not about them: {', '.join(passed)}")
    found = matching.suggested(errand, case)
    names = [f"{n}: {each.expert.name} ({each.why})" for n, each in enumerate(found[:SHOWN], 1)]
    more = [f"... and {len(found) - SHOWN} more"] if len(found) > SHOWN else []
    return [*lines, "Whom to ask, the best first:" if names else "Nobody may be asked just now.", *names, *more]


KIND = Kind(
    "Set handed in for review",
    (
        Action("ask", "Ask the first two", _acting(_ask)),
        Action("choose", "Choose them", _acting(_choose), "Which, by the numbers of the list or by name?", "1, 3"),
        Action("package", "Show what evaluators see", _acting(_package)),
    ),
    _tells,
)
