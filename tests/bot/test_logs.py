"""No secret and no word of a message is in any line of the log, whatever goes wrong."""

import asyncio
import io
import json
import logging
import warnings
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from sqlalchemy import text

from bot import logs
from bot.app import App
from bot.channels.channel import DeliveryError
from bot.counting import Counts
from bot.flood import Flood
from bot.health import Health
from bot.schedule import Ticker
from bot.settings import Settings
from bot.supervisor import Supervisor
from bot.web import Web
from faq.knowledge import Reply
from flows.dialog.speech import Inbound
from handlers.exchange import Errand
from tests.bot.edge import ListChannel, played
from tests.bot.test_app import Thinker

House = Callable[..., App]
WORDS = "a sentence that nobody else may read"
SECRETS = Settings(
    database_url="postgresql+psycopg://u:databaseword@h/d",
    telegram_token="42:telegramtoken",  # noqa: S106
    telegram_webhook_secret="webhooksecret",  # noqa: S106
    slack_bot_token="xoxb-bottoken",  # noqa: S106
    slack_signing_secret="signingsecret",  # noqa: S106
    slack_app_token="xapp-apptoken",  # noqa: S106
    smtp_url="smtp://u:mail%2Fword@h",
    imap_url="imaps://u:imapword@h/INBOX",
    secret_key="secretkey",  # noqa: S106
)
HIDDEN = (
    "databaseword", "42:telegramtoken", "webhooksecret", "xoxb-bottoken", "signingsecret", "xapp-apptoken", "mail%2Fword",
    "mail/word", "imapword", "secretkey",
)  # fmt: skip


@pytest.fixture
def logged() -> Iterator[Callable[[], str]]:
    """What was logged until now, as the service would log it."""
    stream, root = io.StringIO(), logging.getLogger()
    before = root.handlers[:], root.level, logging.getLogger("lssc").level
    logs.configure(SECRETS, stream)
    yield stream.getvalue
    logging.captureWarnings(False)
    root.handlers[:], root.level = before[0], before[1]
    logging.getLogger("lssc").setLevel(before[2])


def lines(told: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in told.splitlines()]


def test_a_line_is_json_with_its_time_level_and_event(logged: Callable[[], str]) -> None:
    logging.getLogger("lssc.delivery").warning("message %d was not taken by %s", 7, "telegram", extra={"attempt": 2})
    (line,) = lines(logged())
    assert line.pop("time").endswith("Z")
    assert line == {
        "event": "message 7 was not taken by telegram",
        "level": "warning",
        "logger": "lssc.delivery",
        "attempt": 2,
    }


def test_at_a_terminal_a_line_is_for_eyes() -> None:
    record = logging.LogRecord("lssc.service", logging.INFO, __file__, 1, "stopping", (), None)
    assert "stopping" in logs.formatter((), for_eyes=True).format(record)
    assert not logs.formatter((), for_eyes=True).format(record).startswith("{")


def test_secrets_are_blotted_out_wherever_they_stand(logged: Callable[[], str]) -> None:
    log = logging.getLogger("lssc.service")
    for secret in HIDDEN:
        log.info("it says %s", f"before {secret} after", extra={"url": f"https://host/bot{secret}/x", "many": [secret]})
        logging.getLogger("aiogram").error("cannot reach %s", secret)
        logging.getLogger("aiogram").error(f"cannot reach {secret} at all")
    told = logged()
    assert [secret for secret in HIDDEN if secret in told] == []
    assert told.count("***") == 4 * len(HIDDEN)


def test_fields_with_what_people_say_are_dropped(logged: Callable[[], str]) -> None:
    fields = {"text": WORDS, "body": WORDS, "bot_token": WORDS, "about": {"answer_words": WORDS, "kind": "kept"}}
    logging.getLogger("lssc.service").info("something", extra=fields)
    (line,) = lines(logged())
    assert (WORDS in str(line), line["about"]) == (False, {"kind": "kept"})


def test_of_libraries_only_warnings_are_told_and_only_their_own_words(logged: Callable[[], str]) -> None:
    for name in ("aiogram.event", "slack_bolt.AsyncApp", "aiohttp.access", "apscheduler.executors.default"):
        log = logging.getLogger(name)
        log.info("Update id=%s is handled: %s", 1, WORDS)
        log.warning(f"Failed to run listener function (error: {WORDS})")
        log.warning("Cause exception while process update id=%d\n%s", 1, WORDS)
        log.warning({"body": WORDS})
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        warnings.warn(WORDS, stacklevel=1)
    told = logged()
    assert WORDS not in told
    assert [line["event"] for line in lines(told)[:3]] == [
        "Failed to run listener function",
        "Cause exception while process update id=%d",
        "something",
    ]
    assert len(lines(told)) == 4 * 3 + 1


