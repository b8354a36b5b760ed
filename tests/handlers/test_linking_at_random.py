"""Whatever is talked, applied for, linked and unlinked in whatever order: nothing is lost, and nothing is told to others."""

import json
import shutil
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers import linking
from storage.database import prepared
from tests.handlers.acting import APPLICATION, Rows
from tests.handlers.channels import Stage
from tests.handlers.conftest import furnished

PLACES = ("telegram/1", "slack/2", "terminal/3")
WORDS = (
    "menu", "status", "profile", "my data", "fees", "yes", "Ohio", "cancel", "is there an exam?", "link", "rename",
    "unlink", "help", "eligibility", "1", "confirm mail",
)  # fmt: skip
place = st.sampled_from(PLACES)
steps = st.one_of(
    st.tuples(st.just("talk"), place, st.sampled_from(WORDS)),
    st.tuples(st.just("apply"), place, st.just("")),
    st.tuples(st.just("send"), place, st.just("")),
    st.tuples(st.just("link"), place, place),
    st.tuples(st.just("unlink"), place, place),
)


@dataclass
class Record:
    """What the test expects of one person: their addresses and secrets, and whether they have applied."""

    places: set[str]
    secrets: set[str] = field(default_factory=set)
    applied: bool = False


class World:
    """The house beside what is expected of it."""

    def __init__(self, stage: Stage, rows: Rows) -> None:
        self.stage, self.rows, self.numbers = stage, rows, count(1)
        self.records = [Record({each}) for each in PLACES]
        for each in PLACES:
            self.stage.says(each, "menu")

    def of(self, where: str) -> Record:
        return next(each for each in self.records if where in each.places)

    def talk(self, where: str, words: str) -> None:
        self.stage.says(where, words)

    def apply(self, where: str, _: str) -> None:
        """Begins an application, or goes on with it, and gives a name when that is asked."""
        self.stage.says(where, "/apply")
        if self.asked(where) == "name":
            secret = f"Secret{next(self.numbers)}"
            self.stage.says(where, f"{secret} of Nobody Else There")
            self.of(where).secrets.add(secret)

    def send(self, where: str, _: str) -> None:
        """Answers all that an application still asks, and sends it."""
        before = len(self.rows("application"))
        self.apply(where, "")
        answers = APPLICATION | {"member.number": "none", "summary": "send"}
        for _ in range(20):
            key = self.asked(where)
            if key not in answers:
                break
            self.stage.says(where, f"{next(self.numbers)}@library.org" if key == "email" else answers[key])
        after = len(self.rows("application"))
        assert after == before + (not self.of(where).applied)
        self.of(where).applied = True

    def link(self, where: str, other: str) -> None:
        self.stage.says(where, "/menu")
        self.stage.says(where, "/link")
        one, two = self.of(where), self.of(other)
        told = self.stage.says(other, "link CODE")
        if one is two:
            assert f"{other}: {linking.SAME}" in told or f"| {linking.SAME}" in told
        elif not (one.applied and two.applied):
            self.records.remove(two)
            one.places |= two.places
            one.secrets |= two.secrets
            one.applied |= two.applied

    def unlink(self, where: str, other: str) -> None:
        record = self.of(where)
        if other not in record.places or len(record.places) == 1:
            return
        channel, _, address = other.partition("/")
        name = linking.named(channel)
        label = f"{name}, where you are now" if other == where else f"{name} ({address})"
        self.stage.says(where, "/unlink", f"[{label[:1].upper()}{label[1:]}]", "[Yes, unlink it]")
        record.places.remove(other)
        self.records.append(Record({other}))

    def asked(self, where: str) -> str:
        return next(
            message.question for there, message in reversed(self.stage.told) if there == where and not message.edits
        )

    def check(self, told_before: int, secrets_before: dict[str, set[str]]) -> None:
        rows = self.rows
        found: dict[object, set[str]] = {}
        for row in rows("address"):
            if (where := f"{row['channel']}/{row['address']}") in PLACES:
                found.setdefault(row["person_id"], set()).add(where)
        assert sorted(map(sorted, found.values())) == sorted(sorted(each.places) for each in self.records)
        for record in self.records:
            (person,) = (each for each, places in found.items() if places == record.places)
            forms = {row["id"] for row in rows("conversation") if row["person_id"] == person}
            kept = " ".join(str(row["words"]) for row in rows("answer") if row["conversation_id"] in forms)
            sent = [row for row in rows("application") if row["person_id"] == person]
            kept += " ".join(str(json.loads(str(row["details"]))) for row in sent)
            assert all(f"{secret} " in kept for secret in record.secrets)
            assert len(sent) == record.applied
        every = set().union(*(each.secrets for each in self.records))
        for where, message in self.stage.told[told_before:]:
            if where in PLACES:
                shown = {secret for secret in every if f"{secret} " in message.text}
                assert shown <= secrets_before[where] | self.of(where).secrets


@settings(max_examples=25, deadline=None)
@given(plan=st.lists(steps, min_size=3, max_size=14))
def test_nothing_is_lost_and_nothing_is_told_to_an_unlinked_one(
    plan: list[tuple[str, str, str]], sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("random")
    shutil.copyfile(sqlite_template, folder / "lssc.db")
    database = prepared(f"sqlite:///{folder}/lssc.db", "this process", upgrade=False)
    world = World(Stage(furnished(database)), Rows(database))
    try:
        for act, where, what in plan:
            told, secrets = len(world.stage.told), {each: set(world.of(each).secrets) for each in PLACES}
            getattr(world, act)(where, what)
            world.check(told, secrets)
    finally:
        database.close()
        shutil.rmtree(folder)
