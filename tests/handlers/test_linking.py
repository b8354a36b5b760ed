"""One person, many addresses: codes, joined records, unlinked addresses."""

import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from handlers import linking, profile, public, unlinking
from handlers.hearing import House
from storage import codes
from tests.handlers.acting import APPLICATION, Rows
from tests.handlers.channels import Stage
from tests.handlers.reminding import remind
from tests.handlers.world import Someone, World

APPLIED = ("apply", *APPLICATION.values(), "send", "cancel")


@pytest.fixture
def stage(house: House) -> Stage:
    return Stage(house)


@pytest.fixture
def linked(stage: Stage) -> Stage:
    """A person in Telegram and Slack."""
    stage.says("telegram/7", "menu", "link")
    stage.says("slack/U1", "link CODE")
    return stage


def test_a_code_of_one_channel_typed_in_the_other_makes_one_record(stage: Stage) -> None:
    stage.says("telegram/7", "menu")
    stage.says("slack/U1", "menu")
    stage.plays("""
        telegram/7> link
        telegram/7: Your code is CODE. Within 10 minutes, type `link CODE` in the other channel; then both are one record of yours.
        | It works once. Give it to nobody: whoever types it shares your record.
        slack/U1> link CODE
        telegram/7: This channel and Slack are one record of yours now. If that was not you, send `unlink`.
        slack/U1: This channel and Telegram are one record of yours now. If that was not you, send `unlink`.
        slack/U1> profile
        slack/U1: Name: not told yet
        | Reached at:
        | - Telegram (7): confirmed
        | - Slack, where you are now: confirmed
        - Link another channel
        - Unlink a channel
        - Correct my name
    """)


def test_a_code_can_be_typed_as_people_type_codes(stage: Stage, rows: Rows) -> None:
    stage.says("telegram/7", "link")
    spaced = f"{stage.code[:3]} {stage.code[3:]}"
    for number, words in enumerate((f"/link {spaced}", f"link_{stage.code}", f"LINK {stage.code}.", f"({spaced})")):
        stage.says("telegram/7", "link")
        typed = words.replace(spaced, f"{stage.code[:3]} {stage.code[3:]}").replace(spaced.replace(" ", ""), stage.code)
        stage.says(f"slack/U{number}", typed)
    assert {row["person_id"] for row in rows("address")} == {1}


def test_a_stranger_who_comes_by_a_link_is_not_introduced(stage: Stage) -> None:
    stage.says("slack/U1", "menu", "link")
    assert stage.says("telegram/7", "link CODE")[-1] == (
        "telegram/7: This channel and Slack are one record of yours now. If that was not you, send `unlink`."
    )


def test_a_link_that_opens_telegram_is_shown_elsewhere_when_the_bot_is_known(house: House) -> None:
    stage = Stage(replace(house, bots={"telegram": "lssc_bot"}))
    stage.says("slack/U1", "menu")
    assert f"| In Telegram this opens it: https://t.me/lssc_bot?start=link_{stage.code}" not in stage.told
    told = stage.says("slack/U1", "link")
    assert told[1] == f"| In Telegram this opens it: https://t.me/lssc_bot?start=link_{stage.code}"
    stage.says("telegram/7", "menu")
    assert len(stage.says("telegram/7", "link")) == 2


@pytest.mark.parametrize(
    ("before", "where", "told"),
    [
        ((), "telegram/7", linking.SAME),
        ((("wait", "11"),), "slack/U1", linking.OVER),
        ((("telegram/7", "link"),), "slack/U1", linking.REPLACED),
        ((("slack/U2", "link CODE"),), "slack/U1", linking.USED),
        ((("slack/U1", "link CODE"),), "slack/U1", linking.LINKED_ALREADY),
    ],
)
def test_a_code_that_does_not_count_is_told_why(
    stage: Stage, before: tuple[tuple[str, str], ...], where: str, told: str
) -> None:
    stage.says("slack/U1", "menu")
    stage.says("telegram/7", "link")
    first = stage.code
    for who, words in before:
        if who == "wait":
            stage.now += timedelta(minutes=int(words))
        else:
            stage.says(who, words)
    assert stage.says(where, f"link {first}")[0] == f"{where}: {told}"


