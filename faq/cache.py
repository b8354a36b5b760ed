"""Keeps vectors and fitted layers on disk, so that only what changed is computed again."""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from faq.encoder import Encoder, Look, Vectors

Arrays = Mapping[str, NDArray[Any]]
PORTION = 64


@dataclass(frozen=True)
class Cache:
    """A folder of our own; anything unreadable in it counts as absent."""

    folder: Path

    def read(self, name: str) -> dict[str, NDArray[Any]] | None:
        """The arrays of a file, or nothing when it is absent or damaged."""
        try:
            path = self.folder / f"{name}.npz"
            with path.open("rb") as file, np.load(file, allow_pickle=False) as stored:
                return {key: stored[key] for key in stored.files}
        except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
            return None

    def write(self, name: str, arrays: Arrays) -> None:
        """Stores arrays so that a reader sees the old file or the new one, never a part.

        A full or read-only disk is no error: the next start works everything out again.
        """
        temporary: str | None = None
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            handle, temporary = tempfile.mkstemp(dir=self.folder, suffix=".part")
            with os.fdopen(handle, "wb") as file:
                np.savez(file, allow_pickle=False, **arrays)
            Path(temporary).replace(self.folder / f"{name}.npz")
        except OSError:
            if temporary:
                Path(temporary).unlink(missing_ok=True)

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Only one process at a time builds; where files cannot be written there is nothing to guard."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            lock = (self.folder / "building.lock").open("w")
        except OSError:
            yield
            return
        with lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def forget(self, prefix: str, keep: str, others: int = 4) -> None:
        """Removes files of a kind but one and the newest `others`, which another copy of the program may be using."""
        found = [path for path in self.folder.glob(f"{prefix}*.npz") if path.stem != keep]
        for path in sorted(found, key=_age)[others:]:
            path.unlink(missing_ok=True)


def _age(path: Path) -> float:
    """How old a file is, in seconds against the others; one that is gone meanwhile is the oldest."""
    try:
        return -path.stat().st_mtime
    except OSError:
        return 0.0


def pack(data: Any) -> NDArray[np.uint8]:
    """Plain data as an array of the bytes of its JSON."""
    return np.frombuffer(json.dumps(data, ensure_ascii=False).encode(), np.uint8)


def unpack(array: NDArray[Any]) -> Any:
    """What `pack` packed."""
    return json.loads(array.tobytes())


def key(*parts: bytes | str) -> str:
    """A name that changes when any part does."""
    sum_ = hashlib.sha256()
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        sum_.update(len(data).to_bytes(8, "big") + data)
    return sum_.hexdigest()[:24]


@dataclass(frozen=True)
class KeepingEncoder:
    """An encoder that remembers what it saw, looks into the cache first, and tells how far it is.

    `store` begins the name of its file there: whoever prepares other texts keeps another file.
    """

    encoder: Encoder
    cache: Cache
    on_progress: Callable[[int, int], None] | None = None
    memory: dict[str, Look] = field(default_factory=dict)
    store: str = "vectors"

    @property
    def id(self) -> str:
        """The id of the encoder behind it."""
        return self.encoder.id

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One unit vector for each text."""
        return np.stack([look.vector for look in self.look(texts)])

    def look(self, texts: Sequence[str]) -> list[Look]:
        """What the encoder sees in each text."""
        missing = [text for text in dict.fromkeys(texts) if text not in self.memory]
        for start in range(0, len(missing), PORTION):
            portion = missing[start : start + PORTION]
            self.memory.update(zip(portion, self.encoder.look(portion), strict=True))
            if self.on_progress:
                self.on_progress(min(start + PORTION, len(missing)), len(missing))
        return [self.memory[text] for text in texts]

    def prepare(self, texts: Sequence[str]) -> None:
        """Looks at all texts that will be asked for, sparing those in the cache, which then holds just these."""
        name, digests = f"{self.store}-{key(self.encoder.id)}", {key(text): text for text in texts}
        known = _looks(self.cache.read(name))
        self.memory.update({text: known[digest] for digest, text in digests.items() if digest in known})
        self.look(texts)
        if set(digests) != set(known):
            self.cache.write(name, _arrays([(digest, self.memory[text]) for digest, text in digests.items()]))


def _arrays(looks: Sequence[tuple[str, Look]]) -> dict[str, NDArray[Any]]:
    return {
        "digests": np.array([digest for digest, _ in looks]),
        "vectors": np.stack([look.vector for _, look in looks]),
        "ends": np.cumsum([len(look.ids) for _, look in looks]),
        "ids": np.concatenate([look.ids for _, look in looks]),
        "pieces": np.concatenate([look.pieces for _, look in looks]),
    }


def _looks(stored: Arrays | None) -> dict[str, Look]:
    if stored is None:
        return {}
    try:
        cuts = stored["ends"][:-1]
        parts = zip(stored["vectors"], np.split(stored["ids"], cuts), np.split(stored["pieces"], cuts), strict=True)
        return {str(digest): Look(*part) for digest, part in zip(stored["digests"], parts, strict=True)}
    except (KeyError, ValueError, IndexError):
        return {}
