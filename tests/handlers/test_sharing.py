"""The whole record: additions, wishes for more, and links for one reader with chosen parts and an end."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import combinations

import pytest

from flows.dialog.speech import Inbound
from flows.sharing import PARTS
from handlers import recording, sharing
from handlers.exchange import Errand
from handlers.hearing import House
from handlers.sharing import Page
from notifications import compose
from storage import additions, applications, candidacies, certificates, narratives, people
from storage.narratives import About
from storage.sharing import PERSON, PREVIEW
from tests.handlers.acting import Person, Rows
from tests.handlers.test_evidence import candidate

SITE = "https://lssc.example"
# One telling word of each part.
SECRETS = {
    "application": "Hollis Quimby",
    "work": "Brackenridge Library",
    "portfolios": "I mended the catalog terminal",
    "courses": "Supervision and Management: by an approved course",
    "additions": "I taught knitting on the bookmobile",
}


@pytest.fixture
def public(house: House) -> House:
    return replace(house, public_url=f"{SITE}/")


def full(house: House) -> Person:
    """A candidate with something of everything."""
    ann = Person(house)
    ann.says("help")
    with house.database.work(ann.now) as work:
        person_id = people.find(work, ann.channel, ann.address)
        assert person_id is not None
        details = {"Name": SECRETS["application"], "Library": SECRETS["work"]}
        number = applications.add(work, person_id, "ABCDEF", json.dumps(details), 35000)
        mine = candidacies.add(work, person_id, number, date(2025, 11, 23), date(2029, 11, 23), "active")
        candidacies.add_sets(work, mine, {"supervision": (date(2026, 5, 1), "course")})
        text = narratives.add(work, mine, SECRETS["portfolios"])
        narratives.settle(work, text, ("technology", 4), About("new"))
        additions.add(work, mine, SECRETS["additions"])
    return ann


def shared(ann: Person, parts: str = "all", until: str = "2 weeks") -> str:
    """The token of a new link."""
    said = ann.says("share", "Dana Reed", parts, until)
    assert SITE in said, (parts, said)
    return next(line for line in said.splitlines() if line.startswith(SITE)).removeprefix(f"{SITE}/record/")


def seen(ann: Person, token: str, by: str = PERSON) -> Page | None:
    with ann.house.database.work(ann.now) as work:
        return sharing.seen(Errand(ann.house, work), token, by)


def test_a_link_is_told_once_and_only_a_hash_of_it_stands_with_the_share(public: House, rows: Rows) -> None:
    ann = full(public)
    token = shared(ann, "portfolios and additions")
    assert len(token) == 32
    assert token not in json.dumps(rows("share"), default=str)
    [made] = rows("share")
    assert (made["reader"], made["parts"]) == ("Dana Reed", '["portfolios", "additions"]')


def test_no_subset_of_the_parts_shows_anything_of_the_others(public: House) -> None:
    ann = full(public)
    for many in range(1, len(PARTS) + 1):
        for chosen in combinations(PARTS, many):
            page = seen(ann, shared(ann, ", ".join(PARTS[each] for each in chosen)))
            assert page is not None
            shown = compose.record_page(page)
            assert {key for key, words in SECRETS.items() if words in shown} == set(chosen)


def test_every_look_of_a_person_is_told_and_previews_are_apart_and_see_nothing(public: House) -> None:
    ann = full(public)
    token = shared(ann)
    seen(ann, token)
    preview = seen(ann, token, PREVIEW)
    assert preview is not None
    assert (preview.reader, preview.parts) == ("", ())
    assert ann.says("shares").splitlines()[0] == (
        "1. Dana Reed: Application, Work experience, Portfolios, Courses, and Additions; open until 7 December 2026;"
        " looked at once, and one automatic preview (23 November 2026 at 09:00)"
    )


def test_a_link_ends_at_once_and_by_itself_and_looks_like_none_then(public: House) -> None:
    ann = full(public)
    first, second = shared(ann), shared(ann, until="1 day")
    assert ann.says("unshare 1") == "Link 1 for Dana Reed shows nothing any more."
    assert ann.says("unshare 1") == "Link 1 for Dana Reed has ended already."
    assert (seen(ann, first), seen(ann, "unknown")) == (None, None)
    ann.now += timedelta(days=1, hours=14)  # five in the morning UTC, still the last day at the office
    assert seen(ann, second) is not None
    ann.now += timedelta(hours=2)
    assert seen(ann, second) is None
    assert ann.says("extend 2 10 days").startswith("Link 2 for Dana Reed has ended")


def test_an_open_link_is_extended_by_a_day_or_a_time_up_to_a_year(public: House) -> None:
    ann = full(public)
    shared(ann)
    assert ann.says("extend 1 60 days") == "Link 1 for Dana Reed is open until the end of 22 January 2027."
    assert ann.says("extend 1 until 1 March 2027") == "Link 1 for Dana Reed is open until the end of 1 March 2027."
    assert ann.says("extend 1 2 years") == "A link is open for at least a day and at most a year."
    assert ann.says("extend 7 10 days") == "There is no shared link with the number 7; `shares` lists them."


def test_the_usual_time_is_thirty_days(public: House, rows: Rows) -> None:
    ann = full(public)
    shared(ann, until="1")
    assert str(rows("share")[0]["ends_at"])[:16] == "2026-12-24 06:00"


def test_without_a_public_address_nothing_is_shared_and_it_is_said(house: House, rows: Rows) -> None:
    assert candidate(house).says("share") == sharing.NO_PAGES
    assert rows("share") == []


def test_what_is_added_is_kept_as_written_listed_and_taken_back(house: House, rows: Rows) -> None:
    ann = candidate(house)
    said = ann.says("add I taught two Workshops in May")
    assert said == "That is on your record, as addition 1. `remove addition 1` takes it back."
    ann.says("add https://example.org/MyTalk", "add: https://example.org/MyTalk")
    assert [each["content"] for each in rows("addition")] == [
        "I taught two Workshops in May", "https://example.org/MyTalk",
    ]  # fmt: skip
    assert rows("evidence") == []
    assert "  1. I taught two Workshops in May" in ann.says("record").splitlines()
    assert ann.says("remove addition 1") == "Addition 1 (“I taught two Workshops in May”) is removed."
    assert ann.says("remove addition 1") == "There is no addition with the number 1; `record` lists what there is."


def test_somebody_else_s_number_changes_nothing(public: House) -> None:
    ann, bob = full(public), Person(public, "bob")
    token = shared(ann)
    bob.says("unshare 1", "extend 1 60 days")
    assert seen(ann, token) is not None


def test_a_message_whose_sender_may_be_forged_shares_and_ends_nothing(public: House, rows: Rows) -> None:
    ann = full(public)
    shared(ann)
    ann.hears(Inbound("forged", ann.channel, ann.address, "unshare 1", trust="claimed"))
    assert [each["ended_at"] for each in rows("share")] == [None]


def test_a_request_for_more_is_a_to_do_until_it_is_answered_and_the_answer_reaches_the_desk(
    house: House, rows: Rows
) -> None:
    ann = candidate(house)
    house_staff = replace(house, staff=frozenset({("terminal", "mk")}))
    mk = Person(house_staff, "mk")
    said = mk.says("ask candidate 1: please add proof of your workshop")
    assert said == "Request 1 to candidate 1 is on record. The candidate is told."
    to_do = "To do: please add proof of your workshop (`answer 1` with your words or a link)"
    assert to_do in ann.says("progress").splitlines()
    assert to_do in ann.says("record").splitlines()
    told = ann.says("answer 1: Here it is, https://example.org/Proof")
    assert told == "Thank you: your answer is on record and with the LSSC office."
    assert "To do" not in ann.says("progress")
    [item] = rows("desk_item")
    assert (item["kind"], json.loads(str(item["details"]))["answer"]) == (
        "answered request", "Here it is, https://example.org/Proof",
    )  # fmt: skip
    assert ann.says("answer 1: again") == "Request 1 is answered already. `add` adds more to your record."
    assert mk.says("ask candidate 99: more") == "There is no candidate 99."


def test_only_the_staff_ask_for_more(house: House, rows: Rows) -> None:
    candidate(house).says("ask candidate 1: more")
    assert rows("record_request") == []


def certified(ann: Person, until: date) -> None:
    with ann.house.database.work(ann.now) as work:
        certificates.issue(work, 1, "Hollis Quimby", ("supervision",), date(2026, 5, 1), until, date(2026, 6, 1))


def test_the_page_tells_how_long_the_certificate_is_valid_apart_from_the_link(public: House) -> None:
    ann = full(public)
    token = shared(ann, "courses", "30 days")
    page = seen(ann, token)
    assert page is not None
    assert page.certificate == ""
    certified(ann, date(2026, 12, 1))
    page = seen(ann, token)
    assert page is not None
    assert (page.until, page.certificate) == ("23 December 2026", "The certificate is valid until 1 December 2026.")
    assert page.certificate in compose.record_page(page)
    ann.now += timedelta(days=10)
    assert "was valid until 1 December 2026." in str(seen(ann, token))
    ann.says("hide the dates on the page")
    assert "The certificate has expired." in str(seen(ann, token))


def test_the_certificate_is_valid_until_midnight_where_its_holder_lives(public: House) -> None:
    ann = full(public)
    ann.says("time zone Honolulu")
    token = shared(ann, "courses", "30 days")
    certified(ann, date(2026, 12, 1))
    ann.now = datetime(2026, 12, 2, 9, 59, tzinfo=UTC)
    assert "is valid until 1 December 2026." in str(seen(ann, token))
    ann.now += timedelta(minutes=1)
    assert "was valid until 1 December 2026." in str(seen(ann, token))


def test_a_record_is_read_and_shared_until_two_years_after_candidacy_and_certificate(public: House) -> None:
    ann = full(public)
    ann.now += timedelta(days=4 * 365 + 720)  # 12 November 2032; the candidacy ended on 23 November 2029
    assert ann.says("record") == recording.OVER.format("23 November 2031", "lssc@ala.org")
    certified(ann, date(2031, 5, 1))
    token = shared(ann, "courses", "200 days")
    page = seen(ann, token)
    assert page is not None
    assert page.until == "1 May 2033"
    ann.now += timedelta(days=175)
    assert seen(ann, token) is None
    assert "until 1 May 2033" in ann.says("share")
