"""A running program moves in, and nobody is written to."""

from datetime import date

import pytest

from flows.program.moving import Given, Past
from handlers import giving, moving, payments, roles
from handlers.accounts import Refusal
from handlers.exchange import Errand
from handlers.moving import Taken
from storage import certificates
from tests.handlers.acting import Person, Rows
from tests.handlers.office import Office

ADMITTED, UNTIL = date(2024, 3, 1), date(2028, 3, 1)
SETS = {"foundations": (date(2025, 1, 2), "course")}


def past(**other: object) -> Past:
    values = {"line": 2, "name": "Ann Example", "email": "ann@library.org", "admitted_on": ADMITTED, "until": UNTIL}
    return Past(**{**values, "state": "active", "complete": SETS, **other})


def take(office: Office, *rows: Past) -> object:
    return office.does(moving.take_people, rows)


def test_a_candidate_of_before_is_taken_in_and_not_written_to(office: Office, rows: Rows) -> None:
    assert take(office, past()) == Taken(new=1, more=0, same=0)
    (candidacy,) = rows("candidacy")
    assert (str(candidacy["admitted_on"]), str(candidacy["deadline"]), candidacy["application_id"]) == (
        "2024-03-01", "2028-03-01", None,
    )  # fmt: skip
    assert [(row["set_id"], row["way"]) for row in rows("complete_set")] == [("foundations", "course")]
    assert [(row["address"], row["state"]) for row in rows("address")] == [("ann@library.org", "claimed")]
    assert (office.told, rows("outbox"), rows("desk_item")) == ([], [], [])


def test_the_same_table_twice_changes_nothing(office: Office, rows: Rows) -> None:
    table = (past(), past(line=3, email="bo@library.org", complete={}))
    assert take(office, *table) == Taken(2, 0, 0)
    before = rows.everything()
    assert (take(office, *table), rows.everything()) == (Taken(0, 0, 2), before)


def test_a_later_table_adds_sets_and_overwrites_nothing(office: Office, rows: Rows) -> None:
    take(office, past())
    more = {**SETS, "youth": (date(2025, 5, 6), "imported")}
    assert take(office, past(complete=more)) == Taken(0, 1, 0)
    assert len(rows("complete_set")) == 2
    before = rows.everything()
    for other, told in (
        ({"complete": {"youth": (date(2025, 5, 7), "imported")}}, "column youth: the record says 2025-05-06"),
        ({"state": "ended"}, "column state: the record says active"),
        ({"until": date(2029, 3, 1)}, "column until: the record says 2028-03-01"),
        ({"admitted_on": date(2024, 3, 2)}, "column admitted: the record has a candidacy from 2024-03-01"),
    ):
        said = take(office, past(**other))
        assert isinstance(said, Refusal)
        assert said.startswith(f"line 2, {told}")
    assert rows.everything() == before


def test_a_candidacy_that_is_over_may_be_followed_by_another(office: Office) -> None:
    later = past(admitted_on=date(2026, 1, 2), until=date(2030, 1, 2), complete={})
    assert take(office, past(state="ended"), later) == Taken(2, 0, 0)
    assert take(office, past(state="ended"), later) == Taken(0, 0, 2)


def test_typing_an_address_into_a_form_earns_nobody_a_candidacy(ann: Person, office: Office, rows: Rows) -> None:
    ann.applies()
    ann.says("send", "cancel")
    reference = office.application().reference
    assert take(office, past()) == (
        f"line 2, column email: an application with this address waits: decide on {reference} instead"
    )
    ann.says("withdraw", "yes")
    assert take(office, past()) == (
        "line 2, column email: somebody has named this address and not proved it yet; settle that first"
    )
    assert rows("candidacy") == []


def test_somebody_who_writes_from_a_proved_address_finds_their_candidacy(ann: Person, office: Office) -> None:
    writer = Person(ann.house, "ann@library.org", "email")
    writer.says("menu")
    take(office, past())
    assert writer.says("status") == (
        "You were admitted on 1 March 2024 and have until 1 March 2028 to complete six competency sets."
        " Complete so far: Foundations of Library Service."
    )
    assert writer.says("apply").startswith("You are a candidate already.")


