"""The terminal's side of the outbox: it fetches what waits for it, and records it only once it is on the screen."""

from dataclasses import dataclass

from bot.writer import Writer
from storage import outbox, people
from storage.database import Work
from storage.outbox import Letter

CHANNEL = "terminal"


@dataclass(frozen=True)
class Pickup:
    """What one terminal fetches. `email` is set when it speaks as the person with that address."""

    writer: Writer
    address: str
    email: str = ""

    async def begin(self) -> int:
        """Joins the terminal to the person of `email`; the id of what was last shown here, 0 for nothing."""
        return await self.writer.work(self._begin)

    async def join(self) -> None:
        """Gives the person the address they speak as, once they are on record."""
        if self.email:
            await self.writer.work(self._join)

    async def waiting(self) -> list[Letter]:
        """Everything to show now, in order; nothing is changed yet.

        All are shown at once and recorded afterwards. So somebody who saw the whole answer is never answered again, and
        somebody who saw none of it may say the same words again without their being acted on twice.
        """
        return await self.writer.work(self._queued)

    async def shown(self, letters: list[Letter]) -> int:
        """Records that these are on the screen; the id of the last."""
        await self.writer.work(lambda work: outbox.shown(work, letters))
        return max(letter.id for letter in letters)

    def _begin(self, work: Work) -> int:
        if self.email and not people.speaker(work, CHANNEL, self.address):
            known = people.find(work, "email", self.email)
            if known is not None:
                people.add_address(work, known, CHANNEL, self.address, "proved")
        self._join(work)
        speaker = people.speaker(work, CHANNEL, self.address)
        return outbox.last_sent(work, speaker.address_id) if speaker else 0

    def _join(self, work: Work) -> None:
        person = people.find(work, CHANNEL, self.address)
        if self.email and person is not None and people.find(work, "email", self.email) is None:
            people.add_address(work, person, "email", self.email, "proved")

    def _queued(self, work: Work) -> list[Letter]:
        speaker = people.speaker(work, CHANNEL, self.address)
        return outbox.queued(work, speaker.address_id) if speaker else []