def test_a_new_code_is_offered_that_works_the_other_way_round(stage: Stage, rows: Rows) -> None:
    stage.says("telegram/7", "menu")
    stage.says("slack/U1", "menu")
    stage.plays(f"""
        slack/U1> link 000000
        slack/U1: {linking.UNKNOWN}
        - Get a code here
        slack/U1> 1
        slack/U1: Your code is CODE. Within 10 minutes, type `link CODE` in the other channel; then both are one record of yours.
        | It works once. Give it to nobody: whoever types it shares your record.
        telegram/7> CODE
        slack/U1: This channel and Telegram are one record of yours now. If that was not you, send `unlink`.
        telegram/7: This channel and Slack are one record of yours now. If that was not you, send `unlink`.
    """)
    assert len({row["person_id"] for row in rows("address")}) == 1


def test_after_five_wrong_codes_in_an_hour_even_the_right_one_is_refused_until_the_hour_is_over(
    stage: Stage, rows: Rows
) -> None:
    stage.says("telegram/7", "link")
    wrong = [f"link {number:06}" for number in range(6) if f"{number:06}" != stage.code]
    stage.says("slack/U1", "menu", *wrong[:4])
    stage.now += timedelta(minutes=20)
    stage.says("slack/U1", wrong[4])
    stage.says("telegram/7", "link")
    refused = "Too many wrong codes came from here, so I take none for the next {} minutes. Nothing is lost."
    assert stage.says("slack/U1", "link CODE") == [f"slack/U1: {refused.format(41)}"]
    stage.now += timedelta(minutes=39)
    assert stage.says("slack/U1", "link CODE") == [f"slack/U1: {refused.format(2)}"]
    assert len(rows("link_try")) == 5
    stage.now += timedelta(minutes=2)
    stage.says("telegram/7", "link")
    assert len(stage.says("slack/U1", "link CODE")) == 2
    assert len({row["person_id"] for row in rows("address")}) == 1


def test_many_accounts_together_are_stopped_after_a_hundred_wrong_codes_and_the_office_is_told(
    stage: Stage, rows: Rows
) -> None:
    for number in range(25):
        stage.says(f"slack/U{number}", "link")
    live = {message.text[13:19] for _, message in stage.told if message.text.startswith("Your code is")}
    guesses = (f"{number:06}" for number in range(1000) if f"{number:06}" not in live)
    for number in range(25):
        stage.says(f"slack/U{number}", *(f"link {next(guesses)}" for _ in range(4)))
    assert [item["kind"] for item in rows("desk_item")] == ["wrong codes"]
    assert stage.says("telegram/7", "menu", "link CODE") == [f"telegram/7: {linking.PAUSED}"]
    stage.now += timedelta(minutes=61)
    stage.says("slack/U3", "link")
    assert len(stage.says("telegram/7", "link CODE")) == 2


def test_only_a_hash_of_a_code_is_on_record(stage: Stage, rows: Rows) -> None:
    stage.says("telegram/7", "menu", "link")
    assert stage.code not in str([rows(table) for table in ("link_code", "address", "person", "audit")])
    with stage.house.database.work(stage.now) as work:
        first = codes.give(work, 1, timedelta(minutes=1))
        assert len({codes.give(work, 1, timedelta(minutes=1)) for _ in range(5)} | {first}) == 6


def test_a_code_is_neither_shown_nor_taken_in_a_group_nor_from_a_sender_who_may_be_forged(
    stage: Stage, rows: Rows
) -> None:
    stage.says("telegram/7", "menu", "link")
    stage.says("slack/U1", "menu")
    for words in ("link", "profile"):
        told = stage.says("slack/U1", words, place="C1")
        assert told == [f"slack/C1: {public.ASK_HERE}", f"- {public.IN_PRIVATE}"]
    stage.says("email/x@y.org", "menu")
    assert stage.says("email/x@y.org", "link CODE", trust="claimed") == [f"email/x@y.org: {profile.NOT_SURE}"]
    assert len({row["person_id"] for row in rows("address")} - {None}) == 3  # the place is nobody's


def test_two_records_with_an_application_each_are_left_to_the_office(stage: Stage, rows: Rows) -> None:
    stage.says("telegram/7", *APPLIED)
    stage.says("slack/U1", "apply", *(APPLICATION | {"email": "other@library.org"}).values(), "send", "cancel")
    before = {row["id"]: row["person_id"] for row in rows("address")}
    for _ in range(2):
        stage.says("telegram/7", "link")
        assert stage.says("slack/U1", "link CODE") == [
            f"telegram/7: {linking.TWO_RECORDS}", f"slack/U1: {linking.TWO_RECORDS}",
        ]  # fmt: skip
    assert {row["id"]: row["person_id"] for row in rows("address")} == before
    items = [item for item in rows("desk_item") if item["kind"] == "two records"]
    assert len(items) == 1
    assert all(str(row["reference"]) in str(items[0]["details"]) for row in rows("application"))


