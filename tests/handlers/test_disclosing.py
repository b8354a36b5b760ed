"""`my data` is everything on record of whoever asks, found table by table, and nothing of anybody else."""

import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import pytest
from sqlalchemy import Table, insert
from sqlmodel import SQLModel

from bot.fetching import GONE, fetched
from flows.dialog.speech import Drawing, Outbound
from handlers import disclosing, letters, profile
from handlers.disclosing import JSONS, MY_DATA, REASONS
from handlers.exchange import Errand
from storage import belongings, desk, linking, papers, people, tables
from storage.database import Work
from tests.handlers.acting import APPLICATION, Rows
from tests.handlers.channels import Stage
from tests.handlers.mailing import Writer, acquainted
from tests.handlers.world import MONDAY, Someone, World

DAY = date(2026, 1, 2)
# What a column must hold for the program to know the row; everything else is a mark.
MEANT: Mapping[str, object] = {
    "person.time_zone": "America/Denver", "address.state": "proved", "address.channel": "email", "profile.quiet": "off",
    "outbox.matter": "", "desk_note.kind": "from person", "unwanted.kind": "reminders", "audit.subject": "person 2",
    "complete_set.set_id": "technology", "conversation.state": "done",
}  # fmt: skip


@pytest.fixture
def ann(world: World, olive: Someone) -> Someone:
    """The second person on record."""
    return world.somebody("telegram", "4711", "Ann")


def kind_of(column: Any) -> type:
    found: type = getattr(column.type, "impl", column.type).python_type
    return found


def mark(table: str, column: str) -> str:
    return f"zebrafinch of {table} {column}"


def value(table: Table, column: Any, keys: Mapping[str, int]) -> object:
    """A marked value for a column; keys to other rows lead to the marked one there."""
    name = f"{table.name}.{column.name}"
    if name in MEANT:
        return MEANT[name]
    for key in column.foreign_keys:
        return keys[key.column.table.name]
    if name in ("outbox.body", "held_letter.body"):
        return letters.encode(Outbound(mark(table.name, column.name)))
    if name in JSONS or name == "address.offer":
        return json.dumps({"note": [mark(table.name, column.name)]})
    kinds: Mapping[type, object] = {
        str: mark(table.name, column.name), datetime: MONDAY, date: DAY, bytes: b"zebrafinch", int: 7, bool: True,
    }  # fmt: skip
    return kinds[kind_of(column)]


def filled(work: Work) -> None:
    """One marked row in each table, all of the second person."""
    keys = {"person": 2}
    for table in SQLModel.metadata.sorted_tables:
        if table.name in ("person", "survey"):
            continue
        row = {each.name: value(table, each, keys) for each in table.c if each.name != "id"}
        done = work.connection.execute(insert(table).values(row))
        if "id" in table.c:
            keys[table.name] = done.inserted_primary_key[0]  # type: ignore[index]
    changes = {"name": mark("person", "name"), "time_zone": "America/Denver"}
    work.connection.execute(tables.of(tables.Person).update().where(tables.of(tables.Person).c.id == 2).values(changes))


def told(world: World, person_id: int = 2) -> str:
    with world.house.database.work(world.now) as work:
        return disclosing.text(Errand(world.house, work), person_id)


def test_every_table_is_either_told_or_named_with_the_reason() -> None:
    assert set(SQLModel.metadata.tables) == {*belongings.STATEMENTS, *belongings.NOT_OF_A_PERSON}
    assert set(belongings.STATEMENTS) == set(disclosing.TITLES)


def test_every_text_of_every_table_that_leads_to_a_person_is_told(world: World, ann: Someone) -> None:
    with world.house.database.work(world.now) as work:
        filled(work)
    found = told(world)
    texts = [
        (table, column.name)
        for table in belongings.STATEMENTS
        for column in SQLModel.metadata.tables[table].c
        if kind_of(column) is str and f"{table}.{column.name}" not in MEANT
    ]
    assert len(texts) > 90
    left_out = [name for name in texts if mark(*name) not in found]
    assert {f"{table}.{name}" for table, name in left_out} == {
        "address.offer", "desk_item.settled_by", "desk_note.author", "audit.actor", "audit.details", "payment.recorded_by",
        "role.given_by", "record_request.asked_by", "link_code.code_hash", "share.token_hash", "held_letter.matter",
        "outbox.lease_owner", "outbox.error", "outbox.sent_as",
    }  # fmt: skip
    for table, name in left_out:
        assert REASONS.get(name) or REASONS[f"{table}.{name}"]
    assert "Mountain time (Denver) (America/Denver)" in found
    assert "Quiet hours: none" in found


