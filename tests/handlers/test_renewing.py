"""From a line of contact hours to a renewed certificate: logged, counted, asked for, decided, and taken back."""

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from threading import Barrier

import pytest

from flows.program import policy
from handlers import checking, contact_hours, holders, logbook, renewing
from handlers.desk.table import KINDS
from handlers.exchange import House
from storage import candidacies, certificates, desk, linking, people, renewals
from storage.certificates import Certificate
from tests.handlers.acting import Rows
from tests.handlers.channels import Stage
from tests.handlers.conftest import RULES
from tests.handlers.mailing import acquainted
from tests.handlers.world import Someone, World

SINCE, UNTIL = date(2022, 3, 10), date(2027, 3, 10)
SETS = ("foundations", "technology", "communication", "access", "reference", "youth")
FIVE_YEARS = "16 h conference 12 May 2026, cataloging", "16 h course on servers, 3 June 2026, technology"
OPTIONAL = """
[[rules]]
from = 2021-01-01
[rules.optional.four_year_renewal]
on = true
source = "a test"
[rules.optional.contact_hours]
on = true
source = "a test"
"""
LINE = "6 h conference 12 May, cataloging"
WITHOUT = "There is nothing with the number {} in your hours; `hours` lists them."


@pytest.fixture
def world(house: House) -> World:
    return World(replace(house, staff=frozenset({("slack", "U1")}), kinds=KINDS, public_url="https://lssc.example"))


@pytest.fixture
def stage(house: House) -> Stage:
    return Stage(house)


@pytest.fixture
def ann(world: World, olive: Someone) -> Someone:
    return holder(world)


def holder(world: World, address: str = "4711", since: date = SINCE, until: date = UNTIL) -> Someone:
    speaker = world.somebody("telegram", address, "Ann Example")
    with world.house.database.work(world.now) as work:
        person_id = people.find(work, "telegram", address)
        assert person_id is not None
        number = candidacies.add(work, person_id, None, since, until, "active")
        certificates.issue(work, number, "Ann Example", SETS, since, until, since)
    return speaker


def in_slack(world: World) -> Someone:
    """Ann in Slack as well, as one record."""
    slack = world.somebody("slack", "U7", "Ann")
    with world.house.database.work(world.now) as work:
        kept, absorbed = people.find(work, "telegram", "4711"), people.find(work, "slack", "U7")
        assert kept
        assert absorbed
        linking.merge(work, *linking.lock(work, [kept, absorbed]))
    return slack


def later_policy(world: World) -> None:
    """Both optional policies are on for whoever was admitted from 2021 on."""
    world.house = replace(world.house, policy=policy.load((RULES / "policy.toml").read_text() + OPTIONAL))


def at(world: World, day: date) -> None:
    world.now = datetime(day.year, day.month, day.day, 18, tzinfo=UTC)


def certificate(world: World) -> Certificate:
    with world.house.database.work(world.now) as work:
        return certificates.everything(work)[0]


def item(world: World) -> int:
    with world.house.database.work(world.now) as work:
        return max(each.id for each in desk.open_items(work))


def requested(world: World, ann: Someone) -> int:
    """The number of the desk item of a whole request."""
    for line in FIVE_YEARS:
        ann.says(line)
    ann.says("renew")
    ann.says("yes")
    return item(world)


def checked(world: World) -> checking.Checked:
    code = certificate(world).code
    found = world.act(lambda errand: checking.by_code(errand, code))
    assert isinstance(found, checking.Checked)
    return found


def test_a_line_is_logged_at_once_with_the_total(ann: Someone, rows: Rows) -> None:
    assert ann.says(LINE) == (
        "Logged as number 1: 6 contact hours on 12 May 2026, conference (Cataloging and Classification). You have 6 of 32"
        " contact hours.\n\n`remove hours 1` takes it back, `hours 1: ...` with the line corrects it, `proof 1` with a"
        " link adds a proof."
    )
    assert "You have 7.5 of 32 contact hours." in ann.says("log 90 minutes webinar yesterday, Technology")
    assert [
        (row["number"], row["day"], row["told"], row["seconds"], row["set_id"]) for row in rows("contact_hour")
    ] == [
        (1, date(2026, 5, 12), "6 h", 6 * 3600, "cataloging"),
        (2, date(2026, 11, 22), "90 minutes", 5400, "technology"),
    ]
    assert [row["action"] for row in rows("audit") if row["subject"] == "certificate LSSC-2022-0001"] == [
        "logged hours", "logged hours",
    ]  # fmt: skip


