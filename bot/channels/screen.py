"""The conversation of somebody who sits at the keyboard."""

import asyncio
import logging
import os
from pathlib import Path

from prompt_toolkit import PromptSession
from prompt_toolkit.history import FileHistory, History, InMemoryHistory
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.patch_stdout import patch_stdout

from bot.app import App
from bot.channels.terminal import inbound, rendered
from bot.pickup import Pickup
from bot.settings import Settings
from flows.program.cards import without_card

log = logging.getLogger("lssc.terminal")

NEWS_EVERY = 3.0
WIDEST = 100
ANOTHER = "Another terminal of yours is open. Answers appear where you asked; a form goes on wherever you type."


class Screen:
    """What was shown last, and the only place that prints, so that two answers never mix."""

    def __init__(self, app: App, pickup: Pickup) -> None:
        self._app, self._pickup = app, pickup
        self._last = 0
        self._printing = asyncio.Lock()

    async def begin(self) -> None:
        """Shows what an earlier session left."""
        self._last = await self._pickup.begin()
        await self._show()

    async def say(self, text: str) -> None:
        """Takes what was typed and shows the answer."""
        async with self._printing:
            await self._pickup.before()
            await self._app.hear(inbound(self._pickup.address, text, self._last))
            await self._pickup.join()
        await self._show()

    async def news(self) -> None:
        """Shows what comes from elsewhere, such as a reply of the office."""
        while True:
            await asyncio.sleep(NEWS_EVERY)
            try:
                await self._show()
            except Exception:
                log.exception("the outbox could not be read; trying again")

    async def _show(self) -> None:
        async with self._printing:
            letters = await self._pickup.waiting()
            for letter in letters:
                print(f"\n{rendered(await self._pickup.opened(letter, self._app.delivery.fetch), _width())}\n")
            if letters:
                self._last = await self._pickup.shown(letters, self._last)


async def conversation(app: App, pickup: Pickup, settings: Settings) -> None:
    """Until Ctrl-D."""
    screen = Screen(app, pickup)
    session: PromptSession[str] = PromptSession(
        history=_history(settings.cache_dir), key_bindings=_keys(), multiline=True
    )
    with patch_stdout():
        print("LSSC Assistant. Write a question, or menu. Alt-Enter begins a new line, Ctrl-D leaves.")
        if pickup.seat.number > 1:
            print(ANOTHER)
        if settings.smtp_url is None:
            print(f"Outgoing mail is written into the folder {settings.mail_dir.absolute()}.")
        await screen.begin()
        news = asyncio.create_task(screen.news())
        try:
            await _talk(screen, session)
        finally:
            news.cancel()


async def _talk(screen: Screen, session: PromptSession[str]) -> None:
    while True:
        try:
            text = await session.prompt_async("> ", prompt_continuation="  ")
        except KeyboardInterrupt:
            continue
        except EOFError:
            return
        if text.strip():
            await screen.say(text.strip())


def _keys() -> KeyBindings:
    """Enter sends; a pasted text of several lines, or Alt-Enter, stays one message."""
    keys = KeyBindings()

    @keys.add("enter")
    def _send(event: KeyPressEvent) -> None:
        event.current_buffer.validate_and_handle()

    @keys.add("escape", "enter")
    def _new_line(event: KeyPressEvent) -> None:
        event.current_buffer.insert_text("\n")

    return keys


class _CarefulHistory(FileHistory):
    """Does not keep card numbers."""

    def store_string(self, string: str) -> None:
        super().store_string(without_card(string))


def _history(folder: Path) -> History:
    """What was typed before, readable by this user only; forgotten at the end where nothing can be written."""
    path = folder / "chat-history"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        os.close(os.open(path, os.O_CREAT | os.O_APPEND | os.O_WRONLY, 0o600))
    except OSError:
        return InMemoryHistory()
    return _CarefulHistory(str(path))


def _width() -> int:
    try:
        return min(os.get_terminal_size().columns or 80, WIDEST)  # some terminals do not know
    except OSError:
        return 80