def test_both_open_forms_stay_reachable(stage: Stage) -> None:
    stage.says("telegram/7", "fees", "yes")
    stage.now += timedelta(minutes=1)
    stage.says("slack/U1", "apply", "Ann Example", "link")
    stage.plays("""
        telegram/7> link CODE
        slack/U1: This channel and Telegram are one record of yours now. If that was not you, send `unlink`.
        telegram/7: This channel and Slack are one record of yours now. If that was not you, send `unlink`.
        | Going on with your application; so far: Name: Ann Example.
        | Your email address?
        slack/U1* Your code is CODE. Within 10 minutes, type `link CODE` in the other channel; then both are one record of yours.
        | It works once. Give it to nobody: whoever types it shares your record.
        | Your email address?
        | (continued in Telegram)
        telegram/7> cancel
        telegram/7: Cancelled; nothing was sent. I keep your draft 30 days: `apply` goes on with it.
        | Now back to the price calculation.
        | In which state is your library?
    """)


def test_the_same_form_twice_leaves_both_drafts_and_never_makes_two_applications(stage: Stage, rows: Rows) -> None:
    stage.says("telegram/7", "apply", "Ann T. Example", "ann@telegram.org")
    stage.now += timedelta(minutes=1)
    stage.says("slack/U1", "apply", *APPLICATION.values(), "link")
    stage.says("telegram/7", "link CODE", "send")
    assert len(rows("application")) == 1
    assert stage.says("telegram/7", "cancel")[0].endswith("nothing of them is kept.")
    assert {row["words"] for row in rows("answer")} == {"Ann T. Example", "ann@telegram.org"}
    assert stage.says("telegram/7", "withdraw", "yes")[-3:] == [
        "| Now back to your application.",
        "| What you told me in between is filled in; `change` corrects any of it.",
        "| What is your position called?",
    ]


def test_an_application_that_was_begun_is_set_aside_when_the_other_record_has_applied(stage: Stage, rows: Rows) -> None:
    stage.says("telegram/7", *APPLIED)
    stage.says("slack/U1", "apply", "Ann Example", "link")
    told = stage.says("telegram/7", "link CODE")
    assert told[-1].startswith("| Your application that was not finished is set aside. You have applied already. ")
    assert [row["state"] for row in rows("conversation") if row["script"] == "apply"] == ["done", "parked"]
    stage.says("slack/U1", "withdraw", "yes")
    assert stage.says("slack/U1", "apply")[-1] == "| Your email address?"


def test_a_bare_code_is_taken_only_where_it_can_be_nothing_else(stage: Stage, rows: Rows) -> None:
    stage.says("telegram/7", "link")
    stage.says("slack/U1", "apply", "link 000000")
    assert [row["key"] for row in rows("answer")] == []  # never the answer to "What is your full name?"
    stage.says("telegram/7", "link")
    stage.says("slack/U1", "CODE")
    assert len({row["person_id"] for row in rows("address")}) == 2
    stage.says("slack/U1", "cancel", "fees")
    assert len(stage.says("slack/U1", "CODE")) > 1
    assert len({row["person_id"] for row in rows("address")}) == 1


def test_unlinking_gives_the_address_a_record_of_its_own_with_nothing_in_it(linked: Stage, rows: Rows) -> None:
    linked.says("slack/U1", "rename", "Ann Example", "fees", "yes")
    linked.says("telegram/7", "unlink", "[Slack (U1)]")
    linked.plays("""
        telegram/7> [Yes, unlink it]
        slack/U1: This channel was unlinked by its owner in Telegram. It has a record of its own now, with nothing in it; the other record is untouched.
        telegram/7: Slack (U1) is unlinked; your record is untouched.
        | In which state is your library?
        telegram/7> unlink
        telegram/7: There is nothing to unlink: your record has only this channel where it can be reached.
        | In which state is your library?
        slack/U1> [No]
        slack/U1: That button belongs to another conversation, so nothing was changed.
        | What would you like to do? You can also just ask.
        - Check my eligibility
        - Work out my price
        - Apply
        slack/U1> my data
        slack/U1: This is what is stored about you; all of it, word for word, is in the file that comes with this message.
        | - Yourself: 1
        | - Your addresses: 1
        | - Messages to you: 8
        | Answers to the voluntary questions are stored apart, without your name. `forget me` deletes the rest.
        telegram/7> Ohio
        telegram/7: How many of the 6 sets would you do by a course? The others are portfolios.
    """)


