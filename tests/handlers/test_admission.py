"""From an application to its decision and the admission."""

from datetime import date, timedelta

import pytest

from flows.dialog.speech import Inbound
from handlers import admission, handoff, payments, roles
from handlers.accounts import Refusal
from storage import candidacies, people
from tests.handlers.acting import Person, Rows
from tests.handlers.office import TODAY, UNCONFIRMED, Office

HOW = "The office writes to you how to pay."
WELCOME = (
    "Welcome to the Library Support Staff Certification program: you are a candidate as of 23 November 2026.\n"
    "You have four years, until 23 November 2030, to complete six competency sets: Foundations of Library Service,"
    " Technology, and Communication and Teamwork, and three of your choice.\n"
    "The next step: choose a first set, and whether to take an approved course or to make a portfolio for it."
    " Ask me anything about the sets; `status` tells you where you stand."
)


def applied(person: Person, **other: str) -> None:
    person.applies(**other)
    person.says("send", "cancel")


def lines_of(summary: str) -> list[str]:
    """The lettered lines, without the day on which something was told."""
    return [line.partition(" (told")[0] for line in summary.splitlines() if line[1:3] == ". "]


def test_an_applicant_who_paid_is_admitted_by_the_acceptance(ann: Person, office: Office, rows: Rows) -> None:
    applied(ann)
    reference = office.application().reference
    assert office.does(payments.record_payment, reference, 35_000, "applicant", TODAY) == (
        f"{reference}: $350 from applicant is recorded; $350 due and paid. The applicant is told."
    )
    assert office.told[-1].text == (
        f"Thank you: $350 from you was received for your application {reference}.\n"
        "The fee of $350 is paid. The decision is pending."
    )
    assert office.does(admission.accept, reference) == (
        f"{reference} is accepted. The applicant is admitted on 23 November 2026, until 23 November 2030."
        " The applicant is told."
    )
    assert (office.told[-1].text, office.told[-1].subject) == (WELCOME, "Welcome to the LSSC program")
    assert (office.application().state, office.application().answers, office.kinds()) == ("admitted", "", [])
    (candidacy,) = rows("candidacy")
    assert (str(candidacy["admitted_on"]), str(candidacy["deadline"]), candidacy["state"]) == (
        "2026-11-23", "2030-11-23", "active",
    )  # fmt: skip
    assert [row["action"] for row in rows("audit")] == ["submitted", "payment recorded", "accepted", "admitted"]
    assert [row["name"] for row in rows("person")] == ["Ann Example"]


def test_an_accepted_applicant_is_admitted_by_the_payment_on_the_later_day(ann: Person, office: Office) -> None:
    ann.now -= timedelta(days=30)
    applied(ann)
    reference = office.application().reference
    office.now -= timedelta(days=20)
    assert office.does(admission.accept, reference) == (
        f"{reference} is accepted; $0 of $350 received, $350 open. The applicant is told."
    )
    assert office.told[-1].text == (
        f"Good news: the LSSC office has accepted your application {reference}.\nThe fee of $350 is due. {HOW}\n"
        "You are admitted as soon as the fee is paid. `status` tells you where it stands;"
        " please never send card numbers here."
    )
    office.now += timedelta(days=20)
    paid = TODAY - timedelta(days=4)
    assert office.does(payments.record_payment, reference, 35_000, "library", paid).endswith(
        "admitted on 19 November 2026, until 19 November 2030. The applicant is told."
    )


def test_the_rules_of_the_day_of_admission_decide_about_the_last_day(ann: Person, office: Office, rows: Rows) -> None:
    applied(ann)
    reference = office.application().reference
    office.does(payments.record_payment, reference, 35_000, "applicant", date(2026, 11, 1))
    office.does(admission.accept, reference)
    assert [str(row["admitted_on"]) for row in rows("candidacy")] == ["2026-11-23"]


def test_a_candidate_is_told_where_they_stand_cannot_apply_and_may_leave(ann: Person, office: Office) -> None:
    applied(ann)
    reference = office.application().reference
    office.does(payments.record_payment, reference, 35_000, "applicant", TODAY)
    office.does(admission.accept, reference)
    stands = "You were admitted on 23 November 2026 and have until 23 November 2030 to complete six competency sets."
    assert ann.says("status") == stands
    assert ann.says("apply").startswith(f"You are a candidate already. {stands}")
    assert ann.says("withdraw").startswith("To leave the program means that your candidacy ends today")
    assert [choice.key for choice in ann.told[-1].choices] == ["leave:sure", "progress"]


