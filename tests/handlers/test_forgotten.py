"""Whoever wishes to be forgotten is asked twice, and then nothing of them is left but what was said to stay."""

from datetime import date, timedelta

import pytest
from sqlalchemy import insert
from sqlmodel import SQLModel

from flows.dialog.speech import Choice, Outbound
from handlers import forgotten, letters
from storage import (
    candidacies,
    codes,
    conversations,
    desk,
    feedback,
    held,
    papers,
    people,
    profiles,
    roles,
    tables,
    unwanted,
)
from storage.database import Work
from storage.profiles import Profile
from tests.handlers.acting import Rows
from tests.handlers.world import Someone, World

MARK = "zebrafinch"
DAY = date(2026, 1, 1)
WITHOUT_WORDS = {
    "inbound", "audit", "survey", "feedback", "published_answer", "failing", "lease", "pace", "award", "award_use",
    "link_try", "role", "unwanted", "link_code", "candidacy", "conversation", "payment", "guideline", "course",
    "reminder", "planned", "report_sent", "renewal", "contact_hour", "webinar", "webinar_seat", "ballot", "ballot_vote", "course_wish", "course_news", "completion_form", "share_view", "certificate", "certificate_count",
}  # fmt: skip


@pytest.fixture
def ann(world: World, olive: Someone, rows: Rows) -> Someone:
    """Somebody with a second address, and something in every table."""
    speaker = Someone(world, "telegram", MARK, "Ann")
    speaker.says("fees")
    person, form = int(str(rows("person")[-1]["id"])), int(str(rows("conversation")[-1]["id"]))
    world.act(lambda errand: fill(errand.work, person, form))
    return speaker


def fill(work: Work, person: int, form: int) -> None:
    def put(model: type[SQLModel], **values: object) -> None:
        row = model(**values)
        table = tables.of(model)
        work.connection.execute(insert(table), {c.name: getattr(row, c.name) for c in table.c if c.name != "id"})

    people.name(work, person, MARK)
    other = people.add_address(work, person, "email", f"{MARK}@library.org", "proved")
    codes.give(work, other, timedelta(days=1))
    put(
        tables.Outgoing,
        address_id=other,
        body=letters.encode(Outbound(MARK)),
        due=work.now,
        lease_until=work.now,
        created_at=work.now,
    )
    people.remember(work, person, {"job.1": MARK}, DAY)
    made = {"person_id": person, "details": f'{{"Name": "{MARK}"}}', "fee_cents": 100, "answers": MARK}
    times = {"submitted_at": work.now, "changed_at": work.now}
    put(tables.Application, reference="LSSC-1", reason=MARK, **made, **times)
    put(tables.Application, reference="LSSC-2", **made, **times)
    books = {"application_id": 1, "kind": "payment", "amount_cents": 100, "payer": "applicant", "recorded_by": "x"}
    put(tables.Payment, received_on=DAY, recorded_at=work.now, **books)
    number = candidacies.add(work, person, 2, DAY, date(2030, 1, 1), "active")
    candidacies.add_sets(work, number, {"technology": (DAY, MARK)})
    put(tables.ChosenSet, candidacy_id=number, set_id=MARK, since=work.now)
    put(tables.Evidence, candidacy_id=number, number=1, content=MARK, added_at=work.now)
    put(tables.Placement, evidence_id=1, set_id=MARK, number=1, at=work.now)
    put(tables.Narrative, candidacy_id=number, piece=1, words=MARK, at=work.now)
    given = {"receipt": MARK, "contents": MARK, "asked_at": work.now, "changed_at": work.now}
    put(tables.Submission, candidacy_id=number, set_id="technology", **given)
    put(tables.Addition, candidacy_id=number, number=1, content=MARK, added_at=work.now)
    put(tables.RecordRequest, candidacy_id=number, number=1, words=MARK, asked_by="x", asked_at=work.now)
    shared = {"token_hash": MARK, "reader": MARK, "parts": "[]", "made_at": work.now, "ends_at": work.now}
    put(tables.Share, candidacy_id=number, number=1, **shared)
    put(tables.ShareView, share_id=1, at=work.now, by="person")
    told = {"provider": "P", "title": "T", "set_id": "technology", "form": "online", "valid_from": DAY}
    put(tables.Course, code="C1", added_at=work.now, **told)
    put(tables.CourseWish, person_id=person, set_id="technology", since=work.now)
    put(tables.CourseNews, person_id=person, course_id=1, at=work.now)
    put(tables.CompletionForm, candidacy_id=number, course_id=1, code="F1", at=work.now)
    put(tables.Evaluator, person_id=person, workplace=MARK, applied_at=work.now)
    put(tables.EvaluatorSet, person_id=person, set_id=MARK)
    put(tables.Conflict, person_id=person, workplace=MARK, at=work.now)
    put(tables.Review, submission_id=1, reference=MARK, opened_at=work.now, changed_at=work.now)
    asked = {"asked_at": work.now, "answer_by": work.now}
    put(tables.ReviewReader, review_id=1, person_id=person, comment=MARK, **asked)
    put(tables.ReviewRating, reader_id=1, number=1, rating="met", comment=MARK)
    put(tables.Ballot, kind="evaluator", subject_id=person, asked_at=work.now, reminded_at=work.now)
    put(tables.BallotVote, ballot_id=1, person_id=person, says=True, at=work.now)
    feedback.unanswered(work, person, MARK, [])
    unwanted.stop(work, person, "reminders")
    profiles.put(work, person, Profile(library=MARK, position=MARK, state=MARK, prefers=other))
    put(
        tables.Reminder, person_id=person, rule="idle", matter=1, anchor="2026-11-23", step=0, planned_at=work.now,
        look_at=work.now,
    )  # fmt: skip
    put(tables.CalendarEvent, person_id=person, uid=MARK, said="{}")
    held.add(work, person, letters.encode(Outbound(MARK)), "", work.now)
    papers.add(work, person, "schooling abroad", f"{MARK}.pdf", "application/pdf", MARK.encode())
    roles.give(work, person, "mentor", "the office")
    item = desk.add(work, "hand-off", person, f'{{"said": "{MARK}"}}')
    desk.note(work, item, "from person", "Ann", MARK)
    conversations.put(work, form, {"more": MARK}, "telegram")