def test_nothing_of_anybody_else_is_told(world: World, ann: Someone, olive: Someone, rows: Rows) -> None:
    with world.house.database.work(world.now) as work:
        filled(work)
    assert "zebrafinch" not in told(world, 1)


def test_who_decides_and_who_evaluates_stays_out(world: World, ann: Someone, olive: Someone) -> None:
    """The office's own notes may name those who evaluate, and so may what its staff is told."""
    for words in ("apply", *APPLICATION.values(), "send", "cancel", "person", "May I ask?"):
        ann.says(words)
    olive.says("settle 1 accept")
    olive.says("reply 3 You may.")
    olive.says("note 3 Evelyn Evaluator knows her.")
    with world.house.database.work(world.now) as work:
        desk.assign(work, 3, 1)
    found = told(world)
    assert "Evelyn" not in found
    assert "Olive" not in found.replace("From the LSSC office (Olive)", "")  # so it was signed when it was said to her
    assert "Notes of the office for itself: 1." in found
    assert "May I ask?" in found
    assert "Ann Example" not in told(world, 1)


def test_what_the_staff_is_told_of_others_is_not_theirs(world: World, ann: Someone, olive: Someone) -> None:
    ann.says("person")
    ann.says("I have a delicate question.")
    assert "delicate" in str(list(olive.inbox.values()))
    olive.says("queue")
    olive.says("show 1")
    olive.says("reply 1 What is it, Ann?")
    found = told(world, 1)
    assert "delicate" not in found
    assert "Ann" not in found
    assert disclosing.TO_STAFF in found


def test_a_code_that_went_to_an_unproved_address_is_not_told(world: World) -> None:
    stage = Stage(world.house)
    stage.says("telegram/7", "apply", *APPLICATION.values(), "send", "cancel")
    found = told(world, 1)
    assert stage.code.isdecimal()
    assert stage.code not in found
    assert "ann@library.org names this address" not in found


def test_the_file_comes_with_the_message_and_the_documents_beside_it(world: World, ann: Someone) -> None:
    with world.house.database.work(world.now) as work:
        papers.add(work, 2, "schooling abroad", "diploma.pdf", "application/pdf", b"%PDF-1.7 a diploma")
        papers.add(work, 2, "schooling abroad", "huge.pdf", "application/pdf", b"x" * (disclosing.MOST_BYTES + 1))
    said = ann.says("my data")
    assert said.startswith("This is what is stored about you;")
    assert profile.LEFT.format(1, "lssc@ala.org") in said
    message = list(ann.inbox.values())[-1]
    assert [each.name for each in message.drawings] == ["my-data-2026-11-23.txt", "document-1.pdf"]
    with world.house.database.work(world.now) as work:
        files = fetched(world.house, message, work).files
    assert [each.media_type for each in files] == ["text/plain", "application/pdf"]
    assert files[0].content.decode() == told(world)
    assert "diploma.pdf" in files[0].content.decode()


def test_the_file_is_of_whoever_the_address_is_when_it_is_delivered(world: World, ann: Someone) -> None:
    ann.says("my data")
    message = list(ann.inbox.values())[-1]
    with world.house.database.work(world.now) as work:
        people.add_address(work, 2, "slack", "U2", "proved")
        linking.part(work, 2)
        assert "Ann" not in fetched(world.house, message, work).files[0].content.decode()
        people.mark_unreachable(work, 2)
        assert fetched(world.house, message, work).files[0].media_type == GONE


def test_a_file_that_nobody_here_described_is_not_made(world: World, ann: Someone) -> None:
    for data in ("{}", '{"address": "x"}', "[]"):
        with world.house.database.work(world.now) as work, pytest.raises((KeyError, ValueError, TypeError)):
            fetched(world.house, Outbound("", drawings=(Drawing(MY_DATA, "x.txt", "", data),)), work)


def test_by_mail_it_goes_to_a_proved_address_only(world: World) -> None:
    stage = Stage(world.house)
    stranger = Writer(stage, "ann@library.org")
    assert profile.NOT_SURE in " ".join(stranger.writes("my data"))
    assert stranger.last.drawings == ()
    known = acquainted(stage, "eve@library.org")
    known.replies("my data")
    assert [each.kind for each in known.last.drawings] == [MY_DATA]


def test_in_the_middle_of_a_form_the_question_comes_again(ann: Someone) -> None:
    ann.says("fees")
    said = ann.says("my data")
    assert said.endswith("---\nAre you a member of ALA?")
