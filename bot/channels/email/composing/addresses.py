"""How a mail address is written, so that a mail server takes it.

ValueError
└── NoAddress    these words are no mail address that mail can be sent to
"""

import re
from dataclasses import dataclass
from email.headerregistry import Address

LONGEST, LONGEST_LOCAL = 254, 64  # RFC 5321, in bytes
LOCAL = re.compile(r"[^\s@<>()\[\]\\,;:\"\x00-\x1f\x7f]+")
DOMAIN = re.compile(r"[A-Za-z0-9_-]{1,63}(\.[A-Za-z0-9_-]{1,63})*")


class NoAddress(ValueError):
    """These words are no mail address that mail can be sent to."""


@dataclass(frozen=True)
class MailAddress:
    """`local@domain`; the domain is in ASCII (`xn--...`), the local part may not be."""

    local: str
    domain: str
    name: str = ""

    @property
    def bare(self) -> str:
        return f"{self.local}@{self.domain}"

    @property
    def needs_utf8(self) -> bool:
        """Whether only a mail server with SMTPUTF8 takes it (RFC 6531)."""
        return not self.local.isascii()

    def header(self) -> Address:
        return Address(self.name, self.local, self.domain)


def read(words: str) -> MailAddress:
    """One address, with a name before it if wanted: `Name <a@b.org>` or `a@b.org`. Raises NoAddress."""
    words = words.strip()
    name, opened, bare = words.rpartition("<") if words.endswith(">") else ("", "", words)
    local, _, domain = bare.removesuffix(">" if opened else "").strip().rpartition("@")
    domain = _in_ascii(domain)
    if not LOCAL.fullmatch(local) or not _dots_fit(local) or not DOMAIN.fullmatch(domain):
        raise NoAddress("not a mail address")
    if len(local.encode()) > LONGEST_LOCAL or len(f"{local}@{domain}".encode()) > LONGEST:
        raise NoAddress("a mail address is not as long as this")
    return MailAddress(local, domain, " ".join(name.replace('"', " ").split()))


def _dots_fit(local: str) -> bool:
    return not local.startswith(".") and not local.endswith(".") and ".." not in local


def _in_ascii(domain: str) -> str:
    if domain.isascii():
        return domain
    try:
        return domain.encode("idna").decode()
    except UnicodeError:
        raise NoAddress("not the domain of a mail address") from None
