"""How `lssc doctor` asks over HTTP: plainly, briefly, and without ever telling an address that holds a secret."""

import json
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPRedirectHandler, Request, build_opener

from bot.commands.findings import broken

SECONDS = 5.0
LARGEST = 1_000_000


class _NoRedirect(HTTPRedirectHandler):
    """A token is not carried on to another server."""

    def redirect_request(self, *_args: Any, **_named: Any) -> None:
        return None


def asked(url: str, who: str, form: dict[str, str] | None = None, token: str = "") -> dict[str, Any]:
    """The JSON object that is answered, also with an error status. Raises CommandError when there is none."""
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    request = Request(url, urlencode(form).encode() if form is not None else None, headers)  # noqa: S310
    try:
        with build_opener(_NoRedirect).open(request, timeout=SECONDS) as answer:
            body = answer.read(LARGEST)
    except HTTPError as error:
        body = error.read(LARGEST)
    except (OSError, HTTPException, ValueError) as error:
        raise broken(f"{who} cannot be reached ({_reason(error)}): check the network and the address") from None
    return _object(body, who)


def _object(body: bytes, who: str) -> dict[str, Any]:
    try:
        found = json.loads(body)
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise broken(f"what answers is not {who}: check the address")
    return found


def _reason(error: Exception) -> str:
    inner = getattr(error, "reason", error)
    return getattr(inner, "strerror", None) or type(inner).__name__
