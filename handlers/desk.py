"""What needs a person of the office: recorded for the desk, and the asker told whom to expect and when."""

import json
from collections.abc import Mapping

from handlers.exchange import Errand, Exchange
from storage import desk


def ask(ex: Exchange, kind: str, details: Mapping[str, str]) -> int:
    """A new desk item about the speaker."""
    return about(ex, ex.speaker.person_id, kind, details)


def about(errand: Errand, person_id: int | None, kind: str, details: Mapping[str, str]) -> int:
    """A new desk item about somebody, whoever speaks."""
    return desk.add(errand.work, kind, person_id, json.dumps(dict(details), ensure_ascii=False))


def hand_off(ex: Exchange) -> str:
    """Note that somebody wants a person; asking twice makes one item."""
    contact = (
        f"The quickest way to a person is to write to {ex.rules.contact_email} or to call {ex.rules.contact_phone}."
    )
    if any(item.kind == "hand-off" for item in desk.open_for(ex.work, ex.speaker.person_id)):
        return f"Your wish for a person is on the LSSC office's list already. {contact}"
    ask(ex, "hand-off", {"channel": ex.message.channel})
    return f"I have put your wish for a person on the LSSC office's list. {contact}"
