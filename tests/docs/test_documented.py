"""A command, an option, a metric or a number that is not documented, or a link that leads nowhere, fails here."""

import argparse
import re
from collections.abc import Iterator
from pathlib import Path

from bot.cli import parser
from bot.counting import Counts
from bot.flood import LONG, Limits
from handlers.flood import WARNING
from handlers.hearing import LONGEST_TEXT

ROOT = Path(__file__).resolve().parents[2]
OPERATING = (ROOT / "docs" / "operating.md").read_text()
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
LINK = re.compile(r"\]\(([^)#\s]+)[^)]*\)")


def commands(under: argparse.ArgumentParser, name: str = "lssc") -> Iterator[tuple[str, argparse.ArgumentParser]]:
    """Every command by its whole name."""
    groups = [action for action in under._actions if isinstance(action, argparse._SubParsersAction)]
    if not groups:
        yield name, under
    for group in groups:
        for word, inner in group.choices.items():
            yield from commands(inner, f"{name} {word}")


def is_told(command: str) -> bool:
    """As written, or its last word beside its brothers: "`lssc staff queue`, `show ID`"."""
    *group, word = command.split()
    whole = re.escape(command)
    row = rf"^\| `{re.escape(' '.join(group))} [^|]*`{word}\b"
    return bool(re.search(rf"`{whole}[ `\[]", OPERATING) or re.search(row, OPERATING, re.MULTILINE))


def test_every_command_is_documented() -> None:
    assert [name for name, _ in commands(parser()) if not is_told(name)] == []


def test_every_option_is_documented() -> None:
    told = OPERATING + (ROOT / "docs" / "desk.md").read_text()
    options = {
        option
        for _, command in commands(parser())
        for action in command._actions
        for option in action.option_strings
        if option.startswith("--") and option != "--help"
    }
    assert sorted(option for option in options if option not in told) == []


def test_every_metric_is_documented() -> None:
    names = {each.name for each in Counts()._registry.collect()}
    assert sorted(name for name in names if f"`{name}" not in OPERATING) == []


def test_the_numbers_of_a_flood_are_documented_as_they_are() -> None:
    limits = Limits()
    assert (limits.burst, limits.seconds, limits.repeats, limits.memory, LONG, LONGEST_TEXT) == (
        60, 1.0, 2, 60.0, 30, 20_000,
    )  # fmt: skip
    told = " ".join(OPERATING.split())
    for words in (
        "60 messages at once, and one a second",
        "more than 30 characters",
        "more than 20,000 characters",
        WARNING,
    ):
        assert words in told


def test_links_between_the_pages_lead_somewhere() -> None:
    broken = [
        (page.name, target)
        for page in PAGES
        for target in LINK.findall(page.read_text())
        if "://" not in target and not (page.parent / target).exists()
    ]
    assert broken == []
