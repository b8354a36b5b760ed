"""Doctor, demo, migrations, imports and the measuring of answers."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.bot.edge import Lssc
from tests.bot.serving import free_port


def parts(lssc: Lssc, **env: str) -> tuple[int, dict[str, tuple[str, str]]]:
    result = lssc("doctor", "--json", **{"LSSC_HTTP_LISTEN": f"127.0.0.1:{free_port()}"} | env)
    return result.returncode, {each["part"]: (each["state"], each["told"]) for each in json.loads(result.stdout)}


def test_a_fresh_folder_is_healthy_and_what_is_not_configured_is_no_fault(lssc: Lssc) -> None:
    code, found = parts(lssc)
    assert (code, [part for part, (state, _) in found.items() if state == "works"]) == (
        0,
        ["settings", "rules", "competencies", "knowledge base", "database", "outgoing mail", "http address"],
    )
    assert {found[part][0] for part in ("public pages", "telegram", "slack", "mailbox")} == {"not configured"}
    assert not (lssc.folder / "lssc.db").exists()


def test_what_is_configured_and_broken_is_told_with_the_way_to_mend_it(lssc: Lssc) -> None:
    (lssc.folder / "competencies.csv").write_text("set,number,wording\nTechnology,99,x\n")
    (lssc.folder / "mail").write_text("no folder")
    (lssc.folder / "lssc.db").write_bytes(b"damaged" * 999)
    code, found = parts(lssc)
    assert (code, [part for part, (state, _) in found.items() if state == "broken"]) == (
        1,
        ["rules", "database", "outgoing mail"],
    )
    assert "line 2, column number" in found["rules"][1]


def test_a_mailbox_that_is_not_there_is_told(lssc: Lssc) -> None:
    code, found = parts(lssc, LSSC_IMAP_URL=f"imap://u:hunter2@127.0.0.1:{free_port()}/INBOX")
    told = "The mailbox of u at 127.0.0.1 cannot be used: Connection refused"
    assert (code, found["mailbox"]) == (1, ("broken", told))


def test_a_folder_without_model_is_told(lssc: Lssc) -> None:
    code, found = parts(lssc, LSSC_MODEL_DIR=str(lssc.folder))
    assert (code, found["knowledge base"][0]) == (1, "broken")
    assert "LSSC_MODEL_DIR" in found["knowledge base"][1]


def test_doctor_prints_one_line_for_each_part(lssc: Lssc) -> None:
    result = lssc("doctor", LSSC_HTTP_LISTEN=f"127.0.0.1:{free_port()}")
    assert (result.returncode, result.stdout.count(b"\n")) == (0, 15)


def test_the_demo_fills_an_empty_database_once(lssc: Lssc) -> None:
    first, second = lssc("demo"), lssc("demo")
    assert (first.returncode, second.returncode, second.stdout) == (0, 1, b"")
    assert second.stderr.decode().startswith("lssc: This database holds people")
    said = lssc("chat", "--as", "ed.placeholder@example.org", given="back\n").stdout.decode()
    assert "Your email address?" in said


def test_the_demo_leaves_the_records_of_real_applications(lssc: Lssc) -> None:
    said = lssc("demo").stdout.decode()
    assert said.splitlines()[0] == "8 people who do not exist are on record:"
    with closing(sqlite3.connect(lssc.folder / "lssc.db")) as database:
        found = database.execute("SELECT state, fee_cents, membership FROM application ORDER BY id").fetchall()
        items = database.execute("SELECT kind FROM desk_item WHERE state = 'open' ORDER BY id").fetchall()
        candidacies = database.execute("SELECT state FROM candidacy").fetchall()
    assert found == [
        ("submitted", 32_500, "claimed"), ("submitted", 35_000, ""), ("withdrawn", 35_000, ""), ("admitted", 35_000, ""),
    ]  # fmt: skip
    assert [kind for (kind,) in items] == [
        "application", "membership", "payment", "application", "schooling abroad", "payment", "withdrawal", "hand-off",
        "portfolio handed in",
    ]  # fmt: skip
    assert candidacies == [("active",)]
    assert not (lssc.folder / "mail").exists()


def test_the_portfolio_of_the_demo_is_read_by_its_evaluators(lssc: Lssc) -> None:
    queue = json.loads(lssc("demo") and lssc("staff", "queue", "--json").stdout)
    number = str(next(each["id"] for each in queue if "handed in" in each["title"]))
    assert lssc("staff", "settle", number, "ask").stdout.decode().startswith("Asked: Eve Invented, Max Madeup.")
    said = lssc("chat", "--as", "eve.invented@example.org", given="accept\nall met\nconfirm\n").stdout.decode()
    assert "is recorded as “met”" in said


def test_the_demo_refuses_a_database_where_somebody_spoke(lssc: Lssc) -> None:
    lssc("chat", given="menu\n")
    assert lssc("demo").returncode == 1


def test_migrations_are_run_and_checked(lssc: Lssc) -> None:
    before = lssc("db", "check")
    assert (before.returncode, b"lssc db upgrade" in before.stderr) == (1, True)
    assert lssc("db", "upgrade").returncode == 0
    assert lssc("db", "upgrade").stdout.decode().endswith(" already.\n")
    assert lssc("db", "check").returncode == 0


def test_the_official_wording_is_checked_kept_and_used(lssc: Lssc) -> None:
    (lssc.folder / "given.csv").write_text("set,number,wording\nTechnology,1,The official words\n")
    result = lssc("import", "competencies", "given.csv")
    assert (result.returncode, b"1 of 142" in result.stdout) == (0, True)
    _, found = parts(lssc)
    assert "official wording from competencies.csv" in found["competencies"][1]


def test_nothing_of_a_bad_table_is_kept(lssc: Lssc) -> None:
    (lssc.folder / "competencies.csv").write_text("set,number,wording\nTechnology,1,Kept\n")
    (lssc.folder / "given.csv").write_text("set,number,wording\nTechnology,1,New\nTechnology,1,Twice\n")
    result = lssc("import", "competencies", "given.csv")
    assert (result.returncode, b"line 3, column number" in result.stderr) == (1, True)
    assert "Kept" in (lssc.folder / "competencies.csv").read_text()


def test_the_labelled_report_counts_by_kind(lssc: Lssc) -> None:
    (lssc.folder / "rows.tsv").write_text(
        "query\tkind\texpect\nhello\tsmalltalk\t-\nhow much is the fee\tterse\t\\$350\n"
    )
    result = lssc("faq", "report", "--labelled", "rows.tsv", "--json")
    figures = {(each["kind"], each["measure"]): each["n"] for each in json.loads(result.stdout)["figures"]}
    assert (result.returncode, figures["smalltalk", "met"], figures["terse", "right at once"]) == (0, 1, 1)


@pytest.mark.parametrize("text", ["", "query\tkind\n", "one column\nonly\n", "query\tkind\texpect\nx\n"])
def test_a_labelled_set_without_its_columns_is_refused(lssc: Lssc, text: str) -> None:
    (lssc.folder / "rows.tsv").write_text(text)
    result = lssc("faq", "report", "--labelled", "rows.tsv")
    assert (result.returncode, result.stdout, result.stderr.count(b"\n")) == (1, b"", 1)


def test_the_public_set_is_trained_and_tested(lssc: Lssc, tmp_path: Path) -> None:
    intents = {
        "fee": ["what does it cost", "how much is it", "the price please"],
        "time": ["how long", "when is it", "what day"],
    }
    rows = [[text, intent] for intent, texts in intents.items() for text in texts]
    strange = [[text, "oos"] for text in ("feed the cat", "paint the fence", "sing a song")]
    splits = dict.fromkeys(("train", "val", "test"), rows)
    splits |= dict.fromkeys(("oos_train", "oos_val", "oos_test"), strange)
    (tmp_path / "clinc.json").write_text(json.dumps(splits))
    result = lssc("faq", "clinc", "clinc.json", "--json")
    assert (result.returncode, set(json.loads(result.stdout))) == (0, {"in_scope_accuracy", "oos_recall", "threshold"})


def test_whether_certificates_lead_to_a_page_is_told(lssc: Lssc) -> None:
    told = "set LSSC_PUBLIC_URL: without it certificates carry no QR code, and candidates cannot share their record"
    assert parts(lssc)[1]["public pages"] == ("not configured", told)
    found = parts(lssc, LSSC_PUBLIC_URL="https://lssc.example/")[1]["public pages"]
    assert found == (
        "works",
        "certificates lead to https://lssc.example/check, shared records to https://lssc.example/record",
    )
