"""Shared words."""

import numpy as np

from faq import bm25

WORDS = bm25.fit(
    ["the application fee is paid once", "a portfolio shows competencies", "evaluators read the portfolio"]
)


def test_a_message_is_closest_to_the_entry_with_its_rare_words() -> None:
    assert int(WORDS.scores("who evaluates portfolios").argmax()) == 2


def test_words_nobody_knows_score_nothing() -> None:
    assert WORDS.scores("xyzzy the of").tolist() == [0.0, 0.0, 0.0]


def test_a_rare_word_weighs_more_than_a_frequent_one() -> None:
    assert WORDS.weights[WORDS.rows["fee"], 0] > WORDS.weights[WORDS.rows[bm25.stem("portfolio")], 1]


def test_inflections_meet_in_one_form() -> None:
    assert {bm25.stem(word) for word in ("evaluate", "evaluates", "evaluating", "evaluated")} == {"evaluat"}


def test_no_documents_give_no_scores() -> None:
    assert bm25.fit([]).scores("fee").shape == np.zeros(0).shape
