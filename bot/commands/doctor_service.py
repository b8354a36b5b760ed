"""What `lssc doctor` finds out about the service: its address, its parts and its schedule."""

import errno
import socket
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from bot import clock
from bot.commands.findings import Finding, broken, tried
from bot.commands.looking import asked
from bot.settings import Settings
from bot.trouble import CommandError

LATE = 180.0  # seconds since the last tick, which comes every minute


def examine(chosen: Settings) -> Iterator[Finding]:
    """The address first; what a running service says about itself after that."""
    running: list[dict[str, Any]] = []
    yield tried("http address", lambda: _address(chosen, running))
    if not running:
        yield Finding("service", "not configured", "it does not run here now; `lssc run` starts it")
        return
    yield tried("service", lambda: _parts(running[0]))
    if "scheduler" in running[0].get("parts", {}):
        yield tried("scheduler", lambda: _scheduler(running[0]))


def _address(chosen: Settings, running: list[dict[str, Any]]) -> str:
    host, port = chosen.http_listen
    shown = f"{host}:{port}"
    if is_free(host, port, "LSSC_HTTP_LISTEN"):
        return f"{shown} is free"
    try:
        report = asked(f"http://{reached_at(host)}:{port}/healthz", shown)
    except CommandError:
        report = {}
    if report.get("service") != "lssc-assistant":
        raise broken(f"{shown} is taken by another program: stop that, or set LSSC_HTTP_LISTEN")
    running.append(report)
    return f"{shown} is held by the service"


def is_free(host: str, port: int, setting: str) -> bool:
    """Whether nobody holds the address. Raises CommandError when it is none of this machine, or not ours to use."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as tried_:
        tried_.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            tried_.bind((host, port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                return False
            raise broken(f"{host}:{port} cannot be used ({error.strerror}): set {setting}") from None
    return True


def reached_at(host: str) -> str:
    """Where a server that listens everywhere is found from here."""
    if host in ("0.0.0.0", "::"):  # noqa: S104 - compared, not listened on
        return "127.0.0.1" if host == "0.0.0.0" else "[::1]"  # noqa: S104
    return f"[{host}]" if ":" in host else host


def _parts(report: dict[str, Any]) -> str:
    parts: dict[str, dict[str, Any]] = report.get("parts", {})
    failing = [f"{name} ({each.get('last_error')})" for name, each in parts.items() if each.get("state") == "failed"]
    if failing:
        raise broken(f"these parts fail, and are tried again: {', '.join(failing)}; see the service's log")
    return f"runs {', '.join(parts)}"


def _scheduler(report: dict[str, Any]) -> str:
    last = report.get("last_tick")
    seconds = (clock.now() - datetime.fromisoformat(last)).total_seconds() if last else None
    if seconds is None or seconds > LATE:
        raise broken(f"the last tick was {last or 'never'}, and one comes every minute: see the service's log")
    return f"the last tick was {seconds:.0f} s ago"
