"""A stand-in for Slack on loopback: its Web API over HTTP, Socket Mode over a WebSocket, and the calls it makes itself.

It refuses what Slack refuses (`slack_rules.py`), keeps what it took, and delivers events again until they are confirmed
(`slack_sender.py`).
"""

import asyncio
import json
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field, replace
from itertools import count
from types import MappingProxyType
from typing import Any, TypeAlias

from aiohttp import web

from tests.vendors import slack_rules
from tests.vendors.slack_sender import Sender

Json: TypeAlias = dict[str, Any]

TEAM, APP, BOT_USER, BOT = "T0LIBRARY", "A0LSSC", "U0LSSC", "B0LSSC"
BOT_TOKEN, APP_TOKEN, SECRET = "xoxb-library", "xapp-library", "a signing secret"
STEP = 1_700_000_000


@dataclass
class Message:
    """A message as it stands now; `generation` tells in whose time it was accepted."""

    channel: str
    ts: str
    body: Json
    generation: int = 0
    thread: str = ""

    def __post_init__(self) -> None:
        self.first = self.body

    def at_first(self) -> "Message":
        """As a device shows it that has not heard of changes yet."""
        return replace(self, body=self.first)

    @property
    def name(self) -> str:
        return f"{self.channel}:{self.ts}"

    @property
    def reference(self) -> str:
        return str(self.body.get("metadata", {}).get("event_payload", {}).get("reference", ""))


@dataclass
class Channel:
    members: list[str]
    is_private: bool = False
    is_archived: bool = False


@dataclass(frozen=True)
class Trouble:
    """What happens to a call instead: an HTTP status, an error of Slack's, or the connection cut before or after it."""

    status: int = 200
    error: str = ""
    cut: str = ""
    retry_after: int = 0


class Refusal(Exception):
    """The call is answered with this error."""


Call: TypeAlias = Callable[["Slack", Json], Json]


