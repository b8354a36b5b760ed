"""The four years, reviews and certificates in people's calendars: entered, moved, and taken out when they are over."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from flows.program import policy
from handlers import crediting, doubles, ending, linking
from handlers.exchange import Errand
from handlers.hearing import House
from storage import candidacies, certificates, people
from tests.handlers.acting import APPLICATION
from tests.handlers.conftest import RULES
from tests.handlers.dates import Change, changes, newest
from tests.handlers.review.panel import Program, program
from tests.handlers.test_doubles import type_code
from tests.handlers.test_renewing import OPTIONAL, SETS, SINCE, UNTIL
from tests.handlers.world import Someone, World

MINE, CERTIFICATE, OPENS = "candidacy-1@lssc", "certificate-1@lssc", "renewal-certificate-1@lssc"
HOURS = "32 h course on cataloging, 12 May 2026, cataloging"


@pytest.fixture
def ann(world: World, olive: Someone) -> Someone:
    return somebody(world, "telegram", "4711")


@pytest.fixture
def holder(world: World, ann: Someone) -> Someone:
    """Somebody whose certificate was imported, so that no file of it ever came; the later policy is on."""
    rules = (RULES / "policy.toml").read_text() + OPTIONAL
    world.house = replace(world.house, policy=policy.load(rules))
    admit(world, ann, SINCE, UNTIL)
    world.act(lambda errand: certificates.issue(errand.work, 1, "Ann Example", SETS, SINCE, UNTIL, SINCE))
    return ann


@pytest.fixture
def lssc(house: House) -> Program:
    found = program(house)
    found.olive.says("menu")
    return found


@pytest.fixture
def eva(lssc: Program) -> Someone:
    """An evaluator who has accepted a review that is due on 23 December."""
    eva = lssc.evaluator("telegram", "901", "Eva Quill")
    lssc.evaluator("email", "fred@elsewhere.org", "Fred Stone")
    lssc.hands_in()
    lssc.settles("Set handed in for review", "ask")
    eva.says("accept")
    return eva


def somebody(world: World, channel: str, address: str) -> Someone:
    return world.somebody(channel, address, "Ann Example")


def admit(world: World, who: Someone, first: date, last: date) -> None:
    def admitted(errand: Errand) -> None:
        person = people.find(errand.work, who.channel, who.address)
        assert person is not None
        candidacies.add(errand.work, person, None, first, last, "active")

    world.act(admitted)


def item(olive: Someone, title: str) -> str:
    shown = (each.text.splitlines()[0] for each in reversed(olive.inbox.values()))
    return next(line for line in shown if title in line).split()[0].removeprefix("#")


def review(eva: Someone) -> str:
    """The lasting name of the review's date, made of its reference."""
    offer = next(each.text for each in eva.inbox.values() if each.text.startswith("Would you assess"))
    return f"review-{offer.partition('Review ')[2].split(':')[0].split(',')[0].split(' ')[0]}@lssc"


def test_the_last_day_of_the_four_years_comes_with_the_welcome(world: World, olive: Someone) -> None:
    ann = Someone(world, "telegram", "4711", "Ann")
    for words in ("apply", *APPLICATION.values(), "send", "cancel"):
        ann.says(words)
    olive.says(f"settle {item(olive, 'Application to decide')} accept")
    olive.says(f"settle {item(olive, 'Payment to record')} paid")
    assert ann.last.startswith("Welcome to the Library Support Staff Certification program")
    assert changes(ann) == [Change("PUBLISH", MINE, 0, date(2030, 11, 23))]
    [event] = newest(ann)[0].events
    assert (event["DTEND"].dt, str(event["SUMMARY"])) == (date(2030, 11, 24), "LSSC: last day of your candidacy")


def test_more_time_moves_the_last_day_and_an_end_takes_it_out(world: World, ann: Someone, olive: Someone) -> None:
    admit(world, ann, date(2022, 11, 23), date(2026, 11, 23))
    ann.says("calendar")
    assert changes(ann) == [Change("PUBLISH", MINE, 0, date(2026, 11, 23))]
    world.now += timedelta(days=1)
    world.act(ending.freeze)
    olive.says(f"settle {item(olive, 'Time of a candidate is over')} extend until 30 June 2027, because of an illness")
    assert changes(ann) == [Change("PUBLISH", MINE, 1, date(2027, 6, 30))]
    world.now += timedelta(days=250)
    world.act(ending.freeze)
    olive.says(f"settle {item(olive, 'Time of a candidate is over')} end The time is over.")
    assert changes(ann) == [Change("CANCEL", MINE, 2, date(2027, 6, 30))]


