"""Which mailbox is read, and how we get into it: read from LSSC_IMAP_URL."""

import re
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

from bot.channels.email.servers import Way, is_here
from bot.settings import SettingsError

WAYS: dict[str, tuple[Way, int]] = {
    "imap": ("plain", 143),
    "imaps": ("tls", 993),
    "imap+starttls": ("starttls", 143),
}
CONTROL = re.compile(r"[\x00-\x1f\x7f]")
IN_THE_OPEN = (
    "LSSC_IMAP_URL would send the password to {host} for everybody on the way to read: "
    "write imaps:// or imap+starttls:// instead of imap://."
)
NO_USER = "LSSC_IMAP_URL needs a user and a password: imaps://user:password@host/INBOX, with @ in the user as %40."
NO_SUCH_WAY = "LSSC_IMAP_URL asks for AUTH={mechanism}: XOAUTH2 may stand there, or nothing for a password."
UNREADABLE = "LSSC_IMAP_URL has a character in user, password or folder that cannot stand there."


@dataclass(frozen=True)
class Mailbox:
    """`secret` is the password, or the access token where `token` is set."""

    host: str
    port: int
    way: Way
    user: str
    secret: str = field(repr=False)
    token: bool = False
    folder: str = "INBOX"

    @property
    def shown(self) -> str:
        """Without the secret."""
        return f"{self.user} at {self.host}:{self.port}, {self.folder}"


def mailbox(url: str) -> Mailbox:
    """Raises SettingsError for a mailbox that nobody could get into, or a secret that would travel in the open.

    `;AUTH=XOAUTH2` after the user (RFC 5092) makes the password an access token.
    """
    parts = urlsplit(url)
    way, port = WAYS[parts.scheme]
    name, _, mechanism = (parts.username or "").partition(";")
    user, secret, folder = (unquote(each) for each in (name, parts.password or "", parts.path.strip("/")))
    if not user or not secret:
        raise SettingsError(NO_USER)
    if CONTROL.search(user + secret + folder):
        raise SettingsError(UNREADABLE)
    host = parts.hostname or ""
    if way == "plain" and not is_here(host):
        raise SettingsError(IN_THE_OPEN.format(host=host))
    return Mailbox(host, parts.port or port, way, user, secret, _is_token(mechanism), folder or "INBOX")


def _is_token(mechanism: str) -> bool:
    name = mechanism.upper().removeprefix("AUTH=")
    if name not in ("", "*", "PLAIN", "LOGIN", "XOAUTH2"):
        raise SettingsError(NO_SUCH_WAY.format(mechanism=name))
    return name == "XOAUTH2"