@pytest.mark.parametrize(
    ("state", "told"),
    [
        ("frozen", "You were admitted on 1 March 2024; your time ended on 1 March 2028, and the office decides how it"
                   " goes on. Complete so far: Foundations of Library Service."),
        ("certified", "You were admitted on 1 March 2024, and your six competency sets are complete."),
        ("withdrawn", "You were admitted on 1 March 2024 and have withdrawn. `apply` starts anew."
                      " Complete so far: Foundations of Library Service."),
        ("ended", "You were admitted on 1 March 2024; that candidacy has ended. `apply` starts anew."
                  " Complete so far: Foundations of Library Service."),
    ],
)  # fmt: skip
def test_every_state_of_a_candidacy_is_told(ann: Person, office: Office, state: str, told: str) -> None:
    writer = Person(ann.house, "ann@library.org", "email")
    writer.says("menu")
    take(office, past(state=state))
    assert writer.says("status") == told
    assert writer.says("apply").startswith("You are a candidate already.") == (state == "frozen")


def test_one_person_is_admitted_directly(office: Office, rows: Rows) -> None:
    words = ("Ann  Example", "ann@Library.ORG", ADMITTED, {"youth": date(2025, 1, 2)})
    told = "Ann Example is on record as admitted on 1 March 2024, until 1 March 2028."
    assert office.does(moving.admit_directly, *words) == told
    assert office.does(moving.admit_directly, *words) == (
        "Ann Example is on record already, as admitted on 1 March 2024; nothing was changed."
    )
    assert [row["name"] for row in rows("person")] == ["Ann Example"]
    assert rows("outbox") == []


@pytest.mark.parametrize(
    ("name", "email", "day", "sets", "told"),
    [
        ("", "a@b.org", ADMITTED, {}, "Please write a few words."),
        ("Ann", "a@b", ADMITTED, {}, "That does not look like an email address; it should be like ann@library.org."),
        ("Ann", "a@b.org", date(2030, 1, 1), {}, "The day of admission must lie between 25 January 2010 and today, 23"
                                                 " November 2026."),
        ("Ann", "a@b.org", ADMITTED, {"archery": ADMITTED}, "There is no competency set 'archery'; there are "
         "foundations, technology, communication, access, advisory, cataloging, collection, reference, supervision,"
         " youth."),
        ("Ann", "a@b.org", ADMITTED, {"youth": date(2030, 1, 1)}, "The day on which youth was completed must lie"
                                                                  " between the program's start and today."),
    ],
)  # fmt: skip
def test_a_direct_admission_that_makes_no_sense_is_refused(
    office: Office, rows: Rows, name: str, email: str, day: date, sets: dict[str, date], told: str
) -> None:
    said = office.does(moving.admit_directly, name, email, day, sets)
    assert isinstance(said, Refusal)
    assert (said, rows("person")) == (told, [])


def test_awards_are_taken_in_once_and_changed_by_a_later_table(office: Office, rows: Rows) -> None:
    given = [Given(2, "State Library", "OH", 50, None, 4, ""), Given(3, "LSSIRT", "", None, 10_000, 2, "")]
    assert office.does(giving.take_awards, given) == Taken(2, 0, 0)
    assert office.does(giving.take_awards, given) == Taken(0, 0, 2)
    later = [Given(2, "State library", "OH", 50, None, 6, "aid@example.org"), given[1]]
    assert office.does(giving.take_awards, later) == Taken(0, 1, 1)
    assert sorted((row["number"], row["contact"]) for row in rows("award")) == [(2, ""), (6, "aid@example.org")]


def test_one_award_is_put_on_record_from_the_desk(office: Office) -> None:
    add = giving.add_award
    assert office.does(add, " State  Library", "Ohio", "50%", 4, "") == "4 x 50% from State Library: on record."
    assert office.does(add, "State Library", "OH", "50%", 5, "") == "5 x 50% from State Library: changed."
    assert office.does(add, "State Library", "OH", "50%", 5, "").endswith("on record as it is already.")
    for words in (("", "OH", "50%", 1), ("A", "Ohoi", "50%", 1), ("A", "OH", "much", 1), ("A", "OH", "50%", 0)):
        assert isinstance(office.does(add, *words, ""), Refusal)


