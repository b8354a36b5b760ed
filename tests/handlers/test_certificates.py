"""From the sixth set to the certificate: told, confirmed once, numbered in order, shown, revoked and made valid again."""

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from flows.dialog.speech import Outbound
from handlers import certifying, checking, crediting, roles
from handlers.desk import acting
from handlers.desk.table import KINDS
from handlers.exchange import Errand, House
from storage import candidacies, desk, people
from tests.handlers.acting import Rows
from tests.handlers.world import Someone, World

FIVE = {
    "foundations": date(2026, 1, 5), "technology": date(2026, 2, 5), "communication": date(2026, 3, 5),
    "access": date(2026, 4, 5), "youth": date(2026, 5, 5),
}  # fmt: skip
SIXTH = date(2026, 11, 20)
URL = "https://lssc.example"


@pytest.fixture
def world(house: House) -> World:
    return World(replace(house, staff=frozenset({("slack", "U1")}), kinds=KINDS, public_url=URL))


@pytest.fixture
def olive(world: World) -> Someone:
    """The program officer."""
    return world.somebody("slack", "U1", "Olive")


def candidate(world: World, address: str = "4711", name: str = "Ann Example", state: str = "active") -> Someone:
    """Somebody with five complete sets."""
    speaker = world.somebody("telegram", address, name)
    with world.house.database.work(world.now) as work:
        person_id = people.find(work, "telegram", address)
        assert person_id is not None
        people.name(work, person_id, name)
        number = candidacies.add(work, person_id, None, date(2025, 11, 23), date(2029, 11, 23), state)
        candidacies.add_sets(work, number, {each: (day, "course") for each, day in FIVE.items()})
    return speaker


@pytest.fixture
def ann(world: World, olive: Someone) -> Someone:
    return candidate(world)


def credit(world: World, set_id: str, day: date, number: int = 1) -> str:
    def act(errand: Errand) -> str:
        found = candidacies.by_id(errand.work, number)
        return crediting.credit(errand, "olive", found, set_id, day, "portfolio")

    return str(world.act(act))


def item(world: World, kind: str = "certificate") -> int:
    with world.house.database.work(world.now) as work:
        return max(each.id for each in desk.open_items(work) if each.kind == kind)


def newest(speaker: Someone) -> Outbound:
    return list(speaker.inbox.values())[-1]


def issued(world: World, olive: Someone) -> str:
    credit(world, "reference", SIXTH)
    return olive.says(f"settle {item(world)} confirm")


def test_the_whole_way_from_the_sixth_set_to_the_certificate(
    world: World, ann: Someone, olive: Someone, rows: Rows
) -> None:
    credit(world, "reference", SIXTH)
    assert "All 6 are complete: congratulations! The office confirms the award and issues your certificate." in ann.last
    assert rows("certificate") == []
    assert ann.says("certificate") == (
        "All your sets are complete; the certificate comes as soon as the office has confirmed it."
    )
    shown = newest(olive)
    assert shown.text.splitlines()[0] == "#1 Certificate to confirm (0 min)"
    assert "Name printed: Ann Example" in shown.text
    assert "Valid from 20 November 2026 until 20 November 2031, once you confirm it" in shown.text
    olive.presses("Confirm and issue")
    (certificate,) = rows("certificate")
    assert (certificate["number"], str(certificate["since"]), str(certificate["until"])) == (
        "LSSC-2026-0001", "2026-11-20", "2031-11-20",
    )  # fmt: skip
    assert rows("candidacy")[0]["state"] == "certified"
    letter = newest(ann)
    assert letter.text.startswith("You are certified: the LSSC office has confirmed your award. Congratulations!")
    drawing, dates = letter.drawings
    assert dates.kind == "calendar"
    told = json.loads(drawing.data)
    assert (drawing.name, told["name"], told["check_url"]) == (
        "certificate-LSSC-2026-0001.pdf", "Ann Example", f"{URL}/check/{told['code']}",
    )  # fmt: skip
    assert told["check_url"] in letter.text
    assert "Your certificate LSSC-2026-0001: `certificate`." in ann.says("status")


