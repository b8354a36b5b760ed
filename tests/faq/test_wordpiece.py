"""The word pieces of the encoder."""

import json
from pathlib import Path

import pytest

from faq import encoder, wordpiece

PIECES = [
    "[PAD]",
    "[UNK]",
    "[CLS]",
    "[SEP]",
    "cert",
    "##ified",
    "##if",
    "library",
    "un",
    "##aff",
    "##able",
    ",",
    "?",
    "naive",
    "'",
    "a",
    "中",
]
READER = wordpiece.WordPiece({piece: number for number, piece in enumerate(PIECES)})


def pieces(text: str) -> list[str]:
    return [PIECES[number] for number in READER.ids(text)]


def test_the_longest_known_piece_is_taken_first() -> None:
    assert pieces("certified unaffable") == ["[CLS]", "cert", "##ified", "un", "##aff", "##able", "[SEP]"]


def test_a_word_that_cannot_be_cut_into_known_pieces_is_one_unknown() -> None:
    assert pieces("certifiedx library") == ["[CLS]", "[UNK]", "library", "[SEP]"]


def test_case_accents_and_control_signs_do_not_matter() -> None:
    assert pieces("NAÏVE\x00 \u200bLibrary") == ["[CLS]", "naive", "library", "[SEP]"]


def test_punctuation_and_chinese_signs_are_words_of_their_own() -> None:
    assert pieces("library,a?中中") == ["[CLS]", "library", ",", "a", "?", "中", "中", "[SEP]"]


def test_a_word_of_over_a_hundred_letters_is_unknown() -> None:
    assert pieces("a" * 101) == ["[CLS]", "[UNK]", "[SEP]"]


def test_a_long_text_is_cut_and_still_ends_with_the_end_mark() -> None:
    numbers = READER.ids("library " * 10_000)
    assert (len(numbers), numbers[0], numbers[-1]) == (128, 2, 3)


def test_both_forms_of_a_vocabulary_file_read_the_same(tmp_path: Path) -> None:
    (tmp_path / "vocab.txt").write_text("\n".join(PIECES) + "\n", encoding="utf-8")
    vocabulary = {"model": {"vocab": {piece: number for number, piece in enumerate(PIECES)}}}
    (tmp_path / "tokenizer.json").write_text(json.dumps(vocabulary), encoding="utf-8")
    assert wordpiece.read(tmp_path / "vocab.txt") == wordpiece.read(tmp_path / "tokenizer.json") == READER


# Checked by hand against the published uncased BERT vocabulary.
KNOWN = {
    "how much is it?": [101, 2129, 2172, 2003, 2009, 1029, 102],
    "I'm a GED holder": [101, 1045, 1005, 1049, 1037, 16216, 2094, 9111, 102],
    "": [101, 102],
}


@pytest.mark.parametrize(("text", "numbers"), KNOWN.items())
def test_the_pinned_vocabulary_gives_the_published_numbers(text: str, numbers: list[int]) -> None:
    files = encoder.pinned()
    assert files is not None
    assert wordpiece.read(files[1]).ids(text) == numbers