def test_no_award_is_cut_below_what_is_reserved(ann: Person, office: Office) -> None:
    office.does(giving.add_award, "State Library", "IL", "50%", 2, "")
    for name in ("ann", "bob"):
        person = Person(ann.house, name)
        person.applies(email=f"{name}@library.org")
        person.says("send", "cancel")
    for number in (1, 2):
        office.does(payments.reserve_award, office.application(number).reference, 1)
    assert office.does(giving.add_award, "State Library", "IL", "50%", 1, "") == (
        "2 of these awards are reserved or used already"
    )


def test_only_staff_take_people_and_awards_in(office: Office, rows: Rows) -> None:
    office.actor = roles.Actor("Bob", frozenset({"evaluator"}), 7)
    assert isinstance(take(office, past()), Refusal)
    assert isinstance(office.does(giving.add_award, "A", "", "50%", 1, ""), Refusal)
    assert (rows("person"), rows("award")) == ([], [])


SIX = {
    each: (date(2025, month, 2), "imported")
    for month, each in enumerate(("foundations", "technology", "communication", "access", "youth", "reference"), 1)
}


def test_who_was_certified_before_keeps_number_and_dates(office: Office, rows: Rows) -> None:
    certified = past(state="certified", complete=SIX, certificate="LSSC-2025-0001", awarded=date(2025, 7, 1))
    assert take(office, certified) == Taken(1, 0, 0)
    (certificate,) = rows("certificate")
    assert [str(certificate[each]) for each in ("number", "name", "since", "until", "awarded_on", "state")] == [
        "LSSC-2025-0001", "Ann Example", "2025-06-02", "2030-06-02", "2025-07-01", "current",
    ]  # fmt: skip
    assert (office.told, rows("outbox"), rows("desk_item")) == ([], [], [])
    before = rows.everything()
    assert (take(office, certified), rows.everything()) == (Taken(0, 0, 1), before)
    other = past(state="certified", complete=SIX, certificate="LSSC-2025-0002", awarded=date(2025, 7, 1))
    assert str(take(office, other)).startswith("line 2, column certificate: the record says LSSC-2025-0001")
    bo = past(email="bo@library.org", state="certified", complete=SIX, certificate="LSSC-2025-0001", awarded=ADMITTED)
    assert take(office, bo) == "line 2, column certificate: LSSC-2025-0001 is somebody else's on record"


def test_a_number_may_follow_later(office: Office, rows: Rows) -> None:
    assert take(office, past(state="certified", complete=SIX)) == Taken(1, 0, 0)
    assert rows("certificate") == []
    later = past(state="certified", complete=SIX, certificate="2025/17", awarded=date(2025, 7, 1))
    assert take(office, later) == Taken(0, 1, 0)
    assert rows("certificate")[0]["number"] == "2025/17"


def test_numbers_of_before_are_passed_over(office: Office, rows: Rows) -> None:
    def number(errand: Errand, _actor: object, candidacy_id: int) -> str:
        day = date(2025, 8, 1)
        return certificates.issue(errand.work, candidacy_id, "Bo", ("youth",), day, day, day).number

    take(
        office,
        past(state="certified", complete=SIX, certificate="LSSC-2025-0002", awarded=date(2025, 7, 1)),
        past(email="bo@library.org"),
        past(email="cy@library.org"),
    )
    assert [office.does(number, each) for each in (2, 3)] == ["LSSC-2025-0001", "LSSC-2025-0003"]


def test_who_has_earned_one_and_is_not_certified_comes_before_the_office(office: Office, rows: Rows) -> None:
    take(office, past(complete=SIX))
    assert [(each["kind"], each["state"]) for each in rows("desk_item")] == [("certificate", "open")]
    assert take(office, past(complete=SIX)) == Taken(0, 0, 1)
    assert take(office, past(complete={**SIX, "cataloging": (date(2025, 9, 1), "imported")})) == Taken(0, 1, 0)
    assert len(rows("desk_item")) == 1