def test_the_list_tells_what_counts_what_is_missing_and_when(ann: Someone) -> None:
    ann.says(LINE)
    ann.says("2 hours talk on gardens, 3 June 2026, none")
    ann.says("5 hours workshop, 9 March 2022, youth")
    assert ann.says("how many hours do I have?") == (
        "You have 6 of 32 contact hours. 26 are missing. They are for the term from 10 March 2022 to 10 March 2027.\n\n"
        "3. 5 contact hours on 9 March 2022, workshop (Youth Services); does not count: it was before your term, which is"
        " from 10 March 2022 on\n"
        "1. 6 contact hours on 12 May 2026, conference (Cataloging and Classification)\n"
        "2. 2 contact hours on 3 June 2026, talk on gardens (no set); does not count: it relates to no current set\n\n"
        "The renewal can be asked for once they are logged, until 10 March 2027.\n\n"
        "The committee was still adopting the renewal policy when the program's documents were written, so the office has"
        " the last word on each renewal.\n\n"
        "To log hours, send a line such as “6 h conference 12 May, cataloging”."
    )


@pytest.mark.parametrize(
    ("line", "hint"),
    [
        ("0 hours conference 12 May, cataloging", "The hours must be more than zero, such as in"),
        ("300 hours conference 12 May, cataloging", "Please log between a few minutes and 200 hours in one line."),
        ("6 h conference 12 May 2027, cataloging", "That day is yet to come; please log it afterwards."),
        ("6 h conference 30 February, cataloging", "February"),
        ("3 credits course 12 May, cataloging", "Are these semester or quarter credits?"),
    ],
)
def test_what_cannot_be_read_is_told_and_nothing_is_logged(ann: Someone, rows: Rows, line: str, hint: str) -> None:
    said = ann.says(line)
    assert hint in said
    assert said.endswith("Nothing is logged yet.")
    assert rows("contact_hour") == []


def test_a_line_without_a_day_is_held_until_the_day_is_told(ann: Someone, rows: Rows) -> None:
    assert (
        ann.says("6 h conference, cataloging")
        == "On which day was that: “6 h conference, cataloging”? `cancel` leaves it out."
    )
    assert rows("contact_hour") == []
    assert "Logged as number 1: 2 contact hours on 3 June 2026" in ann.says("2 h webinar 3 June 2026, youth")
    assert "On which day was that" in ann.last
    assert "28 days" in ann.says("30 February")
    assert ann.says("last Tuesday").startswith(
        "Logged as number 2: 6 contact hours on 17 November 2026, conference (Cataloging and Classification). You have 8"
    )
    assert [(row["day"], row["told"], row["what"]) for row in rows("contact_hour")] == [
        (date(2026, 6, 3), "2 h", "webinar"), (date(2026, 11, 17), "6 h", "conference"),
    ]  # fmt: skip
    assert "You have 8 of 32" in ann.says("hours")


def test_lines_that_have_a_day_are_logged_and_the_others_asked_for_one_by_one(ann: Someone, rows: Rows) -> None:
    said = ann.says("- 6 h conference, cataloging\n- 2 h webinar 3 June 2026, youth\n- 1 h talk on gardens")
    assert said.startswith("Logged as number 1: 2 contact hours on 3 June 2026")
    assert said.endswith("On which day was that: “6 h conference, cataloging”? `cancel` leaves it out.")
    assert ann.says("12 May") == "On which day was that: “1 h talk on gardens”? `cancel` leaves it out."
    assert (
        ann.says("yesterday")
        .split("\n\n")[1]
        .startswith("Logged as number 3: 1 contact hour on 22 November 2026, talk on gardens (no set).")
    )
    assert len(rows("contact_hour")) == 3


def test_a_held_line_is_left_with_a_word_and_outlasts_no_certificate(world: World, ann: Someone, rows: Rows) -> None:
    ann.says("6 h conference, cataloging")
    assert ann.says("cancel") == "All right, what has no day is not logged."
    ann.says("6 h conference, cataloging")
    with world.house.database.work(world.now) as work:
        certificates.move(work, 1, "revoked", "a reason")
    assert "nothing was changed" in ann.says("12 May")
    assert rows("contact_hour") == []


def test_renew_says_what_is_missing_and_leads_in_no_circle(ann: Someone) -> None:
    said = ann.says("renew")
    assert said.startswith(
        "You have 0 of 32 contact hours. 32 are missing.\n\n"
        "The renewal can be asked for once they are logged, until 10 March 2027."
    )
    assert "`renew`" not in said
    assert "To log hours, send a line such as" in said


def test_two_pieces_of_learning_in_one_line_are_two(ann: Someone, rows: Rows) -> None:
    said = ann.says("6 h conference 12 May 2026, cataloging; 2 h webinar 3 June 2026, technology")
    assert "Logged as number 1: 6 contact hours on 12 May 2026, conference (Cataloging" in said
    assert "Logged as number 2: 2 contact hours on 3 June 2026, webinar (Technology)" in said
    assert "“2 h webinar 3 June, technology”. Nothing is logged yet." in ann.says("3 h talk and 1 h tour 4 May, youth")
    assert [row["set_id"] for row in rows("contact_hour")] == ["cataloging", "technology"]


