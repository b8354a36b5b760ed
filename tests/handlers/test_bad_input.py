"""What a careless, a hurried and a hostile message do to a candidate's record: nothing that they should not."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from flows.dialog.speech import Inbound
from flows.program import policy
from flows.program.hosts import LOOK_ALIKE, PRIVATE
from flows.program.links import SECRETS
from handlers import ending
from handlers.desk.table import KINDS
from handlers.hearing import House
from storage import applications, people
from storage.database import prepared
from tests.handlers.acting import APPLICATION, Rows, heard_by
from tests.handlers.conftest import RULES, furnished
from tests.handlers.test_evidence import candidate
from tests.handlers.test_submitting import candidate as somebody
from tests.handlers.test_submitting import filled, number_of
from tests.handlers.world import NUMBERS, Someone, World


@pytest.mark.parametrize(
    "words",
    [
        "javascript:alert(document.cookie)", "see javascript://example.org/%0aalert(1)", "[shelves](javascript:alert(1))",
        "data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==", "file:///etc/passwd", "vbscript:msgbox(1)",
        "<a href='javascript:alert(1)'>shelves</a>", "<script>alert(1)</script>",
    ],
)  # fmt: skip
def test_what_would_run_as_a_script_is_no_evidence(house: House, rows: Rows, words: str) -> None:
    ann = candidate(house)
    ann.says(words)
    assert rows("evidence") == rows("narrative") == []


@pytest.mark.parametrize(
    ("link", "why"),
    [
        ("https://ann:secret@example.org/shelves", SECRETS),
        ("https://example.org:secret@127.0.0.1/", SECRETS),
        ("http://127.0.0.1/shelves", PRIVATE),
        ("http://2130706433/", PRIVATE),
        ("http://0177.0.0.1/", PRIVATE),
        ("http://0x7f.1/", PRIVATE),
        ("http://0x7f000001/", PRIVATE),
        ("http://[::1]/", PRIVATE),
        ("http://[::ffff:127.0.0.1]/", PRIVATE),
        ("http://[::ffff:7f00:1]:8080/", PRIVATE),
        ("http://[64:ff9b::10.0.0.1]/", PRIVATE),
        ("http://192.168.1.20/shelves", PRIVATE),
        ("http://169.254.169.254/latest/meta-data", PRIVATE),
        ("https://wiki.internal/shelves", PRIVATE),
        ("https://localhost/shelves", PRIVATE),
        ("https://docs.gооgle.com/document/1", LOOK_ALIKE),
        ("https://аррӏе.com/", LOOK_ALIKE),
    ],
)
@pytest.mark.parametrize("said", ["{}", "the shelves, as they stand now: {}", "completed CAT-101 on 3 May 2026 {}"])
def test_a_link_that_no_evaluator_should_open_is_refused_with_the_reason(
    house: House, rows: Rows, link: str, why: str, said: str
) -> None:
    ann = candidate(house)
    assert why in ann.says(said.format(link))
    assert rows("evidence") == rows("desk_item") == []


def test_a_link_inside_a_narrative_is_refused_as_well_and_the_text_is_kept(house: House, rows: Rows) -> None:
    ann = candidate(house)
    told = ann.says(
        "write technology 4", "I know the printers: http://[::ffff:10.0.0.1]/printers and javascript:alert(1)"
    )
    assert PRIVATE in told
    assert (rows("evidence"), len(rows("narrative"))) == ([], 1)


def test_the_last_yes_counts_once_however_often_it_is_given(house: House, rows: Rows) -> None:
    ann = somebody(house)
    filled(ann)
    ann.says("submit cataloging")
    ann.says("yes")
    ann.says("yes")
    receipt = str(rows("submission")[0]["receipt"])
    for again in ("yes", "submit cataloging", "submit"):
        ann.says(again)
    ann.presses("Yes")
    assert [each["receipt"] for each in rows("submission")] == [receipt]
    assert ann.says("submit cataloging").startswith(
        f"Cataloging and Classification is handed in already: receipt {receipt}"
    )


@pytest.fixture
def two(postgresql_url: str) -> Iterator[tuple[Someone, Someone]]:
    """One candidate in Telegram and in Slack, on a database that takes many connections at once."""
    database = prepared(postgresql_url, "this process", upgrade=False)
    ann = somebody(furnished(database))
    phone = ann.world.somebody("slack", "U7", "Ann")
    phone.says("link " + "".join(filter(str.isdigit, ann.says("link")))[:6])
    yield ann, phone
    database.close()


TEXT = " ".join(["When I began, nobody had ordered the shelves, so I drew a plan and taught it to two colleagues."] * 3)


def both(two: tuple[Someone, Someone], *said: tuple[str, str]) -> None:
    """Each pair is said in both channels at the same time."""
    with ThreadPoolExecutor(8) as threads:
        waiting = [
            threads.submit(heard_by, who.world.house, message(who, words), who.world.now)
            for pair in said
            for who, words in zip(two, pair, strict=True)
        ]
        for each in waiting:
            each.result()


def message(who: Someone, words: str) -> Inbound:
    return Inbound(str(next(NUMBERS)), who.channel, who.address, words)


def test_two_channels_that_send_texts_and_links_at_once_keep_them_all(two: tuple[Someone, Someone]) -> None:
    numbers = range(1, 9)
    texts = [(f"{TEXT} Phone {number}.", f"{TEXT} Desk {number}.") for number in numbers]
    links = [(f"https://example.org/phone/{number}", f"https://example.org/desk/{number}") for number in numbers]
    both(two, *texts, *links)
    read = Rows(two[0].world.house.database)
    assert {each["words"] for each in read("narrative")} == {words for pair in texts for words in pair}
    assert {each["content"] for each in read("evidence")} == {link for pair in links for link in pair}
    assert sorted(each["number"] for each in read("evidence")) == list(range(1, 17))


@pytest.mark.parametrize("turn", range(4))
def test_two_channels_that_write_about_the_same_competency_at_once_lose_no_text(
    two: tuple[Someone, Someone], turn: int
) -> None:
    ann, phone = two
    ann.says("write technology 4")
    if turn % 2:
        phone.says("write technology 4")
    both(two, (f"{TEXT} Told here.", f"{TEXT} Told there."))
    told = Rows(ann.world.house.database)("narrative")
    assert {each["words"] for each in told} == {f"{TEXT} Told here.", f"{TEXT} Told there."}


def test_two_channels_that_hand_a_set_in_at_once_hand_it_in_once(two: tuple[Someone, Someone]) -> None:
    ann, phone = two
    filled(ann)
    ann.says("submit cataloging")
    ann.says("yes")
    phone.says("submit cataloging")
    both(two, ("yes", "yes"), ("yes", "yes"))
    handed_in = Rows(ann.world.house.database)("submission")
    assert [(each["set_id"], each["state"]) for each in handed_in] == [("cataloging", "checking")]


def employed(house: House, library: str, words: str) -> Someone:
    """A candidate who applied from a library of that name, with those words about every competency of a set."""
    ann = somebody(house, "Ann Zwicky")
    who = number_of(ann)
    with house.database.work(ann.world.now) as work:
        applications.add(work, who, "LSSC-2025-AAAAA", json.dumps({"Library": library}), 35_000)
    filled(ann, words=words)
    return ann


@pytest.mark.parametrize(
    ("library", "words", "warned"),
    [
        ("Library", "I order the shelves of our library, and the Library of Congress has a page on it.", []),
        ("Page", "I wrote a page about it, and Page helped me.", ["“Page”"]),
        ("The Public Library", "A public library needs shelves that are in order.", []),
        ("Springfield Public Library", "In Springfield I order the shelves of the public library.", ["“Springfield”"]),
        ("County", "The county pays for the shelves.", []),
    ],
)
def test_an_employer_with_the_name_of_an_ordinary_word_never_blocks(
    house: House, library: str, words: str, warned: list[str]
) -> None:
    ann = employed(house, library, words)
    asked = ann.says("submit cataloging")
    named = [each for each in asked.partition(" work: ")[2].split(". Are they")[0].split(" and ") if each]
    assert named == warned
    if warned:
        asked = ann.says("that is not me")
    assert asked.startswith("I cannot read everything that is behind links")
    ann.says("yes")
    assert "Your receipt is SET-" in ann.says("yes")


def test_the_whole_name_of_the_employer_blocks(house: House) -> None:
    ann = employed(house, "Springfield Public Library", "I order the shelves of the Springfield Public Library.")
    assert "Springfield Public Library" in ann.says("submit cataloging")
    assert ann.says("check cataloging").startswith("Cataloging and Classification is not ready yet:")


# The last day is 23 November 2029; midnight comes at 5 in the morning (UTC) in New York, at 10 in Honolulu.
@pytest.mark.parametrize(
    ("zone", "before", "after"),
    [("America/New_York", 4, 5), ("America/Chicago", 5, 6), ("Pacific/Honolulu", 9, 10), ("Pacific/Guam", -11, -10)],
)
def test_a_set_can_be_handed_in_until_midnight_where_the_candidate_lives(
    house: House, zone: str, before: int, after: int
) -> None:
    ann = somebody(house)
    filled(ann)
    midnight, who = datetime(2029, 11, 24, tzinfo=UTC), number_of(ann)
    with house.database.work(ann.world.now) as work:
        people.set_time_zone(work, who, zone)
    ann.world.now = midnight + timedelta(hours=after)
    assert ann.says("submit cataloging") == "Your last day was 23 November 2029; the office decides how it goes on."
    assert "Your time ended on 23 November 2029" in ann.says("progress")
    ann.world.now = midnight + timedelta(hours=before, minutes=59)
    assert ann.world.act(ending.freeze) == 0
    assert "today is the last day" in ann.says("progress")
    ann.says("submit cataloging")
    ann.says("yes")
    assert "Your receipt is SET-" in ann.says("yes")
    ann.world.now = midnight + timedelta(hours=after)
    assert ann.world.act(ending.freeze) == 1
    assert "- Cataloging and Classification: handed in" in ann.says("progress")


@pytest.mark.parametrize(
    ("admitted", "years", "last"),
    [
        (date(2028, 2, 29), 4, "29 February 2032"),
        (date(2096, 2, 29), 4, "28 February 2100"),
        (date(2028, 2, 29), 3, "28 February 2031"),
        (date(2028, 2, 28), 4, "28 February 2032"),
    ],
)
def test_who_is_admitted_on_a_leap_day_has_until_the_last_of_february(
    house: House, admitted: date, years: int, last: str
) -> None:
    """By the policy of that day, which may have other `years`."""
    rules = (
        (RULES / "policy.toml").read_text().replace("limit_years = { value = 4,", f"limit_years = {{ value = {years},")
    )
    house = replace(house, policy=policy.load(rules), staff=frozenset({("slack", "U1")}), kinds=KINDS)
    world = World(house, now=datetime.combine(admitted, time(15), UTC))
    ann, olive = Someone(world, "telegram", "ann"), Someone(world, "slack", "U1", "Olive")
    olive.says("menu")
    for words in ("apply", *APPLICATION.values(), "1", "cancel"):
        ann.says(words)
    olive.says("settle 1 accept")
    olive.says("settle 2 paid")
    assert f", until {last}, to complete six competency sets" in ann.last
    assert f"You have until {last}: " in ann.says("progress")
