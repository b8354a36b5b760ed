"""What travels between a channel and the house: one message in, one message out."""

from dataclasses import dataclass
from typing import Literal

Style = Literal["chat", "mail"]


@dataclass(frozen=True)
class Choice:
    """One of the answers offered; `key` is what a button carries, `label` is what a person reads or types."""

    key: str
    label: str


@dataclass(frozen=True)
class Pressed:
    """A button: it names its conversation and question, so that it can never answer another one.

    `conversation` is 0 for a button that belongs to no form.
    """

    conversation: int
    question: str
    choice: str


@dataclass(frozen=True)
class Inbound:
    """One message from a person; `id` is the channel's own and unique within it.

    `trust` says how far the channel vouches for the sender: `proved` (an account or a signed reply) or `claimed`.
    """

    id: str
    channel: str
    address: str
    text: str
    pressed: Pressed | None = None
    trust: Literal["proved", "claimed"] = "proved"
    style: Style = "chat"


@dataclass(frozen=True)
class Outbound:
    """One channel-neutral message; `conversation` and `question` are what its buttons carry.

    Text is plain: a channel escapes it for itself. `choices` can always be typed, by number or label.
    """

    text: str
    choices: tuple[Choice, ...] = ()
    conversation: int = 0
    question: str = ""
    subject: str = ""


def cleaned(text: str) -> str:
    """Without what no database takes: the zero character, and halves of surrogate pairs."""
    return text.replace("\x00", "").encode("utf-8", "replace").decode()
