"""Joining two records: nothing of any table stays with the absorbed one; and taking an address out again."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from itertools import count

import pytest
from sqlalchemy import UniqueConstraint, insert, select
from sqlmodel import SQLModel

from flows.program.catalogue import Course
from flows.program.webinars import Webinar
from storage import (
    applications,
    ballots,
    calendars,
    candidacies,
    codes,
    conversations,
    courses,
    desk,
    evaluators,
    feedback,
    held,
    linking,
    outbox,
    papers,
    people,
    profiles,
    reminders,
    reviews,
    roles,
    submissions,
    tables,
    unwanted,
    webinars,
)
from storage.database import Database, Work
from storage.linking import Record
from storage.profiles import Profile

NUMBERS = count(1)
ONE_EACH = (
    "fact", "role", "unwanted", "course_wish", "course_news", "profile", "evaluator", "evaluator_set",
    "reminder", "webinar_seat", "calendar_event",
)  # fmt: skip


def _conversation(work: Work, person: int, other: int) -> None:
    conversations.open_(work, person, "fees", "{}")


def _address(work: Work, person: int, other: int) -> None:
    people.add_address(work, person, "email", f"{next(NUMBERS)}@example.org", "claimed")


def _fact(work: Work, person: int, other: int) -> None:
    people.remember(work, person, {"state": "Ohio"}, date(2026, 1, 1))


def _application(work: Work, person: int, other: int) -> None:
    number = applications.add(work, person, f"LSSC-{next(NUMBERS)}", "{}", 35_000)
    values = {"application_id": number, "kind": "payment", "amount_cents": 100, "payer": "her library"}
    more = {"reference": "", "received_on": date(2026, 1, 1), "recorded_at": work.now, "recorded_by": "office"}
    work.connection.execute(insert(tables.of(tables.Payment)), values | more)


def _candidacy(work: Work, person: int, other: int) -> None:
    values = {"person_id": person, "admitted_on": date(2026, 1, 1), "deadline": date(2030, 1, 1), "state": "active"}
    work.connection.execute(insert(tables.of(tables.Candidacy)), values | {"created_at": work.now})


def _unanswered(work: Work, person: int, other: int) -> None:
    feedback.unanswered(work, person, "why?", [])


def _item(work: Work, person: int, other: int) -> None:
    desk.add(work, "hand-off", person, "{}")


def _assigned(work: Work, person: int, other: int) -> None:
    desk.assign(work, desk.add(work, "hand-off", other, "{}"), person)


def _role(work: Work, person: int, other: int) -> None:
    roles.give(work, person, "evaluator", "the office")


def _unwanted(work: Work, person: int, other: int) -> None:
    unwanted.stop(work, person, "reminders")


def _paper(work: Work, person: int, other: int) -> None:
    papers.add(work, person, "schooling abroad", "page.pdf", "application/pdf", b"%PDF")


def _course_wish(work: Work, person: int, other: int) -> None:
    courses.wish(work, person, "technology")


def _course_news(work: Work, person: int, other: int) -> None:
    if courses.by_code(work, "TEC-1") is None:
        approved = date(2026, 1, 1)
        courses.add(work, Course("TEC-1", "A", "B", "technology", "online", "", None, None, approved, None, "", ""))
    number = work.connection.execute(select(courses.course.c.id)).scalar_one()
    work.connection.execute(courses.TELL, {"person_id": person, "course_id": number, "at": work.now})


def _profile(work: Work, person: int, other: int) -> None:
    profiles.put(work, person, Profile(library="Springfield Public Library"))


def _held_letter(work: Work, person: int, other: int) -> None:
    held.add(work, person, "{}", "", work.now)


def _reminder(work: Work, person: int, other: int) -> None:
    told = {"rule": "idle", "matter": 1, "anchor": "2026-11-23", "step": 0, "state": "planned"}
    values = told | {"person_id": person, "planned_at": work.now, "look_at": work.now}
    work.connection.execute(insert(reminders.reminder), values)


def _evaluator(work: Work, person: int, other: int) -> None:
    evaluators.add(work, person, "trained", "", "", "", None)


def _evaluator_set(work: Work, person: int, other: int) -> None:
    evaluators.set_sets(work, person, ["technology"])


def _conflict(work: Work, person: int, other: int) -> None:
    evaluators.add_conflict(work, person, "declared", workplace="Springfield Public Library")


def _known_candidate(work: Work, person: int, other: int) -> None:
    evaluators.add_conflict(work, other, "knows the candidate", candidate=person)


def _reader(work: Work, person: int, other: int) -> None:
    number = candidacies.add(work, other, None, date(2026, 1, 1), date(2030, 1, 1), "active")
    handed_in = submissions.add(work, number, "technology", 1, f"SET-{next(NUMBERS)}", "{}", "[]", "")
    review = reviews.add(work, handed_in.id, f"R-{next(NUMBERS)}")
    reviews.ask(work, review.id, person, work.now, third=False)


def _vote(work: Work, person: int, other: int) -> None:
    number = ballots.ask(work, "evaluator", next(NUMBERS))
    assert number is not None
    ballots.vote_for(work, number, person, says=True)


def _webinar(work: Work) -> int:
    known = webinars.by_code(work, "WEB-1")
    if known is not None:
        return known.id
    number = webinars.add(work, Webinar("WEB-1", "record", "Records", work.now, "America/Chicago", 60, 9))
    assert number is not None
    return number


def _webinar_seat(work: Work, person: int, other: int) -> None:
    webinars.take(work, _webinar(work), person, "signed")


def _calendar_event(work: Work, person: int, other: int) -> None:
    calendars.number(work, person, "candidacy-1@lssc", "{}", cancelled=False)


FILL: dict[str, Callable[[Work, int, int], None]] = {
    "address.person_id": _address,
    "webinar_seat.person_id": _webinar_seat,
    "calendar_event.person_id": _calendar_event,
    "application.person_id": _application,
    "candidacy.person_id": _candidacy,
    "ballot_vote.person_id": _vote,
    "conflict.candidate_id": _known_candidate,
    "conflict.person_id": _conflict,
    "conversation.person_id": _conversation,
    "course_news.person_id": _course_news,
    "course_wish.person_id": _course_wish,
    "desk_item.assigned_to": _assigned,
    "desk_item.person_id": _item,
    "evaluator.person_id": _evaluator,
    "evaluator_set.person_id": _evaluator_set,
    "fact.person_id": _fact,
    "held_letter.person_id": _held_letter,
    "paper.person_id": _paper,
    "profile.person_id": _profile,
    "reminder.person_id": _reminder,
    "review_reader.person_id": _reader,
    "role.person_id": _role,
    "unanswered.person_id": _unanswered,
    "unwanted.person_id": _unwanted,
}


@pytest.fixture
def work(database: Database, now: datetime) -> Iterator[Work]:
    with database.work(now) as opened:
        yield opened


def two(work: Work) -> tuple[Record, Record]:
    """An older and a younger record, both locked."""
    ids = [people.add(work, "telegram", str(next(NUMBERS))).person_id for _ in range(2)]
    older, younger = linking.lock(work, reversed(ids))
    return older, younger


def test_this_test_fills_every_column_that_refers_to_a_person() -> None:
    named = {f"{table.name}.{column.name}" for table, column in linking.refers()}
    assert named == set(FILL)
    looks_like_one = {
        f"{table.name}.{column.name}"
        for table in SQLModel.metadata.sorted_tables
        for column in table.columns
        if "person" in column.name
    }
    assert looks_like_one <= named


@pytest.mark.parametrize("name", FILL)
@pytest.mark.parametrize("both", [False, True])
def test_nothing_stays_with_the_absorbed_record_and_nothing_is_lost(work: Work, name: str, both: bool) -> None:
    kept, absorbed = two(work)
    fill = FILL[name]
    fill(work, absorbed.id, kept.id)
    if both:
        fill(work, kept.id, absorbed.id)
    table_name, _, column_name = name.partition(".")
    column = SQLModel.metadata.tables[table_name].c[column_name]
    mine = select(column).where(column.in_((kept.id, absorbed.id)))
    before = len(work.connection.execute(mine).all())
    linking.merge(work, kept, absorbed)
    left = [
        f"{table.name}.{each.name}"
        for table, each in linking.refers()
        if work.connection.execute(select(each).where(each == absorbed.id)).first()
    ]
    after = len(work.connection.execute(mine).all())
    assert left == []
    assert after == before - (both and table_name in ONE_EACH)  # of what both had, one is kept


def test_the_absorbed_row_says_where_it_went_also_over_two_joins(work: Work) -> None:
    first, second = two(work)
    third, fourth = two(work)
    linking.merge(work, third, fourth)
    linking.merge(work, first, third)
    rows = work.connection.execute(select(linking.person.c.id, linking.person.c.merged_into)).all()
    assert {row.id: row.merged_into for row in rows} == {
        first.id: None, second.id: None, third.id: first.id, fourth.id: first.id,
    }  # fmt: skip
    assert [each.id for each in linking.lock(work, (first.id, third.id, fourth.id))] == [first.id]


def test_of_two_open_conversations_the_one_opened_first_is_set_aside(database: Database, now: datetime) -> None:
    with database.work(now) as work:
        kept, absorbed = two(work)
        older = conversations.open_(work, kept.id, "apply", "{}")
    with database.work(now + timedelta(minutes=1)) as work:
        newer = conversations.open_(work, absorbed.id, "fees", "{}")
        linking.merge(work, *linking.lock(work, (kept.id, absorbed.id)))
        states = [conversations.by_id(work, each) for each in (older, newer)]
        assert [(each.person_id, each.state) for each in states if each] == [(kept.id, "parked"), (kept.id, "open")]


def test_the_newest_fact_is_kept_with_its_whole_family(work: Work) -> None:
    kept, absorbed = two(work)
    people.remember(work, kept.id, {"job.1": "20 h a week", "job.1.start": "2019", "state": "Ohio"}, date(2026, 1, 1))
    people.remember(work, absorbed.id, {"job.1": "about 900 hours", "job.1.more": "1"}, date(2026, 2, 1))
    people.remember(work, absorbed.id, {"state": "Texas", "member": "yes"}, date(2025, 12, 1))
    linking.merge(work, kept, absorbed)
    facts = {key: words for key, (words, _) in people.facts(work, kept.id, date.min).items()}
    assert facts == {"job.1": "about 900 hours", "job.1.more": "1", "state": "Ohio", "member": "yes"}


def test_all_roles_of_both_are_kept(work: Work) -> None:
    kept, absorbed = two(work)
    roles.give(work, kept.id, "committee", "the office", "academic librarian", chair=True)
    roles.give(work, absorbed.id, "committee", "the office", "public librarian")
    roles.give(work, absorbed.id, "mentor", "the office")
    linking.merge(work, kept, absorbed)
    assert [(held.person_id, held.role, held.seat, held.chair) for held in roles.everybody(work)] == [
        (kept.id, "committee", "academic librarian", True), (kept.id, "mentor", "", False),
    ]  # fmt: skip


@pytest.mark.parametrize(("mine", "theirs", "after"), [("Ann", "annie", "Ann"), ("", "annie", "annie")])
def test_a_name_is_never_overwritten(work: Work, mine: str, theirs: str, after: str) -> None:
    kept, absorbed = two(work)
    people.name(work, kept.id, mine)
    people.name(work, absorbed.id, theirs)
    item = desk.add(work, "hand-off", absorbed.id, "{}")
    people.hand_off(work, absorbed.id, item)
    linking.merge(work, *linking.lock(work, (kept.id, absorbed.id)))
    (record,) = linking.lock(work, (kept.id, absorbed.id))
    assert (record.name, record.handed_off) == (after, item)


def test_a_parted_address_has_a_person_with_nothing(work: Work) -> None:
    owner = people.add(work, "telegram", "7")
    slack = people.add_address(work, owner.person_id, "slack", "U1", "proved")
    people.set_offer(work, slack, '[["cancel", "Leave it"]]', 2)
    form = conversations.open_(work, owner.person_id, "fees", "{}", slack)
    digits = codes.give(work, slack, timedelta(minutes=10))
    outbox.add(work, slack, "on its way")
    outbox.add(work, slack, "waits behind it")
    new = linking.part(work, slack)
    assert [letter.body for letter in outbox.queued(work, slack)] == ["on its way"]
    alone = people.speaker(work, "slack", "U1")
    assert alone is not None
    assert (alone.person_id, alone.offer, alone.misses, alone.conversation) == (new, "", 0, None)
    kept, found = conversations.by_id(work, form), codes.find(work, digits)
    assert kept is not None
    assert (kept.person_id, kept.state, kept.address_id) == (owner.person_id, "open", None)
    assert found is not None
    assert found.expires_at == work.now


def test_a_record_in_work_is_an_application_being_decided_or_a_candidacy(work: Work) -> None:
    person, other = two(work)
    assert linking.under_way(work, person.id) == []
    number = applications.add(work, person.id, "LSSC-1", "{}", 35_000)
    _candidacy(work, person.id, other.id)
    assert linking.under_way(work, person.id) == ["LSSC-1", "candidacy of 2026-01-01"]
    applications.set_state(work, number, "withdrawn")
    assert linking.under_way(work, person.id) == ["candidacy of 2026-01-01"]


def test_what_the_older_record_has_not_told_is_taken_from_the_other(work: Work) -> None:
    older, younger = two(work)
    profiles.put(work, older.id, Profile(library="Springfield Public Library", quiet="21:00-07:00"))
    profiles.put(work, younger.id, Profile(library="Joliet Public Library", position="Clerk", quiet="off"))
    linking.merge(work, older, younger)
    assert profiles.of(work, older.id) == Profile("Springfield Public Library", "Clerk", "", "21:00-07:00")
    assert profiles.of(work, younger.id) == Profile()


def test_an_address_that_is_taken_out_is_preferred_no_more(work: Work) -> None:
    older, _ = two(work)
    mail = people.add_address(work, older.id, "email", "ann@example.org", "proved")
    profiles.put(work, older.id, Profile(prefers=mail))
    linking.part(work, mail)
    assert profiles.of(work, older.id) == Profile()


@pytest.mark.parametrize(
    ("mine", "theirs", "after"),
    [
        ("cancelled", "signed", "signed"),
        ("waiting", "signed", "signed"),
        ("signed", "waiting", "signed"),
        ("missed", "attended", "attended"),
    ],
)
def test_of_two_places_at_a_webinar_the_better_one_is_kept(work: Work, mine: str, theirs: str, after: str) -> None:
    kept, absorbed = two(work)
    number = _webinar(work)
    webinars.take(work, number, kept.id, mine)
    webinars.take(work, number, absorbed.id, theirs)
    linking.merge(work, kept, absorbed)
    assert [(each.person_id, each.state) for each in webinars.seats(work, number)] == [(kept.id, after)]


@pytest.mark.parametrize(
    ("mine", "theirs", "after"),
    [
        ("sent", "planned", "sent"), ("planned", "sent", "sent"), ("cancelled", "sent", "sent"),
        ("sent", "unwanted", "sent"), ("cancelled", "planned", "planned"), ("planned", "cancelled", "planned"),
        ("unwanted", "cancelled", "unwanted"),
    ],
)  # fmt: skip
def test_of_two_reminders_of_one_matter_the_one_that_was_sent_is_kept(
    work: Work, mine: str, theirs: str, after: str
) -> None:
    kept, absorbed = two(work)
    for person, state in ((kept.id, mine), (absorbed.id, theirs)):
        _step(work, person, 0, state)
    linking.merge(work, kept, absorbed)
    assert _steps(work) == [(kept.id, 0, after)]


@pytest.mark.parametrize("sent_to_kept", [True, False])
def test_an_earlier_step_is_not_planned_any_more_where_a_later_one_went_to_the_other_address(
    work: Work, sent_to_kept: bool
) -> None:
    kept, absorbed = two(work)
    told, other = (kept.id, absorbed.id) if sent_to_kept else (absorbed.id, kept.id)
    _step(work, told, 1, "sent")
    for step in (0, 1, 2):
        _step(work, other, step, "planned")
    linking.merge(work, kept, absorbed)
    assert _steps(work) == [(kept.id, 1, "sent"), (kept.id, 2, "planned")]


def _step(work: Work, person: int, step: int, state: str) -> None:
    key = {"person_id": person, "rule": "webinar", "matter": 1, "anchor": "2026-11-30T21:00:00+00:00", "step": step}
    values = key | {"state": state, "planned_at": work.now, "look_at": work.now}
    work.connection.execute(insert(reminders.reminder), values)


def _steps(work: Work) -> list[tuple[int, int, str]]:
    found = work.connection.execute(select(reminders.reminder).order_by(reminders.reminder.c.step)).all()
    return [(each.person_id, each.step, each.state) for each in found]


def test_where_the_person_is_part_of_a_key_two_rows_may_become_one() -> None:
    """A new table with such a key needs its own way to be joined."""
    keyed = set()
    for table, column in linking.refers():
        unique = [table.primary_key, *(each for each in table.constraints if isinstance(each, UniqueConstraint))]
        columns = [each.columns for each in unique] + [each.columns for each in table.indexes if each.unique]
        keyed |= {table.name for each in columns if column.name in each}
    assert keyed - {"conversation"} == {each.name for each in linking.ALONE}  # of open ones, all but one are set aside
