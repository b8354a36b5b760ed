"""The messages that accuracy is reported on were seen neither by the entries nor by the fitting."""

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]


def queries(path: Path) -> set[str]:
    return {plain(line.split("\t")[0]) for line in path.read_text().splitlines()[1:]}


def plain(words: str) -> str:
    return re.sub(r"\W+", " ", words.lower()).strip()


def test_no_labelled_message_stands_in_a_development_set_or_among_the_phrasings() -> None:
    labelled = queries(ROOT / "tests" / "data" / "faq_labelled.tsv")
    seen = set().union(*(queries(path) for path in sorted((ROOT / "faq").glob("dev*.tsv"))))
    for path in sorted((ROOT / "faq" / "entries").glob("*.toml")):
        for entry in tomllib.loads(path.read_text())["entry"]:
            seen |= {plain(phrasing) for phrasing in entry["phrasings"]}
    assert labelled & seen == set()
