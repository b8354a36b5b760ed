"""Which mails in the mailbox wait for what: to be taken, to be taken again, or to be moved."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field

from bot.channels.email.taking import Taken

FIRST_PAUSE, LONGEST_PAUSE, LONGEST_PUT_OFF = 1.0, 30.0, 600.0  # seconds


@dataclass
class Waits:
    """A mail; `taken` once it was acted on and only has to be moved. `due` as `clock.seconds` counts."""

    uid: int
    due: float = 0.0
    failures: int = 0
    taken: Taken | None = None
    unmoved: int = 0
    losses: int = 0

    def fail(self, now: float, first: float = FIRST_PAUSE) -> None:
        self.failures += 1
        self.due = now + growing(self.failures, first)

    def lose(self, now: float, first: float = FIRST_PAUSE) -> None:
        """The connection was lost over it; perhaps it is this mail that the server stumbles over."""
        self.losses += 1
        self.due = now + growing(self.losses, first, LONGEST_PUT_OFF)

    def stay(self, now: float, first: float = FIRST_PAUSE) -> None:
        """It could not be moved."""
        self.unmoved += 1
        self.due = now + growing(self.unmoved, first, LONGEST_PUT_OFF)


@dataclass
class Waiting:
    """All of one mailbox; `next_uid` is the first that nobody has looked at."""

    next_uid: int = 1
    _validity: int = 0
    _mails: dict[int, Waits] = field(default_factory=dict)

    def begin(self, validity: int) -> None:
        """A new connection: everything is listed again. Numbers of another validity mean other mails (RFC 3501)."""
        self.next_uid = 1
        if validity != self._validity:
            self._validity, self._mails = validity, {}

    def note(self, uids: Iterable[int]) -> None:
        """What is listed from `next_uid` on; what was known of it and is not there any more is forgotten."""
        found = sorted(uids)
        kept = {uid: mail for uid, mail in self._mails.items() if uid < self.next_uid}
        self._mails = kept | {uid: self._mails.get(uid) or Waits(uid) for uid in found}
        self.next_uid = max(self.next_uid, *(uid + 1 for uid in found), 1)

    def gone(self, mail: Waits) -> None:
        self._mails.pop(mail.uid, None)

    def due(self, now: float) -> list[Waits]:
        """In the order in which they came; over which the connection was lost, after all others."""
        due = [mail for mail in self._mails.values() if mail.due <= now]
        return sorted(due, key=lambda mail: (mail.losses, mail.uid))

    def pause(self, now: float, longest: float) -> float:
        """Seconds until one is due, at most so many."""
        return min([longest, *(max(mail.due - now, 0.0) for mail in self._mails.values())])


def growing(failures: int, first: float = FIRST_PAUSE, longest: float = LONGEST_PAUSE) -> float:
    """Seconds to wait after so many failures in a row: doubling from the first, spread by chance."""
    return min(first * 2.0 ** min(failures - 1, 12), longest) * secrets.SystemRandom().uniform(0.5, 1.0)
