"""Opens the knowledge base: from the cache when nothing changed, else by fitting it anew."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, astuple
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from faq import cache, entries, fit, lexical, softmax, spelling
from faq.bands import Bands
from faq.bm25 import WordScores
from faq.cache import Cache, KeepingEncoder
from faq.encoder import Encoder, Files, SentenceEncoder, chosen, open_files
from faq.entries import FOLDER, Entry, Source
from faq.gates import Gate, Gates
from faq.matcher import Matcher, Shelf
from faq.pieces import Pieces
from faq.policy import Answer, Knowledge, Reply
from faq.standing import Classes

__all__ = ["Answer", "Knowledge", "Reply", "load"]

GATES = ("alone", "pair", "ours")
PIECES = ("table", "starts", "answers", "basis", "rarity")
# What decides the fitted layers; a change in any of them makes the stored layers worthless.
CODE = (
    "normalise",
    "spelling",
    "split",
    "bm25",
    "softmax",
    "matcher",
    "standing",
    "gates",
    "bands",
    "wishes",
    "fit",
    "lexical",
    "entries",
    "pieces",
    "encoder",
    "knowledge",
)


def load(
    figures: Mapping[str, str],
    *,
    model_dir: Path | None,
    cache_dir: Path,
    on_progress: Callable[[int, int], None] | None = None,
    overlay: Sequence[Entry] = (),
    folder: Path = FOLDER,
) -> Knowledge:
    """The knowledge base of a folder with the program's figures; entries of `overlay` replace those of the same id.

    The first call encodes and fits (half a minute; `on_progress(texts done, texts in all)`), later ones read the cache.
    Raises EntryError for a broken entry and ModelError for a broken model.
    """
    files, stored = chosen(model_dir), Cache(cache_dir)
    name = f"brain-{_key(folder, figures, files.id if files else lexical.LexicalEncoder.id, overlay)}"
    with ThreadPoolExecutor(1) as pool:  # the model takes longer to open than everything else
        encoder = pool.submit(_encoder, files).result
        if (found := _opened(stored.read(name), encoder)) is not None:
            return found
    with stored.locked():
        if (found := _opened(stored.read(name), encoder)) is not None:
            return found
        arrays = _fitted(folder, figures, overlay, KeepingEncoder(encoder(), stored, on_progress))
        stored.write(name, arrays)
        stored.forget("brain-", name)
    return _knowledge(arrays, encoder)


def _encoder(files: Files | None) -> Encoder:
    return open_files(files) if files is not None else lexical.LexicalEncoder()


def _key(folder: Path, figures: Mapping[str, str], encoder_id: str, overlay: Sequence[Entry]) -> str:
    data = [path.read_bytes() for path in (*entries.files(folder / "entries"), folder / "sources.toml", *_dev(folder))]
    code = [(FOLDER / f"{module}.py").read_bytes() for module in CODE]
    return cache.key(*data, *code, encoder_id, repr(sorted(figures.items())), repr(tuple(overlay)), np.__version__)


def _dev(folder: Path) -> tuple[Path, ...]:
    return tuple(sorted(folder.glob("dev*.tsv")))


def _fitted(
    folder: Path, figures: Mapping[str, str], overlay: Sequence[Entry], encoder: KeepingEncoder
) -> dict[str, NDArray[Any]]:
    sources = entries.read_sources(folder / "sources.toml")
    replaced = {entry.id for entry in overlay}
    base = entries.read(entries.files(folder / "entries"), sources, figures)
    whole = (*(entry for entry in base if entry.id not in replaced), *overlay)
    entries.check(whole, sources)
    words = spelling.Spelling(fit.domain_words(whole), _general(encoder.encoder))
    rows = [row for path in _dev(folder) for row in labelled(path)]
    return _arrays(fit.fit(whole, rows, encoder, words), whole, sources, words)


def labelled(path: Path) -> list[fit.Labelled]:
    """The rows of a labelled set: columns query, kind, expect; quotes mean nothing."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [fit.Labelled(row["query"], row["kind"], row["expect"]) for row in rows]


