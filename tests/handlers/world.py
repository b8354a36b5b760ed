"""Several people and the office at once: everything that is sent arrives, and gets a name as a vendor gives it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import TypeVar

from flows.dialog.speech import Inbound, Outbound, Pressed
from handlers import letters
from handlers.exchange import Errand, House
from storage import outbox
from tests.handlers.acting import heard_by

T = TypeVar("T")

NUMBERS = count(1)
MONDAY = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)  # nine in the morning at the office
TICK = timedelta(seconds=1)


@dataclass
class World:
    """A house with people around it; `inboxes` holds what each address sees, changed messages as they are now."""

    house: House
    now: datetime = MONDAY
    inboxes: dict[tuple[str, str], dict[str, Outbound]] = field(default_factory=dict)

    def deliver(self) -> None:
        """Everything that waits arrives."""
        with self.house.database.work(self.now + outbox.LEASE + TICK) as work:
            while waiting := outbox.claim(work, 100, ["slack", "telegram", "email"]):
                for letter in waiting:
                    message = letters.decode(letter.body)
                    name = outbox.sent_as(work, message.edits) if message.edits else f"m{letter.id}"
                    self.inboxes.setdefault((letter.channel, letter.address), {})[name] = message
                    outbox.sent(work, letter, name)

    def somebody(self, channel: str, address: str, name: str = "") -> "Someone":
        """Who has said their first word."""
        speaker = Someone(self, channel, address, name)
        speaker.says("menu")
        return speaker

    def act(self, what: Callable[[Errand], T]) -> T:
        """Something that nobody said."""
        with self.house.database.work(self.now) as work:
            result = what(Errand(self.house, work))
        self.deliver()
        return result


@dataclass
class Someone:
    """Somebody at one address."""

    world: World
    channel: str
    address: str
    name: str = ""

    def says(self, words: str, *, answers: str = "", place: str = "") -> str:
        """What they are answered, "" for silence."""
        return self._hears(words, None, answers, place)

    def presses(self, label: str) -> str:
        """The newest button of that label."""
        for message in reversed(self.inbox.values()):
            for choice in message.choices:
                if choice.label == label:
                    pressed = Pressed(message.conversation, message.question, choice.key)
                    return self._hears(label, pressed, "", "")
        raise LookupError(label)

    def presses_choice(self, key: str) -> str:
        """A choice of no form, whether it was ever offered or not."""
        return self._hears(key, Pressed(0, "", key), "", "")

    @property
    def inbox(self) -> dict[str, Outbound]:
        """What they see, by the vendor's name of the message, oldest first."""
        return self.world.inboxes.setdefault((self.channel, self.address), {})

    @property
    def last(self) -> str:
        return list(self.inbox.values())[-1].text if self.inbox else ""

    def name_of(self, beginning: str) -> str:
        """The vendor's name of the newest message that begins so."""
        return next(name for name, each in reversed(self.inbox.items()) if each.text.startswith(beginning))

    def _hears(self, words: str, pressed: Pressed | None, answers: str, place: str) -> str:
        before = set(self.inbox)
        number = str(next(NUMBERS))
        said = Inbound(
            number, self.channel, self.address, words, pressed, name=self.name, answers=answers, place=place
        )  # fmt: skip
        heard_by(self.world.house, said, self.world.now)
        self.world.deliver()
        new = [message.text for name, message in self.inbox.items() if name not in before]
        return "\n---\n".join(new)
