"""What a form has learned, finished or not, becomes dated facts of the person, filled in where the same is asked."""

import json
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from itertools import groupby

from flows import background
from flows.background import matter
from flows.dialog.correcting import OLD
from flows.dialog.play import Scene
from flows.dialog.question import matches
from flows.dialog.turn import Stage
from handlers.exchange import Exchange
from storage import conversations, people

KNOWN = "filled in"  # no question's key: what was filled in from earlier conversations (JSON: words and day by key)

Told = dict[str, tuple[str, date]]  # words, and the day they were said, by key


def known(ex: Exchange, wanted: Iterable[str], answers: Mapping[str, str]) -> Told:
    """What earlier conversations know of `wanted` (keys or `prefix*`) and `answers` do not say, nor say otherwise."""
    told = background.whole(_facts(ex))
    otherwise = {
        matter(key.removeprefix(OLD)) for key, words in answers.items() if key not in told or told[key][0] != words
    }
    return {
        key: fact for key, fact in told.items()
        if key not in answers and matches(key, wanted) and matter(key) not in otherwise
    }  # fmt: skip


def fill_in(ex: Exchange, number: int, told: Told, before: str = "{}") -> str:
    """Put what is known among a form's answers; all that was filled in there, `before` and now (JSON)."""
    if not told:
        return before
    filled = json.dumps(json.loads(before) | {key: (words, day.isoformat()) for key, (words, day) in told.items()})
    answers = {key: words for key, (words, _) in told.items()}
    conversations.put(ex.work, number, {**answers, KNOWN: filled}, "known")
    return filled


def still_known(filled_in: str, answers: Mapping[str, str]) -> dict[str, date]:
    """What was filled in and not corrected since, by key, with the day it was said."""
    filled: Mapping[str, tuple[str, str]] = json.loads(filled_in)
    return {key: date.fromisoformat(day) for key, (words, day) in filled.items() if answers.get(key) == words}


def keep(ex: Exchange, number: int, stage: Stage, scene: Scene) -> None:
    """Remember what was answered in this form, each answer with the day it was said.

    What is told of a matter takes the place of all that was known of it, unless that was said on a later day.
    """
    asked = {matter(key) for key in background.kept(dict.fromkeys(scene.path, ""))}
    if not asked:
        return
    said = conversations.said(ex.work, number)
    answers = {key: said[key] for key in background.kept(dict.fromkeys(scene.path, "")) if key in said}
    told = {key: (words, stage.facts.known.get(key) or ex.day(at)) for key, (words, at) in answers.items()}
    new = {matter(key) for key in told if key not in stage.facts.known}
    _replace(ex, {key: fact for key, fact in told.items() if matter(key) in new})


def forget(ex: Exchange, stage: Stage) -> None:
    """Forget the facts that are this form's answers, because the person takes them back."""
    answers = background.kept(stage.answers)
    facts = _facts(ex) if answers else {}
    about = {matter(key) for key, words in answers.items() if facts.get(key, ("",))[0] == words}
    people.forget_facts(ex.work, ex.speaker.person_id, [key for key in facts if matter(key) in about])


def _facts(ex: Exchange) -> Told:
    return people.facts(ex.work, ex.speaker.person_id, ex.today - timedelta(days=ex.rules.known_facts_days))


def _replace(ex: Exchange, told: Told) -> None:
    facts, person_id = _facts(ex), ex.speaker.person_id
    newest = {name: max(day for key, (_, day) in told.items() if matter(key) == name) for name in map(matter, told)}
    later = {matter(key) for key, (_, day) in facts.items() if matter(key) in newest and day > newest[matter(key)]}
    fresh = {key: fact for key, fact in told.items() if matter(key) not in later and facts.get(key) != fact}
    people.forget_facts(
        ex.work, person_id, [key for key in facts if matter(key) in newest.keys() - later and key not in told]
    )
    for day, facts_of_day in groupby(sorted(fresh.items(), key=_day), key=_day):
        people.remember(ex.work, person_id, {key: words for key, (words, _) in facts_of_day}, day)


def _day(fact: tuple[str, tuple[str, date]]) -> date:
    return fact[1][1]
