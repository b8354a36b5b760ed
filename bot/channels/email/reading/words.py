"""What stands inside a header's value: encoded words, parameters, addresses."""

import binascii
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import unquote_to_bytes

from bot.channels.email.reading import charsets

_WORD = re.compile(r"=\?([A-Za-z0-9_.:+-]{1,40})(?:\*[A-Za-z-]{0,20})?\?([BbQq])\?")
_PIECE = re.compile(r'[",;<(:]')
_MARKS = {'"': re.compile(r'\\.|"'), "(": re.compile(r"\\.|[()]")}
_BEFORE_AT = re.compile(r"[^\s<>()\[\],;:\"@]{1,64}\Z")
_AFTER_AT = re.compile(r"\[[^\s\]<>@]{1,253}\]|[^\s<>()\[\],;:\"'@]{1,255}")
_PARAMETERS_LIMIT = 60
_BASE64 = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/="
_NOT_BASE64 = bytes(code for code in range(256) if code not in _BASE64)


@dataclass(frozen=True)
class Address:
    """One mailbox of a header: the name shown to people, which anybody may choose, and the address."""

    name: str
    address: str


def decoded(value: str) -> str:
    """The value with its encoded words (RFC 2047) decoded, also where they are split in mid letter or damaged."""
    if "=?" not in value:
        return value
    out: list[str] = []
    run: list[bytes] = []
    charset = ""
    for plain, name, content in _words(value):
        if run and (plain or name != charset):
            out.append(charsets.text(b"".join(run), charset))
            run = []
        out.append(plain)
        if name:
            run.append(content)
        charset = name
    return " ".join("".join(out).split())


def _words(value: str) -> Iterator[tuple[str, str, bytes]]:
    """Plain text, charset and bytes in turn; the last has no charset. White space between two words is none."""
    position = 0
    while match := _WORD.search(value, position):
        end = value.find("?=", match.end())
        if end < 0:
            break
        plain = value[position : match.start()]
        content = _bytes(match[2], value[match.end() : end])
        yield "" if position and not plain.strip() else plain, match[1].lower(), content
        position = end + 2
    yield value[position:], "", b""


def _bytes(encoding: str, content: str) -> bytes:
    raw = content.encode("utf-8", "replace")
    if encoding in "Qq":
        return binascii.a2b_qp(raw, header=True)
    return from_base64(raw)


def from_base64(raw: bytes) -> bytes:
    """The bytes, as far as they can be read: strange characters are passed over, missing padding is made up for."""
    letters = raw.translate(None, _NOT_BASE64)
    whole = letters.find(b"=")
    letters = letters if whole < 0 else letters[:whole]
    if len(letters) % 4 == 1:
        letters = letters[:-1]
    return binascii.a2b_base64(letters + b"=" * (-len(letters) % 4))


def parameters(value: str) -> tuple[str, Mapping[str, str]]:
    """What stands before the first semicolon, in lower case, and the parameters by their names in lower case.

    Values in pieces and in a charset (RFC 2231) are put together; encoded words, which many programs write here
    against the rules, are decoded. At most 60 parameters are read.
    """
    first, *rest = _split(value, ";")
    found: dict[str, str] = {}
    for item in rest[:_PARAMETERS_LIMIT]:
        name, _, given = item.partition("=")
        found.setdefault(name.strip().lower(), _unquoted(given))
    return first.strip().lower(), {name: decoded(text) for name, text in _joined(found).items()}


def _joined(found: Mapping[str, str]) -> dict[str, str]:
    if not any("*" in name for name in found):
        return dict(found)
    joined = {name: text for name, text in found.items() if "*" not in name}
    pieces: dict[str, list[bytes]] = {}
    charset: dict[str, str] = {}
    for name, text in sorted(found.items(), key=_piece_number):
        whole, star, _ = name.partition("*")
        if star:
            named, content = _piece(text, encoded=name.endswith("*"), first=whole not in pieces)
            charset.setdefault(whole, named)
            pieces.setdefault(whole, []).append(content)
    joined.update({name: charsets.text(b"".join(parts), charset[name]) for name, parts in pieces.items()})
    return joined


