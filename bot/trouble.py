"""Tells what a person can mend from what is our own mistake, and says the former in one line.

Exception
└── CommandError       a command cannot do what was asked; the message says why and what to do
    └── UsageError     the command line is wrong (exit 2)
"""

from typing import Any

# What SQLite and PostgreSQL say when the same transaction may succeed a moment later.
PASSING_SQLITE = ("SQLITE_BUSY", "SQLITE_LOCKED", "SQLITE_CONSTRAINT_UNIQUE", "SQLITE_CONSTRAINT_PRIMARYKEY")
PASSING_SQLSTATES = ("23505", "40001", "40P01", "55P03", "57014", "57P01", "57P02", "57P03")
MENDABLE = {
    "SQLITE_FULL": "The disk is full: the database cannot be written. Make room and start again; nothing is lost.",
    "SQLITE_READONLY": "The database file or its folder is read-only. Allow writing, or set LSSC_DATABASE_URL.",
    "SQLITE_CANTOPEN": "The database file cannot be opened. Check that its folder exists and may be written.",
    "SQLITE_NOTADB": "The database file is not a database or is damaged. Move it away or restore a backup.",
    "SQLITE_CORRUPT": "The database file is damaged. Move it away or restore a backup.",
    "SQLITE_IOERR": "The disk does not read or write the database file. Check the disk, or restore a backup.",
    "SQLITE_BUSY": "Another program keeps the database file locked. Stop it, then try again.",
}


class CommandError(Exception):
    """A command cannot do what was asked; the message says why and what to do."""


class UsageError(CommandError):
    """The command line is wrong; the message says what may stand there."""


def passing(error: BaseException) -> bool:
    """Whether the same transaction may succeed a moment later: a lock, a race, a connection that was lost."""
    driver: Any = getattr(error, "orig", None)
    if driver is None:
        return False
    named, state = str(getattr(driver, "sqlite_errorname", "")), getattr(driver, "sqlstate", None)
    lost = bool(getattr(error, "connection_invalidated", False))
    return lost or named.startswith(PASSING_SQLITE) or state in PASSING_SQLSTATES or str(state or "").startswith("08")


def its_own(error: BaseException) -> bool:
    """Whether an error lies in what was being done, so that doing it again will not help; not in the world around."""
    return not passing(error) and explained(error) is None


def explained(error: BaseException) -> str | None:
    """One line for what a person can mend; None for what only we can."""
    from bot.rulebook import RulebookError
    from bot.settings import SettingsError

    if isinstance(error, CommandError | SettingsError | RulebookError):
        return _line(error)
    if isinstance(error, OSError) and not isinstance(error, BrokenPipeError):
        return (
            f"{error.filename}: {error.strerror}" if error.filename else f"Writing or reading failed: {error.strerror}"
        )
    return _of_the_database(error)


def _of_the_database(error: BaseException) -> str | None:
    # Told by name: a command that needs no database must not import its library to say so.
    if type(error).__module__ == "storage.database" and type(error).__name__ == "DatabaseError":
        return _line(error)
    driver: Any = getattr(error, "orig", None)
    named = str(getattr(driver, "sqlite_errorname", ""))
    for name, text in MENDABLE.items():
        if named.startswith(name):
            return text
    if hasattr(driver, "sqlstate") and type(error).__name__ == "OperationalError":
        return f"The database cannot be used: {_line(driver)}"
    return None


def _line(error: BaseException) -> str:
    return " ".join(str(error).split())