def _general(encoder: Encoder) -> dict[str, int]:
    if not isinstance(encoder, SentenceEncoder):
        return {}
    return {piece: rank for piece, rank in encoder.reader.vocabulary.items() if len(piece) > 1 and piece.isalpha()}


def _answer(entry: Entry, sources: Mapping[str, Source]) -> Answer:
    source = sources.get(entry.source)
    told = ", ".join(part for part in ((source.title, source.date) if source else ()) + (entry.section,) if part)
    return Answer(entry.id, entry.title, entry.answer, told, entry.offer)


def _arrays(
    brain: fit.Brain, whole: Sequence[Entry], sources: Mapping[str, Source], words: spelling.Spelling
) -> dict[str, NDArray[Any]]:
    """Everything that a warm start needs, as plain arrays."""
    told = {
        "answers": [asdict(_answer(entry, sources)) for entry in whole],
        "kinds": [entry.kind for entry in whole],
        "also": [entry.also for entry in whole],
        "patterns": [(place, pattern) for place, entry in enumerate(whole) for pattern in entry.patterns],
        "phrases": {
            text.lower(): place
            for place, entry in enumerate(whole)
            if entry.kind == "smalltalk"
            for text in entry.phrasings
        },
        "domain": words.domain,
        "terms": list(brain.matcher.words.rows),
    }
    shelf, layer = brain.matcher.shelf, brain.matcher.layer
    gates = {
        f"{name}_{part}": np.asarray(getattr(gate, part))
        for name, gate in ((name, getattr(brain.gates, name)) for name in GATES)
        for part in ("centre", "weights", "bias")
    }
    return {
        "told": cache.pack(told),
        "layer_weights": layer.weights,
        "layer_biases": layer.biases,
        "vectors": shelf.vectors,
        "owners": shelf.owners,
        "is_answer": shelf.is_answer,
        "words": brain.matcher.words.weights,
        "weights": brain.weights,
        "topics": brain.matcher.topics,
        "coarse_weights": brain.matcher.coarse.weights,
        "coarse_biases": brain.matcher.coarse.biases,
        "serves": brain.classes.serves,
        "bands": np.array(astuple(brain.bands)),
        **gates,
        **{f"pieces_{part}": getattr(brain.matcher.pieces, part) for part in PIECES},
    }


def _opened(arrays: dict[str, NDArray[Any]] | None, encoder: Callable[[], Encoder]) -> Knowledge | None:
    try:
        return _knowledge(arrays, encoder) if arrays is not None else None
    except (KeyError, ValueError, TypeError, IndexError):
        return None


def _knowledge(arrays: Mapping[str, NDArray[Any]], encoder: Callable[[], Encoder]) -> Knowledge:
    """The encoder is asked for last: it may still be opening."""
    told = cache.unpack(arrays["told"])
    kinds = tuple(told["kinds"])
    gates = [Gate(arrays[f"{name}_centre"], arrays[f"{name}_weights"], float(arrays[f"{name}_bias"])) for name in GATES]
    matcher = Matcher(
        softmax.Softmax(arrays["layer_weights"], arrays["layer_biases"]),
        Shelf(arrays["vectors"], arrays["owners"], arrays["is_answer"], len(kinds)),
        WordScores({term: row for row, term in enumerate(told["terms"])}, arrays["words"]),
        softmax.Softmax(arrays["coarse_weights"], arrays["coarse_biases"]),
        arrays["topics"],
        Pieces(*(arrays[f"pieces_{part}"] for part in PIECES)),
    )
    known = Classes(
        np.array([kind == "answer" for kind in kinds]), np.array([kind == "not-us" for kind in kinds]), arrays["serves"]
    )
    return Knowledge(
        tuple(Answer(**answer) for answer in told["answers"]),
        kinds,
        tuple((place, re.compile(pattern, re.IGNORECASE)) for place, pattern in told["patterns"]),
        told["phrases"],
        fit.Brain(matcher, arrays["weights"], known, Gates(*gates), Bands(*map(float, arrays["bands"]))),
        encoder(),
        spelling.Spelling(told["domain"], _general(encoder())),
    )
