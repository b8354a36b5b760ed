"""Reply addresses can be revoked; what comes back is counted; an absence is known; papers and wishes are kept."""

from datetime import date, datetime, timedelta

from storage import linking, mailboxes, outbox, papers, people, unwanted
from storage.database import Database, Work

ANN = "ann@example.org"


def letter(work: Work, matter: str = "") -> tuple[int, int, int]:
    """A person, their mail address and a letter to it, by id."""
    known = people.speaker(work, "email", ANN) or people.add(work, "email", ANN)
    outbox.add(work, known.address_id, "{}", matter)
    newest = max(row[0] for row in outbox.recent(work, known.address_id, 9))
    return known.person_id, known.address_id, newest


def test_a_reply_address_leads_to_its_person_and_matter(database: Database, now: datetime) -> None:
    with database.work(now) as work:
        person, there, number = letter(work, "item:17")
        found = mailboxes.find(work, there, number)
        late = mailboxes.find(work, there, number + 1)  # a letter that was deleted meanwhile
        chat = people.add(work, "telegram", "7").address_id
        assert (mailboxes.find(work, chat, number), mailboxes.find(work, 4711, number)) == (None, None)
    assert found == mailboxes.Mailbox(there, person, ANN, "proved", "item:17", revoked=False)
    assert late == mailboxes.Mailbox(there, person, ANN, "proved", "", revoked=False)


def test_an_address_that_leaves_a_record_revokes_its_reply_addresses(database: Database, now: datetime) -> None:
    with database.work(now) as work:
        _, there, before = letter(work)
        linking.part(work, there)
        _, _, after = letter(work)
        found = [mailboxes.find(work, there, number) for number in (before, after)]
    assert [each.revoked for each in found if each] == [True, False]


def test_what_comes_back_is_counted_until_something_comes_through(database: Database, now: datetime) -> None:
    with database.work(now) as work:
        _, there, _ = letter(work)
        counts = [mailboxes.bounced(work, there) for _ in range(2)]
        mailboxes.came_through(work, there)
        assert (counts, mailboxes.bounced(work, there)) == ([1, 2], 1)


def test_an_absence_is_known(database: Database, now: datetime) -> None:
    with database.work(now) as work:
        person, _, _ = letter(work)
        before = mailboxes.away_until(work, person)
        mailboxes.away(work, person, date(2026, 12, 4))
        assert (before, mailboxes.away_until(work, person)) == (None, date(2026, 12, 4))


def test_letters_of_the_last_time_are_counted(database: Database, now: datetime) -> None:
    with database.work(now - timedelta(hours=2)) as work:
        letter(work)
    with database.work(now) as work:
        letter(work)
        hour = now - timedelta(hours=1)
        assert [mailboxes.written_since(work, each, hour) for each in (ANN, "b@example.org")] == [1, 0]


def test_a_kind_is_stopped_once_and_allowed_again(database: Database, now: datetime) -> None:
    with database.work(now) as work:
        person, _, _ = letter(work)
        assert [unwanted.stop(work, person, "webinars") for _ in range(2)] == [True, False]
        assert unwanted.kinds(work, person) == {"webinars"}
        assert [unwanted.allow(work, person, "webinars") for _ in range(2)] == [True, False]
        assert unwanted.kinds(work, person) == frozenset()


def test_papers_come_back_byte_by_byte(database: Database, now: datetime) -> None:
    content = bytes(range(256))
    with database.work(now) as work:
        person, _, _ = letter(work)
        number = papers.add(work, person, "schooling abroad", "page.pdf", "application/pdf", content)
        assert papers.of(work, person) == [
            papers.Listed(number, "schooling abroad", "page.pdf", "application/pdf", 256, now)
        ]
        assert papers.get(work, number) == papers.Paper(number, person, "page.pdf", "application/pdf", content)
        assert papers.get(work, number + 1) is None
