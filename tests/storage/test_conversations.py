"""Forms are opened, answered, set aside, taken up again and closed; closing forgets the words."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from storage import conversations, people
from storage.conversations import Conversation
from storage.database import Database, Work

HOUR = timedelta(hours=1)


@pytest.fixture
def person(database: Database, now: datetime) -> int:
    with database.work(now) as work:
        return people.add(work, "telegram", "4711").person_id


def _words(work: Work) -> list[str]:
    """Every word on record, whoever said it."""
    return sorted(work.connection.exec_driver_sql("SELECT words FROM answer").scalars())


def test_a_conversation_is_kept_as_it_was_opened(database: Database, now: datetime, person: int) -> None:
    with database.work(now) as work:
        opened = conversations.open_(work, person, "fees", '{"today": "2026-11-23"}')
    with database.work(now + HOUR) as work:
        found = conversations.by_id(work, opened)
        assert conversations.by_id(work, opened + 1) is None
    assert found == Conversation(opened, person, "fees", '{"today": "2026-11-23"}', "open", "", now, now)


def test_answers_are_the_last_words_under_each_key(database: Database, now: datetime, person: int) -> None:
    with database.work(now) as work:
        form = conversations.open_(work, person, "fees", "{}")
        conversations.put(work, form, {}, "telegram")
        assert conversations.answers(work, form) == {}
        conversations.put(work, form, {"member": "yes", "grant": "no"}, "telegram")
        conversations.put(work, form, {"grant": "¿sí?"}, "email")
        assert conversations.answers(work, form) == {"member": "yes", "grant": "¿sí?"}
        conversations.forget(work, form, ["member", "unknown"])
        conversations.forget(work, form, [])
        assert conversations.answers(work, form) == {"grant": "¿sí?"}


@pytest.mark.parametrize("second", [lambda work, person, _: conversations.open_(work, person, "fees", "{}"),
                                    lambda work, _, parked: conversations.resume(work, parked)])  # fmt: skip
def test_a_person_has_one_open_conversation(
    database: Database, now: datetime, person: int, second: Callable[[Work, int, int], object]
) -> None:
    with database.work(now) as work:
        parked = conversations.open_(work, person, "review", "{}")
        conversations.park(work, parked)
        conversations.open_(work, person, "eligibility", "{}")

    def open_another() -> None:
        with database.work(now) as work:
            second(work, person, parked)

    with pytest.raises(IntegrityError):
        open_another()
    with database.work(now) as work:
        other = people.add(work, "telegram", "4712").person_id
        conversations.open_(work, other, "eligibility", "{}")


def test_parked_conversations_are_listed_newest_first_and_resumed(
    database: Database, now: datetime, person: int
) -> None:
    parked = []
    for hours, script in enumerate(["review", "fees", "renewal"]):
        with database.work(now + hours * HOUR) as work:
            parked.append(conversations.open_(work, person, script, "{}"))
            conversations.put(work, parked[-1], {"key": script}, "telegram")
            assert conversations.park(work, parked[-1])
            assert not conversations.park(work, parked[-1])
    with database.work(now + 3 * HOUR) as work:
        assert [each.script for each in conversations.parked(work, person)] == ["renewal", "fees", "review"]
        assert conversations.resume(work, parked[1])
        assert not conversations.resume(work, parked[1])
        assert [each.script for each in conversations.parked(work, person)] == ["renewal", "review"]
        assert conversations.answers(work, parked[1]) == {"key": "fees"}


@pytest.mark.parametrize("state", ["done", "cancelled"])
def test_closing_keeps_the_outcome_and_deletes_the_words(
    database: Database, now: datetime, person: int, state: str
) -> None:
    with database.work(now) as work:
        form = conversations.open_(work, person, "eligibility", "{}")
        conversations.put(work, form, {"diploma": "a private word"}, "telegram")
        other = conversations.open_(work, people.add(work, "telegram", "4712").person_id, "eligibility", "{}")
        conversations.put(work, other, {"diploma": "not yet"}, "telegram")
    with database.work(now + HOUR) as work:
        conversations.close(work, form, state, "eligible")  # type: ignore[arg-type]
        assert conversations.by_id(work, form) == Conversation(
            form, person, "eligibility", "{}", state, "eligible", now, now + HOUR
        )
        assert _words(work) == ["not yet"]


def test_a_cancelled_draft_can_be_found_until_its_answers_are_dropped(
    database: Database, now: datetime, person: int
) -> None:
    drafts = []
    for day in range(3):
        with database.work(now + timedelta(days=day)) as work:
            drafts.append(conversations.open_(work, person, "application", "{}"))
            conversations.put(work, drafts[-1], {"name": f"draft {day}"}, "telegram")
            conversations.close(work, drafts[-1], "cancelled", "", keep_answers=day < 2)
    with database.work(now) as work:
        last = conversations.last_cancelled(work, person, "application")
        assert last == conversations.by_id(work, drafts[1])
        assert conversations.last_cancelled(work, person, "fees") is None
        assert conversations.last_cancelled(work, person + 1, "application") is None
        assert conversations.drop_answers_before(work, now + timedelta(days=1)) == 1
        assert _words(work) == ["draft 1"]
        assert conversations.drop_answers_before(work, now + timedelta(days=2)) == 1
        assert conversations.last_cancelled(work, person, "application") is None


def test_old_answers_of_an_unfinished_form_are_kept(database: Database, now: datetime, person: int) -> None:
    with database.work(now) as work:
        parked = conversations.open_(work, person, "review", "{}")
        conversations.put(work, parked, {"key": "parked"}, "telegram")
        conversations.park(work, parked)
        conversations.put(work, conversations.open_(work, person, "fees", "{}"), {"key": "open"}, "telegram")
        assert conversations.drop_answers_before(work, now + timedelta(days=365)) == 0
        assert _words(work) == ["open", "parked"]


def test_an_answer_moved_to_another_key_stays_as_it_was_said(database: Database, now: datetime, person: int) -> None:
    query = "SELECT key, words, channel, at FROM answer ORDER BY key"
    with database.work(now) as work:
        form = conversations.open_(work, person, "fees", "{}")
        conversations.put(work, form, {"member": "yes", "state": "Ohio"}, "telegram")
        before = work.connection.exec_driver_sql(query).all()
    with database.work(now + HOUR) as work:
        conversations.rekey(work, form, {"member": "was member", "nothing": "was nothing"})
        conversations.put(work, form, {"member": "no"}, "email")
        assert conversations.answers(work, form) == {"member": "no", "was member": "yes", "state": "Ohio"}
        conversations.forget(work, form, ("member",))
        conversations.rekey(work, form, {"was member": "member"})
        assert work.connection.exec_driver_sql(query).all() == before
