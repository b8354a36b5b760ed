"""Settings: read once, checked by name and value, and never shown when they are secret."""

import ast
from dataclasses import fields
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.settings import Settings, SettingsError, read, user_name
from bot.values import Place
from tests.bot.edge import ROOT


def refusal(environ: dict[str, str], folder: Path) -> str:
    with pytest.raises(SettingsError) as caught:
        read(environ, folder)
    return str(caught.value)


def test_without_any_setting_the_defaults_hold(tmp_path: Path) -> None:
    found = read({}, tmp_path)
    assert (found.database_url, found.mail_dir, found.staff, found.link_check, found.http_listen, found.now) == (
        "sqlite:///lssc.db", Path("mail"), (), True, ("127.0.0.1", 8080), None,
    )  # fmt: skip


def test_the_environment_overrules_the_file(tmp_path: Path) -> None:
    (tmp_path / "lssc.toml").write_text('mail_dir = "of the file"\nLSSC_LINK_CHECK = false\n')
    found = read({"LSSC_MAIL_DIR": "of the environment"}, tmp_path)
    assert (found.mail_dir, found.link_check) == (Path("of the environment"), False)


def test_an_empty_variable_counts_as_not_set(tmp_path: Path) -> None:
    assert read({"LSSC_POLICY": " "}, tmp_path).policy is None


def test_a_mistyped_variable_is_named_with_the_one_that_was_meant(tmp_path: Path) -> None:
    assert refusal({"LSSC_DATABSE_URL": "x"}, tmp_path) == (
        "There is no variable LSSC_DATABSE_URL - did you mean LSSC_DATABASE_URL?"
    )


def test_a_mistyped_key_of_the_file_is_named_with_the_one_that_was_meant(tmp_path: Path) -> None:
    (tmp_path / "lssc.toml").write_text('telegram_tokn = "x"\n')
    assert refusal({}, tmp_path) == (
        f"There is no setting telegram_tokn in {tmp_path}/lssc.toml - did you mean telegram_token?"
    )


def test_a_name_like_no_other_points_to_the_list(tmp_path: Path) -> None:
    assert refusal({"LSSC_XYZZY": "x"}, tmp_path) == (
        "There is no variable LSSC_XYZZY; docs/operating.md lists them all."
    )


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("LSSC_NOW", "yesterday", "an ISO time such as 2026-11-22T09:00-06:00, not 'yesterday'"),
        ("LSSC_NOW", "9999-12-31T23:59Z", "an ISO time of the years 2000 to 2100, not '9999-12-31T23:59Z'"),
        ("LSSC_OFFICE_TIMEZONE", "Mars/Base", "the name of a time zone such as America/Chicago, not 'Mars/Base'"),
        (
            "LSSC_OFFICE_TIMEZONE",
            "../etc",
            "the name of a time zone such as America/Chicago, not '../etc'",
        ),
        ("LSSC_LINK_CHECK", "maybe", "on or off, not 'maybe'"),
        ("LSSC_HTTP_LISTEN", "8080", "host:port such as 127.0.0.1:8080, not '8080'"),
        ("LSSC_HTTP_LISTEN", "a:99999", "host:port such as 127.0.0.1:8080, not 'a:99999'"),
        ("LSSC_PUBLIC_URL", "example.org", "an address that begins with https:// or http://, not 'example.org'"),
        ("LSSC_MAIL_FROM", "nobody", "a mail address such as lssc@example.org, not 'nobody'"),
        ("LSSC_MAIL_REPLY_DOMAIN", "a b", "a domain such as mail.example.org, not 'a b'"),
        ("LSSC_STAFF", "U1", "an address such as email:a@b.org, slack:U123 or telegram:456, not 'U1'"),
        ("LSSC_DESK", "email:x", "an address such as email:a@b.org, slack:U123 or telegram:456, not 'email:x'"),
    ],
)
def test_a_wrong_value_is_named_with_what_is_expected(name: str, value: str, expected: str, tmp_path: Path) -> None:
    assert refusal({name: value}, tmp_path) == f"{name} must be {expected}."


