"""What a script can do: ask a question of one of a few kinds, or say something."""

from collections.abc import Awaitable, Callable, Coroutine, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any, TypeAlias, TypeVar, overload

from flows.dialog import dates, kinds, numbers
from flows.dialog.question import Form, Otherwise, Question
from flows.dialog.speech import Choice
from flows.dialog.unclear import ScriptError, Unclear
from flows.program import states

T = TypeVar("T")
A = TypeVar("A")
B = TypeVar("B")
C = TypeVar("C")
Part: TypeAlias = Question[T] | Coroutine[Any, Any, T]


class Talk:
    """One playing of a script: what was asked, by key, and what was said since the last answer."""

    def __init__(self) -> None:
        self.said: list[str] = []
        self.asked: dict[str, Question[Any]] = {}
        self.forms: list[Form] = []  # those not yet awaited
        self.heard = False

    def say(self, text: str) -> None:
        if not self.heard:
            self.said.append(text)

    def ask(
        self,
        key: str,
        text: str,
        read: Callable[[str], T | Otherwise],
        *,
        choices: Sequence[Choice] = (),
        label: str = "",
        example: str = "",
        free: bool = False,
        hint: str = "",
        verbatim: bool = False,
        assumed: str = "",
    ) -> Question[T]:
        """Any question; the kinds below are short forms. `hint` is how mail names the expected answer.

        With `verbatim`, open text is taken as it is, also when it looks like a question; `assumed` is what a mail says
        by saying nothing about it.
        """
        if key in self.asked:
            raise ScriptError(f"{key!r} is asked twice")
        question = Question(
            key,
            text,
            partial(_guarded, key, read),
            tuple(choices),
            example,
            label or key,
            free,
            hint,
            verbatim,
            assumed,
        )
        self.asked[key] = question
        return question

    @overload
    def form(self, one: Part[A], two: Part[B], /) -> Awaitable[tuple[A, B]]: ...
    @overload
    def form(self, one: Part[A], two: Part[B], three: Part[C], /) -> Awaitable[tuple[A, B, C]]: ...
    @overload
    def form(self, *parts: Part[Any]) -> Awaitable[tuple[Any, ...]]: ...
    def form(self, *parts: Part[Any]) -> Any:
        """Independent questions, or small scripts of questions, opened together: await all of them at once."""
        form = Form(parts)
        self.forms.append(form)
        return form

    def yes_no(self, key: str, text: str, *, label: str = "") -> Question[bool]:
        return self.ask(key, text, kinds.yes_no, choices=kinds.YES_NO, label=label, example="yes")

    def choice(
        self, key: str, text: str, choices: Sequence[Choice], *, label: str = "", also: Mapping[str, str] | None = None
    ) -> Question[str]:
        """One of `choices`; the answer is its key. `also` gives the key for other words, in lower case."""
        return self.ask(key, text, kinds.choice(choices, also), choices=choices, label=label, example=choices[0].label)

    def several(self, key: str, text: str, choices: Sequence[Choice], *, label: str = "") -> Question[tuple[str, ...]]:
        """One or more of `choices`; the answer is their keys."""
        return self.ask(key, text, kinds.several(choices), choices=choices, label=label, example="1, 3")

    def number(
        self,
        key: str,
        text: str,
        *,
        least: float = 0,
        most: float = 1_000_000,
        label: str = "",
        unit: str = "number",
        whole: bool = False,
    ) -> Question[float]:
        """A number in digits or words, between `least` and `most`."""
        example = f"{min(max(least, 20), most):g}"

        def read(words: str) -> float:
            value = numbers.read_number(kinds.tidy(words)[:200])
            if value is None:
                raise Unclear(f"Please answer with a number, such as {example}.")
            if not least <= value <= most or (whole and value != int(value)):
                kind = f"whole {unit}" if whole else unit
                raise Unclear(f"Please give a {kind} between {least:,.10g} and {most:,.10g}.")
            return value

        return self.ask(key, text, read, label=label, example=example, hint="a number")

    def date(
        self,
        key: str,
        text: str,
        today: date,
        *,
        earliest: date | None = None,
        latest: date | None = None,
        label: str = "",
    ) -> Question[date]:
        """A day, in US or ISO form or in words; ambiguous and impossible ones are asked back with the reason."""
        return self.ask(
            key,
            text,
            lambda words: dates.read_day(words, today, earliest, latest),
            label=label,
            example="2024-05-03",
            hint="a date",
        )

    def text(
        self,
        key: str,
        text: str,
        *,
        longest: int = kinds.MAX_LINE,
        lines: bool = False,
        label: str = "",
        example: str = "",
        verbatim: bool = False,
    ) -> Question[str]:
        """Open text, at most `longest` characters; `verbatim` as in `ask`."""

        def read(words: str) -> str:
            return kinds.text(words, longest=longest, lines=lines)

        return self.ask(key, text, read, label=label, example=example, free=True, verbatim=verbatim)

    def email(self, key: str, text: str, *, label: str = "") -> Question[str]:
        return self.ask(key, text, kinds.email, label=label, example="ann@library.org", hint="an email address")

    def link(self, key: str, text: str, *, label: str = "") -> Question[str]:
        return self.ask(key, text, kinds.link, label=label, example="https://example.org/my-work", hint="a link")

    def state(self, key: str, text: str, *, label: str = "") -> Question[states.State]:
        """A US state, DC, a territory or "outside the US"."""
        return self.ask(key, text, _read_state, label=label, example="Colorado", hint="a state, or “outside the US”")


def _guarded(key: str, read: Callable[[str], T], words: str) -> T:
    try:
        return read(words)
    except (Unclear, ScriptError):
        raise
    except Exception as error:
        raise ScriptError(f"{type(error).__name__} when {key!r} is read: {error}") from error


def _read_state(words: str) -> states.State:
    found = states.find_state(kinds.tidy(words))
    if found is None:
        raise Unclear("Which state is that? Its name or two letters, a territory, or “outside the US”.")
    return found
