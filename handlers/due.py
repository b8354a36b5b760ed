"""What has come due by itself, looked at in one transaction: what every step of a tick is given."""

from dataclasses import dataclass, field

from flows.dialog.speech import Outbound
from handlers import letters
from handlers.exchange import House
from storage import outbox
from storage.database import Work
from storage.outbox import Letter


@dataclass(frozen=True)
class Due:
    """The house, and a transaction whose time is that of the tick."""

    house: House
    work: Work
    posted: list[Letter] = field(default_factory=list)

    def post(self, address_id: int, message: Outbound, matter: str = "") -> None:
        """Queue a message, as `Exchange.post` does."""
        letter = outbox.add(self.work, address_id, letters.encode(message), matter)
        if letter is not None:
            self.posted.append(letter)
