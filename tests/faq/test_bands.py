"""What a judged message is given, and how the bands for it are found."""

from dataclasses import replace

import numpy as np
import pytest

from faq import wishes
from faq.bands import NOT_OURS, ONE, TITLES, TWO, Bands
from faq.gates import Judged, Row, borne_out
from faq.matcher import FEATURES
from faq.standing import Classes, Standing, stand

BANDS = Bands(sure=0.8, torn=0.6, told=0.7, offered=0.2, part=0.5, part_ours=0.5)
NONE = np.zeros(len(FEATURES))
ANSWERS = np.array([True, True, True, False])
KNOWN = Classes(ANSWERS, ~ANSWERS, np.diag([1.0, 1.0, 1.0, 0.0]))


def judged(first: int, alone: float = 0.9, ours: float = 0.9) -> Judged:
    return Judged(Standing((first, 2, 1), 3, 0.9, NONE), alone, 0.95, ours)


def row(*facts: int, scores: tuple[float, ...] = (0.0, 0.0, 0.0, 0.0)) -> Row:
    features = np.zeros((4, len(FEATURES)))
    features[:, 0] = scores
    masks = tuple(np.arange(4) == fact for fact in facts)
    return Row(features, 4, np.logical_or.reduce(masks) if masks else np.arange(4) == 3, masks, 1.0)


GIVEN = {(0.9, 0.9, 0.9): ONE, (0.7, 0.7, 0.9): TWO, (0.7, 0.5, 0.9): TITLES, (0.9, 0.9, 0.6): TITLES, (1.0, 1.0, 0.1): NOT_OURS}  # fmt: skip


@pytest.mark.parametrize(("chances", "told"), GIVEN.items(), ids=map(str, GIVEN))
def test_each_band_decides_what_is_given(chances: tuple[float, float, float], told: int) -> None:
    assert int(BANDS.verdict(*chances)) == told


def test_many_messages_are_given_what_each_alone_would_be() -> None:
    alone, pair, ours = (np.array(column) for column in zip(*GIVEN, strict=True))
    assert BANDS.verdict(alone, pair, ours).tolist() == list(GIVEN.values())


def test_a_double_question_has_two_halves_in_the_order_asked_and_never_one_twice() -> None:
    assert list(BANDS.halves([judged(1, 0.7), judged(0, 0.9)])) == [1, 0]
    assert list(BANDS.halves([judged(1, 0.6), judged(0, 0.9), judged(2, 0.7)])) == [0, 2]
    assert [BANDS.halves(parts) for parts in ([judged(1), judged(1)], [judged(1), judged(0, ours=0.4)], [])] == [{}] * 3


def test_the_best_three_each_add_to_those_before() -> None:
    """Class 1 tells what 0 tells: beside 0 it adds least, though by itself it is more probable than 2."""
    serves = KNOWN.serves.copy()
    serves[1, 0] = serves[0, 1] = 0.9
    scores = np.zeros((4, len(FEATURES)))
    scores[:, 0] = (3.0, 2.9, 2.0, 0.0)
    weights = np.zeros(len(FEATURES))
    weights[0] = 1.0
    assert stand(scores, weights, replace(KNOWN, serves=serves), 4).best == (0, 2, 1)


def test_a_neighbour_is_trusted_as_far_as_labelled_messages_bear_it_out() -> None:
    serves = KNOWN.serves.copy()
    serves[1, 0] = serves[2, 0] = 1.0
    known = replace(KNOWN, serves=serves)
    message = row(0, scores=(1.0, 0.5, 0.0, 0.0))
    half = replace(message, facts=(np.array([True, True, False, False]),))
    assert [borne_out(rows, known) for rows in ([], [message], [half] * 8)] == [0.5, 1 / 4, 9 / 18]
    assert known.trusting(0.25).serves.tolist() == [[1, 0, 0, 0], [0.25, 1, 0, 0], [0.25, 0, 1, 0], [0, 0, 0, 0]]


def trials(right_from: float, *, foreign_to: float) -> wishes.Trials:
    """A hundred messages of ours, right where the gate says so, and a hundred foreign ones that look less like ours."""
    chance, none = np.linspace(0.01, 1, 100), np.zeros(100, np.bool_)
    right = chance >= right_from
    return wishes.Trials(
        alone=np.concatenate([chance, chance]),
        pair=np.concatenate([chance, chance]),
        ours=np.concatenate([np.full(100, 0.95), chance * foreign_to]),
        first=np.concatenate([right, none]),
        either=np.concatenate([right, none]),
        listed=np.concatenate([~none, none]),
        asked=np.concatenate([~none, none]),
        worth=np.ones(200),
    )


def found(given: wishes.Trials) -> Bands:
    return wishes.climb(wishes.single_value(given), Bands(), ("sure", "torn", "told", "offered"))


def test_the_bands_lie_where_the_messages_say() -> None:
    """Below the place where answers go wrong at most one in twenty-five is told; foreign ones stay below `told`."""
    easy, hard = found(trials(0.2, foreign_to=0.5)), found(trials(0.6, foreign_to=0.9))
    assert min(easy.sure, easy.torn) < min(hard.sure, hard.torn) <= 0.6
    assert (hard.told >= 0.85, easy.told >= 0.45) == (True, True)


def test_the_same_messages_give_the_same_bands() -> None:
    assert found(trials(0.3, foreign_to=0.7)) == found(trials(0.3, foreign_to=0.7))


OUTCOMES = {
    "the right answer": (row(0), judged(0), 1.0),
    "a second one that was not needed": (row(0), judged(0, 0.7), 1 + wishes.NEEDLESS),
    "the wrong answer": (row(1), judged(0), wishes.WRONG),
    "the right title": (row(1), judged(0, ours=0.5), wishes.OFFERED),
    "nothing": (row(1), judged(0, ours=0.1), 0.0),
    "one of two facts": (row(0, 1), judged(0), wishes.HALF),
    "an answer to a foreign question": (row(), judged(0), wishes.WRONG),
}


@pytest.mark.parametrize(("message", "whole", "worth"), OUTCOMES.values(), ids=OUTCOMES)
def test_each_outcome_has_its_worth(message: Row, whole: Judged, worth: float) -> None:
    assert wishes.outcome(wishes.Tried(message, whole, ()), BANDS) == worth
