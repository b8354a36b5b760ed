"""Takes one update of Telegram's to the house, and sees to the tap, the typing and the pressed button."""

import asyncio
import logging
from collections import Counter, OrderedDict
from collections.abc import Coroutine, Mapping
from dataclasses import replace
from typing import Any

from aiogram import Bot
from aiogram.exceptions import AiogramError
from aiogram.methods import AnswerCallbackQuery, SendChatAction
from aiogram.types import CallbackQuery, Message, Update

from bot.app import App
from bot.channels.telegram import buttons, marking, reading
from bot.channels.telegram.reading import CHANNEL, Reach
from flows.dialog.speech import Inbound, Pressed
from handlers.letters import decode
from storage import outbox, people
from storage.database import Work

log = logging.getLogger("lssc.telegram")

PATIENCE = 0.7  # seconds after which somebody wants to see that we are at it
TYPING = 4.5  # seconds; Telegram shows it for five
LOOKED_BACK = 200  # messages to the same chat among which a pressed button is looked for
ALBUMS = 500
AT_ONCE = 5  # seconds for what must be quick or need not be done at all


class Ear:
    """`take` returns once an update may be confirmed; `counts` tells how many came by kind."""

    def __init__(self, app: App, bot: Bot, patience: float = PATIENCE) -> None:
        self._app, self._bot, self._patience = app, bot, patience
        self._aside: set[asyncio.Task[None]] = set()
        self._albums: OrderedDict[str, int] = OrderedDict()
        self.counts: Counter[str] = Counter()

    def is_named(self, username: str) -> None:
        """Other channels can link to us from now on."""
        self._app.bots[CHANNEL] = username

    def notice(self, raw: object) -> None:
        """Lets a person who pressed a button know at once that it was felt: their client waits for it, not for long."""
        press = raw.get("callback_query") if isinstance(raw, dict) else None
        query = press.get("id") if isinstance(press, dict) else None
        if isinstance(query, str):
            self._begin(self._quietly(AnswerCallbackQuery(callback_query_id=query)))

    async def take(self, raw: object) -> None:
        """Raises when the turn could not be committed: then the update must come again."""
        update = reading.update(raw)
        self.counts["unreadable" if update is None else _kind(update)] += 1
        if update is None or self._is_of_a_seen_album(update.message):
            return
        query = update.callback_query
        message = reading.heard(update, await self._bot.me())
        if isinstance(message, Reach):
            await self._app.writer.work(lambda work: _reach(work, message))
        elif message is not None:
            await self._hear(message, query)

    async def settled(self, within: float = AT_ONCE) -> None:
        """Returns when the taps are answered and the buttons marked, or that took too long."""
        if self._aside:
            _, hanging = await asyncio.wait(self._aside, timeout=within)
            for task in hanging:
                task.cancel()

    async def _hear(self, message: Inbound, query: CallbackQuery | None) -> None:
        if query is not None and buttons.is_short(reading.data_of(query)):
            message = replace(message, pressed=await self._found(message, reading.data_of(query)))
        typing = asyncio.create_task(self._typing(message.place or message.address))
        try:
            await self._app.hear(message)
        finally:
            typing.cancel()
        if query is not None and message.pressed is not None and not message.place:
            self._begin(self._mark(query, message.pressed))

    async def _found(self, message: Inbound, data: str) -> Pressed:
        chat = message.place or message.address
        bodies = await self._app.writer.work(lambda work: _told(work, chat))
        return buttons.found(data, map(decode, bodies)) or buttons.FOREIGN

    async def _typing(self, chat: str) -> None:
        await asyncio.sleep(self._patience)
        while True:
            await self._quietly(SendChatAction(chat_id=chat, action="typing"))
            await asyncio.sleep(TYPING)

    async def _mark(self, query: CallbackQuery, pressed: Pressed) -> None:
        change = marking.marked(query, pressed)
        if change is not None:
            chat, number = str(change.chat_id), change.message_id or 0
            if not await self._app.writer.work(lambda work: _is_about_a_matter(work, chat, number)):
                await self._quietly(change)

    async def _quietly(self, request: Any) -> None:
        """A courtesy: what came of it does not matter, and it is not worth trying again."""
        try:
            await self._bot(request, request_timeout=AT_ONCE)
        except AiogramError as error:
            log.debug("%s was not taken: %s", type(request).__name__, type(error).__name__)

    def _begin(self, job: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(job)
        self._aside.add(task)
        task.add_done_callback(self._aside.discard)

    def _is_of_a_seen_album(self, message: Message | None) -> bool:
        """Telegram sends each picture of an album on its own; only the first, and one with words, needs a reply."""
        if message is None or message.media_group_id is None or message.caption:
            return False
        first = self._albums.setdefault(message.media_group_id, message.message_id)
        if len(self._albums) > ALBUMS:
            self._albums.popitem(last=False)
        return first != message.message_id


def lane(raw: Mapping[str, Any]) -> str:
    """Updates of one lane are taken one after the other: those of one person, wherever they come from."""
    senders = (value.get("from") for value in raw.values() if isinstance(value, dict))
    return next((str(each.get("id")) for each in senders if isinstance(each, dict)), "")


def _kind(update: Update) -> str:
    known = (kind for kind in reading.KINDS if getattr(update, kind) is not None)
    return next(known, "other")


def _reach(work: Work, reach: Reach) -> None:
    known = people.at(work, CHANNEL, reach.address)
    if known is not None and known.state in ("proved", "unreachable"):
        (people.mark_reachable if reach.reachable else people.mark_unreachable)(work, known.id)


def _is_about_a_matter(work: Work, chat: str, message_id: int) -> bool:
    """Whether a message of ours is renewed by the house, as those of the desk are when an item is settled."""
    known = people.at(work, CHANNEL, chat)
    return known is not None and outbox.matter_of(work, known.id, str(message_id)) != ""


def _told(work: Work, chat: str) -> list[str]:
    return outbox.last_bodies(work, CHANNEL, chat, LOOKED_BACK)
