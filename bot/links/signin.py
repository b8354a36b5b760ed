"""How a page that asks for a sign-in is known: by its address, or by what stands on it."""

import re
from urllib.parse import urlsplit

from bot.links.markup import Markup

FEW_WORDS = 80  # a page around a sign-in form says little; one with a form in its corner says more
_HOSTS = re.compile(
    r"accounts\.google\.com|login\.(?:microsoftonline|live|yahoo|gov)\.[a-z.]+|login\.gov|appleid\.apple\.com|"
    r"account\.box\.com|[\w.-]+\.(?:okta|auth0|onelogin|duosecurity)\.com"
)
_MOVED_HOSTS = re.compile(r"(?:login|signin|sso|auth|idp|cas|shibboleth|account|accounts)\.[\w.-]+")
_PATHS = re.compile(
    r"/(?:log-?in|sign-?in|sign_in|logon|sso|saml2?|cas|oauth2?|authorize|authwall|wp-login\.php|login\.\w{2,5})(?:/|$)",
    re.IGNORECASE,
)
_TITLE = re.compile(
    r"\b(?:(?:log|sign)[ -]?(?:in|on)|login|sign-?in|authenticat\w+|password required)\b", re.IGNORECASE
)


def asks(first: str, final: str, page: Markup) -> bool:
    """Whether the link, which began at `first`, ended at a sign-in."""
    return _at_address(first, final) or (
        page.asks_password and (_TITLE.search(page.title) is not None or len(page.text.split()) < FEW_WORDS)
    )


def _at_address(first: str, final: str) -> bool:
    place = urlsplit(final)
    host = place.hostname or ""
    if _HOSTS.fullmatch(host):
        return True
    moved = final != first and not _PATHS.search(urlsplit(first).path)
    return moved and (_PATHS.search(place.path) is not None or _moved_host(first, host))


def _moved_host(first: str, host: str) -> bool:
    return host != urlsplit(first).hostname and _MOVED_HOSTS.fullmatch(host) is not None
