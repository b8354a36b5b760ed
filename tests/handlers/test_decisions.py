"""From application to admission at the desk: decided by buttons and words, with assistance and a part payment."""

from dataclasses import replace
from datetime import timedelta

import pytest

from flows.program.policy import load
from flows.program.receipts import EXAMPLE
from storage import money, people
from tests.handlers.acting import APPLICATION, Rows
from tests.handlers.conftest import RULES
from tests.handlers.world import Someone, World

WORDS = (*list(APPLICATION.values())[:-3], "yes", "1234567", "none", "no", "Send my application", "cancel")


@pytest.fixture
def ann(world: World, olive: Someone) -> Someone:
    """An applicant in Telegram who says she is a member."""
    speaker = Someone(world, "telegram", "4711", "Ann")
    for words in ("apply", *WORDS):
        speaker.says(words)
    return speaker


def number(olive: Someone, title: str) -> str:
    """The number of the newest item of that title."""
    shown = next(each.text for each in reversed(olive.inbox.values()) if title in each.text.splitlines()[0])
    return shown.split()[0].removeprefix("#")


def test_an_applicant_is_admitted_with_an_award_and_a_part_payment(
    world: World, ann: Someone, olive: Someone, rows: Rows
) -> None:
    world.act(lambda errand: money.add_award(errand.work, "Illinois State Library", "IL", 50, None, 2, "", "office"))
    payment = number(olive, "Payment to record")
    assert "Award 1: Illinois State Library, 50%, 2 left" in olive.says(f"show {payment}")
    assert "an award from Illinois State Library is reserved, 1 left" in olive.says(f"settle {payment} award 1")
    assert "Assistance from Illinois State Library takes $162.50 off the fee of $325." in ann.last
    membership = number(olive, "ALA membership to check")
    assert "the membership is confirmed" in olive.says(f"settle {membership} confirm")
    assert olive.says(f"settle {payment} part").startswith(f"#{payment} Record a part: How much, from whom")
    olive.says("100 from the library, PO 4711, on 20 November 2026")
    assert "$100 of $162.50 received, $62.50 is open." in ann.last
    assert ann.says("status").count("$100 of $162.50 received, $62.50 is open.") == 1
    decision = number(olive, "Application to decide")
    olive.says(f"settle {decision} accept")
    assert ann.last.startswith("Good news: the LSSC office has accepted your application LSSC-2026-")
    olive.says(f"settle {payment} paid")
    assert ann.last.startswith("Welcome to the Library Support Staff Certification program: you are a candidate")
    assert olive.says("desk") == "Nothing waits at the desk."
    assert [(row["state"], str(row["admitted_on"]), str(row["deadline"])) for row in rows("candidacy")] == [
        ("active", "2026-11-23", "2030-11-23")
    ]
    shown = [each.text for each in olive.inbox.values() if each.text.startswith(f"#{decision} ")]
    assert shown[0].splitlines()[-1].startswith("✓ Accept")
    assert olive.says(f"settle {decision} decline too late").startswith(f"#{decision} was settled already: accept")


def test_a_question_to_the_applicant_is_answered_below_the_item(ann: Someone, olive: Someone) -> None:
    decision = number(olive, "Application to decide")
    olive.says(f"settle {decision} ask")
    assert olive.says("Do you still work there?") == "Sent: Ann Example can write back."
    assert ann.last == (
        "From the LSSC office (Olive):\nDo you still work there?\n\n"
        "What you write now goes to the office; `resume` brings me, the assistant, back."
    )
    assert ann.says("Yes, I do.") == ""
    assert olive.last == "Ann Example: Yes, I do."
    shown = olive.name_of(f"#{decision} Application to decide")
    olive.says("Thank you!", answers=shown)
    assert ann.last == "From the LSSC office (Olive):\nThank you!"


def test_a_returned_application_comes_back_corrected_under_its_number(ann: Someone, olive: Someone, rows: Rows) -> None:
    decision = number(olive, "Application to decide")
    olive.says(f"settle {decision} return")
    olive.says("Please name your library in full.")
    assert "Please name your library in full." in ann.last
    ann.says("apply")
    ann.says("Library")
    ann.says("Springfield Public Library, Main Branch")
    ann.says("Send my application")
    [application] = rows("application")
    assert application["state"] == "submitted"
    assert "Main Branch" in str(application["details"])
    assert "Main Branch" in olive.says(f"show {number(olive, 'Application to decide')}")


