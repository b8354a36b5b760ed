"""What is shown in Slack once a turn is on record: a settled button, a new App Home. Nobody waits for it."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

from bot.channels.slack import blocks, reading
from bot.channels.slack.buttons import ROWS, Block
from bot.channels.slack.channel import SlackChannel
from bot.channels.slack.words import escaped
from bot.channels.slack.workspace import Payload, said
from bot.lanes import Lanes
from flows.dialog.speech import Inbound, Outbound

log = logging.getLogger("lssc.slack")


class Afterwards:
    """Best effort: what fails here is logged, and the conversation goes on."""

    def __init__(self, channel: SlackChannel, home: Callable[[str], Awaitable[Outbound]]) -> None:
        self._channel, self._home = channel, home
        self._tasks: set[asyncio.Task[None]] = set()
        self._lanes = Lanes()

    def settle(self, payload: Payload, message: Inbound) -> None:
        """In a private talk the pressed message shows what was chosen; what many see is changed by the desk alone."""
        if said(payload, "container", "type") == "view":
            self.show_home(message.address)
        elif _is_ours_to_settle(payload, message):
            name = f"{said(payload, 'channel', 'id')}:{said(payload, 'container', 'message_ts')}"
            shown = blocks.settled(reading.shown(payload), message.text)
            self.begin(self._in_order(name, self._channel.change(name, _changed(payload, message.text, shown))))

    def show_home(self, user: str) -> None:
        if reading.PERSON.fullmatch(user):
            self.begin(self._in_order(user, self._publish(user)))

    def begin(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(self._tried(work))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def finished(self) -> None:
        """Returns when nothing is under way."""
        while self._tasks:
            await asyncio.gather(*self._tasks)

    async def _in_order(self, key: str, work: Coroutine[Any, Any, None]) -> None:
        async with self._lanes.one(key):
            await work

    async def _publish(self, user: str) -> None:
        view = {"type": "home", "blocks": blocks.blocks(await self._home(user))}
        await self._channel.api.call("views.publish", {"user_id": user, "view": view})

    async def _tried(self, work: Coroutine[Any, Any, None]) -> None:
        try:
            await work
        except Exception as error:
            log.warning("something in Slack could not be shown: %s", type(error).__name__)


def _is_ours_to_settle(payload: Payload, message: Inbound) -> bool:
    """Not what is about a matter ("item:17"): whoever settles that changes its message."""
    about = message.pressed is not None and not message.pressed.conversation and message.pressed.question
    has_buttons = any(said(block, "block_id").startswith(ROWS) for block in reading.shown(payload))
    return not message.place and said(payload, "channel", "id").startswith("D") and not about and has_buttons


def _changed(payload: Payload, label: str, shown: list[Block]) -> dict[str, Any]:
    text = said(payload, "message", "text")
    return {"text": f"{text}\n✓ {escaped(label)}", "blocks": shown}
