"""What is kept on disk."""

import threading
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from faq.cache import Cache, KeepingEncoder, key, pack, unpack
from faq.encoder import Look
from faq.lexical import LexicalEncoder


class Counting(LexicalEncoder):
    """Remembers what it was asked to encode."""

    asked: list[str] = []  # noqa: RUF012

    def look(self, texts: Sequence[str]) -> list[Look]:
        self.asked.extend(texts)
        return super().look(texts)


def counting() -> Counting:
    encoder = Counting()
    object.__setattr__(encoder, "asked", [])
    return encoder


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    cache.write("some", {"numbers": np.arange(3), "words": pack({"é": [1, None]})})
    stored = cache.read("some")
    assert stored is not None
    assert (stored["numbers"].tolist(), unpack(stored["words"])) == ([0, 1, 2], {"é": [1, None]})
    assert [path.name for path in tmp_path.iterdir()] == ["some.npz"]


def test_an_absent_a_cut_and_a_scribbled_file_all_count_as_absent(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    assert cache.read("some") is None
    cache.write("some", {"numbers": np.arange(1000)})
    whole = (tmp_path / "some.npz").read_bytes()
    (tmp_path / "some.npz").write_bytes(whole[:2000])
    assert cache.read("some") is None
    (tmp_path / "some.npz").write_bytes(whole[:1000] + b"\xff" * 64 + whole[1064:])
    assert cache.read("some") is None
    (tmp_path / "some.npz").write_bytes(b"")
    assert cache.read("some") is None


def test_a_folder_that_cannot_be_written_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    cache = Cache(tmp_path / "file")
    with cache.locked():
        cache.write("some", {"numbers": np.arange(3)})
    assert cache.read("some") is None


def test_only_new_texts_are_encoded_again(tmp_path: Path) -> None:
    first, second = counting(), counting()
    KeepingEncoder(first, Cache(tmp_path)).prepare(["fee", "hours"])
    again = KeepingEncoder(second, Cache(tmp_path))
    again.prepare(["hours", "sets"])
    assert (first.asked, second.asked) == (["fee", "hours"], ["sets"])
    np.testing.assert_array_equal(again.encode(["hours", "sets"]), LexicalEncoder().encode(["hours", "sets"]))


def test_a_damaged_store_of_vectors_is_made_anew(tmp_path: Path) -> None:
    KeepingEncoder(counting(), Cache(tmp_path)).prepare(["fee"])
    Cache(tmp_path).write(f"vectors-{key(LexicalEncoder().id)}", {"digests": np.array(["x"])})
    encoder = counting()
    KeepingEncoder(encoder, Cache(tmp_path)).prepare(["fee"])
    assert encoder.asked == ["fee"]


def test_progress_ends_with_all_texts_done(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    texts = [f"text {number}" for number in range(70)]
    KeepingEncoder(LexicalEncoder(), Cache(tmp_path), lambda done, total: told.append((done, total))).prepare(texts)
    assert told == [(64, 70), (70, 70)]


def test_the_lock_lets_one_builder_in_at_a_time(tmp_path: Path) -> None:
    order: list[str] = []
    entered = threading.Event()

    def other() -> None:
        entered.set()
        with Cache(tmp_path).locked():
            order.append("second")

    with Cache(tmp_path).locked():
        waiting = threading.Thread(target=other)
        waiting.start()
        entered.wait()
        waiting.join(0.2)
        order.append("first")
    waiting.join()
    assert order == ["first", "second"]


def test_a_key_tells_where_one_part_ends() -> None:
    assert key("ab", "c") != key("a", "bc")
