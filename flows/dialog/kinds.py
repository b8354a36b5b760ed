"""How the words of a person are read for each kind of question; anything unreadable raises Unclear with a hint."""

import re
from collections.abc import Callable, Mapping, Sequence
from difflib import get_close_matches
from functools import lru_cache

from flows.dialog.speech import Choice
from flows.dialog.unclear import Unclear
from flows.program import links

YES_NO = (Choice("yes", "Yes"), Choice("no", "No"))
YES = frozenset(
    [
        "yes",
        "y",
        "yeah",
        "yep",
        "yup",
        "yea",
        "ya",
        "sure",
        "ok",
        "okay",
        "correct",
        "right",
        "true",
        "si",
        "sí",
        "absolutely",
        "definitely",
        "certainly",
    ]
)
NO = frozenset(["no", "n", "nope", "nah", "false", "never", "negative"])
SOFT = YES - {"yes", "y", "yeah", "yep", "yup", "yea", "ya", "si", "sí"}
NOT = re.compile(r"\b(?:no|not|never|nope)\b|n[’']t\b")
REFUSED = frozenset(
    ("not yet", "not really", "not me", "of course not", "absolutely not", "definitely not", "certainly not")
)
# Without "=" and "?": a mail header would read `=?utf-8?q?...?=` as something else than what was typed.
LOCAL = re.compile(r"[A-Za-z0-9.!#$%&'*+/^_`{|}~-]+")
UNDECIDED = re.compile(
    r"\?|^no\W*(?:idea|clue|answer|comment|opinion|preference|problem|worries|doubt|matter|wait|yes\b)"
    r"|^no (?:s[eé]\b|lo s[eé]|entiendo)"
    r"|^never ?mind|^(?:yes|y|yeah) ?(?:and|or|/|,|\.)? ?no\b"
)
REMARK = re.compile(r"(?:yes|y|yeah|yep|yup|si|sí|no|nope|n) ?(?:[,.;:!(–—]|- )")  # "Yes, from Nigeria"
LONGEST_REMARK = 1000  # characters of a yes or no with a remark behind it
BUT = r"(?:\b(?:but|or|and|actually|well|wait|rather|also)\b|[,;.:!/–—-])[ ,.]*"
THEN_NO = re.compile(rf"{BUT}(?:no|nope|nah)\b[ ,.]*(?:$|[,;.:!])|{BUT}(?:i(?: am|'m) )?not(?: yet| really| sure)?$")
THEN_YES = re.compile(rf"{BUT}(?:yes|yeah|yep)\b")
INVISIBLE = "\u200d\u3164\u2800\u115f\u1160\ufe0f \n"  # printable for Python, yet nothing is seen
MAX_TEXT = 4000
MAX_LINE = 200
# What people write around the number or the words of their choice: "#2", "option 2", "number 2 please, thanks".
AROUND = re.compile(
    r"^(?:please )?(?:#|\((?=\d{1,2}\)?$)|(?:option|number|choice|no\.) ?(?=\d))|(?:,? (?:please|thanks|thank you))+$"
)
ALSO_YES = ("yes", "y", "yes please", "yes, please", "yeah", "yep", "please", "sure", "ok", "okay")
ALSO_NO = frozenset((
    "no", "n", "no thanks", "no, thanks", "no thank you", "no, thank you", "nope", "nothing else", "nothing more",
    "no more", "done", "that's all", "that's it", "that is it", "no that's all", "no, that's all", "no, that is all",
))  # fmt: skip


def yes_no(words: str) -> bool:
    """Read a yes or a no, also at the head of a short sentence or before a remark ("yes, in 1998")."""
    said = tidy(words).lower().replace("’", "'").rstrip(" .,!")
    first = re.split(r"[\s,.;:!(–—]", said, maxsplit=1)[0]
    if said in REFUSED:
        return False
    if _is_decided(said):
        if first in YES or said in ("1", "i do", "i am", "i have", "of course", "that is right", "that's right"):
            if first in SOFT and NOT.search(said):
                raise Unclear("Please answer yes or no.")
            return True
        if first in NO or said in (
            "2",
            "i don't",
            "i do not",
            "i have not",
            "i haven't",
            "i'm not",
            "i am not",
            "none",
        ):
            return False
    raise Unclear("Please answer yes or no.")


def _is_decided(said: str) -> bool:
    """Whether words may be a yes or a no: few words, or a remark behind it that does not say the opposite."""
    if len(said) > (LONGEST_REMARK if REMARK.match(said) else MAX_LINE) or UNDECIDED.search(said):
        return False
    then = THEN_YES if said.startswith("n") else THEN_NO
    return (REMARK.match(said) is not None or len(said.split()) <= 12) and not then.search(said)


