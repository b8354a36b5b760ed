"""`make bench`: measures everything that has a target, prints the ratios and writes them into docs/performance.md."""

import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from statistics import median

from sqlalchemy import event

from handlers.hearing import hear
from storage.database import prepared
from tests import postgresql
from tests.bench import mail, reminders, turns
from tests.bench.measure import ROUNDS, Finding, interleaved, ratio, table

DOCUMENT = Path(__file__).parents[2] / "docs" / "performance.md"
BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"


def main() -> int:
    findings = [
        *durable_turns(), *people_on_record(), commits(), asking(), *reading_mail(sys.argv[1:]), *reminders.measured()
    ]  # fmt: skip
    measured = table(findings)
    print(measured)
    text = DOCUMENT.read_text()
    before, after = text.split(BEGIN)[0], text.split(END)[1]
    DOCUMENT.write_text(f"{before}{BEGIN}\n{measured}\n{END}{after}")
    return 0 if all(one.met for one in findings) else 1


def durable_turns() -> list[Finding]:
    """The whole durable turn against aiogram's in-memory FSM, and engine with storage against bare sqlite3."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        sqlite = stack.enter_context(turns.house(f"sqlite:///{folder}/a.db", delivering=False))
        sending = stack.enter_context(turns.house(f"sqlite:///{folder}/b.db", delivering=True))
        direct, _ = stack.enter_context(turns.house(f"sqlite:///{folder}/c.db", delivering=False))
        variants = {
            "aiogram": turns.through_aiogram(),
            "sqlite": turns.through_app(*sqlite),
            "delivered": turns.through_app(*sending),
            "core": turns.through_hear(direct.house, lambda: turns.seat(direct, turns.PEOPLE)),
            "sqlite3": turns.through_sqlite3(folder / "bare.db"),
        }
        if postgresql.INSTALLED:
            url = postgresql.url(stack.enter_context(postgresql.server(fast=False)), "postgres")
            prepared(url, "bench", upgrade=True).close()
            variants["postgresql"] = turns.through_app(*stack.enter_context(turns.house(url, delivering=False)))
        costs = interleaved(variants)
    found = [
        Finding(
            "durable turn on SQLite to aiogram's FSM in memory (wall)", ratio(costs, "sqlite", "aiogram", "wall"), 1.5
        ),
        Finding("the same with delivery recorded", ratio(costs, "delivered", "aiogram", "wall")),
        Finding("engine and storage to a bare sqlite3 turn (CPU)", ratio(costs, "core", "sqlite3", "cpu"), 8),
    ]
    if postgresql.INSTALLED:
        value = ratio(costs, "postgresql", "aiogram", "wall")
        found.append(Finding("durable turn on PostgreSQL to aiogram's FSM in memory (wall)", value, 2.5))
    else:
        print("PostgreSQL is not installed here: its turn was not measured (apt install postgresql)")
    return found


def people_on_record() -> list[Finding]:
    """The cost of a turn with ten thousand people on record, to that with a hundred."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        variants = {}
        for count in (100, 10_000):
            app, _ = stack.enter_context(turns.house(f"sqlite:///{folder}/{count}.db", delivering=False))
            turns.crowd(app, count)
            variants[str(count)] = turns.through_hear(app.house, lambda app=app: turns.seat(app, turns.PEOPLE))
        costs = interleaved(variants)
    return [
        Finding("turn with 10,000 people on record to one with 100 (CPU)", ratio(costs, "10000", "100", "cpu"), 1.3)
    ]


def commits() -> Finding:
    """Commits per turn, counted."""
    counted = 0

    def count(_: object) -> None:
        nonlocal counted
        counted += 1

    with tempfile.TemporaryDirectory() as folder, turns.house(f"sqlite:///{folder}/a.db", delivering=False) as (app, _):
        chats = turns.seat(app, 10)
        event.listen(app.house.database.engine, "commit", count)
        for chat in chats:
            for words in turns.ANSWERS:
                hear(app.house, turns.inbound(turns.update(chat, words)), turns.NOW)
    return Finding("commits per turn", counted / (10 * len(turns.ANSWERS)), 1)


def reading_mail(folders: Sequence[str]) -> list[Finding]:
    """Reading mail to the standard library's parse and body: what was named as a corpus, and mails of 50 kB."""
    found = [
        Finding(f"reading a mail of {name} to the standard library's parse and body (CPU)", value, mail.LONG_LIMIT)
        for name, value in mail.long_texts().items()
    ]
    for folder in folders:
        value = mail.corpus(Path(folder))
        if value is None:
            print(f"{folder} holds no .eml files: reading a corpus of mails was not measured")
        else:
            found.append(
                Finding("reading a corpus of mails to the standard library's parse and body (CPU)", value, mail.LIMIT)
            )
    if not folders:
        print("no corpus of mails was named (`make bench CORPUS=FOLDER`): reading one was not measured")
    return found


def asking() -> Finding:
    """`lssc ask` with a warm cache to importing onnxruntime, each a whole process, interleaved."""
    ask = [sys.executable, "-m", "bot", "ask", "How much is the application fee?"]
    subprocess.run(ask, check=True, capture_output=True)
    ratios = []
    for _ in range(ROUNDS):
        spent = []
        for command in (ask, [sys.executable, "-c", "import onnxruntime"]):
            begin = time.perf_counter()
            subprocess.run(command, check=True, capture_output=True)
            spent.append(time.perf_counter() - begin)
        ratios.append(spent[0] / spent[1])
    return Finding("`lssc ask` to `python -c 'import onnxruntime'` (wall)", median(ratios), 4)


if __name__ == "__main__":
    sys.exit(main())
