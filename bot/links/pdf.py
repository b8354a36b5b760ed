"""Run as a program of its own: reads a PDF from its input, within limits, and writes what it says as JSON."""

import json
import logging
import sys
from io import BytesIO

MEMORY = 512 * 1024 * 1024  # bytes
SECONDS = 8  # of the processor
UNREADABLE = 3  # the exit status


def limit() -> None:
    """From here on this process can neither grow, nor run on, nor write a file."""
    try:
        import resource
    except ImportError:  # Windows has no such limits; the caller's patience remains
        return
    for matter, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(matter, (most, most))


def told(body: bytes, longest: int) -> dict[str, str]:
    """Title, author and text. Raises whatever a broken PDF makes pypdf raise."""
    from pypdf import PdfReader

    reader = PdfReader(BytesIO(body))
    pages, size = [], 0
    for page in reader.pages:
        pages.append(page.extract_text())
        size += len(pages[-1])
        if size > longest:
            break
    about = reader.metadata
    title, author = (about.title, about.author) if about else (None, None)
    return {"title": str(title or "")[:300], "author": str(author or "")[:300], "text": "\n".join(pages)[:longest]}


def main() -> int:
    """0, or 3 where the PDF cannot be read: damaged, locked, or too much."""
    limit()
    logging.disable()
    body = sys.stdin.buffer.read()
    try:
        found = told(body, int(sys.argv[1]))
    except Exception:  # pypdf raises a dozen kinds, and any may come of a hostile file
        return UNREADABLE
    if not found["text"].strip():
        return UNREADABLE  # pictures of pages: what they show is not known
    sys.stdout.write(json.dumps(found))
    return 0


if __name__ == "__main__":
    sys.exit(main())
