"""The words of a mail that both its forms share, and the form in plain text."""

from itertools import groupby

from bot.channels.email.composing.files import is_picture
from flows.dialog.speech import Choice, File, Outbound

MANY = 8  # choices; of more the numbers are not named one by one
STOP = "To get no more mails of this kind, answer with STOP."


def text(message: Outbound) -> str:
    """The whole message: text, pictures in words, the choices as a numbered list, how to answer and how to stop."""
    listed = "\n".join(f"{number}. {label}" for number, label in enumerate(labels(message.choices), start=1))
    parts = [quoted(message.text.strip("\n")), *pictured(message.files), listed, how(message.choices), stop(message)]
    return "\n\n".join(part for part in parts if part) + "\n"


def quoted(words: str) -> str:
    """The person's own words, in lines that begin with ">" elsewhere, between quotation marks.

    Marks of ours at the beginning of a mail would look, below a head of Outlook, like its marks of what is answered.
    """
    lines: list[str] = []
    for own, group in groupby(words.splitlines(), lambda line: line.startswith(">")):
        found = list(group)
        lines += f"“{_unmarked(found)}”".splitlines() if own and _unmarked(found) else found
    return "\n".join(lines)


def _unmarked(lines: list[str]) -> str:
    return "\n".join(line.removeprefix(">").strip() for line in lines).strip()


def labels(choices: tuple[Choice, ...]) -> list[str]:
    """One line each."""
    return [" ".join(choice.label.split()) for choice in choices]


def pictured(files: tuple[File, ...]) -> list[str]:
    """What pictures show, for whoever does not see them."""
    return [f"[Picture: {each.alt or each.name}]" for each in files if is_picture(each)]


def how(choices: tuple[Choice, ...]) -> str:
    """Which numbers may be sent: "Reply with 1 or 2."; nothing where nothing is to be chosen."""
    if len(choices) > MANY:
        return f"Reply with a number from 1 to {len(choices)}."
    numbers = [str(number) for number in range(1, len(choices) + 1)]
    told = " or ".join([", ".join(numbers[:-1]), numbers[-1]] if len(numbers) > 1 else numbers)
    return f"Reply with {told}." if told else ""


def stop(message: Outbound) -> str:
    """How to get no more of these; nothing for what is no reminder."""
    return STOP if message.stoppable else ""
