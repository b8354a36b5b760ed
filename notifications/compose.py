"""Turns a notice into one channel-neutral message, by its template."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from flows.dialog.speech import Outbound
from flows.program.figures import day_in_words
from notifications.notices import Notice

RECORD_TITLE = "A candidate’s record"


def text(notice: Notice) -> str:
    """The words of a notice. Raises jinja2.UndefinedError when its template names something it does not have."""
    return rendered(notice.template(), asdict(notice))


def rendered(template: str, facts: Mapping[str, object]) -> str:
    """A text by its template. Raises jinja2.UndefinedError when that names something it does not have."""
    return _template(template).render(facts).strip()


def message(notice: Notice) -> Outbound:
    return Outbound(text(notice), subject=notice.subject)


def page(title: str, lines: Sequence[str], button: str = "") -> str:
    """A web page of the program; with `button`, pressing it posts to the page's own address."""
    return _pages().get_template("page.html").render(title=title, lines=lines, button=button)


def check_page(found: Mapping[str, Any] | None, tried: Mapping[str, str] | None) -> str:
    """The public page of a certificate, or the form to look for one; `tried` is what was looked for in vain."""
    return _pages().get_template("check.html").render(title="LSSC certificate check", found=found, tried=tried)


def record_page(shown: object) -> str:
    """A shared record; `shown` has reader, until, certificate, and parts with their sections and lines."""
    return _pages().get_template("record.html").render(title=RECORD_TITLE, shown=shown)


@cache
def _template(name: str) -> Template:
    return _templates().get_template(name)


@cache
def _pages() -> Environment:
    return Environment(
        loader=PackageLoader("notifications"),
        auto_reload=False,
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@cache
def _templates() -> Environment:
    # Plain text: each channel escapes for itself, so escaping here would show up as `&amp;`.
    environment = Environment(
        loader=PackageLoader("notifications"),
        auto_reload=False,
        autoescape=False,  # noqa: S701
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["day"] = day_in_words
    environment.globals.clear()  # no template uses them, and each message would copy them: half its time
    return environment
