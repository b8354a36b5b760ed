"""What a button carries: its conversation, question and choice in at most 64 bytes."""

import re
from base64 import urlsafe_b64encode
from collections.abc import Iterable
from hashlib import sha256

from flows.dialog.speech import Choice, Outbound, Pressed, cleaned

MOST_BYTES = 64  # Telegram refuses longer callback data
LARGEST = 2**31 - 1  # of a conversation's number in the database
DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
FULL = re.compile(r"([0-9a-z]{1,6})\|([^|]*)\|(.*)", re.DOTALL)
SHORT = re.compile(r"~[\w-]{22}", re.ASCII)
FOREIGN = Pressed(0, "", "")  # no choice that was ever offered


def packed(pressed: Pressed) -> str:
    """The words themselves where they fit; otherwise a digest of them, which `found` recognises among the offered."""
    data = f"{_in_base_36(pressed.conversation)}|{pressed.question}|{pressed.choice}"
    fits = len(data.encode()) <= MOST_BYTES and unpacked(data) == pressed
    return data if fits else f"~{urlsafe_b64encode(sha256(data.encode()).digest()[:16]).decode().rstrip('=')}"


def unpacked(data: str) -> Pressed | None:
    """What a button says in words; None for a digest, and for what we never wrote."""
    written = FULL.fullmatch(cleaned(data))
    number = int(written[1], 36) if written else 0
    return Pressed(number, written[2], written[3]) if written and number <= LARGEST else None


def is_short(data: str) -> bool:
    return SHORT.fullmatch(data) is not None


def found(data: str, offered: Iterable[Outbound]) -> Pressed | None:
    """The choice of one of these messages that this digest stands for."""
    return next((each for message in offered for each in presses(message) if packed(each) == data), None)


def presses(message: Outbound) -> list[Pressed]:
    """What each button of a message means."""
    return [press(message, choice) for choice in message.choices]


def press(message: Outbound, choice: Choice) -> Pressed:
    return Pressed(message.conversation, message.question, choice.key)


def _in_base_36(number: int) -> str:
    digits = ""
    while number:
        number, digit = divmod(number, 36)
        digits = DIGITS[digit] + digits
    return digits or "0"