def test_a_new_line_is_no_answer_to_the_question_for_a_day(ann: Someone, rows: Rows) -> None:
    question = ann.says("6 h conference, cataloging")
    for line, told in [
        ("2 h webinar 3 June 2026, technology", "Logged as number 1: 2 contact hours"),
        ("3 h course, youth", "“3 h course, youth” tells no day, so it is not logged; please send it once more"),
        ("3 h course 12 mai 2026, youth", "I cannot read “12 mai 2026” as a day."),
        ("-3 h course 12 May 2026, youth", "The hours must be more than zero"),
    ]:
        said = ann.says(line)
        assert said.startswith(told)
        assert said.endswith(question)
    ann.says("12 May 2026")
    assert [row["what"] for row in rows("contact_hour")] == ["webinar", "conference"]


def test_what_was_not_taken_of_several_lines_is_told_once(ann: Someone) -> None:
    line = f"6 h {'long ' * 600} 12 May 2026, cataloging"
    said = ann.says(f"{line}\n1{line}")
    assert said.endswith(
        "You have 22 of 32 contact hours.\n\nThe words were longer than 200 characters, so I kept their beginning."
    )


@pytest.mark.parametrize("words", ["youth", "Youth please", "in the youth set", "mostly youth."])
def test_the_set_of_a_line_is_corrected_in_a_few_words(ann: Someone, rows: Rows, words: str) -> None:
    ann.says(LINE)
    ann.says(f"hours 1 {words}")
    assert [row["set_id"] for row in rows("contact_hour")] == ["youth"]


def test_what_was_cut_of_a_line_is_told(ann: Someone) -> None:
    assert "\n\nThe words were longer than 200 characters, so I kept their beginning.\n\n" in ann.says(
        f"6 h {'long ' * 600} 12 May, cataloging"
    )


def test_a_day_that_makes_it_the_same_as_another_line_asks_whether_it_was(ann: Someone, rows: Rows) -> None:
    ann.says(LINE)
    ann.says("6 h conference, cataloging")
    assert "That is on your list already, as number 1" in ann.says("12 May")
    assert "Logged as number 2" in ann.says("yes")
    assert len(rows("contact_hour")) == 2


def test_a_correction_without_a_day_keeps_the_day(ann: Someone) -> None:
    ann.says(LINE)
    assert "Changed as number 1: 5 contact hours on 12 May 2026, fair (Youth Services)." in ann.says(
        "hours 1: 5 h fair, youth"
    )


def test_of_two_sets_in_a_line_the_first_is_taken_and_the_other_is_told(ann: Someone) -> None:
    said = ann.says("6 h conference 12 May, cataloging and technology")
    assert "conference, cataloging and technology (Cataloging and Classification). You have 6 of 32" in said
    assert "It names more than one set, of which I took the first; `hours 1 technology` gives it to Technology" in said
    assert "(Technology). You have 6 of 32" in ann.says("hours 1 technology")


@pytest.mark.parametrize(
    ("words", "line"),
    [
        ("8 h", "8 contact hours on 12 May 2026, conference (Cataloging and Classification)"),
        ("13 May", "6 contact hours on 13 May 2026, conference (Cataloging and Classification)"),
        ("date 20 November", "6 contact hours on 20 November 2026, conference (Cataloging and Classification)"),
        ("8 h on 13 May please", "8 contact hours on 13 May 2026, conference (Cataloging and Classification)"),
        ("8 h, youth", "8 contact hours on 12 May 2026, conference (Youth Services)"),
        ("13 May, youth", "6 contact hours on 13 May 2026, conference (Youth Services)"),
        ("8 h book fair", "8 contact hours on 12 May 2026, book fair (Cataloging and Classification)"),
        ("8 h, none", "8 contact hours on 12 May 2026, conference (no set)"),
    ],
)
def test_a_correction_keeps_what_it_does_not_tell(ann: Someone, rows: Rows, words: str, line: str) -> None:
    ann.says(f"{LINE} https://example.org/a")
    assert f"Changed as number 1: {line}." in ann.says(f"hours 1: {words}")
    assert [row["link"] for row in rows("contact_hour")] == ["https://example.org/a"]


@pytest.mark.parametrize("words", ["weeding 13 May", "please", "31 June"])
def test_a_correction_that_cannot_be_read_changes_nothing(ann: Someone, words: str) -> None:
    ann.says(LINE)
    assert "Nothing was changed" in ann.says(f"hours 1: {words}")
    assert "6 contact hours on 12 May 2026, conference (Cataloging" in ann.says("hours")


def test_what_it_was_is_asked_for_where_only_the_hours_stand(ann: Someone, rows: Rows) -> None:
    for words in ("6 h", "6 h 12 May", "6 h 12 May, none"):
        assert ann.says(words) == f"What was it, in a few words? For example: “{LINE}”. Nothing is logged yet."
    assert rows("contact_hour") == []


@pytest.mark.parametrize("words", ["6 h conference 12 May", "6 h conference 12 May, plumbing"])
def test_without_a_set_it_is_logged_and_the_set_comes_afterwards(ann: Someone, words: str) -> None:
    assert "It names no current set, so it does not count; `hours 1 cataloging`, for example, gives it one" in ann.says(
        words
    )
    assert "(Cataloging and Classification). You have 6 of 32 contact hours." in ann.says("hours 1 cataloging")


