"""Candidacies and the sets that are complete."""

from datetime import date, datetime

import pytest
from sqlalchemy.exc import IntegrityError

from storage import candidacies, people
from storage.candidacies import Candidacy, Candidate, CompleteSet
from storage.database import Database

ADMITTED, LAST = date(2010, 3, 1), date(2014, 3, 1)


def test_the_newest_candidacy_of_a_person_is_found(database: Database, now: datetime) -> None:
    with database.work(now) as work:
        ann = people.add(work, "email", "ann@library.org", name="Ann").person_id
        assert candidacies.latest(work, ann) is None
        new = candidacies.add(work, ann, None, date(2015, 1, 2), date(2019, 1, 2), "active")
        candidacies.add(work, ann, None, ADMITTED, LAST, "ended")
        found = Candidacy(new, ann, None, date(2015, 1, 2), date(2019, 1, 2), "active")
        assert candidacies.latest(work, ann) == found
        assert [each.candidacy.state for each in candidacies.everybody(work)] == ["ended", "active"]
        assert candidacies.everybody(work)[1] == Candidate("Ann", "ann@library.org", found)


def test_somebody_without_mail_is_listed_without_an_address(database: Database, now: datetime) -> None:
    with database.work(now) as work:
        ann = people.add(work, "telegram", "4711", name="Ann").person_id
        candidacies.add(work, ann, None, ADMITTED, LAST, "active")
        assert [(each.name, each.email) for each in candidacies.everybody(work)] == [("Ann", "")]


def test_complete_sets_are_kept_with_day_and_way(database: Database, now: datetime) -> None:
    with database.work(now) as work:
        ann = people.add(work, "email", "ann@library.org").person_id
        one = candidacies.add(work, ann, None, ADMITTED, LAST, "active")
        candidacies.add_sets(work, one, {"youth": (LAST, "course"), "access": (ADMITTED, "imported")})
        candidacies.add_sets(work, one, {})
        complete = [CompleteSet("access", ADMITTED, "imported"), CompleteSet("youth", LAST, "course")]
        assert (candidacies.sets(work, one), candidacies.every_set(work)) == (complete, {one: complete})


def test_a_set_is_complete_once(database: Database, now: datetime) -> None:
    def complete_twice() -> None:
        with database.work(now) as work:
            ann = people.add(work, "email", "ann@library.org").person_id
            one = candidacies.add(work, ann, None, ADMITTED, LAST, "active")
            for _ in range(2):
                candidacies.add_sets(work, one, {"youth": (LAST, "course")})

    with pytest.raises(IntegrityError):
        complete_twice()
