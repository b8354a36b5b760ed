"""A message waits with the description of its picture; the picture is made where it is sent, and never holds it back."""

import io
import logging
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

import pytest

from bot.app import App
from bot.channels.slack.blocks import pieces
from bot.channels.telegram.layout import parts
from bot.channels.terminal import rendered
from bot.drawing import draw, drawn, with_what_was_made
from bot.logs import formatter
from flows.dialog.speech import Choice, Drawing, File, Outbound
from handlers.letters import decode, encode
from storage import outbox, papers, people
from tests.bot.edge import ListChannel, played
from tests.notifications.examples import USUAL, certificate

House = Callable[..., App]
NOW = datetime(2026, 11, 26, 15, tzinfo=UTC)
CARD, CERTIFICATE = USUAL.drawing(), certificate().drawing()
BROKEN_CARD = replace(CARD, data="{}")
BROKEN = replace(CERTIFICATE, data='{"name": "Ann Marlowe"}')
SORRY = "The document certificate-LSSC-2027-0042.pdf could not be made. Please ask a person for it: send `person`."


@dataclass
class Gallery(ListChannel):
    """Keeps whole messages."""

    shown: list[Outbound] = field(default_factory=list)

    async def send(self, address: str, message: Outbound, reference: str, edits: str = "") -> str:
        self.shown.append(message)
        return await super().send(address, message, reference, edits)


def delivered(house: House, *messages: Outbound) -> list[Outbound]:
    """What a channel is given."""
    channel = Gallery()
    app = house(email=channel)

    async def scene() -> None:
        with app.house.database.work(app.clock()) as work:
            known = people.add(work, "email", "a@example.org")
            letters = [outbox.add(work, known.address_id, encode(each)) for each in messages]
        app.delivery.deliver([each for each in letters if each is not None])
        await app.delivery.settled()

    played(app, scene)
    return channel.shown


def test_a_drawing_is_a_file_when_it_is_delivered(house: House) -> None:
    file = File("note.txt", "text/plain", b"note")
    told = Outbound("Here", (Choice("ok", "OK"),), files=(file,), drawings=(CARD, CERTIFICATE))
    assert delivered(house, told) == [
        Outbound("Here", (Choice("ok", "OK"),), files=(file, draw(CARD), draw(CERTIFICATE)))
    ]


def test_a_document_of_the_records_is_read_when_it_is_delivered(house: House) -> None:
    with house(email=Gallery()).house.database.work(NOW) as work:
        ann = people.add(work, "telegram", "4711").person_id
        number = papers.add(work, ann, "schooling abroad", "diploma.exe", "application/pdf", b"%PDF-1.7")
    document = Drawing("paper", "document-1.pdf", "Document 1", f'{{"id": {number}}}')
    gone = replace(document, data='{"id": 99}')
    assert delivered(house, Outbound("Here", drawings=(document,)), Outbound("Here", drawings=(gone, CARD))) == [
        Outbound("Here", files=(File("document-1.pdf", "application/pdf", b"%PDF-1.7", "Document 1"),)),
        Outbound("Here\n\nDocument 99 is not kept any more.", files=(draw(CARD),)),
    ]


def test_a_drawing_that_cannot_be_made_holds_nothing_back(house: House) -> None:
    messages = [Outbound("Your progress", drawings=(BROKEN_CARD,)), Outbound("Here it is", drawings=(BROKEN,))]
    assert delivered(house, *messages, Outbound("And this")) == [
        Outbound("Your progress"), Outbound(f"Here it is\n\n{SORRY}"), Outbound("And this"),
    ]  # fmt: skip


def test_a_kind_of_drawing_that_this_version_does_not_know_holds_nothing_back(house: House) -> None:
    assert delivered(house, Outbound("Here", drawings=(Drawing("hologram", "h.bin", "", "{}"),))) == [
        Outbound("Here\n\nThe document h.bin could not be made. Please ask a person for it: send `person`.")
    ]


def test_a_fault_is_logged_without_the_words_of_the_drawing() -> None:
    log, stream = logging.getLogger("lssc.drawing"), io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(formatter((), for_eyes=False))
    log.addHandler(handler)
    try:
        drawn(Outbound("Here it is", drawings=(BROKEN,)))
    finally:
        log.removeHandler(handler)
    told = stream.getvalue()
    assert "the drawing certificate could not be made" in told
    assert "KeyError (bot/drawing/__init__.py" in told
    assert "Marlowe" not in told


@pytest.mark.parametrize("in_pieces", [parts, pieces])
@pytest.mark.parametrize("text", ["", "Here it is", "Here it is. " * 2000])
def test_a_message_has_as_many_pieces_when_a_drawing_of_it_fails_at_a_later_attempt(
    in_pieces: Callable[[Outbound], list[Outbound]], text: str
) -> None:
    made = in_pieces(drawn(Outbound(text, drawings=(CARD, CERTIFICATE))))
    failed = in_pieces(drawn(Outbound(text, drawings=(BROKEN_CARD, BROKEN))))
    left = [with_what_was_made(each) for each in failed]
    assert len(left) == len(made)
    assert [each for each in left if each.files or not each.text] == []
    assert sum(SORRY in each.text for each in left) == 1


def test_the_words_of_a_picture_take_its_place_only_where_there_are_no_others() -> None:
    assert with_what_was_made(drawn(Outbound("", drawings=(BROKEN_CARD,)))) == Outbound(CARD.alt)
    assert with_what_was_made(drawn(Outbound("So far", drawings=(BROKEN_CARD,)))) == Outbound("So far")


def test_the_outbox_keeps_the_description_only() -> None:
    told = Outbound("Your progress", drawings=(CARD, CERTIFICATE))
    assert decode(encode(told)) == told
    assert len(encode(told)) < 3000 < len(draw(CARD).content)


def test_a_terminal_shows_the_text_alone() -> None:
    told = Outbound("Your progress", (Choice("ok", "OK"),), drawings=(CARD,))
    assert rendered(told) == "Your progress\n 1. OK"
