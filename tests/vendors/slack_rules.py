"""What Slack refuses in a message, by its own words for it; None when it takes it."""

import re
from collections.abc import Iterator
from typing import Any, TypeAlias

Json: TypeAlias = dict[str, Any]

CONTROL = re.compile(r"<(?:[@#!][^>]*|[a-z]+:[^>]*)>")
MOST_BLOCKS, MOST_IN_HOME = 50, 100
SECTION, CAPTION, VALUE, ID, ELEMENTS, TEXT, TOGETHER = 3000, 75, 2000, 255, 25, 40_000, 13_000
INJECTING = {"user", "usergroup", "broadcast", "channel", "team"}


def refusal(body: Json, most: int = MOST_BLOCKS) -> str | None:
    """The error of a message or view."""
    blocks = body.get("blocks") or []
    if not isinstance(blocks, list) or not all(isinstance(each, dict) for each in blocks):
        return "invalid_blocks_format"
    if not blocks and not str(body.get("text", "")).strip():
        return "no_text"
    if len(str(body.get("text", ""))) > TEXT:
        return "msg_too_long"
    if len(blocks) > most or not all(map(_is_block, blocks)) or not _distinct(blocks):
        return "invalid_blocks"
    if sum(map(_length, blocks)) > TOGETHER:
        return "msg_blocks_too_long"
    metadata = body.get("metadata")
    return "invalid_metadata_format" if metadata is not None and not _is_metadata(metadata) else None


def injected(body: Json) -> list[str]:
    """What Slack would make more of than the words: mentions, commands, links with words of their own."""
    found = [match[0] for text in _marked_up(body) for match in CONTROL.finditer(text)]
    found += [str(element) for element in _elements(body.get("blocks") or []) if _injects(element)]
    careless = body.get("parse", "none") != "none" or body.get("link_names")
    return [*found, *(["parse"] if careless else [])]


def _injects(element: Json) -> bool:
    return element.get("type") in INJECTING or (element.get("type") == "link" and "text" in element)


def buttons(body: Json) -> list[Json]:
    return [each for each in _elements(body.get("blocks") or []) if each.get("type") == "button"]


def _is_block(block: Json) -> bool:
    if len(str(block.get("block_id", ""))) > ID:
        return False
    match block.get("type"):
        case "section":
            return _is_text(block.get("text"), SECTION)
        case "actions":
            elements = block.get("elements", [])
            return 0 < len(elements) <= ELEMENTS and all(map(_is_button, elements))
        case "rich_text":
            return bool(block.get("elements")) and all(map(_is_rich, block["elements"]))
        case "divider":
            return True
    return False


def _is_text(text: object, most: int) -> bool:
    if not isinstance(text, dict) or text.get("type") not in ("plain_text", "mrkdwn"):
        return False
    return 0 < len(str(text.get("text", ""))) <= most


def _is_button(element: Json) -> bool:
    text, spoken = element.get("text"), str(element.get("accessibility_label", ""))
    plain = isinstance(text, dict) and text.get("type") == "plain_text" and _is_text(text, CAPTION)
    fits = len(str(element.get("value", ""))) <= VALUE and 0 < len(str(element.get("action_id", ""))) <= ID
    return element.get("type") == "button" and plain and fits and len(spoken) <= CAPTION


def _is_rich(element: Json) -> bool:
    inner = element.get("elements", [])
    if element.get("type") == "rich_text_list":
        return element.get("style") in ("ordered", "bullet") and bool(inner) and all(map(_is_rich, inner))
    if element.get("type") != "rich_text_section" or not inner:
        return False
    return all(map(_is_inline, inner)) and _length(element) <= SECTION


def _is_inline(element: Json) -> bool:
    match element.get("type"):
        case "text":
            return bool(element.get("text"))
        case "link":
            return bool(re.fullmatch(r"(?:https?|mailto):\S+", str(element.get("url", ""))))
    return element.get("type") in INJECTING


def _is_metadata(metadata: object) -> bool:
    return isinstance(metadata, dict) and set(metadata) == {"event_type", "event_payload"}


def _distinct(blocks: list[Json]) -> bool:
    actions = [each.get("action_id") for each in _elements(blocks) if each.get("type") == "button"]
    ids = [each["block_id"] for each in blocks if each.get("block_id")]
    return len(set(actions)) == len(actions) and len(set(ids)) == len(ids)


def _length(part: Json) -> int:
    return sum(len(_words(each)) for each in _elements([part]))


def _words(element: Json) -> str:
    text = element.get("text", element.get("url", ""))
    return str(text.get("text", "")) if isinstance(text, dict) else str(text)


def _elements(parts: list[Json]) -> Iterator[Json]:
    for part in parts:
        if isinstance(part, dict):
            yield part
            yield from _elements([each for each in part.get("elements", []) if isinstance(each, dict)])


def _marked_up(body: Json) -> Iterator[str]:
    yield str(body.get("text", ""))
    for block in body.get("blocks") or []:
        text = block.get("text")
        if isinstance(text, dict) and text.get("type") == "mrkdwn":
            yield str(text.get("text", ""))
