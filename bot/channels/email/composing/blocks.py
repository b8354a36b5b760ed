"""Finds the paragraphs, lists, words to send and links in a plain text, for the form of a mail in HTML."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

Kind = Literal["paragraph", "bullets", "numbers", "letters", "quote"]
Look = Literal["plain", "code", "link"]

BULLET = re.compile(r"[-•*] +(?=\S)")
NUMBER = re.compile(r"([0-9]{1,3})[.)] +(?=\S)")
LETTER = re.compile(r"([a-z])[.)] +(?=\S)")
QUOTE = re.compile(r"> ?")
CODE_OR_LINK = re.compile(
    r"`([^`\n]{1,80})`|(https?://[\w\[%-][^\s<>\"`]{0,2000})", re.IGNORECASE
)  # a word to send is written `so`
AFTER_A_LINK = ".,;:!?'”’»"


@dataclass(frozen=True)
class Span:
    """Words that look alike; a link's words are its address."""

    words: str
    look: Look = "plain"


@dataclass(frozen=True)
class Line:
    """`number` is what stands before it in a numbered or lettered list, counted from 1."""

    spans: tuple[Span, ...]
    number: int = 0


@dataclass(frozen=True)
class Block:
    """Lines that belong together; in a list each is an item."""

    kind: Kind
    lines: tuple[Line, ...]


def blocks(text: str) -> list[Block]:
    """All of the text, in its order. Blank lines end a block."""
    found: list[Block] = []
    for is_blank, lines in groupby(text.splitlines(), lambda line: not line.strip()):
        if not is_blank:
            found += _in_one_piece([line.strip() for line in lines])
    return found


def _in_one_piece(lines: list[str]) -> Iterator[Block]:
    for kind, group in groupby(_kinds(lines), lambda each: each[0]):
        yield Block(kind, tuple(line for _, line in group))


def _kinds(lines: list[str]) -> Iterator[tuple[Kind, Line]]:
    lettered = 0  # how far the letters have come: only those in order from `a` are a list
    for line in lines:
        kind, number, words = _kind(line)
        if kind == "letters":
            lettered = lettered + 1 if number == lettered + 1 else 0
            kind, number, words = (kind, number, words) if lettered else ("paragraph", 0, line)
        else:
            lettered = 0
        yield kind, Line(spans(words), number)


def _kind(line: str) -> tuple[Kind, int, str]:
    if found := BULLET.match(line):
        return "bullets", 0, line[found.end() :]
    if found := NUMBER.match(line):
        return "numbers", int(found[1]), line[found.end() :]
    if found := LETTER.match(line):
        return "letters", ord(found[1]) - ord("a") + 1, line[found.end() :]
    if found := QUOTE.match(line):
        return "quote", 0, line[found.end() :]
    return "paragraph", 0, line


def spans(words: str) -> tuple[Span, ...]:
    """Words to send and links apart from the rest; only http and https are links."""
    found: list[Span] = []
    end = 0
    for each in CODE_OR_LINK.finditer(words):
        link = _link(each[2]) if each[2] else ""
        found.append(Span(words[end : each.start()]))
        found.append(Span(link, "link") if link else Span(each[1], "code"))
        end = each.start() + len(link) if link else each.end()
    found.append(Span(words[end:]))
    return tuple(each for each in found if each.words)


def _link(address: str) -> str:
    """Without what closes the sentence, or the bracket, that it stands in."""
    while address[-1] in AFTER_A_LINK or (address[-1] == ")" and address.count("(") < address.count(")")):
        address = address[:-1]
    return address
