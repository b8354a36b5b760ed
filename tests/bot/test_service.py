"""The service as a real process: it loses nothing when told to stop, and one part that fails leaves the others."""

import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import text

from flows.dialog.speech import Outbound
from handlers.letters import encode
from storage import outbox, people
from storage.database import Database, prepared
from tests.bot.edge import NOON, Lssc
from tests.bot.serving import Service, free_port, serving, wait_for

ADDRESSES = [f"person-{number}" for number in range(12)]
EACH = 25  # messages; less than a flood
WAITING = "SELECT id FROM outbox WHERE state = 'waiting'"


@contextmanager
def looking(url: str) -> Iterator[Database]:
    database = prepared(url, "the test", upgrade=False)
    yield database
    database.close()


def rows(url: str, query: str) -> list[tuple[object, ...]]:
    with looking(url) as database, database.work(NOON) as work:
        return [tuple(row) for row in work.connection.execute(text(query))]


class Talk:
    """A person who says the same message again until it is confirmed, to whichever process there is."""

    def __init__(self, address: str) -> None:
        self.address, self.confirmed = address, 0

    def go_on(self, service: Service, until: threading.Event) -> None:
        while self.confirmed < EACH and not until.is_set():
            try:
                if service.say(f"{self.address} {self.confirmed}", self.address, "menu") == 200:
                    self.confirmed += 1
                    continue
            except OSError:
                pass
            time.sleep(0.05)


def talk(talks: list[Talk], service: Service, until: threading.Event) -> None:
    with ThreadPoolExecutor(len(talks)) as threads:
        list(threads.map(lambda one: one.go_on(service, until), talks))


@pytest.mark.alone
def test_told_to_stop_under_load_it_ends_in_time_and_loses_nothing(database_url: str, tmp_path: Path) -> None:
    talks, gone = [Talk(address) for address in ADDRESSES], threading.Event()
    env = {"LSSC_DATABASE_URL": database_url, "TOY_TAKES": "0.02"}
    with serving(tmp_path, **env) as service:
        talking = threading.Thread(target=talk, args=(talks, service, gone))
        talking.start()
        wait_for(lambda: sum(one.confirmed for one in talks) > len(talks) * EACH / 4)
        code, seconds = service.stop()
        gone.set()
        talking.join()
    stopped_at = sum(one.confirmed for one in talks)
    assert (code, seconds < 10) == (0, True)
    assert stopped_at < len(talks) * EACH
    assert rows(database_url, "SELECT count(*) FROM inbound")[0][0] >= stopped_at
    with serving(tmp_path, **env) as service:
        talk(talks, service, threading.Event())
        wait_for(lambda: rows(database_url, WAITING) == [])
        sent = service.sent()
        assert service.stop()[0] == 0
    assert rows(database_url, "SELECT count(*) FROM inbound") == [(len(talks) * EACH,)]
    assert Counter(address for _, address, _, _ in sent) == dict.fromkeys(ADDRESSES, EACH)
    assert len({reference for _, _, reference, _ in sent}) == len(sent)


@pytest.mark.alone
def test_a_send_that_hangs_is_given_back_in_time(database_url: str, tmp_path: Path) -> None:
    with serving(tmp_path, LSSC_DATABASE_URL=database_url, TOY_TAKES="60") as service:
        for number in range(3):
            assert service.say(str(number), "ann", "menu") == 200
        time.sleep(0.3)
        code, seconds = service.stop()
    assert (code, seconds < 10) == (0, True)
    found = rows(database_url, "SELECT count(*) FROM outbox WHERE state = 'waiting' AND lease_owner = ''")
    assert found == [(3,)]


@pytest.mark.alone
def test_told_to_stop_while_the_knowledge_base_is_being_prepared_it_does_not_wait(tmp_path: Path) -> None:
    with serving(tmp_path, LSSC_CACHE_DIR=str(tmp_path / "cold")) as service:
        code, seconds = service.stop()
    assert (code, seconds < 5) == (0, True)


def test_a_part_that_fails_leaves_the_others(sqlite_url: str, tmp_path: Path) -> None:
    env = {"LSSC_DATABASE_URL": sqlite_url, "LSSC_PUBLIC_URL": "https://switches.the.lame.one.on"}
    with serving(tmp_path, **env) as service:
        assert service.say("1", "ann", "menu") == 200
        wait_for(service.sent)
        wait_for(lambda: service.health()["parts"]["lame"]["failures"] == 2)
        report = service.health()
        lame = report["parts"]["lame"]
        assert (report["ok"], lame["last_error"], service.get("/healthz")[0]) == (False, "ConnectionError", 503)
        assert {name for name, part in report["parts"].items() if part["state"] == "running"} >= {
            "web", "toy", "scheduler", "delivery",
        }  # fmt: skip
        assert service.get("/healthz?only=web,toy,delivery")[0] == 200
        assert service.stop()[0] == 0
        told = [line for line in service.log() if "part lame failed" in line["event"]]
    assert told[0]["fault"].startswith("ConnectionError (")
    assert "nobody answers" not in str(told)


def test_the_start_tells_parts_address_and_database_without_the_password(postgresql_url: str, tmp_path: Path) -> None:
    url = postgresql_url.replace("tester@", "tester:hunter2@")
    with serving(tmp_path, module="bot", LSSC_DATABASE_URL=url) as service:
        assert (service.say("1", "ann", "menu"), service.stop()[0]) == (404, 0)
        assert [line["event"] for line in service.log()] == [
            "parts: web, scheduler, delivery",
            "database: postgresql+psycopg://tester:***@/lssc",
            f"listening on 127.0.0.1:{service.port}",
            "stopping",
            "stopped",
        ]