def test_who_leaves_has_the_last_day_taken_out_once(world: World, ann: Someone) -> None:
    admit(world, ann, date(2025, 1, 10), date(2029, 1, 10))
    ann.says("calendar")
    for words in ("leave program", "yes", "yes"):
        ann.says(words)
    assert ann.last.startswith("Your candidacy has ended, as you wished.")
    assert changes(ann) == [Change("CANCEL", MINE, 1, date(2029, 1, 10))]
    ann.presses("Yes, end my candidacy")
    assert (ann.last, changes(ann)) == (ending.STAYED, [])


def test_who_never_got_a_file_is_sent_none_that_takes_it_out(world: World, ann: Someone) -> None:
    admit(world, ann, date(2025, 1, 10), date(2029, 1, 10))
    for words in ("leave program", "yes", "yes"):
        ann.says(words)
    assert (ann.last.startswith("Your candidacy has ended"), changes(ann)) == (True, [])


def test_of_two_records_that_are_joined_what_is_closed_is_taken_out(world: World, ann: Someone, olive: Someone) -> None:
    other = somebody(world, "email", "ann@home.org")
    admit(world, ann, date(2025, 1, 10), date(2029, 1, 10))
    admit(world, other, date(2026, 2, 1), date(2030, 2, 1))
    other.says("calendar")
    assert type_code(other, ann) == linking.TWO_RECORDS
    olive.says(f"settle {item(olive, 'Two records of one person')} join candidacy of 2025-01-10")
    assert doubles.JOINED.split("{")[0] in ann.last
    assert changes(ann) == [Change("CANCEL", "candidacy-2@lssc", 1, date(2030, 2, 1))]


def test_with_the_award_the_end_of_the_certificate_takes_the_place_of_the_four_years(
    world: World, ann: Someone, olive: Someone
) -> None:
    admit(world, ann, date(2025, 11, 23), date(2029, 11, 23))
    ann.says("calendar")
    done = {each: (date(2026, 11, 20), "course") for each in SETS[:-1]}
    world.act(lambda errand: candidacies.add_sets(errand.work, 1, done))
    world.act(lambda errand: _credit(errand, SETS[-1]))
    olive.says(f"settle {item(olive, 'Certificate to confirm')} confirm")
    assert ann.last.startswith("You are certified")
    assert changes(ann) == [
        Change("PUBLISH", CERTIFICATE, 0, date(2031, 11, 20)), Change("CANCEL", MINE, 1, date(2029, 11, 23)),
    ]  # fmt: skip


def _credit(errand: Errand, set_id: str) -> str:
    found = candidacies.by_id(errand.work, 1)
    return crediting.credit(errand, "olive", found, set_id, date(2026, 11, 20), "course")


def test_a_corrected_certificate_comes_with_its_dates(holder: Someone, olive: Someone) -> None:
    olive.says("correct certificate LSSC-2022-0001 Ann M. Example")
    dates = [
        Change("PUBLISH", OPENS, 0, date(2026, 3, 10)), Change("PUBLISH", CERTIFICATE, 0, date(2027, 3, 10)),
    ]  # fmt: skip
    assert changes(holder) == dates
    olive.says("correct certificate LSSC-2022-0001 Ann N. Example")
    assert changes(holder) == dates


def test_a_revoked_certificate_is_taken_out_and_comes_back_when_it_counts_again(
    holder: Someone, olive: Someone
) -> None:
    holder.says("calendar")
    olive.says("revoke LSSC-2022-0001 Your last course was not approved.")
    olive.presses("Revoke it")
    assert holder.last.startswith("The LSSC office has revoked your certificate")
    assert changes(holder) == [Change("CANCEL", CERTIFICATE, 1, date(2027, 3, 10))]
    assert holder.says("calendar").startswith("There is no date of yours")
    olive.says("reinstate LSSC-2022-0001 The course is approved after all.")
    olive.presses("Make it valid again")
    assert changes(holder) == [
        Change("PUBLISH", OPENS, 0, date(2026, 3, 10)), Change("PUBLISH", CERTIFICATE, 2, date(2027, 3, 10)),
    ]  # fmt: skip


