"""The terminal's side of the outbox: it fetches what waits for it, and records it only once it is on the screen.

Every terminal that a person has open is an address of its own ("ann", "ann (2)", ...). So each shows the answers to
what was typed there, in order, and remembers for itself what it offered; a form goes on in whichever of them is typed.
What a terminal did not show before it ended is shown by another one of the same person.
"""

from dataclasses import dataclass, field, replace
from functools import partial

from bot.delivery import Fetch
from bot.fetching import wants_documents
from bot.seats import Seat
from bot.writer import Writer
from flows.dialog.speech import File, Outbound
from handlers.letters import decode
from storage import outbox, people
from storage.database import Work
from storage.outbox import Letter

CHANNEL = "terminal"


@dataclass(frozen=True)
class Pickup:
    """What one terminal of somebody fetches. `email` is set when it speaks as the person with that address."""

    writer: Writer
    who: str
    email: str = ""
    seat: Seat = field(default_factory=Seat)

    @property
    def address(self) -> str:
        return self._at(self.seat.number)

    async def begin(self) -> int:
        """Joins the terminal to its person; the id of what was last shown here, 0 for nothing."""
        return await self.writer.work(self._begin)

    async def before(self) -> None:
        """Joins a further terminal to its person, who may be on record since; call it before something is heard."""
        if self.seat.number > 1:
            await self.writer.work(self._begin)

    async def join(self) -> None:
        """Gives the person the addresses they speak as, once they are on record; call it before the answer is shown."""
        if self.email or self.seat.number > 1:
            await self.writer.work(self._join)

    async def waiting(self) -> list[Letter]:
        """Everything to show now, in order, also from terminals that were left; nothing is changed yet.

        All are shown at once and recorded afterwards. So somebody who saw the whole answer is never answered again, and
        somebody who saw none of it may say the same words again without their being acted on twice.
        """
        addresses = [self._at(number) for number in sorted({self.seat.number, *self.seat.left()})]
        letters = await self.writer.work(lambda work: [one for each in addresses for one in _queued(work, each)])
        if not letters:
            self.seat.release()
        return sorted(letters, key=lambda letter: letter.id)

    async def opened(self, letter: Letter, fetch: Fetch) -> Outbound:
        """A letter as a terminal shows it: with its texts, which `fetch` takes out of the records, below it."""
        message = decode(letter.body)
        if not wants_documents(message):
            return message
        message = await self.writer.work(partial(fetch, message))
        below = [_below(each) for each in message.files]
        return replace(message, text="\n\n".join([message.text, *below]), files=())

    async def shown(self, letters: list[Letter], last: int = 0) -> int:
        """Records that these are on the screen; the id of the last of this terminal's own, or else `last`."""
        await self.writer.work(lambda work: outbox.shown(work, letters))
        self.seat.release()
        return max((letter.id for letter in letters if letter.address == self.address), default=last)

    def _at(self, number: int) -> str:
        return self.who if number == 1 else f"{self.who} ({number})"

    def _begin(self, work: Work) -> int:
        if self.email:
            _joined(work, ("email", self.email), (CHANNEL, self.who))
        _joined(work, (CHANNEL, self.who), (CHANNEL, self.address))
        self._join(work)
        speaker = people.speaker(work, CHANNEL, self.address)
        return outbox.last_sent(work, speaker.address_id) if speaker else 0

    def _join(self, work: Work) -> None:
        _joined(work, (CHANNEL, self.address), (CHANNEL, self.who))
        if self.email:
            _joined(work, (CHANNEL, self.who), ("email", self.email))


def _below(file: File) -> str:
    """A text as it stands; what a terminal cannot show by its name, or why it is not there."""
    if file.media_type == "text/plain":
        return f"[{file.name}]\n{file.content.decode()}"
    return file.alt if not file.content else f"[{file.name}: a terminal does not show it]"


def _joined(work: Work, known: tuple[str, str], new: tuple[str, str]) -> None:
    """The person at `known` has `new` as a further address, unless somebody has it already."""
    person = people.find(work, *known)
    if person is not None and people.find(work, *new) is None:
        people.add_address(work, person, *new, "proved")


def _queued(work: Work, address: str) -> list[Letter]:
    speaker = people.speaker(work, CHANNEL, address)
    return outbox.queued(work, speaker.address_id) if speaker else []