@dataclass
class Slack:
    """One workspace with one app in it; `trouble` may make a call go wrong."""

    patience: float = 3.0
    retries: int = 3
    events_url: str = ""
    users: dict[str, Json] = field(default_factory=dict)
    channels: dict[str, Channel] = field(default_factory=dict)
    messages: list[Message] = field(default_factory=list)
    ephemeral: list[tuple[str, str]] = field(default_factory=list)
    homes: dict[str, Json] = field(default_factory=dict)
    files: dict[str, Json] = field(default_factory=dict)
    injected: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    calls: Counter[str] = field(default_factory=Counter)
    hasty: int = 0
    generation: int = 0
    trouble: Callable[[str, Json], Trouble | None] = lambda _method, _body: None

    def __post_init__(self) -> None:
        self._numbers = count(1)
        self._closed_until = 0.0
        self._uploads: dict[str, Json] = {}
        self.sender = Sender(self)
        self.changed = asyncio.Event()

    async def until(self, condition: Callable[[], bool], seconds: float = 40.0) -> None:
        """Until it holds; looked at whenever something was said or sent here, and ten times a second."""
        async with asyncio.timeout(seconds):
            while not condition():
                self.changed.clear()
                with suppress(TimeoutError):
                    await asyncio.wait_for(self.changed.wait(), 0.1)

    # -- the workspace

    def user(self, name: str, **fields: Any) -> str:
        user = f"U{name.upper()}"
        self.users[user] = {"id": user, "is_bot": False, **fields}
        return user

    def channel(self, name: str, *members: str, private: bool = False) -> str:
        channel = f"C{name.upper()}"
        self.channels[channel] = Channel([BOT_USER, *members], private)
        return channel

    def direct(self, user: str) -> str:
        channel = f"D{user[1:]}"
        self.channels.setdefault(channel, Channel([BOT_USER, user], is_private=True))
        return channel

    def ts(self) -> str:
        return f"{STEP}.{next(self._numbers):06d}"

    def in_channel(self, channel: str) -> list[Message]:
        return [each for each in self.messages if each.channel == channel]

    def seen_by(self, user: str) -> list[Message]:
        return self.in_channel(self.direct(user))

    def find(self, channel: str, ts: str) -> Message | None:
        return next((each for each in self.messages if (each.channel, each.ts) == (channel, ts)), None)

    def buttons_of(self, message: Message) -> list[Json]:
        return slack_rules.buttons(message.body)

    def button(self, label: str, within: list[Message]) -> tuple[Message, Json]:
        """The newest one that says so, or stands for that."""
        for message in reversed(within):
            for button in slack_rules.buttons(message.body):
                if label in (button["text"]["text"], button.get("accessibility_label")):
                    return message, button
        raise LookupError(label)

    # -- the server

    @asynccontextmanager
    async def open(self) -> AsyncIterator["Slack"]:
        app = web.Application(client_max_size=2**24)
        app.router.add_route("*", "/api/{method}", self._called)
        app.router.add_post("/upload/{id}", self._uploaded)
        app.router.add_post("/respond/{user}", self._responded)
        app.router.add_get("/link", self.sender.linked)
        runner = web.AppRunner(app, shutdown_timeout=0.2)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        self.port: int = runner.addresses[0][1]
        try:
            yield self
        finally:
            await self.sender.close()
            await runner.cleanup()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/api/"

    async def _called(self, request: web.Request) -> web.StreamResponse:
        method, body = request.match_info["method"], await _arguments(request)
        self.calls[method] += 1
        trouble = self.trouble(method, body) or Trouble()
        if method == "chat.postMessage" and asyncio.get_running_loop().time() < self._closed_until:
            self.hasty += 1
        if trouble.cut == "before" or trouble.status != 200 or trouble.error:
            return self._spoiled(request, trouble)
        answer = self._answer(method, request, body)
        if trouble.cut == "after":
            return _cut(request)
        return web.json_response(answer)

    def _spoiled(self, request: web.Request, trouble: Trouble) -> web.StreamResponse:
        if trouble.cut:
            return _cut(request)
        if trouble.status == 429:
            self._closed_until = asyncio.get_running_loop().time() + trouble.retry_after
            headers = {"Retry-After": str(trouble.retry_after)}
            return web.json_response({"ok": False, "error": "ratelimited"}, status=429, headers=headers)
        if trouble.error:
            return web.json_response({"ok": False, "error": trouble.error})
        return web.Response(status=trouble.status, text="<html>Sorry</html>", content_type="text/html")

    def _answer(self, method: str, request: web.Request, body: Json) -> Json:
        wanted = APP_TOKEN if method == "apps.connections.open" else BOT_TOKEN
        given = request.headers.get("Authorization", "")
        if given != f"Bearer {wanted}":
            return {"ok": False, "error": "invalid_auth" if given else "not_authed"}
        if method in FORMS_ONLY and request.content_type == "application/json":
            return {"ok": False, "error": "invalid_arguments"}
        if method not in METHODS:
            return {"ok": False, "error": "unknown_method"}
        try:
            return {"ok": True, **METHODS[method](self, body)}
        except Refusal as refusal:
            self.refused.append(f"{method}: {refusal}")
            return {"ok": False, "error": str(refusal)}

    async def _uploaded(self, request: web.Request) -> web.Response:
        upload = self._uploads.get(request.match_info["id"])
        content = await request.read()
        if upload is None or int(upload["length"]) != len(content):
            return web.Response(status=400)
        upload["content"] = content
        return web.Response(text="OK - 1")

    async def _responded(self, request: web.Request) -> web.Response:
        body = await request.json()
        self.ephemeral.append((request.match_info["user"], body["text"]))
        return web.json_response({"ok": True})

    # -- the methods

    def writable(self, body: Json) -> str:
        channel = str(body.get("channel", ""))
        if channel in self.users:
            return self.direct(channel)
        known = self.channels.get(channel)
        if known is None:
            raise Refusal("channel_not_found")
        if known.is_archived:
            raise Refusal("is_archived")
        if BOT_USER not in known.members:
            raise Refusal("not_in_channel")
        return channel

    def checked(self, body: Json) -> None:
        self.injected += slack_rules.injected(body)
        if (error := slack_rules.refusal(body)) is not None:
            raise Refusal(error)

    def post(self, body: Json) -> Json:
        channel = self.writable(body)
        self.checked(body)
        thread = str(body.get("thread_ts", ""))
        if thread and self.find(channel, thread) is None and not self.sender.said_there(channel, thread):
            raise Refusal("thread_not_found")
        message = Message(channel, self.ts(), body, self.generation, thread)
        self.messages.append(message)
        self.changed.set()
        return {"channel": channel, "ts": message.ts, "message": {"text": body.get("text", "")}}

    def update(self, body: Json) -> Json:
        found = self.find(str(body.get("channel")), str(body.get("ts")))
        if found is None:
            raise Refusal("message_not_found")
        self.checked(body)
        found.body = {**found.body, **body}
        return {"channel": found.channel, "ts": found.ts}

    def whisper(self, body: Json) -> Json:
        self.writable(body)
        self.checked(body)
        self.ephemeral.append((str(body["user"]), str(body["text"])))
        return {"message_ts": self.ts()}

    def open_direct(self, body: Json) -> Json:
        user = self.users.get(str(body.get("users")))
        if user is None:
            raise Refusal("users_not_found")
        if user.get("deleted"):
            raise Refusal("user_disabled")
        return {"channel": {"id": self.direct(user["id"])}}

    def described(self, body: Json) -> Json:
        channel = self.channels.get(str(body.get("channel")))
        if channel is None:
            raise Refusal("channel_not_found")
        return {"channel": {"id": body["channel"], "is_private": channel.is_private, "is_channel": True}}

    def members(self, body: Json) -> Json:
        """Two at a time, so that whoever asks must ask again."""
        channel = self.channels.get(str(body.get("channel")))
        if channel is None:
            raise Refusal("channel_not_found")
        start = int(body.get("cursor") or 0)
        end = start + 2
        more = str(end) if end < len(channel.members) else ""
        return {"members": channel.members[start:end], "response_metadata": {"next_cursor": more}}

    def history(self, body: Json) -> Json:
        told = [each for each in self.in_channel(str(body["channel"])) if each.thread in ("", body.get("ts", ""))]
        told = told[-int(body.get("limit", 100)) :]
        metadata = body.get("include_all_metadata") == "true"
        return {"messages": [_past(each, metadata) for each in reversed(told)]}

    def about_user(self, body: Json) -> Json:
        user = {BOT_USER: {"id": BOT_USER, "is_bot": True}, **self.users}.get(str(body.get("user")))
        if user is None:
            raise Refusal("user_not_found")
        return {"user": user}

    def publish(self, body: Json) -> Json:
        view = body["view"]
        self.injected += slack_rules.injected(view)
        if body["user_id"] not in self.users or slack_rules.refusal(view, slack_rules.MOST_IN_HOME):
            raise Refusal("invalid_arguments")
        self.homes[body["user_id"]] = view
        return {"view": view}

    def upload_place(self, body: Json) -> Json:
        number = f"F{next(self._numbers)}"
        self._uploads[number] = dict(body)
        return {"upload_url": f"http://127.0.0.1:{self.port}/upload/{number}", "file_id": number}

    def upload_done(self, body: Json) -> Json:
        channel = self.writable({"channel": body.get("channel_id")})
        for file in json.loads(body["files"]):
            if "content" not in self._uploads.get(file["id"], {}):
                raise Refusal("file_not_found")
            shared = {**self._uploads[file["id"]], "channel": channel}
            self.files[file["id"]] = shared
            self.messages.append(Message(channel, self.ts(), {"text": "", "file": shared}, self.generation))
        return {"files": json.loads(body["files"])}

    def storm(self, times: int, pause: int = 1) -> None:
        """The next posts are answered that there were too many."""
        left: Iterator[int] = iter(range(times))

        def too_many(method: str, _body: Json) -> Trouble | None:
            stormy = method == "chat.postMessage" and next(left, None) is not None
            return Trouble(status=429, retry_after=pause) if stormy else None

        self.trouble = too_many


