"""Evaluators are asked to read a set that was handed in: the best by one tap, or those whom the office names."""

import json
from collections.abc import Callable, Sequence

from handlers import roles
from handlers.desk.acting import REFUSED
from handlers.desk.kinds import Action, Outcome, refusal
from handlers.exchange import Errand
from handlers.review import asking, matching, panels
from handlers.review.panels import Case
from handlers.roles import Actor
from storage import people, submissions
from storage.desk import Item

SHOWN = 5
Act = Callable[[Errand, Actor, Case, str], Outcome]


def case_of(errand: Errand, item: Item) -> Case | None:
    """The review of the set that an item is about."""
    now = submissions.by_id(errand.work, int(json.loads(item.details).get("submission", 0)))
    return panels.of(errand, now) if now is not None else None


def _acting(act: Act) -> Callable[[Errand, Actor, Item, str], Outcome]:
    def run(errand: Errand, actor: Actor, item: Item, words: str) -> Outcome:
        if not roles.may_review(actor):
            return refusal(REFUSED)
        case = case_of(errand, item)
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
    now = [each.person_id for each in asked.readers if each.seat == "asked"]
    return Outcome(f"{_told(errand, asked, now)}. Whoever declines is followed by the next.")


def _choose(errand: Errand, actor: Actor, case: Case, words: str) -> Outcome:
    """Evaluators by the numbers of the list, or by name; who may not be asked is refused with the reason."""
    listed = [each.expert.person_id for each in matching.suggested(errand, case)]
    named = list(filter(None, (each.strip() for each in words.replace(" and ", ",").split(","))))
    if len(named) > case.panel.open_seats:
        return refusal(f"Only {case.panel.open_seats} can be asked now.", again=True)
    chosen: list[int] = []
    for said in named:
        meant = _meant(errand, case, listed, said)
        if isinstance(meant, Outcome):
            return meant
        if meant in chosen:
            return refusal(f"{said} is named twice.", again=True)
        chosen.append(meant)
    for each in chosen:  # nobody is asked before all of them may be
        case = asking.ask(errand, case, actor.name, each) or case
    return Outcome(f"{_told(errand, case, chosen)}.", settled=case.panel.open_seats < 1)


def _meant(errand: Errand, case: Case, listed: Sequence[int], said: str) -> int | Outcome:
    if said.isdecimal() and len(said) < 4:
        at = int(said)
        return listed[at - 1] if 1 <= at <= len(listed) else refusal(f"There is no {said} in the list.", again=True)
    named = people.by_name(errand.work, said)
    if len(named) != 1:
        return refusal(f"Who is {said}? A number of the list, or a whole name.", again=True)
    why = matching.why_not(errand, case, named[0])
    return refusal(f"{said} {why}.", again=True) if why else named[0]


def _told(errand: Errand, case: Case, chosen: Sequence[int]) -> str:
    """Who was asked, and who of them cannot be reached."""
    lost = [each for each in chosen if (reader := case.reader(each)) is not None and reader.seat == "lapsed"]
    asked = ", ".join(_name(errand, each) for each in chosen if each not in lost) or "nobody"
    return f"Asked: {asked}" + (
        f"; cannot be reached: {', '.join(_name(errand, each) for each in lost)}" if lost else ""
    )


def _name(errand: Errand, person_id: int) -> str:
    return people.named(errand.work, person_id) or f"person {person_id}"


def tells(errand: Errand, case: Case) -> list[str]:
    """Whom to ask, for the item; nothing while the program has no evaluator for the set."""
    found = matching.suggested(errand, case) if case.panel.open_seats else []
    names = [f"{n}: {each.expert.name} ({each.why})" for n, each in enumerate(found[:SHOWN], 1)]
    more = [f"... and {len(found) - SHOWN} more"] if len(found) > SHOWN else []
    return ["Whom to ask, the best first:", *names, *more] if names else []


def _may_ask(errand: Errand, item: Item) -> bool:
    case = case_of(errand, item)
    return case is not None and case.panel.open_seats > 0 and bool(matching.suggested(errand, case))


ACTIONS = (
    Action("ask", "Ask the first of them", _acting(_ask), applies=_may_ask),
    Action(
        "choose",
        "Choose them",
        _acting(_choose),
        "Which, by the numbers of the list or by name?",
        "1, 3",
        applies=_may_ask,
    ),
)
