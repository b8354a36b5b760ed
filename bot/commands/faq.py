"""`lssc faq`: builds the knowledge base, and measures how well it answers."""

import json
from argparse import Namespace
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot import rulebook, settings
from bot.commands.ask import opened
from bot.commands.progress import Bar
from bot.trouble import CommandError

LABELLED = Path(__file__).resolve().parents[2] / "tests" / "data" / "faq_labelled.tsv"
LEARNING = "Learning what shows a competency. This is needed once and takes up to half a minute."
PORTION = 64


def build(args: Namespace) -> int:  # noqa: ARG001 - every command takes its arguments
    """Says something only when there was something to build."""
    chosen, base, bar = settings.read(), opened(), Bar(begun=LEARNING, done="Competencies can be guessed")
    try:
        rulebook.guesser(chosen, rulebook.read(chosen), base, bar)
    finally:
        bar.close()
    return 0


def report(args: Namespace) -> int:
    """The accuracy by kind on a labelled set."""
    path = Path(args.labelled) if args.labelled else LABELLED
    rows = _labelled(path)
    from faq import report as measuring

    _print(measuring.report(opened(), rows), as_data=args.json)
    return 0


def clinc(args: Namespace) -> int:
    """The same matcher, trained and tested on a public set of intents."""
    from faq import clinc as public
    from faq.encoder import ModelError, find
    from faq.lexical import LexicalEncoder

    try:
        data = public.read(Path(args.file))
        encoder = find(settings.read().model_dir) or LexicalEncoder()
    except (public.DataError, ModelError) as error:
        raise CommandError(str(error)) from None
    total = len({row[0] for split in data.values() for row in split})
    _print(public.measure(data, _Told(encoder, Bar(), total, [0])), as_data=args.json)
    return 0


@dataclass(frozen=True)
class _Told:
    """An encoder that tells how far it is."""

    encoder: Any
    bar: Bar
    total: int
    done: list[int]

    @property
    def id(self) -> str:
        return str(self.encoder.id)

    def encode(self, texts: Sequence[str]) -> Any:
        import numpy as np

        return np.concatenate([self.encoder.encode(portion) for portion in self._portions(texts)])

    def look(self, texts: Sequence[str]) -> list[Any]:
        return [seen for portion in self._portions(texts) for seen in self.encoder.look(portion)]

    def _portions(self, texts: Sequence[str]) -> Iterator[Sequence[str]]:
        for start in range(0, max(len(texts), 1), PORTION):
            portion = texts[start : start + PORTION]
            yield portion
            self.done[0] += len(portion)
            self.bar(min(self.done[0], self.total), self.total)


def _labelled(path: Path) -> Any:
    from faq.knowledge import labelled

    try:
        rows = labelled(path)
    except OSError as error:
        raise CommandError(f"{path} cannot be read: {error.strerror}. Name another file with --labelled.") from None
    except UnicodeDecodeError:
        raise CommandError(f"{path} is not a text in UTF-8; save it again as UTF-8.") from None
    except (KeyError, TypeError, AttributeError):
        raise CommandError(f"{path} needs the columns query, kind and expect, separated by tabs.") from None
    if not rows or any(row.expect is None for row in rows):
        raise CommandError(f"{path} needs rows with the columns query, kind and expect, separated by tabs.")
    return rows


def _print(found: Any, *, as_data: bool) -> None:
    print(json.dumps(found.as_dict(), ensure_ascii=False) if as_data else found.table())
