"""How the headers of a mail are written out; the policy that every mail of ours is made with."""

import re
from email.headerregistry import BaseHeader, HeaderRegistry
from email.policy import EmailPolicy, Policy
from typing import Any

MESSAGE_ID = re.compile(r"<[^<>\s@]{1,250}@[^<>\s@]{1,250}>")
MOST_BEFORE = 20  # mails of a thread that are named; the first one, and the latest
LONGEST_SUBJECT = 200


class _AsItIs(BaseHeader):
    """A header whose words are kept whole, one a line: the standard library would encode a long one beyond use."""

    max_count = 1

    @classmethod
    def parse(cls, value: str, kwds: dict[str, Any]) -> None:
        kwds["parse_tree"], kwds["decoded"], kwds["defects"] = None, value, []

    def fold(self, *, policy: Policy) -> str:
        return f"{self.name}: {f'{policy.linesep} '.join(self.split(' '))}{policy.linesep}"


def _registry() -> HeaderRegistry:
    registry = HeaderRegistry()
    for name in ("message-id", "in-reply-to", "references", "list-unsubscribe"):
        registry.map_to_type(name, _AsItIs)
    return registry


POLICY = EmailPolicy(linesep="\r\n", header_factory=_registry())
POLICY_UTF8 = POLICY.clone(utf8=True)  # for a mail server with SMTPUTF8


def thread(answers: str) -> tuple[str, ...]:
    """The mails that a message answers, oldest first, out of what the channel was told; none when it names no mail."""
    found = tuple(dict.fromkeys(each for each in MESSAGE_ID.findall(answers) if each.isascii() and each.isprintable()))
    return found if len(found) <= MOST_BEFORE else (found[0], *found[1 - MOST_BEFORE :])


def subject(words: str, default: str, *, answers: bool) -> str:
    """One line; that of an answer begins with "Re:", by which mail programs keep a thread together."""
    told = " ".join("".join(each if each.isprintable() else " " for each in words).split())
    if len(told) > LONGEST_SUBJECT:
        told = f"{told[: LONGEST_SUBJECT - 1].rstrip()}…"
    if told and answers and not told.lower().startswith("re:"):
        told = f"Re: {told}"
    return told or default
