"""How a message is laid out: in pieces, with its choices as buttons, and in the text where buttons cannot show them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.channels.telegram import text
from bot.channels.telegram.buttons import packed, press
from flows.dialog.speech import Choice, File, Outbound

LONGEST_LABEL = 36  # a phone shows about that many letters on a button of full width
SHORT_LABEL = 12
IN_A_ROW = 3
MANY = 8
MOST_BUTTONS = 100  # Telegram refuses more
PICTURES = ("image/jpeg", "image/png", "image/webp")
LARGEST_PICTURE = 10_000_000  # bytes; as a document a larger one is taken
PRIVATE = "private:"
SAY_SOMETHING = "Please choose:"


@dataclass(frozen=True)
class Button:
    """`data` comes back when it is pressed; with `start` it opens the private talk instead."""

    label: str
    data: str = ""
    start: str = ""


def parts(message: Outbound) -> list[Outbound]:
    """A message in pieces that Telegram takes, the choices on the last: text, then each file on its own."""
    said = f"{message.text.strip()}\n\n{_listed(message.choices)}" if is_numbered(message.choices) else message.text
    said = said.strip() or (SAY_SOMETHING if message.choices and not message.files else "")
    texts, files = text.pieces(said), list(message.files)
    caption = texts.pop() if files and texts and text.length(texts[-1]) <= text.CAPTION else ""
    found = [replace(message, text=each, choices=(), files=()) for each in texts]
    for number, file in enumerate(files):
        words = caption if number == 0 else ""
        found.append(replace(message, text=words or file.alt[: text.CAPTION // 2], choices=(), files=(file,)))
    found[1:] = [replace(each, edits=0) for each in found[1:]]  # only the first can take an earlier message's place
    return [*found[:-1], replace(found[-1], choices=message.choices)] if found else []


def keyboard(message: Outbound, many_people: bool) -> list[list[Button]]:
    """The rows of buttons: short ones side by side, others one below the other."""
    buttons = [_button(message, *each, many_people) for each in enumerate(message.choices[:MOST_BUTTONS], start=1)]
    if any(text.length(each.label) > SHORT_LABEL for each in buttons):
        return [[each] for each in buttons]
    return [buttons[first : first + IN_A_ROW] for first in range(0, len(buttons), IN_A_ROW)]


def is_numbered(choices: Sequence[Choice]) -> bool:
    """Whether buttons alone do not show the choices: a long label, or too many to look through."""
    return len(choices) > MANY or any(text.length(each.label) > LONGEST_LABEL for each in choices)


def is_picture(file: File) -> bool:
    return file.media_type in PICTURES and len(file.content) <= LARGEST_PICTURE


def start_word(key: str) -> str:
    """What a link into the private talk carries: letters, digits, `_` for a space; nothing when the key has others."""
    word = key.removeprefix(PRIVATE).replace(" ", "_")
    return word if word.isascii() and word.replace("_", "").replace("-", "").isalnum() and len(word) <= 64 else "menu"


def _button(message: Outbound, number: int, choice: Choice, many_people: bool) -> Button:
    label = f"{number}. {choice.label}" if is_numbered(message.choices) else choice.label
    if many_people and choice.key.startswith(PRIVATE):
        return Button(_short(label), start=start_word(choice.key))
    return Button(_short(label), packed(press(message, choice)))


def _short(label: str) -> str:
    label = " ".join(label.split()) or "…"
    return label if text.length(label) <= LONGEST_LABEL else f"{label[: LONGEST_LABEL - 1].rstrip(' ,;')}…"


def _listed(choices: Sequence[Choice]) -> str:
    return "\n".join(f"{number}. {choice.label}" for number, choice in enumerate(choices, start=1))
