"""People change what is on record about them, each change told as it was and as it is, and the way back."""

import json
from datetime import UTC, date, datetime

import pytest

from flows.program.zones import ARIZONA, CENTRAL, MOUNTAIN
from handlers import changed, changing, local, naming, profile
from storage import candidacies, certificates, people, profiles
from storage.profiles import Profile
from tests.handlers.acting import APPLICATION, Rows
from tests.handlers.channels import Stage
from tests.handlers.world import Someone, World

DAY = date(2026, 1, 1)


@pytest.fixture
def ann(world: World, olive: Someone) -> Someone:
    """The second person on record."""
    return world.somebody("telegram", "4711", "Ann Example")


def told_of(world: World, person_id: int = 2) -> Profile:
    with world.house.database.work(world.now) as work:
        return profiles.of(work, person_id)


def zone_of(world: World) -> str:
    with world.house.database.work(world.now) as work:
        return people.time_zone(work, 2)


def certify(world: World) -> None:
    def issue(errand: object) -> None:
        work = errand.work
        number = candidacies.add(work, 2, None, DAY, date(2030, 1, 1), "active")
        certificates.issue(work, number, "Ann Example", ["technology"], DAY, date(2031, 1, 1), DAY)

    world.act(issue)


def test_a_name_changes_at_once_and_the_words_that_take_it_back_do(ann: Someone, rows: Rows) -> None:
    said = ann.says("My name is now Ann O’Neil-Smith.")
    assert said == "Name: Ann Example → Ann O’Neil-Smith. `my name is now Ann Example` takes it back."
    assert rows("person")[1]["name"] == "Ann O’Neil-Smith"
    assert ann.says("my name is now Ann Example").startswith("Name: Ann O’Neil-Smith → Ann Example.")
    assert ann.says("change my name to Ann Example") == "Name: Ann Example is on record already."
    assert ann.says("my name is now 12345").startswith("Please write your name in letters.")


def test_a_holder_asks_the_office_for_another_name(world: World, ann: Someone, olive: Someone, rows: Rows) -> None:
    certify(world)
    number = rows("certificate")[0]["number"]
    assert ann.says("my name is now Ann Lee") == naming.ASKED.format(number, "Ann Example", "Ann Lee")
    assert ann.says("my name is now Ann Lee-Smith") == naming.ASKED.format(number, "Ann Example", "Ann Lee-Smith")
    assert [row["kind"] for row in rows("desk_item")] == [naming.CHANGE]
    assert rows("person")[1]["name"] == "Ann Example"
    assert "the office looks at your wish to be called Ann Lee-Smith" in ann.says("profile")
    assert "Wished: Ann Lee-Smith" in olive.says("show 1")
    olive.says("settle 1 accept")
    assert ann.last == naming.ACCEPTED.format("Ann Example", "Ann Lee-Smith")
    assert (rows("person")[1]["name"], rows("certificate")[0]["name"]) == ("Ann Lee-Smith", "Ann Example")
    before = len(ann.inbox)
    olive.says("settle 1 accept")
    assert len(ann.inbox) == before


def test_the_office_may_leave_a_name_and_says_why(world: World, ann: Someone, olive: Someone, rows: Rows) -> None:
    certify(world)
    ann.says("rename")
    ann.says("Ann Lee")
    olive.says("settle 1 decline Please send a document.")
    assert ann.last == naming.DECLINED.format("Please send a document.")
    assert rows("person")[1]["name"] == "Ann Example"


@pytest.mark.parametrize(
    ("words", "field", "before", "after"),
    [
        ("my library is now Joliet Public Library", "library", "not told", "Joliet Public Library"),
        ("my new employer is Joliet Public Library", "library", "not told", "Joliet Public Library"),
        ("my position is now Head of the Desk", "position", "not told", "Head of the Desk"),
        ("I moved to ohio", "state", "not told", "Ohio"),
        ("my state is now OH", "state", "not told", "Ohio"),
    ],
)
def test_what_an_application_says_otherwise_is_told_for_the_record(
    world: World, ann: Someone, words: str, field: str, before: str, after: str
) -> None:
    assert ann.says(words).startswith(f"{field.capitalize()}: {before} → {after}. `my {field}` changes it again.")
    assert getattr(told_of(world), field) == after


def test_a_name_changed_before_the_decision_outlasts_it(ann: Someone, olive: Someone, rows: Rows) -> None:
    for words in ("apply", *APPLICATION.values(), "send", "cancel"):
        ann.says(words)
    assert ann.says("my name is now Ann Lee").endswith("An application keeps the name that it was sent with.")
    olive.says("settle 1 accept")
    olive.says("settle 2 paid")
    assert (rows("application")[0]["state"], rows("person")[1]["name"]) == ("admitted", "Ann Lee")
    assert json.loads(str(rows("application")[0]["details"]))["Name"] == "Ann Example"


