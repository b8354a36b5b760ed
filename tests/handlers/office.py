"""Somebody of the office who decides on applications, and what the applicant is told by it."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from flows.dialog.speech import Outbound
from handlers import letters, roles
from handlers.exchange import Errand
from handlers.hearing import House
from handlers.roles import Actor
from storage import applications, desk, outbox
from storage.applications import Application

TODAY = date(2026, 11, 23)


@dataclass
class Office:
    """Acts in a transaction of its own each time; what went out is kept in `told`."""

    house: House
    actor: Actor = field(default_factory=lambda: roles.at_the_keyboard("mk"))
    now: datetime = datetime(2026, 11, 23, 18, 0, tzinfo=UTC)
    told: list[Outbound] = field(default_factory=list)

    def does(self, verb: Callable[..., str], *words: Any) -> str:
        """What the member of the staff is told."""
        with self.house.database.work(self.now) as work:
            errand = Errand(self.house, work)
            said = verb(errand, self.actor, *words)
            for letter in errand.posted:
                self.told.append(letters.decode(letter.body))
                outbox.sent(work, letter)
        return said

    def application(self, person_id: int = 1) -> Application:
        with self.house.database.work(self.now) as work:
            found = applications.latest(work, person_id)
        assert found is not None
        return found

    def desk(self) -> list[tuple[str, dict[str, str]]]:
        """What is open: the kinds, with their details but the reference."""
        with self.house.database.work(self.now) as work:
            found = desk.open_items(work)
        return [(item.kind, _without_reference(item.details)) for item in found]

    def kinds(self) -> list[str]:
        return [kind for kind, _ in self.desk()]


def _without_reference(details: str) -> dict[str, str]:
    return {key: value for key, value in json.loads(details).items() if key != "reference"}
