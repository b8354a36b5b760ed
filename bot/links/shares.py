"""Where people share files: how each vendor shows that a file is shared with a few only, and what to do about it."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

FEW_WORDS = 200  # a page that refuses says little; a document may say anything
REFUSING = re.compile(
    r"\b(?:you need (?:access|permission)|(?:request|ask for) access|access (?:denied|required)|"
    r"(?:do not|don['’]t) have (?:access|permission)|(?:is|file is) private|unavailable to you|"
    r"sign in to (?:view|continue|see|open))\b",
    re.IGNORECASE,
)
START = "That file is shared with a few people only, so your evaluators cannot open it; "
END = ", then tell me when it is done."


@dataclass(frozen=True)
class Vendor:
    """`hosts` are its hosts and whatever ends in them; `advice` is the way to open a file to everybody."""

    name: str
    hosts: tuple[str, ...]
    advice: str

    @property
    def reason(self) -> str:
        return f"{START}{self.advice}{END}"


VENDORS = (
    Vendor(
        "Google",
        ("docs.google.com", "drive.google.com", "sites.google.com", "photos.google.com", "forms.gle"),
        "please choose Share, General access, “Anyone with the link”",
    ),
    Vendor(
        "Microsoft",
        ("sharepoint.com", "onedrive.live.com", "1drv.ms", "onedrive.com", "office.com", "officeapps.live.com"),
        "please choose Share, the link's settings, “Anyone with the link” (if your library does not allow that, use "
        "another place)",
    ),
    Vendor("Dropbox", ("dropbox.com", "db.tt"), "please choose Share, Settings, “Anyone with this link can view”"),
    Vendor("Box", ("box.com",), "please choose Share, then “People with the link”"),
    Vendor("iCloud", ("icloud.com",), "please choose Share, then “Anyone with the link”"),
    Vendor("Canva", ("canva.com",), "please choose Share, “Anyone with the link”, “Can view”"),
    Vendor("Notion", ("notion.so", "notion.site"), "please choose Share, Publish"),
)


def vendor_of(url: str) -> Vendor | None:
    """The vendor that keeps a shared file behind this link, if it is one."""
    host = urlsplit(url).hostname or ""
    return next((each for each in VENDORS if any(_is_under(host, name) for name in each.hosts)), None)


def refuses(title: str, text: str) -> bool:
    """Whether a vendor's page tells that it does not show the file."""
    return len(text.split()) < FEW_WORDS and REFUSING.search(f"{title}\n{text}") is not None


def _is_under(host: str, name: str) -> bool:
    return host == name or host.endswith(f".{name}")
