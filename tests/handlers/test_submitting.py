"""A set is handed in: looked at before, frozen, looked at once more, taken back, and what the office decides about it."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from handlers import ending, outcomes
from handlers.desk.table import KINDS
from handlers.exchange import Errand
from handlers.hearing import House
from handlers.outcomes import Seen
from handlers.review import asking
from storage import candidacies, evidence, narratives, people, submissions
from storage.narratives import About
from tests.handlers.acting import Person, Rows
from tests.handlers.test_progress import DAY, admitted
from tests.handlers.world import Someone, World

CATALOGING = range(1, 7)
SIZE = "6 competencies, 36 words, 2 links"


def candidate(house: House, name: str = "Ann Zwicky", address: str = "ann") -> Someone:
    ann = Someone(World(house), "telegram", address)
    ann.says("help")
    admitted(Person(house, address, "telegram"), {"access": DAY})
    who = number_of(ann)
    with house.database.work(ann.world.now) as work:
        people.name(work, who, name)
    return ann


def with_the_office(house: House, name: str = "Ann Zwicky") -> tuple[Someone, Someone]:
    """A candidate, and somebody of the office."""
    house = replace(house, staff=frozenset({("slack", "U1")}), kinds=KINDS)
    ann = candidate(house, name)
    return ann, Someone(ann.world, "slack", "U1", "Olive")


def number_of(ann: Someone) -> int:
    with ann.world.house.database.work(ann.world.now) as work:
        found = people.find(work, ann.channel, ann.address)
    assert found is not None
    return found


def says(who: Someone, *words: str) -> str:
    """What is said to the last of the words."""
    return [who.says(each) for each in words][-1]


def filled(ann: Someone, set_id: str = "cataloging", words: str = "I did this work for years.", skip: int = 0) -> None:
    """Narrative and evidence for every competency of a set, but for the one to be skipped."""
    who = number_of(ann)
    with ann.world.house.database.work(ann.world.now) as work:
        candidacy = candidacies.latest(work, who)
        assert candidacy is not None
        numbers = [
            each.number for each in ann.world.house.competencies.named(set_id).competencies if each.number != skip
        ]
        for number in numbers:
            narratives.add(work, candidacy.id, words, (set_id, number), About("new", "", ""))
        for name in ("guide", "handout"):
            link = evidence.add(work, candidacy.id, f"https://example.org/{name}")
            evidence.place(work, link.id, [(set_id, each) for each in numbers])
        evidence.choose(work, candidacy.id, set_id)


def look(ann: Someone, *links: Seen) -> bool:
    def last_look(errand: Errand) -> bool:
        [now] = submissions.checking(errand.work, 9)
        return outcomes.seen(errand, now.id, links)

    return bool(ann.world.act(last_look))


def handed_in(ann: Someone) -> str:
    """The receipt of a set that went to the office."""
    said = says(ann, "submit cataloging", "yes", "yes")
    look(ann, Seen("https://example.org/guide", "live", "", ("A guide",)))
    return said.split("Your receipt is ")[1][:14]


def test_what_is_missing_is_one_short_list(house: House) -> None:
    ann = candidate(house)
    assert ann.says("check cataloging").splitlines() == [
        "Cataloging and Classification is not ready yet:",
        "- Nothing yet for 1 to 6: send a link, or begin with `write cataloging and classification 1`.",
    ]
    filled(ann, skip=4)
    assert ann.says("check").splitlines()[1:] == [
        "- Nothing yet for 4: send a link, or begin with `write cataloging and classification 4`."
    ]


def test_prior_learning_needs_proof_and_every_piece_says_what_learning_it_is(house: House) -> None:
    ann = candidate(house)
    filled(ann)
    who = number_of(ann)
    with house.database.work(ann.world.now) as work:
        candidacy = candidacies.latest(work, who)
        assert candidacy is not None
        narratives.add(work, candidacy.id, "I knew it before.", ("cataloging", 2), About("prior", "", ""))
        narratives.add(work, candidacy.id, "And this.", ("cataloging", 3))
    assert ann.says("check cataloging").splitlines()[1:] == [
        "- What learning it tells of is not said yet for 3: `describe cataloging and classification 3`.",
        "- Prior learning without proof of the experience for 2: `describe cataloging and classification 2` asks for it.",
    ]


def test_a_link_that_does_not_open_is_in_the_way(house: House) -> None:
    ann = candidate(house)
    filled(ann)
    with house.database.work(ann.world.now) as work:
        [first, *_] = evidence.unchecked(work, 9)
        evidence.checked(work, first.id, "dead", "Gone.")
    assert ann.says("submit cataloging").splitlines()[1:] == [
        "- Link 1 does not open for everybody: `evidence` says why; send it again once it opens."
    ]


def test_handed_in_it_is_frozen_with_a_receipt_and_goes_to_the_office_after_a_last_look(
    house: House, rows: Rows
) -> None:
    ann = candidate(house)
    filled(ann)
    assert ann.says("check cataloging") == (
        f"Cataloging and Classification is ready: {SIZE}. `submit cataloging and classification` hands it in."
    )
    asked = ann.says("submit")
    assert asked.startswith("I cannot read everything that is behind links")
    assert ann.says("yes").startswith(f"Cataloging and Classification: {SIZE}. While it is in review")
    said = ann.says("yes").splitlines()
    assert said[0].startswith(f"Cataloging and Classification is handed in: {SIZE}. Your receipt is SET-2026-")
    assert ann.says("write cataloging 2").startswith("Cataloging and Classification 2 is handed in already")
    assert ann.says("submit cataloging").startswith("Cataloging and Classification is handed in already: receipt SET-")
    assert look(ann, Seen("https://example.org/guide", "live", "", ("A guide",)))
    [row] = rows("submission")
    assert (row["state"], json.loads(str(row["contents"]))["competencies"][5]["links"][0]["url"]) == (
        "submitted", "https://example.org/guide",
    )  # fmt: skip
    assert [each["kind"] for each in rows("desk_item")] == [asking.HANDED_IN]
    assert "- Cataloging and Classification: handed in for review already (receipt SET-2026-" in ann.says("progress")


def test_no_is_no_and_nothing_is_handed_in(house: House, rows: Rows) -> None:
    ann = candidate(house)
    filled(ann)
    assert says(ann, "submit", "no").startswith("All right, nothing is handed in.")
    assert says(ann, "submit", "yes", "no").startswith("All right, nothing is handed in.")
    assert rows("submission") == []


def test_the_own_name_blocks_and_an_ordinary_word_of_it_passes_when_it_is_not_them(house: House, rows: Rows) -> None:
    ann = candidate(house, "Will Page")
    filled(ann, words="I asked Page and Will Page about it.")
    blocked = ann.says("submit cataloging").splitlines()
    assert blocked[1] == (
        "- The review is blind, so please take out: Cataloging and Classification 1: “Will Page” tells your name."
    )
    bob = candidate(house, "Will Page", "bob")
    filled(bob, words="I learned much from Page here.")
    assert bob.says("submit cataloging").startswith(
        "The review is blind. These words may tell who you are or where you work: “Page”."
    )
    assert bob.says("that is not me").startswith("I cannot read everything")
    says(bob, "yes", "yes")
    assert [json.loads(str(each["passed"])) for each in rows("submission")] == [["Page"]]
    assert json.loads(str(rows("audit")[-1]["details"]))["not me"] == ["Page"]


def test_what_changed_while_it_was_asked_is_looked_at_again(house: House, rows: Rows) -> None:
    ann = candidate(house)
    filled(ann)
    says(ann, "submit", "yes")
    who = number_of(ann)
    with house.database.work(ann.world.now) as work:
        candidacy = candidacies.latest(work, who)
        assert candidacy is not None
        narratives.remove(work, narratives.of(work, candidacy.id)[0].id)
    assert ann.says("yes").startswith("It changed while I asked, so nothing is handed in yet.")
    assert rows("submission") == []


@pytest.mark.parametrize(
    ("seen", "why"),
    [
        (Seen("https://example.org/guide", "dead", "It is gone."), "https://example.org/guide: It is gone."),
        (Seen("https://example.org/guide", "live", "", ("", "Ann Zwicky", "A guide")), "https://example.org/guide: “Ann Zwicky” tells your name."),
    ],
)  # fmt: skip
def test_a_last_look_may_send_it_back_with_the_reason(house: House, rows: Rows, seen: Seen, why: str) -> None:
    ann = candidate(house)
    filled(ann)
    says(ann, "submit", "yes", "yes")
    assert look(ann, seen)
    assert f"- {why}" in rows("outbox")[-1]["body"]
    assert ([each["state"] for each in rows("submission")], rows("desk_item")) == (["returned"], [])
    assert ann.says("submit").startswith("I cannot read everything")
    says(ann, "yes", "yes")
    assert [each["state"] for each in rows("submission")] == ["checking"]


def test_until_the_review_begins_it_can_be_taken_back(house: House, rows: Rows) -> None:
    ann = candidate(house)
    filled(ann)
    receipt = handed_in(ann)
    assert ann.says("take back cataloging") == (
        f"Cataloging and Classification is yours again (receipt {receipt} is void). `submit cataloging and"
        " classification` hands it in anew."
    )
    assert [(each["state"], each["kind"]) for each in rows("desk_item")] == [("settled", asking.HANDED_IN)]
    assert ann.says("take back") == "Nothing is handed in just now."
    assert not ann.says("write cataloging 2").startswith("Cataloging and Classification 2 is")


def test_after_a_last_look_that_came_too_late_nothing_happens(house: House, rows: Rows) -> None:
    ann = candidate(house)
    filled(ann)
    says(ann, "submit", "yes", "yes")
    [number] = [int(str(each["id"])) for each in rows("submission")]
    ann.says("take back cataloging")
    with house.database.work(ann.world.now) as work:
        assert not outcomes.seen(Errand(house, work), number, [])
    assert rows("desk_item") == []


def test_a_revision_asks_only_for_what_is_open_and_the_rest_stays_as_it_was(house: House, rows: Rows) -> None:
    ann, olive = with_the_office(house)
    filled(ann)
    handed_in(ann)
    assert olive.says("show 1").splitlines()[0] == "#1 Set handed in for review (0 min)"
    assert olive.says("settle 1 begin").startswith("The review of receipt SET-2026-")
    assert ann.says("take back cataloging").startswith("The review of Cataloging and Classification has begun")
    assert (
        olive.says("settle 1 revise everything please")
        == "Please write it as “3, 7: what is asked for”, or “all: ...”."
    )
    olive.says("3, 9: add a link")
    assert "is to be revised: " in olive.says("settle 1 revise 3 and 5: please {tell} more")
    assert any("please {tell} more" in each.text for each in ann.inbox.values())
    assert ann.says("progress").splitlines()[-1] == (
        "Next: Cataloging and Classification is to be revised: 3 and 5; `check cataloging and classification` shows"
        " what is missing."
    )
    assert ann.says("check cataloging").splitlines()[-1] == "The evaluators asked: please {tell} more"
    assert ann.says("write cataloging 2").startswith("Cataloging and Classification 2 was found met")
    assert not ann.says("write cataloging 3").startswith("Cataloging and Classification 3 was")
    says(ann, "I tell more of it now, with all that I know about it.", "new", "submit cataloging", "yes", "yes")
    second = submissions_of(ann)[-1]
    contents = json.loads(second.contents)["competencies"]
    assert (second.round, json.loads(second.open_numbers)) == (2, [3, 5])
    assert [each["number"] for each in contents if each.get("before")] == [1, 2, 4, 6]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("2 to 4: add a link", "Cataloging and Classification 2 to 4."),
        ("1, 4-6 - add a link", "Cataloging and Classification 1 and 4 to 6."),
        ("all: add a link", "all of it."),
    ],
)
def test_the_office_names_what_is_to_be_revised_as_people_do(house: House, words: str, told: str) -> None:
    ann, olive = with_the_office(house)
    filled(ann)
    handed_in(ann)
    assert olive.says(f"settle 1 revise {words}").endswith(f" is to be revised: {told} The candidate is told.")
    assert "\n\nadd a link\n\n" in ann.last


def submissions_of(ann: Someone) -> list[submissions.Submission]:
    who = number_of(ann)
    with ann.world.house.database.work(ann.world.now) as work:
        candidacy = candidacies.latest(work, who)
        assert candidacy is not None
        return submissions.of(work, candidacy.id)


def test_met_credits_the_set_and_it_never_opens_again(house: House, rows: Rows) -> None:
    ann, olive = with_the_office(house)
    filled(ann)
    handed_in(ann)
    assert olive.says("settle 1 met").startswith("Cataloging and Classification is complete since 23 November 2026")
    assert [each["set_id"] for each in rows("complete_set")] == ["access", "cataloging"]
    assert ann.says("submit cataloging") == "Cataloging and Classification is complete already."
    assert olive.says("settle 1 met") == "#1 was settled already: met, by Olive on 23 November 2026."


def test_what_evaluators_see_tells_nothing_of_the_candidate(house: House) -> None:
    ann, olive = with_the_office(house, "Zyx Qwertz")
    filled(ann)
    handed_in(ann)
    shown = olive.says("settle 1 package")
    assert "https://example.org/handout" in shown
    assert not [each for each in ("zyx", "qwertz", "ann", "lssc-2026") if each in shown.lower().split()]


def test_the_version_of_the_guidelines_goes_with_it(house: House, rows: Rows) -> None:
    ann, olive = with_the_office(house)
    olive.says("guidelines cataloging: https://example.org/how-to-show-it")
    filled(ann)
    assert ann.says("check").splitlines()[-1] == (
        "Guidelines: Cataloging and Classification, 2026-11-23; `guidelines cataloging and classification` shows them."
    )
    handed_in(ann)
    assert (
        json.loads(str(rows("submission")[0]["contents"]))["guidelines"] == "Cataloging and Classification, 2026-11-23"
    )
    assert olive.says("settle 1 package").splitlines()[1] == "Guidelines: Cataloging and Classification, 2026-11-23"


def test_only_staff_decide_about_it(house: House, rows: Rows) -> None:
    ann, _ = with_the_office(house)
    filled(ann)
    handed_in(ann)
    ann.says("settle 1 met")
    bob = Someone(ann.world, "telegram", "bob")
    bob.says("settle 1 met")
    assert [each["state"] for each in rows("submission")] == ["submitted"]


def test_whoever_leaves_the_program_has_nothing_decided_any_more(house: House, rows: Rows) -> None:
    ann, olive = with_the_office(house)
    filled(ann)
    handed_in(ann)
    ann.says("leave program")
    ann.presses("Yes, leave the program")
    ann.presses("Yes, end my candidacy")
    assert [each["state"] for each in rows("submission")] == ["taken back"]
    assert (rows("desk_item")[0]["kind"], rows("desk_item")[0]["state"]) == (asking.HANDED_IN, "settled")
    assert olive.says("settle 1 met").startswith("#1 was settled already")
    assert [each["set_id"] for each in rows("complete_set")] == ["access"]


def test_a_second_round_that_is_taken_back_still_asks_for_no_more(house: House) -> None:
    ann, olive = with_the_office(house)
    filled(ann)
    handed_in(ann)
    olive.says("settle 1 revise 3: add a link")
    says(ann, "submit cataloging", "yes", "yes", "take back cataloging")
    assert ann.says("write cataloging 2").startswith("Cataloging and Classification 2 was found met")
    assert ann.says("check cataloging").startswith("Cataloging and Classification is ready: 1 competency,")


def test_on_the_last_day_a_set_is_handed_in_and_counts_although_its_review_ends_later(house: House, rows: Rows) -> None:
    ann, olive = with_the_office(house)
    filled(ann)
    ann.world.now = datetime(2029, 11, 24, 5, tzinfo=UTC)  # an hour before midnight at the office
    handed_in(ann)
    ann.world.now += timedelta(days=1)
    assert ann.world.act(ending.freeze) == 1
    assert olive.says("settle 1 met").startswith("Cataloging and Classification is complete since 24 November 2029")
    assert [each["set_id"] for each in rows("complete_set")] == ["access", "cataloging"]


def test_after_the_last_day_nothing_is_handed_in(house: House) -> None:
    ann = candidate(house)
    filled(ann)
    ann.world.now = datetime(2029, 11, 24, 7, tzinfo=UTC)
    assert ann.says("submit cataloging") == "Your last day was 23 November 2029; the office decides how it goes on."


def test_after_the_last_day_nobody_is_told_to_hand_in_again(house: House) -> None:
    ann, olive = with_the_office(house)
    filled(ann)
    said = says(ann, "submit cataloging", "yes", "yes")
    assert "Your receipt is " in said
    ann.world.now = datetime(2029, 11, 25, 12, tzinfo=UTC)
    assert ann.world.act(ending.freeze) == 1
    look(ann, Seen("https://example.org/guide", "dead", "Gone."))
    assert outcomes.FROZEN in ann.last
    assert "submit cataloging" not in ann.last
    assert "candidate 1, telegram ann" in olive.says("show 1")
