"""Buttons: what each says and carries, and what is made of it when it comes back."""

import json
from collections.abc import Iterator, Sequence
from itertools import count
from typing import Any, TypeAlias

from flows.dialog.speech import Choice, Outbound, Pressed, cleaned

Block: TypeAlias = dict[str, Any]

PRIVATE = "private:"
ROWS, LISTED = "buttons", "choices"  # how the ids of their blocks begin
SHOWN = 30  # Slack may cut a longer caption short
LONGEST_CAPTION, LONGEST_VALUE = 75, 2000
IN_A_ROW, MOST = 5, 100
LARGEST = 2**63


def are_numbers(choices: Sequence[Choice]) -> bool:
    """Whether the buttons say numbers, because a label is too long for one; the labels then stand in the text."""
    return any(not 0 < len(each.label) <= SHOWN for each in choices) or len(choices) > MOST


def rows(message: Outbound) -> list[Block]:
    """The buttons, a few in a row; a choice that is too much for a button can still be typed."""
    made = list(_buttons(message))
    batches = (made[start : start + IN_A_ROW] for start in range(0, len(made), IN_A_ROW))
    return [{"type": "actions", "block_id": f"{ROWS}-{number}", "elements": row} for number, row in enumerate(batches)]


def pressed(value: str) -> Pressed:
    """What a button carried; one that was made up belongs to nothing, and is answered as one no longer open."""
    try:
        conversation, question, choice = json.loads(value)
    except (ValueError, TypeError, RecursionError):
        return Pressed(0, "", "")
    if type(conversation) is not int or not 0 <= conversation < LARGEST:
        return Pressed(0, "", "")
    if not isinstance(question, str) or not isinstance(choice, str):
        return Pressed(0, "", "")
    return Pressed(conversation, cleaned(question), cleaned(choice))


def _buttons(message: Outbound) -> Iterator[Block]:
    numbers = are_numbers(message.choices)
    for number, choice in zip(count(1), message.choices[:MOST], strict=False):
        value = _value(message, choice)
        if len(value) <= LONGEST_VALUE:
            yield _button(f"choice-{number}", f"{number}" if numbers else choice.label, choice.label, value)


def _button(action_id: str, caption: str, label: str, value: str) -> Block:
    """`label` is what a screen reader says, and what is shown when the button was pressed."""
    text = {"type": "plain_text", "text": caption, "emoji": False}
    spoken = label[:LONGEST_CAPTION] or caption
    return {"type": "button", "action_id": action_id, "text": text, "value": value, "accessibility_label": spoken}


def _value(message: Outbound, choice: Choice) -> str:
    conversation, question = message.conversation, message.question
    if choice.key.startswith(PRIVATE):  # it leads out of a channel into a talk that has no form yet
        conversation, question = 0, ""
    return json.dumps([conversation, question, choice.key], ensure_ascii=False, separators=(",", ":"))
