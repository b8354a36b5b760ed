"""What is kept only for a while is deleted when its time is over."""

from datetime import date, timedelta

from flows.program.rules import Rules
from storage import conversations, failing, inbound, outbox, people
from storage.database import Work


def forget(work: Work, rules: Rules, today: date) -> None:
    """Delete drafts, facts, sent messages and the names of heard ones that are past their time; `today` at the office.

    At most a thousand messages at a time, so that nobody waits for it; the next call goes on.
    """
    past = work.now - timedelta(days=rules.draft_days)
    conversations.drop_answers_before(work, past)
    people.forget_facts_before(work, today - timedelta(days=rules.known_facts_days))
    inbound.forget_before(work, past)
    failing.forget_before(work, past)
    outbox.purge_sent_before(work, past)
