"""The key of our addresses is the office's own, or is made once and stays."""

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from bot.channels.email.keys import key, place


def test_the_key_of_the_settings_comes_first(tmp_path: Path) -> None:
    assert key("of the office", f"sqlite:///{tmp_path}/lssc.db") == b"of the office"
    assert list(tmp_path.iterdir()) == []


def test_a_key_is_made_once_beside_the_database_for_our_eyes_only(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/lssc.db?timeout=3"
    first, second = key(None, url), key(None, url)
    (file,) = tmp_path.iterdir()
    assert (first == second, len(first) >= 32, file.name) == (True, True, "lssc.db-key")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_two_databases_have_two_keys(tmp_path: Path) -> None:
    assert key(None, f"sqlite:///{tmp_path}/a.db") != key(None, f"sqlite:///{tmp_path}/b.db")


def test_all_that_begin_at_the_same_time_have_the_same_key(tmp_path: Path) -> None:
    with ThreadPoolExecutor(16) as pool:
        found = set(pool.map(lambda _: key(None, f"sqlite:///{tmp_path}/lssc.db"), range(64)))
    assert (len(found), [each.name for each in tmp_path.iterdir()]) == (1, ["lssc.db-key"])


@pytest.mark.parametrize("url", ["postgresql+psycopg://u@h/lssc", "sqlite:///:memory:", "sqlite://"])
def test_without_a_database_file_the_key_lies_in_the_working_folder(url: str) -> None:
    assert place(url) == Path("lssc.key")


def test_half_a_key_is_told_not_used(tmp_path: Path) -> None:
    (tmp_path / "lssc.db-key").write_text("half")
    with pytest.raises(OSError, match=r"is damaged; delete it .*, or set LSSC_SECRET_KEY"):
        key(None, f"sqlite:///{tmp_path}/lssc.db")


def test_a_key_that_cannot_be_kept_is_not_made_up(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        key(None, f"sqlite:///{tmp_path}/nowhere/lssc.db")
