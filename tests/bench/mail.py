"""`python -m tests.bench.mail FOLDER`: what reading mail costs beside the standard library's parse and body."""

import sys
from collections.abc import Callable, Mapping, Sequence
from email import message_from_bytes
from email.policy import default
from pathlib import Path

from bot.channels.email.reading.cutting import said
from bot.channels.email.reading.mime import read
from tests.bench.measure import ROUNDS, interleaved, ratio

LIMIT, LONG_LIMIT = 1.5, 4.0
_HEAD = b"From: Nora Vale <nora@reedmoor.example>\nSubject: Re: Dates\nContent-Type: text/plain; charset=utf-8\n\n"
_SENTENCE = b"The desk of Reedmoor lends what it has, and keeps a list of it.\n"
_QUOTED = b"\nOn Tue, 3 Mar 2026 at 10:15, Desk <desk@reedmoor.example> wrote:\n\n"
LONG = {
    "50 kB of lines": _HEAD + _SENTENCE * 780,
    "50 kB of paragraphs": _HEAD + (_SENTENCE * 3 + b"\n") * 258,
    "50 kB below an attribution": _HEAD + _SENTENCE + _QUOTED + (b"> " + _SENTENCE) * 757,
}


def corpus(folder: Path, rounds: int = ROUNDS) -> float | None:
    """Reading every mail of the folder, to the standard library's parse and body; None, if it holds no mails."""
    mails = [path.read_bytes() for path in sorted(folder.rglob("*.eml"))]
    return _ratio(mails, rounds) if mails else None


def long_texts(rounds: int = ROUNDS) -> Mapping[str, float]:
    """The same for mails of 50 kB, by what they hold."""
    return {name: _ratio([raw] * 20, rounds) for name, raw in LONG.items()}


def _ratio(mails: Sequence[bytes], rounds: int) -> float:
    def over(one: Callable[[bytes], object]) -> Callable[[int], int]:
        def run(_: int) -> int:
            for raw in mails:
                one(raw)
            return len(mails)

        return run

    costs = interleaved({"ours": over(lambda raw: said(read(raw))), "stdlib": over(_by_the_standard_library)}, rounds)
    return ratio(costs, "ours", "stdlib", "cpu")


def _by_the_standard_library(raw: bytes) -> object:
    """Its body, or None where there is none or where it fails, as it does on some of the mails."""
    body = message_from_bytes(raw, policy=default).get_body()
    try:
        return body.get_content() if body else None
    except (KeyError, LookupError, AttributeError):
        return None


def main(folder: str) -> int:
    found = corpus(Path(folder))
    if found is None:
        print(f"{folder} holds no .eml files: reading a corpus was not measured")
    else:
        print(f"reading a corpus, to the standard library's parse and body: {found:.2f} (at most {LIMIT})")
    long = long_texts()
    for name, value in long.items():
        print(f"{name}: {value:.2f} (at most {LONG_LIMIT})")
    return 1 if max(long.values()) > LONG_LIMIT or (found or 0) > LIMIT else 0


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python -m tests.bench.mail FOLDER")
    sys.exit(main(sys.argv[1]))