@pytest.mark.parametrize(
    "words",
    [
        "2 days ago I wrote to you", "6 hours a week is what I work", "an hour is how long?", "6 of 32", "a day more",
        "2 hours before the exam on 12 May I was at the library", "3 hours or more before I hear from you",
    ],
)  # fmt: skip
def test_other_words_of_a_holder_are_no_hours(ann: Someone, rows: Rows, words: str) -> None:
    ann.says(words)
    assert rows("contact_hour") == []


@pytest.mark.parametrize(
    ("words", "line"),
    [
        ("3 h after-school program workshop 12 May, youth", "after-school program workshop (Youth Services)"),
        ("2 h one more webinar 12 May, technology", "one more webinar (Technology)"),
        ("4 h class Before You Weed, 12 May, collection", "class Before You Weed (Collection Management)"),
    ],
)
def test_a_line_that_tells_its_day_is_logged_whatever_words_it_has(ann: Someone, words: str, line: str) -> None:
    assert f"on 12 May 2026, {line}." in ann.says(words)


def test_the_same_line_twice_asks_whether_it_was_another_one(ann: Someone, rows: Rows) -> None:
    ann.says(LINE)
    assert "That is on your list already, as number 1" in ann.says("6 hours Conference on May 12, Cataloging")
    assert len(rows("contact_hour")) == 1
    assert "Logged as number 2" in ann.says("yes")
    assert "That is on your list already, as number 2" in ann.presses_choice("another:1:1")
    assert len(rows("contact_hour")) == 2
    for made_up in ("another:9:1", "another:x:1", "another:1", "another:99999999999999999999:1"):
        ann.presses_choice(made_up)
    assert len(rows("contact_hour")) == 2


def test_several_lines_in_one_message_are_logged_each(ann: Someone, rows: Rows) -> None:
    said = ann.says("- 6 h conference 12 May, cataloging\n- 2 h webinar 3 June 2026, youth")
    assert said.split("\n\n")[1].endswith("You have 8 of 32 contact hours.")
    assert len(rows("contact_hour")) == 2


def test_lines_are_corrected_removed_restored_and_proved(ann: Someone, rows: Rows) -> None:
    ann.says(LINE)
    assert "Changed as number 1: 5 contact hours on 12 May 2026, Fair (Youth Services). You have 5 of 32" in ann.says(
        "hours 1: 5 h Fair 12 May, youth"
    )
    assert ann.says("proof 1 https://Example.org/Fair?utm_source=x") == (
        "The proof of number 1 is https://example.org/Fair."
    )
    assert "You have 0 of 32 contact hours." in ann.says("remove hours 1")
    assert ann.says("proof 1 https://example.org/a") == WITHOUT.format(1)
    assert "proof: https://example.org/Fair" not in ann.says("hours")
    ann.says("restore hours 1")
    assert "proof: https://example.org/Fair" in ann.says("hours")
    assert ann.says("restore hours 1").startswith("Number 1 is on your list:")


@pytest.mark.parametrize("words", ["remove hours 7", "hours 7: 5 h fair 12 May, youth", "proof 7 https://example.org"])
def test_an_unknown_number_changes_nothing(ann: Someone, words: str) -> None:
    assert ann.says(words) == WITHOUT.format(7)


@pytest.mark.parametrize("words", ["remove hours", "proof", "correct hours", "restore hours"])
def test_without_a_number_the_command_tells_how(ann: Someone, words: str) -> None:
    assert ann.says(words).startswith("Which line? Its number stands in `hours`")


def test_the_lines_of_somebody_else_are_out_of_reach(world: World, ann: Someone, rows: Rows) -> None:
    ann.says(LINE)
    bob = holder(world, "4712")
    assert bob.says("remove hours 1") == WITHOUT.format(1)
    assert [row["state"] for row in rows("contact_hour")] == ["current"]
    assert "You have 0 of 32" in bob.says("hours")


@pytest.mark.parametrize("link", ["http://127.0.0.1/a", "https://me:pw@example.org/", "http://10.0.0.1/x"])
def test_a_private_link_is_no_proof(ann: Someone, rows: Rows, link: str) -> None:
    ann.says(LINE)
    assert ann.says(f"proof 1 {link}").endswith("Nothing was changed.")
    assert "Logged as number 2" in ann.says(f"2 h webinar 3 June 2026, youth {link}")
    assert [row["link"] for row in rows("contact_hour")] == ["", ""]


def test_a_link_in_the_line_is_its_proof_and_a_script_is_only_words(ann: Someone, rows: Rows) -> None:
    ann.says("2 h <script>alert(1)</script> talk 3 June 2026, youth https://example.org/talk?day=9")
    [row] = rows("contact_hour")
    assert (row["what"], row["link"]) == ("<script>alert(1)</script> talk", "https://example.org/talk?day=9")


