"""`lssc run` with the real adapters against stand-ins of Telegram and Slack, as one real process."""

import asyncio
import json
import re
import signal
import time
from asyncio import to_thread
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from subprocess import DEVNULL
from typing import Any

import aiohttp
import pytest

from tests.bot.edge import environment
from tests.bot.forking import Forked
from tests.bot.serving import free_port
from tests.vendors.slack import APP_TOKEN, BOT_TOKEN, Slack
from tests.vendors.telegram import TOKEN, Telegram
from tests.vendors.telegram_people import Person

MENU = "I am LSSC Assistant"


@dataclass
class Running:
    """The service, its port, and the file of what it logs."""

    process: Forked
    port: int
    log: Path

    async def ended(self) -> tuple[int, list[dict[str, Any]]]:
        """Told to stop: the exit code, and all that was logged."""
        self.process.send_signal(signal.SIGTERM)
        code = await to_thread(self.process.wait, 10)
        return code, [json.loads(line) for line in self.log.read_text().splitlines()]


@asynccontextmanager
async def running(folder: Path, **env: str) -> AsyncIterator[Running]:
    port, log = free_port(), folder / f"log-{time.monotonic_ns()}"
    given = environment(LSSC_HTTP_LISTEN=f"127.0.0.1:{port}", **env)
    with log.open("wb") as file:
        process = Forked(["bot", "run"], cwd=folder, env=given, stdin=DEVNULL, stderr=file)
    try:
        yield Running(process, port, log)
    finally:
        process.kill()
        await to_thread(process.wait)


async def until(so: Callable[[], Any], seconds: float = 60) -> Any:
    async with asyncio.timeout(seconds):
        while not (found := so()):  # noqa: ASYNC110 - what is waited for is in another process
            await asyncio.sleep(0.02)
    return found


async def health(port: int) -> dict[str, Any]:
    async with aiohttp.ClientSession() as session, session.get(f"http://127.0.0.1:{port}/healthz") as answer:
        return dict(await answer.json())


async def first_health(port: int) -> dict[str, Any]:
    """As soon as there is any."""
    async with asyncio.timeout(60):
        while True:
            try:
                return await health(port)
            except aiohttp.ClientConnectionError:
                await asyncio.sleep(0.05)


def vendors(telegram: Telegram, slack: Slack) -> dict[str, str]:
    return {
        "LSSC_TELEGRAM_TOKEN": TOKEN,
        "LSSC_TELEGRAM_API_URL": telegram.url,
        "LSSC_SLACK_BOT_TOKEN": BOT_TOKEN,
        "LSSC_SLACK_APP_TOKEN": APP_TOKEN,
        "LSSC_SLACK_API_URL": slack.url,
    }


def test_people_in_telegram_and_slack_are_answered_by_one_process(tmp_path: Path, sqlite_url: str) -> None:
    async def scene() -> Any:
        async with Telegram().serving() as telegram, Slack().open() as slack:
            ann, bob = Person(telegram), slack.user("bob")
            await ann.says("menu")  # before the service is there
            env = vendors(telegram, slack) | {"LSSC_DATABASE_URL": sqlite_url}
            async with running(tmp_path, **env) as service:
                told = (await until(lambda: telegram.to(ann.id)))[0].text
                await until(slack.sender.opened.is_set)
                slack.sender.say(bob, "menu")
                shown = (await until(lambda: slack.seen_by(bob)))[0].body
                slack.sender.say(bob, "link")
                linking = (await until(lambda: slack.seen_by(bob)[1:]))[0].body
                report = await health(service.port)
                code, log = await service.ended()
            return told, str(shown), str(linking), report, code, telegram.waiting, log

    told, shown, linking, report, code, waiting, log = asyncio.run(scene())
    assert (MENU in told, MENU in shown, code, waiting) == (True, True, 0, 0)
    assert re.search(r"https://t\.me/LsscTestBot\?start=link_\d{6}\b", linking)
    parts = {name: part["state"] for name, part in report["parts"].items()}
    assert parts == dict.fromkeys(
        ("knowledge", "answers", "telegram", "slack", "web", "scheduler", "delivery"), "running"
    )
    assert log[0]["event"] == "parts: telegram, slack, web, scheduler, delivery"


def test_a_token_that_telegram_does_not_know_leaves_slack_at_work(tmp_path: Path, sqlite_url: str) -> None:
    async def scene() -> Any:
        async with Telegram().serving() as telegram, Slack().open() as slack:
            bob = slack.user("bob")
            env = vendors(telegram, slack) | {
                "LSSC_DATABASE_URL": sqlite_url,
                "LSSC_TELEGRAM_TOKEN": "43:unknown-to-anybody",
            }
            async with running(tmp_path, **env) as service:
                await until(slack.sender.opened.is_set)
                slack.sender.say(bob, "menu")
                await until(lambda: slack.seen_by(bob))
                report = await health(service.port)
                code, log = await service.ended()
            return report["parts"]["telegram"], code, log

    part, code, log = asyncio.run(scene())
    assert (part["failures"] > 0, part["last_error"], code) == (True, "TelegramUnauthorizedError", 0)
    assert "unknown-to-anybody" not in str(log)


@pytest.mark.parametrize(
    ("changes", "part", "told"),
    [
        ({"LSSC_TELEGRAM_TOKEN": "no token"}, "telegram", "LSSC_TELEGRAM_TOKEN must be the token"),
        ({"LSSC_TELEGRAM_WEBHOOK_URL": "https://lssc.example.org/hook"}, "telegram", "LSSC_TELEGRAM_WEBHOOK_URL needs"),
        ({"LSSC_SLACK_APP_TOKEN": ""}, "slack", "LSSC_SLACK_BOT_TOKEN needs LSSC_SLACK_APP_TOKEN"),
    ],
)  # fmt: skip
def test_a_vendor_that_is_half_configured_is_told(
    tmp_path: Path, sqlite_url: str, changes: dict[str, str], part: str, told: str
) -> None:
    async def scene() -> Any:
        async with Telegram().serving() as telegram, Slack().open() as slack:
            env = vendors(telegram, slack) | {"LSSC_DATABASE_URL": sqlite_url} | changes
            async with running(tmp_path, **env) as service:
                report = await first_health(service.port)
                code, log = await service.ended()
            return report["parts"][part]["state"], code, [line["event"] for line in log]

    state, code, log = asyncio.run(scene())
    assert (state, code) == ("failed", 0)
    assert any(f"part {part} failed: {told}" in line for line in log)
