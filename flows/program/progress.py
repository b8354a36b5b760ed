"""How far a candidate has come: which sets are complete, which are missing, and when the certificate was earned."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from flows.program.rules import Rules


@dataclass(frozen=True)
class Progress:
    """Sets by their ids, in the order of the rules; `electives_missing` is how many more are needed.

    `spare` are complete electives beyond those needed: welcome, but they never stand in for a required set.
    """

    required_complete: tuple[str, ...]
    required_missing: tuple[str, ...]
    electives_complete: tuple[str, ...]
    electives_missing: int
    electives_open: tuple[str, ...]
    spare: int

    @property
    def counted(self) -> int:
        """Sets that count toward the certificate."""
        return len(self.required_complete) + len(self.electives_complete) - self.spare

    @property
    def certified(self) -> bool:
        """Nothing is missing."""
        return not self.required_missing and not self.electives_missing


def progress(complete: Collection[str], rules: Rules) -> Progress:
    """Where somebody with these complete sets stands; ids of no current set count for nothing."""
    electives = tuple(one for one in rules.elective_sets if one in complete)
    return Progress(
        required_complete=tuple(one for one in rules.required_sets if one in complete),
        required_missing=tuple(one for one in rules.required_sets if one not in complete),
        electives_complete=electives,
        electives_missing=max(0, rules.electives_needed - len(electives)),
        electives_open=tuple(one for one in rules.elective_sets if one not in complete),
        spare=max(0, len(electives) - rules.electives_needed),
    )


def counted(complete: Collection[str], rules: Rules) -> int:
    """How many of these sets count toward the certificate, which is earned when all that are needed do."""
    electives = [one for one in rules.elective_sets if one in complete]
    return len([one for one in rules.required_sets if one in complete]) + min(len(electives), rules.electives_needed)


def certified(complete: Collection[str], rules: Rules) -> bool:
    """Three required and three elective sets are complete. Sources: candidate FAQ 6; briefing, appendix C 6."""
    return progress(complete, rules).certified


def certified_on(complete: Mapping[str, date], rules: Rules) -> date | None:
    """The day on which the last of the needed sets was completed (the dates are by set); None while one is missing."""
    if not certified(complete, rules):
        return None
    electives = sorted(complete[one] for one in rules.elective_sets if one in complete)
    return max([complete[one] for one in rules.required_sets] + electives[: rules.electives_needed])
