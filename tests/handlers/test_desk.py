"""The desk: what needs a person reaches one, is settled once, and the talk with the office comes back."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from flows.dialog.speech import Inbound, Pressed
from handlers import handoff, roles
from handlers.desk.table import KINDS
from handlers.exchange import Errand, House
from handlers.hearing import hear
from storage import desk, people
from tests.handlers.acting import Rows
from tests.handlers.world import Someone, World

OFFICE = ("slack", "U1")
KEYBOARD = roles.at_the_keyboard("mk")


@pytest.fixture
def world(house: House) -> World:
    return World(replace(house, staff=frozenset({OFFICE}), kinds=KINDS))


@pytest.fixture
def ann(world: World) -> Someone:
    return Someone(world, "telegram", "4711", "Ann")


@pytest.fixture
def olive(world: World) -> Someone:
    return Someone(world, *OFFICE, "Olive")


@pytest.fixture
def bob(world: World) -> Someone:
    return Someone(world, "slack", "U666", "Bob")


def item(errand: Errand) -> desk.Item:
    found = desk.by_id(errand.work, 1)
    assert found is not None
    return found


def last_words(text: str) -> str:
    return text.splitlines()[-1]


def test_a_wish_for_a_person_reaches_the_office_and_the_answer_comes_back(ann: Someone, olive: Someone) -> None:
    olive.says("menu")
    promise = ann.says("person")
    assert "by Wednesday 25 November 2026, 5 pm (CST)" in promise
    assert olive.last.splitlines()[0] == "#1 Wish for a person (0 min)"
    assert olive.last.splitlines()[1] == "Ann (telegram 4711)"
    assert ann.says("My diploma is from Peru. Is that all right?") == ""
    assert olive.last == "Ann: My diploma is from Peru. Is that all right?"
    shown = olive.name_of("#1 Wish for a person")
    assert olive.inbox[olive.name_of("Ann: ")].answers == shown
    assert olive.says("Yes, send us a copy.", answers=shown) == "Sent: Ann can write back."
    assert ann.last == "From the LSSC office (Olive):\nYes, send us a copy."
    assert ann.says("Thank you!") == ""
    assert olive.last == "Ann: Thank you!"
    assert ann.says("resume").startswith("You are talking to me, the assistant, again.")
    assert olive.inbox[shown].text == "#1 Wish for a person\n✓ The person went back to the assistant."
    assert olive.inbox[shown].choices == ()


def test_staff_of_the_settings_are_called_by_the_name_that_their_channel_tells(ann: Someone, olive: Someone) -> None:
    ann.says("person")  # now Olive is on record, before she ever spoke
    assert olive.says("reply 1 Hello, Ann.") == "Sent: Ann can write back."
    assert ann.last == "From the LSSC office (Olive):\nHello, Ann."


def test_commands_still_work_while_somebody_waits_and_the_form_rests(ann: Someone, olive: Someone) -> None:
    olive.says("menu")
    ann.says("fees")
    ann.says("talk to a person")
    assert ann.says("yes") == ""
    assert ann.says("help").splitlines()[0].startswith("Answer the question of the form")
    assert ann.says("resume").splitlines()[-1] == "Are you a member of ALA?"
    assert ann.says("yes") == "In which state is your library?"


def test_the_office_ends_the_talk_once(ann: Someone, olive: Someone, rows: Rows) -> None:
    olive.says("menu")
    ann.says("person")
    assert olive.presses("End the talk") == "#1 is closed, and the assistant answers again."
    assert ann.last.startswith("The office has finished this talk.")
    assert olive.says("settle 1 close") == "#1 was settled already: close, by Olive on 23 November 2026."
    assert [(row["actor"], row["action"], row["subject"]) for row in rows("audit")] == [
        ("Olive", "settled: close", "desk item 1")
    ]
    assert ann.says("is there an exam?").startswith("No, there is no exam.")


def test_a_button_that_needs_words_asks_for_them(ann: Someone, olive: Someone) -> None:
    olive.says("menu")
    ann.says("person")
    assert olive.presses("Answer") == "#1 Answer: What shall I tell them?"
    assert olive.says("Call me at noon.") == "Sent: Ann can write back."
    assert ann.last == "From the LSSC office (Olive):\nCall me at noon."


def test_who_is_not_of_the_staff_is_refused_in_private_and_changes_nothing(
    ann: Someone, bob: Someone, olive: Someone, rows: Rows
) -> None:
    bob.says("menu")
    ann.says("person")
    bob.inbox["stolen"] = olive.inbox[olive.name_of("#1")]
    refused = "The desk is for the staff of the LSSC office, so nothing was changed."
    assert bob.presses("End the talk") == refused
    assert bob.says("desk") == refused
    assert bob.says("settle 1 close") != refused  # for somebody else these are words like any other
    assert [(row["state"], row["settled_by"]) for row in rows("desk_item")] == [("open", "")]


def test_the_queue_is_shown_and_worked_off_by_number(ann: Someone, olive: Someone) -> None:
    assert olive.says("desk").splitlines() == ["Nothing waits at the desk."]
    ann.says("person")
    assert olive.says("desk").splitlines() == ["1 at the desk:", "#1 Wish for a person (0 min)"]
    assert olive.says("1").splitlines()[0] == "#1 Wish for a person (0 min)"
    assert olive.says("2") == "#1 is closed, and the assistant answers again."
    assert olive.says("show 7") == "There is no item #7."
    assert olive.says("settle 1 explode") == "#1 was settled already: close, by Olive on 23 November 2026."


def test_items_are_noted_put_off_and_given_to_somebody(ann: Someone, olive: Someone, world: World, rows: Rows) -> None:
    olive.says("menu")
    ann.says("person")
    assert olive.says("note 1 called her") == "Noted at #1."
    assert olive.says("snooze 1 3 days") == "#1 comes back on 26 November 2026."
    assert olive.says("desk") == "Nothing waits at the desk."
    world.now += timedelta(days=3)
    assert olive.says("assign 1 me") == "#1 is given to Olive."
    assert "Olive (note): called her" in olive.says("show 1")
    assert "Taken by Olive" in olive.last
    assert olive.says("snooze 1 yesterday").endswith("For example: `snooze 1 3 days`")
    assert olive.says("assign 1 nobody") == "#1 is nobody's in particular."
    assert [row["action"] for row in rows("audit")] == ["put off", "assigned", "assigned"]


def test_an_unanswered_talk_reminds_the_assistant_then_the_officer_and_tells_the_person_once(
    ann: Someone, olive: Someone, world: World
) -> None:
    olive.says("menu")
    pam = world.somebody("email", "pam@example.org", "Pam")
    assert olive.says("staff add email:pam@example.org assistant") == (
        "email:pam@example.org is program assistant now."
    )
    assert olive.says("staff add slack:U1 officer") == "slack:U1 is program officer now."
    ann.says("person")
    assert world.act(handoff.watch) == 0
    world.now += timedelta(days=2, hours=8)
    assert [world.act(handoff.watch), world.act(handoff.watch)] == [1, 0]
    assert pam.last.startswith("Still unanswered: #1 Wish for a person (")
    assert ann.last.startswith("The office has not answered yet; I have reminded them.")
    heard = len(ann.inbox)
    world.now += timedelta(days=2)
    assert world.act(handoff.watch) == 1
    assert olive.last.startswith("Still unanswered: #1 Wish for a person (")
    assert len(ann.inbox) == heard
    assert ann.presses("Go on without a person").startswith("You are talking to me, the assistant, again.")
    assert olive.says("desk").splitlines()[0] == "1 at the desk:"


def test_only_the_officer_gives_roles_and_settings_name_the_first(olive: Someone, bob: Someone, rows: Rows) -> None:
    bob.says("menu")
    assert olive.says("staff add slack:U666 assistant") == "slack:U666 is program assistant now."
    assert bob.says("staff add telegram:4711 officer") == "Only the program officer gives and takes roles."
    assert bob.says("desk") == "Nothing waits at the desk."
    assert olive.says("staff list").splitlines() == [
        "- program assistant: Bob (slack:U666), since 23 November 2026",
        "- program officer: slack:U1, by the settings",
    ]
    assert olive.says("staff remove slack:U666") == "slack:U666 is no longer program assistant."
    assert bob.says("desk").startswith("The desk is for the staff")
    assert olive.says("staff remove slack:U1") == "slack:U1 is named in LSSC_STAFF; take it out there."
    assert olive.says("staff add slack:U666 king").startswith("There is no role king;")
    assert [row["action"] for row in rows("audit")] == ["gave a role", "took a role"]


def test_a_channel_that_others_read_gets_no_more_than_number_kind_and_age(
    world: World, ann: Someone, olive: Someone
) -> None:
    world.house = replace(world.house, desk=("slack", "C1"))
    olive.says("menu")
    ann.says("person")
    there = world.inboxes["slack", "C1"]
    assert [message.text for message in there.values()] == [
        "#1 Wish for a person (0 min)\nThe rest is in your direct messages with me; `show 1` brings it there."
    ]
    assert "Ann (telegram 4711)" in olive.last
    world.act(lambda errand: people.set_place(errand.work, people.place(errand.work, "slack", "C1").id, "staff"))
    ben = Someone(world, "telegram", "4712", "Ben")
    ben.says("person")
    assert list(there.values())[-1].text.splitlines()[1] == "Ben (telegram 4712)"
    assert "Ben" not in olive.last


def test_what_a_person_writes_is_not_shown_where_others_than_the_staff_read_by_now(
    world: World, ann: Someone, olive: Someone
) -> None:
    world.house = replace(world.house, desk=("slack", "C1"))
    world.act(lambda errand: people.set_place(errand.work, people.place(errand.work, "slack", "C1").id, "staff"))
    olive.says("menu")
    ann.says("person")
    there = world.inboxes["slack", "C1"]
    shown = next(iter(there))
    world.act(lambda errand: people.set_place(errand.work, people.place(errand.work, "slack", "C1").id, "public"))
    ann.says("My salary is a secret.")
    news = list(there.values())[-1]
    assert (news.text, news.answers) == (
        "There is something new; it is in your direct messages with me, and `show 1` brings it there.", shown,
    )  # fmt: skip
    assert olive.last == "#1 Wish for a person\nAnn: My salary is a secret."
    assert olive.says("What is it about?", answers=list(olive.inbox)[-1]) == "Sent: Ann can write back."
    assert ann.last == "From the LSSC office (Olive):\nWhat is it about?"
    assert "salary" not in "".join(message.text for message in there.values())


def test_a_stranger_who_presses_a_button_of_the_desk_is_refused_in_private(
    world: World, ann: Someone, rows: Rows
) -> None:
    world.house = replace(world.house, desk=("slack", "C1"))
    world.act(lambda errand: people.set_place(errand.work, people.place(errand.work, "slack", "C1").id, "staff"))
    ann.says("person")
    before = dict(world.inboxes["slack", "C1"])
    stranger = Someone(world, "slack", "U99")
    pressed = Pressed(0, "item:1", "settle 1 close")
    hear(world.house, Inbound("press", "slack", "U99", "End the talk", pressed, place="C1"), world.now)
    world.deliver()
    assert stranger.last == "The desk is for the staff of the LSSC office, so nothing was changed."
    assert (world.inboxes["slack", "C1"], rows("desk_item")[0]["state"]) == (before, "open")


def test_a_claimed_sender_carries_no_role(world: World, olive: Someone) -> None:
    olive.says("menu")
    hear(world.house, Inbound("forged", *OFFICE, "desk", trust="claimed"), world.now)
    world.deliver()
    assert olive.last.startswith("The desk is for the staff")


def test_the_staff_work_in_their_own_channel(world: World, ann: Someone, olive: Someone, bob: Someone) -> None:
    world.house = replace(world.house, desk=("slack", "C1"))
    world.act(lambda errand: people.set_place(errand.work, people.place(errand.work, "slack", "C1").id, "staff"))
    olive.says("menu")
    bob.says("menu")
    ann.says("person")
    there = Someone(world, "slack", "C1")
    shown = there.name_of("#1")
    olive.says("How can I help?", place="C1", answers=shown)
    assert ann.last == "From the LSSC office (Olive):\nHow can I help?"
    assert (there.last, list(there.inbox.values())[-1].answers) == ("Sent: Ann can write back.", shown)
    ann.says("Is my diploma good?")
    assert (there.last, list(there.inbox.values())[-1].answers) == ("Ann: Is my diploma good?", shown)
    olive.says("desk", place="C1")
    assert there.last.splitlines()[0] == "1 at the desk:"
    bob.says("desk", place="C1")
    assert bob.last.startswith("The desk is for the staff")
    bob.says("Sure, it is!", place="C1", answers=shown)
    assert ann.last == "From the LSSC office (Olive):\nHow can I help?"


def test_an_item_is_settled_once_whoever_presses_first(ann: Someone, olive: Someone, world: World) -> None:
    olive.says("menu")
    ann.says("person")
    assert world.act(lambda errand: desk.settle(errand.work, 1, "Bob", "close")) is True
    assert olive.presses("End the talk") == "#1 was settled already: close, by Bob on 23 November 2026."


def test_the_committee_has_five_seats_and_one_chair(olive: Someone, world: World) -> None:
    olive.says("menu")
    for number in (1, 2):
        Someone(world, "email", f"{number}@example.org", f"Member {number}").says("menu")
    add = "staff add email:{}@example.org committee {}"
    assert olive.says(add.format(1, "librarian academic chair")) == (
        "email:1@example.org is member of the review committee now on the seat of the librarian from an academic"
        " library, and chairs it."
    )
    assert olive.says(add.format(2, "librarian academic")) == "That seat is Member 1's; remove them first."
    assert olive.says(add.format(2, "support staff")).startswith("Which seat? One of: support staff member from a")
    assert olive.says(add.format(2, "educator chair")).endswith(", and chairs it.")
    listed = olive.says("staff list").splitlines()
    assert [", chair" in line for line in listed[:2]] == [False, True]
    assert olive.says("staff").splitlines() == listed


def test_an_answer_to_an_item_that_was_shown_on_request_counts_as_one_to_the_item(ann: Someone, olive: Someone) -> None:
    olive.says("menu")
    ann.says("person")
    olive.says("show 1")
    asked = list(olive.inbox)[-1]
    assert olive.says("Hello, Ann.", answers=asked) == "Sent: Ann can write back."
    assert ann.last == "From the LSSC office (Olive):\nHello, Ann."
    ann.says("Hello!")
    assert [each.text for each in olive.inbox.values()].count("Ann: Hello!") == 1


def test_an_item_shown_in_the_middle_of_a_form_has_its_buttons(ann: Someone, olive: Someone) -> None:
    olive.says("menu")
    ann.says("person")
    olive.says("fees")
    shown, question = olive.says("show 1").split("\n---\n")
    assert (shown.splitlines()[0], question) == ("#1 Wish for a person (0 min)", "Are you a member of ALA?")
    assert olive.presses("End the talk").splitlines()[0] == "#1 is closed, and the assistant answers again."


def test_a_question_of_a_form_tells_where_words_go_while_the_office_answers(ann: Someone, olive: Someone) -> None:
    olive.says("menu")
    ann.says("person")
    note = "(What you type goes to the office until you send `resume`.)"
    assert last_words(ann.says("fees")) == note
    assert last_words(ann.presses("Yes")) == note
    assert ann.says("Illinois") == ""
    assert ann.says("resume").splitlines()[-1] == "In which state is your library?"


def test_what_is_no_words_gets_no_menu_while_the_office_answers(ann: Someone, olive: Someone, world: World) -> None:
    olive.says("menu")
    ann.says("person")
    hear(world.house, Inbound("photo", "telegram", "4711", "", content="photo"), world.now)
    world.deliver()
    assert ann.last.startswith("I cannot look at pictures, so nothing of yours was kept.")
    assert (ann.last.count("\n"), list(ann.inbox.values())[-1].choices) == (0, ())


@pytest.mark.parametrize(
    ("words", "back"),
    [
        ("tomorrow", "24 November 2026"),
        ("until Monday", "30 November 2026"),
        ("next friday", "27 November 2026"),
        ("for 2 weeks", "7 December 2026"),
        ("a month", "23 December 2026"),
        ("until 4 May 2027", "4 May 2027"),
    ],
)
def test_an_item_is_put_off_as_people_say_it(ann: Someone, olive: Someone, words: str, back: str) -> None:
    olive.says("menu")
    ann.says("person")
    assert olive.says(f"snooze 1 {words}") == f"#1 comes back on {back}."


def test_what_cannot_be_done_with_an_item_is_told(ann: Someone, olive: Someone) -> None:
    olive.says("menu")
    ann.says("person")
    far = "It may be put off until tomorrow at the earliest and 24 November 2027 at the latest."
    for words in ("0 days", "999 weeks", "until 3 May 2020"):
        assert olive.says(f"snooze 1 {words}") == f"{far} For example: `snooze 1 3 days`"
    assert olive.says("settle 1") == "How shall #1 be settled? By `answer`, `close`, `draft`."
    olive.says("settle 1 close")
    settled = "#1 was settled already: close, by Olive on 23 November 2026."
    assert [olive.says("snooze 1 2 days"), olive.says("assign 1 me")] == [settled, settled]


def test_an_item_tells_the_promise_and_that_it_is_overdue(ann: Someone, olive: Someone, world: World) -> None:
    olive.says("menu")
    ann.says("person")
    assert "An answer was promised by Wednesday 25 November 2026, 5 pm" in olive.says("show 1").splitlines()
    world.now += timedelta(days=3)
    world.act(handoff.watch)
    assert "The answer that was promised is overdue" in olive.says("show 1").splitlines()


def test_the_office_answers_where_the_person_wrote_last(ann: Someone, olive: Someone, world: World) -> None:
    olive.says("menu")
    elsewhere = Someone(world, "slack", "U77", "Ann")
    elsewhere.says("fees")
    elsewhere.says("cancel")
    code = re.search(r"\d{6}", elsewhere.says("link"))
    assert code is not None
    ann.says(f"link {code[0]}")
    ann.says("person")
    olive.says("reply 1 Hello, Ann.")
    assert ann.last == "From the LSSC office (Olive):\nHello, Ann."
    elsewhere.says("I am in Slack now.")
    olive.says("reply 1 So am I.")
    assert elsewhere.last == "From the LSSC office (Olive):\nSo am I."
    assert olive.presses("End the talk") == "#1 is closed, and the assistant answers again."
    assert elsewhere.last.startswith("The office has finished this talk.")


def test_an_answer_that_cannot_go_out_is_not_kept(ann: Someone, olive: Someone, world: World, rows: Rows) -> None:
    olive.says("menu")
    ann.says("person")
    card = "That holds what looks like a card number; it was neither kept nor sent. Please leave it out."
    assert world.act(lambda errand: handoff.to_person(errand, KEYBOARD, item(errand), "4111 1111 1111 1111")) == card
    with world.house.database.work(world.now) as work:
        work.connection.exec_driver_sql("UPDATE address SET state = 'unreachable' WHERE channel = 'telegram'")
    gone = "Ann cannot be reached at any confirmed address, so nothing was sent."
    assert [olive.says("reply 1 Hello"), olive.says("settle 1 close Good bye")] == [gone, gone]
    assert (rows("desk_note"), rows("audit"), rows("desk_item")[0]["state"]) == ([], [], "open")
