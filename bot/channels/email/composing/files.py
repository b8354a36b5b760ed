"""Puts pictures into a mail where they are seen, and other files beside it."""

import re
from email.message import EmailMessage, MIMEPart

from flows.dialog.speech import File

PICTURES = ("image/png", "image/jpeg", "image/gif")  # what every mail program shows
UNKNOWN = "application/octet-stream"
MEDIA_TYPE = re.compile(r"([a-z0-9][a-z0-9!#$&^_.+-]{0,60})/([a-z0-9][a-z0-9!#$&^_.+-]{0,60})")
METHOD = re.compile(rb"^METHOD:([A-Za-z-]{1,20})\s*$", re.MULTILINE)
BEGINNING = 2000  # bytes of a calendar that its method stands in


def media_type(file: File) -> str:
    """Without parameters; what is no media type counts as unknown bytes."""
    told = file.media_type.partition(";")[0].strip().lower()
    return told if MEDIA_TYPE.fullmatch(told) and not told.startswith(("multipart/", "message/")) else UNKNOWN


def is_picture(file: File) -> bool:
    return media_type(file) in PICTURES


def content_id(number: int, message_id: str) -> str:
    """The name of a picture within its mail; the same at every attempt."""
    return f"<picture{number}.{message_id.strip('<>')}>"


def show(page: MIMEPart, files: tuple[File, ...], message_id: str) -> None:
    """Puts the pictures beside the HTML that shows them."""
    for number, file in enumerate(filter(is_picture, files), start=1):
        main, _, sub = media_type(file).partition("/")
        page.add_related(
            file.content, main, sub, cid=content_id(number, message_id), filename=_name(file), disposition="inline"
        )


def attach(mail: EmailMessage, files: tuple[File, ...]) -> None:
    """Adds what is no picture; text says that it is UTF-8, a calendar what is to be done with it."""
    for file in files:
        if not is_picture(file):
            main, _, sub = media_type(file).partition("/")
            mail.add_attachment(file.content, main, sub, filename=_name(file), params=_parameters(file))


def _parameters(file: File) -> dict[str, str]:
    kind = media_type(file)
    told = {"charset": "utf-8"} if kind.startswith("text/") else {}
    if kind == "text/calendar":
        found = METHOD.search(file.content[:BEGINNING])
        told["method"] = found[1].decode().upper() if found else "PUBLISH"
    return told


def _name(file: File) -> str:
    """A name of one line, without the way to it."""
    return " ".join(re.split(r"[/\\]", file.name)[-1].split())[:150] or "file"
