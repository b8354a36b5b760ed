"""What the stand-in for Slack reports by itself: over Socket Mode, or signed over the web, again until confirmed."""

import asyncio
import hashlib
import hmac
import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from typing import TYPE_CHECKING, Any, TypeAlias
from urllib.parse import urlencode

import aiohttp
from aiohttp import web

if TYPE_CHECKING:
    from tests.vendors.slack import Message, Slack

Json: TypeAlias = dict[str, Any]


@dataclass
class Report:
    """One thing that happened; `status` is the last answer, `confirmed` once it was taken."""

    kind: str  # events_api, interactive, slash_commands
    payload: Json
    attempts: int = 0
    status: int = 0
    answer: Any = None
    confirmed: bool = False
    over: asyncio.Event = field(default_factory=asyncio.Event)

    def settle(self, *, confirmed: bool, answer: Any = None) -> None:
        self.confirmed, self.answer = self.confirmed or confirmed, answer
        self.over.set()


class Sender:
    """Sends reports in the order in which they happen; only events are sent again, as with Slack itself."""

    def __init__(self, slack: "Slack") -> None:
        self.slack = slack
        self.reports: list[Report] = []
        self.links: list[web.WebSocketResponse] = []
        self.opened = asyncio.Event()
        self._tickets: set[str] = set()
        self._numbers = count(1)
        self._waiting: dict[str, tuple[web.WebSocketResponse, Report]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._said: set[tuple[str, str]] = set()
        self._session: aiohttp.ClientSession | None = None

    def said_there(self, channel: str, ts: str) -> bool:
        return (channel, ts) in self._said

    # -- what people do

    def say(self, user: str, text: str, channel: str = "", thread: str = "", **fields: Any) -> Report:
        """A message; with `channel` in that one, where it is also a mention when the bot is called."""
        where, ts = channel or self.slack.direct(user), fields.pop("ts", self.slack.ts())
        self._said.add((where, ts))
        event = {"type": "message", "user": user, "text": text, "ts": ts, "channel": where, "event_ts": ts}
        event["channel_type"] = "im" if where.startswith("D") else "channel"
        if thread:
            begun = self.slack.find(where, thread)
            event |= {"thread_ts": thread, "parent_user_id": self.bot if begun else "USOMEBODY"}
        if f"<@{self.bot}>" in text and not where.startswith("D"):
            self.event({**{key: event[key] for key in event if key != "channel_type"}, "type": "app_mention"})
        return self.event({**event, **fields})

    def edit(self, user: str, text: str, before: str, ts: str) -> Report:
        changed = {
            "type": "message",
            "user": user,
            "text": text,
            "ts": ts,
            "edited": {"user": user, "ts": self.slack.ts()},
        }
        return self.event(
            {
                "type": "message", "subtype": "message_changed", "channel": self.slack.direct(user), "channel_type": "im",
                "message": changed, "previous_message": {**changed, "text": before}, "ts": self.slack.ts(),
            }
        )  # fmt: skip

    def press(self, user: str, message: "Message", button: Json) -> Report:
        container = {"type": "message", "message_ts": message.ts, "channel_id": message.channel, "is_ephemeral": False}
        if message.thread:
            container["thread_ts"] = message.thread
        shown = {"ts": message.ts, "text": message.body.get("text", ""), "blocks": message.body.get("blocks", [])}
        rest = {"container": container, "channel": {"id": message.channel}, "message": shown}
        return self._interaction(user, button, rest | {"response_url": self._response_url(user)})

    def press_in_home(self, user: str, label: str) -> Report:
        view = self.slack.homes[user]
        buttons = (each for block in view["blocks"] for each in block.get("elements", []) if "action_id" in each)
        button = next(each for each in buttons if label in (each["text"]["text"], each["accessibility_label"]))
        return self._interaction(user, button, {"container": {"type": "view", "view_id": "V1"}, "view": view})

    def command(self, user: str, text: str, channel: str = "") -> Report:
        fields = {"command": "/lssc", "text": text, "user_id": user, "user_name": user.lower(), "team_id": self.team}
        fields |= {"channel_id": channel or self.slack.direct(user), "api_app_id": self.app}
        fields |= {"trigger_id": self._trigger(), "response_url": self._response_url(user)}
        return self.report("slash_commands", fields)

    def event(self, event: Json, **envelope: Any) -> Report:
        number = f"Ev{next(self._numbers):06d}"
        outer = {"type": "event_callback", "team_id": self.team, "api_app_id": self.app, "event_id": number}
        return self.report("events_api", {**outer, "event": event, "event_time": int(time.time()), **envelope})

    def report(self, kind: str, payload: Json) -> Report:
        report = Report(kind, payload)
        self.reports.append(report)
        send = self._over_the_web if self.slack.events_url else self._over_a_link
        task = asyncio.create_task(send(report))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return report

    # -- over the web

    async def _over_the_web(self, report: Report) -> None:
        while report.attempts <= (self.slack.retries if report.kind == "events_api" else 0):
            retry = {"x-slack-retry-num": f"{report.attempts}", "x-slack-retry-reason": "http_error"}
            report.attempts += 1
            headers = await self._post(report, retry if report.attempts > 1 else {})
            if report.confirmed or headers.get("x-slack-no-retry") == "1":
                break
            await asyncio.sleep(self.slack.patience / 10)
        report.over.set()

    async def _post(self, report: Report, headers: Json) -> Json:
        self._session = self._session or aiohttp.ClientSession()
        body, kind = encoded(report)
        signed = {**signature(self.secret, body), "Content-Type": kind, **headers}
        timeout = aiohttp.ClientTimeout(total=self.slack.patience)
        try:
            async with self._session.post(
                self.slack.events_url, data=body, headers=signed, timeout=timeout
            ) as response:
                report.status = response.status
                answer = await response.text()
                if response.status == 200:
                    self._taken(report, json.loads(answer) if answer.startswith("{") else answer)
                return dict(response.headers)
        except (aiohttp.ClientError, TimeoutError):
            return {}

    # -- over Socket Mode

    def ticket(self) -> str:
        ticket = f"{next(self._numbers)}"
        self._tickets.add(ticket)
        return f"ws://127.0.0.1:{self.slack.port}/link?ticket={ticket}"

    async def linked(self, request: web.Request) -> web.StreamResponse:
        ticket = request.query.get("ticket", "")
        if ticket not in self._tickets:
            return web.Response(status=403)
        self._tickets.discard(ticket)
        link = web.WebSocketResponse()
        await link.prepare(request)
        await link.send_json({"type": "hello", "num_connections": 1, "connection_info": {"app_id": self.app}})
        self.links.append(link)
        self.opened.set()
        try:
            async for message in link:
                self._acknowledged(link, message.data)
        finally:
            self._unlink(link)
        return link

    def _acknowledged(self, link: web.WebSocketResponse, data: str) -> None:
        """Only what was sent over this very connection."""
        answer = json.loads(data)
        sent_over, report = self._waiting.get(answer.get("envelope_id", ""), (None, None))
        if report is not None and sent_over is link:
            self._taken(report, answer.get("payload"))

    async def _over_a_link(self, report: Report) -> None:
        again = report.kind == "events_api"
        while not report.confirmed and report.attempts <= (self.slack.retries if again else 0):
            await self.opened.wait()
            link, envelope = self.links[-1], f"envelope-{next(self._numbers)}"
            body = {"envelope_id": envelope, "type": report.kind, "payload": report.payload}
            body |= {"accepts_response_payload": not again}
            if again:
                body |= {"retry_attempt": report.attempts, "retry_reason": "timeout" if report.attempts else ""}
            report.attempts += 1
            self.slack.changed.set()
            self._waiting[envelope] = link, report
            try:
                await link.send_json(body)
            except (ConnectionError, RuntimeError):
                self._unlink(link)
            await _within(report.over, self.slack.patience)
        report.over.set()

    def _unlink(self, link: web.WebSocketResponse) -> None:
        self.links = [each for each in self.links if each is not link]
        if not self.links:
            self.opened.clear()

    def _taken(self, report: Report, answer: Any) -> None:
        words = answer.get("text") if isinstance(answer, dict) else answer
        if report.kind == "slash_commands" and words:
            self.slack.ephemeral.append((report.payload["user_id"], str(words)))
        report.settle(confirmed=True, answer=answer)

    async def refresh(self) -> None:
        """Asks every connection to be made anew, as Slack does once in a while."""
        for link in list(self.links):
            await link.send_json({"type": "disconnect", "reason": "refresh_requested"})

    def cut(self) -> None:
        """Every connection breaks without a word."""
        for link in list(self.links):
            transport = link._req.transport if link._req else None
            if transport is not None:
                transport.abort()
            self._unlink(link)

    async def close(self) -> None:
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for link in list(self.links):
            await link.close()
        if self._session is not None:
            await self._session.close()

    # -- who we are

    team, app, bot, secret = "T0LIBRARY", "A0LSSC", "U0LSSC", "a signing secret"

    def _interaction(self, user: str, button: Json, rest: Json) -> Report:
        action = {key: button[key] for key in ("type", "action_id", "text", "value")}
        payload = {
            "type": "block_actions", "user": {"id": user, "name": user.lower(), "team_id": self.team},
            "team": {"id": self.team}, "api_app_id": self.app, "trigger_id": self._trigger(),
            "actions": [{**action, "action_ts": self.slack.ts()}],
        }  # fmt: skip
        return self.report("interactive", payload | rest)

    def _trigger(self) -> str:
        return f"{next(self._numbers)}.trigger"

    def _response_url(self, user: str) -> str:
        return f"http://127.0.0.1:{self.slack.port}/respond/{user}"


def encoded(report: Report) -> tuple[bytes, str]:
    """The body as Slack writes it, and its kind."""
    if report.kind == "events_api":
        return json.dumps(report.payload).encode(), "application/json"
    fields = report.payload if report.kind == "slash_commands" else {"payload": json.dumps(report.payload)}
    return urlencode(fields).encode(), "application/x-www-form-urlencoded"


def signature(secret: str, body: bytes, when: Callable[[], float] = time.time) -> dict[str, str]:
    """The headers that prove who calls, and when."""
    stamp = str(int(when()))
    digest = hmac.new(secret.encode(), f"v0:{stamp}:".encode() + body, hashlib.sha256).hexdigest()
    return {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": f"v0={digest}"}


async def _within(event: asyncio.Event, seconds: float) -> None:
    try:
        await asyncio.wait_for(event.wait(), seconds)
    except TimeoutError:
        return
