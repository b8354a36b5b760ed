"""A conversation in the terminal: what is said becomes plain text, what is typed becomes messages."""

import os
import textwrap
import threading
from asyncio import AbstractEventLoop, Queue, get_running_loop
from collections.abc import AsyncIterator, Iterator, Sequence
from hashlib import sha256

from flows.dialog.speech import Inbound, Outbound
from flows.program.cards import without_card

END = "--"


def rendered(message: Outbound, width: int | None = None) -> str:
    """The text, then ` 1. Yes` lines; wrapped to `width` columns when that is given."""
    choices = (f" {number}. {each.label}" for number, each in enumerate(message.choices, start=1))
    lines = [*message.text.splitlines(), *choices]
    return "\n".join(lines if width is None else (part for line in lines for part in _wrapped(line, width)))


def block(messages: Sequence[Outbound]) -> str:
    """All that is said in answer to one message, and the line that ends it; no line of a message looks like that."""
    lines = (line for message in messages for line in rendered(message).splitlines())
    return "".join(f"{'- -' if line.strip() == END else line}\n" for line in lines) + f"{END}\n"


def message_id(address: str, last_shown: int, text: str) -> str:
    """Who typed what in front of what: a line typed again before its answer was seen is the same message.

    Only the beginning of a hash, and never of a card number, which could be found out from it.
    """
    typed = f"{address}\n{without_card(text)}"
    return f"{last_shown}:{sha256(typed.encode('utf-8', 'replace')).hexdigest()[:16]}"


def inbound(address: str, text: str, last_shown: int) -> Inbound:
    """The message that somebody typed."""
    return Inbound(message_id(address, last_shown, text), "terminal", address, text)


async def typed_lines(descriptor: int) -> AsyncIterator[str]:
    """The lines of a pipe or file until its end; what is no UTF-8 is replaced."""
    lines: Queue[bytes | None] = Queue()
    # A thread, because a file cannot be watched by the event loop; a daemon, because its read cannot be stopped.
    threading.Thread(target=_read, args=(descriptor, get_running_loop(), lines), daemon=True).start()
    while (line := await lines.get()) is not None:
        yield line.decode("utf-8", "replace").rstrip("\r")


def _read(descriptor: int, loop: AbstractEventLoop, lines: "Queue[bytes | None]") -> None:
    try:
        for line in _lines(descriptor):
            loop.call_soon_threadsafe(lines.put_nowait, line)
        loop.call_soon_threadsafe(lines.put_nowait, None)
    except RuntimeError:  # the loop was closed meanwhile: nobody listens any more
        return


def _lines(descriptor: int) -> Iterator[bytes]:
    # Not through sys.stdin: its lock, held by a blocked read, would abort the interpreter's shutdown.
    rest = b""
    while read := _some(descriptor):
        *whole, rest = (rest + read).split(b"\n")
        yield from whole
    if rest:
        yield rest


def _some(descriptor: int) -> bytes:
    try:
        return os.read(descriptor, 65536)
    except OSError:
        return b""


def _wrapped(line: str, width: int) -> list[str]:
    indent = " " * (len(line) - len(line.lstrip()) + 3) if line.startswith(" ") else ""
    wrapper = textwrap.TextWrapper(
        max(width, 20), subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
    )
    return wrapper.wrap(line) or [""]
