"""The web links in a message, and one spelling for each, so that a page given twice is one link."""

import re
from collections.abc import Iterator
from urllib.parse import unquote_plus, urlsplit

from flows.dialog.unclear import Unclear
from flows.program import hosts

MOST = 50  # links of one message
LONGEST = 2000  # characters of a link
SCHEME = "I can only take web links, which begin with https:// or http://"
SECRETS = "That link carries a user name or a password; please send it without."
TOO_LONG = f"That link is longer than {LONGEST:,} characters; please send a shorter one, such as the page's share link."

_FOUND = re.compile(
    r"(?:https?://|(?<![\w@./-])www\.(?=\w))"
    r"(?:(?![,;]https?://|\]\()[^\s<>\"“”„«»`|\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff])+",
    re.IGNORECASE,
)
_TRAILING = ".,;:!?'’‘*_~…\\"
_CLOSING = {")": "(", "]": "[", "}": "{"}
_SCHEME = re.compile(r"([a-z][a-z0-9+-]*):(?![0-9]{1,5}(?:[/?#]|$))", re.IGNORECASE)
_PORT = re.compile(r":([0-9]{0,5})")
_USUAL = {"http": 80, "https": 443}
_ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})|[^A-Za-z0-9\-._~!$&'()*+,;=:@/?]")
_UNRESERVED = re.compile(r"[A-Za-z0-9\-._~]")
_TRACKING = re.compile(
    r"utm_.*|mtm_.*|pk_(?:campaign|kwd|source|medium)|(?:fb|g|d|tw|tt|y)clid|msclkid|[wg]braid|igshid?|usp|"
    r"mc_[ce]id|_hsenc|_hsmi|_ga|_gl|oly_(?:anon|enc)_id|vero_id|mkt_tok|wickedid",
    re.IGNORECASE,
)


def find(text: str) -> tuple[str, ...]:
    """The web links as they are written, in order, each page once, at most 50; `normal` says which of them will do."""
    found: dict[str, str] = {}
    for written in _written(text):
        found.setdefault(_known_by(written), written)
        if len(found) == MOST:
            break
    return tuple(found.values())


def normal(url: str) -> str:
    """The one spelling of a link, without what only counts visitors; `https://` is added where no scheme is given.

    The part after `#` is kept where it chooses what is shown (`#page=3`, `#/works/2`), not where it only scrolls.
    Raises Unclear, with what to do, for whatever is no harmless web link.
    """
    base, query, fragment = _parts(url)
    told = "&".join(each for each in query.split("&") if each and not _is_tracking(each))
    shown = fragment if _chooses(fragment) else ""
    return base + (f"?{told}" if told else "") + (f"#{shown}" if shown else "")


def harmless(url: str) -> str:
    """As `normal`, but with everything that is sent to the site; nothing after `#`, which never is."""
    base, query, _ = _parts(url)
    return base + (f"?{query}" if query else "")


def complete(words: str) -> str:
    """The link as it was written, with `https://` where no scheme is given. Raises Unclear as `normal` does."""
    _parts(words)
    return words if _SCHEME.match(words) else f"https://{words}"


def _written(text: str) -> Iterator[str]:
    seen: set[str] = set()
    for match in _FOUND.finditer(text):
        link = _trimmed(match[0])
        if link not in seen and re.match(r"https?://.|www\.\w", link, re.IGNORECASE):
            seen.add(link)
            yield link
        if len(seen) == 10 * MOST:  # whoever writes one page in hundreds of ways is not read to the end
            return


def _trimmed(link: str) -> str:
    """Without the punctuation around it; a closing bracket stays where the link opens one."""
    extra = {closing: link.count(closing) - link.count(opening) for closing, opening in _CLOSING.items()}
    end = len(link)
    while end and (link[end - 1] in _TRAILING or extra.get(link[end - 1], 0) > 0):
        if link[end - 1] in extra:
            extra[link[end - 1]] -= 1
        end -= 1
    return link[:end]


def _known_by(written: str) -> str:
    try:
        return normal(written)
    except Unclear:
        return written


def _parts(url: str) -> tuple[str, str, str]:
    """Scheme, host and path in one spelling; the query; what stands after `#`."""
    url = url.strip()
    if len(url) > LONGEST:
        raise Unclear(TOO_LONG)
    if not url or not url.isprintable() or " " in url:
        raise Unclear(hosts.UNREADABLE)
    scheme, netloc, path, query, fragment = _split(url)
    if "@" in netloc:
        raise Unclear(SECRETS if "://" in url else hosts.UNREADABLE)
    base = f"{scheme}://{_place(scheme, netloc)}{_path(_escaped(path))}"
    parts = base, _escaped(query), _escaped(fragment)
    if sum(map(len, parts)) > LONGEST - 2:
        raise Unclear(TOO_LONG)
    return parts


def _split(url: str) -> tuple[str, str, str, str, str]:
    named = _SCHEME.match(url)
    if named and named[1].lower() not in _USUAL:
        raise Unclear(SCHEME)
    try:
        parts = urlsplit(url if named else f"https://{url}")
    except ValueError:
        raise Unclear(hosts.UNREADABLE) from None
    return parts.scheme.lower(), parts.netloc, parts.path, parts.query, parts.fragment


def _place(scheme: str, netloc: str) -> str:
    """Host, and port where it is not the usual one."""
    end = netloc.find("]") + 1 or len(netloc.partition(":")[0])
    host, rest = netloc[:end], netloc[end:]
    given = _PORT.fullmatch(rest)
    port = int(given[1] or _USUAL[scheme]) if given else _USUAL[scheme]
    if (rest and not given) or not 0 < port < 65536:
        raise Unclear(hosts.UNREADABLE)
    return hosts.name(host) + ("" if port == _USUAL[scheme] else f":{port}")


def _path(path: str) -> str:
    """Without `.` and `..`, as every browser asks for it."""
    kept: list[str] = []
    segments = path.split("/")[1:]
    for segment in segments:
        if segment == "..":
            del kept[-1:]
        elif segment != ".":
            kept.append(segment)
    if segments and segments[-1] in (".", ".."):
        kept.append("")
    return "/" + "/".join(kept)


def _escaped(text: str) -> str:
    """Each character in one spelling: plain where it may be, else by its UTF-8 bytes."""

    def spelled(match: re.Match[str]) -> str:
        if match[1]:
            plain = chr(int(match[1], 16))
            return plain if _UNRESERVED.fullmatch(plain) else f"%{match[1].upper()}"
        return "".join(f"%{byte:02X}" for byte in match[0].encode("utf-8", "replace"))

    return _ESCAPE.sub(spelled, text)


def _is_tracking(pair: str) -> bool:
    return _TRACKING.fullmatch(unquote_plus(pair.partition("=")[0])) is not None


def _chooses(fragment: str) -> bool:
    return (fragment.startswith(("!", "/")) or "=" in fragment) and ":~:" not in fragment and not _is_tracking(fragment)
