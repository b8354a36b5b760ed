"""Somebody who writes mails: with the reply address of our letter, vouched for by our mail server, or neither."""

from dataclasses import dataclass, field, replace
from itertools import count
from typing import Any

from flows.dialog.speech import Envelope, Inbound, Outbound
from storage import outbox, people
from tests.handlers.acting import heard_by
from tests.handlers.channels import Stage

NUMBERS = count(1)
PDF = b"%PDF-1.7 a diploma"


@dataclass
class Writer:
    """`replies` answer our last letter, `writes` is a new mail that nobody vouches for; both give what is told."""

    stage: Stage
    address: str
    ids: list[str] = field(default_factory=list)

    def replies(self, words: str, to: int = 0, **mail: Any) -> list[str]:
        """To the last letter, or to the one of that number."""
        return self.sends(words, "proved", signed=True, letter=to or self.last_letter(), **mail)

    def last_letter(self) -> int:
        """Its number in the outbox; 0 when there is none."""
        with self.stage.house.database.work(self.stage.now) as work:
            known = people.at(work, "email", self.address)
            return outbox.recent(work, known.id, 1)[0][0] if known is not None else 0

    def writes(self, words: str, *, believed: bool = False, **mail: Any) -> list[str]:
        return self.sends(words, "proved" if believed else "claimed", **mail)

    def sends(self, words: str, trust: Any, answers: str = "", **mail: Any) -> list[str]:
        before = len(self.stage.told)
        self.ids.append(f"<{next(NUMBERS)}@example.org>")
        here = Inbound(self.ids[-1], "email", self.address, words, trust=trust, style="mail", answers=answers)
        message = replace(here, mail=Envelope(**mail))
        self.stage.take(heard_by(self.stage.house, message, self.stage.now).letters)
        return [line for told in self.stage.told[before:] for line in self._lines(*told)]

    @property
    def last(self) -> Outbound:
        return next(message for where, message in reversed(self.stage.told) if where == f"email/{self.address}")

    def _lines(self, where: str, message: Outbound) -> list[str]:
        to = "" if where == f"email/{self.address}" else f"[{where}] "
        lines = [f"{to}{line}" for line in message.text.splitlines() if line]
        return [*lines, *(f"- {choice.label}" for choice in message.choices)]


def acquainted(stage: Stage, address: str) -> Writer:
    """Somebody who wrote once before, and answered."""
    writer = Writer(stage, address)
    writer.writes("help")
    writer.replies("help")
    return writer