def test_it_is_settled_once(world: World, ann: Someone, olive: Someone, rows: Rows) -> None:
    issued(world, olive)
    before = len(ann.inbox)
    assert "was settled already" in olive.says("settle 1 confirm")
    assert (len(rows("certificate")), len(ann.inbox)) == (1, before)


def test_a_further_set_changes_nothing_in_it(world: World, ann: Someone, olive: Someone, rows: Rows) -> None:
    issued(world, olive)
    before = rows("certificate")
    credit(world, "cataloging", date(2026, 11, 23))
    assert rows("certificate") == before
    assert [each["kind"] for each in rows("desk_item") if each["state"] == "open"] == ["announcement"]


def test_a_set_completed_before_the_confirmation_stands_on_no_certificate(
    world: World, ann: Someone, olive: Someone, rows: Rows
) -> None:
    credit(world, "reference", SIXTH)
    credit(world, "cataloging", date(2026, 11, 22))
    olive.says(f"settle {item(world)} confirm")
    (certificate,) = rows("certificate")
    assert json.loads(str(certificate["sets"])) == [
        "foundations", "technology", "communication", "access", "reference", "youth",
    ]  # fmt: skip
    assert str(certificate["since"]) == "2026-11-20"


def test_a_sixth_set_on_a_leap_day_lasts_until_the_last_of_february(house: House, rows: Rows) -> None:
    world = World(
        replace(house, staff=frozenset({("slack", "U1")}), kinds=KINDS), now=datetime(2028, 3, 6, 15, tzinfo=UTC)
    )
    olive = world.somebody("slack", "U1")
    ann = candidate(world)
    credit(world, "reference", date(2028, 2, 29))
    olive.says(f"settle {item(world)} confirm")
    (certificate,) = rows("certificate")
    assert [str(certificate[each]) for each in ("number", "since", "until", "awarded_on")] == [
        "LSSC-2028-0001", "2028-02-29", "2033-02-28", "2028-03-06",
    ]  # fmt: skip
    assert "from 29 February 2028, the day your last set was completed, until 28 February 2033" in ann.last


def test_the_office_holds_it_with_a_reason_and_corrects_the_name(
    world: World, ann: Someone, olive: Someone, rows: Rows
) -> None:
    credit(world, "reference", SIXTH)
    number = item(world)
    assert olive.says(f"settle {number} hold").startswith(f"#{number} Hold it: What shall the candidate be told")
    assert olive.says("We still check your last course.").startswith(
        f"Held; #{number} stays at the desk. They are told."
    )
    assert "cannot issue your certificate yet:\n\nWe still check your last course." in ann.last
    olive.says(f"settle {number} name")
    assert "The certificate will be for María-José Ångström; `confirm` issues it." in olive.says("María-José Ångström")
    assert "Name printed: María-José Ångström" in olive.says(f"show {number}")
    assert "On their record they are called Ann Example." in olive.last
    olive.says(f"settle {number} confirm")
    assert rows("certificate")[0]["name"] == "María-José Ångström"


@pytest.mark.parametrize("name", ["12345", "x" * 101])
def test_a_name_that_is_none_is_asked_for_again(world: World, ann: Someone, olive: Someone, name: str) -> None:
    credit(world, "reference", SIXTH)
    olive.says(f"settle {item(world)} name")
    olive.says(name)
    olive.says("cancel")
    assert "Name printed: Ann Example" in olive.says(f"show {item(world)}")


def test_who_has_no_role_confirms_nothing(world: World, ann: Someone, olive: Someone, rows: Rows) -> None:
    credit(world, "reference", SIXTH)
    ann.presses_choice(f"settle {item(world)} confirm")
    assert rows("certificate") == []


@pytest.mark.parametrize("state", ["withdrawn", "ended"])
def test_a_candidacy_that_is_over_gets_none(world: World, olive: Someone, rows: Rows, state: str) -> None:
    candidate(world, state=state)
    credit(world, "reference", SIXTH)
    assert f"This candidacy is {state}, so no certificate is issued." in olive.says(f"settle {item(world)} confirm")
    assert rows("certificate") == []


