"""`lssc db`: brings the database up to date, says whether it is, and makes a copy of it."""

from argparse import Namespace
from pathlib import Path

from bot import settings
from bot.trouble import CommandError


def upgrade(args: Namespace) -> int:  # noqa: ARG001 - every command takes its arguments
    """Runs the migrations that are missing."""
    from storage.database import HEAD, connect, version
    from storage.migrations import run

    engine = connect(settings.read().database_url)
    before = version(engine)
    if before is not None and before > HEAD:
        newer = f"The database is at version {before}, newer than this program knows ({HEAD})"
        raise CommandError(f"{newer}: install the newer program. Nothing was changed.")
    if before == HEAD:
        print(f"The database is at version {HEAD} already.")
        return 0
    run.upgrade(engine)
    print(f"The database went from {f'version {before}' if before else 'empty'} to version {HEAD}.")
    return 0


def check(args: Namespace) -> int:  # noqa: ARG001 - every command takes its arguments
    """Exit 1 when the database is behind, or differs from the tables of this program."""
    from storage.database import HEAD, connect, version

    engine = connect(settings.read().database_url)
    found = version(engine)
    if found != HEAD:
        state = f"at version {found}" if found else "empty"
        raise CommandError(f"The database is {state}, not at version {HEAD}: run `lssc db upgrade`.")
    from storage.migrations import run

    differences = run.check(engine)
    if differences:
        raise CommandError(f"The database differs from this program's tables: {'; '.join(differences)}")
    print(f"The database is at version {HEAD} and agrees with this program.")
    return 0


def backup(args: Namespace) -> int:
    """A copy of a SQLite database, also while the service runs; refuses to overwrite a file."""
    from storage.backup import copy
    from storage.database import connect, version

    engine, target = connect(settings.read().database_url), Path(args.file)
    if engine.dialect.name != "sqlite":
        name = engine.url.set(drivername="postgresql", query={}).render_as_string(hide_password=True)
        raise CommandError(f"PostgreSQL copies itself: pg_dump --format=custom --file={target} {name}")
    if engine.url.database in (None, "", ":memory:") or not Path(str(engine.url.database)).exists():
        raise CommandError(f"There is no database at {engine.url.database} yet.")
    version(engine)  # says what is wrong with a damaged one
    try:
        size = copy(engine, target)
    except FileExistsError:
        raise CommandError(f"{target} is there already; name another file.") from None
    print(f"{target}: {size:,} bytes, checked.")
    return 0
