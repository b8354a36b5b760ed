"""A document that somebody sent is shown to the staff alone, and only to the one who asks."""

from dataclasses import replace
from typing import Literal

import pytest

from flows.dialog.speech import Drawing
from handlers.desk.acting import REFUSED
from handlers.desk.table import KINDS
from handlers.exchange import House
from storage import papers, people
from tests.handlers.acting import Rows
from tests.handlers.channels import Stage
from tests.handlers.mailing import PDF, Writer
from tests.handlers.world import Someone, World

KIM = ("email", "kim@lssc.example.org")
DOCUMENT = Drawing("paper", "document-1.pdf", "Document 1", '{"id": 1}')
HERE = "Here is document 1 (schooling abroad), sent as “diploma.exe”. It is for the staff only."


@pytest.fixture
def stage(house: House) -> Stage:
    return Stage(replace(house, staff=frozenset({KIM}), kinds=KINDS))


@pytest.fixture
def kim(stage: Stage) -> Writer:
    """Of the office, which reads mail only; a document of Ann's is on record."""
    keep(stage.house, stage)
    writer = Writer(stage, KIM[1])
    writer.replies("help")
    return writer


def keep(house: House, at: Stage | World) -> None:
    with house.database.work(at.now) as work:
        ann = people.add(work, "telegram", "4711", name="Ann")
        papers.add(work, ann.person_id, "schooling abroad", "diploma.exe", "application/pdf", PDF)


def looked(rows: Rows) -> list[tuple[object, object]]:
    return [(row["subject"], row["details"]) for row in rows("audit") if row["action"] == "looked at a document"]


@pytest.mark.parametrize(
    "words", ["document 1", "Document #1.", "document 1, please", "Hi,\n\ndocument 1\n\nThanks,\nKim"]
)
def test_a_member_of_the_staff_gets_it_by_mail(kim: Writer, words: str, rows: Rows) -> None:
    assert kim.replies(words) == [HERE]
    assert kim.last.drawings == (DOCUMENT,)
    (entry,) = looked(rows)
    assert entry[0] == "document 1"


def test_only_its_number_waits_in_the_outbox(kim: Writer, rows: Rows) -> None:
    kim.replies("document 1")
    assert [row["body"] for row in rows("outbox") if "%PDF" in str(row["body"]) or "JVBER" in str(row["body"])] == []


def test_a_number_that_is_none_is_told(kim: Writer) -> None:
    assert kim.replies("document 7")[0].startswith("There is no document 7.")


@pytest.mark.parametrize("words", ["document 1 is missing", "document", "documents 1"])
def test_other_words_about_documents_bring_none(kim: Writer, words: str, rows: Rows) -> None:
    kim.replies(words)
    assert (kim.last.drawings, looked(rows)) == ((), [])


def test_a_forged_mail_of_the_staff_brings_none(kim: Writer, rows: Rows) -> None:
    kim.writes("document 1")
    assert (kim.last.drawings, looked(rows)) == ((), [])


def test_it_comes_beside_the_question_of_an_open_form(kim: Writer) -> None:
    kim.replies("eligibility")
    before = len(kim.stage.told)
    kim.replies("document 1")
    assert [message.drawings for _, message in kim.stage.told[before:]] == [(DOCUMENT,), ()]


def test_nobody_else_gets_it(kim: Writer, rows: Rows) -> None:
    ann = Writer(kim.stage, "ann@library.org")
    ann.replies("help")
    ann.replies("document 1")
    assert (ann.last.drawings, looked(rows)) == ((), [])


# In a channel


@pytest.fixture
def world(house: House) -> World:
    world = World(replace(house, staff=frozenset({("slack", "U1")}), desk=("slack", "CDESK"), kinds=KINDS))
    keep(world.house, world)
    return world


@pytest.mark.parametrize("state", ["staff", "public"])
def test_said_in_the_desks_channel_it_comes_in_private(world: World, state: Literal["staff", "public"]) -> None:
    olive = Someone(world, "slack", "U1", "Olive")
    olive.says("help")
    with world.house.database.work(world.now) as work:
        people.set_place(work, people.place(work, "slack", "CDESK").id, state)
    olive.says("document 1", place="CDESK")
    found = {where: [each.drawings for each in box.values() if each.drawings] for where, box in world.inboxes.items()}
    assert {where: told for where, told in found.items() if told} == {("slack", "U1"): [(DOCUMENT,)]}


def test_a_button_that_somebody_else_made_up_is_refused(world: World) -> None:
    bob = Someone(world, "slack", "U666", "Bob")
    bob.says("help")
    assert bob.presses_choice("document 1") == REFUSED


def test_a_terminal_names_the_way(house: House, rows: Rows) -> None:
    stage = Stage(replace(house, staff=frozenset({("terminal", "kim@x.org")}), kinds=KINDS))
    keep(stage.house, stage)
    stage.says("terminal/kim@x.org", "help")
    told = "terminal/kim@x.org: A terminal shows no documents: `lssc staff document 1 FILE` writes it into a file."
    assert stage.says("terminal/kim@x.org", "document 1") == [told]
    assert looked(rows) == []
