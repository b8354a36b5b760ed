"""The last step of a form: everything said so far, line by line, to confirm or to correct any line."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from string import ascii_lowercase

from flows.dialog import kinds
from flows.dialog.question import Correction, Instead, Question, matches
from flows.dialog.speech import Choice
from flows.dialog.talk import Talk
from flows.dialog.unclear import Unclear

CHANGE = Choice("change", "Change a line")
WHICH = "Which line shall we correct? Send its letter or its name."
CONFIRMED = ("confirm", "1", "yes", "y", "yes please", "ok", "okay", "correct", "send", "send it", "submit",
             "confirmed")  # fmt: skip
WRONG = ("change", "2", CHANGE.label.lower(), "no", "n", "wrong", "correct a line")
CHANGING = re.compile(r"(?:please )?(?:change|correct)\b(?: line\b)? *", re.IGNORECASE)
WHOSE = re.compile(r"(?:(?:the|my) )?(?:line )?\(?", re.IGNORECASE)
BESIDE = re.compile(r"\s*[:=]\s*|[.)]\s+|\s+-\s+")  # between a line's name and what is right
TO = re.compile(rf"{BESIDE.pattern}|\s+to(?: be)?:?\s+")
LONGEST_NAME = 40


@dataclass(frozen=True)
class Line:
    """One line of a summary; `keys` are the questions (or `prefix*`) asked again when it is corrected."""

    label: str
    value: str
    keys: tuple[str, ...]


def confirm(
    talk: Talk,
    key: str,
    heading: str,
    lines: Sequence[Line],
    ready: str,
    *,
    anew: Callable[[str], Correction | None] = lambda _words: None,
) -> Question[bool]:
    """Show `lines`, each with a letter, and ask for the confirmation labelled `ready`; the answer is True.

    A letter, a label or "change <label>" has that line asked again instead; with what is right beside it, it is
    corrected at once. `anew` knows other words that correct. At most 26 lines.
    """
    yes = Choice("confirm", ready)
    letters = ascii_lowercase[: len(lines)]
    shown = [f"{letter}. {line.label}: {line.value}" for letter, line in zip(letters, lines, strict=True)]
    text = "\n".join([heading, *shown, "To correct a line, send its letter."])

    def read(words: str) -> bool | Correction | Instead:
        said = kinds.tidy(words).lower().rstrip(".)!")
        wanted = WHOSE.sub("", CHANGING.sub("", said, count=1), count=1)
        names = _names(talk, lines)
        if wanted in names:
            return Correction(names[wanted])
        if said in (*CONFIRMED, ready.lower()):
            return True
        if said in WRONG:
            return Instead(WHICH, _options(lines, lines))
        if told := anew(words) or _told(words, names, lines):
            return told
        if CHANGING.match(said):
            found = _like(wanted, lines)
            return Correction(found[0].keys) if len(found) == 1 else Instead(WHICH, _options(lines, found or lines))
        raise Unclear(f"Please answer “{ready}”, or send the letter of the line to correct, for example b.")

    return talk.ask(key, text, read, choices=(yes, CHANGE), label="Summary", example=ready)


def _options(lines: Sequence[Line], shown: Sequence[Line]) -> tuple[Choice, ...]:
    return tuple(
        Choice(letter, line.label) for letter, line in zip(ascii_lowercase, lines, strict=False) if line in shown
    )


def _names(talk: Talk, lines: Sequence[Line]) -> Mapping[str, tuple[str, ...]]:
    """What is asked again, by each name of a line: its letter, its label, and the labels of its own questions."""
    found: dict[str, tuple[str, ...]] = {}
    for line in lines:
        for question in [each for key, each in talk.asked.items() if matches(key, line.keys)]:
            first = question.key == line.keys[0] or line.keys[0].endswith("*")
            found[question.label.lower()] = line.keys if first else (question.key, f"{question.key}.*")
    by_letter = {letter: line.keys for letter, line in zip(ascii_lowercase, lines, strict=False)}
    return found | {line.label.lower(): line.keys for line in lines} | by_letter


def _like(wanted: str, lines: Sequence[Line]) -> list[Line]:
    """The lines whose label has these words."""
    return [line for line in lines if len(wanted) > 2 and wanted in line.label.lower()]


def _told(words: str, names: Mapping[str, tuple[str, ...]], lines: Sequence[Line]) -> Correction | None:
    """What is right, beside the letter, the number or the name of its line; several lines correct several."""
    found: list[Correction] = []
    for said in kinds.tidy(words[: kinds.MAX_TEXT], lines=True).splitlines():
        correction = _beside(said, names, lines)
        if correction is not None:
            found.append(correction)
        elif found:
            found[-1] = replace(found[-1], words=f"{found[-1].words}\n{said}".strip())
        elif said:
            return None
    return replace(found[0], also=tuple(found[1:])) if found else None


def _beside(said: str, names: Mapping[str, tuple[str, ...]], lines: Sequence[Line]) -> Correction | None:
    """One line of it. A number needs a colon: with a full stop it may well be one of the list that was asked before."""
    changing = CHANGING.match(said)
    rest = WHOSE.sub("", said[changing.end() :] if changing else said, count=1)
    between = (TO if changing else BESIDE).search(rest, 0, LONGEST_NAME)
    if between is None or rest.endswith("?") or not rest[between.end() :]:
        return None
    name = rest[: between.start()].lower()
    like = _like(name, lines) if changing else []
    keys = names.get(name) or (like[0].keys if len(like) == 1 else None)
    if name.isdecimal() and between[0].strip() in (":", "=") and 3 <= int(name) <= len(lines):
        keys = lines[int(name) - 1].keys  # 1 and 2 are the choices below
    return Correction(keys, rest[between.end() :]) if keys else None
