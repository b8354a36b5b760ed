"""Runs the service as a real process, and talks to it as the world does."""

import json
import signal
import socket
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.bot.edge import environment
from tests.bot.forking import Forked


def free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])


class Service:
    """One process; `sent` is the file of all that the toy vendor sent, whichever process did."""

    def __init__(self, folder: Path, *args: str, module: str = "tests.bot.toy", **env: str) -> None:
        self.port, self.sent_file, self.log_file = free_port(), folder / "sent", folder / f"log-{time.monotonic_ns()}"
        given = {"LSSC_HTTP_LISTEN": f"127.0.0.1:{self.port}", "TOY_SENT": str(self.sent_file)}
        with self.log_file.open("wb") as log:
            self.process = Forked(
                [module, "run", *args],
                cwd=folder,
                env=environment(**{"LSSC_SECRET_KEY": "switches the toy on", **given, **env}),
                stdout=log,
                stderr=log,
            )

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    def get(self, path: str) -> tuple[int, str]:
        try:
            with urllib.request.urlopen(self.url(path), timeout=10) as answer:  # noqa: S310
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()

    def health(self, only: str = "") -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.get(f"/healthz?only={only}")[1])
        return found

    def say(self, number: str, address: str, text: str) -> int:
        body = json.dumps({"id": number, "address": address, "text": text}).encode()
        try:
            with urllib.request.urlopen(self.url("/toy"), body, timeout=20) as answer:  # noqa: S310
                return int(answer.status)
        except urllib.error.HTTPError as error:
            return error.code

    def stop(self) -> tuple[int, float]:
        """The exit code, and how many seconds it took."""
        begun = time.monotonic()
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(20), time.monotonic() - begun

    def sent(self) -> list[tuple[int, str, str, str]]:
        """Process, address, reference and text of all that was sent."""
        lines = self.sent_file.read_text().splitlines() if self.sent_file.exists() else []
        return [tuple(json.loads(line)) for line in lines]

    def log(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.log_file.read_text().splitlines()]


@contextmanager
def serving(folder: Path, *args: str, module: str = "tests.bot.toy", **env: str) -> Iterator[Service]:
    """A service that answers; ended at the latest when the block does."""
    service = Service(folder, *args, module=module, **env)
    try:
        wait_for(lambda: answers(service), 60)
        yield service
    finally:
        if service.process.poll() is None:
            service.process.kill()
        service.process.wait(10)


def answers(service: Service) -> bool:
    if service.process.poll() is not None:
        raise AssertionError(service.log_file.read_text())
    try:
        return bool(service.get("/healthz"))
    except OSError:
        return False


def wait_for(so: Any, seconds: float = 20.0) -> None:
    """Until it is so."""
    end = time.monotonic() + seconds
    while not so():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.02)
