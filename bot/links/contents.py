"""What a linked page or document says, to be searched for the candidate's own name before a blind review."""

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from bot.links import docx, markup

LONGEST = 1_000_000  # characters of a text
PATIENCE = 10.0  # seconds for a PDF
READER = Path(__file__).with_name("pdf.py")


@dataclass(frozen=True)
class Contents:
    """`author` names everybody whom the document names as its author, separated by commas."""

    title: str
    author: str
    text: str


def readable(content_type: str, body: bytes, *, patience: float = PATIENCE) -> Contents | None:
    """The contents of HTML, plain text, PDF and Word (.docx), by what the body is rather than what it is called.

    None for anything else, and for what is damaged, locked or cut: then only the candidate can say what it holds.
    A PDF takes up to `patience` seconds: not to be called on the event loop.
    """
    if b"%PDF-" in body[:1024]:
        return _pdf(body, patience)
    if body.startswith(b"PK\x03\x04"):
        found = docx.read(body)
        return Contents(found[0], found[1], found[2][:LONGEST]) if found else None
    return _written(content_type, body)


def _written(content_type: str, body: bytes) -> Contents | None:
    kind = content_type.partition(";")[0].strip().lower()
    if kind in ("text/html", "application/xhtml+xml") or (not kind and b"<html" in body[:1024].lower()):
        sheet = markup.read(content_type, body)
        return Contents(sheet.title, sheet.author, sheet.text[:LONGEST])
    if kind.startswith("text/") and b"\0" not in body:
        return Contents("", "", markup.decoded(content_type, body)[:LONGEST])
    return None


def _pdf(body: bytes, patience: float) -> Contents | None:
    """Read by a process of its own, without our environment: a hostile PDF eats memory or never ends."""
    try:
        done = subprocess.run(  # noqa: S603
            [sys.executable, "-I", str(READER), str(LONGEST)],
            input=body,
            capture_output=True,
            check=False,
            timeout=patience,
            env={},
        )
    except subprocess.TimeoutExpired:
        return None
    if done.returncode != 0:
        return None
    told = json.loads(done.stdout)
    return Contents(told["title"], told["author"], told["text"])
