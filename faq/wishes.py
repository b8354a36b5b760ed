"""What the program wishes of its answers, and the bands that come nearest to it on messages nobody fitted them to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from faq.bands import NOT_OURS, ONE, TITLES, TWO, Bands
from faq.gates import Judged, Row, fit_gates
from faq.matcher import Floats
from faq.standing import Classes, stand

# What an outcome is worth, a right answer at once being 1. These are decisions of the program, as its fee is one:
# they say what is wished; how sure is sure enough for it is fitted.
OFFERED = 0.25
HALF = 0.5
WRONG = -0.5
# A second answer where the first would have done: two are told when one message in fifteen needs the second.
NEEDLESS = -1 / 15
# A polite "that is not us" about something else than was asked: it hides that a person could help.
MISFIT = -1.5
# The shares of wrong answers, of foreign questions answered, of mere choices of titles, and of such choices for foreign
# questions that the program bears; each message beyond them costs as much as a right answer is worth.
MOST_WRONG = 0.04
MOST_FOREIGN = 0.04
MOST_OFFERED = 0.13
MOST_IN_VAIN = 0.33

FOLDS = 5
STEPS = (*(step / 20 for step in range(1, 20)), 0.97, 0.99)
SWEEPS = 6

Value = Callable[[Bands], float]


@dataclass(frozen=True)
class Tried:
    """A message, judged whole and in its questions by gates that were fitted without it."""

    row: Row
    whole: Judged
    parts: tuple[Judged, ...]


@dataclass(frozen=True)
class Trials:
    """Messages that ask one thing at most, as columns; `listed`: a title among the three offered is right."""

    alone: Floats
    pair: Floats
    ours: Floats
    first: NDArray[np.bool_]
    either: NDArray[np.bool_]
    listed: NDArray[np.bool_]
    asked: NDArray[np.bool_]
    worth: Floats


def fit(phrasings: Sequence[Row], labelled: Sequence[Row], known: Classes, weights: Floats) -> Bands:
    """The bands with the most worth.

    Labelled messages say what people ask; only where there are none do the entries' own phrasings, which are harder
    because each is tried without a fifth of its siblings. What is not ours is learned from both.
    """
    tried = judged([*phrasings, *labelled], known, weights)
    people = tried[len(phrasings) :] or tried
    foreign = [each for each in tried if not each.row.facts and not each.row.is_smalltalk(known)]
    alone = [each for each in people if len(each.row.facts) == 1] + foreign
    bands = _averaged(alone, lambda some: single_value(columns(some)), Bands(), ("sure", "torn", "told", "offered"))
    several = [each for each in people if len(each.parts) > 1]
    bands = _averaged(several, _double_value, bands, ("part", "part_ours"))
    return replace(bands, other=_other(tried[: len(phrasings)], bands))


def judged(rows: Sequence[Row], known: Classes, weights: Floats) -> list[Tried]:
    """Every message judged by gates fitted to the other folds; the few weights of the features are shared."""
    standing = [stand(row.features, weights, known, row.words) for row in rows]
    tried: dict[int, Tried] = {}
    for fold in range(FOLDS):
        learned = [place for place, row in enumerate(rows) if place % FOLDS != fold and len(row.facts) < 2]
        gates = fit_gates([rows[place] for place in learned], [standing[place] for place in learned])
        for place in range(fold, len(rows), FOLDS):
            parts = (stand(features, weights, known, words) for features, words in rows[place].parts)
            tried[place] = Tried(rows[place], gates.judge(standing[place]), tuple(gates.judge(part) for part in parts))
    return [tried[place] for place in range(len(rows))]


def columns(tried: Sequence[Tried]) -> Trials:
    """What the search needs of each message."""
    held = [each.row.held for each in tried]
    standing = [each.whole.standing for each in tried]
    first = np.array([mask[each.first] for mask, each in zip(held, standing, strict=True)], np.bool_)
    return Trials(
        np.array([each.whole.alone for each in tried]),
        np.array([each.whole.pair for each in tried]),
        np.array([each.whole.ours for each in tried]),
        first,
        np.array([mask[list(each.two)].any() for mask, each in zip(held, standing, strict=True)], np.bool_),
        np.array([mask[list(each.best)].any() for mask, each in zip(held, standing, strict=True)], np.bool_),
        np.array([bool(each.row.facts) for each in tried], np.bool_),
        np.array([each.row.worth for each in tried]),
    )


def _averaged(
    tried: Sequence[Tried], valued: Callable[[Sequence[Tried]], Value], start: Bands, names: Sequence[str]
) -> Bands:
    """The mean of what each four fifths of the messages find best, so that no few messages decide."""
    if not tried:
        return start
    found = [
        climb(valued([each for place, each in enumerate(tried) if place % FOLDS != fold]), start, names)
        for fold in range(FOLDS)
    ]
    return replace(start, **{name: float(np.mean([getattr(each, name) for each in found])) for name in names})


def climb(value: Value, start: Bands, names: Sequence[str]) -> Bands:
    """Moves one band after the other to the middle of where it is best, until nothing is gained."""
    here, best = start, value(start)
    for _ in range(SWEEPS):
        before = best
        for name in names:
            values = [value(replace(here, **{name: step})) for step in STEPS]
            if max(values) >= best:
                best = max(values)
                tops = [step for step, each in zip(STEPS, values, strict=True) if each == best]
                here = replace(here, **{name: tops[len(tops) // 2]})
        if best == before:
            break
    return here


def single_value(given: Trials) -> Value:
    """What bands are worth on messages that ask one thing at most: what the program wishes, in one figure."""
    asked, foreign = given.asked * given.worth, ~given.asked * given.worth

    def value(bands: Bands) -> float:
        verdict = bands.verdict(given.alone, given.pair, given.ours)
        one, two, titles = (verdict == kind for kind in (ONE, TWO, TITLES))
        right = one & given.first | two & given.either
        wrong, offered = _share((one | two) & ~right, asked), _share(titles, asked)
        answered = _share(one | two, foreign)
        vain = _share(titles, foreign)
        beyond = ((wrong, MOST_WRONG), (answered, MOST_FOREIGN), (offered, MOST_OFFERED), (vain, MOST_IN_VAIN))
        return (
            _share(right, asked)
            + OFFERED * _share(titles & given.listed, asked)
            + NEEDLESS * _share(two & given.first, asked)
            - sum(max(0.0, share - most) for share, most in beyond)
        )

    return value


def _share(chosen: NDArray[np.bool_], weights: Floats) -> float:
    return float(chosen @ weights) / max(float(weights.sum()), 1e-9)


def _double_value(tried: Sequence[Tried]) -> Value:
    return lambda bands: sum(outcome(each, bands) for each in tried) / max(len(tried), 1)


def outcome(tried: Tried, bands: Bands) -> float:
    """What the reply to one message is worth."""
    whole, facts = tried.whole, tried.row.facts
    places = tuple(bands.halves(tried.parts))
    kind = TWO if places else int(bands.verdict(whole.alone, whole.pair, whole.ours))
    if not places and kind in (ONE, TWO):
        places = whole.standing.best[: 1 + kind]
    if not facts:
        return WRONG if places else 0.0
    if not places:
        listed = any(fact[list(whole.standing.best)].any() for fact in facts)
        return OFFERED if kind == TITLES and listed else 0.0
    held = [bool(fact[list(places)].any()) for fact in facts]
    needless = NEEDLESS if len(facts) == 1 and len(places) == 2 else 0.0
    return (1.0 if all(held) else HALF if any(held) else WRONG) + needless


def _other(tried: Sequence[Tried], bands: Bands) -> float:
    """From which closeness on the nearest polite "that is not us" fits.

    One that fits is worth 1.
    """
    judged = [each for each in tried if bands.verdict(each.whole.alone, each.whole.pair, each.whole.ours) == NOT_OURS]
    rows = sorted((each.whole.standing.other_near, bool(each.row.right[each.whole.standing.other])) for each in judged)
    gains = np.cumsum([0, *(1 if fits else MISFIT for _, fits in reversed(rows))])[::-1]
    edges = [0.0, *((lower + upper) / 2 for (lower, _), (upper, _) in pairwise(rows)), 1.0]
    return float(edges[int(gains.argmax())]) if rows else bands.other