def test_an_application_keeps_what_it_was_sent_with(ann: Someone, rows: Rows) -> None:
    for words in ("apply", *APPLICATION.values(), "send", "cancel"):
        ann.says(words)
    assert ann.says("my library is now Joliet Public Library") == (
        "Library: Springfield Public Library → Joliet Public Library."
        " `my library is now Springfield Public Library` takes it back."
    )
    assert json.loads(str(rows("application")[0]["details"]))["Library"] == "Springfield Public Library"
    assert "Library: Joliet Public Library (`my library`)" in ann.says("profile")


def test_the_time_zone_is_that_of_the_state_until_another_one_is_told(world: World, ann: Someone) -> None:
    assert "Time zone: Central time (Chicago), that of the office; it is 9 am there now" in ann.says("profile")
    assert ann.says("I moved to Hawaii").endswith("Days and hours are told in Hawaii time (Honolulu) now.")
    assert "(Honolulu), by your state; it is 5 am there now" in ann.says("profile")
    assert ann.says("I moved to Arizona").endswith(
        "Days and hours are told in the office's time zone, Central time (Chicago); `time zone` tells me yours."
    )
    assert ann.says("my time zone is Denver").startswith(
        "Time zone: Central time (Chicago) → Mountain time (Denver). `time zone America/Chicago` takes it back. It is 8 am"
        " there now."
    )
    assert ann.says("I moved to Ohio").endswith("Your time zone stays Mountain time (Denver); `time zone` changes it.")
    assert zone_of(world) == MOUNTAIN


def test_a_place_in_several_zones_is_asked_back_with_the_likely_ones(world: World, ann: Someone) -> None:
    ann.says("I'm on Arizona time")
    assert [each.label for each in list(ann.inbox.values())[-1].choices] == [
        "Mountain time without daylight saving (Phoenix)", "Mountain time (Denver)",
    ]  # fmt: skip
    ann.says("1")
    assert zone_of(world) == ARIZONA
    assert ann.says("time zone xyzzy").startswith("I do not know that place or time zone.")
    ann.says("Chicago")
    assert zone_of(world) == CENTRAL


def test_a_question_about_time_zones_is_none_of_this(ann: Someone, rows: Rows) -> None:
    ann.says("time zone of the office?")
    assert rows("conversation") == []


def test_the_state_of_an_application_gives_the_zone(world: World, ann: Someone) -> None:
    for words in ("apply", *(APPLICATION | {"state": "Hawaii"}).values(), "send", "cancel"):
        ann.says(words)
    assert "Hawaii time (Honolulu), by your state; it is 5 am there now" in ann.says("profile")
    world.act(lambda errand: _is(local.day(errand, 2, datetime(2026, 11, 24, 9, 0, tzinfo=UTC)), date(2026, 11, 23)))


def _is(found: object, expected: object) -> None:
    assert found == expected


def test_the_hour_of_the_office_is_told_on_the_own_clock(ann: Someone) -> None:
    ann.says("my time zone is Denver")
    assert "by Wednesday 25 November 2026, 4 pm (MST)" in ann.says("person")
    ann.says("resume")
    ann.says("my time zone is India")
    assert "by Thursday 26 November 2026, 4:30 am (IST)" in ann.says("person")


def test_a_change_in_the_middle_of_a_form_goes_back_to_it(ann: Someone) -> None:
    ann.says("fees")
    said = ann.says("my time zone is Denver")
    assert said.startswith("Time zone: Central time (Chicago) → Mountain time (Denver).")
    assert said.endswith("Now back to the price calculation.\n\nAre you a member of ALA?")


def test_what_answers_the_question_of_a_form_changes_nothing_else(ann: Someone, rows: Rows) -> None:
    ann.says("apply")
    ann.says("my name is now Ann Lee")
    said = ann.says("my email is now ann@library.org")
    assert said == "What is your position called?"
    assert rows("address")[1:] == rows("address")[1:2]


def test_the_preferred_channel_is_one_of_the_confirmed_ones(world: World, ann: Someone) -> None:
    only = changing.ONE_ONLY.format("Telegram, where you are now")
    assert ann.says("preferred channel") == only
    assert ann.says("please write to me on Slack") == changing.NO_SUCH.format("Slack")
    mail = world.act(lambda errand: people.add_address(errand.work, 2, "email", "ann@library.org", "proved"))
    assert ann.says("write me by mail") == (
        "Preferred channel: wherever you wrote last → ann@library.org. Answers come where you ask."
        " `preferred channel` changes it again."
    )
    assert told_of(world).prefers == mail
    ann.says("preferred channel")
    assert [each.label for each in list(ann.inbox.values())[-1].choices] == [
        "Telegram, where you are now", "ann@library.org", "Wherever I wrote last",
    ]  # fmt: skip
    ann.says("3")
    assert told_of(world).prefers is None


