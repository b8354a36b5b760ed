"""Chooses the parts of a mail that a person wrote, and gives them as one text."""

from collections.abc import Callable, Sequence

from bot.channels.email.reading import flowing, html
from bot.channels.email.reading.mime import Mail
from bot.channels.email.reading.parts import Part

_PLAIN, _HTML = "text/plain", "text/html"


def text(mail: Mail, *, marked: bool = False) -> str:
    """The text as plain as it was sent, or made from HTML where there is no other; "" where there is neither.

    Of alternatives one is taken; attached files and enclosed mails are not the person's words. `marked`: lines that
    only a program broke end in a mark, see `flowing`.
    """
    parts = [part for part in mail.parts if part.media_type in (_PLAIN, _HTML) and not part.inside]
    shown = [part for part in parts if part.disposition != "attachment" or not part.depth]
    unnamed = [part for part in shown if not part.filename]
    return "\n".join(_texts(unnamed or shown, flowing.marked if marked else Part.text))


def _texts(parts: Sequence[Part], plain: Callable[[Part], str]) -> list[str]:
    texts: list[str] = []
    done: set[int] = set()
    for part in parts:
        if not part.alternative:
            texts.append(_text(part, plain))
        elif part.alternative not in done:
            done.add(part.alternative)
            texts.append(_best([one for one in parts if one.alternative == part.alternative], plain))
    return texts


def _best(alternatives: Sequence[Part], plain: Callable[[Part], str]) -> str:
    """The plain texts among them, unless they are empty."""
    for media_type in (_PLAIN, _HTML):
        texts = [_text(part, plain) for part in alternatives if part.media_type == media_type]
        if any(map(str.strip, texts)):
            return "\n".join(texts)
    return ""


def _text(part: Part, plain: Callable[[Part], str]) -> str:
    return html.lines(part.text()) if part.media_type == _HTML else plain(part)
