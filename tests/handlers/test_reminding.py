"""Reminders: planned for everybody at once, sent by each person's own clock and wishes, once, and never in vain."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import delete, insert, update

from flows.program import waiting
from flows.program.reminding import Rule
from flows.program.webinars import Webinar
from handlers import ending, profile, stopping, telling
from handlers.exchange import Errand
from handlers.reminders import composing, planning, releasing, trying, wishes
from handlers.reminders.composing import Matter
from notifications import reminders
from storage import (
    applications,
    candidacies,
    certificates,
    conversations,
    erasing,
    evidence,
    people,
    profiles,
    sharing,
    webinars,
)
from storage import reminders as storage_reminders
from tests.handlers.acting import Rows
from tests.handlers.reminding import plan, remind
from tests.handlers.world import MONDAY, Someone, World

ANN = 2
LAST = date(2027, 2, 23)  # three months after the Monday
EVENING = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)  # ten at the office
MORNING = datetime(2026, 11, 24, 14, 0, tzinfo=UTC)
AN_EVALUATORS_SATURDAY = datetime(2026, 11, 28, 15, 0, tzinfo=UTC)


@pytest.fixture
def ann(world: World, olive: Someone) -> Someone:
    """A candidate whose four years end in three months."""
    speaker = world.somebody("telegram", "4711", "Ann")
    world.act(lambda errand: candidacies.add(errand.work, ANN, None, date(2023, 2, 23), LAST, "active"))
    world.act(lambda errand: people.remember(errand.work, ANN, {people.ZONE_ASKED: "yes"}, errand.today))
    return speaker


def states(rows: Rows) -> dict[str, str]:
    return {f"{row['rule']} {row['step']}": str(row["state"]) for row in rows("reminder")}


def link(world: World) -> None:
    """A link that is to be placed, since four days."""
    world.now -= timedelta(days=4)
    world.act(lambda errand: evidence.add(errand.work, 1, "https://example.org/guide"))
    world.now += timedelta(days=4)


def test_a_deadline_is_told_with_weekday_and_zone_and_only_once(world: World, ann: Someone, rows: Rows) -> None:
    ann.says("time zone Honolulu")
    world.now += timedelta(hours=4)
    assert [remind(world.act) for _ in range(3)] == [1, 0, 0]
    text = ann.last
    assert "the end of Tuesday 23 February 2027, Hawaii time (Honolulu)" in text
    assert "Complete so far: 0 of 6 sets, 6 to go. You have until" in text
    assert text.count("that is in 92 days.") == 1
    assert text.endswith(releasing.HOW)
    assert states(rows)["four-years 2"] == "sent"


def test_several_come_as_one_message_and_a_number_leads_to_each(world: World, ann: Someone, rows: Rows) -> None:
    link(world)
    before = len(ann.inbox)
    assert remind(world.act) == 1
    assert len(ann.inbox) == before + 1
    lines = ann.last.split("\n\n")
    assert lines[0] == releasing.SEVERAL
    assert [line[:2] for line in lines[1:-1]] == [f"{number}." for number in range(1, len(lines) - 1)]
    labels = [choice.label for choice in list(ann.inbox.values())[-1].choices]
    number = labels.index("Links to place") + 1
    assert "https://example.org/guide" in ann.says(str(number))
    assert set(states(rows).values()) == {"sent"}


def test_nothing_comes_at_night_and_it_is_all_there_in_the_morning(world: World, ann: Someone) -> None:
    world.now = EVENING
    assert remind(world.act) == 0
    world.now = MORNING - timedelta(seconds=1)
    assert remind(world.act) == 0
    world.now = MORNING
    assert remind(world.act) == 1


def test_what_is_done_meanwhile_is_cancelled_in_that_very_turn(world: World, ann: Someone, rows: Rows) -> None:
    world.now = EVENING
    link(world)
    remind(world.act)
    assert states(rows)["links-to-place 0"] == "planned"
    ann.says("remove 1")
    assert "links-to-place 0" not in states(rows)
    assert states(rows)["four-years 2"] == "planned"
    world.now = MORNING
    assert remind(world.act) == 1
    assert "example.org" not in ann.last


def test_what_somebody_else_does_cancels_it_too(world: World, ann: Someone, rows: Rows) -> None:
    world.now = EVENING
    remind(world.act)

    def ended(errand: Errand) -> None:
        candidacies.move(errand.work, 1, "active", "ended")
        telling.tell(errand, ANN, "It has ended.")

    from handlers.reminders import moot

    world.act(lambda errand: (ended(errand), moot.cancel(errand)))
    assert states(rows) == {}


def test_an_extended_deadline_is_another_matter(world: World, ann: Someone, rows: Rows) -> None:
    world.now = EVENING
    remind(world.act)
    world.act(lambda errand: candidacies.extend(errand.work, 1, date(2028, 2, 23)))
    world.now = MORNING
    remind(world.act)
    assert states(rows)["four-years 2"] == "cancelled"
    assert "2028" not in ann.last


def test_after_a_long_pause_only_the_newest_step_comes_with_the_days_of_now(
    world: World, ann: Someone, rows: Rows
) -> None:
    world.now = MONDAY - timedelta(days=60)
    plan(world.act)
    world.act(lambda errand: errand.work.connection.execute(delete(storage_reminders.reminder)))
    world.now = datetime(2027, 2, 12, 16, 0, tzinfo=UTC)
    remind(world.act)
    found = {name: state for name, state in states(rows).items() if not name.startswith("behind-pace")}
    assert found == {"four-years 3": "superseded", "last-days 0": "sent"}
    assert ann.last.count("in 11 days") == 1


def test_a_clock_put_back_sends_nothing_anew_and_keeps_nobody_out(world: World, ann: Someone, rows: Rows) -> None:
    assert remind(world.act) == 1
    world.now += timedelta(days=30)
    remind(world.act)
    before = len(rows("reminder"))
    world.now -= timedelta(days=30)
    assert [plan(world.act), len(rows("reminder"))] == [0, before]
    bob = world.somebody("telegram", "4712", "Bob")
    world.act(lambda errand: candidacies.add(errand.work, 3, None, date(2023, 2, 23), LAST, "active"))
    assert remind(world.act) == 1
    assert "23 February 2027" in bob.last


def test_volunteers_are_not_written_to_on_weekends(world: World, ann: Someone, rows: Rows) -> None:
    quick = Rule("review-due", "candidates", reminders.rules()["four-years"].steps, "reviews", "-", weekdays=True)
    from handlers.reminders import manners

    world.now = AN_EVALUATORS_SATURDAY
    until = world.act(lambda errand: manners.of(errand, ANN).until(quick, errand.work.now))
    assert until == datetime(2026, 11, 30, 14, 0, tzinfo=UTC)
    assert (
        world.act(lambda errand: manners.of(errand, ANN).until(replace(quick, weekdays=False), errand.work.now)) is None
    )


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("stop deadlines", "deadlines"),
        ("no more deadline reminders", "deadlines"),
        ("stop the evidence reminders", "evidence"),
    ],
)
def test_a_kind_is_stopped_in_plain_words_and_what_comes_all_the_same_is_told(
    world: World, ann: Someone, said: str, kind: str
) -> None:
    told = ann.says(said)
    assert told.startswith(f"You get no more {stopping.KINDS[kind]}.")
    assert ("costs four years of work" in told) == (kind == "deadlines")
    remind(world.act)
    assert ("You have until" in ann.last) == (kind != "deadlines")
    assert ann.says(f"start {kind}") == f"You get {stopping.KINDS[kind]} again; `stop` ends them."


def test_what_cannot_be_stopped_comes_all_the_same(world: World, ann: Someone) -> None:
    assert re.findall("“(.+?)”", ann.says("stop")) == ["Your time as a candidate ends soon"]
    remind(world.act)
    world.now = datetime(2027, 2, 20, 16, 0, tzinfo=UTC)
    assert remind(world.act) == 1
    assert "that is in 3 days; then your time as a candidate is over" in ann.last


@pytest.mark.parametrize(
    ("said", "until"),
    [("snooze until 1 December", "1 December 2026"), ("Don't remind me until December 1", "1 December 2026")],
)
def test_reminders_wait_until_a_day(world: World, ann: Someone, said: str, until: str) -> None:
    assert ann.says(said) == wishes.SNOOZED.format(until)
    assert remind(world.act) == 0
    world.now = datetime(2026, 12, 1, 5, 59, tzinfo=UTC)
    assert remind(world.act) == 0
    world.now = datetime(2026, 12, 1, 14, 0, tzinfo=UTC)
    assert remind(world.act) == 1


def test_waiting_ends_sooner_by_a_word(world: World, ann: Someone) -> None:
    ann.says("snooze until 1 March 2027")
    assert remind(world.act) == 0
    assert "They wait until 1 March 2027 (`wake`)." in ann.says("reminders")
    assert ann.says("wake") == wishes.AWAKE
    assert remind(world.act) == 1


@pytest.mark.parametrize(
    ("said", "hint"),
    [
        ("snooze", waiting.EXAMPLE),
        ("snooze until yesterday", waiting.OVER),
        ("snooze until 31 June", "June 2027 has 30 days, not 31. Which day is it?"),
        ("snooze until 1 June 2030", wishes.TOO_LONG),
        ("snooze until the cows come home", waiting.EXAMPLE),
    ],
)
def test_a_day_that_does_not_do_is_asked_for_again(world: World, ann: Someone, said: str, hint: str) -> None:
    assert ann.says(said).endswith(hint)
    assert remind(world.act) == 1


def test_fewer_means_two_weeks_between_messages(world: World, ann: Someone) -> None:
    assert ann.says("fewer reminders") == wishes.FEWER
    assert ann.says("fewer") == wishes.FEWER_BEFORE
    assert remind(world.act) == 1
    world.now += timedelta(days=3)
    world.act(lambda errand: evidence.add(errand.work, 1, "https://example.org/guide"))
    world.now += timedelta(days=4)
    assert remind(world.act) == 0
    world.now += timedelta(days=7)
    assert remind(world.act) == 1
    assert ann.says("more reminders") == wishes.MORE


def test_only_email_names_the_channel(world: World, ann: Someone) -> None:
    world.act(lambda errand: people.add_address(errand.work, ANN, "email", "ann@library.org", "proved"))
    mails = Someone(world, "email", "ann@library.org")
    assert "ann@library.org" in ann.says("only email")
    before = len(mails.inbox)
    remind(world.act)
    assert len(mails.inbox) == before + 1
    assert list(mails.inbox.values())[-1].stoppable == "deadlines"


def test_who_cannot_be_reached_is_put_to_the_desk_once(world: World, ann: Someone, rows: Rows) -> None:
    world.act(lambda errand: people.mark_unreachable(errand.work, 2))
    for _ in range(2):
        remind(world.act)
        world.now += timedelta(days=30)
    assert [row["kind"] for row in rows("desk_item")].count("undeliverable") == 1
    assert set(states(rows).values()) == {"unreachable"}


def test_a_message_of_reminders_a_day(world: World, ann: Someone, rows: Rows) -> None:
    assert remind(world.act) == 1
    link(world)
    world.now += timedelta(minutes=15)
    assert remind(world.act) == 0
    world.now += timedelta(days=1)
    assert remind(world.act) == 1


def test_a_reminder_that_fails_is_told_to_the_desk_and_tried_again_tomorrow(
    world: World, ann: Someone, rows: Rows
) -> None:
    plan(world.act)
    world.act(lambda errand: releasing.give_up(errand, ANN, "KeyError"))
    assert remind(world.act) == 0
    assert [row["kind"] for row in rows("desk_item")] == ["script error"]
    world.now += timedelta(days=1)
    assert remind(world.act) == 1


def test_every_rule_has_its_words_and_every_template_its_rule() -> None:
    assert set(composing.COMPOSE) == set(reminders.rules())
    assert {each.kind for each in reminders.rules().values()} <= set(stopping.KINDS)


def test_a_rule_can_be_tried_without_a_trace(world: World, ann: Someone, rows: Rows) -> None:
    rule = reminders.rules()["four-years"]
    found = world.act(lambda errand: trying.preview(errand, ANN, rule))
    assert [each.day for each in found] == [date(2026, 2, 23), date(2026, 8, 23), date(2026, 11, 23), date(2027, 1, 23)]
    assert all("6 to go" in each.text for each in found)
    left = re.compile(r"that is in (\d+) days")
    assert [left.findall(each.text) for each in found] == [["365"], ["184"], ["92"], ["31"]]
    today = world.act(lambda errand: trying.preview(errand, ANN, rule, now=True))
    assert {one for each in today for one in left.findall(each.text)} == {"92"}
    world.act(planning.settle)
    assert world.act(lambda errand: planning.counted(errand, rule)) == {2: 1}
    assert (rows("reminder"), rows("planned")) == ([], [])


def test_a_link_to_a_record_that_ends_soon(world: World, ann: Someone) -> None:
    ends = MONDAY + timedelta(days=10)
    world.act(lambda errand: sharing.add(errand.work, 1, "token", "my director", ("sets",), ends))
    world.now += timedelta(days=7)
    world.act(lambda errand: sharing.add(errand.work, 1, "another", "my friend", ("sets",), ends))
    remind(world.act)
    assert "for my director" in ann.last
    assert "for my friend" not in ann.last


def test_the_profile_and_the_overview_tell_how_it_stands(world: World, ann: Someone) -> None:
    ann.says("stop evidence")
    ann.says("fewer")
    told = ann.says("reminders")
    assert "Off: reminders of what you began or are to revise (`start evidence`)" in told
    assert "At most one message in two weeks (`more reminders`)." in told
    assert "`reminders`" in ann.says("profile")
    assert profile.NOT_SURE  # a forged sender changes nothing: tests/handlers/test_mail.py
    with world.house.database.work(world.now) as work:
        assert profiles.of(work, ANN).fewer


def test_a_matter_by_its_moment_or_its_day() -> None:
    rule = reminders.rules()["four-years"]
    assert Matter(1, 1, datetime(2026, 1, 2, 23, tzinfo=UTC), rule, 0).day == date(2026, 1, 2)
    assert Matter(1, 1, date(2026, 1, 2), rule, 0).day == date(2026, 1, 2)


@pytest.fixture
def holder(world: World, ann: Someone) -> Someone:
    """Certified since a year; four years are left."""
    certified(world, date(2025, 11, 23), date(2030, 11, 23))
    return ann


def certified(world: World, since: date, until: date) -> None:
    """With the one candidacy there is."""

    def issue(errand: Errand) -> None:
        candidacies.move(errand.work, 1, "active", "certified")
        candidacies.add_sets(errand.work, 1, {"technology": (since, "course")})
        certificates.issue(errand.work, 1, "Ann Zwicky", ("technology",), since, until, since + timedelta(days=8))

    world.act(issue)


def test_a_holder_behind_an_even_pace_hears_of_the_hours(world: World, holder: Someone) -> None:
    assert remind(world.act) == 1
    assert "0 of 32 contact hours; at an even pace it would be 6 by now" in holder.last


def test_a_holder_with_enough_hours_does_not(world: World, holder: Someone, rows: Rows) -> None:
    assert "of 32" in holder.says("6 h conference 12 May 2026, technology")
    holder.says("3 h workshop 1 June 2026, technology")
    assert remind(world.act) == 0
    assert states(rows) == {"hours 0": "cancelled"}


def test_the_end_of_a_certificate_and_what_its_renewal_takes(world: World, holder: Someone) -> None:
    remind(world.act)
    world.now = datetime(2029, 11, 23, 16, 0, tzinfo=UTC)
    assert remind(world.act) == 1
    assert "is valid until Saturday 23 November 2030: that is in 365 days." in holder.last
    assert "The committee was still adopting the renewal policy" in holder.last
    holder.says("snooze until 22 November 2030")
    world.now = datetime(2030, 10, 24, 16, 0, tzinfo=UTC)
    holder.says("snooze until 24 November 2030")
    remind(world.act)
    world.now = datetime(2030, 11, 24, 16, 0, tzinfo=UTC)
    remind(world.act)
    assert holder.last.startswith(
        "Your certificate LSSC-2025-0001 was valid until Saturday 23 November 2030, and was not"
    )


def webinar(world: World, starts: datetime) -> None:
    def add(errand: Errand) -> None:
        number = webinars.add(
            errand.work,
            Webinar("P-1", "portfolios", "Portfolios", starts, "America/Chicago", 60, 25, "https://example.org/room"),
        )
        webinars.take(errand.work, number or 0, ANN, "signed")

    world.act(add)


def test_a_webinar_is_told_a_week_a_day_and_an_hour_before(world: World, olive: Someone, rows: Rows) -> None:
    ann = world.somebody("telegram", "4711", "Ann")
    starts = datetime(2026, 12, 3, 21, 0, tzinfo=UTC)
    webinar(world, starts)
    for before in (timedelta(days=7), timedelta(days=1), timedelta(hours=1)):
        world.now = starts - before - timedelta(minutes=15)
        assert remind(world.act) == 0
        world.now = starts - before
        assert [remind(world.act), remind(world.act)] == [1, 0]
    world.now = starts + timedelta(hours=1)
    assert remind(world.act) == 0
    assert "Thursday 3 December 2026, 3 pm" in ann.last
    assert "https://example.org/room" in ann.last


def test_a_place_had_late_is_not_reminded_of_by_the_steps_before_it(world: World, olive: Someone, rows: Rows) -> None:
    ann, bea = (Someone(world, "telegram", number, name) for number, name in (("4711", "Ann"), ("4712", "Bea")))
    olive.says("add webinar portfolios 3 December 2026 3 pm, 60 min, 1 seat, https://meet.example.org/a")
    ann.says("sign up WEB-1")
    assert "waiting list" in bea.says("sign up WEB-1")
    starts = datetime(2026, 12, 3, 21, 0, tzinfo=UTC)
    world.now = starts - timedelta(days=6)
    ann.says("leave webinar WEB-1")
    assert "A place became free" in bea.last
    assert remind(world.act) == 0
    world.now = starts - timedelta(days=1)
    assert remind(world.act) == 1
    assert bea.last.startswith("A reminder of Developing portfolios (WEB-1): Thursday 3 December 2026, 3 pm")


def test_an_hour_before_is_not_held_back_by_another_message_that_day(world: World, ann: Someone, rows: Rows) -> None:
    webinar(world, MONDAY + timedelta(hours=3))
    assert remind(world.act) == 1
    world.now += timedelta(hours=2)
    assert remind(world.act) == 1
    assert ann.last.startswith("Portfolios (P-1) begins soon: Monday 23 November 2026, noon")


def test_who_left_or_whose_webinar_is_cancelled_is_not_reminded(world: World, ann: Someone, rows: Rows) -> None:
    webinar(world, MONDAY + timedelta(hours=24))
    plan(world.act)
    assert states(rows)["webinar 1"] == "planned"
    ann.says("leave webinar P-1")
    assert "webinar 1" not in states(rows)
    world.now += timedelta(hours=23)
    remind(world.act)
    assert "P-1" not in ann.last


def test_what_is_over_and_comes_back_is_reminded_of_again(world: World, ann: Someone) -> None:
    webinar(world, MONDAY + timedelta(hours=24))
    ann.says("quiet hours 9 am to 8 pm")
    plan(world.act)
    for words in ("leave webinar P-1", "sign up P-1"):
        ann.says(words)
    ann.says("quiet hours off")
    remind(world.act)
    assert "Portfolios (P-1)" in ann.last


def test_a_day_of_the_offices_begins_at_the_persons_own_midnight(world: World, ann: Someone, rows: Rows) -> None:
    """A certificate is valid until the end of its last day where its holder lives."""
    ann.says("time zone Honolulu")
    certified(world, date(2021, 11, 22), date(2026, 11, 22))
    world.now = datetime(2026, 11, 23, 6, 30, tzinfo=UTC)  # past midnight at the office, half past eight in Honolulu
    assert remind(world.act) == 0
    world.now = datetime(2026, 11, 23, 18, 5, tzinfo=UTC)
    assert remind(world.act) == 1
    assert "today" not in ann.last
    assert states(rows)["certificate-ends 1"] == "sent"


def test_who_was_forgotten_is_reminded_of_nothing(world: World, ann: Someone, rows: Rows) -> None:
    certified(world, date(2021, 12, 7), date(2026, 12, 7))
    world.act(lambda errand: erasing.erase(errand.work, ANN, 2))
    assert (plan(world.act), rows("reminder")) == (0, [])


def test_a_candidacy_that_is_frozen_late_is_told_of_as_well(world: World, ann: Someone, rows: Rows) -> None:
    world.now = datetime(2027, 3, 23, 18, 0, tzinfo=UTC)  # a month after the end
    assert world.act(ending.freeze) == 1
    assert [remind(world.act) for _ in range(2)] == [1, 0]
    assert states(rows)["time-over 0"] == "sent"


def test_a_rule_that_is_no_more_keeps_nobody_waiting(world: World, ann: Someone, rows: Rows) -> None:
    gone = {"person_id": ANN, "rule": "gone", "matter": 1, "anchor": "2026-11-23", "step": 0, "state": "planned"}
    when = {"planned_at": MONDAY, "look_at": MONDAY - timedelta(days=1)}
    world.act(lambda errand: errand.work.connection.execute(insert(storage_reminders.reminder), gone | when))
    remind(world.act)
    assert states(rows)["gone 0"] == "cancelled"


def test_the_office_is_told_of_what_the_person_does_not_want_to_hear(world: World, ann: Someone, rows: Rows) -> None:
    ann.says("stop")
    world.act(lambda errand: applications.add(errand.work, ANN, "LSSC-2026-AAAA", "{}", 10000))
    world.now += timedelta(days=28)
    assert remind(world.act) == 0
    [item] = [row for row in rows("desk_item") if row["kind"] == releasing.IN_VAIN]
    assert "longer than applicants are told" in str(item["details"])


def test_an_application_that_was_sent_back_is_reminded_of_until_it_is_being_corrected(
    world: World, ann: Someone
) -> None:
    def sent_back(errand: Errand) -> None:
        candidacies.move(errand.work, 1, "active", "ended")
        applications.add(errand.work, ANN, "LSSC-2026-AAAA", "{}", 10000)
        [found] = applications.of(errand.work, ANN)
        applications.save(errand.work, replace(found, state="returned", changed_at=errand.work.now, reason="No proof"))

    world.act(sent_back)
    world.now += timedelta(days=7)
    assert remind(world.act) == 1
    assert "LSSC-2026-AAAA came back to you on 23 November 2026: No proof. `apply` opens it" in ann.last
    ann.says("apply")
    world.now += timedelta(days=15)
    remind(world.act)
    assert "came back to you" not in ann.last
    assert "application" in ann.last


def test_whom_nobody_has_asked_for_their_zone_is_asked_with_the_first_of_their_days(world: World, ann: Someone) -> None:
    world.act(lambda errand: people.forget_facts(errand.work, ANN, [people.ZONE_ASKED]))
    assert remind(world.act) == 1
    assert "which time zone are you in?" in ann.last
    labels = [choice.label for choice in list(ann.inbox.values())[-1].choices]
    assert "Hawaii time (Honolulu)" not in labels  # the four that most people live in, and another one
    assert "Denver" in ann.says("Mountain time (Denver)")
    world.now = datetime(2027, 1, 25, 18, 0, tzinfo=UTC)
    assert remind(world.act) == 1
    assert "which time zone" not in ann.last
    assert "Mountain time (Denver)" in ann.last


def test_what_cannot_wait_goes_to_a_chat_unless_another_place_is_wished(world: World, olive: Someone) -> None:
    world.somebody("telegram", "4711", "Ann")
    mail = world.act(lambda errand: people.add_address(errand.work, ANN, "email", "ann@example.org", "proved"))
    world.act(lambda errand: conversations.open_(errand.work, ANN, "fees", "{}", mail))
    starts = MONDAY + timedelta(hours=1)
    webinar(world, starts)

    def where(channel: str) -> str:
        found = world.act(lambda errand: telling.reach(errand, ANN, channel=channel))
        return str(found.channel)

    assert (where(""), where("chat"), where("email")) == ("email", "telegram", "email")
    assert reminders.rules()["webinar-soon"].channel == "chat"
    world.act(lambda errand: profiles.put(errand.work, ANN, profiles.Profile(prefers=mail)))
    assert where("chat") == "email"


def test_what_was_planned_for_a_record_that_is_part_of_another_is_dropped(
    world: World, ann: Someone, rows: Rows
) -> None:
    plan(world.act)
    joined = update(people.person).where(people.person.c.id == ANN).values(merged_into=1)
    world.act(lambda errand: errand.work.connection.execute(joined))
    assert world.act(lambda errand: releasing.release(errand, [ANN])) == 0
    assert rows("reminder") == []


def test_a_kind_begins_again_only_when_reminders_do(world: World, ann: Someone) -> None:
    ann.says("stop")
    ann.says("stop deadlines")
    assert "stopped still; `start reminders`" in ann.says("start deadlines")
    assert "stopped still" not in ann.says("start reminders")
    ann.says("stop deadlines")
    assert ann.says("start deadlines").endswith("`stop` ends them.")


def test_stop_renewal_stops_its_reminders_and_takes_nothing_back(world: World, holder: Someone) -> None:
    assert "renewal" in holder.says("stop renewal")
    assert remind(world.act) == 0
    assert "No request for renewal" in holder.says("take back renewal")


def test_an_application_that_is_kept_no_longer_is_not_reminded_of(world: World, olive: Someone) -> None:
    eve = Someone(world, "telegram", "12", "Eve")
    eve.says("apply")
    eve.says("Eve Adams")
    plan(world.act)
    world.now += timedelta(days=21)
    plan(world.act)
    world.now += timedelta(days=40)
    assert remind(world.act) == 0


@pytest.mark.parametrize("said", ["snooze until tomorrow", "snooze tomorrow"])
def test_reminders_can_wait_until_tomorrow(world: World, ann: Someone, said: str) -> None:
    assert "no reminders until 24 November 2026" in ann.says(said)
    assert remind(world.act) == 0
    world.now += timedelta(days=1)
    assert remind(world.act) == 1
