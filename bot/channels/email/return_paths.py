"""Where answers to a mail, its bounces and wishes to stop come back to, each with a token that tells whose it is."""

from dataclasses import dataclass
from typing import Literal
from urllib.parse import quote

from bot.channels.email import tokens
from bot.channels.email.tokens import Token

BOUNCES = "bounces"
LONGEST_LOCAL = 64 - len("+") - tokens.LONGEST  # RFC 5321: 64 characters before the @
Purpose = Literal["reply", "bounce", "unsubscribe"]


@dataclass(frozen=True)
class Returned:
    """What a mail that came to one of these addresses is; `kind` is what is to be stopped."""

    purpose: Purpose
    token: Token
    kind: str = ""


@dataclass(frozen=True)
class ReturnPaths:
    """`local` is the part of our own address before the @, `domain` that of the addresses with tokens."""

    local: str
    domain: str
    key: bytes
    public_url: str = ""

    def reply(self, token: Token) -> str:
        return f"{self.local}+{tokens.made(self.key, 'reply', token)}@{self.domain}"

    def bounce(self, token: Token) -> str:
        """The sender in the envelope, which mail servers report to."""
        return f"{BOUNCES}+{tokens.made(self.key, 'bounce', token)}@{self.domain}"

    def unsubscribe(self, kind: str, token: Token) -> tuple[str, ...]:
        """A `mailto:` address, and a web address where there are pages; `kind` is what is to be stopped."""
        word = tokens.made(self.key, _stopping(kind), token)
        mail = f"mailto:{self.local}+{word}@{self.domain}?subject={quote(f'unsubscribe {kind}')}"
        if not self.public_url:
            return (mail,)
        return mail, f"{self.public_url.rstrip('/')}/unsubscribe/{quote(kind, safe='')}/{word}"

    def read(self, address: str, kinds: tuple[str, ...] = ()) -> Returned | None:
        """What a mail to this address is; None when we did not make it. `kinds` are those that can be stopped."""
        local, _, domain = address.strip().lower().rpartition("@")
        name, _, word = local.rpartition("+")
        if domain != self.domain.lower():
            return None
        if name == BOUNCES and (token := tokens.read(self.key, "bounce", word)):
            return Returned("bounce", token)
        if name != self.local.lower():
            return None
        if token := tokens.read(self.key, "reply", word):
            return Returned("reply", token)
        return next((Returned("unsubscribe", found, kind) for kind in kinds if (found := self.stops(kind, word))), None)

    def stops(self, kind: str, word: str) -> Token | None:
        """Whose wish to stop this is, by the token in the web address; None when we did not make it."""
        return tokens.read(self.key, _stopping(kind), word)


def _stopping(kind: str) -> str:
    return f"unsubscribe {kind}"