@pytest.mark.parametrize(
    "words", [LINE, "hours", "renew", "remove hours 1", "proof 1 https://example.org", "send renewal"]
)
def test_who_holds_no_certificate_logs_and_renews_nothing(world: World, olive: Someone, rows: Rows, words: str) -> None:
    bob = world.somebody("telegram", "4712", "Bob")
    bob.says(words)
    assert rows("contact_hour") == []
    assert rows("desk_item") == [] or rows("desk_item")[0]["kind"] != "renewal"


def test_a_revoked_certificate_takes_no_hours_and_is_not_renewed(world: World, ann: Someone, rows: Rows) -> None:
    with world.house.database.work(world.now) as work:
        certificates.move(work, 1, "revoked", "a reason")
    assert ann.says("40 h course 3 May 2026, cataloging") == contact_hours.ENDED
    assert rows("contact_hour") == []
    assert "was revoked, so it cannot be renewed" in ann.says("renew")
    assert "was revoked, so it cannot be renewed" in ann.says("hours")


def test_in_a_form_only_a_whole_line_that_answers_nothing_is_taken(ann: Someone, rows: Rows) -> None:
    ann.says("fees")
    said = ann.says(LINE)
    assert "Logged as number 1" in said
    assert said.endswith("Are you a member of ALA?")
    ann.says("6 h conference")
    assert len(rows("contact_hour")) == 1


def test_two_channels_at_once_get_two_numbers(world: World, ann: Someone, rows: Rows) -> None:
    slack = in_slack(world)
    with ThreadPoolExecutor(2) as pool:
        lines = ("6 h conference 12 May, cataloging", "2 h webinar 3 June 2026, youth")
        list(pool.map(lambda pair: pair[0].says(pair[1]), zip((ann, slack), lines, strict=True)))
    assert sorted(row["number"] for row in rows("contact_hour")) == [1, 2]
    assert "You have 8 of 32" in slack.says("hours")


def test_credits_are_valued_by_the_office_where_the_rules_do_not_say(
    world: World, ann: Someone, olive: Someone, rows: Rows
) -> None:
    said = ann.says("3 semester credits cataloging course 12 May, cataloging")
    assert "It does not count yet: the office has yet to say how many contact hours it is." in said
    number = item(world)
    assert "1. 12 May 2026: 3 semester credits, cataloging course (Cataloging and Classification)" in olive.last
    assert "up to 200" in olive.says(f"settle {number} worth a lot")
    olive.says("cancel")
    assert olive.says(f"settle {number} worth 45 hours").startswith("Number 1 counts as 45 contact hours.")
    assert "it counts as 45 contact hours.\nYou have 45 of 32 contact hours" in ann.last
    assert "was settled already" in olive.says(f"settle {number} worth 50")
    assert [row["seconds"] for row in rows("contact_hour")] == [45 * 3600]


def test_what_does_not_count_is_told_with_the_reason(world: World, ann: Someone, olive: Someone) -> None:
    ann.says("2 conference days PLA 12 May, access")
    olive.says(f"settle {item(world)} decline These were days of rest.")
    assert "does not count: These were days of rest." in ann.last
    assert "You have 0 of 32" in ann.says("hours")


def test_a_line_taken_back_leaves_the_desk(world: World, ann: Someone, olive: Someone, rows: Rows) -> None:
    ann.says("2 conference days PLA 12 May, access")
    number = item(world)
    ann.says("remove hours 1")
    assert "was settled already" in olive.says(f"settle {number} worth 12")
    ann.says("restore hours 1")
    ann.says("hours 1: 3 conference days PLA 12 May, access")
    assert [row["state"] for row in rows("desk_item")] == ["settled", "settled", "open"]


def test_with_the_later_policies_credits_convert_and_technology_is_needed(world: World, ann: Someone) -> None:
    later_policy(world)
    assert "45 contact hours (3 semester credits) on 12 May 2026" in ann.says(
        "3 semester credits course 12 May, cataloging"
    )
    assert "12 contact hours (2 conference days)" in ann.says("2 conference days PLA 3 May 2026, access")
    said = ann.says("renew")
    assert "You have 57 of 32 contact hours, 0 of 4 in technology. 4 in technology are missing." in said
    assert "adopting" not in said
    ann.says("4 h course on servers, 3 June 2026, technology")
    assert "Shall I ask the office to renew certificate LSSC-2022-0001?" in ann.says("renew")


def test_a_holder_keeps_the_rules_they_were_admitted_under(world: World, ann: Someone, olive: Someone) -> None:
    later = OPTIONAL.replace("2021", "2024") + "[rules.renewal_adopted]\nvalue = true\nsource = 'a test'\n"
    world.house = replace(world.house, policy=policy.load((RULES / "policy.toml").read_text() + later))
    assert "the office has yet to say how many contact hours it is" in ann.says(
        "3 semester credits course 12 May, youth"
    )
    for line in FIVE_YEARS:
        ann.says(line)
    said = ann.says("renew")
    assert "You have 32 of 32 contact hours.\n\n" in said
    assert "adopting" not in said
    assert "The new term would be from 11 March 2027 until 10 March 2032." in said
    at(world, date(2027, 3, 11))
    assert "cannot be renewed here any more" in ann.says("renew")


