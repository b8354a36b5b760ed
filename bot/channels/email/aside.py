"""Does on a thread what may hang, so that nobody has to wait for its end."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from threading import Thread
from typing import Any, TypeVar

T = TypeVar("T")


async def aside(job: Callable[[], T]) -> T:
    """What `job` gives or raises. Whoever is cancelled leaves the thread to itself; it keeps no process from ending."""
    loop = asyncio.get_running_loop()
    future: asyncio.Future[T] = loop.create_future()

    def settle(how: Callable[[Any], None], value: Any) -> None:
        if not future.done():
            how(value)

    def run() -> None:
        how: Callable[[Any], None] = future.set_result
        value: Any
        try:
            value = job()
        except BaseException as error:
            how, value = future.set_exception, error
        with suppress(RuntimeError):  # the loop may have ended meanwhile
            loop.call_soon_threadsafe(settle, how, value)

    Thread(target=run, name="mailbox", daemon=True).start()
    return await future
