"""`lssc chat`: a conversation in the terminal, typed or from a script."""

import asyncio
import logging
import os
import sys
from argparse import Namespace
from contextlib import suppress

from bot import seats, settings
from bot.answers import OfficeAnswers
from bot.app import App, build
from bot.channels.terminal import block, inbound, typed_lines
from bot.commands.progress import Bar
from bot.pickup import Pickup
from bot.trouble import CommandError
from bot.values import Unfit, mail_address


def run(args: Namespace) -> int:
    """Until the end of input."""
    logging.basicConfig(format="lssc: %(message)s", level=logging.WARNING)
    asyncio.run(_chat(settings.read(), _email(args.speak_as)))
    return 0


def _email(given: str | None) -> str:
    try:
        return mail_address(given.strip()).lower() if given else ""
    except Unfit as error:
        raise CommandError(f"--as must be {error}, not {given!r}.") from None


async def _chat(chosen: settings.Settings, email: str) -> None:
    app = build(chosen, on_progress=Bar())
    who = email or settings.user_name()
    pickup = Pickup(app.writer, who, email, seats.take(chosen.database_url, chosen.cache_dir, who))
    opening = asyncio.create_task(app.knowing.ready())
    opening.add_done_callback(lambda task: task.cancelled() or task.exception())
    sending = asyncio.create_task(app.delivery.run())
    answers = OfficeAnswers(app)
    try:
        await app.forget()
        await answers.look()
        if sys.stdin.isatty() and sys.stdout.isatty():
            from bot.channels.screen import conversation

            await conversation(app, pickup, chosen)
        else:
            await scripted(app, pickup)
        await app.delivery.settled()
    finally:
        opening.cancel()
        await app.close()
        sending.cancel()
        with suppress(asyncio.CancelledError):
            await sending


async def scripted(app: App, pickup: Pickup, descriptor: int = 0) -> None:
    """One message a line in, one block out for each."""
    last = await pickup.begin()
    async for text in typed_lines(descriptor):
        await pickup.before()
        await app.hear(inbound(pickup.address, text, last))
        await pickup.join()
        letters = await pickup.waiting()
        _print(block([await pickup.opened(letter, app.delivery.fetch) for letter in letters]))
        if letters:
            last = await pickup.shown(letters, last)


def _print(text: str) -> None:
    """In one write where the pipe takes it, so that an answer is seen whole or not at all."""
    data = text.encode("utf-8", "replace")
    while data:
        data = data[os.write(1, data) :]
