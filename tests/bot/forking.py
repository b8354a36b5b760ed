"""Starts the program as a process of its own that has its imports behind it: forked from one that did nothing else.

Only what a start imports is not seen by this; `test_cli.py` looks at that, with processes that begin from nothing.
"""

import atexit
import gc
import inspect
import json
import os
import pkgutil
import runpy
import signal
import socket
import struct
import subprocess
import sys
import threading
import time
from contextlib import suppress
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
NUMBER = struct.Struct("i")  # the number of a process, then its status when it has ended
STREAMS = ("p2cread", "c2pwrite", "errwrite")
PIPES = ("p2cread", "p2cwrite", "c2pread", "c2pwrite", "errread", "errwrite")
ONE_AT_A_TIME = threading.Lock()


class Forked(subprocess.Popen[bytes]):
    """As `Popen([sys.executable, "-m", *args])`."""

    def _execute_child(self, args: list[str], *rest: Any) -> None:
        given = inspect.signature(subprocess.Popen._execute_child).bind(self, args, *rest).arguments
        order = [*map(str, args)], str(given["cwd"] or Path.cwd()), given["env"] or dict(os.environ)
        streams = [own if given[name] == -1 else given[name] for own, name in enumerate(STREAMS)]
        self._line, theirs = socket.socketpair()
        with theirs, ONE_AT_A_TIME:
            socket.send_fds(_parent(), [json.dumps(order).encode()], [*streams, theirs.fileno()])
        self.pid, self._child_created = NUMBER.unpack(self._line.recv(NUMBER.size))[0], True
        self._close_pipe_fds(*(given[name] for name in PIPES))

    def _try_wait(self, wait_flags: int) -> tuple[int, int]:
        try:
            told = self._line.recv(NUMBER.size, socket.MSG_DONTWAIT if wait_flags & os.WNOHANG else 0)
        except BlockingIOError:
            return 0, 0
        self._line.close()
        return self.pid, NUMBER.unpack(told)[0]

    def _internal_poll(self, *_: object, **__: object) -> int | None:
        with suppress(subprocess.TimeoutExpired):
            self.wait(0)
        return self.returncode


@cache
def _parent() -> socket.socket:
    """The line to the process that forks; it ends with this one."""
    ours, theirs = socket.socketpair()
    command = [sys.executable, "-m", __name__, str(theirs.fileno())]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("LSSC_")}
    with theirs:
        parent = subprocess.Popen(command, pass_fds=[theirs.fileno()], env=environment, cwd=ROOT)

    def end() -> None:
        ours.close()
        parent.wait()

    atexit.register(end)
    return ours


def _serve(orders: socket.socket) -> list[Any] | None:
    """Returns in each child, with what it is to do, and in the end."""
    while True:
        told, descriptors, _, _ = socket.recv_fds(orders, 1 << 20, 4)
        with suppress(ChildProcessError):
            while os.waitpid(-1, os.WNOHANG)[0]:
                pass
        if not told:
            return None
        if not os.fork():
            orders.close()
            return _kept(json.loads(told), *descriptors)
        for each in descriptors:
            os.close(each)


def _kept(order: list[Any], *descriptors: int) -> list[Any]:
    """Returns in a child; this process only waits for its end."""
    *streams, line = descriptors
    if not (child := os.fork()):
        for own, given in enumerate(streams):
            os.dup2(given, own)
        for each in descriptors:
            os.close(each)
        return order
    for each in streams:
        os.close(each)
    with suppress(BrokenPipeError), socket.socket(fileno=line) as told:
        told.send(NUMBER.pack(child))
        told.send(NUMBER.pack(os.waitpid(child, 0)[1]))
    os._exit(0)


def _become(args: list[str], folder: str, environment: dict[str, str]) -> None:
    """Runs a module as if this process had just begun."""
    os.environ.clear()
    os.environ.update(environment)
    time.tzset()
    os.chdir(folder)
    signal.signal(signal.SIGINT, signal.default_int_handler)  # tests in the background of a shell ignore it
    sys.stdin, sys.stdout, sys.stderr = (open(own, "rww"[own], closefd=False) for own in range(3))  # noqa: SIM115
    sys.stderr.reconfigure(line_buffering=True, errors="backslashreplace")
    sys.argv[1:] = args[1:]
    runpy.run_module(args[0], run_name="__main__", alter_sys=True)


def _import_everything() -> None:
    import_module("bot.settings").calm_numpy()
    import_module("storage.migrations.run")
    for room in map(import_module, ("bot", "faq")):
        for module in pkgutil.walk_packages(room.__path__, f"{room.__name__}."):
            if not module.name.endswith(".__main__"):
                import_module(module.name)


if __name__ == "__main__":
    _import_everything()
    gc.freeze()  # what is shared with the children stays shared
    if order := _serve(socket.socket(fileno=int(sys.argv[1]))):
        _become(*order)
