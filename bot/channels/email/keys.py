"""The key that signs our mail addresses: the office's own, or one made once and kept beside the database."""

import errno
import os
import secrets
import tempfile
from pathlib import Path

SHORTEST = 32  # characters of a key of ours
DAMAGED = "is damaged; delete it (answers to earlier mails are then not recognised), or set LSSC_SECRET_KEY"


def key(secret: str | None, database_url: str) -> bytes:
    """LSSC_SECRET_KEY, else what stands in the key file. Raises OSError when there is none and none can be kept."""
    return secret.encode() if secret else _kept(place(database_url))


def place(database_url: str) -> Path:
    """Beside a database file; for a server's database in the working folder."""
    file = database_url.removeprefix("sqlite:///").partition("?")[0]
    is_file = database_url.startswith("sqlite:///") and file not in ("", ":memory:")
    return Path(f"{file}-key") if is_file else Path("lssc.key")


def _kept(path: Path) -> bytes:
    if not path.exists():
        _keep(path, secrets.token_urlsafe(SHORTEST))
    found = path.read_bytes().strip()
    if len(found) < SHORTEST:
        raise OSError(errno.EINVAL, DAMAGED, str(path))
    return found


def _keep(path: Path, words: str) -> None:
    """Of several processes that make one at the same time the first one's stays, and nobody reads half of it."""
    handle, temporary = tempfile.mkstemp(dir=path.absolute().parent, prefix=".lssc-key-")
    try:
        with os.fdopen(handle, "w") as file:
            file.write(words)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).chmod(0o600)
        try:
            path.hardlink_to(temporary)
        except FileExistsError:
            return
    finally:
        Path(temporary).unlink(missing_ok=True)