def test_a_fault_is_told_by_its_kind_and_its_places_in_the_program(logged: Callable[[], str]) -> None:
    try:
        try:
            json.loads(WORDS)
        except ValueError as error:
            raise RuntimeError(WORDS) from error
    except RuntimeError as error:
        logging.getLogger("lssc.service").error("it failed: %s", error, exc_info=True)
    (line,) = lines(logged())
    assert line["event"] == "it failed: RuntimeError"
    assert line["fault"].startswith("RuntimeError (tests/bot/test_logs.py:")
    assert "because of JSONDecodeError (tests/bot/test_logs.py:" in line["fault"]
    assert WORDS not in str(line)


def test_the_word_of_a_vendor_for_why_is_told(logged: Callable[[], str]) -> None:
    class Refused(DeliveryError):
        code = "not_in_channel"

    class Chatty(DeliveryError):
        code = WORDS

    for kind in (Refused, Chatty):
        logging.getLogger("lssc.slack").warning("not yet: %s", kind(WORDS, permanent=False))
    assert [line["event"] for line in lines(logged())] == ["not yet: Refused: not_in_channel", "not yet: Chatty"]


class Faulty(Thinker):
    """Cannot think about everything."""

    def think(self, text: str) -> Reply:
        if text.startswith("faulty"):
            raise ZeroDivisionError(text)
        return super().think(text)


def said(number: int, words: str = WORDS) -> Inbound:
    return Inbound(f"{number} {WORDS}", "telegram", WORDS, words, name=WORDS)


def test_turns_and_deliveries_that_go_wrong_tell_nothing_of_the_message(
    house: House, logged: Callable[[], str]
) -> None:
    errors = iter(
        [
            DeliveryError(WORDS, permanent=True),
            DeliveryError(WORDS, permanent=False, retry_after=1),
            ZeroDivisionError(WORDS),
            KeyError(WORDS),
        ]
    )
    channel = ListChannel("telegram", refuse=lambda _text: next(errors, None))  # type: ignore[arg-type, return-value]
    app = replace(house(Faulty(), telegram=channel), flood=Flood())

    def fail(errand: Errand) -> int:
        errand.work.connection.execute(text("INSERT INTO inbound VALUES (:words)"), {"words": WORDS})
        return 1

    async def scene() -> None:
        for number in range(12):
            await app.hear(replace(said(number), address=str(number)))
            await app.delivery.settled()
        for _ in range(70):
            await app.hear(said(1))
        await Ticker(app, {"a step": fail}, {}).tick()
        faulty = replace(said(99, f"faulty {WORDS}"), address=f"another {WORDS}")
        for _ in range(2):
            with pytest.raises(ZeroDivisionError):
                await app.hear(faulty)
        await app.hear(faulty)  # the third time it is left to the desk
        await app.delivery.settled()
        await app.writer.work(lambda work: work.connection.execute(text("ALTER TABLE outbox RENAME TO away")))
        running = asyncio.create_task(app.delivery.run())
        await asyncio.sleep(0.1)
        running.cancel()

    played(app, scene)
    told = logged()
    assert WORDS not in told
    assert {line["logger"] for line in lines(told)} >= {"lssc.app", "lssc.delivery", "lssc.schedule"}
    assert sum("was not taken" in line["event"] for line in lines(told)) == 4


def test_a_call_that_goes_wrong_tells_nothing_of_what_it_brought(house: House, logged: Callable[[], str]) -> None:
    app = house()

    async def fail(request: web.Request) -> web.Response:
        raise ValueError(await request.text())

    async def scene() -> int:
        health = Health(app, Supervisor(), Ticker(app))
        server = Web(("127.0.0.1", 0), health, Counts())
        server.mount([web.post("/hook/{token}", fail)])
        async with TestClient(TestServer(server.application())) as client:
            answer = await client.post(f"/hook/{WORDS}", data=WORDS)
            assert WORDS not in await answer.text()
            return answer.status

    assert played(app, scene) == 500
    (line,) = lines(logged())
    assert (line["event"], WORDS in str(line)) == ("a call of /hook/{token} failed (ValueError)", False)


def test_a_part_that_fails_tells_no_words(house: House, logged: Callable[[], str]) -> None:
    class Part:
        name = "part"

        async def run(self) -> None:
            raise ConnectionError(0, f"{WORDS} xoxb-bottoken")

        async def stop(self) -> None:
            raise RuntimeError(WORDS)

    async def scene() -> None:
        supervisor = Supervisor(lambda _failures: 0.01)
        supervisor.add(Part())
        supervisor.start()
        await asyncio.sleep(0.05)
        await supervisor.stop(1)

    asyncio.run(scene())
    assert "bottoken" not in logged()