def test_an_address_that_is_taken_is_told_and_tried_again(sqlite_url: str, tmp_path: Path) -> None:
    with serving(tmp_path, LSSC_DATABASE_URL=sqlite_url) as first:
        env = {"LSSC_DATABASE_URL": sqlite_url, "LSSC_HTTP_LISTEN": f"127.0.0.1:{first.port}"}
        second = Service(tmp_path, **env)
        wait_for(lambda: second.log_file.read_text().count("cannot be listened on") >= 1)
        first.stop()
        second.port = first.port
        wait_for(lambda: _well(second))
        assert second.stop()[0] == 0


def _well(service: Service) -> bool:
    try:
        return service.get("/healthz")[0] == 200
    except OSError:
        return False


def test_only_what_was_asked_for_runs(sqlite_url: str, tmp_path: Path) -> None:
    with serving(tmp_path, "--only", "web,toy", LSSC_DATABASE_URL=sqlite_url) as service:
        assert service.say("1", "ann", "menu") == 200
        assert set(service.health()["parts"]) == {"knowledge", "answers", "web", "toy"}
        wait_for(lambda: rows(sqlite_url, "SELECT lease_owner FROM outbox") == [("",)])
        assert service.stop()[0] == 0
    assert service.sent() == []


@pytest.mark.parametrize(
    ("only", "code", "told"),
    [
        (
            "web,tellegram",
            2,
            "There is no part 'tellegram'; the parts are web, telegram, slack, email, scheduler, delivery.",
        ),
        ("", 2, "There is no part ''; the parts are web, telegram, slack, email, scheduler, delivery."),
        ("telegram", 1, "telegram is not configured: set LSSC_TELEGRAM_TOKEN."),
        ("slack,web", 1, "slack is not configured: set LSSC_SLACK_BOT_TOKEN."),
        ("email", 1, "email is not configured: set LSSC_IMAP_URL or LSSC_LMTP_LISTEN."),
    ],
)
def test_a_part_that_cannot_be_had_is_told_in_one_line(lssc: Lssc, only: str, code: int, told: str) -> None:
    result = lssc("run", "--only", only)
    assert (result.returncode, result.stdout, result.stderr.decode()) == (code, b"", f"lssc: {told}\n")


def test_a_database_that_cannot_be_used_is_told_in_one_line(lssc: Lssc) -> None:
    (lssc.folder / "lssc.db").write_bytes(b"damaged" * 999)
    result = lssc("run", LSSC_HTTP_LISTEN=f"127.0.0.1:{free_port()}")
    assert (result.returncode, result.stderr.count(b"\n"), b"damaged" in result.stderr) == (1, 1, True)


def test_replicas_share_what_waits_and_send_nothing_twice(postgresql_url: str, tmp_path: Path) -> None:
    with looking(postgresql_url) as database, database.work(NOON) as work:
        for number in range(120):
            outbox.add(work, people.add(work, "toy", f"person-{number}").address_id, encode(Outbound("Hello")))
    env = {"LSSC_DATABASE_URL": postgresql_url, "TOY_TAKES": "0.05"}
    with serving(tmp_path, **env) as one, serving(tmp_path, **env) as two:
        wait_for(lambda: len(one.sent()) >= 120)
        time.sleep(0.5)
        sent = one.sent()
        assert (one.stop()[0], two.stop()[0]) == (0, 0)
    assert len(sent) == len({address for _, address, _, _ in sent}) == 120


def test_replicas_answer_the_same_people_and_send_nothing_twice(postgresql_url: str, tmp_path: Path) -> None:
    env = {"LSSC_DATABASE_URL": postgresql_url, "TOY_TAKES": "0.01"}
    with serving(tmp_path, **env) as one, serving(tmp_path, **env) as two:
        with ThreadPoolExecutor(8) as threads:
            for number in range(EACH):
                said = [(place, number, address) for address in ADDRESSES[:4] for place in (one, two)]
                codes = set(threads.map(lambda each: each[0].say(f"{each[1]} {each[2]}", each[2], "menu"), said))
                assert codes == {200}
        wait_for(lambda: rows(postgresql_url, WAITING) == [])
        sent = one.sent()
        assert (one.stop()[0], two.stop()[0]) == (0, 0)
    assert Counter(address for _, address, _, _ in sent) == dict.fromkeys(ADDRESSES[:4], EACH)
    assert {process for process, *_ in sent} == {one.process.pid, two.process.pid}


@pytest.mark.alone
def test_a_replica_that_only_sends_is_woken_by_one_that_only_takes_in(postgresql_url: str, tmp_path: Path) -> None:
    env = {"LSSC_DATABASE_URL": postgresql_url}
    with (
        serving(tmp_path, "--only", "web,toy", **env) as taking,
        serving(tmp_path, "--only", "web,toy,delivery", **env) as sending,
    ):
        wait_for(lambda: sending.health()["parts"]["wake-up"]["state"] == "running")
        begun = time.monotonic()
        for number in range(1, 9):
            taking.say(str(number), "ann", "menu")
            wait_for(lambda number=number: len(sending.sent()) == number)
        took = time.monotonic() - begun
        assert (taking.stop()[0], sending.stop()[0]) == (0, 0)
    assert {process for process, *_ in sending.sent()} == {sending.process.pid}
    assert took < 8 * 3 / 2 / 2  # half of what looking every three seconds takes on average
