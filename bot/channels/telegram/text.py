"""Plain words as Telegram's HTML, and in pieces that it takes."""

import re
from html import escape

CODE = re.compile(r"`([^`\n]{1,80})`")  # a word to send, as our texts write it
MESSAGE = 4096  # characters that Telegram takes in one message, and
CAPTION = 1024  # below a picture
BORDERS = (re.compile(r"\n\s*\n"), re.compile(r"\n"), re.compile(r"(?<=[.!?]) "), re.compile(r" "))


def html(text: str) -> str:
    """Escaped; only `word` becomes code."""
    told = (escape(part, quote=False) for part in CODE.split(text))
    return "".join(f"<code>{part}</code>" if number % 2 else part for number, part in enumerate(told))


def length(text: str) -> int:
    """In the units that Telegram counts: half of a character like 📚 each."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def pieces(text: str, limit: int = MESSAGE) -> list[str]:
    """The text cut between paragraphs, else lines, sentences, words; never inside a `word`. Nothing of an empty one."""
    found, rest = [], text.strip()
    while length(rest) > limit:
        end, begin = _cut(rest, _prefix(rest, limit))
        found.append(rest[:end].rstrip())
        rest = rest[begin:].strip()
    return [each for each in (*found, rest) if each]


def _cut(text: str, longest: int) -> tuple[int, int]:
    """Where a piece of at most `longest` characters ends, and where the next one begins."""
    for border in BORDERS:
        places = [each for each in border.finditer(text, 0, longest + 1) if 0 < each.start() <= longest]
        places = [each for each in places if not _in_code(text, each.start())]
        if places and places[-1].start() > longest // 4:  # or a short first paragraph would be a piece of its own
            return places[-1].start(), places[-1].end()
    return longest, longest


def _in_code(text: str, place: int) -> bool:
    return any(each.start() < place < each.end() for each in CODE.finditer(text, max(0, place - 100), place + 100))


def _prefix(text: str, limit: int) -> int:
    """How many characters from the beginning are at most `limit` units long."""
    units, count = 0, 0
    for count, character in enumerate(text):
        units += 1 if ord(character) < 0x10000 else 2
        if units > limit:
            return count
    return count + 1
