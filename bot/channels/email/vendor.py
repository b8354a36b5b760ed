"""Outgoing mail as the settings want it: through a mail server, or as files into a folder."""

from functools import partial
from typing import Protocol

from bot.channels.channel import Channel
from bot.channels.email import keys
from bot.channels.email.composing.addresses import NoAddress
from bot.channels.email.composing.letterhead import SENDER, Letterhead, letterhead
from bot.channels.email.folder import MailFolder
from bot.channels.email.servers import server
from bot.clock import Clock
from bot.settings import Settings, SettingsError


class MailChannel(Channel, Protocol):
    """The channel `email`, whichever way mail goes."""

    async def close(self) -> None:
        """Called when nothing is sent any more."""


def outgoing(settings: Settings, clock: Clock) -> MailChannel:
    """Nothing is connected yet. Raises SettingsError for a sender or a mail server that cannot be used."""
    head = headed(settings)
    if settings.smtp_url is None:
        return MailFolder(settings.mail_dir, clock, head)
    chosen = server(settings.smtp_url)
    from bot.channels.email.smtp import Smtp  # its library is imported only where it is used

    return Smtp(chosen, head, clock)


def headed(settings: Settings) -> Letterhead:
    """Without LSSC_MAIL_REPLY_DOMAIN answers go to the sender's domain."""
    key = partial(keys.key, settings.secret_key, settings.database_url)
    try:
        return letterhead(
            settings.mail_from or SENDER, settings.mail_reply_domain or "", key, settings.public_url or ""
        )
    except NoAddress as error:
        raise SettingsError(f"LSSC_MAIL_FROM cannot be used: {error}.") from None
