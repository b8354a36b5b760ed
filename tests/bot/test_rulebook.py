"""The files that the program goes by."""

from datetime import date
from pathlib import Path

import pytest

from bot import rulebook
from bot.settings import Settings
from flows.program import policy


def test_another_policy_file_is_what_holds(tmp_path: Path) -> None:
    built_in = (Path(policy.__file__).parent / "policy.toml").read_text()
    (tmp_path / "policy.toml").write_text(built_in.replace('"$350"', '"$400"'))
    found = rulebook.read(Settings(policy=tmp_path / "policy.toml", competencies=tmp_path / "absent.csv"))
    assert found.policy.on(date(2026, 11, 22)).fee == 40_000


def test_a_policy_that_cannot_be_used_is_named_with_place_and_remedy(tmp_path: Path) -> None:
    (tmp_path / "policy.toml").write_text("[[rules]]\nfrom = 1\n")
    with pytest.raises(rulebook.RulebookError) as caught:
        rulebook.chosen_policy(tmp_path / "policy.toml")
    told = str(caught.value)
    assert told.startswith(f"LSSC_POLICY, {tmp_path}/policy.toml: line 2, from: ")
    assert told.endswith(" Mend the file or unset LSSC_POLICY.")


def test_a_file_that_is_no_utf8_is_named(tmp_path: Path) -> None:
    (tmp_path / "competencies.csv").write_bytes(b"set,number,wording\nTechnology,1,caf\xe9\n")
    with pytest.raises(rulebook.RulebookError, match="save it again as UTF-8"):
        rulebook.read(Settings(competencies=tmp_path / "competencies.csv"))


def test_without_a_table_the_short_forms_hold(tmp_path: Path) -> None:
    assert not rulebook.read(Settings(competencies=tmp_path / "absent.csv")).is_official
