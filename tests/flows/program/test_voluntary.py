from flows.program.voluntary import LIBRARY_TYPES, RATHER_NOT_SAY, VOLUNTARY


def test_every_voluntary_question_can_be_left_unanswered() -> None:
    assert [one.choices[-1] for one in VOLUNTARY] == [RATHER_NOT_SAY] * len(VOLUNTARY)


def test_keys_and_choices_are_told_apart() -> None:
    assert len({one.key for one in VOLUNTARY}) == len(VOLUNTARY)
    assert all(len(set(one.choices)) == len(one.choices) for one in VOLUNTARY)


def test_only_library_types_may_be_several() -> None:
    assert [one for one in VOLUNTARY if one.several] == [LIBRARY_TYPES]
