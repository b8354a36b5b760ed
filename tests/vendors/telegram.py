"""A stand-in of Telegram's Bot API on loopback: it refuses what Telegram refuses, and brings again what it brings again."""

import asyncio
import json
import time
from collections import Counter, deque
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import count
from typing import Any

import aiohttp
from aiohttp import web

from tests.vendors.telegram_texts import Refused, bad, buttons, marked, read

TOKEN = "4242:stand-in-for-a-real-token"
ME = {"id": 4242, "is_bot": True, "first_name": "LSSC Assistant", "username": "LsscTestBot"}
PER_SECOND, PER_SECOND_TO_ONE, PER_MINUTE_TO_GROUP = 30, 5, 20
CONFLICT = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
TOO_OLD = "query is too old and response timeout expired or query ID is invalid"


@dataclass
class Shown:
    """A message of the bot's as a person sees it; `buttons` are those it was sent with, `rows` those it has now."""

    id: int
    chat: int
    text: str
    entities: list[dict[str, Any]]
    rows: list[list[dict[str, str]]]
    values: dict[str, Any]
    file: tuple[str, bytes] | None = None
    edits: int = 0
    buttons: list[dict[str, str]] = field(default_factory=list)

    @property
    def told(self) -> str:
        return marked(self.text, self.entities)


@dataclass
class Chat:
    id: int
    type: str = "private"
    title: str = ""
    blocked: str = ""  # the reason why nothing can be sent
    moved_to: int = 0


@dataclass
class Fault:
    """What goes wrong with the next `times` calls of a method ("" for any)."""

    kind: str  # "429", "500", "drop", "accept and drop", "delay"
    method: str = ""
    seconds: float = 0
    times: int = 1


