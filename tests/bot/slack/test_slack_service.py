"""Slack as a part of the service, in a process of its own, and what `lssc doctor` is told about it."""

import asyncio
import signal
import sys
from asyncio.subprocess import PIPE
from dataclasses import replace
from pathlib import Path

import pytest

from bot.channels.slack import checked
from bot.channels.slack.opening import assembled
from bot.settings import Settings
from bot.trouble import CommandError
from tests.bot.edge import environment
from tests.bot.slack.office import assembled as program
from tests.bot.slack.office import with_slack
from tests.vendors.slack import APP_TOKEN, BOT_TOKEN, SECRET, Slack


def test_the_service_answers_in_slack_and_ends_in_good_order(tmp_path: Path, prepared_database: Path) -> None:
    (tmp_path / "lssc.db").write_bytes(prepared_database.read_bytes())

    async def scene() -> tuple[int, list[str]]:
        async with Slack().open() as slack:
            ann = slack.user("ann")
            tokens = {
                "LSSC_SLACK_BOT_TOKEN": BOT_TOKEN,
                "LSSC_SLACK_APP_TOKEN": APP_TOKEN,
                "LSSC_SLACK_API_URL": slack.url,
            }
            process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "bot", "run", "--only", "slack,delivery",
                cwd=tmp_path, env=environment(**tokens), stdout=PIPE, stderr=PIPE,
            )  # fmt: skip
            try:
                await asyncio.wait_for(slack.sender.opened.wait(), 60)
                said = slack.sender.say(ann, "fees")
                await asyncio.wait_for(said.over.wait(), 30)
                await slack.until(lambda: len(slack.seen_by(ann)) == 1)
                process.send_signal(signal.SIGTERM)
                await asyncio.wait_for(process.communicate(), 20)
            finally:
                if process.returncode is None:
                    process.kill()
            return process.returncode or 0, [message.body["text"].splitlines()[-1] for message in slack.seen_by(ann)]

    assert asyncio.run(scene()) == (0, ["2. No"])


def told(settings: Settings, mode: str, **changes: str | None) -> str:
    async def asked() -> str:
        async with Slack().open() as slack:
            return await checked(replace(with_slack(settings, slack.url, mode), **changes))

    return asyncio.run(asked())


def test_the_doctor_is_told_who_we_are(settings: Settings) -> None:
    assert told(settings, "socket") == "lssc in Springfield Public Library, Socket Mode"
    assert told(settings, "events") == "lssc in Springfield Public Library, calls at /slack/events"


@pytest.mark.parametrize(
    ("mode", "changes", "reason"),
    [
        ("socket", {"slack_bot_token": "xoxb-wrong"}, "Slack does not take LSSC_SLACK_BOT_TOKEN (auth.test: invalid_auth)"),
        (
            "socket", {"slack_app_token": "xapp-wrong"},
            "Slack does not take LSSC_SLACK_APP_TOKEN (apps.connections.open: invalid_auth)",
        ),
        ("events", {"slack_signing_secret": None}, "LSSC_SLACK_BOT_TOKEN needs LSSC_SLACK_APP_TOKEN (Socket Mode)"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_in_one_line(settings: Settings, mode: str, changes: dict[str, str], reason: str) -> None:
    with pytest.raises(CommandError) as caught:
        told(settings, mode, **changes)
    assert str(caught.value).startswith(reason)


def test_slack_without_a_way_in_is_not_opened(settings: Settings) -> None:
    app = program(settings)
    with pytest.raises(CommandError):
        assembled(replace(settings, slack_bot_token=BOT_TOKEN), app)
    opened = assembled(replace(settings, slack_bot_token=BOT_TOKEN, slack_signing_secret=SECRET), app)
    assert [(route.method, route.path) for route in opened.vendor.routes] == [("POST", "/slack/events")]
    asyncio.run(app.close())
