"""Takes mail from the mail server as a process of its own, until it is killed."""

import asyncio
import sys
from contextlib import suppress
from pathlib import Path

from bot.channels.email.lmtp import Lmtp
from tests.bot.email.arriving import Ledger

if __name__ == "__main__":
    port, path = sys.argv[1:]
    with suppress(KeyboardInterrupt):
        asyncio.run(Lmtp(("127.0.0.1", int(port)), Ledger(Path(path)), lambda _recipient: True).run())
