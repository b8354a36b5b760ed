"""Who is speaking, and that one person's messages are taken one after the other."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime
from threading import Barrier

import pytest
from sqlalchemy.exc import IntegrityError

from storage import conversations, inbound, outbox, people
from storage.database import Database
from storage.people import Address, Speaker


def test_a_stranger_is_nobody_until_added(database: Database, now: datetime) -> None:
    with database.work(now) as work:
        assert people.speaker(work, "telegram", "4711") is None
        assert people.find(work, "telegram", "4711") is None
        new = people.add(work, "telegram", "4711")
    assert new == Speaker(new.person_id, new.address_id, "telegram", "4711", "proved", "", "", 0, True, None)
    with database.work(now) as work:
        known = people.speaker(work, "telegram", "4711")
        assert known == Speaker(new.person_id, new.address_id, "telegram", "4711", "proved", "", "", 0, False, None)
        assert people.find(work, "telegram", "4711") == new.person_id
        assert people.speaker(work, "slack", "4711") is None


def test_the_speaker_comes_with_the_open_conversation_alone(database: Database, now: datetime) -> None:
    with database.work(now) as work:
        person = people.add(work, "telegram", "4711").person_id
        other = people.add(work, "telegram", "4712").person_id
        conversations.open_(work, other, "fees", "{}")
        conversations.park(work, conversations.open_(work, person, "review", "{}"))
        conversations.close(work, conversations.open_(work, person, "renewal", "{}"), "done", "")
        open_ = conversations.open_(work, person, "eligibility", '{"today": "2026-11-23"}')
        speaker = people.speaker(work, "telegram", "4711")
        assert speaker is not None
        assert speaker.conversation == conversations.by_id(work, open_)


def test_an_offer_belongs_to_one_address(database: Database, now: datetime) -> None:
    with database.work(now) as work:
        new = people.add(work, "telegram", "4711")
        people.add_address(work, new.person_id, "email", "ana@example.org", "claimed")
        people.set_offer(work, new.address_id, '[["1", "yes"]]', 2)
        speakers = [people.speaker(work, *where) for where in (("telegram", "4711"), ("email", "ana@example.org"))]
    assert [(each.person_id, each.address_state, each.offer, each.misses) for each in speakers if each] == [
        (new.person_id, "proved", '[["1", "yes"]]', 2),
        (new.person_id, "claimed", "", 0),
    ]


def test_an_unreachable_address_stays_on_record(database: Database, now: datetime) -> None:
    with database.work(now) as work:
        new = people.add(work, "telegram", "4711")
        second = people.add_address(work, new.person_id, "email", "ana@example.org", "proved")
        people.add(work, "email", "bob@example.org")
        people.mark_unreachable(work, new.address_id)
        assert people.addresses(work, new.person_id) == [
            Address(new.address_id, "telegram", "4711", "unreachable"),
            Address(second, "email", "ana@example.org", "proved"),
        ]


def test_an_address_belongs_to_one_person(database: Database, now: datetime) -> None:
    def take_it() -> None:
        with database.work(now) as work:
            people.add_address(work, people.add(work, "slack", "U1").person_id, "telegram", "4711", "proved")

    with database.work(now) as work:
        people.add(work, "telegram", "4711")
    with pytest.raises(IntegrityError):
        take_it()
    with database.work(now) as work:
        assert people.find(work, "slack", "U1") is None


def test_facts_are_remembered_with_their_day_and_forgotten_by_it(database: Database, now: datetime) -> None:
    with database.work(now) as work:
        ana, bob = (people.add(work, "telegram", address).person_id for address in ("4711", "4712"))
        people.remember(work, ana, {"diploma": "yes", "hours": "20"}, date(2025, 1, 31))
        people.remember(work, ana, {"hours": "25"}, date(2026, 2, 1))
        people.remember(work, ana, {}, date(2026, 2, 1))
        people.remember(work, bob, {"hours": "40"}, date(2026, 2, 1))
        hours = {"hours": ("25", date(2026, 2, 1))}
        assert people.facts(work, ana, date(2025, 1, 31)) == {"diploma": ("yes", date(2025, 1, 31))} | hours
        assert people.facts(work, ana, date(2025, 2, 1)) == hours
        assert people.forget_facts_before(work, date(2026, 2, 1)) == 1
        assert people.facts(work, ana, date.min) == hours


@pytest.mark.parametrize("known", [True, False])
def test_simultaneous_messages_of_one_person_are_taken_one_after_the_other(
    database: Database, now: datetime, known: bool
) -> None:
    together = Barrier(8)
    if known:
        with database.work(now) as work:
            people.add(work, "telegram", "4711")

    def turn(number: int) -> int:
        together.wait()
        with database.work(now) as work:
            assert inbound.take(work, "telegram", str(number))
            speaker = people.speaker(work, "telegram", "4711") or people.add(work, "telegram", "4711")
            form = speaker.conversation
            open_ = form.id if form else conversations.open_(work, speaker.person_id, "eligibility", "{}")
            answered = conversations.answers(work, open_)
            conversations.put(work, open_, {str(len(answered)): "yes"}, "telegram")
            people.set_offer(work, speaker.address_id, "", speaker.misses + 1)
            outbox.add(work, speaker.address_id, str(speaker.misses))
            return speaker.misses

    with ThreadPoolExecutor(8) as threads:
        assert sorted(threads.map(turn, range(8))) == list(range(8))
    with database.work(now) as work:
        speaker = people.speaker(work, "telegram", "4711")
        assert speaker is not None
        assert speaker.conversation is not None
        assert speaker.misses == len(conversations.answers(work, speaker.conversation.id)) == 8
        bodies = work.connection.exec_driver_sql("SELECT body FROM outbox ORDER BY id").scalars().all()
        assert bodies == [str(number) for number in range(8)]
        assert work.connection.exec_driver_sql("SELECT count(*) FROM person").scalar() == 1
