"""The stand-in refuses what Telegram refuses, and brings again what was not confirmed."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from tests.vendors.telegram import TOKEN, Fault, Telegram
from tests.vendors.telegram_people import Person

Call = Callable[..., Awaitable[dict[str, Any]]]
Scene = Callable[[Telegram, Call], Awaitable[Any]]


def played(scene: Scene, **options: Any) -> Any:
    async def whole() -> Any:
        async with Telegram(**options).serving() as telegram, aiohttp.ClientSession() as session:

            async def call(method: str, token: str = TOKEN, **values: Any) -> dict[str, Any]:
                written = {
                    name: value if isinstance(value, str) else json.dumps(value) for name, value in values.items()
                }
                async with session.post(f"{telegram.url}/bot{token}/{method}", data=written) as response:
                    told: dict[str, Any] = await response.json()
                    return told | {"status": response.status}

            return await scene(telegram, call)

    return asyncio.run(whole())


def sent(**values: Any) -> tuple[int, str]:
    """What a message to Ann with these values is answered: status, and the reason of a refusal."""

    async def scene(telegram: Telegram, call: Call) -> tuple[int, str]:
        Person(telegram)
        told = await call("sendMessage", **{"chat_id": "77", "text": "Hello", **values})
        return told["status"], told.get("description", "")

    answer: tuple[int, str] = played(scene)
    return answer


def button(**values: str) -> dict[str, Any]:
    return {"inline_keyboard": [[{"text": "Yes", **values}]]}


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"text": "<blink>x</blink>"}, 'can\'t parse entities: Unsupported start tag "blink" at byte offset 0'),
        ({"text": "<b>x"}, "can't parse entities: Can't find end tag corresponding to start tag \"b\""),
        ({"text": "x</b>"}, 'can\'t parse entities: Unexpected end tag "b" at byte offset 1'),
        ({"text": "<b><i>x</b></i>"}, 'can\'t parse entities: Unexpected end tag "b" at byte offset 7'),
        ({"text": "1 < 2"}, "can't parse entities: unexpected '<' at byte offset 2"),
        ({"text": "a & b"}, "can't parse entities: unexpected '&' at byte offset 2"),
        ({"text": ""}, "message text is empty"),
        ({"text": " \n"}, "message text is empty"),
        ({"text": "<b></b>"}, "message text is empty"),
        ({"text": "x" * 4097}, "message is too long"),
        ({"text": "📚" * 2049}, "message is too long"),
        ({"parse_mode": "Fancy"}, "unsupported parse_mode"),
        ({"chat_id": "78"}, "chat not found"),
        ({"chat_id": "nobody"}, "chat not found"),
        ({"reply_markup": button(callback_data="x" * 65)}, "BUTTON_DATA_INVALID"),
        ({"reply_markup": button(callback_data="é" * 33)}, "BUTTON_DATA_INVALID"),
        ({"reply_markup": button(callback_data="")}, "BUTTON_DATA_INVALID"),
        (
            {"reply_markup": button()},
            "can't parse inline keyboard button: exactly one of the optional fields must be used",
        ),
        ({"reply_markup": button(text=" ", callback_data="x")}, "inline keyboard button text must be non-empty"),
        (
            {"reply_markup": {"inline_keyboard": [[{"text": "x", "callback_data": "x"}]] * 101}},
            "reply markup is too long",
        ),
        ({"reply_parameters": {"message_id": 1}}, "message to be replied not found"),
    ],
)
def test_a_message_is_refused(values: dict[str, Any], reason: str) -> None:
    assert sent(**{"parse_mode": "HTML", **values}) == (400, f"Bad Request: {reason}")


@pytest.mark.parametrize(
    "values",
    [
        {"text": "x" * 4096},
        {"text": "📚" * 2048},
        {"text": f"<code>{'x' * 4095}</code>&lt;", "parse_mode": "HTML"},
        {"text": "1 < 2 & 3"},
        {"reply_markup": button(callback_data="x" * 64)},
        {"reply_parameters": {"message_id": 1, "allow_sending_without_reply": True}},
    ],
)
def test_a_message_just_within_the_limits_is_taken(values: dict[str, Any]) -> None:
    assert sent(**values) == (200, "")


def test_a_caption_of_1025_characters_is_refused() -> None:
    async def scene(telegram: Telegram, call: Call) -> list[int]:
        Person(telegram)
        told = [await call("sendPhoto", chat_id="77", photo="id", caption="x" * length) for length in (1024, 1025)]
        return [each["status"] for each in told]

    assert played(scene) == [200, 400]


def test_somebody_who_blocked_the_bot_is_not_written_to() -> None:
    async def scene(telegram: Telegram, call: Call) -> tuple[int, str]:
        await Person(telegram).blocks()
        told = await call("sendMessage", chat_id="77", text="Hello")
        return told["status"], told["description"]

    assert played(scene) == (403, "Forbidden: bot was blocked by the user")


def test_a_group_that_moved_is_named() -> None:
    async def scene(telegram: Telegram, call: Call) -> dict[str, int]:
        telegram.group().moved_to = -200
        found: dict[str, int] = (await call("sendMessage", chat_id="-100500", text="Hello"))["parameters"]
        return found

    assert played(scene) == {"migrate_to_chat_id": -200}


def test_a_wrong_token_and_an_unknown_method_are_refused() -> None:
    async def scene(telegram: Telegram, call: Call) -> list[int]:
        return [(await call("getMe", token="1:x"))["status"], (await call("sendFlowers"))["status"]]  # noqa: S106

    assert played(scene) == [401, 404]


def test_a_press_must_be_answered_in_time() -> None:
    async def scene(telegram: Telegram, call: Call) -> list[int]:
        ann = Person(telegram)
        await ann.presses_data("x", None)
        await ann.presses_data("y", None)
        (first, second) = [each["callback_query"]["id"] for each in (await call("getUpdates"))["result"]]
        in_time = await call("answerCallbackQuery", callback_query_id=first)
        await asyncio.sleep(0.2)
        late = await call("answerCallbackQuery", callback_query_id=second)
        unknown = await call("answerCallbackQuery", callback_query_id="0")
        return [in_time["status"], late["status"], unknown["status"]]

    assert played(scene, answer_within=0.15) == [200, 400, 400]


def test_an_edit_that_changes_nothing_and_one_of_nothing_are_refused() -> None:
    async def scene(telegram: Telegram, call: Call) -> list[str]:
        Person(telegram)
        number = (await call("sendMessage", chat_id="77", text="Hello"))["result"]["message_id"]
        tries = [("Hello", number), ("Bye", number + 1), ("Bye", number)]
        told = [await call("editMessageText", chat_id="77", message_id=str(at), text=text) for text, at in tries]
        return [each.get("description", "taken")[:40] for each in told]

    assert played(scene) == [
        "Bad Request: message is not modified: sp",
        "Bad Request: message to edit not found",
        "taken",
    ]


def test_who_sends_too_fast_is_told_to_wait() -> None:
    async def scene(telegram: Telegram, call: Call) -> list[int]:
        Person(telegram)
        telegram.group()
        alone = [await call("sendMessage", chat_id="77", text="x") for _ in range(6)]
        group = [await call("sendMessage", chat_id="-100500", text="x") for _ in range(5)]
        return [each["status"] for each in (*alone, *group)] + [alone[-1]["parameters"]["retry_after"]]

    assert played(scene) == [200] * 5 + [429] + [200] * 5 + [1]


@pytest.mark.parametrize(("kind", "status"), [("429", 429), ("500", 500)])
def test_trouble_comes_on_demand(kind: str, status: int) -> None:
    async def scene(telegram: Telegram, call: Call) -> list[int]:
        telegram.faults.append(Fault(kind, "getMe", seconds=3))
        return [(await call("getMe"))["status"] for _ in range(2)]

    assert played(scene) == [status, 200]


@pytest.mark.parametrize(("kind", "taken"), [("drop", 0), ("accept and drop", 1)])
def test_a_connection_is_dropped_before_or_after_the_message_was_taken(kind: str, taken: int) -> None:
    async def scene(telegram: Telegram, call: Call) -> int:
        ann = Person(telegram)
        telegram.faults.append(Fault(kind, "sendMessage"))
        with pytest.raises(aiohttp.ClientError):
            await call("sendMessage", chat_id="77", text="Hello")
        return len(telegram.to(ann.id))

    assert played(scene) == taken


def test_updates_come_until_they_are_confirmed_by_the_next_offset() -> None:
    async def scene(telegram: Telegram, call: Call) -> list[list[int]]:
        ann = Person(telegram)
        first, second = [await ann.says(words) for words in ("one", "two")]
        asked = [{}, {}, {"offset": first + 1}, {"offset": second + 1}]
        told = [(await call("getUpdates", **values))["result"] for values in asked]
        return [[update["update_id"] - first for update in updates] for updates in told]

    assert played(scene) == [[0, 1], [0, 1], [1], []]


def test_of_two_that_poll_the_first_is_turned_away() -> None:
    async def scene(telegram: Telegram, call: Call) -> tuple[int, int]:
        earlier = asyncio.create_task(call("getUpdates", timeout=5))
        await asyncio.sleep(0.05)
        later = asyncio.create_task(call("getUpdates", timeout=5))
        status = (await earlier)["status"]
        await Person(telegram).says("hi")
        return status, len((await later)["result"])

    assert played(scene) == (409, 1)


def test_polling_is_refused_while_a_webhook_is_set() -> None:
    async def scene(telegram: Telegram, call: Call) -> int:
        await call("setWebhook", url="http://127.0.0.1:9/x")
        status: int = (await call("getUpdates"))["status"]
        return status

    assert played(scene) == 409


def test_a_webhook_gets_the_secret_and_the_update_again_until_it_says_200() -> None:
    seen: list[tuple[str, int]] = []

    async def brought(request: web.Request) -> web.Response:
        seen.append((request.headers["X-Telegram-Bot-Api-Secret-Token"], (await request.json())["update_id"]))
        return web.Response(status=500 if len(seen) < 3 else 200)

    async def scene(telegram: Telegram, call: Call) -> int:
        served = web.Application()
        served.router.add_post("/x", brought)
        runner = web.AppRunner(served, shutdown_timeout=0.1)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        await call("setWebhook", url=f"http://127.0.0.1:{runner.addresses[0][1]}/x", secret_token="s")  # noqa: S106
        number = await Person(telegram).says("hi")
        await telegram.confirmed(number)
        await runner.cleanup()
        return number

    number = played(scene)
    assert seen == [("s", number)] * 3