def test_declining_tells_the_reason_and_frees_the_award(ann: Person, office: Office, rows: Rows) -> None:
    applied(ann)
    reference = office.application().reference
    office.does(payments.record_payment, reference, 10_000, "library", TODAY)
    assert office.does(admission.decline, reference, "  The hours are\nnot enough. ") == (
        f"{reference} is declined; $100 was received. The applicant is told."
    )
    assert office.told[-1].text == (
        f"The LSSC office has declined your application {reference}. Its reason: The hours are not enough.\n"
        "$100 was received for it; the office writes to you about that.\n"
        "If you think that is wrong, send `person`, or write to lssc@ala.org. You may apply again at any time."
    )
    assert office.desk() == [("over-paid", {"amount": "$100"})]
    assert ann.says("status") == (
        f"Your application {reference} of 23 November 2026 was declined on 23 November 2026: The hours are not enough."
        " $100 was received for it; the office writes to you about that. `apply` starts a new one."
    )
    assert rows("application")[0]["answers"] == ""


def test_a_returned_application_opens_filled_in_and_is_sent_again(ann: Person, office: Office, rows: Rows) -> None:
    sent = ann.applies()
    ann.says("send", "cancel")
    reference = office.application().reference
    assert office.does(admission.send_back, reference, "Please name the branch of the library") == (
        f"{reference} is returned; $0 of $350 received, $350 open. The applicant is told."
    )
    assert office.told[-1].text.startswith(
        f"The LSSC office asks you to correct your application {reference}: Please name the branch of the library.\n"
    )
    assert ann.says("status") == (
        f"Your application {reference} of 23 November 2026 came back to you on 23 November 2026: Please name the branch"
        f" of the library. The fee of $350 is due. {HOW}"
        f" `apply` opens it with everything filled in; `withdraw` takes it back. {UNCONFIRMED}"
    )
    summary = ann.says("correct my application")
    assert summary.splitlines()[0] == (
        f"The office asks you to correct your application {reference}: Please name the branch of the library."
    )
    assert lines_of(summary) == lines_of(sent)
    assert len(lines_of(sent)) == 11
    assert ann.says("e", "Springfield Public Library, East Branch", "send") == (
        f"Thank you, your application is in again. Its reference is {reference}; `status` tells you where it stands"
        f" at any time.\nThe office decides on it. The fee of $350 is due. {HOW} Please never send card numbers here.\n"
        f"Mail about it goes to ann@library.org; if none arrives there, tell lssc@ala.org.\n\n{UNCONFIRMED}"
    )
    again = office.application()
    assert (len(rows("application")), again.state, again.reason) == (1, "submitted", "")
    assert '"Library": "Springfield Public Library, East Branch"' in again.details
    assert sorted(office.kinds()) == ["application", "payment"]
    assert office.does(admission.accept, reference).startswith(f"{reference} is accepted;")


def test_what_was_paid_counts_after_a_return(ann: Person, office: Office) -> None:
    applied(ann)
    reference = office.application().reference
    office.does(payments.record_payment, reference, 35_000, "library", TODAY)
    office.does(admission.send_back, reference, "Please check the hours.")
    assert "The fee of $350 is paid." in ann.says("status")
    ann.says("apply", "send")
    assert office.does(admission.accept, reference).startswith(f"{reference} is accepted. The applicant is admitted on")


def test_a_membership_that_was_checked_is_not_claimed_anew_unless_its_number_changed(
    ann: Person, office: Office
) -> None:
    ann.applies(member="yes", cohort="1234567", mentor="none")
    ann.says("yes", "send", "cancel")
    reference = office.application().reference
    office.does(payments.refuse_membership, reference)
    office.does(admission.send_back, reference, "Please check your number.")
    ann.says("apply", "send")
    assert (office.application().membership, office.application().fee_cents) == ("not confirmed", 35_000)
    office.does(admission.send_back, reference, "Please check your number.")
    ann.says("apply", "i", "yes", "7654321", "send")
    assert (office.application().membership, office.application().fee_cents) == ("claimed", 32_500)
    assert sorted(office.kinds()) == ["application", "membership", "payment"]


def test_schooling_abroad_is_decided_before_the_application(ann: Person, office: Office) -> None:
    applied(ann, schooling="2")
    reference = office.application().reference
    first = office.does(admission.accept, reference)
    assert isinstance(first, Refusal)
    assert first == f"{reference}: its schooling abroad is still to be checked. Decide on that first."
    office.does(admission.confirm_schooling, reference)
    assert office.told[-1].text == (
        f"The LSSC office accepts your schooling outside the United States for your application {reference}."
        f" The fee of $350 is due. {HOW}"
    )
    assert office.does(admission.confirm_schooling, reference) == f"{reference} has no schooling abroad to check."
    assert office.does(admission.accept, reference).startswith(f"{reference} is accepted;")


def test_schooling_that_is_not_accepted_returns_the_application_and_is_checked_again(
    ann: Person, office: Office
) -> None:
    applied(ann, schooling="2")
    reference = office.application().reference
    office.does(admission.refuse_schooling, reference, "Please send a translation of your diploma.")
    assert (office.application().state, office.kinds()) == ("returned", ["payment"])
    ann.says("apply", "send")
    assert sorted(office.kinds()) == ["application", "payment", "schooling abroad"]
    office.does(admission.confirm_schooling, reference)
    office.does(admission.send_back, reference, "One more thing.")
    ann.says("apply", "send")
    assert sorted(office.kinds()) == ["application", "payment"]


