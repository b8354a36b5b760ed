"""HTML as the lines a person sees, with quotations marked by `>` and the addresses of links beside their words."""

import re
from html import unescape

from bot.channels.email.reading.containers import Container, container
from bot.channels.email.reading.languages import spaced
from bot.channels.email.reading.lines import LINES_LIMIT
from bot.channels.email.reading.page import Page

_TAG = re.compile(r"</?([a-zA-Z][a-zA-Z0-9:-]{0,30})")
_ATTRIBUTE = re.compile(r"([a-zA-Z][a-zA-Z-]{0,30})\s{0,5}=\s{0,5}(\"[^\"]*\"|'[^']*'|[^\s\"'>]+)")
_ATTRIBUTES_WIDTH = 2000
_HIDDEN = frozenset(("script", "style", "title", "xml", "noscript", "template", "svg", "select"))
_BLOCKS = frozenset(
    spaced("""
address article aside blockquote body caption center dd details div dl dt fieldset figure footer form h1 h2 h3 h4 h5 h6
header html li main nav ol p pre section summary table tbody tfoot thead tr ul
""")
)
_SPACED = frozenset(("p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "blockquote", "pre", "dl", "table"))


def lines(source: str) -> str:
    """The text; lines that a mail program marked begin with the marks of `reading.lines`."""
    return _Walk(source).text()


class _Walk:
    """One way through the source, from tag to tag."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._page = Page()
        self._open: dict[str, int] = {}
        self._missing: set[str] = set()

    def text(self) -> str:
        source, page = self._source, self._page
        position = 0
        while page.count <= LINES_LIMIT:
            start = source.find("<", position)
            if start < 0:
                page.write(_plain(source[position:]))
                break
            if start > position:
                page.write(_plain(source[position:start]))
            position = self._markup(start)
        return page.finished()

    def _markup(self, start: int) -> int:
        """Takes what begins with `<`; where to go on."""
        source = self._source
        tag = _TAG.match(source, start)
        if tag:
            end = self._find(">", tag.end())
            if end < 0:
                return len(source)
            return self._tag(tag[1].lower(), source[start + 1] == "/", source[tag.end() : end], end + 1)
        if source.startswith("<!--", start):
            end = self._find("-->", start + 4)
            return end + 3 if end >= 0 else start + 4
        if source.startswith(("<!", "<?", "</"), start):
            end = self._find(">", start)
            return end + 1 if end >= 0 else start + 2
        self._page.write("<")
        return start + 1

    def _find(self, what: str, start: int) -> int:
        """Its place, or -1; what was once not found is never looked for again, or unclosed tags took quadratic time."""
        if what in self._missing:
            return -1
        found = self._source.find(what, start)
        if found < 0:
            self._missing.add(what)
        return found

    def _tag(self, name: str, closing: bool, inner: str, position: int) -> int:
        if closing:
            self._close(name)
        elif name in _HIDDEN:
            return self._after(name, inner, position)
        else:
            self._begin(name, _attributes(inner) if inner.strip("/ \n") else {})
        return position

    def _after(self, name: str, inner: str, position: int) -> int:
        """Past the end of what is never shown."""
        if inner.endswith("/") or name in self._missing:
            return position
        end = re.compile(rf"</{name}\b", re.IGNORECASE).search(self._source, position)
        if not end:
            self._missing.add(name)
            return position
        return end.start()

    def _begin(self, name: str, attributes: dict[str, str]) -> None:
        page = self._page
        if name == "br":
            page.newline()
            return
        if name in _BLOCKS or name == "hr":
            page.block()
        self._open[name] = self._open.get(name, 0) + 1
        if name in _SPACED and not _tight(name, attributes):
            page.gap()
        if attributes or name == "blockquote":
            kind = container(name, attributes)
            if kind is not Container.NONE:
                page.enter(kind, name, self._open[name])
        self._special(name, attributes)

    def _special(self, name: str, attributes: dict[str, str]) -> None:
        page = self._page
        if name == "a":
            page.begin_link(unescape_safely(attributes.get("href", "")).strip())
        elif name == "li":
            page.item()
        elif name in ("ul", "ol"):
            page.begin_list(ordered=name == "ol", start=attributes.get("start", ""))
        elif name == "pre":
            page.pre += 1
        elif name == "hr":
            page.rule()
        elif name == "img":
            page.picture(unescape_safely(attributes.get("alt", "")))

    def _close(self, name: str) -> None:
        page = self._page
        if name == "a":
            page.end_link()
        elif name in ("td", "th"):
            page.write(" ")
        if name in _BLOCKS:
            page.block()
        count = self._open.get(name, 0)
        if count:
            page.leave(name, count)
            self._open[name] = count - 1
        if name in _SPACED and name != "p":
            page.gap()
        if name in ("ul", "ol"):
            page.end_list()
        elif name == "pre":
            page.pre = max(0, page.pre - 1)


def _attributes(inner: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for match in _ATTRIBUTE.finditer(inner[:_ATTRIBUTES_WIDTH]):
        found.setdefault(match[1].lower(), match[2].strip("\"'"))
    return found


def _tight(name: str, attributes: dict[str, str]) -> bool:
    """Paragraphs without a margin are lines: Outlook's, and those of programs that write a paragraph a line."""
    if name != "p" or not attributes:
        return name in ("ul", "ol", "table")
    style = attributes.get("style", "").replace(" ", "").lower()
    return (
        "Mso" in attributes.get("class", "")
        or style.startswith("margin:0")
        or ";margin:0" in style
        or "margin-top:0" in style
    )


def _plain(text: str) -> str:
    return unescape_safely(text) if "&" in text else text


def unescape_safely(text: str) -> str:
    """Character references resolved; none, where one is a number of over 4,300 digits, which Python refuses."""
    try:
        return unescape(text)
    except ValueError:
        return text
