"""Sets the documents of the program on paper: certificates, and forms to be signed.

Exception
└── BadSheet    a document would not look as its template wants it
"""

import json
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources
from io import BytesIO
from pathlib import Path
from typing import Any, Literal, TypeAlias

from bot.drawing.font import FAMILY, FOLDER, demand

Format: TypeAlias = Literal["pdf", "png"]
NEVER = 0  # the time written into a document: the same one is made again at every attempt


class BadSheet(ValueError):
    """A document would not look as its template wants it."""


def certificate(data: Mapping[str, Any]) -> bytes:
    """One landscape page of letter size, as PDF. Raises as `filled`."""
    return filled("certificate", data, {"qr": code(data["check_url"]) if data["check_url"] else ""})


def completion_form(data: Mapping[str, Any]) -> bytes:
    """One page of letter size, as PDF. Raises as `filled`."""
    return filled("completion_form", data, {})


def filled(template: str, data: Mapping[str, Any], inputs: Mapping[str, str], kind: Format = "pdf") -> bytes:
    """A template with the words of `data`, which it reads as JSON.

    Raises MissingLetters for words that our fonts cannot write, BadSheet, and typst.TypstError for a template's fault.
    """
    demand(_texts(data))
    source = resources.files("notifications").joinpath("templates", f"{template}.typ").read_bytes()
    return pressed(source, {"data": json.dumps(data), **inputs}, kind)


def pressed(source: bytes, inputs: Mapping[str, str], kind: Format) -> bytes:
    """A document from typst's source. Raises BadSheet when it asks for a font that is not ours."""
    import typst  # loaded only where something is drawn

    made, warnings = typst.compile_with_warnings(
        source,
        root=str(FOLDER),
        font_paths=fonts(FOLDER),
        sys_inputs=dict(inputs),
        format=kind,
        timestamp=NEVER,
        pdf_standards="ua-1" if kind == "pdf" else None,
    )
    if warnings:  # typst draws with another font, or nothing, and only warns
        raise BadSheet(warnings[0].message)
    return made


@cache
def fonts(folder: Path) -> Any:
    """Our fonts for typst, and no other. Raises BadSheet unless both are there."""
    import typst  # loaded only where something is drawn

    found = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(folder)])
    if sorted((each.family, each.weight) for each in found.fonts()) != [(FAMILY, 400), (FAMILY, 700)]:
        raise BadSheet(f"the fonts {FAMILY} and {FAMILY} Bold are not there")
    return found


def code(url: str) -> str:
    """The address as a QR code, a drawing of lines; a quarter of it may be unreadable."""
    import segno  # loaded only where something is drawn

    drawn = BytesIO()
    segno.make_qr(url, error="q").save(drawn, kind="svg", border=2, dark="#17212b", light="#ffffff")
    return drawn.getvalue().decode()


def _texts(data: Any) -> Iterator[str]:
    if isinstance(data, str):
        yield data
    elif isinstance(data, Mapping):
        yield from _texts(list(data.values()))
    elif isinstance(data, list | tuple):
        for one in data:
            yield from _texts(one)