@pytest.mark.parametrize("name", ["LSSC_SMTP_URL", "LSSC_IMAP_URL", "LSSC_DATABASE_URL"])
def test_a_wrong_address_with_a_password_is_not_repeated(name: str, tmp_path: Path) -> None:
    told = refusal({name: "ftp://user:hunter2@host"}, tmp_path)
    assert told.startswith(f"{name} must be ")
    assert "hunter2" not in told


def test_secrets_are_never_shown(tmp_path: Path) -> None:
    given = {
        "LSSC_DATABASE_URL": "postgresql+psycopg://u:hunter2@h/d",
        "LSSC_TELEGRAM_TOKEN": "hunter2",
        "LSSC_TELEGRAM_WEBHOOK_SECRET": "hunter2",
        "LSSC_SLACK_BOT_TOKEN": "hunter2",
        "LSSC_SLACK_SIGNING_SECRET": "hunter2",
        "LSSC_SLACK_APP_TOKEN": "hunter2",
        "LSSC_SMTP_URL": "smtp://u:hunter2@h",
        "LSSC_IMAP_URL": "imaps://u:hunter2@h/INBOX",
        "LSSC_SECRET_KEY": "hunter2",
    }
    assert "hunter2" not in repr(read(given, tmp_path))


def test_a_time_without_zone_is_in_utc(tmp_path: Path) -> None:
    assert read({"LSSC_NOW": "2026-11-22T09:00"}, tmp_path).now == datetime(2026, 11, 22, 9, tzinfo=UTC)
    assert read({"LSSC_NOW": "2026-11-22T09:00-06:00"}, tmp_path).now == datetime(2026, 11, 22, 15, tzinfo=UTC)


def test_the_file_may_hold_lists_times_and_switches(tmp_path: Path) -> None:
    (tmp_path / "lssc.toml").write_text(
        'staff = ["slack:U1", "email:a@b.org"]\nnow = 2026-11-22T09:00:00Z\nlink_check = false\n'
    )
    found = read({}, tmp_path)
    assert found.staff == (Place("slack", "U1"), Place("email", "a@b.org"))
    assert (found.now, found.link_check) == (datetime(2026, 11, 22, 9, tzinfo=UTC), False)


def test_a_file_that_is_no_toml_is_named_with_the_place(tmp_path: Path) -> None:
    (tmp_path / "lssc.toml").write_text("now = [")
    assert refusal({}, tmp_path).startswith(f"{tmp_path}/lssc.toml is not valid TOML: ")


def test_a_table_in_the_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "lssc.toml").write_text('[desk]\nx = "y"\n')
    assert refusal({}, tmp_path) == f"desk in {tmp_path}/lssc.toml must be a text in quotation marks."


def test_the_cache_goes_beside_the_program_where_the_home_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert read({"XDG_CACHE_HOME": str(tmp_path)}, tmp_path).cache_dir == tmp_path / "lssc"
    assert read({"HOME": str(tmp_path)}, tmp_path).cache_dir == tmp_path / ".cache" / "lssc"
    assert read({"XDG_CACHE_HOME": str(tmp_path / "file")}, tmp_path).cache_dir == ROOT / ".cache"


def test_every_setting_is_documented_with_its_meaning_and_default() -> None:
    page = (ROOT / "docs" / "operating.md").read_text()
    rows = [
        f"| `LSSC_{each.name.upper()}` | {each.metadata['shown']} | {each.metadata['meaning']} |"
        for each in fields(Settings)
    ]
    assert [row for row in rows if row not in page] == []


def test_the_user_has_a_name() -> None:
    assert user_name()


def test_nobody_else_reads_the_environment() -> None:
    rooms = ("bot", "handlers", "notifications", "faq", "storage", "flows")
    readers = [
        path.relative_to(ROOT).as_posix()
        for room in rooms
        for path in sorted((ROOT / room).rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Attribute) and node.attr in ("environ", "getenv")
    ]
    assert set(readers) == {"bot/settings.py"}
