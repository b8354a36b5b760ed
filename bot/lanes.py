"""Lets messages of one address pass one after the other, in the order they came."""

import asyncio
from collections.abc import AsyncIterator, Hashable
from contextlib import asynccontextmanager


class Lanes:
    """One lane for each address that is passing; asyncio's locks are first come, first served."""

    def __init__(self) -> None:
        self._lanes: dict[Hashable, tuple[asyncio.Lock, int]] = {}

    @asynccontextmanager
    async def one(self, key: Hashable) -> AsyncIterator[None]:
        """Waits until everybody who came before has passed."""
        lock, users = self._lanes.get(key, (asyncio.Lock(), 0))
        self._lanes[key] = lock, users + 1
        try:
            async with lock:
                yield
        finally:
            self._leave(key)

    def __len__(self) -> int:
        return len(self._lanes)

    def _leave(self, key: Hashable) -> None:
        lock, users = self._lanes[key]
        if users == 1:
            del self._lanes[key]
        else:
            self._lanes[key] = lock, users - 1
