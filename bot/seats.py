"""The terminals that one person has open on this machine, numbered; a number is free again when its terminal ends."""

import fcntl
import os
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

MOST = 9


@dataclass(frozen=True)
class Seat:
    """The number of this terminal among those of one person. It is held by a lock that ends with the process, however
    that ends. `path` is what the names of the locks begin with, None where no lock can be kept: then everybody is 1.
    """

    number: int = 1
    path: Path | None = None
    _left: list[int] = field(default_factory=list)  # descriptors of the locks of terminals that were left

    def left(self) -> list[int]:
        """The numbers of terminals that have ended. Nobody takes them until `release`."""
        self.release()
        numbers: list[int] = []
        for number in range(1, MOST + 1) if self.path else ():
            path = _lock(self.path, number)
            if number != self.number and path.exists() and (held := _held(path)) is not None:
                numbers.append(number)
                self._left.append(held)
        return numbers

    def release(self) -> None:
        """Lets others take the numbers that `left` gave."""
        while self._left:
            os.close(self._left.pop())


def take(database_url: str, cache: Path, who: str) -> Seat:
    """The lowest number that no other open terminal of this person and this database has."""
    path = _path(database_url, cache, sha256(who.encode()).hexdigest()[:16])
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        number = next((each for each in range(1, MOST + 1) if _held(_lock(path, each)) is not None), None)
    except OSError:  # a folder that cannot be written, or a file system without locks
        return Seat()
    return Seat(number, path) if number else Seat()


def _path(database_url: str, cache: Path, who: str) -> Path:
    """Beside a database file, or for a server's database in the cache of this account."""
    file = database_url.removeprefix("sqlite:///")
    if file != database_url:
        return Path(f"{file.partition('?')[0]}-terminals") / who
    return cache / "terminals" / f"{who}-{sha256(database_url.encode()).hexdigest()[:16]}"


def _lock(path: Path | None, number: int) -> Path:
    return Path(f"{path}.{number}")


def _held(path: Path) -> int | None:
    """A descriptor that holds the lock until it is closed; None while another process has it. Raises OSError."""
    descriptor = os.open(path, os.O_CREAT | os.O_RDWR, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        return None
    return descriptor
