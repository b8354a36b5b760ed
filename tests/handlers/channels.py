"""Scripts of a talk in several channels: who says what where, and every message that follows, wherever it goes.

`telegram/7> words`   somebody says something at an address of a channel; `[Yes]` presses the newest button of that label
`slack/U1: words`     a message to an address; further lines of it begin with `|`, and its choices with `-`
`telegram/7* words`   a message that takes the place of an earlier one
`.. 11 minutes`       time passes
`CODE` is the last code that was given anywhere; a line that ends in ` ...` stands for any rest of it.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import TypeVar

from flows.dialog.speech import Inbound, Outbound, Pressed
from handlers import letters
from handlers.exchange import Errand
from handlers.hearing import House
from storage import outbox
from storage.outbox import Letter
from tests.handlers.acting import heard_by

T = TypeVar("T")
SAID = re.compile(r"(\w+)/(\S+?)> ?(.*)")
LATER = re.compile(r"\.\. (\d+) (minutes|hours|days)")
CODE = re.compile(r"\b(?:code is|within 3 days:) (\d{6})\b")
NUMBERS = count(1)
CHANNELS = ("telegram", "slack", "email", "terminal")


@dataclass
class Stage:
    """All channels of a house, each a list of what was sent there."""

    house: House
    now: datetime = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
    code: str = "CODE"
    told: list[tuple[str, Outbound]] = field(default_factory=list)

    def plays(self, script: str) -> None:
        """Says the lines of a script one after the other, and compares all that is told in between."""
        expected: list[str] = []
        before = len(self.told)
        for line in [*script.strip("\n").splitlines(), "end/> "]:
            spoken, later = SAID.fullmatch(line.strip()), LATER.fullmatch(line.strip())
            if not spoken and not later:
                expected.append(line.strip())
                continue
            self._compare(expected, [shown for where in self.told[before:] for shown in _lines(*where)], line)
            expected, before = [], len(self.told)
            if later:
                self.now += timedelta(**{later[2]: int(later[1])})
            elif spoken and spoken[1] != "end":
                self.says(f"{spoken[1]}/{spoken[2]}", spoken[3])

    def says(self, where: str, *messages: str, place: str = "", trust: str = "proved") -> list[str]:
        """What is told, anywhere, in answer to the last of these messages."""
        channel, _, address = where.partition("/")
        for words in messages:
            before = len(self.told)
            words = words.replace("CODE", self.code)
            pressed = self._button(where, words[1:-1]) if words.startswith("[") else None
            message = Inbound(f"{next(NUMBERS)}", channel, address, words.strip("[]"), pressed, place=place)
            if trust == "claimed":
                message = Inbound(message.id, channel, address, words, trust="claimed")
            self.take(heard_by(self.house, message, self.now).letters)
        return [shown for where_to in self.told[before:] for shown in _lines(*where_to)]

    def take(self, posted: "tuple[Letter, ...] | list[Letter]") -> None:
        """What was posted reaches its channel."""
        waiting = list(posted)
        while waiting:
            letter = waiting.pop(0)
            message = letters.decode(letter.body)
            self.told.append((f"{letter.channel}/{letter.address}", message))
            self.code = next((found[1] for found in [CODE.search(message.text)] if found), self.code)
            with self.house.database.work(self.now) as work:
                outbox.sent(work, letter)
                following = outbox.claim_for(work, letter.address_id)
            waiting += [following] if following else []

    def errand(self, act: Callable[[Errand], T]) -> T:
        """Something the clock or the office does."""
        with self.house.database.work(self.now) as work:
            errand = Errand(self.house, work)
            result = act(errand)
        self.take(errand.posted)
        with self.house.database.work(self.now) as work:
            left = outbox.claim(work, 1000, CHANNELS)
        self.take(left)
        return result

    def _button(self, where: str, label: str) -> Pressed:
        for address, message in reversed(self.told):
            for choice in message.choices if address == where else ():
                if choice.label == label:
                    return Pressed(message.conversation, message.question, choice.key)
        raise LookupError(label)

    def _compare(self, expected: list[str], told: list[str], line: str) -> None:
        wanted = [each.replace("CODE", self.code) for each in expected]
        fits = len(wanted) == len(told) and all(map(_fits, wanted, told))
        assert fits, f"before {line!r} was told:\n" + "\n".join(told)


def _lines(where: str, message: Outbound) -> list[str]:
    first, *rest = [line for line in message.text.splitlines() if line]
    mark = "*" if message.edits else ":"
    return [f"{where}{mark} {first}", *(f"| {line}" for line in rest), *(f"- {each.label}" for each in message.choices)]


def _fits(expected: str, told: str) -> bool:
    if expected.endswith(" ..."):
        return told.startswith(expected.removesuffix(" ..."))
    return expected == told
