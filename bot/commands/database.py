"""`lssc db`: brings the database up to date, or says whether it is."""

from argparse import Namespace

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