def choice(choices: Sequence[Choice], also: Mapping[str, str] | None = None) -> Callable[[str], str]:
    """Read one of `choices` by key, label, number or an unmistakable beginning; gives its key.

    `also` gives the key for other words, in lower case.
    """
    options = tuple(choices)

    def read(words: str) -> str:
        said = named(words)
        if said.isdecimal() and 1 <= int(said[:4]) <= len(choices):
            return choices[int(said[:4]) - 1].key
        labels = _labels(options)
        key = labels.get(said) or (also or {}).get(said) or _keys(options).get(said)
        if key is not None:
            return key
        begins = {key for label, key in labels.items() if len(said) >= 2 and label.startswith(said)}
        if len(begins) == 1:
            return begins.pop()
        near = get_close_matches(said[:80], labels, n=2, cutoff=0.7)
        if near:
            asked = " or ".join(f"“{_label(choices, labels[word])}”" for word in near)
            raise Unclear(f"Did you mean {asked}? Then please send just that, or its number.")
        raise Unclear("Please answer with one of the choices, by its number or its words.")

    return read


def named(words: str) -> str:
    """The number or the words of a choice, in lower case, without what people write around them."""
    return AROUND.sub("", _bare(words))


def said_yes_or_no(yes: str, no: str) -> Mapping[str, str]:
    """For a choice that is worded like a yes-or-no question: the keys that a bare yes and a bare no stand for."""
    return dict.fromkeys(ALSO_YES, yes) | dict.fromkeys(ALSO_NO, no)


def several(choices: Sequence[Choice]) -> Callable[[str], tuple[str, ...]]:
    """Read one or more of `choices`, separated by commas, semicolons, line ends or "and"."""
    one = choice(choices)
    options = tuple(choices)

    def read(words: str) -> tuple[str, ...]:
        said = tidy(words[:MAX_TEXT], lines=True).lower()
        if _bare(said) in _labels(options):
            return (one(said),)
        digits = said.replace("and", " ").replace(",", " ").split()
        parts = digits if all(part.isdecimal() for part in digits) else re.split(r"[,;\n&]|\band\b", said)
        found = [one(part) for part in parts if part.strip()]
        if not found:
            raise Unclear("Please choose one or more, for example: 1, 3")
        return tuple(dict.fromkeys(found))

    return read


def text(words: str, *, longest: int = MAX_LINE, lines: bool = False) -> str:
    """Read open text as it stands, without control characters; `longest` in characters."""
    said = tidy(words, lines=lines)
    if not said.strip(INVISIBLE):
        raise Unclear("Please write a few words.")
    if len(said) > longest:
        raise Unclear(f"That is {len(said):,} characters; please keep it under {longest:,}.")
    return said


def email(words: str) -> str:
    """Read an email address, also with "mailto:" or angle brackets around it; the domain in lower case."""
    said = tidy(words)
    found = re.findall(r"[^\s<>()\[\],;:\"]+@[^\s<>()\[\],;:\"@]+", said if len(said) <= 1000 else "")
    if len(found) > 1:
        raise Unclear("I see more than one address there; please send just one.")
    local, _, domain = (found[0] if found else "").rstrip(".!?'").partition("@")
    name = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
    is_domain = len(domain) <= 253 and re.fullmatch(rf"(?:{name}\.)+[A-Za-z]{{2,63}}", domain)
    is_local = len(local) <= 64 and LOCAL.fullmatch(local) and ".." not in f".{local}."
    if not is_domain or not is_local:
        raise Unclear("That does not look like an email address; it should be like ann@library.org.")
    return f"{local}@{domain.lower()}"


def link(words: str) -> str:
    """Read a web address; `https://` is added where it is missing. Raises Unclear where `links.normal` does."""
    said = tidy(words)
    if " " in said or not said:
        raise Unclear("Please send just the link, for example https://example.org/my-work")
    return links.complete(said)


def tidy(words: str, *, lines: bool = False) -> str:
    """The words without control characters and outer blanks; line ends become blanks unless `lines`."""
    kept = words
    if not words.isprintable():
        kept = "".join(c if c.isprintable() or c in "\n\u200d" else " " for c in words.replace("\r\n", "\n"))
    if not lines:
        return " ".join(kept.split())
    return "\n".join(" ".join(line.split()) for line in kept.split("\n")).strip()


def _bare(words: str) -> str:
    return tidy(words).lower().replace("’", "'").rstrip(".!)")


@lru_cache(256)  # a script is played twice in a turn, and its choices are always the same
def _labels(choices: tuple[Choice, ...]) -> Mapping[str, str]:
    return {_bare(option.label): option.key for option in choices}


@lru_cache(256)
def _keys(choices: tuple[Choice, ...]) -> Mapping[str, str]:
    return {option.key.lower(): option.key for option in choices}


def _label(choices: Sequence[Choice], key: str) -> str:
    return next(option.label for option in choices if option.key == key)