def test_two_officers_at_once_leave_no_number_out_and_give_none_twice(world: World, olive: Someone, rows: Rows) -> None:
    for number in range(1, 7):
        candidate(world, str(number), f"Candidate {number}")
        credit(world, "reference", SIXTH, number)
    with world.house.database.work(world.now) as work:
        waiting = [each.id for each in desk.open_items(work)]

    def settle(number: int) -> None:
        with world.house.database.work(world.now) as work:
            acting.do(Errand(world.house, work), roles.at_the_keyboard("mk"), number, "confirm")

    with ThreadPoolExecutor(3) as pool:
        list(pool.map(settle, [*waiting, *waiting]))
    assert sorted(str(each["number"]) for each in rows("certificate")) == [f"LSSC-2026-000{n}" for n in range(1, 7)]
    assert len({each["code"] for each in rows("certificate")}) == 6


def test_what_fails_after_the_number_was_taken_leaves_no_gap(
    world: World, ann: Someone, olive: Someone, rows: Rows
) -> None:
    credit(world, "reference", SIXTH)
    number = item(world)

    def fails(errand: Errand) -> None:
        acting.do(errand, roles.at_the_keyboard("mk"), number, "confirm")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        world.act(fails)
    assert rows("certificate") == []
    olive.says(f"settle {number} confirm")
    assert rows("certificate")[0]["number"] == "LSSC-2026-0001"


def test_the_numbers_begin_anew_each_year(world: World, ann: Someone, olive: Someone, rows: Rows) -> None:
    issued(world, olive)
    candidate(world, "2", "Bo Sample")
    credit(world, "reference", SIXTH, 2)
    world.now = datetime(2027, 1, 4, 15, tzinfo=UTC)
    olive.says(f"settle {item(world)} confirm")
    assert [each["number"] for each in rows("certificate")] == ["LSSC-2026-0001", "LSSC-2027-0001"]


def test_the_first_certificate_makes_a_draft_announcement_without_a_name(
    world: World, ann: Someone, olive: Someone, rows: Rows
) -> None:
    issued(world, olive)
    draft = olive.says(f"show {item(world, 'announcement')}")
    assert "has its first certified member of library support staff" in draft
    assert "Ann" not in draft
    candidate(world, "2", "Bo Sample")
    credit(world, "reference", SIXTH, 2)
    olive.says(f"settle {item(world)} confirm")
    assert [each["kind"] for each in rows("desk_item")].count("announcement") == 1


def checked(world: World, rows: Rows) -> checking.Checked:
    code = str(rows("certificate")[0]["code"])
    found = world.act(lambda errand: checking.by_code(errand, code))
    assert isinstance(found, checking.Checked)
    return found


def test_the_holder_chooses_what_the_check_page_tells(world: World, ann: Someone, olive: Someone, rows: Rows) -> None:
    issued(world, olive)
    dates = (("Valid from", "20 November 2026"), ("Valid until", "20 November 2031"))
    assert (checked(world, rows).facts, checked(world, rows).sets) == (dates, ())
    told = ann.says("my certificate")
    assert told.startswith("Your certificate LSSC-2026-0001 is valid from 20 November 2026 until 20 November 2031.")
    assert told.endswith(
        "The page tells the number, whether it is valid, and the dates, and not your name or your sets."
    )
    assert [each.name for each in newest(ann).drawings] == ["certificate-LSSC-2026-0001.pdf"]
    assert ann.presses("Show my name on the page").endswith(
        "The page tells the number, whether it is valid, your name, and the dates, and not your sets."
    )
    ann.says("Show my sets on the page")
    ann.says("hide the dates on the page")
    found = checked(world, rows)
    assert (found.facts, found.sets[0], len(found.sets)) == (
        (("Name", "Ann Example"),), "Foundations of Library Service", 6,
    )  # fmt: skip
    ann.says("hide my name on the page")
    ann.says("hide my sets on the page")
    assert (checked(world, rows).facts, checked(world, rows).sets) == ((), ())


