"""`python -m tests.bot.email.score_replies FOLDER`: how much of a corpus of replies is cut as people expect."""

import json
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.channels.email.reading.cutting import said
from bot.channels.email.reading.mime import read


@dataclass(frozen=True)
class Verdict:
    """One reply: what was expected and what was read."""

    name: str
    expected: str
    found: str

    @property
    def exact(self) -> bool:
        return _even(self.expected) == _even(self.found)

    @property
    def lost(self) -> list[str]:
        return sorted((_words(self.expected) - _words(self.found)).elements())

    @property
    def extra(self) -> list[str]:
        return sorted((_words(self.found) - _words(self.expected)).elements())


def main(folder: str) -> int:
    verdicts = list(_verdicts(Path(folder)))
    if not verdicts:
        print(f"{folder} holds no replies.jsonl with replies")
        return 2
    for one in verdicts:
        if not one.exact:
            print(
                f"{one.name}: lost {' '.join(one.lost[:12]) or 'nothing'}; extra {' '.join(one.extra[:12]) or 'nothing'}"
            )
    for share in ("exact", "extra", "lost"):
        count = sum(bool(getattr(one, share)) for one in verdicts)
        print(f"{share}: {count} of {len(verdicts)} ({100 * count / len(verdicts):.1f} %)")
    return 0


def _verdicts(folder: Path) -> Iterator[Verdict]:
    """Each reply of the folder's replies.jsonl: a mail's file and the text expected of it."""
    listed = folder / "replies.jsonl"
    for line in listed.read_text(encoding="utf-8").splitlines() if listed.exists() else ():
        case = json.loads(line)
        yield Verdict(case["name"], case["expected"], said(read((folder / case["eml"]).read_bytes())).new_text)


def _even(text: str) -> list[str]:
    """The lines in Unicode's composed form, trimmed, without the blank ones."""
    lines = (line.strip() for line in unicodedata.normalize("NFC", text).splitlines())
    return [line for line in lines if line]


def _words(text: str) -> Counter[str]:
    return Counter(" ".join(_even(text)).split())


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python -m tests.bot.email.score_replies FOLDER")
    sys.exit(main(sys.argv[1]))