def forget(someone: Someone) -> str:
    someone.says("forget me")
    someone.presses("Yes, delete everything")
    return someone.presses("Yes, forget me")


def marked(rows: Rows) -> set[str]:
    return {name for name in SQLModel.metadata.tables if MARK in repr(rows(name))}


def test_every_table_that_holds_words_of_a_person_holds_the_mark(ann: Someone, rows: Rows) -> None:
    assert set(SQLModel.metadata.tables) - marked(rows) == WITHOUT_WORDS


def test_nothing_is_left_but_money_without_a_name(ann: Someone, rows: Rows) -> None:
    said = ann.says("forget me")
    assert forgotten.BOOKS.format("LSSC-1") in said
    assert "Once more" in ann.presses("Yes, delete everything")
    assert "address" in marked(rows)
    assert ann.presses("Yes, forget me") == forgotten.DONE
    assert marked(rows) == {"address"}
    assert [each["address"] for each in rows("address") if MARK in str(each)] == [MARK]
    assert [(each["reference"], each["details"]) for each in rows("application")] == [("LSSC-1", "{}")]
    assert len(rows("payment")) == 1
    kept = {"application", "payment", "address", "person", "outbox", "inbound", "audit", "desk_item", "course"}
    assert {name for name in SQLModel.metadata.tables if rows(name)} <= kept | {"role", "ballot"}
    assert [each["kind"] for each in rows("desk_item")] == ["forgotten"]
    assert [each for each in ann.says("my data").splitlines() if "LSSC" in each or "candidacy" in each.lower()] == []


def test_a_certificate_keeps_name_dates_and_sets(world: World, ann: Someone, rows: Rows) -> None:
    world.act(lambda errand: candidacies.move(errand.work, 1, "active", "certified"))
    assert forgotten.CERTIFICATE in ann.says("forget me")
    forget(ann)
    assert marked(rows) == {"address", "complete_set", "person"}
    assert [each["state"] for each in rows("candidacy")] == ["certified"]


def test_a_no_or_another_ones_button_deletes_nothing(ann: Someone, olive: Someone, rows: Rows) -> None:
    before = marked(rows)
    ann.says("forget me")
    ann.presses("No, keep it")
    ann.presses_choice("forget:1:yes")
    assert olive.says("forget me").startswith(forgotten.STAFF)
    assert marked(rows) >= before
    assert rows("fact") != []


def test_it_works_in_the_middle_of_a_form_and_the_other_address_is_a_stranger_too(
    world: World, ann: Someone, rows: Rows
) -> None:
    assert "Yes, delete everything" in [each.label for each in _choices(ann, "forget me")]
    ann.presses("Yes, delete everything")
    assert ann.presses("Yes, forget me") == forgotten.DONE
    assert rows("conversation") == []
    world.somebody("email", f"{MARK}@library.org")
    assert [each["name"] for each in rows("person") if each["merged_into"] is None][-1] == ""


def _choices(someone: Someone, words: str) -> tuple[Choice, ...]:
    someone.says(words)
    return list(someone.inbox.values())[-1].choices
