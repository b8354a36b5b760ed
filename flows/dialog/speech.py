"""What travels between a channel and the house: one message in, one message out."""

from dataclasses import dataclass
from typing import Literal

Style = Literal["chat", "mail"]
Content = Literal["text", "edit", "file", "photo", "voice", "video", "sticker", "location", "contact", "other"]


@dataclass(frozen=True)
class Choice:
    """One of the answers offered; `key` is what a button carries, `label` is what a person reads or types."""

    key: str
    label: str


@dataclass(frozen=True)
class Pressed:
    """A button: it names its conversation and question, so that it can never answer another one.

    `conversation` is 0 for a button that belongs to no form; `question` may then name what it is about ("item:17").
    """

    conversation: int
    question: str
    choice: str


@dataclass(frozen=True)
class File:
    """A picture or document; `alt` says in words what a picture shows."""

    name: str
    media_type: str
    content: bytes
    alt: str = ""


@dataclass(frozen=True)
class Drawing:
    """A picture or document that is still to be made, by whoever delivers it.

    `kind` says how, `name` what the file is called; `data` is all that stands on it, as a JSON object. `alt` is as with
    `File`.
    """

    kind: str
    name: str
    alt: str
    data: str


@dataclass(frozen=True)
class Envelope:
    """What mail alone knows of a message.

    `signed`: it came to a reply address that was made for its sender, in the letter of that number (`letter`, in the
    outbox) about `matter`; `foreign`: to one that was made for somebody else. `others`: it went to further people as
    well. `thread` are the names of the mails before it, oldest first. `unsure`: what is new in it could not be told
    from what it quotes. `files` came with it and can be kept; `refused` are the names of those that cannot.
    """

    subject: str = ""
    matter: str = ""
    letter: int = 0
    signed: bool = False
    foreign: bool = False
    others: bool = False
    thread: tuple[str, ...] = ()
    unsure: bool = False
    files: tuple[File, ...] = ()
    refused: tuple[str, ...] = ()


@dataclass(frozen=True)
class Inbound:
    """One message from a person; `id` is the channel's own and unique within it.

    `trust` says how far the channel vouches for the sender: `proved` (an account or a signed reply) or `claimed`.
    `content` is what came, `text` then being its caption; `name` what the channel calls the sender. `place` is the
    address of the group or channel where it was said, empty in private; `answers` is the vendor's name of the message
    that it answers, or of the first one of its thread.
    """

    id: str
    channel: str
    address: str
    text: str
    pressed: Pressed | None = None
    trust: Literal["proved", "claimed"] = "proved"
    style: Style = "chat"
    content: Content = "text"
    name: str = ""
    place: str = ""
    answers: str = ""
    mail: Envelope | None = None


@dataclass(frozen=True)
class Outbound:
    """One channel-neutral message; `conversation` and `question` are what its buttons carry.

    Text is plain: a channel escapes it for itself. `choices` can always be typed, by number or label; in a place of
    many people a choice whose key begins with `private:` leads into a private talk. `edits` is the number (in the
    outbox) of an earlier message to the same address that this one takes the place of; `answers` the vendor's name of
    the message or thread that it belongs to. `quiet` asks for no sound where the channel knows one. `stoppable` names
    the kind of message ("reviews"), for one that comes unasked and that the person may stop. `drawings` become files
    when it is delivered; the text says all without them.
    """

    text: str
    choices: tuple[Choice, ...] = ()
    conversation: int = 0
    question: str = ""
    subject: str = ""
    edits: int = 0
    answers: str = ""
    quiet: bool = False
    files: tuple[File, ...] = ()
    stoppable: str = ""
    drawings: tuple[Drawing, ...] = ()


def cleaned(text: str) -> str:
    """Without what no database takes: the zero character, and halves of surrogate pairs."""
    return text.replace("\x00", "").encode("utf-8", "replace").decode()
