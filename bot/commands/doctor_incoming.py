"""What `lssc doctor` tries of the ways in which mail arrives: the mailbox, and the address for the mail server."""

import socket
from collections.abc import Iterator

from bot.channels.email.mailbox import mailbox
from bot.channels.email.servers import TOLD, is_here
from bot.commands.doctor_service import is_free, reached_at
from bot.commands.findings import Finding, broken, tried
from bot.settings import Settings

PATIENCE = 10.0  # seconds for one answer
GREETING = b"LMTP lssc-assistant"
REACHABLE = "; other machines reach it, and whoever does can hand mail in: let only the mail server through"


def examine(chosen: Settings) -> Iterator[Finding]:
    """Both ways; nothing is taken or moved."""
    if chosen.imap_url is None:
        yield Finding("mailbox", "not configured", "set LSSC_IMAP_URL to use it")
    else:
        yield tried("mailbox", lambda: _mailbox(chosen.imap_url or ""))
    if chosen.lmtp_listen is None:
        yield Finding("direct mail", "not configured", "set LSSC_LMTP_LISTEN to use it")
    else:
        yield tried("direct mail", lambda: _address(*(chosen.lmtp_listen or ("", 0))))


def _mailbox(url: str) -> str:
    """Connects, signs in and opens the folder as the service does."""
    wanted = mailbox(url)
    from bot.channels.email.imap_entrance import OUT_OF_REACH, MailboxLost
    from bot.channels.email.imap_session import ImapSession

    session = ImapSession(wanted, patience=PATIENCE)
    try:
        count = session.open()
        session.close()
    except MailboxLost as error:
        raise broken(OUT_OF_REACH.format(user=wanted.user, host=wanted.host, told=error)) from None
    finally:
        session.release()
    news = "which reports news (IDLE)" if session.idles else "which is asked for news (no IDLE)"
    return f"{wanted.shown}, {TOLD[wanted.way]}, {news}; mails in it: {count}"


def _address(host: str, port: int) -> str:
    shown = f"{host}:{port}"
    if not is_free(host, port, "LSSC_LMTP_LISTEN"):
        if GREETING not in _greeting(host, port):
            raise broken(f"{shown} is taken by another program: stop that, or set LSSC_LMTP_LISTEN")
        shown += " is held by the service"
    else:
        shown += " is free"
    return shown if is_here(host) else shown + REACHABLE


def _greeting(host: str, port: int) -> bytes:
    try:
        with socket.create_connection((reached_at(host).strip("[]"), port), timeout=PATIENCE) as opened:
            return opened.recv(512)
    except OSError:
        return b""
