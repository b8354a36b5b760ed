"""What needs a person of the office: recorded for the desk, and the asker told whom to expect and when."""

import json
from collections.abc import Mapping
from datetime import date, timedelta

from flows.program.figures import day_in_words
from handlers.exchange import Exchange
from storage import desk

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def ask(ex: Exchange, kind: str, details: Mapping[str, str]) -> int:
    """A new desk item about the speaker."""
    return desk.add(ex.work, kind, ex.speaker.person_id, json.dumps(dict(details), ensure_ascii=False))


def hand_off(ex: Exchange) -> str:
    """Ask a person to answer; asking twice makes one item."""
    by = _working_days_after(ex.today, ex.rules.handoff_working_days)
    when = f"{WEEKDAYS[by.weekday()]}, {day_in_words(by)}"
    contact = f"You can also write to {ex.rules.contact_email} or call {ex.rules.contact_phone}."
    if any(item.kind == "hand-off" for item in desk.open_for(ex.work, ex.speaker.person_id)):
        return f"A person at the LSSC office has been asked already. {contact}"
    ask(ex, "hand-off", {"channel": ex.message.channel})
    return f"I have asked a person at the LSSC office to answer you here, by {when} at the latest. {contact}"


def _working_days_after(day: date, count: int) -> date:
    while count:
        day += timedelta(days=1)
        count -= day.weekday() < 5
    return day
