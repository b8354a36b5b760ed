"""What `lssc doctor` asks of the server for outgoing mail, without sending any: whether it takes us and our sender."""

import asyncio

from bot.channels.channel import DeliveryError
from bot.channels.email import keys, vendor
from bot.channels.email.composing.letterhead import Letterhead
from bot.channels.email.return_paths import BOUNCES
from bot.channels.email.servers import TOLD, Server, is_here, server
from bot.commands.findings import broken
from bot.settings import Settings

PATIENCE = 10.0  # seconds for one answer
NO_SENDER = "set LSSC_MAIL_FROM: no mail server in the world takes mail from {sender}"


def outgoing(chosen: Settings) -> str:
    """Connects, encrypts and signs in as every mail does, and names our sender."""
    head, asked = vendor.headed(chosen), server(chosen.smtp_url or "")
    if chosen.mail_from is None and not is_here(asked.host):
        raise broken(NO_SENDER.format(sender=head.sender.bare))
    try:
        asyncio.run(_tried(asked, head))
    except DeliveryError as error:
        raise broken(str(error)) from None
    user = f", as {asked.user}" if asked.user else ""
    return f"{asked.shown}, {TOLD[asked.way]}{user}; {addresses(chosen, head)}"


def addresses(chosen: Settings, head: Letterhead) -> str:
    """Where mail comes from and answers go; a key that stands in a file is read."""
    if chosen.secret_key is None and keys.place(chosen.database_url).exists():
        head.key()
    local, domain = head.sender.local, head.reply_domain
    return f"from {head.sender.bare}; answers come to {local}+...@{domain}, bounces to {BOUNCES}+...@{domain}"


async def _tried(asked: Server, head: Letterhead) -> None:
    from aiosmtplib import SMTPException, SMTPResponseException

    from bot.channels.email.line import connected, leave

    client = await connected(asked, head.sender.domain, PATIENCE)
    try:
        await client.mail(f"{BOUNCES}+doctor@{head.reply_domain}")
        await client.rset()
    except SMTPResponseException as error:
        words = " ".join(error.message.split())[:200]
        raise broken(f"{asked.shown} does not take our sender ({error.code} {words})") from None
    except SMTPException:
        raise broken(f"{asked.shown} broke off: try again") from None
    finally:
        await leave(client)
