"""The price calculation knows the assistance on record, as it was when the form was opened."""

from handlers import payments
from storage import money
from tests.handlers.acting import Person
from tests.handlers.office import Office


def given(office: Office, number: int) -> int:
    with office.house.database.work(office.now) as work:
        return money.add_award(work, "State Library of Ohio", "OH", 50, None, number, "", "mk")


def test_awards_are_told_as_they_were_when_the_form_was_opened(ann: Person, office: Office) -> None:
    given(office, 2)
    ann.says("fees", "no", "Ohio")
    given(office, 5)
    told = ann.says("0")
    assert "2 awards of 50% are on record for Ohio: ask State Library of Ohio." in told.splitlines()
    assert told == ann.says("change courses", "0")


def test_awards_that_are_reserved_are_not_offered(ann: Person, office: Office) -> None:
    award = given(office, 1)
    ann.applies(state="Ohio")
    ann.says("send", "cancel")
    office.does(payments.reserve_award, office.application().reference, award)
    told = ann.says("fees", "0")
    assert (
        "All awards on record for Ohio are given out at the moment; ask State Library of Ohio about new ones."
        in told.splitlines()
    )
