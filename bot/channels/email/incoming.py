"""The ways in which mail arrives, as the settings want them: out of a mailbox, directly from a mail server, or both."""

from bot.channels.email.lmtp import Lmtp
from bot.channels.email.mailbox import mailbox
from bot.channels.email.recipients import ours
from bot.channels.email.taking import Taker
from bot.channels.email.vendor import headed
from bot.parts import Part
from bot.settings import Settings
from bot.writer import Writer


def incoming(settings: Settings, taker: Taker, writer: Writer) -> tuple[Part, ...]:
    """The parts `email` (the mailbox) and `lmtp`, those that are configured; nothing is connected yet.

    Raises SettingsError for a mailbox or a sender that cannot be meant.
    """
    parts: list[Part] = []
    if settings.imap_url is not None:
        chosen = mailbox(settings.imap_url)
        from bot.channels.email.imap import Imap  # its library is imported only where it is used

        parts.append(Imap(chosen, taker, writer))
    if settings.lmtp_listen is not None:
        parts.append(Lmtp(settings.lmtp_listen, taker, ours(headed(settings))))
    return tuple(parts)
