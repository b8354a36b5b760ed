"""A private PostgreSQL server on a socket, from the Debian binaries where they are installed."""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg

INSTALLED = max(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: float(folder.parent.name), default=None)
FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "autovacuum=off")


@contextmanager
def server(*, fast: bool = True) -> Iterator[Path]:
    """Start it and give the folder of its socket; `fast` forgoes durability. As root it runs as postgres or nobody."""
    assert INSTALLED is not None
    folder = Path(tempfile.mkdtemp(prefix="lssc-postgresql-"))
    user = _unprivileged()
    if user:
        os.chown(folder, user["user"], user["group"])
    try:
        initdb = ["-D", f"{folder}/data", "-U", "tester", "-A", "trust", "-E", "UTF8", "--locale=C", "-N"]
        subprocess.run([INSTALLED / "initdb", *initdb], check=True, capture_output=True, cwd=folder, **user)
        with _serving(INSTALLED, folder, user, FAST if fast else ()):
            yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def url(folder: Path, name: str) -> str:
    return f"postgresql+psycopg://tester@/{name}?host={folder}"


def run(folder: Path, statement: str, name: str = "postgres") -> None:
    """Execute SQL in the database `name`."""
    with psycopg.connect(host=str(folder), user="tester", dbname=name, autocommit=True) as connection:
        connection.execute(statement.encode())


@contextmanager
def _serving(binaries: Path, folder: Path, user: dict[str, Any], settings: tuple[str, ...]) -> Iterator[None]:
    options = [word for setting in ("listen_addresses=", *settings) for word in ("-c", setting)]
    command = [binaries / "postgres", "-D", f"{folder}/data", "-k", folder, *options]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log, cwd=folder, start_new_session=True, **user)
        try:
            _wait(folder, process)
            yield
        finally:
            process.send_signal(signal.SIGQUIT)
            process.wait(timeout=20)


def _wait(folder: Path, process: subprocess.Popen[bytes]) -> None:
    for _ in range(300):
        try:
            return run(folder, "SELECT 1")
        except psycopg.OperationalError:
            if process.poll() is not None:
                break
            time.sleep(0.1)
    raise RuntimeError(f"PostgreSQL did not start: {(folder / 'log').read_text()}")


def _unprivileged() -> dict[str, Any]:
    if os.getuid() != 0:
        return {}
    names = {entry.pw_name: entry for entry in pwd.getpwall()}
    entry = names.get("postgres") or names["nobody"]
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}
