"""`lssc export`: prints tables of the office as CSV, in the columns in which they are imported."""

import asyncio
from argparse import Namespace
from collections.abc import Callable

from bot import settings
from bot.app import build
from flows.program import sheets
from handlers import catalogue, certifying, convening, giving, holders, moving, publishing
from handlers import guidelines as guides
from handlers.exchange import Errand
from handlers.review import selecting

Table = tuple[tuple[str, ...], list[list[str]]]


def people(args: Namespace) -> int:  # noqa: ARG001 - every command takes its arguments
    """Every candidacy with its complete sets."""
    return _printed(moving.people_table)


def assistance(args: Namespace) -> int:  # noqa: ARG001
    """Every award that is on record."""
    return _printed(giving.assistance_table)


def courses(args: Namespace) -> int:  # noqa: ARG001
    """The whole catalogue, also what is not approved any more."""
    return _printed(catalogue.courses_table)


def webinars(args: Namespace) -> int:  # noqa: ARG001
    """All webinars, also those that are over or cancelled."""
    return _printed(convening.table)


def answers(args: Namespace) -> int:  # noqa: ARG001
    """Every answer that the office wrote, whatever became of it; to be made entries of the knowledge base."""
    return _printed(publishing.table)


def guidelines(args: Namespace) -> int:  # noqa: ARG001
    """Every version of the guidelines for evidence."""
    return _printed(guides.table)


def certificates(args: Namespace) -> int:  # noqa: ARG001
    """Every certificate, with what its holder lets the public check page tell."""
    return _printed(certifying.table)


def hours(args: Namespace) -> int:  # noqa: ARG001
    """Every line of contact hours that holders logged, also what was removed."""
    return _printed(holders.table)


def evaluators(args: Namespace) -> int:  # noqa: ARG001
    """Everybody who is selected or trained as an evaluator."""
    return _printed(selecting.evaluators_table)


def _printed(table: Callable[[Errand], Table]) -> int:
    async def run() -> Table:
        app = build(settings.read(), channels={})
        try:
            return await app.errand(table)
        finally:
            await app.close()

    print(sheets.written(*asyncio.run(run())), end="")
    return 0