def once(trouble: Trouble, method: str = "chat.postMessage") -> Callable[[str, Json], Trouble | None]:
    """For the next call of that method."""
    left = iter([trouble])
    return lambda called, _body: next(left, None) if called == method else None


METHODS: MappingProxyType[str, Call] = MappingProxyType(
    {
        "auth.test": lambda _slack, _body: {"team_id": TEAM, "user_id": BOT_USER, "bot_id": BOT},
        "bots.info": lambda _slack, _body: {"bot": {"id": BOT, "app_id": APP}},
        "chat.postMessage": Slack.post,
        "chat.update": Slack.update,
        "chat.postEphemeral": Slack.whisper,
        "conversations.open": Slack.open_direct,
        "conversations.info": Slack.described,
        "conversations.members": Slack.members,
        "conversations.history": Slack.history,
        "conversations.replies": Slack.history,
        "users.info": Slack.about_user,
        "views.publish": Slack.publish,
        "files.getUploadURLExternal": Slack.upload_place,
        "files.completeUploadExternal": Slack.upload_done,
        "apps.connections.open": lambda slack, _body: {"url": slack.sender.ticket()},
    }
)
FORMS_ONLY = frozenset(METHODS) - {"chat.postMessage", "chat.update", "chat.postEphemeral", "views.publish"}


async def _arguments(request: web.Request) -> Json:
    if request.content_type == "application/json":
        return dict(await request.json())
    return {**request.query, **await request.post()}


def _cut(request: web.Request) -> web.StreamResponse:
    assert request.transport is not None
    request.transport.abort()
    return web.Response()


def _past(message: Message, metadata: bool) -> Json:
    told = {"ts": message.ts, "text": message.body.get("text", ""), "user": BOT_USER}
    return {**told, "metadata": message.body["metadata"]} if metadata and "metadata" in message.body else told
