"""What the office writes below a mail that shows an item, where the item need not be named again."""

import re
from collections.abc import Sequence

from handlers.desk.kinds import Action

SPELLED = re.compile(r"/?(reply|note|snooze|assign)\s*:\s*(.*)", re.IGNORECASE | re.DOTALL)
BRIEF = re.compile(r"/?(?:(note) (.+)|(snooze) (\S+(?: \S+){0,3})|(assign) (\S+(?: \S+)?))", re.IGNORECASE | re.DOTALL)
COUNTED = re.compile(r"(?:day|week|month)s?\b", re.IGNORECASE)
SHOW = ("show", "show it", "show again")


def is_whole(number: str | None, rest: str, *, alone: bool) -> bool:
    """Whether a command names its item, or needs none; the number of "snooze 3 days" is none of an item."""
    return not rest if alone else bool(number) and COUNTED.match(rest) is None


def whole(number: int, actions: Sequence[Action], said: str) -> str:
    """The command for item `number`: `accept`, `ask: which school?`, `note: she called`; "" when it is none.

    Words for an action or for the person stand after a colon, so that nothing is sent or settled by mistake.
    """
    spelled = SPELLED.fullmatch(said) or BRIEF.fullmatch(said)
    if spelled is not None:
        verb, words = (each for each in spelled.groups() if each is not None)
        return f"{verb.lower()} {number} {words}"
    if said.lower().rstrip(".!") in SHOW:
        return f"show {number}"
    head, colon, words = said.partition(":")
    name = head.strip().lower().rstrip(".!")
    found = next((each for each in actions if name in (each.key, each.label.lower())), None)
    if found is None or (colon and not (found.asks and words.strip())):
        return ""
    return f"settle {number} {found.key} {words.strip()}".rstrip()
