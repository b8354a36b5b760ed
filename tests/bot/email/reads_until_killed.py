"""Reads a mailbox as a process of its own, until it is killed."""

import asyncio
import os
import sys
from contextlib import suppress
from pathlib import Path

from bot.channels.email.imap import Imap, Limits
from bot.channels.email.mailbox import mailbox
from tests.bot.email.arriving import Ledger, opened


async def read(url: str, database: str, path: str) -> None:
    async with opened(database, f"process {os.getpid()}") as writer:
        await Imap(mailbox(url), Ledger(Path(path)), writer, Limits(lease=1.5)).run()


if __name__ == "__main__":
    with suppress(KeyboardInterrupt):
        asyncio.run(read(*sys.argv[1:]))
