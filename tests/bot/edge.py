"""What the tests of the edge share: real processes in a folder of their own, and a channel that is a list."""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.app import App
from bot.channels.channel import DeliveryError, Whole
from flows.dialog.speech import Outbound
from tests.bot.forking import Forked

ROOT = Path(__file__).resolve().parents[2]
NOON = datetime(2026, 11, 20, 18, 0, tzinfo=UTC)


def environment(**changes: str) -> dict[str, str]:
    """The environment of a child: ours without any setting of the person who runs the tests."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("LSSC_")}
    return {**kept, "PYTHONPATH": str(ROOT), **changes}


class FromNothing(subprocess.Popen[bytes]):
    """`python -m`, which imports everything for itself; see `Forked` for one that did so before."""

    def __init__(self, args: list[str], **given: Any) -> None:
        super().__init__([sys.executable, "-m", *args], preexec_fn=_interruptible, **given)


@dataclass(frozen=True)
class Lssc:
    """Runs the command in a folder."""

    folder: Path
    begins: type[FromNothing] | type[Forked] = Forked

    def __call__(self, *args: str, given: bytes | str = b"", **env: str) -> "subprocess.CompletedProcess[bytes]":
        data = given.encode() if isinstance(given, str) else given
        with self.start(*args, **env) as process:
            try:
                out, err = process.communicate(data, timeout=200)
            except BaseException:
                process.kill()
                raise
        return subprocess.CompletedProcess(args, process.returncode, out, err)

    def start(self, *args: str, on: int = subprocess.PIPE, **env: str) -> "subprocess.Popen[bytes]":
        """Begins the command, on pipes or on a terminal."""
        where = environment(**env)
        return self.begins(["bot", *args], stdin=on, stdout=on, stderr=on, cwd=self.folder, env=where, bufsize=0)


def _interruptible() -> None:
    """Tests that run in the background of a shell inherit that Ctrl-C is ignored."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@dataclass
class ListChannel(Whole):
    """A channel that keeps what it is given; `refuse` may raise instead."""

    name: str = "email"
    sent: list[tuple[str, str]] = field(default_factory=list)
    references: list[str] = field(default_factory=list)
    first: asyncio.Event = field(default_factory=asyncio.Event)
    refuse: Callable[[str], DeliveryError | None] = lambda _text: None

    async def send(self, address: str, message: Outbound, reference: str, edits: str = "") -> str:
        await asyncio.sleep(0)
        self.references.append(reference)
        if (error := self.refuse(message.text)) is not None:
            raise error
        self.sent.append((address, message.text))
        self.first.set()
        return f"sent-{len(self.sent)}"


def played(app: App, scene: Callable[[], Awaitable[Any]]) -> Any:
    """What a scene with the program gives; the program is closed afterwards."""

    async def whole() -> Any:
        try:
            return await scene()
        finally:
            await app.close()

    return asyncio.run(whole())
