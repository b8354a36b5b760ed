"""The last step of a form: everything said so far, line by line, to confirm or to correct any line."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from string import ascii_lowercase

from flows.dialog import kinds
from flows.dialog.question import Correction, Instead, Question
from flows.dialog.speech import Choice
from flows.dialog.talk import Talk
from flows.dialog.unclear import Unclear

CHANGE = Choice("change", "Change a line")


@dataclass(frozen=True)
class Line:
    """One line of a summary; `keys` are the questions (or `prefix*`) asked again when it is corrected."""

    label: str
    value: str
    keys: tuple[str, ...]


def confirm(talk: Talk, key: str, heading: str, lines: Sequence[Line], ready: str) -> Question[bool]:
    """Show `lines`, each with a letter, and ask for the confirmation labelled `ready`; the answer is True.

    A letter, a label or "change <label>" has that line asked again instead. At most 26 lines.
    """
    yes = Choice("confirm", ready)
    letters = ascii_lowercase[: len(lines)]
    shown = [f"{letter}. {line.label}: {line.value}" for letter, line in zip(letters, lines, strict=True)]
    text = "\n".join([heading, *shown, "To correct a line, send its letter."])

    def read(words: str) -> bool | Correction | Instead:
        said = kinds.tidy(words).lower().rstrip(".)!")
        wanted = re.sub(r"^(?:(?:change|correct) )?(?:(?:the|my) )?(?:line )?\(?", "", said)
        for letter, line in zip(letters, lines, strict=True):
            if wanted in (letter, line.label.lower()):
                return Correction(line.keys)
        if said in ("confirm", "1", ready.lower(), "yes", "y", "yes please", "ok", "okay", "correct", "send", "send it",
                    "submit", "confirmed"):  # fmt: skip
            return True
        if said in ("change", "2", CHANGE.label.lower(), "no", "n", "wrong", "correct a line"):
            options = tuple(Choice(letter, line.label) for letter, line in zip(letters, lines, strict=True))
            return Instead("Which line shall we correct? Send its letter or its name.", options)
        part = [line for line in lines if wanted != said and len(wanted) > 2 and wanted in line.label.lower()]
        if len(part) == 1:
            return Correction(part[0].keys)
        raise Unclear(f"Please answer “{ready}”, or send the letter of the line to correct, for example b.")

    return talk.ask(key, text, read, choices=(yes, CHANGE), label="Summary", example=ready)
