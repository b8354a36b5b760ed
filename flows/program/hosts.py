"""Which host a web address names, and whether everybody can reach it: no private networks, no look-alike letters."""

import re
import unicodedata
from collections.abc import Iterator
from encodings.idna import ToASCII
from ipaddress import AddressValueError, IPv4Address, IPv4Network, IPv6Address, IPv6Network

from flows.dialog.unclear import Unclear

Address = IPv4Address | IPv6Address

UNREADABLE = "That does not look like a link; it should be like https://example.org/my-work"
PRIVATE = (
    "That address leads into a private network or to a single computer, where nobody else can open it; "
    "please send a link that works for everybody."
)
LOOK_ALIKE = (
    "That address mixes letters that look alike but come from different alphabets; "
    "please copy it from your browser's address bar, or send another link."
)
NO_DOT = "That address has no full name of a site in it; it should be like https://example.org/my-work"

# IANA's registries of special-purpose addresses; newer Python versions know more of them than older ones.
_SPECIAL_4 = tuple(
    IPv4Network(each)
    for each in (
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
        "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24",
        "224.0.0.0/4", "240.0.0.0/4",
    )
)  # fmt: skip
_GLOBAL_6 = IPv6Network("2000::/3")
_SPECIAL_6 = tuple(IPv6Network(each) for each in ("2001::/23", "2001:db8::/32", "3fff::/20"))
_TEREDO, _SIX_TO_FOUR = IPv6Network("2001::/32"), IPv6Network("2002::/16")
_NAT64 = IPv6Network("64:ff9b::/96")
_LOCAL = ("localhost", "localdomain", "local", "internal", "intranet", "lan", "home", "corp", "private", "home.arpa")

_DOTS = re.compile("[\u3002\uff0e\uff61]")
_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
# Scripts that one language writes together, beside Latin.
_TOGETHER = (
    frozenset({"LATIN", "CJK", "HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA"}),
    frozenset({"LATIN", "CJK", "HANGUL"}),
    frozenset({"LATIN", "CJK", "BOPOMOFO"}),
)
# Cyrillic and Greek letters that are drawn like Latin ones: a name of nothing else poses as a Latin name,
# except under the domains of countries that write so.
_POSING = frozenset("асԁеһіјӏорԛѕԝхуьҽпгѵѡαινορυχκ")
_AT_HOME = frozenset({"ru", "su", "ua", "by", "bg", "kz", "kg", "mn", "mk", "rs", "me", "gr", "cy"})


def is_public(address: Address) -> bool:
    """Whether anybody on the internet can reach it; IPv6 that carries an IPv4 address inside is judged by that too."""
    if isinstance(address, IPv4Address):
        return not any(address in each for each in _SPECIAL_4)
    inside = tuple(_inside(address))
    if any(not is_public(each) for each in inside):
        return False
    is_global = address in _GLOBAL_6 and not any(address in each for each in _SPECIAL_6)
    return is_global or bool(inside)


def name(written: str) -> str:
    """The host in ASCII, lower case, an IP address in its usual form (IPv6 in brackets). Raises Unclear."""
    if written.startswith("[") and written.endswith("]"):
        return f"[{_public(_ipv6(written[1:-1]))}]"
    host = _DOTS.sub(".", unicodedata.normalize("NFKC", written)).lower().removesuffix(".")
    if len(host) > 253 or not host:
        raise Unclear(UNREADABLE)
    labels = [_ascii(label) for label in host.split(".")]
    if _NUMBER.fullmatch(labels[-1]):
        return str(_public(_ipv4(labels)))
    _check(labels)
    return ".".join(labels)


def _inside(address: IPv6Address) -> Iterator[IPv4Address]:
    """The IPv4 addresses that an IPv6 address stands for or leads through."""
    if address.ipv4_mapped is not None:
        yield address.ipv4_mapped
    if address in _SIX_TO_FOUR and address.sixtofour is not None:
        yield address.sixtofour
    if address in _TEREDO and address.teredo is not None:
        yield from address.teredo
    if address in _NAT64:
        yield IPv4Address(int(address) & 0xFFFFFFFF)


def _public(address: Address) -> Address:
    if not is_public(address):
        raise Unclear(PRIVATE)
    return address


def _ipv6(text: str) -> IPv6Address:
    try:
        return IPv6Address(text.partition("%")[0])
    except AddressValueError:
        raise Unclear(UNREADABLE) from None


def _ipv4(labels: list[str]) -> IPv4Address:
    """As browsers read it: one to four numbers, decimal, octal or hexadecimal, the last one filling what is left."""
    if len(labels) > 4 or not all(_NUMBER.fullmatch(label) for label in labels):
        raise Unclear(UNREADABLE)
    *first, last = [_number(label) for label in labels]
    if any(each > 255 for each in first) or last >= 256 ** (4 - len(first)):
        raise Unclear(UNREADABLE)
    return IPv4Address(last + sum(each << 8 * (3 - place) for place, each in enumerate(first)))


def _number(label: str) -> int:
    try:
        if label.startswith("0x"):
            return int(label[2:] or "0", 16)
        return int(label, 8 if len(label) > 1 and label.startswith("0") else 10)
    except ValueError:
        raise Unclear(UNREADABLE) from None


def _check(labels: list[str]) -> None:
    host = ".".join(labels)
    if any(host == each or host.endswith(f".{each}") for each in _LOCAL):
        raise Unclear(PRIVATE)
    if len(labels) < 2:
        raise Unclear(NO_DOT)
    if len(host) > 253 or len(labels[-1]) < 2:
        raise Unclear(UNREADABLE)
    if labels[-1].isalpha() and labels[-1] not in _AT_HOME and any(_poses(_shown(label)) for label in labels):
        raise Unclear(LOOK_ALIKE)


def _ascii(label: str) -> str:
    try:
        shown = _shown(label)
        _check_letters(shown)
        # German ß and Greek ς are letters of their own since 2010; the standard library still replaces them.
        own = not label.isascii() and ("ß" in label or "ς" in label)
        coded = f"xn--{label.encode('punycode').decode()}" if own else ToASCII(label).decode().lower()
    except UnicodeError:
        raise Unclear(UNREADABLE) from None
    if not _LABEL.fullmatch(coded):
        raise Unclear(UNREADABLE)
    return coded


def _shown(label: str) -> str:
    """The label as a browser would show it. Raises UnicodeError."""
    if not label.startswith("xn--"):
        return label
    shown = label[4:].encode("ascii").decode("punycode")
    if shown.isascii() or f"xn--{shown.encode('punycode').decode()}" != label:
        raise UnicodeError(label)
    return unicodedata.normalize("NFKC", shown).lower()


def _check_letters(label: str) -> None:
    if not all(c in "-_" or c.isalnum() or unicodedata.category(c).startswith("M") for c in label):
        raise Unclear(UNREADABLE)
    scripts = {unicodedata.name(c, "?").split()[0] for c in label if unicodedata.category(c).startswith("L")}
    if len(scripts) > 1 and not any(scripts <= together for together in _TOGETHER):
        raise Unclear(LOOK_ALIKE)


def _poses(label: str) -> bool:
    letters = {c for c in label if c.isalpha()}
    return bool(letters) and not label.isascii() and letters <= _POSING
