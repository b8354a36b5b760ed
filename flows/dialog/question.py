"""A question: its key, its wording, and how a person's words are read as an answer."""

from collections.abc import Callable, Coroutine, Generator, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeAlias, TypeVar

from flows.dialog.speech import Choice
from flows.dialog.unclear import ScriptError

T = TypeVar("T")


@dataclass(frozen=True)
class Correction:
    """Understood, but no answer: the questions with these keys (or `prefix*`) are to be asked again.

    `words` are the new answer where it was told at once, `also` further corrections with theirs.
    """

    keys: tuple[str, ...]
    words: str = ""
    also: tuple["Correction", ...] = ()


@dataclass(frozen=True)
class Instead:
    """Understood, but no answer: this wording and these choices are shown for the same question."""

    text: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True)
class Further:
    """Understood as more than the answer: these words under these keys, in the place of what stood there."""

    answers: Mapping[str, str]


Otherwise: TypeAlias = Correction | Instead | Further


@dataclass(frozen=True)
class Question(Generic[T]):
    """One question of a script.

    `key` is its meaning: a new meaning needs a new key, the wording is free. `read` turns words into a value or raises
    Unclear with a hint; a summary's `read` may also give a Correction or Instead, and one that asks for more may give
    Further. `free` marks open text, which must not swallow a question of the person's own, unless it is `verbatim`.
    `label` names the answer in a summary and for `change`. `assumed` is the answer of a mail that says nothing about
    it, so that the question costs no further mail.
    """

    key: str
    text: str
    read: Callable[[str], T | Otherwise]
    choices: tuple[Choice, ...] = ()
    example: str = ""
    label: str = ""
    free: bool = False
    hint: str = ""
    verbatim: bool = False
    assumed: str = ""

    def __await__(self) -> Generator["Form", tuple[Any, ...], T]:
        (value,) = yield Form((self,))
        answer: T = value
        return answer

    def __bool__(self) -> bool:
        raise ScriptError(f"await the question {self.key!r} before testing its answer")


@dataclass(frozen=True)
class Form:
    """Independent questions opened together: chat asks them one by one, mail prints them as one numbered list.

    A part may also be a small script of its own (a coroutine), for a question with a question behind it.
    """

    parts: tuple["Question[Any] | Coroutine[Any, Any, Any]", ...]

    def __await__(self) -> Generator["Form", tuple[Any, ...], tuple[Any, ...]]:
        return (yield self)

    def __bool__(self) -> bool:
        raise ScriptError("await the form before testing its answers")

    def close(self) -> None:
        """End the small scripts among the parts, also those that never began."""
        for part in self.parts:
            if isinstance(part, Coroutine):
                part.close()


def matches(key: str, patterns: Iterable[str]) -> bool:
    """Whether `key` is one of `patterns`, of which `prefix*` stands for many keys."""
    return any(key.startswith(pattern[:-1]) if pattern.endswith("*") else key == pattern for pattern in patterns)