def test_wrong_sums_and_awards_are_told_and_nothing_is_changed(ann: Someone, olive: Someone, rows: Rows) -> None:
    payment = number(olive, "Payment to record")
    olive.says(f"settle {payment} part")
    assert olive.says("a hundred or so").startswith("How much is it? For example: ")
    assert olive.says(f"settle {payment} award 9").startswith("No award is left for this application.")
    assert olive.says(f"settle {payment} release").startswith("No award is reserved for ")
    olive.says(f"settle {payment} reversal")
    assert "Nothing from library is on record for" in olive.says("10 from the library")
    assert rows("payment") == []


def test_an_application_is_still_to_be_decided_when_the_talk_about_it_is_over(ann: Someone, olive: Someone) -> None:
    decision = number(olive, "Application to decide")
    olive.says(f"settle {decision} ask")
    olive.says("Do you still work there?")
    ann.says("Yes, I do.")
    assert ann.says("resume").startswith("You are talking to me, the assistant, again.")
    assert f"#{decision} Application to decide (0 min)" in olive.says("desk").splitlines()
    assert " is accepted; $0 of $325 received" in olive.says(f"settle {decision} accept")


def test_a_question_after_the_decision_is_answered_by_the_assistant_again(ann: Someone, olive: Someone) -> None:
    decision = number(olive, "Application to decide")
    olive.says(f"reply {decision} Do you still work there?")
    olive.says(f"settle {decision} accept")
    assert ann.says("is there an exam?").splitlines()[:3] == [
        "You are talking to me, the assistant, again.", "", "No, there is no exam.",
    ]  # fmt: skip


def test_words_that_do_not_do_are_asked_for_again(ann: Someone, olive: Someone, rows: Rows) -> None:
    payment = number(olive, "Payment to record")
    asked = olive.says(f"settle {payment} part")
    for words, why in (
        ("0 from the library", "The amount must be more than $0 and at most $100,000."),
        ("-5", f"How much is it? For example: {EXAMPLE}"),
    ):
        assert olive.says(words) == f"{why}\n\n{asked}"
    assert "$100 from library is recorded" in olive.says("100 from the library")
    assert len(rows("payment")) == 1
    assert olive.says(f"settle {payment} reversal").startswith(f"#{payment} Record a reversal: ")
    assert olive.says("200 from the library").startswith("Only $100 from library is on record for LSSC-2026-")
    assert olive.says("cancel") == "Cancelled; nothing was changed."
    assert len(rows("payment")) == 1


def test_a_question_of_the_desk_makes_way_for_another_and_ends_with_its_item(ann: Someone, olive: Someone) -> None:
    payment, decision = number(olive, "Payment to record"), number(olive, "Application to decide")
    olive.says(f"settle {payment} part")
    asked = olive.says(f"settle {decision} decline")
    assert asked == f"#{decision} Decline: What shall the applicant be told as the reason?"
    olive.says("/fees")  # puts the question aside
    olive.says(f"settle {decision} accept")
    assert olive.says("cancel") == "Cancelled."
    assert olive.says("desk").startswith("2 at the desk:")


def test_money_for_an_application_that_was_declined_is_told_as_what_it_is(ann: Someone, olive: Someone) -> None:
    payment, decision = number(olive, "Payment to record"), number(olive, "Application to decide")
    olive.says(f"settle {payment} part 100 from the library")
    shown = olive.name_of(f"#{payment} ")
    olive.says(f"settle {decision} decline The hours are not enough")
    assert olive.inbox[shown].text == f"#{payment} Payment to record\n✓ Declined, by Olive"
    over = number(olive, "Too much paid")
    assert olive.says(f"show {over}").splitlines()[3] == "$100 was received, and nothing is due"
    assert "$100 sent back to library is recorded" in olive.says(f"settle {over} refund 100 to the library")
    assert ann.last.startswith("$100 was sent back to your library for your application LSSC-2026-")
    assert number(olive, "Too much paid") == over