def test_the_channel_that_is_unlinked_may_be_the_one_that_asks(linked: Stage, rows: Rows) -> None:
    linked.says("telegram/7", "rename", "Ann Example")
    linked.plays(f"""
        telegram/7> unlink
        telegram/7: {unlinking.WHICH}
        - Telegram, where you are now
        - Slack (U1)
        - Keep it as it is
        telegram/7> 1
        telegram/7: Shall I unlink Telegram, where you are now? Nothing of your record is deleted.
        - Yes, unlink it
        - Keep it as it is
        telegram/7> 1
        slack/U1: Telegram (7) was unlinked from your record.
        telegram/7: {unlinking.HERE}
        slack/U1> profile
        slack/U1: Name: Ann Example
        | Reached at:
        | - Slack, where you are now: confirmed
        - Link another channel
        - Unlink a channel
        - Correct my name
    """)
    assert [row["action"] for row in rows("audit")] == ["linked", "renamed", "unlinked"]


def test_an_address_of_somebody_else_cannot_be_unlinked(linked: Stage, rows: Rows) -> None:
    linked.says("slack/U9", "menu")
    before = {row["id"]: row["person_id"] for row in rows("address")}
    for choice in ("unlink:3", "unlink:3:yes", "unlink:", "unlink:x:yes", "unlink:1:yes:"):
        linked.says("telegram/7", "menu")
        message = linked.told[-1][1]
        linked.told.append(
            ("telegram/7", replace(message, choices=(replace(message.choices[0], key=choice, label="x"),)))
        )
        linked.says("telegram/7", "[x]")
    assert {row["id"]: row["person_id"] for row in rows("address")} == before


def test_people_who_type_each_others_codes_at_once_become_one(house: House, rows: Rows) -> None:
    stages = [Stage(house), Stage(house)]
    places = ["telegram/7", "slack/U1"]
    for _ in range(5):
        for stage, place in zip(stages, places, strict=True):
            stage.says(place, "link")
        with ThreadPoolExecutor(2) as threads:
            typed = [(stages[0], "telegram/7", stages[1].code), (stages[1], "slack/U1", stages[0].code)]
            list(threads.map(lambda each: each[0].says(each[1], f"link {each[2]}"), typed))
        assert len({row["person_id"] for row in rows("address")}) == 1
        stages[1].says("slack/U1", "unlink", "[Slack, where you are now]", "[Yes, unlink it]")
        assert len({row["person_id"] for row in rows("address")}) == 2


def test_messages_of_both_channels_at_the_moment_of_linking_are_taken_one_after_the_other(
    house: House, rows: Rows
) -> None:
    one, two = Stage(house), Stage(house)
    one.says("telegram/7", "apply")
    two.says("slack/U1", "menu", "link")
    with ThreadPoolExecutor(3) as threads:
        jobs = [(one, "telegram/7", f"link {two.code}"), (two, "slack/U1", "fees"), (Stage(house), "slack/U1", "yes")]
        list(threads.map(lambda each: each[0].says(each[1], each[2]), jobs))
    assert len({row["person_id"] for row in rows("address")}) == 1
    assert sorted(str(row["state"]) for row in rows("conversation")).count("open") == 1


def test_who_was_reminded_of_a_webinar_at_both_addresses_can_join_them(
    world: World, olive: Someone, rows: Rows
) -> None:
    olive.says("add webinar portfolios 30 November 2026 3 pm, 60 min, 5 seats, https://meet.example.org/a")
    telegram, slack = Someone(world, "telegram", "1", "Ann"), Someone(world, "slack", "U2", "Ann")
    for each in (telegram, slack):
        each.says("menu")
        each.says("sign up WEB-1")
    world.now = datetime(2026, 11, 29, 22, 0, tzinfo=UTC)
    assert remind(world.act) == 2
    world.now += timedelta(hours=3)
    code = re.search(r"\d{6}", telegram.says("link"))
    assert code is not None
    assert "This channel and Telegram are one record of yours now." in slack.says(f"link {code[0]}")
    assert [(row["person_id"], row["state"]) for row in rows("webinar_seat")] == [(2, "signed")]
    assert [(row["person_id"], row["rule"], row["state"]) for row in rows("reminder")] == [(2, "webinar", "sent")]
    world.now = datetime(2026, 11, 30, 20, 30, tzinfo=UTC)
    assert remind(world.act) == 1  # that it begins soon, to one of them
