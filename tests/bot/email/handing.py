"""Hands mails over to the stand-in of a mail server, and tells how a refusal counts."""

import asyncio
import ssl
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from bot.channels.channel import DeliveryError
from bot.channels.email.line import Limits
from bot.channels.email.servers import server
from bot.channels.email.smtp import Smtp
from flows.dialog.speech import Outbound
from tests.bot.edge import NOON
from tests.bot.email.heads import head
from tests.vendors.smtp import MailServer

SHORT = Limits(answer=0.7, whole=2.0, idle=30.0)

Scene = Callable[[Smtp], Awaitable[Any]]


def played(there: MailServer, scene: Scene, url: str = "", limits: Limits = SHORT, trust: Path | None = None) -> Any:
    async def whole() -> Any:
        async with there.serving():
            trusted = ssl.create_default_context(cafile=str(trust)) if trust else None
            chosen = server((url or "smtp://localhost:PORT").replace("PORT", str(there.port)))
            channel = Smtp(chosen, head(), lambda: NOON, limits, trusted)
            try:
                return await scene(channel)
            finally:
                await channel.close()

    return asyncio.run(whole())


async def send(channel: Smtp, text: str = "Hello", to: str = "ann@example.org", number: int = 7) -> str:
    return await channel.send(to, Outbound(text), f"{number:08d}.5-ab12")


async def refusal(channel: Smtp, to: str = "ann@example.org") -> tuple[bool, float | None, bool]:
    with pytest.raises(DeliveryError) as caught:
        await send(channel, to=to)
    return caught.value.permanent, caught.value.retry_after, caught.value.by_vendor


def texts(there: MailServer) -> list[str]:
    found = [taken.mail.get_body(("plain",)) for taken in there.taken]
    return [each.get_content().replace("\r\n", "\n").strip("\n") for each in found if each]


NOW, GOOD, LATER, ALL_LATER = (False, None, False), (True, None, False), (False, 60, False), (False, 60, True)
