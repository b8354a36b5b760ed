"""What messages offer to say, such as `fewer`, `snooze until 1 June` or `time zone Denver`.

These are commands also where open text is asked for.
"""

import re

from flows.dialog import kinds
from flows.dialog.unclear import Unclear
from flows.program import quiet, waiting, zones
from handlers import local, stopping
from handlers.exchange import Exchange
from handlers.reminders import wishes

PLAIN = (
    r"(?:my )?reminders|fewer(?: (?:reminders|messages|mails))?|(?:more|usual) reminders|reminders as usual|wake"
    r"|unsnooze|only (?:by |on |in |via )?(?:e-?mail|mail|slack|telegram)(?: from now on)?"
    r"|(?:my )?(?:calendar|dates|time ?zone|quiet hours)|calendar file"
)
OF_A_KIND = rf"(?:stop|start) (?:(?:{'|'.join(stopping.KINDS)})(?: reminders)?|(?:{'|'.join(wishes.CALLED)}) reminders)"
NAMED = {
    "time zone": re.compile(r"(?:(?:set|change) )?(?:my )?time ?zone\b"),
    "quiet hours": re.compile(r"(?:my )?quiet hours\b"),
}
TO_THE_LETTER = re.compile(rf"(?:please )?(?:{PLAIN}|{OF_A_KIND})(?: please)?")


def is_one(ex: Exchange, command: str, rest: str) -> bool:
    """Whether the message is such a wish to the letter; "Snooze button engineer" and "fewer than five" are answers."""
    if command in NAMED and rest and NAMED[command].match(kinds.named(ex.message.text)):
        return _is_read(ex, command, rest)
    if command == "snooze":
        return rest.strip().startswith(("until ", "till ")) or _is_a_while(ex, rest)
    return TO_THE_LETTER.fullmatch(kinds.named(ex.message.text)) is not None


def _is_read(ex: Exchange, command: str, rest: str) -> bool:
    """Whether the words behind the command are a zone, or hours; "Time zone coordinator" is an answer."""
    try:
        if command == "time zone":
            zones.read(rest, ex.today.year)
        else:
            quiet.told(rest, quiet.Quiet())
    except quiet.Waking:
        return True
    except Unclear:
        return False
    return True


def _is_a_while(ex: Exchange, rest: str) -> bool:
    try:
        waiting.until(rest, local.day(ex, ex.speaker.person_id))
    except Unclear:
        return False
    return True
