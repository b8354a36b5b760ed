"""Calls over the web that are not Slack's, not for us, too old or broken are refused, and change nothing."""

import asyncio
import json
from typing import Any
from urllib.parse import urlencode

import aiohttp
import pytest

from bot.channels.slack.web import parsed
from bot.settings import Settings
from tests.bot.slack.office import Office, running
from tests.vendors.slack import APP, SECRET, TEAM, Slack
from tests.vendors.slack_sender import signature

DEEP = '{"a":' * 100_000


def event(**changes: Any) -> dict[str, Any]:
    said = {"type": "message", "channel": "DANN", "channel_type": "im", "user": "UANN", "text": "help", "ts": "1.1"}
    outer = {"type": "event_callback", "team_id": TEAM, "api_app_id": APP, "event_id": "Ev1", "event": said}
    return outer | changes


def answer(settings: Settings, body: bytes, headers: dict[str, str] | None = None) -> tuple[int, str, list[str]]:
    """Status, body, and what people were told because of it."""

    async def called() -> tuple[int, str, list[str]]:
        async with Slack().open() as slack, running(slack, settings, "events") as office:
            slack.user("ann")
            status, told = await post(office, body, signature(SECRET, body) if headers is None else headers)
            await office.quiet()
            return status, told, office.told("UANN")

    return asyncio.run(called())


async def post(office: Office, body: bytes, headers: dict[str, str]) -> tuple[int, str]:
    async with aiohttp.request("POST", office.routes_url, data=body, headers=headers) as response:
        return response.status, await response.text()


def test_a_signed_event_is_taken(settings: Settings) -> None:
    status, _, told = answer(settings, json.dumps(event()).encode())
    assert (status, len(told)) == (200, 1)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda body: {},
        lambda body: signature("another secret", body),
        lambda body: signature(SECRET, b"another body"),
        lambda body: signature(SECRET, body, lambda: 1_700_000_000.0),
        lambda body: signature(SECRET, body) | {"X-Slack-Request-Timestamp": "yesterday"},
        lambda body: signature(SECRET, body) | {"X-Slack-Signature": "v0=\u00e9"},
    ],
    ids=["no signature", "another secret", "another body", "old", "no time", "no ascii"],
)
def test_a_call_without_a_good_signature_is_refused(settings: Settings, spoil: Any) -> None:
    body = json.dumps(event()).encode()
    assert answer(settings, body, spoil(body)) == (401, '{"error": "invalid request"}', [])


@pytest.mark.parametrize(
    "changes",
    [{"team_id": "TOTHER"}, {"team_id": None}, {"api_app_id": "AOTHER"}, {"authorizations": [{"team_id": "TOTHER"}]}],
    ids=str,
)
def test_an_event_of_another_app_or_workspace_is_refused(settings: Settings, changes: dict[str, Any]) -> None:
    assert answer(settings, json.dumps(event(**changes)).encode()) == (403, "", [])


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"[]", b"null", b"payload=%7B", b"payload=[]", b"a=b", DEEP.encode()],
    ids=lambda body: str(body[:12]),
)
def test_a_call_that_cannot_be_read_is_refused(settings: Settings, body: bytes) -> None:
    assert answer(settings, body) == (400, '{"error": "malformed"}', [])


@pytest.mark.parametrize(
    "body",
    [
        event(event={"type": "reaction_added", "user": "UANN"}),
        event(event={"type": "something_new"}),
        event(event={"type": "user_change", "user": {"id": "UANN"}, "channel": {"id": "C1"}}),
        event(event={"type": "message", "user": {"id": "UANN"}, "channel": "DANN", "ts": None, "text": "help"}),
        event(
            event={"type": "message", "channel": "DANN", "user": "UANN", "ts": "1.1", "bot_id": "B1", "text": "help"}
        ),
        event(event={"type": "message", "channel": "DANN", "user": "U0LSSC", "ts": "1.1", "text": "help"}),
        event(event={"type": "message", "subtype": "channel_join", "channel": "DANN", "user": "UANN", "ts": "1.1"}),
        event(event={"type": "message", "channel": "CGENERAL", "user": "UANN", "ts": "1.1", "text": "help"}),
    ],
    ids=lambda body: str(body["event"])[:50],
)
def test_an_event_that_is_nothing_to_us_is_confirmed_and_not_acted_on(settings: Settings, body: dict[str, Any]) -> None:
    assert answer(settings, json.dumps(body).encode()) == (200, "", [])


@pytest.mark.parametrize(
    "body",
    [
        *(
            event(event=said)
            for said in (7, [], "message", None, {"type": 5}, {}, {"type": "message", "text": ["help"]})
        ),
        event(event={"type": "message", "user": "UANN", "channel": 7, "ts": "1.1", "text": "help"}),
        event(type=7),
        {"type": "block_actions", "team": {"id": TEAM}, "user": "UANN", "actions": []},
        {"type": "block_actions", "team": {"id": TEAM}, "user": {"id": "UANN"}, "actions": [7]},
    ],
    ids=lambda body: str(body)[-50:],
)
def test_a_payload_of_the_wrong_shape_is_refused(settings: Settings, body: dict[str, Any]) -> None:
    assert answer(settings, json.dumps(body).encode()) == (400, "", [])


def test_a_button_with_a_value_that_was_made_up_changes_nothing(settings: Settings) -> None:
    button = {"type": "button", "action_id": "choice-1", "value": '[1,"name","yes"]', "text": {"text": "Yes"}}
    press = {
        "type": "block_actions",
        "team": {"id": TEAM},
        "user": {"id": "UANN"},
        "trigger_id": "1.2",
        "actions": [button],
    }
    status, _, told = answer(settings, urlencode({"payload": json.dumps(press)}).encode())
    assert status == 200
    assert [text.splitlines()[0] for text in told] == [
        "Hello! I am LSSC Assistant, the automatic assistant of the Library Support Staff Certification program."
    ]
    assert "That button belongs to another conversation, so nothing was changed." in told[0]


def test_what_was_sent_with_a_command_is_read_whatever_its_words() -> None:
    fields = {"command": "/lssc", "text": "payload=1 & more", "team_id": TEAM}
    assert parsed(urlencode(fields)) == fields


def test_slacks_question_whether_the_address_is_ours_is_answered(settings: Settings) -> None:
    body = json.dumps({"type": "url_verification", "challenge": "abc", "token": "t"}).encode()
    assert answer(settings, body) == (200, '{"challenge": "abc"}', [])