def test_a_renewed_certificate_moves_its_dates(holder: Someone, olive: Someone) -> None:
    holder.says("calendar")
    for words in (HOURS.replace("cataloging", "technology"), "renew", "yes"):
        holder.says(words)
    olive.presses("Renew")
    assert holder.last.startswith("The LSSC office has renewed your certificate")
    assert changes(holder) == [
        Change("PUBLISH", OPENS, 0, date(2030, 3, 10)), Change("PUBLISH", CERTIFICATE, 1, date(2031, 3, 10)),
    ]  # fmt: skip


def test_a_review_is_entered_when_it_is_taken_and_moved_with_more_time(lssc: Program, eva: Someone) -> None:
    uid = review(eva)
    assert changes(eva) == [Change("PUBLISH", uid, 0, date(2026, 12, 23))]
    eva.says("need 10 more days")
    assert "is yours until 2 January 2027" in eva.last
    assert changes(eva) == [Change("PUBLISH", uid, 1, date(2027, 1, 2))]
    eva.says("need 10 more days")
    assert ("extended once already" in eva.last, changes(eva)) == (True, [])


def test_a_review_that_is_given_back_is_taken_out(eva: Someone) -> None:
    eva.says("I cannot after all")
    assert eva.last.startswith("That is all right")
    assert changes(eva) == [Change("CANCEL", review(eva), 1, date(2026, 12, 23))]


def test_an_assessment_takes_the_review_out_and_taken_back_enters_it_again(lssc: Program, eva: Someone) -> None:
    uid = review(eva)
    eva.says("all met")
    eva.says("confirm")
    assert "is recorded as “met”" in eva.last
    assert changes(eva) == [Change("CANCEL", uid, 1, date(2026, 12, 23))]
    eva.presses("Take it back")
    assert changes(eva) == [Change("PUBLISH", uid, 2, date(2026, 12, 23))]


def test_the_file_of_an_assessment_comes_before_a_form_that_was_put_aside_goes_on(eva: Someone) -> None:
    eva.says("fees")
    eva.presses("Assess it")
    eva.says("all met")
    before = len(eva.inbox)
    eva.says("confirm")
    confirmed, question = list(eva.inbox.values())[before:]
    assert ("is recorded as “met”" in confirmed.text, len(confirmed.drawings)) == (True, 1)
    assert (question.text.endswith("Are you a member of ALA?"), question.drawings) == (True, ())


def test_a_review_of_somebody_who_leaves_the_program_is_taken_out(lssc: Program, eva: Someone) -> None:
    for words in ("leave program", "yes", "yes"):
        lssc.candidate.says(words)
    assert eva.last.endswith("Thank you for being there for it.")
    assert changes(eva) == [Change("CANCEL", review(eva), 1, date(2026, 12, 23))]


def test_a_review_that_is_late_goes_to_the_next_and_is_taken_out(lssc: Program, eva: Someone) -> None:
    lssc.later(days=34)
    lssc.settles("Review that is late", "next")
    assert eva.last.endswith("Thank you for being there for it.")
    assert changes(eva) == [Change("CANCEL", review(eva), 1, date(2026, 12, 23))]


def test_an_offer_that_lapses_was_never_in_a_calendar(lssc: Program, eva: Someone) -> None:
    fred = Someone(lssc.world, "email", "fred@elsewhere.org")
    lssc.later(days=7, hours=1)
    assert (fred.last.startswith("The offer of review R-"), changes(fred)) == (True, [])


def test_all_dates_of_a_person_are_in_one_file_the_soonest_first(world: World, holder: Someone, olive: Someone) -> None:
    olive.says("add webinar portfolios 3 December 2026 3 pm, 60 min, 1 seat")
    holder.says("sign up WEB-1")
    admit(world, holder, date(2026, 1, 10), date(2030, 1, 10))
    assert holder.says("calendar").startswith("Here are your dates as a file")
    assert [(each.uid, each.sequence) for each in changes(holder)] == [
        ("webinar-1@lssc", 0), (CERTIFICATE, 0), ("candidacy-2@lssc", 0),
    ]  # fmt: skip