def test_an_address_that_was_unlinked_meanwhile_is_not_preferred(world: World, ann: Someone) -> None:
    world.act(lambda errand: people.add_address(errand.work, 2, "email", "ann@library.org", "proved"))
    ann.says("preferred channel")
    world.act(lambda errand: people.mark_unreachable(errand.work, 3))
    assert ann.presses("ann@library.org") == changed.GONE
    assert told_of(world).prefers is None


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        ("quiet hours 21 to 7", "21:00-07:00"),
        ("no messages on weekends", " weekends"),
        ("Please don't write to me between 10 pm and 6 am", "22:00-06:00"),
        ("quiet hours off", "off"),
    ],
)
def test_quiet_hours_are_told_in_a_sentence(world: World, ann: Someone, words: str, kept: str) -> None:
    assert "Answers to you and codes never wait." in ann.says(words)
    assert told_of(world).quiet == kept


@pytest.mark.parametrize("words", ["quiet hours 7 am to 10 pm", "don't write to me between 7 am and 10 pm"])
@pytest.mark.parametrize(
    ("answer", "kept"), [("10 pm to 7 am", "22:00-07:00"), ("by day, 7 am to 10 pm", "07:00-22:00")]
)
def test_quiet_hours_that_leave_only_the_night_are_asked_back(
    world: World, ann: Someone, words: str, answer: str, kept: str
) -> None:
    assert ann.says(words).startswith("That would leave only the night for messages: did you mean `10 pm to 7 am`?")
    assert told_of(world).quiet == ""
    ann.says(answer)
    assert told_of(world).quiet == kept


def test_hours_that_may_be_read_in_two_ways_are_asked_back(world: World, ann: Someone) -> None:
    assert ann.says("quiet hours 9 to 7").startswith("Is that 9 pm to 7 am, or 9 am to 7 pm?")
    ann.says("9 pm to 7 am")
    assert told_of(world).quiet == "21:00-07:00"
    ann.says("quiet hours")
    ann.presses("As usual: 9 pm to 8 am, for reminders only")
    assert told_of(world) == Profile()


@pytest.mark.parametrize(
    "words",
    ["my name is now Eve", "my library is now X Library", "time zone Denver", "quiet hours off", "new mail e@x.org",
     "preferred channel", "my data"],
)  # fmt: skip
def test_a_forged_message_changes_and_gets_nothing(world: World, rows: Rows, words: str) -> None:
    stage = Stage(world.house)
    stage.says("email/ann@library.org", "menu")
    before = rows("person"), rows("profile"), len(rows("address"))
    assert stage.says("email/ann@library.org", words, trust="claimed")[0].endswith(profile.NOT_SURE)
    assert (rows("person"), rows("profile"), len(rows("address"))) == before


def test_a_new_mail_address_takes_the_place_of_the_old_one_by_its_code(world: World, rows: Rows) -> None:
    stage = Stage(world.house)
    stage.says("telegram/7", "apply", *APPLICATION.values(), "send", "cancel", "CODE")
    said = stage.says("telegram/7", "my new mail is Ann@New.org")
    assert "telegram/7: A mail with a new code goes to Ann@new.org." in " ".join(said)
    assert "email/ann@new.org: Hello," in said
    assert "LSSC-2026" not in " ".join(said)
    told = " ".join(stage.says("telegram/7", "CODE"))
    assert "ann@new.org is confirmed: my mail to you goes there now. ann@library.org is still yours" in told
    assert json.loads(str(rows("application")[0]["details"]))["Email"] == "ann@new.org"
    states = {str(row["address"]): row["state"] for row in rows("address")}
    assert (states["ann@library.org"], states["ann@new.org"]) == ("proved", "proved")
    assert stage.says("telegram/7", "confirm mail") == ["telegram/7: There is no mail address of yours to confirm."]


def test_a_new_mail_address_that_is_never_proved_changes_nothing_else(world: World, rows: Rows) -> None:
    stage = Stage(world.house)
    stage.says("telegram/7", "apply", *APPLICATION.values(), "send", "cancel", "CODE", "new mail", "ann@new.org")
    assert json.loads(str(rows("application")[0]["details"]))["Email"] == "ann@library.org"
    assert any("ann@new.org is not confirmed yet" in line for line in stage.says("telegram/7", "profile"))
    stage.says("telegram/7", "unlink", "[a...@new.org]", "[Yes, unlink it]")
    assert not any("not confirmed" in line for line in stage.says("telegram/7", "profile"))


def test_nothing_of_it_is_said_where_others_read(world: World, ann: Someone) -> None:
    for words in ("my name is now Eve", "time zone Denver", "quiet hours off", "my library", "profile"):
        ann.says(words, place="C-1000")
    assert (told_of(world), zone_of(world)) == (Profile(), "")
