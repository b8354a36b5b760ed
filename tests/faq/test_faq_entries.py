"""Reading entries."""

from pathlib import Path

import pytest

from faq import entries
from faq.entries import Entry, EntryError, Source

SOURCES = {"guide": Source("The guide", "2010")}
GOOD = """
[[entry]]
id = "fee"
title = "The fee"
answer = '''
It is {fee}, \\
paid once.'''
source = "guide"
section = "question 1"
phrasings = ["how much"]
"""


def read(tmp_path: Path, text: str) -> tuple[Entry, ...]:
    (tmp_path / "money.toml").write_text(text, encoding="utf-8")
    return entries.read(entries.files(tmp_path), SOURCES, {"fee": "$350"})


def test_an_entry_is_read_with_its_figures_filled_in(tmp_path: Path) -> None:
    text = GOOD.replace("'''", '"""')
    assert read(tmp_path, text) == (
        Entry(
            "fee", "The fee", "It is $350, paid once.", "guide", "question 1", phrasings=("how much",), topic="money"
        ),
    )


FAULTS = {
    GOOD + GOOD: "entry fee: its id is used twice",
    GOOD.replace('"guide"', '"rumour"'): "entry fee: unknown source 'rumour'",
    GOOD + 'also = ["nothing"]': "entry fee: also names nothing, which does not exist",
    GOOD + 'offer = "lottery"': "entry fee: offer must be one of eligibility, fees, apply, status, progress",
    GOOD.replace('["how much"]', "[]"): "entry fee: it needs phrasings, and none of them empty",
    GOOD.replace("{fee}", "{fea}"): "entry fee: cannot fill 'fea'; known figures: fee",
    GOOD
    + "patterns = ['hi(']": "entry fee: the pattern 'hi(' cannot be read: missing ), unterminated subpattern at position 2",
    GOOD + "colour = 1": "money.toml, entry fee: unknown key colour",
    GOOD.replace('title = "The fee"', ""): "money.toml, entry fee: title is missing",
}


@pytest.mark.parametrize(("text", "told"), FAULTS.items(), ids=FAULTS.values())
def test_a_broken_rule_is_told_with_the_entry(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(EntryError) as caught:
        read(tmp_path, text)
    assert str(caught.value) == told


def test_a_file_that_is_no_toml_is_named(tmp_path: Path) -> None:
    with pytest.raises(EntryError, match=r"^money\.toml: "):
        read(tmp_path, "[[entry")


def test_the_kind_stands_in_the_id() -> None:
    kinds = [Entry(name, "", "").kind for name in ("not-us-jobs", "smalltalk-thanks", "fee-amount")]
    assert kinds == ["not-us", "smalltalk", "answer"]


def test_every_shipped_entry_keeps_the_rules() -> None:
    sources = entries.read_sources()
    names = {name for path in entries.files() for entry in entries.raw(path) for name in entries.placeholders(entry)}
    assert entries.read(entries.files(), sources, dict.fromkeys(names, "x"))
