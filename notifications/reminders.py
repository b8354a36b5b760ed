"""The reminder rules, read from `reminders.toml`, and the words of a reminder by its rule's template."""

import tomllib
from collections.abc import Hashable, Mapping
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from flows.program.reminding import Rule, rule
from notifications import compose


@cache
def rules() -> Mapping[str, Rule]:
    """All rules by name, in the order of the file. Raises ValueError for one that cannot be read."""
    told: Mapping[str, Any] = tomllib.loads(files("notifications").joinpath("reminders.toml").read_text("utf-8"))
    return {name: rule(name, each) for name, each in told.items()}


def text(of: Rule, facts: Mapping[str, Hashable]) -> str:
    """What somebody is reminded of. Raises jinja2.UndefinedError when the template names what `facts` does not have.

    Many people are reminded of the same in the same words on one day, so the words are kept.
    """
    return _words(of.name, *facts.items())


@lru_cache(maxsize=512)
def _words(name: str, *facts: tuple[str, Hashable]) -> str:
    return compose.rendered(f"reminders/{name}.txt", dict(facts))
