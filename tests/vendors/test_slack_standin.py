"""The stand-in for Slack refuses what Slack refuses, so that passing in front of it means something."""

import asyncio
from typing import Any

import aiohttp
import pytest

from tests.vendors.slack import APP_TOKEN, BOT_TOKEN, SECRET, Slack, Trouble, once
from tests.vendors.slack_rules import injected, refusal
from tests.vendors.slack_sender import signature

Json = dict[str, Any]


def section(text: str, kind: str = "plain_text") -> Json:
    return {"type": "section", "text": {"type": kind, "text": text}}


def button(**changes: Any) -> Json:
    return {"type": "button", "action_id": "a", "text": {"type": "plain_text", "text": "Yes"}, "value": "v", **changes}


def actions(*buttons: Json, **changes: Any) -> Json:
    return {"type": "actions", "elements": list(buttons), **changes}


def rich(*elements: Json) -> Json:
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": list(elements)}]}


def captioned(length: int) -> Json:
    return button(text={"type": "plain_text", "text": "x" * length})


@pytest.mark.parametrize(
    ("good", "bad"),
    [
        ([section("x" * 3000)], [section("x" * 3001)]),
        ([section("x")] * 50, [section("x")] * 51),
        ([rich({"type": "text", "text": "x" * 3000})], [rich({"type": "text", "text": "x" * 3001})]),
        ([rich({"type": "text", "text": "x"})], [rich({"type": "text", "text": ""})]),
        ([rich({"type": "link", "url": "https://a"})], [rich({"type": "link", "url": "nowhere"})]),
        ([actions(captioned(75))], [actions(captioned(76))]),
        ([actions(button(value="x" * 2000))], [actions(button(value="x" * 2001))]),
        ([actions(button(action_id="x" * 255))], [actions(button(action_id="x" * 256))]),
        ([actions(button(accessibility_label="x" * 75))], [actions(button(accessibility_label="x" * 76))]),
        ([actions(button(), button(action_id="b"))], [actions(button(), button())]),
        ([actions(button()), actions(button(action_id="b"))], [actions(button()), actions(button())]),
        (
            [actions(*(button(action_id=f"{number}") for number in range(25)))],
            [actions(*(button(action_id=f"{number}") for number in range(26)))],
        ),
        ([actions(button())], [actions()]),
        (
            [{**section("x"), "block_id": "1"}, {**section("x"), "block_id": "2"}],
            [{**section("x"), "block_id": "1"}] * 2,
        ),
        ([{"type": "divider"}], [{"type": "unheard of"}]),
    ],
)
def test_blocks_over_a_limit_are_refused(good: list[Json], bad: list[Json]) -> None:
    assert (refusal({"text": "x", "blocks": good}), refusal({"text": "x", "blocks": bad})) == (None, "invalid_blocks")


@pytest.mark.parametrize(
    ("body", "error"),
    [
        ({"text": " "}, "no_text"),
        ({"text": "x" * 40_001}, "msg_too_long"),
        ({"blocks": [section("x" * 2999)] * 5}, "msg_blocks_too_long"),
        ({"blocks": "none"}, "invalid_blocks_format"),
        ({"text": "x", "metadata": {"event_type": "a"}}, "invalid_metadata_format"),
    ],
)
def test_a_message_that_slack_does_not_take_is_refused(body: Json, error: str) -> None:
    assert refusal(body) == error


@pytest.mark.parametrize(
    "body",
    [
        {"text": "<!channel>"},
        {"text": "<@U1>"},
        {"text": "<#C1|general>"},
        {"text": "<https://bad.example|your bank>"},
        {"text": "", "blocks": [section("<!here>", "mrkdwn")]},
        {"text": "", "blocks": [rich({"type": "broadcast", "range": "channel"})]},
        {"text": "", "blocks": [rich({"type": "user", "user_id": "U1"})]},
        {"text": "", "blocks": [rich({"type": "link", "url": "https://bad.example", "text": "your bank"})]},
        {"text": "@channel", "parse": "full"},
        {"text": "@ann", "link_names": True},
    ],
)
def test_words_that_would_become_more_than_words_are_recorded(body: Json) -> None:
    assert len(injected(body)) == 1


def test_words_alone_are_not_recorded() -> None:
    plain = [section("<!channel>"), rich({"type": "text", "text": "<@U1>"}, {"type": "link", "url": "https://ala.org"})]
    assert injected({"text": "&lt;!channel&gt;", "blocks": plain}) == []


def calls(
    method: str, body: Json, token: str = BOT_TOKEN, *, form: bool = False, trouble: Trouble | None = None
) -> Json:
    async def called() -> Json:
        async with Slack().open() as slack:
            slack.channel("general")
            if trouble:
                slack.trouble = once(trouble, method)
            headers = {"Authorization": f"Bearer {token}"} if token else {}
            how: Json = {"data": body} if form else {"json": body}
            async with aiohttp.request("POST", slack.url + method, headers=headers, **how) as response:
                rest = {"after": response.headers.get("Retry-After")} if response.status == 429 else {}
                return {
                    "status": response.status,
                    **rest,
                    **(await response.json(content_type=None) if response.status != 500 else {}),
                }

    return asyncio.run(called())


