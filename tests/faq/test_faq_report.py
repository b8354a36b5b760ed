"""The figures of the report and of the public yardstick."""

import json
from pathlib import Path

import pytest

from faq import clinc, report
from faq.clinc import DataError
from faq.fit import Labelled
from faq.lexical import LexicalEncoder
from faq.policy import Answer, Reply
from faq.report import Line, Report, Share

FEE = Answer("fee", "Fee", "The fee is $350.", "", None)
HOURS = Answer("hours", "Hours", "You need 1,820 hours.", "", None)
SINGLE, DOUBLE = Labelled("q", "terse", r"\$350"), Labelled("q", "multi", r"\$350 && 1,?820")
FOREIGN, HELLO = Labelled("q", "oos", "-"), Labelled("q", "smalltalk", "-")

OUTCOMES = (
    (SINGLE, Reply("q", "answer", (FEE,), (), 0.9), "right"),
    (SINGLE, Reply("q", "two", (HOURS, FEE), (), 0.9), "right"),
    (SINGLE, Reply("q", "answer", (HOURS,), (), 0.9), "wrong"),
    (SINGLE, Reply("q", "suggest", (), (HOURS, FEE), 0.3), "offered"),
    (SINGLE, Reply("q", "suggest", (), (HOURS,), 0.3), "unmet"),
    (SINGLE, Reply("q", "not-us", (FEE,), (), 0.3), "unmet"),
    (DOUBLE, Reply("q", "two", (HOURS, FEE), (), 0.9), "right"),
    (DOUBLE, Reply("q", "answer", (FEE,), (), 0.9), "half"),
    (FOREIGN, Reply("q", "not-us", (FEE,), (), 0.9), "refused"),
    (FOREIGN, Reply("q", "suggest", (), (FEE,), 0.9), "refused"),
    (FOREIGN, Reply("q", "two", (FEE, HOURS), (), 0.9), "answered"),
    (HELLO, Reply("q", "smalltalk", (FEE,), (), 0.9), "met"),
    (HELLO, Reply("q", "unknown", (), (), 0.9), "unmet"),
    (HELLO, Reply("q", "answer", (FEE,), (), 0.9), "answered"),
)  # fmt: skip


@pytest.mark.parametrize(("row", "reply", "told"), OUTCOMES, ids=range(len(OUTCOMES)))
def test_each_reply_has_its_outcome(row: Labelled, reply: Reply, told: str) -> None:
    assert report.outcome(row, reply) == told


def test_the_interval_is_wilsons() -> None:
    low, high = Share(90, 100).interval
    assert (round(low, 4), round(high, 4)) == (0.8256, 0.9448)
    assert (Share(0, 0).share, Share(0, 0).interval) == (0.0, (0.0, 1.0))


def test_a_report_prints_and_travels_as_data() -> None:
    found = Report((Line("terse", "wrong", Share(1, 20)),))
    assert found.table().splitlines()[1] == "terse         wrong                        5.0%    20   0.9% to 23.6%"
    assert found.as_dict() == {
        "figures": [
            {"kind": "terse", "measure": "wrong", "share": 0.05, "hits": 1, "n": 20, "low": 0.0089, "high": 0.2361}
        ]
    }


def intents() -> dict[str, list[list[str]]]:
    words = {
        "pay": ["pay the bill", "pay my bill now", "bill payment", "payment of bills"],
        "rain": ["rain today", "will it rain", "rain tomorrow", "rainy day"],
    }
    rows = [[text, name] for name, texts in words.items() for text in texts]
    strange = [["quantum chess opening", "oos"], ["chess gambit", "oos"]]
    return {"train": rows, "val": rows, "test": rows, "oos_train": strange, "oos_val": strange, "oos_test": strange}


def test_the_yardstick_is_trained_and_tested_on_a_file_of_its_form(tmp_path: Path) -> None:
    (tmp_path / "data.json").write_text(json.dumps(intents()))
    result = clinc.measure(clinc.read(tmp_path / "data.json"), LexicalEncoder())
    assert (result.in_scope, result.oos_recall) == (Share(8, 8), Share(2, 2))


BROKEN = {
    "{": "cannot be read as JSON",
    "[]": "lacks the splits train, val, test, oos_train, oos_val, oos_test",
    json.dumps({**intents(), "val": ["x"]}): "must hold pairs of query and intent in every split",
}


@pytest.mark.parametrize(("text", "told"), BROKEN.items(), ids=range(len(BROKEN)))
def test_a_file_of_another_form_is_told_so(tmp_path: Path, text: str, told: str) -> None:
    (tmp_path / "data.json").write_text(text)
    with pytest.raises(DataError, match=told):
        clinc.read(tmp_path / "data.json")
