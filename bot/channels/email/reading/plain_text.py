"""The words a mail itself carries as plain text, without those of mails attached to it."""

from bot.channels.email.reading.mime import Mail, Part

LONGEST = 200_000  # characters
TEXTS = 8
BREAKS = ("<br", "<p", "</p", "<div", "</div", "<li", "<tr", "</tr", "<h1", "<h2", "<h3", "</h", "<td")
ENTITIES = (
    ("&lt;", "<"),
    ("&gt;", ">"),
    ("&quot;", '"'),
    ("&#39;", "'"),
    ("&nbsp;", " "),
    ("&#64;", "@"),
    ("&amp;", "&"),
)


def own_text(mail: Mail) -> str:
    """The first texts of the mail; HTML only where there is no plain text, stripped of its tags."""
    own = [part for part in mail.parts if not part.inside and part.disposition != "attachment"] or list(mail.parts)
    plain = _joined(own, "text/plain")
    if plain.strip():
        return plain
    attached = _joined([part for part in mail.parts if not part.inside], "text/plain")
    return attached if attached.strip() else without_tags(_joined(own, "text/html"))


def without_tags(html: str) -> str:
    """The words of HTML in one pass; block elements begin a line."""
    pieces: list[str] = []
    place = 0
    while (tag := html.find("<", place)) >= 0:
        pieces.append(html[place:tag])
        name = html[tag : tag + 8].lower()
        end = _end_of(html, tag, name)
        pieces.append("\n" if name.startswith(BREAKS) else "")
        if end < 0:
            return _unescaped("".join(pieces))
        place = end + 1
    return _unescaped("".join((*pieces, html[place:])))


def _end_of(html: str, tag: int, name: str) -> int:
    """Where the tag ends, or the whole element whose words nobody sees; -1 when it never does."""
    for element in ("style", "script", "title"):
        if name.startswith(f"<{element}"):
            closing = html.find(f"</{html[tag + 1 : tag + 1 + len(element)]}", tag)
            return html.find(">", closing) if closing >= 0 else -1
    if name.startswith("<!--"):
        closing = html.find("-->", tag)
        return closing + 2 if closing >= 0 else -1
    return html.find(">", tag)


def _unescaped(text: str) -> str:
    for entity, character in ENTITIES:
        text = text.replace(entity, character)
    return text


def _joined(parts: list[Part], media_type: str) -> str:
    texts = [part.text()[:LONGEST] for part in parts if part.media_type == media_type][:TEXTS]
    return "\n".join(texts)[:LONGEST]
