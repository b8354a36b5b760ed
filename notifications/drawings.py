"""The pictures and documents of the program: one frozen dataclass each, which says what stands on it."""

import json
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, TypeAlias

from flows.dialog.speech import Drawing
from flows.program.figures import day_in_words, number_in_words

State: TypeAlias = Literal["complete", "in review", "in work", "chosen", "missing"]

COMMAND = re.compile(r"`([^`]*)`")
# Invisible signs that turn the direction of what follows: a name with one would reverse the words after it.
TURNING = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])


@dataclass(frozen=True)
class SetLine:
    """One competency set of a candidate; `done` of its `of` competencies are covered."""

    name: str
    required: bool
    state: State
    done: int
    of: int

    @property
    def words(self) -> str:
        """`in work · 4 of 9`; the count only where it says more than the state."""
        counted = self.of > 0 and self.state in ("in review", "in work")
        return f"{self.state} · {self.done} of {self.of}" if counted else self.state

    @property
    def share(self) -> float:
        """How much of its bar is filled, from 0 to 1."""
        if self.state == "complete":
            return 1.0
        return min(1.0, max(0.0, self.done / self.of)) if self.of > 0 else 0.0


@dataclass(frozen=True)
class ProgressCard:
    """How far a candidate has come, as a picture without any name of a person.

    `counted` of `needed` sets count toward the certificate; `until` is the last day of the candidacy, `days_left` is
    negative after it. `pace` and `next_step` are whole sentences, or empty.
    """

    sets: tuple[SetLine, ...]
    counted: int
    needed: int
    days_left: int
    until: date
    pace: str
    next_step: str

    def drawing(self) -> Drawing:
        lines = [_line(one) for one in self.sets]
        data = {
            "headline": f"{self.counted} of {self.needed} sets",
            "counted": self.counted,
            "needed": self.needed,
            "left": self._left,
            "until": self._until,
            "required": [line for one, line in zip(self.sets, lines, strict=True) if one.required],
            "electives": [line for one, line in zip(self.sets, lines, strict=True) if not one.required],
            "pace": _quoted(self.pace),
            "next_step": _quoted(self.next_step),
        }
        return _described("progress card", "progress.png", self._alt, data)

    @property
    def _left(self) -> str:
        if self.days_left <= 0:
            return "The time is over" if self.days_left < 0 else "Today is the last day"
        return "1 day left" if self.days_left == 1 else f"{self.days_left:,} days left"

    @property
    def _until(self) -> str:
        day = day_in_words(self.until)
        return f"the last day was {day}" if self.days_left < 0 else f"until {day}"

    @property
    def _alt(self) -> str:
        sets = (f"{one.name}{' (required)' if one.required else ''}: {one.words}" for one in self.sets)
        told = [
            f"Progress: {self.counted} of {self.needed} sets complete",
            f"{self._left}, {self._until}",
            *sets,
        ]
        return " ".join(filter(None, [". ".join(told) + ".", self.pace, self.next_step]))


@dataclass(frozen=True)
class CertificateSheet:
    """A certificate on one page, valid from `since` to `until`; `awarded` is when the office confirmed it.

    `check_url` is the public page that says whether it is valid, empty where there is none; `code` is
    what to type there.
    """

    number: str
    name: str
    since: date
    until: date
    sets: tuple[str, ...]
    check_url: str
    awarded: date
    code: str = ""

    def drawing(self) -> Drawing:
        data = {
            "number": self.number,
            "name": self.name,
            "since": day_in_words(self.since),
            "until": day_in_words(self.until),
            "sets": self.sets,
            "how_many": f"{number_in_words(len(self.sets))} competency {'set' if len(self.sets) == 1 else 'sets'}",
            "check_url": self.check_url,
            "code": self.code,
            "awarded": day_in_words(self.awarded),
        }
        alt = f"Certificate {self.number}, valid from {data['since']} until {data['until']}."
        return _described("certificate", f"certificate-{_file_name(self.number)}.pdf", alt, data)


@dataclass(frozen=True)
class CompletionForm:
    """What a provider signs when a candidate has completed its course; `code` is how the office knows it again.

    `starts` is the course's first day, None when it has none.
    """

    code: str
    name: str
    course: str
    provider: str
    set_name: str
    competencies: tuple[str, ...]
    starts: date | None
    contact_email: str
    contact_phone: str

    def drawing(self) -> Drawing:
        data = {
            "code": self.code,
            "name": self.name,
            "course": self.course,
            "provider": self.provider,
            "set_name": self.set_name,
            "competencies": self.competencies,
            "starts": day_in_words(self.starts) if self.starts else "",
            "contact_email": self.contact_email,
            "contact_phone": self.contact_phone,
        }
        alt = f"Course completion form {self.code} for {self.set_name}, to be signed by the provider."
        return _described("completion form", f"completion-form-{_file_name(self.code)}.pdf", alt, data)


def _line(one: SetLine) -> dict[str, Any]:
    return {"name": one.name, "state": one.state, "words": one.words, "share": one.share}


def _quoted(text: str) -> str:
    """Commands in quotation marks, as a picture has no other letters for them."""
    return COMMAND.sub(r"“\1”", text)


def _described(kind: str, name: str, alt: str, data: Mapping[str, Any]) -> Drawing:
    return Drawing(kind, name, _plain(alt), json.dumps(_plain(data), ensure_ascii=False))


def _plain(value: Any) -> Any:
    """Every text in one line, its accents joined to their letters."""
    if isinstance(value, str):
        return " ".join(unicodedata.normalize("NFC", value).translate(TURNING).split())
    if isinstance(value, Mapping):
        return {key: _plain(one) for key, one in value.items()}
    return [_plain(one) for one in value] if isinstance(value, list | tuple) else value


def _file_name(code: str) -> str:
    return "".join(letter if letter.isascii() and letter.isalnum() else "-" for letter in code)[:40].strip("-")