@dataclass
class Telegram:
    """The server; people are its `person`s. `limits`: whether it answers 429 to those who send too fast."""

    limits: bool = True
    answer_within: float = 5.0
    again_after: float = 0.05
    url: str = ""
    silent: bool = False  # whether polls get nothing for now
    chats: dict[int, Chat] = field(default_factory=dict)
    shown: list[Shown] = field(default_factory=list)
    calls: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    refusals: list[tuple[str, str]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    webhook: dict[str, Any] = field(default_factory=dict)
    brought: Counter[int] = field(default_factory=Counter)
    answered: dict[str, float] = field(default_factory=dict)
    _updates: dict[int, dict[str, Any]] = field(default_factory=dict)
    _asked: dict[str, float] = field(default_factory=dict)
    _sent_at: list[tuple[float, int]] = field(default_factory=list)
    _poller: "asyncio.Future[None] | None" = None
    changed: asyncio.Condition = field(default_factory=asyncio.Condition)
    _numbers: Any = field(default_factory=lambda: count(700_001))
    _messages: Any = field(default_factory=lambda: count(11))
    _pump: "asyncio.Task[None] | None" = None

    @asynccontextmanager
    async def serving(self, port: int = 0) -> AsyncIterator["Telegram"]:
        application = web.Application()
        application.router.add_post("/bot{token}/{method}", self._call)
        runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.2)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", port).start()
        self.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
        try:
            yield self
        finally:
            if self._pump is not None:
                self._pump.cancel()
            await runner.cleanup()

    def chat(self, number: int, **others: Any) -> Chat:
        return self.chats.setdefault(number, Chat(number, **others))

    def group(self, number: int = -100500, title: str = "Library people") -> Chat:
        return self.chat(number, type="supergroup", title=title)

    async def put(self, **update: Any) -> int:
        """One more update for the bot; its number."""
        number = next(self._numbers)
        await self.put_raw({"update_id": number, **update})
        return number

    async def put_raw(self, update: dict[str, Any]) -> None:
        async with self.changed:
            self._updates[update["update_id"]] = update
            self.changed.notify_all()

    async def confirmed(self, number: int, within: float = 20) -> None:
        """Returns when the bot has confirmed this update."""
        async with self.changed:
            await asyncio.wait_for(self.changed.wait_for(lambda: number not in self._updates), within)

    async def hush(self, silent: bool) -> None:
        """What comes in while polls get nothing comes to them together afterwards."""
        async with self.changed:
            self.silent = silent
            self.changed.notify_all()

    @property
    def waiting(self) -> int:
        """How many updates are not confirmed yet."""
        return len(self._updates)

    def to(self, chat: int) -> list[Shown]:
        return [each for each in self.shown if each.chat == chat]

    def methods(self, name: str) -> list[dict[str, Any]]:
        return [values for method, values in self.calls if method == name]

    # How the API answers

    async def _call(self, request: web.Request) -> web.Response:
        method, values = request.match_info["method"], await _values(request)
        self.calls.append((method, values))
        if request.match_info["token"] != TOKEN:
            return _answer(401, {"ok": False, "error_code": 401, "description": "Unauthorized"})
        fault = self._next_fault(method)
        if fault is not None and fault.kind == "delay":
            await asyncio.sleep(fault.seconds)
        elif fault is not None and fault.kind != "accept and drop":
            return _faulty(fault, request)
        try:
            result = await self._method(method)(values)
        except Refused as refused:
            self.refusals.append((method, refused.description))
            said = {"ok": False, "error_code": refused.code, "description": refused.description}
            return _answer(refused.code, said | ({"parameters": refused.parameters} if refused.parameters else {}))
        if fault is not None and fault.kind == "accept and drop":
            return _faulty(fault, request)
        return _answer(200, {"ok": True, "result": result})

    def _method(self, name: str) -> Callable[[dict[str, Any]], Awaitable[Any]]:
        found: Callable[[dict[str, Any]], Awaitable[Any]] | None = getattr(self, f"_api_{name.lower()}", None)
        if found is None:
            raise Refused(404, "Not Found")
        return found

    def _next_fault(self, method: str) -> Fault | None:
        fault = next((each for each in self.faults if each.method in ("", method)), None)
        if fault is not None:
            fault.times -= 1
            if fault.times <= 0:
                self.faults.remove(fault)
        return fault

    async def _api_getme(self, values: dict[str, Any]) -> Any:
        return ME

    async def _api_setmycommands(self, values: dict[str, Any]) -> Any:
        for each in json.loads(values["commands"]):
            if not (
                1 <= len(each["command"]) <= 32 and each["command"].islower() and 1 <= len(each["description"]) <= 256
            ):
                raise bad("BOT_COMMAND_INVALID")
        return True

    async def _api_setwebhook(self, values: dict[str, Any]) -> Any:
        self.webhook = values
        if self._pump is None or self._pump.done():
            self._pump = asyncio.create_task(self._bring())
        return True

    async def _api_deletewebhook(self, values: dict[str, Any]) -> Any:
        self.webhook = {}
        return True

    async def _api_getupdates(self, values: dict[str, Any]) -> Any:
        if self.webhook:
            raise Refused(409, "Conflict: can't use getUpdates method while webhook is active")
        if self._poller is not None and not self._poller.done():
            self._poller.set_result(None)
        ours = self._poller = asyncio.get_running_loop().create_future()
        try:
            await self._confirm(int(values.get("offset", 0)))
            await self._wait(ours, float(values.get("timeout", 0)))
        finally:
            taken, over = ours.done(), ours.cancel()
        if taken and not over:
            raise Refused(409, CONFLICT)
        found = sorted(self._updates.items())[: int(values.get("limit", 100))]
        self.brought.update(number for number, _ in found)
        return [update for _, update in found]

    async def _confirm(self, offset: int) -> None:
        async with self.changed:
            for number in [number for number in self._updates if number < offset]:
                del self._updates[number]
            self.changed.notify_all()

    async def _wait(self, ours: "asyncio.Future[None]", seconds: float) -> None:
        async def news() -> None:
            async with self.changed:
                await self.changed.wait_for(lambda: bool(self._updates) and not self.silent)

        task = asyncio.create_task(news())
        await asyncio.wait({task, ours}, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        task.cancel()

    async def _api_sendmessage(self, values: dict[str, Any]) -> Any:
        return await self._accept(values, "text")

    async def _api_sendphoto(self, values: dict[str, Any]) -> Any:
        return await self._accept(values, "caption", "photo")

    async def _api_senddocument(self, values: dict[str, Any]) -> Any:
        return await self._accept(values, "caption", "document")

    async def _api_sendchataction(self, values: dict[str, Any]) -> Any:
        self._reached(values)
        return True

    async def _api_answercallbackquery(self, values: dict[str, Any]) -> Any:
        query = values.get("callback_query_id", "")
        if time.monotonic() - self._asked.get(query, -1e9) > self.answer_within:
            raise bad(TOO_OLD)
        self.answered[query] = time.monotonic() - self._asked[query]
        return True

    async def _api_editmessagetext(self, values: dict[str, Any]) -> Any:
        message = self._earlier(values)
        if message.file is not None:
            raise bad("there is no text in the message to edit")
        text, entities = read(values, "text")
        return self._edit(message, text, entities, buttons(values))

    async def _api_editmessagecaption(self, values: dict[str, Any]) -> Any:
        text, entities = read(values, "caption")
        return self._edit(self._earlier(values), text, entities, buttons(values))

    async def _api_editmessagereplymarkup(self, values: dict[str, Any]) -> Any:
        message = self._earlier(values)
        return self._edit(message, message.text, message.entities, buttons(values))

    def _edit(self, message: Shown, text: str, entities: list[dict[str, Any]], rows: list[list[dict[str, str]]]) -> Any:
        if (text, entities, rows) == (message.text, message.entities, message.rows):
            raise bad("message is not modified: specified new message content and reply markup are exactly the same")
        message.text, message.entities, message.rows, message.edits = text, entities, rows, message.edits + 1
        return self.seen(message)

    def _earlier(self, values: dict[str, Any]) -> Shown:
        chat = self._reached(values)
        found = [each for each in self.to(chat.id) if str(each.id) == values.get("message_id")]
        if not found:
            raise bad("message to edit not found")
        return found[0]

    def _reached(self, values: dict[str, Any]) -> Chat:
        chat = self.chats.get(int(values["chat_id"])) if values.get("chat_id", "").lstrip("-").isdecimal() else None
        if chat is None:
            raise bad("chat not found")
        if chat.moved_to:
            raise Refused(
                400, "Bad Request: group chat was upgraded to a supergroup chat", migrate_to_chat_id=chat.moved_to
            )
        if chat.blocked:
            raise Refused(403, f"Forbidden: {chat.blocked}")
        return chat

    async def _accept(self, values: dict[str, Any], words: str, file: str = "") -> Any:
        chat = self._reached(values)
        text, entities = read(values, words)
        rows = buttons(values)
        answered = json.loads(values.get("reply_parameters", "{}"))
        if answered and not answered.get("allow_sending_without_reply"):
            raise bad("message to be replied not found")
        self._slow_down(chat)
        content = values.get(values.get(file, "").removeprefix("attach://")) if file else None
        told = [each for row in rows for each in row]
        message = Shown(next(self._messages), chat.id, text, entities, rows, values, content, buttons=told)
        async with self.changed:
            self.shown.append(message)
            self.changed.notify_all()
        return self.seen(message)

    def _slow_down(self, chat: Chat) -> None:
        now = time.monotonic()
        self._sent_at = [each for each in self._sent_at if now - each[0] < 60]
        last = [number for at, number in self._sent_at if now - at < 1]
        here = [at for at, number in self._sent_at if number == chat.id]
        is_full = len(last) >= PER_SECOND or last.count(chat.id) >= PER_SECOND_TO_ONE
        if self.limits and (is_full or (chat.type != "private" and len(here) >= PER_MINUTE_TO_GROUP)):
            raise Refused(429, "Too Many Requests: retry after 1", retry_after=1)
        self._sent_at.append((now, chat.id))

    def seen(self, message: Shown) -> dict[str, Any]:
        """A message of the bot's as Telegram writes it."""
        chat = self.chats[message.chat]
        about: dict[str, Any] = {"message_id": message.id, "date": 1_700_000_000, "from": ME, "chat": about_chat(chat)}
        words = {"caption": message.text, "caption_entities": message.entities}
        if message.file is None:
            words = {"text": message.text, "entities": message.entities}
        else:
            about["document"] = {"file_id": "f", "file_unique_id": "u"}
        return about | words | ({"reply_markup": {"inline_keyboard": message.rows}} if message.rows else {})

    def asked(self, query: str) -> None:
        """From now on the bot has some seconds to answer a press."""
        self._asked[query] = time.monotonic()

    async def _bring(self) -> None:
        """Brings updates to the webhook, one after the other, each again until it is answered with 200."""
        async with aiohttp.ClientSession() as session:
            while self.webhook:
                async with self.changed:
                    await self.changed.wait_for(lambda: bool(self._updates))
                number, update = min(self._updates.items())
                if await self._delivered(session, number, update):
                    await self._confirm(number + 1)
                else:
                    await asyncio.sleep(self.again_after)

    async def _delivered(self, session: aiohttp.ClientSession, number: int, update: dict[str, Any]) -> bool:
        secret = {"X-Telegram-Bot-Api-Secret-Token": self.webhook.get("secret_token", "")}
        self.brought[number] += 1
        try:
            async with session.post(self.webhook["url"], json=update, headers=secret) as response:
                return response.status == 200
        except aiohttp.ClientError:
            return False


async def _values(request: web.Request) -> dict[str, Any]:
    form = await request.post()
    return {
        name: (value.filename, value.file.read()) if isinstance(value, web.FileField) else value
        for name, value in form.items()
    }


def _answer(status: int, content: dict[str, Any]) -> web.Response:
    return web.json_response(content, status=status)


def _faulty(fault: Fault, request: web.Request) -> web.Response:
    if fault.kind == "429":
        said = {"ok": False, "error_code": 429, "description": f"Too Many Requests: retry after {fault.seconds:.0f}"}
        return _answer(429, said | {"parameters": {"retry_after": int(fault.seconds)}})
    if fault.kind == "500":
        return _answer(500, {"ok": False, "error_code": 500, "description": "Internal Server Error"})
    assert request.transport is not None
    request.transport.abort()
    return web.Response()


def about_chat(chat: Chat) -> dict[str, Any]:
    return {"id": chat.id, "type": chat.type} | ({"title": chat.title} if chat.title else {})


__all__ = ["ME", "TOKEN", "Chat", "Fault", "Shown", "Telegram", "about_chat", "deque"]
