"""What is kept only for a while goes when its time is over, and not before."""

from datetime import date, timedelta
from pathlib import Path

from flows.program import policy
from handlers.forgetting import forget
from storage import conversations, inbound, outbox, people
from storage.database import Database

RULES = policy.load((Path(policy.__file__).parent / "policy.toml").read_text()).on(date(2026, 11, 23))


def test_a_draft_its_facts_and_its_messages_go_when_their_time_is_over(database: Database, now) -> None:  # type: ignore[no-untyped-def]
    today = now.date()
    with database.work(now) as work:
        ann = people.add(work, "telegram", "4711")
        inbound.take(work, "telegram", "1")
        form = conversations.open_(work, ann.person_id, "apply", "{}")
        conversations.put(work, form, {"name": "Ann"}, "telegram")
        conversations.close(work, form, "cancelled", "", keep_answers=True)
        people.remember(work, ann.person_id, {"member": "yes"}, today)
        letter = outbox.add(work, ann.address_id, "{}")
        assert letter is not None
        outbox.sent(work, letter)
    for days, kept in ((RULES.draft_days, True), (RULES.draft_days + 1, False)):
        with database.work(now + timedelta(days)) as work:
            forget(work, RULES, today + timedelta(days))
            assert bool(conversations.answers(work, form)) is kept
            assert bool(outbox.last_sent(work, ann.address_id)) is kept
            assert inbound.take(work, "telegram", "1") is not kept
            assert people.facts(work, ann.person_id, today) != {}
    with database.work(now + timedelta(RULES.known_facts_days + 1)) as work:
        forget(work, RULES, today + timedelta(RULES.known_facts_days + 1))
        assert people.facts(work, ann.person_id, today) == {}
