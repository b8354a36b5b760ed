"""A vendor for the tests of the service: it takes messages as HTTP calls, and writes what it sends into a file.

`python -m tests.bot.toy run ...` is `lssc run` with this vendor and a lame one, which never works.
"""

import asyncio
import json
import os
import sys
from argparse import Namespace

from aiohttp import web

from bot.app import App
from bot.channels.channel import Whole
from bot.commands import run
from bot.parts import Vendor
from bot.settings import Settings
from bot.vendors import Offer
from flows.dialog.speech import Inbound, Outbound

OFFERS = {"toy": Offer("tests.bot.toy", ("secret_key",)), "lame": Offer("tests.bot.lame", ("public_url",))}


class Toy(Whole):
    """The channel `toy`: one line of JSON for every message, in the file named by TOY_SENT."""

    name = "toy"

    async def send(self, address: str, message: Outbound, reference: str, edits: str = "") -> str:
        await asyncio.sleep(float(os.environ.get("TOY_TAKES", "0")))
        line = json.dumps([os.getpid(), address, reference, message.text])
        with open(os.environ["TOY_SENT"], "a") as file:  # noqa: ASYNC230, PTH123
            file.write(line + "\n")
        return reference


async def opened(settings: Settings, app: App) -> Vendor:
    async def take(request: web.Request) -> web.Response:
        given = await request.json()
        await app.hear(Inbound(given["id"], "toy", given["address"], given["text"]))
        return web.Response()

    return Vendor(Toy(), routes=(web.post("/toy", take),))


if __name__ == "__main__":
    wanted = sys.argv[sys.argv.index("--only") + 1].split(",") if "--only" in sys.argv else ()
    run.run(Namespace(only=wanted), OFFERS)
