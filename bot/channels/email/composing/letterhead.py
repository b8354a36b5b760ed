"""What all our mails have in common: who they are from, and where answers to them go."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from bot.channels.email import return_paths
from bot.channels.email.composing import addresses
from bot.channels.email.composing.addresses import MailAddress
from bot.channels.email.return_paths import ReturnPaths
from bot.channels.email.tokens import Token

SENDER = "LSSC Assistant <lssc@localhost>"
NAME = "LSSC Assistant"
NUMBERS = re.compile(r"0*([1-9][0-9]{0,17})\.([1-9][0-9]{0,17})-")


@dataclass(frozen=True)
class Letterhead:
    """`reply_domain` is that of the addresses with tokens; `key` signs them, and raises OSError when there is none."""

    sender: MailAddress
    reply_domain: str
    key: Callable[[], bytes]
    public_url: str = ""

    def return_paths(self) -> ReturnPaths:
        """Raises OSError when there is no key."""
        return ReturnPaths(self.sender.local, self.reply_domain, self.key(), self.public_url)


def letterhead(sender: str, reply_domain: str, key: Callable[[], bytes], public_url: str = "") -> Letterhead:
    """Raises NoAddress when `sender` is none, or too long to carry a token."""
    read = addresses.read(sender)
    if len(read.local) > return_paths.LONGEST_LOCAL or read.needs_utf8:
        longest = return_paths.LONGEST_LOCAL
        raise addresses.NoAddress(f"before the @ at most {longest} ASCII characters may stand")
    named = MailAddress(read.local, read.domain, read.name or NAME)
    return Letterhead(named, reply_domain or read.domain, key, public_url)


def token(reference: str) -> Token | None:
    """Letter and address of a reference of the delivery; None for a reference that has no such numbers."""
    found = NUMBERS.match(reference)
    return Token(address_id=int(found[2]), letter_id=int(found[1])) if found else None
