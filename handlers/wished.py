"""What reminders offer to say, such as `fewer` or `snooze until 1 June`: commands also where open text is asked for."""

import re

from flows.dialog import kinds
from flows.dialog.unclear import Unclear
from flows.program import waiting
from handlers import local, stopping
from handlers.exchange import Exchange
from handlers.reminders import wishes

PLAIN = (
    r"(?:my )?reminders|fewer(?: (?:reminders|messages|mails))?|(?:more|usual) reminders|reminders as usual|wake"
    r"|unsnooze|only (?:by |on |in |via )?(?:e-?mail|mail|slack|telegram)(?: from now on)?"
)
OF_A_KIND = rf"(?:stop|start) (?:(?:{'|'.join(stopping.KINDS)})(?: reminders)?|(?:{'|'.join(wishes.CALLED)}) reminders)"
TO_THE_LETTER = re.compile(rf"(?:please )?(?:{PLAIN}|{OF_A_KIND})(?: please)?")


def is_one(ex: Exchange, command: str, rest: str) -> bool:
    """Whether the message is such a wish to the letter; "Snooze button engineer" and "fewer than five" are answers."""
    if command == "snooze":
        return rest.strip().startswith(("until ", "till ")) or _is_a_while(ex, rest)
    return TO_THE_LETTER.fullmatch(kinds.named(ex.message.text)) is not None


def _is_a_while(ex: Exchange, rest: str) -> bool:
    try:
        waiting.until(rest, local.day(ex, ex.speaker.person_id))
    except Unclear:
        return False
    return True
