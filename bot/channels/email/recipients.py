"""Which addresses are ours, so that mail to anybody else is refused where it is handed in."""

from collections.abc import Callable
from typing import TypeAlias

from bot.channels.email.composing.letterhead import Letterhead
from bot.channels.email.return_paths import BOUNCES

Ours: TypeAlias = Callable[[str], bool]


def ours(head: Letterhead) -> Ours:
    """Our address, with and without `+something`, and what mail of ours comes back to; in any case of letters."""
    local, answers = head.sender.local.lower(), head.reply_domain.lower()
    known = {(local, head.sender.domain.lower()), (local, answers), (BOUNCES, answers)}

    def is_ours(recipient: str) -> bool:
        asked, _, where = recipient.lower().rpartition("@")
        return any(where == place and (asked == name or asked.startswith(f"{name}+")) for name, place in known)

    return is_ours
