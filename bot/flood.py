"""Holds off whoever sends more than anybody can read: one warning, then silence until it calms."""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, TypeAlias

from bot import clock
from flows.dialog.speech import Inbound

Verdict: TypeAlias = Literal["hear", "warn", "drop"]
UNLIMITED = "terminal"  # somebody at this machine, or a script of theirs
LONG = 30  # characters; nobody answers a question with the same long words again and again


@dataclass(frozen=True)
class Limits:
    """How much one address may say: all the numbers in one place; `docs/operating.md` tells them.

    `burst` messages at once, then one every `seconds`. A flood is over when half of the burst would be allowed again.
    The same garbage is heard `repeats` times in a row within `memory` seconds. `addresses` are remembered at most.
    """

    burst: int = 60
    seconds: float = 1.0
    repeats: int = 2
    memory: float = 60.0
    addresses: int = 10_000


@dataclass(slots=True)
class _Bucket:
    """What one address may still say, as of `at`; and what it said last, how often in a row."""

    allowed: float
    at: float
    flooding: bool = False
    last: int = 0
    times: int = 0


class Flood:
    """Judges messages before anything is done with them; costs no more when there are ten thousand."""

    def __init__(self, limits: Limits | None = None, seconds: Callable[[], float] = clock.seconds) -> None:
        self._limits, self._seconds = limits or Limits(), seconds
        self._buckets: OrderedDict[tuple[str, str, str], _Bucket] = OrderedDict()

    def __len__(self) -> int:
        return len(self._buckets)

    def judge(self, message: Inbound) -> Verdict:
        """Whether to hear it, to warn its sender instead, or to drop it; in a public place nobody is warned."""
        if message.channel == UNLIMITED:
            return "hear"
        bucket = self._bucket((message.channel, message.address, message.place))
        repeated = self._repeated(bucket, message)
        self._refill(bucket)
        if bucket.flooding or repeated:
            bucket.allowed = max(bucket.allowed - 1, 0)
            return "drop"
        if bucket.allowed >= 1:
            bucket.allowed -= 1
            return "hear"
        bucket.flooding = True
        return "drop" if message.place else "warn"

    def forgive(self, message: Inbound) -> None:
        """It could not be taken, through no fault of its sender, and will come again as if for the first time."""
        bucket = self._buckets.get((message.channel, message.address, message.place))
        if bucket is not None:
            bucket.allowed = min(bucket.allowed + 1, self._limits.burst)
            bucket.times = max(bucket.times - 1, 0)
            bucket.flooding = False

    def _bucket(self, key: tuple[str, str, str]) -> _Bucket:
        bucket = self._buckets.pop(key, None) or _Bucket(self._limits.burst, self._seconds())
        self._buckets[key] = bucket  # at the end: the first one was quiet for longest
        if len(self._buckets) > self._limits.addresses:
            self._buckets.popitem(last=False)
        return bucket

    def _repeated(self, bucket: _Bucket, message: Inbound) -> bool:
        said = hash((message.content, message.text))
        again = said == bucket.last and self._seconds() - bucket.at < self._limits.memory
        bucket.last, bucket.times = said, bucket.times + 1 if again else 1
        return bucket.times > self._limits.repeats and _is_garbage(message)

    def _refill(self, bucket: _Bucket) -> None:
        now = self._seconds()
        bucket.allowed = min(bucket.allowed + (now - bucket.at) / self._limits.seconds, self._limits.burst)
        bucket.at = now
        bucket.flooding = bucket.flooding and bucket.allowed < self._limits.burst / 2


def _is_garbage(message: Inbound) -> bool:
    """What nobody says several times in a row for a reason: stickers, mere signs, the same long words."""
    if message.pressed is not None or message.content not in ("text", "sticker"):
        return False
    return message.content == "sticker" or len(message.text) > LONG or not any(map(str.isalnum, message.text))
