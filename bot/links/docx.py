"""Reads the words and the authors of a Word document (.docx), however it was packed."""

import re
import zipfile
import zlib
from collections.abc import Callable
from io import BytesIO
from xml.parsers import expat

MOST = 8 * 1024 * 1024  # bytes of all parts, unpacked
PARTS = re.compile(r"word/(?:document|header\d*|footer\d*|footnotes|endnotes|comments)\.xml")
ABOUT = "docProps/core.xml"
BREAKS = frozenset({"p", "br", "tr", "cr"})
AUTHORS = frozenset({"creator", "lastModifiedBy"})


class _Refused(Exception):
    """The document is packed or written as none that a word processor writes."""


def read(body: bytes) -> tuple[str, str, str] | None:
    """Title, authors and text; None where it is none, damaged, locked, or made to overwhelm its reader."""
    try:
        with zipfile.ZipFile(BytesIO(body)) as packed:
            return _read(packed)
    except (zipfile.BadZipFile, zlib.error, expat.ExpatError, EOFError, NotImplementedError, ValueError, _Refused):
        return None
    except RuntimeError:  # zipfile's word for "encrypted"
        return None


def _read(packed: zipfile.ZipFile) -> tuple[str, str, str]:
    names, left = packed.namelist(), MOST
    if "word/document.xml" not in names:
        raise _Refused
    texts = []
    for name in sorted(each for each in set(names) if PARTS.fullmatch(each)):
        part = _part(packed, name, left)
        left -= len(part)
        texts.append(_text(part))
    about = _about(_part(packed, ABOUT, left)) if ABOUT in names else {}
    authors = dict.fromkeys(about.get(name, "").strip() for name in sorted(AUTHORS))
    return about.get("title", "").strip(), ", ".join(filter(None, authors)), "\n".join(filter(None, texts))


def _part(packed: zipfile.ZipFile, name: str, most: int) -> bytes:
    # The other ways to pack are unpacked without a limit.
    if packed.getinfo(name).compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise _Refused
    with packed.open(name) as part:
        data = part.read(most + 1)
    if len(data) > most:
        raise _Refused
    return data


def _text(part: bytes) -> str:
    words: list[str] = []
    inside = [False]

    def start(name: str, _attributes: dict[str, str]) -> None:
        name = _local(name)
        inside[0] = name in ("t", "delText")
        if name in BREAKS or name == "tab":
            words.append("\t" if name == "tab" else "\n")

    def end(_name: str) -> None:
        inside[0] = False

    def said(data: str) -> None:
        if inside[0]:
            words.append(data)

    _parse(part, start, end, said)
    return "\n".join(line for line in "".join(words).split("\n") if line.strip())


def _about(part: bytes) -> dict[str, str]:
    found: dict[str, str] = {}
    current = [""]

    def start(name: str, _attributes: dict[str, str]) -> None:
        current[0] = _local(name)

    def said(data: str) -> None:
        found[current[0]] = (found.get(current[0], "") + data)[:300]

    _parse(part, start, lambda _name: start("", {}), said)
    return found


def _parse(
    part: bytes,
    start: Callable[[str, dict[str, str]], None],
    end: Callable[[str], None],
    said: Callable[[str], None],
) -> None:
    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, said
    # Word writes no document type; only there could entities be declared that grow without end.
    parser.StartDoctypeDeclHandler = _refuse
    parser.Parse(part, True)


def _refuse(*_declared: object) -> None:
    raise _Refused


def _local(name: str) -> str:
    return name.rpartition(":")[2]
