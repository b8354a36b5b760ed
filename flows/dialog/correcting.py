"""A corrected answer is kept aside until the new one is given, and comes back when the person goes back instead.

It stays among the answers on record, under a key that no question has: so a script never sees it, and a restart or
another channel changes nothing. One correction at a time: another one ends it, and what was not answered anew comes
back.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from flows.dialog.question import matches

KEYS = "being corrected"  # the keys (or `prefix*`) asked again, as JSON
OLD = "was "  # stands before the key of an answer that is kept aside


@dataclass(frozen=True)
class Change:
    """Changes to the answers on record, in this order: keys forgotten, words moved from key to key, words put."""

    forget: tuple[str, ...] = ()
    moved: Mapping[str, str] = field(default_factory=dict)
    put: Mapping[str, str] = field(default_factory=dict)

    def of(self, answers: Mapping[str, str]) -> dict[str, str]:
        """The answers after it."""
        left = {self.moved.get(key, key): words for key, words in answers.items() if key not in self.forget}
        return {**left, **self.put}


def keys(answers: Mapping[str, str]) -> tuple[str, ...]:
    """What is being corrected; empty when nothing is."""
    return tuple(json.loads(answers.get(KEYS, "[]")))


def begun(answers: Mapping[str, str], wanted: tuple[str, ...]) -> Change:
    """The answers under `wanted` are kept aside and asked again."""
    earlier = undone(answers) if not _answered(answers) else Change(ended(answers))
    now = earlier.of(answers)
    moves = {**earlier.moved, **{key: f"{OLD}{key}" for key in now if matches(key, wanted)}}
    needed = {key: to for key, to in moves.items() if moves.get(to) != key}
    return Change(earlier.forget, needed, {KEYS: json.dumps(wanted)})


def undone(answers: Mapping[str, str]) -> Change:
    """What was kept aside is the answer again."""
    new = (key for key in answers if key == KEYS or matches(key, keys(answers)))
    return Change(tuple(new), {key: key.removeprefix(OLD) for key in answers if key.startswith(OLD)})


def ended(answers: Mapping[str, str]) -> tuple[str, ...]:
    """The keys to forget once the new answer is complete."""
    return tuple(key for key in answers if key == KEYS or key.startswith(OLD))


def _answered(answers: Mapping[str, str]) -> bool:
    return any(matches(key, keys(answers)) for key in answers)
