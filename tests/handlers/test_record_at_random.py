"""Whatever a candidate says in whatever order, in two channels: what is told of the record equals a recount of the rows."""

import json
import re
import shutil
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers import outcomes
from handlers.exchange import Errand
from handlers.outcomes import Seen
from storage import candidacies, people, submissions
from storage.database import prepared
from tests.handlers.acting import Rows
from tests.handlers.conftest import furnished
from tests.handlers.world import Someone, World

LONG = "I have done this work every day and teach it to others. " * 5
WORDS = st.sampled_from([
    "shelves https://example.org/1", "handout https://example.org/2 for us", "https://127.0.0.1/x", "1", "2", "later",
    "cataloging 2", "cataloging 1, 3 and 5", "technology 4", "another one", "evidence", "progress", "remove 1", "remove 2",
    "write cataloging 3", "I know the rules and use them daily.", "new", "prior", "letter of my supervisor", "yes", "no",
    "replace cataloging 3", "remove cataloging 3", "restore cataloging 3", "choose cataloging", "choose youth", "drop youth",
    "drop cataloging", "check cataloging", "submit cataloging", "take back cataloging", "cancel", "back", LONG, "menu",
])  # fmt: skip
STEPS = st.one_of(
    st.tuples(st.sampled_from(["telegram", "slack"]), WORDS),
    st.just(("fill", "")),
    st.just(("look", "live")),
    st.just(("look", "dead")),
    st.just(("revise", "")),
)
LINE = re.compile(r"(?:evidence for (\d+)(?:, narrative for (\d+))? of 6 competencies|still to do)")
SET = "cataloging"


class Record:
    """A candidate with two channels, and the rows that are recounted."""

    def __init__(self, world: World, rows: Rows) -> None:
        self.world, self.rows = world, rows
        self.there = {each: Someone(world, each, "4711", "Ann") for each in ("telegram", "slack")}
        self.there["telegram"].says("menu")
        with world.house.database.work(world.now) as work:
            person = people.find(work, "telegram", "4711")
            assert person is not None
            people.add_address(work, person, "slack", "4711", "proved")
            self.candidacy = candidacies.add(work, person, None, date(2025, 11, 23), date(2029, 11, 23), "active")

    def take(self, where: str, what: str) -> None:
        if where in self.there:
            self.there[where].says(what)
        elif where == "fill":
            for number in range(1, 7):
                self.there["telegram"].says("cancel")
                self.there["telegram"].says(f"write {SET} {number}")
                self.there["telegram"].says(f"All that I know about number {number}.")
                self.there["telegram"].says("new")
            self.there["slack"].says("shelves https://example.org/all")
            self.there["slack"].says(f"{SET} 1, 2, 3, 4, 5, 6")
        else:
            self.world.act(lambda errand: self.step(errand, where, what))

    def step(self, errand: Errand, where: str, what: str) -> None:
        now = submissions.newest(errand.work, self.candidacy, SET)
        if now is not None and where == "look":
            outcomes.seen(errand, now.id, [Seen("https://example.org/all", what, "Gone.")])
        if now is not None and where == "revise":
            outcomes.revise(errand, "Olive", now, [2], "More, please.")

    def counted(self) -> tuple[int, int]:
        """For how many competencies there is a link, and a narrative, by the rows alone."""
        kept = {row["id"] for row in self.rows("evidence") if row["state"] != "removed"}
        linked = {
            row["number"] for row in self.rows("placement") if row["set_id"] == SET and row["evidence_id"] in kept
        }
        told = {row["number"] for row in self.rows("narrative") if row["set_id"] == SET and row["state"] == "current"}
        return len(linked), len(told)

    def check(self, frozen: Mapping[object, object]) -> None:
        linked, told = self.counted()
        chosen = SET in {row["set_id"] for row in self.rows("chosen_set")}
        said = self.shown()
        line = next((each for each in said if each.startswith("- Cataloging and Classification: ")), "")
        assert bool(line) == chosen
        if (found := LINE.search(line)) is not None:
            assert (int(found[1] or 0), int(found[2] or 0)) == (linked, told)
        for row in self.rows("evidence"):
            assert (row["state"] == "placed") == any(
                each["evidence_id"] == row["id"] for each in self.rows("placement")
            )
        waiting = sum(row["state"] == "to place" for row in (*self.rows("evidence"), *self.rows("narrative")))
        assert any(each.startswith("To place: ") for each in said) == bool(waiting)
        in_hand = [row for row in self.rows("submission") if row["state"] in ("checking", "submitted", "in review")]
        assert len(in_hand) <= 1
        for row in self.rows("submission"):
            assert self.seen_by_evaluators(row["contents"]) == self.seen_by_evaluators(frozen[row["receipt"]])

    def shown(self) -> list[str]:
        """What `progress` tells, beside whatever is asked just now."""
        return self.there["telegram"].says("progress").splitlines()

    @staticmethod
    def seen_by_evaluators(contents: object) -> object:
        return json.loads(str(contents))["competencies"]


@settings(max_examples=30, deadline=None)
@given(plan=st.lists(STEPS, min_size=3, max_size=18))
def test_what_is_told_equals_a_recount(
    plan: list[tuple[str, str]], sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("record")
    shutil.copyfile(sqlite_template, folder / "lssc.db")
    database = prepared(f"sqlite:///{folder}/lssc.db", "this process", upgrade=False)
    rows = Rows(database)
    record = Record(World(furnished(database)), rows)
    frozen: dict[object, object] = {}
    try:
        for where, what in plan:
            record.take(where, what)
            for row in rows("submission"):
                frozen.setdefault(row["receipt"], row["contents"])
            record.check(frozen)
    finally:
        database.close()
        shutil.rmtree(folder)