def test_where_the_policy_says_so_the_fee_of_a_declined_application_goes_back(ann: Someone, olive: Someone) -> None:
    policy = (
        (RULES / "policy.toml")
        .read_text()
        .replace("[rules.optional.fee_returned]\non = false", "[rules.optional.fee_returned]\non = true")
    )
    olive.world.house = replace(olive.world.house, policy=load(policy))
    payment, decision = number(olive, "Payment to record"), number(olive, "Application to decide")
    olive.says(f"settle {payment} part 100 from the library")
    olive.says(f"settle {decision} decline The hours are not enough")
    assert ann.last.splitlines()[1] == "$100 was received for it; the office sends it back to whoever paid it."
    assert olive.says(f"show {number(olive, 'Too much paid')}").splitlines()[3] == "$100 was received, which goes back"


def test_a_doubt_about_the_eligibility_is_told_in_words(world: World, olive: Someone) -> None:
    zoe = Someone(world, "telegram", "88", "Zoe")
    abroad = {**APPLICATION, "schooling": "2"}
    for words in ("apply", *abroad.values(), "send", "cancel"):
        zoe.says(words)
    assert "By what was told: likely eligible; a person has to check it" in (
        olive.says(f"show {number(olive, 'Application to decide')}").splitlines()
    )


def test_the_office_puts_an_award_on_record_at_the_desk(olive: Someone, rows: Rows) -> None:
    olive.says("award")
    for words in ("Illinois State Library", "Illinois", "50%", "2"):
        olive.says(words)
    assert olive.says("grants@library.example.org") == (
        "2 awards of 50% from Illinois State Library, for Illinois; applicants ask grants@library.example.org."
        " Shall I put that on record?"
    )
    assert olive.says("yes") == "2 x 50% from Illinois State Library: on record."
    assert olive.says("awards").splitlines()[0] == (
        "1. Illinois State Library, IL: 50%, 2 of 2 left; ask grants@library.example.org"
    )
    assert [(row["actor"], row["action"]) for row in rows("audit")] == [("Olive", "award added")]
    olive.says("award")
    for words in ("Illinois State Library", "Illinois", "50%", "3", "none"):
        olive.says(words)
    assert olive.says("no") == "Nothing was put on record."
    assert olive.says("awards").splitlines()[0].endswith("2 of 2 left; ask grants@library.example.org")


def test_only_staff_put_awards_on_record(world: World, rows: Rows) -> None:
    bob = Someone(world, "slack", "U666", "Bob")
    for words in ("award", "awards"):
        assert not bob.says(words).startswith("Who gives")
    bob.presses_choice("award")
    assert bob.last == "The desk is for the staff of the LSSC office, so nothing was changed."
    assert rows("award") == rows("conversation") == []


def test_the_messages_about_money_tell_how_it_stands_now(world: World, ann: Someone, olive: Someone) -> None:
    payment, decision = number(olive, "Payment to record"), number(olive, "Application to decide")
    shown = {each: olive.name_of(f"#{each} ") for each in (payment, decision)}
    assert [choice.label for choice in olive.inbox[shown[payment]].choices] == ["Paid in full", "Record a part"]
    world.now += timedelta(hours=3)
    olive.says(f"settle {payment} part")
    olive.says("100 from the library")
    for each in (payment, decision):
        assert "Fee of $325: $100 of $325 received, $225 open" in olive.inbox[shown[each]].text.splitlines()
    told = olive.inbox[shown[payment]]
    labels = ["Paid in full", "Record a part", "Record a reversal"]  # now that something can be taken back
    assert told.text.splitlines()[0] == f"#{payment} Payment to record (3 h)"
    assert [choice.label for choice in told.choices] == labels
    olive.says(f"settle {payment} paid")
    assert olive.inbox[shown[payment]].text == f"#{payment} Payment to record\n✓ In order, by Olive"


def test_nothing_is_added_to_a_message_where_others_than_the_staff_read_by_now(world: World, ann: Someone) -> None:
    world.house = replace(world.house, desk=("slack", "C1"))
    world.act(lambda errand: people.set_place(errand.work, people.place(errand.work, "slack", "C1").id, "staff"))
    bob, olive = Someone(world, "telegram", "42", "Bob"), Someone(world, "slack", "U1", "Olive")
    for words in ("apply", *WORDS):
        bob.says(words)
    channel = Someone(world, "slack", "C1")
    payment = number(channel, "Payment to record")
    before = dict(channel.inbox)
    world.act(lambda errand: people.set_place(errand.work, people.place(errand.work, "slack", "C1").id, "public"))
    olive.says(f"settle {payment} part")
    olive.says("100 from the library")
    assert channel.inbox == before
