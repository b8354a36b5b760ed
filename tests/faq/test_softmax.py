"""Softmax regression."""

import numpy as np

from faq import softmax


def sample(seed: int = 0) -> tuple[softmax.Floats, np.ndarray]:
    chance = np.random.default_rng(seed)
    labels = chance.integers(0, 3, 60)
    return chance.normal(size=(60, 4)) + np.eye(3, 4)[labels] * 2, labels


def test_the_slope_is_what_small_steps_measure() -> None:
    vectors, labels = sample()
    aim = softmax.objective(vectors, labels, 3, 7.0, np.linspace(0.5, 2, 60))
    here = np.random.default_rng(1).normal(size=15)
    _, slope = aim(here)
    measured = [(aim(here + step)[0] - aim(here - step)[0]) / 2e-5 for step in np.eye(15) * 1e-5]
    np.testing.assert_allclose(slope, measured, rtol=1e-5, atol=1e-5)


def test_fitting_reaches_the_point_where_the_slope_is_nothing() -> None:
    vectors, labels = sample()
    layer = softmax.fit(vectors, labels, 3, strength=5.0, steps=500)
    aim = softmax.objective(vectors, labels, 3, 5.0, np.ones(60))
    _, slope = aim(np.concatenate([layer.weights, layer.biases[None]]).ravel().astype(np.float64))
    assert np.abs(slope).max() < 0.02


def test_what_it_learnt_it_can_tell() -> None:
    vectors, labels = sample()
    layer = softmax.fit(vectors, labels, 3)
    fresh, truth = sample(seed=5)
    assert (layer.log_probabilities(fresh).argmax(axis=1) == truth).mean() > 0.8


def test_a_row_that_counts_twice_is_the_same_as_two_rows() -> None:
    vectors, labels = sample()
    twice = softmax.fit(np.concatenate([vectors, vectors[:1]]), np.append(labels, labels[0]), 3, steps=500)
    weighed = softmax.fit(vectors, labels, 3, weights=np.array([2.0] + [1.0] * 59), steps=500)
    np.testing.assert_allclose(twice.weights, weighed.weights, atol=2e-3)


def test_probabilities_sum_to_one_even_for_huge_scores() -> None:
    logs = softmax.log_softmax(np.array([[1e4, 0.0, -1e4], [0.0, 0.0, 0.0]]))
    np.testing.assert_allclose(np.exp(logs).sum(axis=1), [1.0, 1.0])


def test_descent_finds_the_lowest_point_of_a_bent_valley() -> None:
    def valley(at: softmax.Floats) -> tuple[float, softmax.Floats]:
        x, y = at
        slope = np.array([-2 * (1 - x) - 400 * x * (y - x * x), 200 * (y - x * x)])
        return float((1 - x) ** 2 + 100 * (y - x * x) ** 2), slope

    np.testing.assert_allclose(softmax.descend(valley, np.array([-1.2, 1.0]), 500, 1e-9), [1.0, 1.0], atol=1e-5)
