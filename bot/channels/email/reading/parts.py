"""What a mail is, once read: its header and its parts."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.channels.email.reading import charsets, transfer
from bot.channels.email.reading.headers import Headers

TEXT_LIMIT = 1024 * 1024


@dataclass(frozen=True)
class Part:
    """One part of a mail that holds something itself, or an enclosed mail as a whole, before its own parts.

    `depth` counts the multiparts and mails around it. `inside` says that it belongs to an enclosed mail.
    `alternative` is the number of the multipart/alternative around it, 0 for none: of those parts one is meant.
    """

    media_type: str
    parameters: Mapping[str, str]
    headers: Headers
    body: bytes
    depth: int
    inside: bool
    disposition: str
    filename: str
    alternative: int = 0

    def content(self) -> bytes:
        """The bytes that were meant: transfer encoding undone, damage repaired."""
        return transfer.content(self.body, self.headers.raw("Content-Transfer-Encoding"))

    def text(self) -> str:
        """The first 1 MB as text, lines ending in \\n."""
        encoding = self.headers.raw("Content-Transfer-Encoding")
        data = transfer.content(self.body[: 4 * TEXT_LIMIT], encoding)[:TEXT_LIMIT]
        return charsets.text(data, self.parameters.get("charset", "")).replace("\r\n", "\n").replace("\r", "\n")


@dataclass(frozen=True)
class Mail:
    """A mail as it was read: `parts` in their order, without the multiparts; `warnings` tell what was left out."""

    headers: Headers
    parts: tuple[Part, ...]
    raw_size: int
    warnings: tuple[str, ...]
