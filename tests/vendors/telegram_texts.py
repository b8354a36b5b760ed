"""How Telegram reads the texts that a bot sends: its HTML, entities, lengths and buttons, and what of that it refuses."""

import json
import re
from html import unescape
from typing import Any

TAGS = {"b", "strong", "i", "em", "u", "ins", "s", "strike", "del", "code", "pre", "blockquote", "tg-spoiler", "a"}
TOKEN = re.compile(r"<(/?)([a-zA-Z-]+)([^<>]*)>|&(?:lt|gt|amp|quot|#\d+|#x[0-9a-fA-F]+);|[^<&]+|.", re.DOTALL)
NAMES = {"code": "code", "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "pre": "pre", "a": "text_link"}
LONGEST = {"text": 4096, "caption": 1024}


class Refused(Exception):
    """An answer of the Bot API that is not ok."""

    def __init__(self, code: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.code, self.description, self.parameters = code, description, parameters


def bad(description: str) -> Refused:
    return Refused(400, f"Bad Request: {description}")


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def read(values: dict[str, Any], field: str) -> tuple[str, list[dict[str, Any]]]:
    """The text or caption as people see it, and its entities; Refused as Telegram would."""
    told = str(values.get(field, ""))
    mode = values.get("parse_mode", "")
    if mode not in ("", "HTML"):
        raise bad("unsupported parse_mode")
    given = json.loads(values.get(f"{field}_entities" if field != "text" else "entities", "[]"))
    text, entities = parsed(told) if mode == "HTML" else (told, given)
    cut = len(text) - len(text.lstrip())
    text = text.strip()
    if not text and field == "text":
        raise bad("message text is empty")
    if units(text) > LONGEST[field]:
        raise bad("message is too long" if field == "text" else "message caption is too long")
    return text, [each | {"offset": each["offset"] - cut} for each in entities]


def parsed(html: str) -> tuple[str, list[dict[str, Any]]]:
    text, entities, opened = "", list[dict[str, Any]](), list[tuple[str, int]]()
    for token in TOKEN.finditer(html):
        closing, tag, _ = token[1], (token[2] or "").lower(), token[3]
        if token[0] in ("<", "&"):
            raise bad(f"can't parse entities: unexpected {token[0]!r} at byte offset {token.start()}")
        if not tag:
            text += unescape(token[0])
        elif tag not in TAGS:
            raise bad(f'can\'t parse entities: Unsupported start tag "{tag}" at byte offset {token.start()}')
        elif not closing:
            opened.append((tag, units(text)))
        elif not opened or opened[-1][0] != tag:
            raise bad(f'can\'t parse entities: Unexpected end tag "{tag}" at byte offset {token.start()}')
        else:
            begin = opened.pop()[1]
            entities.append({"type": NAMES.get(tag, tag), "offset": begin, "length": units(text) - begin})
    if opened:
        raise bad(f"can't parse entities: Can't find end tag corresponding to start tag \"{opened[-1][0]}\"")
    return text, entities


def buttons(values: dict[str, Any]) -> list[list[dict[str, str]]]:
    """The rows of an inline keyboard; Refused as Telegram would."""
    rows: list[list[dict[str, str]]] = json.loads(values.get("reply_markup") or "{}").get("inline_keyboard", [])
    for each in (each for row in rows for each in row):
        if not each.get("text", "").strip():
            raise bad("inline keyboard button text must be non-empty")
        if len({"callback_data", "url"} & set(each)) != 1:
            raise bad("can't parse inline keyboard button: exactly one of the optional fields must be used")
        if not 1 <= len(each.get("callback_data", "x").encode()) <= 64:
            raise bad("BUTTON_DATA_INVALID")
    if sum(map(len, rows)) > 100:
        raise bad("reply markup is too long")
    return rows


def marked(text: str, entities: list[dict[str, Any]]) -> str:
    """The text with `code` in backticks, as our own texts write it."""
    data = text.encode("utf-16-le")
    for each in sorted(entities, key=lambda entity: entity["offset"], reverse=True):
        begin, end = 2 * each["offset"], 2 * (each["offset"] + each["length"])
        if each["type"] == "code":
            tick = "`".encode("utf-16-le")
            data = data[:begin] + tick + data[begin:end] + tick + data[end:]
    return data.decode("utf-16-le")
