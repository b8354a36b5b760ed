"""A message as Slack's blocks, in which words stay words: nobody can mention, link or format by writing."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from bot.channels.slack.buttons import LISTED, ROWS, Block, are_numbers, rows
from bot.channels.slack.words import escaped
from flows.dialog.speech import Choice, Outbound

SECTION = 3000  # characters in one block
PIECE = 9000  # characters in one message
FALLBACK = 39000  # Slack cuts a text off at 40,000
LABEL = 140
IN_A_LIST, MOST_LISTED = 20, 400  # Slack takes 50 blocks
SPECIAL = re.compile(r"`([^`\n]+)`|(https?://[^\s<>\"'`]*[^\s<>\"'`.,;:!?)\]])")


def pieces(message: Outbound) -> list[Outbound]:
    """Files one by one, then the text in parts of a size that Slack takes; the last one has the choices.

    Only the first can take an earlier message's place.
    """
    bare = replace(message, text="", choices=(), files=())
    files = [replace(bare, files=(file,), edits=0) for file in message.files]
    texts = [replace(bare, text=part) for part in split(message.text, PIECE)]
    if not texts and not message.choices:
        return files
    *earlier, last = texts or [bare]
    spoken = [*earlier, replace(last, choices=message.choices)]
    return [*files, spoken[0], *(replace(each, edits=0) for each in spoken[1:])]


def blocks(message: Outbound) -> list[Block]:
    """The text, the choices as a list where buttons are too narrow for them, and the buttons."""
    texts = [_rich([_section(part)]) for part in split(message.text, SECTION)]
    return [*texts, *_listed(message.choices), *rows(message)]


def fallback(message: Outbound) -> str:
    """What notifications and screen readers say: the text, then the choices by number."""
    listed = (f"{number}. {choice.label}" for number, choice in enumerate(message.choices, start=1))
    text = "\n".join([*filter(None, [message.text]), *listed])
    safe = escaped(text)
    return safe if len(safe) <= FALLBACK else escaped(text[: FALLBACK // 5])


def settled(shown: Sequence[Block], label: str) -> list[Block]:
    """The blocks of a message whose button was pressed: what was chosen instead of the buttons."""
    kept = [block for block in shown if not str(block.get("block_id", "")).startswith((ROWS, LISTED))]
    return [*kept, _rich([_section(f"✓ {label}")])]


def split(text: str, size: int) -> list[str]:
    """The text in parts of at most `size` characters, cut between paragraphs, lines or words where that is possible."""
    parts = []
    rest = text.strip("\n")
    while len(rest) > size:
        cut = _cut(rest, size)
        parts.append(rest[:cut].rstrip())
        rest = rest[cut:].lstrip()
    return [part for part in (*parts, rest) if part.strip()]


def _cut(text: str, size: int) -> int:
    for between in ("\n\n", "\n", " "):
        place = text.rfind(between, size // 2, size + 1)
        if place > 0:
            return place
    return size


def _listed(choices: Sequence[Choice]) -> Iterator[Block]:
    if are_numbers(choices):
        for start in range(0, min(len(choices), MOST_LISTED), IN_A_LIST):
            items = [_section(each.label[:LABEL] or "-") for each in choices[start : start + IN_A_LIST]]
            listed = {"type": "rich_text_list", "style": "ordered", "offset": start, "elements": items}
            yield {**_rich([listed]), "block_id": f"{LISTED}-{start}"}


def _rich(elements: list[dict[str, Any]]) -> Block:
    return {"type": "rich_text", "elements": elements}


def _section(text: str) -> dict[str, Any]:
    return {"type": "rich_text_section", "elements": list(_elements(text))}


def _elements(text: str) -> Iterator[dict[str, Any]]:
    """Words, `code`, and addresses of pages, which show where they lead."""
    end = 0
    for found in SPECIAL.finditer(text):
        if text[end : found.start()]:
            yield {"type": "text", "text": text[end : found.start()]}
        code, url = found.groups()
        yield {"type": "link", "url": url} if url else {"type": "text", "text": code, "style": {"code": True}}
        end = found.end()
    if text[end:]:
        yield {"type": "text", "text": text[end:]}
