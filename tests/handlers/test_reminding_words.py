"""What reminders say, step by step: no two alike, the last one says that it is, and nothing is told that is not so."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from flows.program.reminding import Rule
from handlers.desk.table import KINDS
from handlers.exchange import Errand, House
from handlers.reminders import composing
from handlers.reminders.composing import Matter
from notifications import reminders
from storage import candidacies
from tests.handlers.acting import Rows
from tests.handlers.reminding import remind
from tests.handlers.test_evidence import candidate
from tests.handlers.test_submitting import candidate as a_candidate
from tests.handlers.test_submitting import filled, says
from tests.handlers.world import Someone, World

ANN = 2
ADMITTED, LAST = date(2026, 11, 23), date(2030, 11, 23)
BEHIND = "A word on your pace, as every half year while you are behind: none of 6 sets are complete"
# Facts of all rules; those of a step are added.
FACTS: dict[str, object] = {
    "address": "ann@library.org", "began": "3 May 2026", "kept": "2 June 2026", "reference": "LSSC-2026-ABCDE",
    "accepted": "3 May 2026", "fee": "The fee of $350 is due. The office writes to you how to pay.",
    "open": "The fee of $350 is due.", "contact": "lssc@ala.org", "since": "3 May 2026", "years": 5, "until": "then",
    "left": "in 30 days", "days": 30, "counted": "two", "needed": 6, "missing": 4, "in_hand": (), "due": "3",
    "weeks": 9, "day": "3 May 2026", "name": "Technology", "called": "technology", "receipt": "SET-2026-ABCDE",
    "many": 1, "first": "https://example.org/a", "what": "Technology", "number": "LSSC-2026-0001", "grace": "",
    "total": "6 of 32 contact hours", "adopted": False, "expected": 12, "example": "6 h conference", "when": "then",
    "way_in": "The way in: https://example.org/b", "code": "P-1", "reader": "Dana Reed", "reason": "No proof.",
}  # fmt: skip
MANY_STEPS = [each for each in reminders.rules().values() if len(each.steps) > 1]


def said(rule: Rule, step: int) -> str:
    last = rule.is_last(step)
    own = {"step": step, "last": last, "reminded": last}
    days = -1 if last and rule.name in ("certificate-ends", "review-due") else 30
    return reminders.text(rule, FACTS | own | {"days": days})


@pytest.mark.parametrize("rule", MANY_STEPS, ids=lambda rule: rule.name)
def test_no_two_steps_of_a_rule_say_the_same_but_those_of_every_half_year(rule: Rule) -> None:
    told = [said(rule, step) for step in range(len(rule.steps))]
    alike = {"behind-pace": 3, "hours": 2, "renewal": 2}.get(rule.name, 1)  # these tell other figures each time
    assert len(told) - len(set(told)) == alike - 1


@pytest.mark.parametrize("rule", reminders.rules().values(), ids=lambda rule: rule.name)
def test_words_are_whole_sentences_on_one_line_each(rule: Rule) -> None:
    for step in range(len(rule.steps)):
        for line in said(rule, step).splitlines():
            assert line == " ".join(line.split())
            assert line[0] not in " .,"
            assert line[-1] in ".?" or "https://" in line


def test_whoever_has_not_paid_after_45_days_is_not_told_once_more_that_the_office_writes() -> None:
    rule = reminders.rules()["application-unpaid"]
    assert ["The office writes to you how to pay" in said(rule, step) for step in range(3)] == [True, False, False]
    assert all("lssc@ala.org tells you" in said(rule, step) for step in (1, 2))
    assert said(rule, 2).startswith("My last reminder of the fee for your application LSSC-2026-ABCDE")


def test_the_last_mail_of_a_rule_says_so_in_its_subject() -> None:
    rule = reminders.rules()["application-unpaid"]
    assert [rule.subject_of(step) for step in range(3)] == [
        rule.subject, rule.subject, "Last reminder: the fee for your LSSC application"
    ]  # fmt: skip
    assert reminders.rules()["qualifies"].subject_of(0) == "You have the hours for LSSC now"


def behind(world: World, day: date) -> list[str]:
    """What somebody without a complete set is told of their pace on a day."""
    seen = sum(len(each) for each in world.inboxes.values())
    world.now = datetime(day.year, day.month, day.day, 18, tzinfo=UTC)
    remind(world.act)
    new = [each.text for inbox in world.inboxes.values() for each in inbox.values()][seen:]
    return [each for each in new if "pace" in each]


def test_whoever_stays_behind_hears_of_it_each_half_year_until_the_last_year(world: World, olive: Someone) -> None:
    Someone(world, "telegram", "4711", "Ann").says("menu")
    world.act(lambda errand: candidacies.add(errand.work, ANN, None, ADMITTED, LAST, "active"))
    remind(world.act)
    due = date(2027, 7, 25)
    days = [due + timedelta(days=1), *(date(2027 + (6 + m) // 12, (6 + m) % 12 + 1, 25) for m in (3, 9, 15, 21))]
    told = [behind(world, day) for day in days]
    assert [len(each) for each in told] == [1] * 5
    assert told[0][0].startswith("At an even pace 1 of 6 sets would be complete by now; none are.")
    assert told[1][0].startswith("Your pace once more: none of 6 sets are complete")
    assert [each[0][: len(BEHIND)] for each in told[2:]] == [BEHIND] * 3
    assert "at an even pace it would be 3." in told[4][0]


def test_in_the_last_year_the_half_yearly_word_on_the_pace_is_left_out(house: House) -> None:
    ann = candidate(house)
    rule = reminders.rules()["behind-pace"]

    def composed(now: datetime, step: int) -> bool:
        with house.database.work(now) as work:
            [mine] = candidacies.unsettled(work, 9)
            matter = Matter(mine.person_id, mine.id, mine.deadline, rule, step)
            return composing.COMPOSE[rule.name](Errand(house, work), matter) is not None

    with house.database.work(ann.now) as work:
        deadline = candidacies.unsettled(work, 9)[0].deadline
    a_year_before = datetime(deadline.year - 1, deadline.month, deadline.day, 18, tzinfo=UTC)
    assert [composed(a_year_before - timedelta(days=1), step) for step in (0, 1, 2, 4)] == [True] * 4
    assert [composed(a_year_before, step) for step in (0, 1, 2, 4)] == [True, True, False, False]


def test_whoever_s_time_is_over_reads_which_sets_are_still_reviewed(house: House) -> None:
    ann = a_candidate(replace(house, kinds=KINDS))
    filled(ann, "cataloging", "I did this work for years.")
    says(ann, "submit cataloging", "yes", "yes")
    rule = reminders.rules()["time-over"]

    def composed() -> str:
        def told(errand: Errand) -> str:
            found = candidacies.by_id(errand.work, 1)
            said = composing.COMPOSE[rule.name](errand, Matter(found.person_id, 1, found.deadline, rule, 0))
            assert said is not None
            return said.text

        return str(ann.world.act(told))

    counts = "What you handed in by that day is still reviewed and counts"
    assert f"{counts}: Cataloging and Classification." in composed()
    says(ann, "take back cataloging", "yes")
    assert counts not in composed()


def test_a_link_that_finds_its_place_is_a_step(house: House, rows: Rows) -> None:
    ann = candidate(house)
    ann.says("https://example.org/shelves", "later")
    ann.now += timedelta(days=100)
    ann.says("https://example.org/shelves", "technology 4")
    assert rows("placement")
    assert [row["touched_on"] for row in rows("candidacy")] == [ann.now.date()]
