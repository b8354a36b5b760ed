"""Doctor asks the vendors for real, here a stand-in on loopback, and tells how to mend what does not work."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from bot.commands import doctor_service, doctor_vendors
from bot.settings import Settings
from bot.values import Place
from tests.bot.edge import Lssc
from tests.bot.serving import free_port, serving, wait_for
from tests.bot.test_office_commands import parts

TOKEN, BOT, APP = "42:hunter2", "xoxb-hunter2", "xapp-hunter2"
GOOD: dict[str, Any] = {
    f"/bot{TOKEN}/getMe": {"ok": True, "result": {"username": "lssc_bot"}},
    f"/bot{TOKEN}/getWebhookInfo": {"ok": True, "result": {"url": "", "pending_update_count": 0}},
    f"/api/auth.test {BOT}": {"ok": True, "team": "Library"},
    f"/api/apps.connections.open {APP}": {"ok": True, "url": "wss://x"},
    f"/api/conversations.info {BOT}": {"ok": True, "channel": {"is_private": True}},
}


class Vendors:
    """Answers by path and token what it is told; anything else as Telegram and Slack do for a wrong token."""

    def __init__(self) -> None:
        self.answers: dict[str, Any] = dict(GOOD)
        standin = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                token = self.headers.get("Authorization", "").removeprefix("Bearer ")
                self.rfile.read(int(self.headers.get("Content-Length", 0)))
                wrong = {"ok": False, "error": "invalid_auth", "error_code": 401, "description": "Unauthorized"}
                answer = standin.answers.get(f"{self.path} {token}".strip(), wrong)
                self.send_response(302 if answer == "elsewhere" else 200)
                self.send_header("Location", "http://127.0.0.1:1/")
                self.end_headers()
                self.wfile.write(answer.encode() if isinstance(answer, str) else json.dumps(answer).encode())

            do_POST = do_GET

            def log_message(self, *_: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"


@pytest.fixture
def vendors() -> Iterator[Vendors]:
    standin = Vendors()
    serving_ = threading.Thread(target=standin.server.serve_forever, args=(0.05,))
    serving_.start()
    yield standin
    standin.server.shutdown()
    serving_.join()
    standin.server.server_close()


def chosen(vendors: Vendors, **changes: Any) -> Settings:
    given: dict[str, Any] = {
        "telegram_token": TOKEN,
        "telegram_api_url": vendors.url,
        "slack_bot_token": BOT,
        "slack_app_token": APP,
        "slack_api_url": f"{vendors.url}/api/",
        "staff": (Place("slack", "U1"),),
    }
    return Settings(**{**given, **changes})


def found(settings: Settings) -> dict[str, tuple[str, str]]:
    return {each.part: (each.state, each.told) for each in doctor_vendors.examine(settings)}


def test_tokens_that_are_taken_work(vendors: Vendors) -> None:
    assert found(chosen(vendors, desk=Place("slack", "C1"))) == {
        "telegram": ("works", "@lssc_bot, long polling"),
        "slack": ("works", "Library, Socket Mode"),
        "desk": ("works", "1 first staff; items go to slack:C1, a private channel"),
    }


def test_what_is_not_set_is_not_configured() -> None:
    assert {state for state, _ in found(Settings()).values()} == {"not configured"}


def test_a_wrong_token_is_told_with_where_to_get_another(vendors: Vendors) -> None:
    wrong = chosen(vendors, telegram_token="43:other-hunter2", slack_bot_token="xoxb-other-hunter2", desk=None)  # noqa: S106
    assert found(wrong) | {"desk": ()} == {
        "telegram": ("broken", "Telegram does not know this token: copy LSSC_TELEGRAM_TOKEN anew from @BotFather"),
        "slack": (
            "broken",
            "Slack does not take LSSC_SLACK_BOT_TOKEN (invalid_auth): copy it anew from the app's settings",
        ),
        "desk": (),
    }


def test_a_wrong_app_token_is_told_apart(vendors: Vendors) -> None:
    told = found(chosen(vendors, slack_app_token="xapp-other"))["slack"]  # noqa: S106
    assert told == (
        "broken",
        "Slack does not take LSSC_SLACK_APP_TOKEN (invalid_auth): copy it anew from the app's settings",
    )


@pytest.mark.parametrize("answer", ["<html>a proxy</html>", "[]", "elsewhere"])
def test_something_else_that_answers_is_told_and_no_token_with_it(vendors: Vendors, answer: str) -> None:
    vendors.answers[f"/bot{TOKEN}/getMe"] = answer
    assert found(chosen(vendors))["telegram"] == ("broken", "what answers is not Telegram: check the address")


def test_a_vendor_out_of_reach_is_told_and_no_token_with_it() -> None:
    nowhere = Settings(telegram_token=TOKEN, telegram_api_url=f"http://127.0.0.1:{free_port()}")
    assert found(nowhere)["telegram"] == (
        "broken",
        "Telegram cannot be reached (Connection refused): check the network and the address",
    )


HOOK = "https://lssc.example.org/telegram"


@pytest.mark.parametrize(
    ("secret", "info", "told"),
    [
        (None, {}, ("broken", "a webhook needs LSSC_TELEGRAM_WEBHOOK_SECRET: 1 to 256 letters, digits, _ or -")),
        ("with blanks", {}, ("broken", "a webhook needs LSSC_TELEGRAM_WEBHOOK_SECRET: 1 to 256 letters, digits, _ or -")),
        ("good", {"url": ""}, ("works", "@lssc_bot, webhook; `lssc run` tells Telegram the address")),
        (
            "good",
            {"url": "https://old.example.org/secret-path"},
            ("works", "@lssc_bot, webhook; Telegram still calls old.example.org, until `lssc run` tells it the new one"),
        ),
        (
            "good",
            {"url": HOOK, "pending_update_count": 3, "last_error_message": "Connection refused"},
            ("works", "@lssc_bot, webhook, 3 updates wait; the last call failed: Connection refused"),
        ),
    ],
)  # fmt: skip
def test_the_webhook_is_looked_at(vendors: Vendors, secret: str | None, info: Any, told: tuple[str, str]) -> None:
    vendors.answers[f"/bot{TOKEN}/getWebhookInfo"] = {"ok": True, "result": info}
    settings = chosen(vendors, telegram_webhook_url=HOOK, telegram_webhook_secret=secret)
    assert found(settings)["telegram"] == told


@pytest.mark.parametrize(
    ("changes", "part", "told"),
    [
        ({"slack_app_token": None}, "slack", "nothing can come in: set LSSC_SLACK_APP_TOKEN (Socket Mode) or LSSC_SLACK_SIGNING_SECRET"),
        ({"slack_bot_token": None}, "slack", "LSSC_SLACK_APP_TOKEN alone does nothing: set LSSC_SLACK_BOT_TOKEN, or unset it"),
        ({"telegram_token": None, "telegram_webhook_url": HOOK}, "telegram", "LSSC_TELEGRAM_WEBHOOK_URL alone does nothing: set LSSC_TELEGRAM_TOKEN, or unset it"),
        ({"telegram_token": None, "desk": Place("telegram", "7")}, "desk", "LSSC_DESK names telegram:7, but there is no LSSC_TELEGRAM_TOKEN"),
        ({"slack_bot_token": None, "slack_app_token": None}, "desk", "LSSC_STAFF names slack:U1, but there is no LSSC_SLACK_BOT_TOKEN"),
    ],
)  # fmt: skip
def test_settings_that_do_not_fit_together_are_told(vendors: Vendors, changes: Any, part: str, told: str) -> None:
    assert found(chosen(vendors, **changes))[part] == ("broken", told)


@pytest.mark.parametrize(
    ("answer", "finding"),
    [
        (
            {"ok": True, "channel": {"is_private": False}},
            ("works", "1 first staff; items go to slack:C1, which is public: only reference, kind and age are shown there"),
        ),
        (
            {"ok": False, "error": "channel_not_found"},
            ("broken", "Slack does not show C1 (channel_not_found): invite the app into it, or correct LSSC_DESK"),
        ),
    ],
)  # fmt: skip
def test_the_channel_of_the_desk_is_looked_at(vendors: Vendors, answer: Any, finding: tuple[str, str]) -> None:
    vendors.answers[f"/api/conversations.info {BOT}"] = answer
    assert found(chosen(vendors, desk=Place("slack", "C1")))["desk"] == finding


def test_the_command_shows_no_secret_when_everything_is_wrong(vendors: Vendors, lssc: Lssc) -> None:
    vendors.answers.clear()
    result = lssc(
        "doctor",
        LSSC_TELEGRAM_TOKEN=TOKEN,
        LSSC_TELEGRAM_API_URL=vendors.url,
        LSSC_SLACK_BOT_TOKEN=BOT,
        LSSC_SLACK_SIGNING_SECRET="hunter2",  # noqa: S106
        LSSC_SLACK_API_URL=f"{vendors.url}/api",
        LSSC_HTTP_LISTEN=f"127.0.0.1:{free_port()}",
    )
    assert (result.returncode, result.stderr, b"hunter2" in result.stdout) == (1, b"", False)
    assert result.stdout.count(b"broken ") == 2


def of_the_service(port: int) -> dict[str, tuple[str, str]]:
    found_ = doctor_service.examine(Settings(http_listen=("127.0.0.1", port)))
    return {each.part: (each.state, each.told) for each in found_}


def test_an_address_that_another_program_holds_is_told(vendors: Vendors) -> None:
    port = vendors.server.server_address[1]
    assert of_the_service(port)["http address"] == (
        "broken",
        f"127.0.0.1:{port} is taken by another program: stop that, or set LSSC_HTTP_LISTEN",
    )


def test_an_address_that_is_not_ours_is_told() -> None:
    told = {each.part: each.told for each in doctor_service.examine(Settings(http_listen=("192.0.2.1", 8080)))}
    assert (
        told["http address"] == "192.0.2.1:8080 cannot be used (Cannot assign requested address): set LSSC_HTTP_LISTEN"
    )


def test_a_running_service_tells_how_it_is(tmp_path: Path, sqlite_url: str) -> None:
    with serving(tmp_path, LSSC_DATABASE_URL=sqlite_url, LSSC_PUBLIC_URL="https://switches.the.lame.one.on") as service:
        wait_for(lambda: of_the_service(service.port)["scheduler"][0] == "works")  # after its first tick
        told = of_the_service(service.port)
        service.stop()
    free = of_the_service(service.port)
    assert told["http address"] == ("works", f"127.0.0.1:{service.port} is held by the service")
    assert told["service"][0] == "broken"
    assert "lame (ConnectionError)" in told["service"][1]
    assert told["scheduler"][0] == "works"
    assert free["service"] == ("not configured", "it does not run here now; `lssc run` starts it")


def test_the_connections_of_the_server_are_counted(lssc: Lssc, postgresql_url: str) -> None:
    code, told = parts(lssc, LSSC_DATABASE_URL=postgresql_url, LSSC_HTTP_LISTEN=f"127.0.0.1:{free_port()}")
    assert code == 0
    assert told["database"][1].endswith(" of the server's 97 connections are in use")
