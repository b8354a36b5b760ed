"""Which server takes our mail, and how we speak to it: read from LSSC_SMTP_URL."""

from dataclasses import dataclass
from ipaddress import ip_address
from typing import Literal
from urllib.parse import unquote, urlsplit

from bot.settings import SettingsError

Way = Literal["plain", "tls", "starttls"]

WAYS: dict[str, tuple[Way, int]] = {
    "smtp": ("plain", 25),
    "smtps": ("tls", 465),
    "smtp+starttls": ("starttls", 587),
}
TOLD: dict[Way, str] = {"plain": "not encrypted", "tls": "encrypted", "starttls": "encrypted by STARTTLS"}
IN_THE_OPEN = (
    "LSSC_SMTP_URL would send the password to {host} for everybody on the way to read: "
    "write smtp+starttls:// or smtps:// instead of smtp://."
)
NO_USER = "LSSC_SMTP_URL has a password without a user name: write smtp+starttls://user:password@host."


@dataclass(frozen=True)
class Server:
    """`user` is empty where the server asks for none."""

    host: str
    port: int
    way: Way
    user: str = ""
    password: str = ""

    @property
    def shown(self) -> str:
        """Without the password."""
        return f"{self.host}:{self.port}"


def server(url: str) -> Server:
    """Raises SettingsError for a password that would travel in the open."""
    parts = urlsplit(url)
    way, port = WAYS[parts.scheme]
    host = parts.hostname or ""
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    if password and not user:
        raise SettingsError(NO_USER)
    if user and way == "plain" and not is_here(host):
        raise SettingsError(IN_THE_OPEN.format(host=host))
    return Server(host, parts.port or port, way, user, password)


def is_here(host: str) -> bool:
    """Whether this is our own machine."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
