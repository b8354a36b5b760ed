"""Web pages of the program: what every one of them is sent with."""

from aiohttp import web

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",  # the address of a page may be all that protects it
    "X-Robots-Tag": "noindex, nofollow, noarchive",
}


def shown(page: str, status: int = 200) -> web.Response:
    """A page of ours, which nobody may frame, index or keep, and which tells no other site where it was."""
    return web.Response(text=page, status=status, content_type="text/html", charset="utf-8", headers=HEADERS)