def test_it_is_not_shown_where_others_read(world: World, ann: Someone, olive: Someone, rows: Rows) -> None:
    issued(world, olive)
    before = rows("certificate")
    for words in ("certificate", "show my name on the page"):
        ann.says(words, place="-100")
    in_group = " ".join(each.text for each in world.inboxes[("telegram", "-100")].values())
    assert (
        "My certificate" in str(world.inboxes[("telegram", "-100")]) and "Ann" not in in_group,
        "LSSC-2026" in in_group,
    ) == (True, False)
    assert rows("certificate") == before


def test_without_a_certificate_it_is_told_when_it_comes(world: World, ann: Someone, olive: Someone) -> None:
    bo = world.somebody("telegram", "2", "Bo")
    assert bo.says("certificate") == "There is no certificate on your record."
    assert ann.says("certificate") == (
        "There is no certificate on your record. It comes when six sets are complete; `progress` shows how far you are."
    )
    assert ann.says("show my name on the page") == ann.says("certificate")


def test_both_number_and_code_must_fit(world: World, ann: Someone, olive: Someone, rows: Rows) -> None:
    issued(world, olive)
    code = str(rows("certificate")[0]["code"])

    def look(number: str, typed: str) -> bool:
        return world.act(lambda errand: checking.by_both(errand, number, typed)) is not None

    typed = f" {code[:4].lower()} {code[4:8]}-{code[8:]}"
    assert look("lssc-2026-0001 ", typed)
    assert not look("LSSC-2026-0002", typed)
    assert not look("LSSC-2026-0001", code[:-1] + ("2" if code[-1] != "2" else "3"))
    assert not look("", "")
    assert not look("LSSC-2026-0001", "%" * 16)


def test_an_expired_one_says_so(world: World, ann: Someone, olive: Someone, rows: Rows) -> None:
    issued(world, olive)
    world.now = datetime(2031, 11, 20, 18, tzinfo=UTC)
    assert checked(world, rows).standing == "valid"
    world.now = datetime(2031, 11, 21, 18, tzinfo=UTC)
    assert checked(world, rows).standing == "expired"
    assert ann.says("certificate").startswith("Your certificate LSSC-2026-0001 was valid from 20 November 2026 until")


def test_it_is_revoked_and_made_valid_again_when_asked_twice(
    world: World, ann: Someone, olive: Someone, rows: Rows
) -> None:
    issued(world, olive)
    assert olive.says("revoke LSSC-2026-0001").startswith("For what reason?")
    assert olive.says("revoke LSSC-2026-0009 a mistake").startswith("There is no certificate LSSC-2026-0009.")
    assert olive.says("reinstate LSSC-2026-0001 why").startswith("Certificate LSSC-2026-0001 is not revoked.")
    olive.says("revoke lssc-2026-0001 Your last course was not approved.")
    assert checked(world, rows).standing == "valid"
    olive.presses("Revoke it")
    assert "revoked your certificate LSSC-2026-0001:\n\nYour last course was not approved." in ann.last
    assert checked(world, rows).standing == "revoked"
    assert ann.says("certificate") == (
        "Your certificate LSSC-2026-0001 was revoked: Your last course was not approved.\n\n" + _told_so(rows)
    )
    assert newest(ann).drawings == ()
    olive.says("reinstate LSSC-2026-0001 The course is approved after all.")
    olive.says(f"settle {item(world, 'certificate to reinstate')} reinstate")
    assert "counts again, until 20 November 2031:\n\nThe course is approved after all." in ann.last
    assert checked(world, rows).standing == "valid"
    assert [each["action"] for each in rows("audit") if "certificate LSSC" in str(each["subject"])] == [
        "revoked", "reinstated",
    ]  # fmt: skip


def _told_so(rows: Rows) -> str:
    code = str(rows("certificate")[0]["code"])
    grouped = "-".join(code[at : at + 4] for at in range(0, 16, 4))
    return f"Whoever checks it is told so: {URL}/check/{grouped}"


