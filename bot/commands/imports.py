"""`lssc import`: takes tables of the office in, whole or not at all."""

import asyncio
from argparse import Namespace
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TypeVar

from bot import rulebook, settings
from bot.app import App, build
from bot.channels.email.folder import write
from bot.commands.progress import Bar
from bot.trouble import CommandError
from flows.program import catalogue, enlisting, guiding, moving
from flows.program import webinars as meetings
from flows.program.catalogue import Course
from flows.program.sheets import SheetError
from handlers import catalogue as approved
from handlers import convening, giving, roles
from handlers import guidelines as guides
from handlers import moving as records
from handlers.accounts import Refusal
from handlers.exchange import Errand
from handlers.intake import Progress, Taken
from handlers.review import selecting

T = TypeVar("T")
MANY = 500  # rows from which on a bar is shown


def competencies(args: Namespace) -> int:
    """Checks the official wording and keeps it where every start reads it."""
    source, kept = Path(args.file), settings.read().competencies
    if not source.exists():
        raise CommandError(f"{source} does not exist.")
    table = rulebook.official(source) or ""
    known = rulebook.worded(table, source)
    every = [each for group in known.sets for each in group.competencies]
    worded = sum(each.official is not None for each in every)
    try:
        write(kept.absolute().parent, kept.name, table.encode())
    except OSError as error:
        told = f"{kept} cannot be written: {error.strerror}. Name another file in LSSC_COMPETENCIES."
        raise CommandError(told) from None
    print(f"The official wording of {worded} of {len(every)} competencies is kept in {kept}; the next start shows it.")
    return 0


def people(args: Namespace) -> int:
    """Candidates who were admitted before; nobody is written to."""

    def read(table: str, app: App, today: date) -> tuple[moving.Past, ...]:
        return moving.people(table, app.house.policy, today)

    taken = _taken(Path(args.file), read, records.take_people)
    print(_told(args.file, taken, f"Taken in: {taken.new}; with further sets: {taken.more}. Nobody is written to."))
    return 0


def assistance(args: Namespace) -> int:
    """The awards that givers hand out."""

    def read(table: str, _app: App, _today: date) -> tuple[moving.Given, ...]:
        return moving.assistance(table)

    taken = _taken(Path(args.file), read, giving.take_awards)
    print(_told(args.file, taken, f"Taken in: {taken.new}; changed: {taken.more}."))
    return 0


def guidelines(args: Namespace) -> int:
    """Guidelines of sets, or for all of them, with the days since when they hold."""

    def read(table: str, app: App, today: date) -> tuple[guiding.Guide, ...]:
        return guiding.table(table, app.house.competencies, today)

    taken = _taken(Path(args.file), read, guides.take)
    print(_told(args.file, taken, f"Taken in: {taken.new}."))
    return 0


def courses(args: Namespace) -> int:
    """The catalogue of approved courses; a course that is on record by its code is changed."""

    def read(table: str, app: App, today: date) -> tuple[Course, ...]:
        return catalogue.read(table, app.house.competencies, today)

    taken = _taken(Path(args.file), read, approved.take_courses)
    print(_told(args.file, taken, f"Taken in: {taken.new}; changed: {taken.more}."))
    return 0


def evaluators(args: Namespace) -> int:
    """Evaluators who are selected or trained already; nobody is written to."""

    def read(table: str, app: App, today: date) -> tuple[enlisting.Enlisted, ...]:
        return enlisting.table(table, app.house.competencies, today)

    taken = _taken(Path(args.file), read, selecting.enlist)
    print(_told(args.file, taken, f"Taken in: {taken.new}; changed: {taken.more}. Nobody is written to."))
    return 0


def webinars(args: Namespace) -> int:
    """Webinars; whoever signed up for one that is changed by its code is told."""

    def read(table: str, _app: App, today: date) -> tuple[meetings.Line, ...]:
        try:
            return meetings.read(table, today)
        except SheetError as error:  # some reasons are whole sentences, and another one stands behind them
            raise SheetError(str(error).removesuffix(".")) from None

    taken = _taken(Path(args.file), read, convening.take)
    print(_told(args.file, taken, f"Taken in: {taken.new}; changed: {taken.more}. Whoever signed up is told."))
    return 0


def _told(name: str, taken: Taken, done: str) -> str:
    if not taken.new + taken.more:
        return f"Everything in {name} is on record already; nothing was changed."
    return done


def _taken(
    path: Path,
    read: Callable[[str, App, date], tuple[T, ...]],
    take: Callable[[Errand, roles.Actor, tuple[T, ...], Progress], Taken | Refusal],
) -> Taken:
    """What became of the rows of a file, in one transaction that is undone when one of them is bad."""
    if not path.exists():
        raise CommandError(f"{path} does not exist.")
    table = rulebook.text(path)

    async def run() -> Taken:
        app = build(settings.read(), channels={})
        bar = Bar(begun=f"Taking {path} in.", done="The file is read", last="")
        try:
            rows = read(table, app, app.clock().astimezone(app.settings.office_timezone).date())
            actor = roles.at_the_keyboard(settings.user_name())
            return await app.errand(lambda errand: _whole(take(errand, actor, rows, _shown(bar, rows))))
        except SheetError as error:
            raise CommandError(f"{path}: {error}. Nothing of the file was kept.") from None
        finally:
            bar.close()
            await app.close()

    return asyncio.run(run())


def _whole(taken: Taken | Refusal) -> Taken:
    """Raises SheetError for a row that does not fit the records, which undoes those before it."""
    if isinstance(taken, Refusal):
        raise SheetError(taken)
    return taken


def _shown(bar: Bar, rows: tuple[T, ...]) -> Progress:
    return bar if len(rows) > MANY else lambda _done, _total: None