def test_all_contact_hours_come_out_as_a_table(world: World, ann: Someone) -> None:
    ann.says(LINE)
    ann.says("3 semester credits course 12 May, youth")
    ann.says("2 h talk on gardens, 3 June 2026, none https://example.org/a")
    ann.says("1 h webinar yesterday, youth")
    ann.says("remove hours 4")
    columns, rows = world.act(holders.table)
    assert columns[:3] == ("certificate", "name", "number")
    assert [row[2:] for row in rows] == [
        ["1", "2026-05-12", "6 h", "6", "conference", "cataloging", "", "current", "yes", ""],
        ["2", "2026-05-12", "3 semester credits", "", "course", "youth", "", "current", "",
         "the office has yet to say how many contact hours it is"],
        ["3", "2026-06-03", "2 h", "2", "talk on gardens", "", "https://example.org/a", "current", "",
         "it relates to no current set"],
        ["4", "2026-11-22", "1 h", "1", "webinar", "youth", "", "removed", "", ""],
    ]  # fmt: skip
    assert {tuple(row[:2]) for row in rows} == {("LSSC-2022-0001", "Ann Example")}


def test_the_whole_way_to_a_renewed_certificate(world: World, ann: Someone, olive: Someone, rows: Rows) -> None:
    for line in FIVE_YEARS:
        ann.says(line)
    ann.says("proof 2 https://example.org/servers")
    assert ann.says("I want to renew my certificate").endswith(
        "The new term would be from 11 March 2027 until 10 March 2032. "
        + renewing.BETWEEN.format("10 March 2027")
        + " Shall I ask the office to renew certificate LSSC-2022-0001?"
    )
    assert ann.says("yes").startswith("Your request is with the office, with 32 of 32 contact hours and your links.")
    assert "Counted: 32 of 32 contact hours" in olive.last
    assert "https://example.org/servers" in olive.last
    olive.presses("Renew")
    found = certificate(world)
    assert (found.number, found.since, found.until) == ("LSSC-2022-0001", SINCE, date(2032, 3, 10))
    letter = list(ann.inbox.values())[-1]
    assert letter.text.startswith("The LSSC office has renewed your certificate LSSC-2022-0001. Congratulations!")
    assert json.loads(letter.drawings[0].data)["until"] == "10 March 2032"
    for words in ("remove hours 1", "hours 1: 5 h fair 12 May, youth"):
        assert ann.says(words) == logbook.DECIDED.format(1)
    [renewed] = rows("renewal")
    assert [renewed[each] for each in ("state", "ends", "seconds", "since", "until")] == [
        "renewed", UNTIL, 32 * 3600, date(2027, 3, 11), date(2032, 3, 10),
    ]  # fmt: skip
    assert checked(world).standing == "valid"
    assert "You have 0 of 32 contact hours." in ann.says("hours")
    assert "The renewal can be asked for from 11 March 2027 until 10 March 2032." in ann.says("renew")
    at(world, date(2031, 5, 1))
    assert checked(world).standing == "valid"
    assert "Shall I ask" not in ann.says("renew")


def test_asked_for_twice_it_is_one_item(world: World, ann: Someone, rows: Rows) -> None:
    requested(world, ann)
    assert ann.says("renew").startswith(
        "Your request of 23 November 2026 is with the office, with 32 of 32 contact hours."
    )
    ann.says("send renewal")
    ann.presses_choice("send renewal")
    assert [row["kind"] for row in rows("desk_item")] == ["renewal"]
    assert len(rows("renewal")) == 1


def test_two_channels_at_once_make_one_request(world: World, ann: Someone, rows: Rows) -> None:
    slack = in_slack(world)
    for line in FIVE_YEARS:
        ann.says(line)
    for each in (ann, slack):
        each.says("renew")
    begin = Barrier(4)

    def presses(who: Someone) -> str:
        alone = Someone(World(world.house), who.channel, who.address, who.name)
        begin.wait()
        return alone.presses_choice("send renewal")

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(presses, (ann, slack, ann, slack)))
    world.deliver()
    assert [row["state"] for row in rows("renewal")] == ["requested"]
    assert [row["kind"] for row in rows("desk_item")] == ["renewal"]
    assert [row["action"] for row in rows("audit")].count("asked for renewal") == 1


def test_while_it_is_with_the_office_nothing_is_taken_out(world: World, ann: Someone) -> None:
    requested(world, ann)
    for words in ("remove hours 1", "hours 1: 5 h fair 12 May, youth", "hours 1 youth"):
        assert "`take back renewal` lets you change them" in ann.says(words)
    assert "You have 34 of 32" in ann.says("2 h webinar 3 June 2026, youth")