def test_the_assistant_of_the_office_may_not_revoke(world: World, ann: Someone, olive: Someone, rows: Rows) -> None:
    issued(world, olive)
    pat = world.somebody("slack", "U2", "Pat")
    olive.says("staff add slack:U2 assistant")
    assert pat.says("revoke LSSC-2026-0001 a mistake") == (
        "Only the program officer may revoke a certificate, or make it valid again."
    )
    olive.says("revoke LSSC-2026-0001 a mistake")
    assert "Only the program officer" in pat.says(f"settle {item(world, 'certificate to revoke')} revoke")
    assert checked(world, rows).standing == "valid"


def test_anybody_else_who_says_revoke_is_heard_as_ever(world: World, ann: Someone, olive: Someone, rows: Rows) -> None:
    issued(world, olive)
    ann.says("revoke LSSC-2026-0001 please")
    assert checked(world, rows).standing == "valid"
    assert [each["kind"] for each in rows("desk_item") if str(each["kind"]).startswith("certificate to")] == []


def test_the_table_of_certificates(world: World, ann: Someone, olive: Someone, rows: Rows) -> None:
    issued(world, olive)
    columns, ((*line, code),) = world.act(certifying.table)
    assert dict(zip(columns, line, strict=False)) == {
        "number": "LSSC-2026-0001", "name": "Ann Example", "email": "", "since": "2026-11-20", "until": "2031-11-20",
        "awarded": "2026-11-23", "state": "valid", "reason": "",
        "sets": "foundations technology communication access reference youth", "shown to the public": "dates",
    }  # fmt: skip
    assert code.replace("-", "") == rows("certificate")[0]["code"]


def test_without_a_public_address_there_is_no_page_and_no_code_to_scan(house: House) -> None:
    world = World(replace(house, staff=frozenset({("slack", "U1")}), kinds=KINDS))
    olive = world.somebody("slack", "U1")
    ann = candidate(world)
    issued(world, olive)
    assert (json.loads(newest(ann).drawings[0].data)["check_url"], "http" in ann.last) == ("", False)
    assert "Its check code is " in ann.says("certificate")


def test_a_name_with_letters_that_cannot_be_printed_is_told_before_anything_is_issued(
    world: World, ann: Someone, olive: Someone, rows: Rows
) -> None:
    world.house = replace(world.house, unprintable=lambda words: "".join(each for each in words if each in "გია"))
    credit(world, "reference", SIXTH)
    number = item(world)
    said = olive.says(f"settle {number} name")
    said = olive.says("გია Example")
    assert "The certificate's letters do not have გია; `name` takes another spelling of it." in said
    olive.says("cancel")
    world.act(lambda errand: people.name(errand.work, 2, "გია Example"))
    assert "do not have გია" in olive.says(f"settle {number} confirm")
    assert rows("certificate") == []
    olive.says(f"settle {number} name Gia Example")
    assert "is issued to Gia Example" in olive.says(f"settle {number} confirm")


def test_the_officer_corrects_a_name_after_it_was_issued(
    world: World, ann: Someone, olive: Someone, rows: Rows
) -> None:
    issued(world, olive)
    number = str(rows("certificate")[0]["number"])
    assert olive.says(f"correct certificate {number} 123") == "Please write the name in letters."
    assert "There is no certificate LSSC-2020-0001." in olive.says("correct certificate LSSC-2020-0001 Ann M. Example")
    said = olive.says(f"correct certificate {number} Ann Müller-Example")
    assert said == f"Certificate {number} is for Ann Müller-Example now. They are told."
    assert ann.last.startswith(f"Your certificate {number} is for Ann Müller-Example now")
    assert "Ann Müller-Example" in newest(ann).drawings[0].data
    assert [(row["number"], row["name"]) for row in rows("certificate")] == [(number, "Ann Müller-Example")]
    assert [row["action"] for row in rows("audit")][-1] == "corrected the name"
    assert "has that name already" in olive.says(f"correct certificate {number} Ann Müller-Example")
    assert "Ann Müller-Example" not in ann.says(f"correct certificate {number} Somebody Else")
    assert rows("certificate")[0]["name"] == "Ann Müller-Example"