def _piece(text: str, *, encoded: bool, first: bool) -> tuple[str, bytes]:
    """The charset, which only the first piece names, and the bytes."""
    if not encoded:
        return "", text.encode("utf-8", "replace")
    named = ""
    if first and text.count("'") >= 2:
        named, _, text = text.split("'", 2)
    return named, unquote_to_bytes(text)


def _piece_number(item: tuple[str, str]) -> int:
    digits = item[0].partition("*")[2].rstrip("*")
    return int(digits) if digits.isdecimal() and len(digits) < 4 else 0


def _unquoted(text: str) -> str:
    text = text.strip()
    if text.startswith('"'):
        end = text.find('"', 1) if "\\" not in text else len(text.rstrip('"'))
        text = text[1:end] if end > 0 else text[1:]
        return re.sub(r"\\(.)", r"\1", text) if "\\" in text else text
    return text


def addresses(value: str) -> tuple[Address, ...]:
    """The mailboxes of a From, To or Cc as it came (`Headers.raw`), groups opened, whatever is no address left out.

    In each, the address is the last one in angle brackets, or else the first outside quotes and comments: what
    is shown as a name, and what encoded words hold, is never taken for the address.
    """
    found = (_mailbox(item) for item in _split(value, ",;:"))
    return tuple(one for one in found if one.address)


def _mailbox(item: str) -> Address:
    bare, comment = _without_quotes(item)
    opened = bare.rfind("<")
    if opened >= 0:
        address = _address(bare[opened + 1 :].partition(">")[0])
        return Address(_name(item[: item.rfind("<")]), address)
    return Address(_name(comment), _address(bare))


def _address(text: str) -> str:
    """The address around the first @: at most 64 characters before it and 255 after it; "" where there is none."""
    at = text.rfind("@") if text.startswith("@") else text.find("@")  # an old route stands before the address
    if at < 0:
        return ""
    before = _BEFORE_AT.search(text, max(0, at - 64), at)
    after = _AFTER_AT.match(text, at + 1, at + 256)
    return f"{before[0]}@{after[0].rstrip('.').lower()}" if before and after else ""


def _name(text: str) -> str:
    return " ".join(decoded(text.strip().strip("\"'").replace("\\", "")).split()).strip("\"'")


def _without_quotes(item: str) -> tuple[str, str]:
    """The text outside quotes and comments, and what the comments say."""
    tokens = list(_tokens(item))
    outside = "".join(piece for inside, piece in tokens if inside in ("", "<"))
    return outside, "".join(piece for inside, piece in tokens if inside == "(").strip("()")


def _split(value: str, separators: str) -> list[str]:
    """The value cut at separators outside quotes, comments and angle brackets."""
    items: list[str] = []
    item: list[str] = []
    for inside, piece in _tokens(value):
        if not inside and piece in separators:
            items.append("".join(item))
            item = []
        else:
            item.append(piece)
    return [*items, "".join(item)]


def _tokens(value: str) -> Iterator[tuple[str, str]]:
    """The pieces, each with what it stands in: a quote, a comment, angle brackets or nothing."""
    position = 0
    last = {'"': value.rfind('"'), "(": value.rfind(")"), "<": value.rfind(">")}
    while position < len(value):
        piece = _PIECE.search(value, position)
        if piece is None:
            break
        if piece.start() > position:
            yield "", value[position : piece.start()]
        inside = piece[0] if last.get(piece[0], -1) > piece.start() else ""
        end = _end(value, piece.start(), inside) if inside else piece.end()
        yield inside, value[piece.start() : end]
        position = end
    if position < len(value):
        yield "", value[position:]


def _end(value: str, start: int, inside: str) -> int:
    """Where the quote, comment or bracket ends that begins at `start`; the end of the value, if it never does."""
    if inside == "<":
        return value.index(">", start) + 1
    depth = 0
    for mark in _MARKS[inside].finditer(value, start):
        if mark[0] == "(":
            depth += 1
        elif mark[0] == ")":
            depth -= 1
        if (inside == "(" and depth == 0) or (mark[0] == '"' and mark.start() > start):
            return mark.end()
    return len(value)