def test_a_question_goes_to_the_thread_of_the_application(ann: Person, office: Office, rows: Rows) -> None:
    applied(ann)
    reference = office.application().reference
    assert office.does(admission.ask, reference, "Which branch?") == "Sent: Ann Example can write back."
    assert office.told[-1].text == f"From the LSSC office (mk):\nWhich branch?\n\n{handoff.WRITE_BACK}"
    ann.hears(Inbound("reply", "terminal", "ann", "The East Branch."))
    assert [(row["item_id"], row["kind"], row["words"]) for row in rows("desk_note")] == [
        (1, "to person", "Which branch?"), (1, "from person", "The East Branch."),
    ]  # fmt: skip
    office.does(admission.accept, reference)
    assert isinstance(office.does(admission.ask, reference, "Which branch?"), Refusal)


def test_the_second_of_two_who_decide_is_told_who_was_first(ann: Person, office: Office, rows: Rows) -> None:
    applied(ann)
    reference = office.application().reference
    other = Office(office.house, roles.at_the_keyboard("jo"))
    assert not isinstance(office.does(admission.accept, reference), Refusal)
    second = other.does(admission.decline, "lssc-2026-nosuch", "No.")
    assert second == "There is no application lssc-2026-nosuch."
    again = other.does(admission.accept, reference.lower())
    assert isinstance(again, Refusal)
    assert again == f"Application {reference} was accepted already, on 23 November 2026, by mk (command line)."
    assert (len(other.told), [row["action"] for row in rows("audit")]) == (0, ["submitted", "accepted"])


@pytest.mark.parametrize("words", ["", " \n ", "x" * 1001, "card 4111 1111 1111 1111"])
def test_a_reason_that_cannot_be_told_changes_nothing(ann: Person, office: Office, rows: Rows, words: str) -> None:
    applied(ann)
    before = rows.everything()
    for verb in (admission.decline, admission.send_back):
        assert isinstance(office.does(verb, office.application().reference, words), Refusal)
    assert rows.everything() == before


def test_only_staff_decide_and_nobody_on_their_own_application(ann: Person, office: Office, rows: Rows) -> None:
    applied(ann)
    before, reference = rows.everything(), office.application().reference
    office.actor = roles.Actor("Bob", frozenset({"evaluator", "committee"}), 7)
    assert office.does(admission.accept, reference) == "Only the staff of the office may do that."
    office.actor = roles.Actor("Ann", frozenset({"officer"}), 1)
    assert office.does(admission.accept, reference).startswith("This is your own application")
    assert rows.everything() == before


def test_an_applicant_who_cannot_be_reached_is_still_decided_on_and_staff_know(
    ann: Person, office: Office, rows: Rows
) -> None:
    applied(ann)
    with office.house.database.work(office.now) as work:
        work.connection.exec_driver_sql("UPDATE address SET state = 'unreachable'")
    said = office.does(admission.accept, office.application().reference)
    assert said.endswith("The applicant has no proved address, so nothing could be sent.")
    assert (office.told, rows("application")[0]["state"]) == ([], "accepted")


def test_withdrawing_gives_the_award_back_and_leaves_the_money_to_the_desk(ann: Person, office: Office) -> None:
    applied(ann)
    reference = office.application().reference
    office.does(payments.record_payment, reference, 5_000, "applicant", TODAY)
    assert ann.says("withdraw", "yes") == (
        f"Your application {reference} is withdrawn. $50 was received for it; the office writes to you about that."
        " You may apply again at any time."
    )
    assert office.desk() == [("over-paid", {"amount": "$50"}), ("withdrawal", {})]
    assert isinstance(office.does(admission.accept, reference), Refusal)


def test_whoever_is_admitted_again_keeps_the_sets_that_were_complete(ann: Person, office: Office, rows: Rows) -> None:
    ann.says("help")
    with ann.house.database.work(ann.now) as work:
        person = people.find(work, ann.channel, ann.address)
        assert person is not None
        before = candidacies.add(work, person, None, date(2020, 3, 1), date(2024, 3, 1), "ended")
        candidacies.add_sets(work, before, {"youth": (date(2021, 5, 6), "course")})
    applied(ann)
    reference = office.application().reference
    office.does(payments.record_payment, reference, 35_000, "applicant", TODAY)
    office.does(admission.accept, reference)
    assert [(row["set_id"], row["completed_on"], row["way"]) for row in rows("complete_set")] == [
        ("youth", date(2021, 5, 6), "course"), ("youth", date(2021, 5, 6), "course"),
    ]  # fmt: skip
    assert "Competency sets complete: 1 of 6." in ann.says("progress")
    assert any("Complete already, from before: Youth Services." in str(each["body"]) for each in rows("outbox"))
