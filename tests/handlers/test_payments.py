"""Money and assistance of an application, as the office records them."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from itertools import permutations

import pytest

from handlers import admission, payments, roles
from handlers.accounts import Refusal
from handlers.exchange import Errand
from storage import money
from tests.handlers.acting import Person, Rows
from tests.handlers.office import TODAY, UNCONFIRMED, Office

HOW = "The office writes to you how to pay."


def applied(person: Person, office: Office, *, member: bool = False, **other: str) -> str:
    """The reference of a new application."""
    person.applies(**other)
    if member:
        person.says("i", "yes", "1234567")
    person.says("send", "cancel")
    return office.application().reference


def awarded(office: Office, *, state: str = "IL", percent: int | None = 50, number: int = 1) -> int:
    flat = None if percent else 10_000
    with office.house.database.work(office.now) as work:
        return money.add_award(work, "Illinois State Library", state, percent, flat, number, "", "mk")


def test_a_membership_that_is_not_confirmed_costs_the_difference_not_the_application(
    ann: Person, office: Office
) -> None:
    reference = applied(ann, office, member=True)
    assert sorted(office.kinds()) == ["application", "membership", "payment"]
    office.does(payments.record_payment, reference, 32_500, "library", TODAY)
    assert office.does(payments.refuse_membership, reference) == (
        f"{reference}: the membership is not confirmed; $325 of $350 received, $25 open. The applicant is told."
    )
    assert office.told[-1].text == (
        "Your ALA membership could not be confirmed, so the fee for non-members applies."
        f" $325 of $350 received, $25 is open. {HOW}\nThis is about your application {reference}, which goes on."
        " If you are a member, send your number to lssc@ala.org."
    )
    assert office.desk() == [("application", {"outcome": "eligible"}), ("payment", {"open": "$25"})]
    office.does(admission.accept, reference)
    assert office.application().settled_on is None
    assert ann.says("status") == (
        f"Your application {reference} of 23 November 2026 was accepted on 23 November 2026. Your ALA membership could"
        f" not be confirmed, so the fee for non-members applies. $325 of $350 received, $25 is open. {HOW} You are"
        f" admitted as soon as the fee is paid. {UNCONFIRMED}"
    )
    office.does(payments.confirm_membership, reference)
    assert (office.application().state, office.application().fee_cents, office.kinds()) == ("admitted", 32_500, [])


def test_a_membership_is_decided_once_and_only_where_one_is_claimed(ann: Person, office: Office) -> None:
    reference = applied(ann, office)
    assert office.does(payments.confirm_membership, reference) == f"{reference} claims no membership of ALA."
    bob = Person(office.house, "bob")
    applied(bob, office, member=True, email="bob@library.org")
    reference = office.application(2).reference
    office.does(payments.confirm_membership, reference)
    again = office.does(payments.confirm_membership, reference)
    assert isinstance(again, Refusal)
    assert again == f"The membership of {reference} is confirmed already."


def test_a_membership_refused_after_the_admission_leaves_the_candidate_admitted(ann: Person, office: Office) -> None:
    reference = applied(ann, office, member=True)
    office.does(payments.record_payment, reference, 32_500, "applicant", TODAY)
    office.does(admission.accept, reference)
    assert office.kinds() == ["membership"]
    office.does(payments.refuse_membership, reference)
    assert (office.application().state, office.desk()) == ("admitted", [("payment", {"open": "$25"})])
    assert ann.says("status").endswith(f"$325 of $350 received, $25 is open. {HOW}")


def test_assistance_and_parts_paid_by_library_and_applicant_lead_to_admission(ann: Person, office: Office) -> None:
    award = awarded(office)
    reference = applied(ann, office)
    office.does(admission.accept, reference)
    assert office.does(payments.reserve_award, reference, award) == (
        f"{reference}: an award from Illinois State Library is reserved, 0 left; $0 of $175 received, $175 open."
        " The applicant is told."
    )
    assert office.told[-1].text == (
        f"An award from Illinois State Library is reserved for your application {reference}.\n"
        f"Assistance from Illinois State Library takes $175 off the fee of $350. $175 is due. {HOW}"
    )
    office.does(payments.record_payment, reference, 15_000, "Library", TODAY, "PO 2026-17")
    assert office.told[-1].text == (
        f"Thank you: $150 from your library was received for your application {reference}.\n"
        "Assistance from Illinois State Library takes $175 off the fee of $350. $150 of $175 received, $25 is open."
        f" {HOW}"
    )
    assert office.desk() == [("payment", {"open": "$25"})]
    said = office.does(payments.record_payment, reference, 2_500, "applicant", TODAY)
    assert said.endswith("admitted on 23 November 2026, until 23 November 2030. The applicant is told.")
    assert office.kinds() == []
    with office.house.database.work(office.now) as work:
        use = money.use(work, 1)
        assert use is not None
        assert use.state == "used"
        paid = [(each.amount_cents, each.payer, each.reference) for each in money.payments(work, 1)]
        assert paid == [(15_000, "library", "PO 2026-17"), (2_500, "applicant", "")]
    assert office.does(payments.release_award, reference).startswith(f"Application {reference} was admitted already")


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_acceptance_assistance_and_payment_come_in_any_order(ann: Person, office: Office, order: list[int]) -> None:
    award, reference = awarded(office), applied(ann, office)
    steps = (
        lambda: office.does(admission.accept, reference),
        lambda: office.does(payments.reserve_award, reference, award),
        lambda: office.does(payments.record_payment, reference, 17_500, "agency", TODAY),
    )
    for each in order:
        assert office.application().state != "admitted"
        steps[each]()
    assert (office.application().state, office.application().settled_on) == ("admitted", TODAY)


def test_money_beyond_the_fee_goes_to_the_desk_until_it_is_sent_back(ann: Person, office: Office) -> None:
    reference = applied(ann, office)
    office.does(payments.record_payment, reference, 35_000, "library", TODAY)
    office.does(payments.record_payment, reference, 35_000, "applicant", TODAY)
    assert office.told[-1].text.endswith(
        "The fee of $350 is paid; $350 more than that was received, and the office looks into it. The decision is"
        " pending."
    )
    assert office.desk()[-1] == ("over-paid", {"amount": "$350"})
    office.does(payments.record_refund, reference, 10_000, "applicant", TODAY)
    assert office.desk()[-1] == ("over-paid", {"amount": "$250"})
    assert office.told[-1].text.startswith(f"$100 was sent back to you for your application {reference}.\n")
    office.does(payments.record_refund, reference, 25_000, "applicant", TODAY)
    assert office.kinds() == ["application"]


def test_a_reversal_before_the_admission_unsettles_the_fee(ann: Person, office: Office) -> None:
    reference = applied(ann, office)
    office.does(payments.record_payment, reference, 35_000, "applicant", TODAY)
    assert (office.application().settled_on, office.kinds()) == (TODAY, ["application"])
    assert office.does(payments.record_reversal, reference, 35_000, "applicant", TODAY) == (
        f"{reference}: $350 taken back from applicant is recorded; $0 of $350 received, $350 open."
        " The applicant is told."
    )
    assert office.told[-1].text.startswith(
        f"A payment of $350 from you for your application {reference} did not go through and was taken off.\n"
    )
    assert (office.application().settled_on, office.kinds()) == (None, ["application", "payment"])
    assert "$0 of $350 received, $350 open" in office.does(admission.accept, reference)


def test_a_reversal_after_the_admission_leaves_the_candidate_and_asks_the_desk(
    ann: Person, office: Office, rows: Rows
) -> None:
    reference = applied(ann, office)
    office.does(payments.record_payment, reference, 35_000, "library", TODAY)
    office.does(admission.accept, reference)
    said = office.does(payments.record_reversal, reference, 35_000, "library", TODAY)
    assert said.endswith("The candidate stays admitted; what to do about it is on the desk.")
    assert office.desk() == [
        ("payment", {"open": "$350"}),
        ("reversal after admission", {"amount": "$350", "open": "$350"}),
    ]
    assert [row["state"] for row in rows("candidacy")] == ["active"]
    assert ann.says("status").endswith(f"The fee of $350 is due. {HOW}")
    office.does(payments.record_payment, reference, 35_000, "library", TODAY, "second try")
    assert (office.kinds(), len(rows("candidacy"))) == ([], 1)


def test_money_for_an_application_that_ended_is_kept_and_put_on_the_desk(ann: Person, office: Office) -> None:
    reference = applied(ann, office)
    ann.says("withdraw", "yes")
    office.does(payments.record_payment, reference, 35_000, "library", TODAY)
    assert office.desk() == [("withdrawal", {}), ("over-paid", {"amount": "$350"})]
    office.does(payments.record_refund, reference, 35_000, "library", TODAY)
    assert office.kinds() == ["withdrawal"]


def test_the_day_of_the_settlement_is_the_day_the_money_came(ann: Person, office: Office) -> None:
    reference = applied(ann, office)
    early, late = TODAY - timedelta(days=9), TODAY - timedelta(days=2)
    office.does(payments.record_payment, reference, 20_000, "library", late)
    office.does(payments.record_payment, reference, 15_000, "applicant", early)
    assert office.application().settled_on == late


BAD = {
    "nothing": (0, "applicant", TODAY, "The amount must be more than $0 and at most $100,000."),
    "less than nothing": (-5, "applicant", TODAY, "The amount must be more than $0 and at most $100,000."),
    "a fortune": (10**12, "applicant", TODAY, "The amount must be more than $0 and at most $100,000."),
    "nobody": (100, "  ", TODAY, "Please write a few words."),
    "tomorrow": (
        100, "applicant", TODAY + timedelta(days=1),
        "The day must lie between 25 January 2010 and today, 23 November 2026.",
    ),
    "before the program": (
        100, "applicant", date(2009, 1, 1), "The day must lie between 25 January 2010 and today, 23 November 2026."
    ),
    "a card": (
        100, "4111 1111 1111 1111", TODAY,
        "That holds what looks like a card number; it was not kept. Please leave it out.",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("amount", "payer", "day", "told"), BAD.values(), ids=BAD)
def test_money_that_cannot_be_is_refused_with_the_reason(
    ann: Person, office: Office, rows: Rows, amount: int, payer: str, day: date, told: str
) -> None:
    reference = applied(ann, office)
    before = rows.everything()
    said = office.does(payments.record_payment, reference, amount, payer, day)
    assert isinstance(said, Refusal)
    assert (said, rows.everything()) == (told, before)


def test_no_more_goes_back_than_came_in(ann: Person, office: Office) -> None:
    reference = applied(ann, office)
    assert office.does(payments.record_refund, reference, 100, "library", TODAY) == (
        f"Nothing is on record for {reference}."
    )
    office.does(payments.record_payment, reference, 10_000, "library", TODAY)
    assert office.does(payments.record_reversal, reference, 10_000, "applicant", TODAY) == (
        f"Nothing from applicant is on record for {reference} (payers on record: library)."
    )
    assert office.does(payments.record_refund, reference, 10_001, "applicant", TODAY) == (
        f"Only $100 is on record for {reference} (payers on record: library)."
    )


def test_the_same_payment_is_recorded_once_by_two_who_press_at_once(ann: Person, office: Office, rows: Rows) -> None:
    reference = applied(ann, office)
    staff = [Office(office.house, roles.at_the_keyboard(name)) for name in ("mk", "jo", "al", "bo")]

    def record(member: Office) -> str:
        return member.does(payments.record_payment, reference, 35_000, "library", TODAY)

    with ThreadPoolExecutor(len(staff)) as threads:
        said = list(threads.map(record, staff))
    assert sum(not isinstance(each, Refusal) for each in said) == 1
    assert len(rows("payment")) == 1
    told = next(each for each in said if isinstance(each, Refusal))
    assert told.startswith("The same payment is on record already, recorded by ")
    assert told.endswith(" (command line). If it is another one, give it a reference of its own.")


def test_an_application_is_admitted_once_by_two_who_press_at_once(ann: Person, office: Office, rows: Rows) -> None:
    reference = applied(ann, office)
    office.does(payments.record_payment, reference, 35_000, "library", TODAY)
    staff = [Office(office.house, roles.at_the_keyboard(name)) for name in ("mk", "jo", "al", "bo")]
    with ThreadPoolExecutor(len(staff)) as threads:
        said = list(threads.map(lambda member: member.does(admission.accept, reference), staff))
    assert sum(not isinstance(each, Refusal) for each in said) == 1
    assert (len(rows("candidacy")), sum(len(member.told) for member in staff)) == (1, 1)


def test_an_award_that_cannot_be_kept_is_refused_with_the_reason(ann: Person, office: Office) -> None:
    reference = applied(ann, office)
    ohio, here = awarded(office, state="OH"), awarded(office, percent=None)
    assert office.does(payments.reserve_award, reference, 4711) == "There is no such award."
    assert office.does(payments.reserve_award, reference, ohio) == (
        f"The awards from Illinois State Library are for OH only; {reference} is not."
    )
    application = office.application()
    with office.house.database.work(office.now) as work:
        assert [each.id for each in payments.awards_for(Errand(office.house, work), application)] == [here]
    office.does(payments.reserve_award, reference, here)
    assert office.does(payments.reserve_award, reference, here) == (
        f"An award from Illinois State Library is reserved for {reference} already; release it first."
    )
    bob = Person(office.house, "bob")
    bob.applies(email="bob@library.org")
    bob.says("send", "cancel")
    other = office.application(2).reference
    assert office.does(payments.reserve_award, other, here) == (
        "No award from Illinois State Library is left; on record: 1."
    )
    ann.says("withdraw", "yes")
    assert not isinstance(office.does(payments.reserve_award, other, here), Refusal)


def test_an_award_that_is_released_is_told_and_free_again(ann: Person, office: Office) -> None:
    award, reference = awarded(office), applied(ann, office)
    assert office.does(payments.release_award, reference) == f"No award is reserved for {reference}."
    office.does(payments.reserve_award, reference, award)
    assert office.does(payments.release_award, reference) == (
        f"{reference}: the award from Illinois State Library is released; $0 of $350 received, $350 open."
        " The applicant is told."
    )
    assert office.told[-1].text == (
        f"The award from Illinois State Library is no longer reserved for your application {reference}.\n"
        f"The fee of $350 is due. {HOW}"
    )
    assert not isinstance(office.does(payments.reserve_award, reference, award), Refusal)


def test_an_award_that_pays_everything_settles_the_fee(ann: Person, office: Office) -> None:
    award, reference = awarded(office, percent=100), applied(ann, office)
    office.does(payments.reserve_award, reference, award)
    assert ann.says("status") == (
        f"Your application {reference} was received on 23 November 2026. Assistance from Illinois State Library takes"
        " $350 off the fee of $350. Nothing is left to pay. The decision is pending. `withdraw` takes it back."
        f" {UNCONFIRMED}"
    )
    assert "admitted on 23 November 2026" in office.does(admission.accept, reference)