@pytest.mark.parametrize(
    ("method", "body", "error"),
    [
        ("chat.postMessage", {"channel": "CNOWHERE", "text": "x"}, "channel_not_found"),
        ("chat.postMessage", {"channel": "CGENERAL", "text": "x", "thread_ts": "9.9"}, "thread_not_found"),
        ("chat.update", {"channel": "CGENERAL", "ts": "9.9", "text": "x"}, "message_not_found"),
        ("conversations.open", {"users": "UNOBODY"}, "invalid_arguments"),
        (
            "views.publish",
            {"user_id": "UNOBODY", "view": {"type": "home", "blocks": [section("x")]}},
            "invalid_arguments",
        ),
        ("nonsense", {}, "unknown_method"),
    ],
)
def test_a_call_that_cannot_be_is_refused(method: str, body: Json, error: str) -> None:
    assert calls(method, body) == {"status": 200, "ok": False, "error": error}


def test_a_call_that_only_takes_a_form_takes_a_form() -> None:
    assert calls("conversations.info", {"channel": "CGENERAL"}, form=True)["ok"]
    assert calls("conversations.open", {"users": "UNOBODY"}, form=True)["error"] == "users_not_found"


def test_a_wrong_token_is_refused() -> None:
    assert calls("auth.test", {}, "xoxb-wrong", form=True)["error"] == "invalid_auth"
    assert calls("auth.test", {}, "", form=True)["error"] == "not_authed"
    assert calls("apps.connections.open", {}, BOT_TOKEN, form=True)["error"] == "invalid_auth"
    assert calls("apps.connections.open", {}, APP_TOKEN, form=True)["ok"]


def test_too_many_calls_are_answered_with_a_pause() -> None:
    body = {"channel": "CGENERAL", "text": "x"}
    told = calls("chat.postMessage", body, trouble=Trouble(status=429, retry_after=3))
    assert told == {"status": 429, "after": "3", "ok": False, "error": "ratelimited"}
    assert calls("chat.postMessage", body, trouble=Trouble(status=500)) == {"status": 500}
    with pytest.raises(aiohttp.ClientError):
        calls("chat.postMessage", body, trouble=Trouble(cut="before"))


def test_a_ticket_to_socket_mode_is_good_for_one_connection() -> None:
    async def scene() -> list[int]:
        async with Slack().open() as slack, aiohttp.ClientSession() as session:
            url = slack.sender.ticket()
            link = await session.ws_connect(url)
            assert (await link.receive_json())["type"] == "hello"
            answers = []
            for address in (url, url.replace("ticket=", "ticket=made-up-")):
                async with session.get(address) as response:
                    answers.append(response.status)
            await link.close()
            return answers

    assert asyncio.run(scene()) == [403, 403]


def test_an_event_that_is_not_confirmed_comes_again_and_a_press_does_not() -> None:
    async def scene() -> tuple[list[int], list[str], bool]:
        async with Slack(patience=0.1, retries=2).open() as slack, aiohttp.ClientSession() as session:
            link = await session.ws_connect(slack.sender.ticket())
            await link.receive_json()
            ann = slack.user("ann")
            said = slack.sender.say(ann, "hello")
            pressed = slack.sender.command(ann, "help")
            got = [await link.receive_json() for _ in range(4)]
            await link.send_json({"envelope_id": "made up"})
            await said.over.wait()
            await link.close()
            tries = [each["retry_attempt"] for each in got if each["type"] == "events_api"]
            return (
                tries,
                [each["type"] for each in got if each["type"] != "events_api"],
                said.confirmed or pressed.confirmed,
            )

    assert asyncio.run(scene()) == ([0, 1, 2], ["slash_commands"], False)


def test_a_confirmation_counts_on_its_own_connection_only() -> None:
    async def scene() -> bool:
        async with Slack(patience=0.1, retries=0).open() as slack, aiohttp.ClientSession() as session:
            links = [await session.ws_connect(slack.sender.ticket()) for _ in range(2)]
            for link in links:
                await link.receive_json()
            said = slack.sender.say(slack.user("ann"), "hello")
            envelope = await links[1].receive_json()
            await links[0].send_json({"envelope_id": envelope["envelope_id"]})
            await said.over.wait()
            for link in links:
                await link.close()
            return said.confirmed

    assert asyncio.run(scene()) is False


def test_its_signature_is_slacks() -> None:
    """The example of Slack's own documentation has another secret; this is the same sum over ours."""
    from slack_sdk.signature import SignatureVerifier

    headers = signature(SECRET, b'{"type":"event_callback"}')
    assert SignatureVerifier(SECRET).is_valid_request(b'{"type":"event_callback"}', headers)
    assert not SignatureVerifier("another").is_valid_request(b'{"type":"event_callback"}', headers)
