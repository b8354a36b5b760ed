"""The marks by which mail programs can be told in HTML: what they quote, sign, and put above an older mail."""

import re
from collections.abc import Mapping
from enum import Enum, auto


class Container(Enum):
    """What a tag holds; a `CUT` stands before an older mail."""

    NONE = auto()
    QUOTE = auto()
    ATTRIBUTION = auto()
    SIGNATURE = auto()
    CUT = auto()


_BY_ID = {
    "divrplyfwdmsg": Container.CUT,  # Outlook on the web, Hotmail
    "stopspelling": Container.CUT,
    "olk_src_body_section": Container.CUT,  # Outlook on a Mac
    "mail-editor-reference-message-container": Container.CUT,  # the new Outlook
    "zwchr": Container.CUT,  # Zimbra
    "isforwardcontent": Container.CUT,  # NetEase
    "isreplycontent": Container.CUT,
    "signature": Container.SIGNATURE,
    "ms-outlook-mobile-signature": Container.SIGNATURE,
    "applemailsignature": Container.SIGNATURE,
}
_BY_CLASS = {
    "yahoo_quoted": Container.QUOTE,
    "outlookmessageheader": Container.CUT,
    "ms-outlook-mobile-reference-message": Container.CUT,
    "moz-forward-container": Container.CUT,
    "zmail_extra": Container.CUT,
    "gmail_attr": Container.ATTRIBUTION,
    "moz-cite-prefix": Container.ATTRIBUTION,
    "gmail_signature": Container.SIGNATURE,
    "gmail_signature_prefix": Container.SIGNATURE,
    "moz-signature": Container.SIGNATURE,
    "protonmail_signature_block": Container.SIGNATURE,
}
_OUTLOOK_HEAD = re.compile(r"border-top:\s?solid\s?#(?:b5c4df|e1e1e1)", re.IGNORECASE)
_NO_BORDER = re.compile(r"border(?:-left)?:\s?(?:none|0)", re.IGNORECASE)


def container(name: str, attributes: Mapping[str, str]) -> Container:
    """What the tag begins; a block quote without a border and without the marks of a mail program is an indentation."""
    for word in attributes.get("class", "").lower().split():
        found = _BY_CLASS.get(word.removeprefix("x_"))
        if found:
            return found
    found = _BY_ID.get(attributes.get("id", "").lower().removeprefix("x_"))
    if found:
        return found
    style = attributes.get("style", "")
    if name == "blockquote":
        cited = "type" in attributes or "cite" in attributes or "class" in attributes
        return Container.QUOTE if cited or not _NO_BORDER.search(style) else Container.NONE
    return Container.CUT if name == "div" and _OUTLOOK_HEAD.search(style[:500]) else Container.NONE
