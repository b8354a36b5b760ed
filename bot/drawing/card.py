"""Draws how far a candidate has come."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from bot.drawing.font import BOLD, FAMILY, REGULAR, loaded

SCALE = 2  # pixels for each unit below: sharp on a phone
WIDTH, EDGE = 500, 28
INNER = WIDTH - 2 * EDGE
BAR = 210
SECTIONS = (("required", "Required"), ("electives", "Electives"))
MOST_SEGMENTS = 12
NAME, STATE, STEP = 19, 16, 18  # sizes of letters
GAP = 6
COLOURS = {
    "complete": "#1b6e3c",
    "in review": "#1a5a9e",
    "in work": "#8a4b00",
    "chosen": "#4b5663",
    "missing": "#4b5663",
}


@dataclass(frozen=True)
class Row:
    """A set, or with `heading` what stands over some; `y` is the base of the first line, `bar` the top of the bar."""

    y: int
    lines: Sequence[str]
    heading: bool = False
    bar: int = 0
    share: float = 0.0
    words: str = ""
    colour: str = ""


def png(data: Mapping[str, Any]) -> bytes:
    """The picture of a progress card, 1,000 pixels wide."""
    import resvg_py  # loaded only where something is drawn

    return resvg_py.svg_to_bytes(
        svg_string=svg(data), zoom=SCALE, skip_system_fonts=True, font_files=[str(REGULAR), str(BOLD)]
    )


def svg(data: Mapping[str, Any]) -> str:
    """The same as a drawing of lines; raises OSError when a font is missing, for it would have no words then."""
    rows, y = _rows(data, 146)
    pace = loaded(REGULAR).wrapped(data["pace"], STATE, INNER, 3)
    pace_at = y + 12
    y = pace_at + 22 * len(pace) if pace else y
    step = loaded(BOLD).wrapped(data["next_step"], STEP, INNER, 4)
    step_at = y + 6
    height = step_at + (24 * len(step) + 34 if step else 0)
    return _template().render(
        data=data, rows=rows, segments=_segments(data["counted"], data["needed"]), family=FAMILY,
        width=WIDTH, edge=EDGE, inner=INNER, bar=BAR, height=height, name_size=NAME, state_size=STATE, step_size=STEP,
        pace=list(_placed(pace, pace_at + 10, 22)), step=list(_placed(step, step_at + 34, 24)), step_at=step_at,
    )  # fmt: skip


def _rows(data: Mapping[str, Any], y: int) -> tuple[list[Row], int]:
    """The rows from `y` on, and where the next thing begins."""
    rows = []
    for key, title in SECTIONS:
        if data[key]:
            rows.append(Row(y + 20, [title], heading=True))
            y += 34
        for one in data[key]:
            lines = loaded(REGULAR).wrapped(one["name"], NAME, INNER, 2) or ["–"]
            bar = y + 18 + 24 * (len(lines) - 1) + 12
            rows.append(Row(y + 18, lines, False, bar, one["share"], _words(one), COLOURS[one["state"]]))
            y = bar + 28
    return rows, y


def _words(one: Mapping[str, Any]) -> str:
    return f"✓ {one['words']}" if one["state"] == "complete" else str(one["words"])


def _segments(counted: int, needed: int) -> list[dict[str, float]]:
    """The bar at the top: one piece for each set that is needed, or one for all when those are many."""
    if needed > MOST_SEGMENTS:
        return [{"x": 0, "width": INNER, "filled": INNER * min(1.0, max(0, counted) / needed)}]
    width = (INNER - GAP * (needed - 1)) / max(1, needed)
    return [{"x": at * (width + GAP), "width": width, "filled": width if at < counted else 0} for at in range(needed)]


def _placed(lines: Sequence[str], y: int, apart: int) -> list[tuple[int, str]]:
    return [(y + apart * at, line) for at, line in enumerate(lines)]


@cache
def _template() -> Template:
    environment = Environment(
        loader=PackageLoader("notifications"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("progress_card.svg")
