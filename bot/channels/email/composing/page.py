"""The form of a mail in HTML: one plain layout, which follows the reader's own light or dark colours."""

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from bot.channels.email.composing import words
from bot.channels.email.composing.blocks import blocks
from bot.channels.email.composing.files import content_id, is_picture
from flows.dialog.speech import Outbound

PROGRAM = "Library Support Staff Certification"


def html(message: Outbound, subject: str, message_id: str, stop_url: str = "") -> str:
    """Everything that the plain text says, too; nothing is loaded from elsewhere.

    `stop_url` is the page where mails of this kind are stopped.
    """
    pictures = [
        (content_id(number, message_id).strip("<>"), file.alt or file.name)
        for number, file in enumerate(filter(is_picture, message.files), start=1)
    ]
    return _template().render(
        program=PROGRAM,
        subject=subject,
        blocks=blocks(message.text),
        pictures=pictures,
        choices=words.labels(message.choices),
        how=words.how(message.choices),
        stop=words.stop(message),
        stop_url=stop_url,
    )


@cache
def _template() -> Template:
    loader = PackageLoader("notifications")
    environment = Environment(
        loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return environment.get_template("mail.html")