def test_a_request_is_taken_back_and_asked_for_anew(world: World, ann: Someone, olive: Someone, rows: Rows) -> None:
    number = requested(world, ann)
    assert ann.says("withdraw my renewal").startswith("Your request for renewal is taken back")
    assert ann.says("take back renewal") == "No request for renewal of yours is with the office just now."
    assert "was settled already" in olive.says(f"settle {number} renew")
    ann.says("renew")
    ann.says("1")
    assert [row["state"] for row in rows("renewal")] == ["withdrawn", "requested"]


@pytest.mark.parametrize(
    ("action", "state", "told"), [("return", "returned", "came back to you"), ("decline", "declined", "was declined")]
)
def test_the_office_sends_it_back_or_declines_with_a_reason(
    world: World, ann: Someone, olive: Someone, rows: Rows, action: str, state: str, told: str
) -> None:
    number = requested(world, ann)
    assert "What shall the holder be told as the reason?" in olive.says(f"settle {number} {action}")
    olive.says("Line 2 needs a proof.")
    assert f"Your request to renew certificate LSSC-2022-0001 {told}: Line 2 needs a proof." in ann.last
    assert (rows("renewal")[0]["state"], certificate(world).until) == (state, UNTIL)
    assert f"Your last request was {state}: Line 2 needs a proof." in ann.says("renew")
    ann.says("yes")
    assert [row["state"] for row in rows("renewal")] == [state, "requested"]


def test_who_is_no_staff_decides_nothing(world: World, ann: Someone) -> None:
    number = requested(world, ann)
    ann.says(f"settle {number} renew")
    assert certificate(world).until == UNTIL


def test_what_no_longer_suffices_is_not_renewed(world: World, ann: Someone, olive: Someone) -> None:
    number = requested(world, ann)
    with world.house.database.work(world.now) as work:
        renewals.value(work, 1, Fraction(1))
    assert "Only 17 of 32 contact hours count now" in olive.says(f"settle {number} renew")
    with world.house.database.work(world.now) as work:
        certificates.move(work, 1, "revoked", "a reason")
    assert "is revoked" in olive.says(f"settle {number} renew")
    assert certificate(world).until == UNTIL


@pytest.mark.parametrize(
    ("day", "renewable", "standing"),
    [
        (date(2022, 3, 10), True, "valid"),
        (date(2027, 3, 10), True, "valid"),
        (date(2027, 3, 11), False, "expired"),
    ],
)
def test_without_the_later_policy_the_window_is_the_term(
    world: World, ann: Someone, day: date, renewable: bool, standing: str
) -> None:
    at(world, day)
    said = ann.says("renew")
    assert ("The renewal can be asked for once they are logged, until 10 March 2027" in said) == renewable
    assert ("cannot be renewed here any more" in said) != renewable
    assert (checked(world).standing, checked(world).renewable) == (standing, False)
    ann.says("1 h webinar today, youth")
    with world.house.database.work(world.now) as work:
        assert len(renewals.of(work, 1)) == renewable


@pytest.mark.parametrize(
    ("day", "said", "grace"),
    [
        (date(2026, 3, 9), "The renewal can be asked for from 10 March 2026 until 10 May 2027.", False),
        (date(2026, 3, 10), "The renewal can be asked for once they are logged, until 10 May 2027", False),
        (
            date(2027, 3, 11),
            "Your term ended on 10 March 2027. The renewal can be asked for once they are logged, until 10 May 2027",
            True,
        ),
        (
            date(2027, 5, 10),
            "Your term ended on 10 March 2027. The renewal can be asked for once they are logged, until 10 May 2027",
            True,
        ),
        (date(2027, 5, 11), "ended on 10 March 2027 and could be renewed until 10 May 2027", False),
    ],
)
def test_with_the_later_policy_there_is_a_window_with_a_grace(
    world: World, ann: Someone, day: date, said: str, grace: bool
) -> None:
    later_policy(world)
    at(world, day)
    assert said in ann.says("renew")
    assert checked(world).renewable == grace


def test_in_the_grace_the_old_term_is_renewed_and_the_dates_stay_in_line(
    world: World, ann: Someone, olive: Someone
) -> None:
    later_policy(world)
    for line in FIVE_YEARS:
        ann.says(line)
    at(world, date(2027, 5, 10))
    assert "It does not count: your term ended on 10 March 2027; it counts toward the next one" in ann.says(
        "3 h webinar yesterday, youth"
    )
    assert "It can still be renewed until 10 May 2027: `renew`." in ann.says("certificate")
    ann.says("renew")
    ann.says("yes")
    at(world, date(2027, 5, 20))
    assert olive.says(f"settle {item(world)} renew").startswith(
        "Certificate LSSC-2022-0001 is renewed until 10 March 2031."
    )
    assert checked(world).standing == "valid"
    assert "You have 3 of 32 contact hours, 0 of 4 in technology." in ann.says("hours")


