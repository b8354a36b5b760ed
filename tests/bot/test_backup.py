"""A copy of the database, made while it is in use, is whole."""

import sqlite3
import threading
from contextlib import closing
from pathlib import Path

from storage import people
from storage.database import prepared
from tests.bot.edge import NOON, Lssc

COUNTS = "SELECT count(*) FROM person UNION ALL SELECT count(*) FROM address"


def test_a_copy_made_under_load_holds_what_was_committed_before_and_nothing_half(lssc: Lssc, sqlite_url: str) -> None:
    database = prepared(sqlite_url, "writer", upgrade=False)
    written, stop = [0], threading.Event()

    def write() -> None:
        while not stop.is_set():
            with database.work(NOON) as work:
                people.add(work, "email", f"{written[0]}@example.org")
            written[0] += 1

    writing = threading.Thread(target=write)
    writing.start()
    counts = []
    for number in range(3):
        before = written[0]
        result = lssc("db", "backup", f"copy-{number}.db", LSSC_DATABASE_URL=sqlite_url)
        counts.append((result.returncode, before, written[0]))
    stop.set()
    writing.join()
    database.close()
    for number, (code, before, after) in enumerate(counts):
        copied = lssc.folder / f"copy-{number}.db"
        with closing(sqlite3.connect(copied)) as opened:
            persons, addresses = (each[0] for each in opened.execute(COUNTS))
        assert (code, persons == addresses, before <= persons <= after + 1) == (0, True, True)
        assert before < after  # the writer was not held up
        assert copied.stat().st_mode & 0o777 == 0o600
        check = lssc("db", "check", LSSC_DATABASE_URL=f"sqlite:///{copied}")
        assert check.returncode == 0
    assert [path.name for path in lssc.folder.glob(".*")] == []


def test_a_copy_takes_the_place_of_no_file(lssc: Lssc, sqlite_url: str) -> None:
    (lssc.folder / "there").write_text("mine")
    result = lssc("db", "backup", "there", LSSC_DATABASE_URL=sqlite_url)
    assert (result.returncode, result.stderr) == (1, b"lssc: there is there already; name another file.\n")
    assert (lssc.folder / "there").read_text() == "mine"


def test_a_folder_that_is_not_there_is_told(lssc: Lssc, sqlite_url: str) -> None:
    result = lssc("db", "backup", "no/such/folder.db", LSSC_DATABASE_URL=sqlite_url)
    assert (result.returncode, result.stderr.count(b"\n"), b"No such file or directory" in result.stderr) == (
        1,
        1,
        True,
    )


def test_without_a_database_there_is_nothing_to_copy(lssc: Lssc) -> None:
    result = lssc("db", "backup", "copy.db")
    assert (result.returncode, result.stderr) == (1, b"lssc: There is no database at lssc.db yet.\n")
    assert [path.name for path in Path(lssc.folder).iterdir()] == []


def test_a_damaged_database_is_not_copied(lssc: Lssc) -> None:
    (lssc.folder / "lssc.db").write_bytes(b"damaged" * 999)
    result = lssc("db", "backup", "copy.db")
    assert (result.returncode, b"damaged" in result.stderr, (lssc.folder / "copy.db").exists()) == (1, True, False)


def test_on_postgresql_the_tool_for_it_is_named_without_the_password(lssc: Lssc) -> None:
    result = lssc("db", "backup", "copy.dump", LSSC_DATABASE_URL="postgresql+psycopg://u:hunter2@host/lssc")
    told = "lssc: PostgreSQL copies itself: pg_dump --format=custom --file=copy.dump postgresql://u:***@host/lssc\n"
    assert (result.returncode, result.stderr.decode()) == (1, told)
