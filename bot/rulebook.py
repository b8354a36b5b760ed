"""Reads what the program goes by from files: the policy, the competencies, and the knowledge base made of them.

Exception
└── RulebookError    a file cannot be used; the message names it, says why and what to do
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from bot.settings import Settings
from flows.program import competencies as sets
from flows.program import figures, policy

if TYPE_CHECKING:
    from faq.guessing import Guesser
    from faq.knowledge import Knowledge

Progress = Callable[[int, int], None]


class RulebookError(Exception):
    """A file cannot be used; the message names it, says why and what to do."""


@dataclass(frozen=True)
class Rulebook:
    """The rules of every day, the competencies, and whether their official wording is loaded."""

    policy: policy.Policy
    competencies: sets.Competencies
    is_official: bool


def read(settings: Settings) -> Rulebook:
    """The rulebook of these settings. Raises RulebookError."""
    wording = official(settings.competencies)
    known = built_in_competencies() if wording is None else worded(wording, settings.competencies)
    return Rulebook(chosen_policy(settings.policy), known, wording is not None)


def chosen_policy(path: Path | None) -> policy.Policy:
    """The policy in the file, or the built-in one."""
    try:
        return policy.load(text(path) if path else _built_in("policy.toml"))
    except (policy.PolicyError, RulebookError) as error:
        told = str(error).removeprefix(f"{path}: ").rstrip(".")
        raise RulebookError(f"LSSC_POLICY, {path}: {told}. Mend the file or unset LSSC_POLICY.") from None


def built_in_competencies() -> sets.Competencies:
    """The competencies in short forms of our own."""
    return sets.load(_built_in("competencies.toml"))


def official(path: Path) -> str | None:
    """The table of official wordings, or None where there is no such file."""
    return text(path) if path.exists() else None


def worded(table: str, path: Path) -> sets.Competencies:
    """The competencies with the official wordings of the table."""
    try:
        return built_in_competencies().with_official(table)
    except sets.CompetencyError as error:
        raise RulebookError(f"{path}: {error}. Nothing of the file is used.") from None


def knowledge(settings: Settings, rules: Rulebook, now: datetime, on_progress: Progress | None = None) -> Knowledge:
    """The knowledge base with today's figures; the first call on a machine takes a minute. Raises RulebookError."""
    from faq import knowledge as base
    from faq.encoder import ModelError
    from faq.entries import EntryError

    today = now.astimezone(settings.office_timezone).date()
    try:
        told = figures.figures(rules.policy.on(today), rules.competencies)
        return base.load(told, model_dir=settings.model_dir, cache_dir=settings.cache_dir, on_progress=on_progress)
    except KeyError as error:
        raise RulebookError(f"The policy names a competency set that does not exist: {error}") from None
    except (ModelError, EntryError) as error:
        raise RulebookError(f"The knowledge base cannot be opened: {error}") from None


def guesser(settings: Settings, rules: Rulebook, base: Knowledge, on_progress: Progress | None = None) -> Guesser:
    """What guesses competencies, with the encoder of `base`; the first call on a machine takes up to half a minute.

    Raises RulebookError.
    """
    from faq import learning

    try:
        return learning.load(rules.competencies, base, cache_dir=settings.cache_dir, on_progress=on_progress)
    except learning.PhrasingError as error:
        raise RulebookError(f"The competencies cannot be guessed: {error}") from None


def _built_in(name: str) -> str:
    return resources.files("flows.program").joinpath(name).read_text(encoding="utf-8")


def text(path: Path) -> str:
    """The text of a file in UTF-8. Raises RulebookError."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise RulebookError(f"{path}: is not a text in UTF-8; save it again as UTF-8.") from None
    except OSError as error:
        raise RulebookError(f"{path}: cannot be read: {error.strerror}.") from None
