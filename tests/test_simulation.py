"""A short simulation of the blind review keeps the targets of the long one (`make simulate`)."""

import shutil
from pathlib import Path

import pytest

from storage.database import prepared
from tests.simulation import __main__ as simulation
from tests.simulation.cast import Plan
from tests.simulation.figures import figures
from tests.simulation.years import Years, begun

SHORT = Plan(submissions=60, months=4, evaluators=40)
TINY = Plan(submissions=8, months=2, evaluators=20)


def played(plan: Plan, template: Path, folder: Path, *, automatic: bool = True) -> Years:
    shutil.copyfile(template, folder / "lssc.db")
    database = prepared(f"sqlite:///{folder}/lssc.db", "this process", upgrade=False)
    years = begun(simulation.house(database, automatic=automatic), plan)
    years.play()
    database.close()
    return years


def test_sets_are_decided_in_time_and_nobody_is_asked_too_often(sqlite_template: Path, tmp_path: Path) -> None:
    assert [each for each in figures(played(SHORT, sqlite_template, tmp_path)) if not each.met] == []


@pytest.mark.parametrize("automatic", [True, False])
def test_the_same_seed_plays_the_same_years(sqlite_template: Path, tmp_path: Path, automatic: bool) -> None:
    one, two = (played(TINY, sqlite_template, tmp_path, automatic=automatic) for _ in range(2))
    assert (one.decided, one.load, one.asked) == (two.decided, two.load, two.asked)
    assert sum(one.load.values()) > 0


def test_a_target_that_is_missed_is_told_and_fails(capsys: pytest.CaptureFixture[str]) -> None:
    """Evaluators who take one review a year cannot read all sets."""
    assert simulation.main(["--submissions", "40", "--months", "4", "--evaluators", "20", "--limit", "1"]) == 1
    told = capsys.readouterr().out
    assert next(line for line in told.splitlines() if line.startswith("evaluators asked beyond")).endswith(" met")
    assert next(line for line in told.splitlines() if line.startswith("decided")).endswith("MISSED")
