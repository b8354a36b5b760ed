"""What stands on a web page: its title, its author, its words, and whether it asks for a password."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html import unescape

_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE)
# Each attempt ends at the next "<", so hostile pages take no longer than others of their size.
_TAG = re.compile(r"<(/?[a-zA-Z][a-zA-Z0-9:-]{0,30}|[!?])([^<>]*)>")
_ATTRIBUTE = re.compile(r"([a-zA-Z:-]{1,40})\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")
_HIDDEN = ("script", "style", "template", "svg")
# Only charsets of the web: Python has codecs, such as punycode, that need hours for a page.
_USABLE = re.compile(
    r"(?:utf-?(?:8|16(?:[lb]e)?)|us-ascii|latin-?1|iso-8859-\d{1,2}|(?:windows-|cp)\d{3,4}|macintosh|"
    r"koi8-[ru]|shift_jis|euc-(?:jp|kr)|iso-2022-jp|gbk|gb2312|gb18030|big5)",
    re.IGNORECASE,
)
_BREAKS = frozenset({"p", "br", "div", "li", "tr", "td", "th", "h1", "h2", "h3", "h4", "h5", "h6", "title", "section"})
_AUTHORS = frozenset({"author", "article:author", "dc.creator", "dcterms.creator", "og:article:author"})


@dataclass(frozen=True)
class Markup:
    """`text` has a line for each paragraph."""

    title: str
    author: str
    text: str
    asks_password: bool


@dataclass
class _Sheet:
    titles: list[str] = field(default_factory=list)
    authors: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    asks_password: bool = False


def decoded(content_type: str, body: bytes) -> str:
    """The text of a body: as it says itself, else UTF-8; what is no such letter is replaced."""
    named = _CHARSET.search(content_type.encode("ascii", "replace")) or _CHARSET.search(body[:2048])
    charset = named[1].decode() if named else ""
    try:
        return body.decode(charset if _USABLE.fullmatch(charset) else "utf-8-sig", "replace")
    except LookupError:  # such as iso-8859-99
        return body.decode("utf-8-sig", "replace")


def read(content_type: str, body: bytes) -> Markup:
    """Reads a page however broken it is, in a time that grows with its size alone."""
    sheet = _Sheet()
    for name, attributes, words in _pieces(decoded(content_type, body)):
        _note(sheet, name, attributes, words)
    lines = (" ".join(line.split()) for line in unescape("".join(sheet.words)).split("\n"))
    return Markup(
        _one_line(sheet.titles[:1]),
        _one_line(dict.fromkeys(sheet.authors)),
        "\n".join(line for line in lines if line),
        sheet.asks_password,
    )


def _pieces(text: str) -> Iterator[tuple[str, str, str]]:
    """Each tag in lower case with its attributes and the words that follow it, without comments and scripts."""
    text = _without(text, "<!--", "-->", len("-->"))
    for name in _HIDDEN:
        text = _without(text, f"<{name}", f"</{name}", 0)
    yield from _tags(text)


def _tags(text: str) -> Iterator[tuple[str, str, str]]:
    name, attributes, end = "", "", 0
    for tag in _TAG.finditer(text):
        yield name, attributes, text[end : tag.start()]
        name, attributes, end = tag[1].lower(), tag[2], tag.end()
    yield name, attributes, text[end:]


def _without(text: str, opening: str, closing: str, skipped: int) -> str:
    """Without what stands between these marks; what is opened and never closed runs to the end.

    `skipped` characters of the closing mark go as well.
    """
    lower, kept, place = text.lower() if len(text.lower()) == len(text) else text, [], 0
    while (start := lower.find(opening, place)) >= 0:
        kept.append(text[place:start] + " ")
        end = lower.find(closing, start + len(opening))
        place = end + skipped if end >= 0 else len(text)
    return "".join(kept) + text[place:]


def _note(sheet: _Sheet, name: str, attributes: str, words: str) -> None:
    if name == "title":
        sheet.titles.append(words)
    elif name == "meta":
        sheet.authors += _author(attributes)
    elif name in ("a", "img"):
        sheet.words.append(_beside(attributes))
    elif name == "input" and _named(attributes).get("type", "").lower() == "password":
        sheet.asks_password = True
    if name.lstrip("/") in _BREAKS:
        sheet.words.append("\n")
    sheet.words.append(words.replace("\n", " ") if name != "title" else "")


def _author(attributes: str) -> list[str]:
    named = _named(attributes)
    is_author = (named.get("name") or named.get("property") or "").lower() in _AUTHORS
    return [named.get("content", "")] if is_author else []


def _beside(attributes: str) -> str:
    """What a link or a picture tells without showing it: whom it writes to or calls, what is to be seen."""
    named = _named(attributes)
    target = named.get("href", "")
    told = target.partition(":")[2] if target.lower().startswith(("mailto:", "tel:")) else ""
    return f" {told or named.get('alt', '')} "


def _named(attributes: str) -> dict[str, str]:
    """The attributes of a tag, of which more than 4,000 characters are never looked at."""
    return {each[1].lower(): each[2] or each[3] or each[4] or "" for each in _ATTRIBUTE.finditer(attributes[:4000])}


def _one_line(parts: Iterable[str]) -> str:
    return ", ".join(" ".join(unescape(part).split())[:300] for part in parts if part.strip())