def test_first_and_last_day_of_a_term_count_and_a_leap_day_is_kept(world: World, olive: Someone) -> None:
    ann = holder(world, since=date(2028, 2, 29), until=date(2033, 2, 28))
    at(world, date(2033, 2, 28))
    for day in ("28 February 2028", "29 February 2028", "28 February 2033"):
        ann.says(f"16 h course {day}, youth")
    ann.says("renew")
    ann.says("yes")
    assert olive.says(f"settle {item(world)} renew").startswith(
        "Certificate LSSC-2028-0001 is renewed until 28 February 2038."
    )
    assert "You have 0 of 32" in ann.says("hours")


LAST_EVENING = datetime(2027, 3, 11, 6, 5, tzinfo=UTC)  # five past eight on 10 March in Honolulu


def test_the_last_day_ends_at_the_midnight_of_the_holder(world: World, ann: Someone, olive: Someone) -> None:
    ann.says(FIVE_YEARS[0])
    ann.says("time zone Honolulu")
    world.now = LAST_EVENING
    assert "The renewal can be asked for once they are logged, until 10 March 2027." in ann.says("renew")
    assert "Logged as number 2" in ann.says("16 h course on servers today, technology")
    assert "is valid from 10 March 2022 until 10 March 2027." in ann.says("certificate")
    assert (checked(world).standing, checked(world).today) == ("valid", "10 March 2027")
    assert "- Certificate LSSC-2022-0001 ends: 10 March 2027" in ann.says("calendar")
    ann.says("renew")
    assert ann.says("yes").startswith("Your request is with the office")
    world.now += timedelta(hours=3, minutes=55)
    assert (checked(world).standing, checked(world).today) == ("expired", "11 March 2027")
    world.now += timedelta(days=3)
    assert olive.says(f"settle {item(world)} renew").startswith("Certificate LSSC-2022-0001 is renewed until")
    assert checked(world).standing == "valid"


@pytest.mark.parametrize(
    ("zone", "ends"),
    [
        ("Honolulu", datetime(2027, 3, 11, 10, tzinfo=UTC)),
        ("Chicago", datetime(2027, 3, 11, 6, tzinfo=UTC)),
        ("Guam", datetime(2027, 3, 10, 14, tzinfo=UTC)),
    ],
)
def test_at_midnight_of_the_holder_it_is_over_to_the_minute(
    world: World, ann: Someone, zone: str, ends: datetime
) -> None:
    ann.says(f"time zone {zone}")
    world.now = ends - timedelta(minutes=1)
    assert "The renewal can be asked for once they are logged, until 10 March 2027" in ann.says("renew")
    world.now = ends
    assert "cannot be renewed here any more" in ann.says("renew")
    assert ann.says(LINE) == contact_hours.ENDED
    assert "nothing was changed" in ann.says("hours 1: 6 h conference 12 May 2026, cataloging")


def test_the_check_page_never_tells_of_an_end_before_it_is_the_offices_too(world: World, ann: Someone) -> None:
    later_policy(world)
    ann.says("time zone Guam")
    world.now = datetime(2027, 3, 10, 15, tzinfo=UTC)  # one o'clock on 11 March in Guam
    assert (checked(world).standing, checked(world).today, checked(world).renewable) == (
        "valid", "10 March 2027", False,
    )  # fmt: skip
    world.now = datetime(2027, 3, 11, 6, tzinfo=UTC)
    assert (checked(world).standing, checked(world).today, checked(world).renewable) == (
        "expired", "11 March 2027", True,
    )  # fmt: skip


def test_status_and_certificate_tell_of_the_hours(ann: Someone) -> None:
    ann.says(LINE)
    for words in ("status", "certificate", "progress"):
        assert "For its renewal you have 6 of 32 contact hours: `hours`." in ann.says(words)


def test_forgotten_means_the_hours_too(world: World, ann: Someone, rows: Rows) -> None:
    requested(world, ann)
    ann.says("forget me")
    ann.presses("Yes, delete everything")
    ann.presses("Yes, forget me")
    assert (rows("contact_hour"), rows("renewal")) == ([], [])


def test_a_line_by_mail_is_logged_whatever_stands_around_it(stage: Stage, rows: Rows) -> None:
    ann = acquainted(stage, "ann@library.org")
    with stage.house.database.work(stage.now) as work:
        person_id = people.find(work, "email", "ann@library.org")
        assert person_id is not None
        number = candidacies.add(work, person_id, None, SINCE, UNTIL, "active")
        certificates.issue(work, number, "Ann Example", SETS, SINCE, UNTIL, SINCE)
    said = ann.replies(
        "Hello,\n\n6 h conference on outreach in small libraries, 12 May,\ncataloging\n\nBest wishes\nAnn"
    )
    assert said[0].startswith(
        "Logged as number 1: 6 contact hours on 12 May 2026, conference on outreach in small libraries ("
    )
    forged = ann.writes("2 h webinar 3 June 2026, youth")
    assert "Was it you?" in " ".join(forged)
    assert len(rows("contact_hour")) == 1
    ann.replies("Yes, that was me")
    assert len(rows("contact_hour")) == 2
