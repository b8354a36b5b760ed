"""An address that somebody typed: one mail with a code, two reminders, nothing else until it is proved."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from handlers import confirming, deliveries, linking
from handlers.exchange import Errand
from handlers.hearing import House
from handlers.reminders import releasing
from storage import claims, people
from storage.outbox import Letter
from tests.handlers.acting import APPLICATION, Rows
from tests.handlers.channels import Stage
from tests.handlers.reminding import plan, remind

ANN = "ann@library.org"
WAITS = confirming.WAITS.format(ANN)
STILL_WAITS = (
    f"Your mail address {ANN} is still not confirmed, so mail about your application cannot go there. `confirm mail` sends"
    " a new code: with it, that is done. I do not remind you of it again."
)
CONFIRMED = f"Thank you, {ANN} is confirmed and belongs to your record. Mail about your application goes there."


@pytest.fixture
def stage(house: House) -> Stage:
    return Stage(house)


@pytest.fixture
def applied(stage: Stage) -> Stage:
    """Ann applied in Telegram; the code of the mail is known."""
    stage.says("telegram/7", "apply", *APPLICATION.values(), "send", "cancel")
    return stage


def states(rows: Rows) -> dict[str, tuple[object, object]]:
    return {str(row["address"]): (row["person_id"], row["state"]) for row in rows("address")}


def mails(stage: Stage, to: str = ANN) -> int:
    return sum(where == f"email/{to}" for where, _ in stage.told)


@pytest.mark.parametrize("typed", ["CODE", "link CODE"])
def test_the_code_of_the_mail_proves_the_address_and_both_are_told(applied: Stage, rows: Rows, typed: str) -> None:
    assert applied.says("telegram/7", "status")[0].endswith(WAITS)
    assert applied.says("telegram/7", typed) == [
        f"email/{ANN}: Hello,",
        "| the code that was sent to this address was typed in, so the address is confirmed for mail about an application to LSSC.",
        "| If that was not you, tell lssc@ala.org.",
        "| LSSC Assistant, the automatic assistant of the Library Support Staff Certification program",
        f"telegram/7: {CONFIRMED}",
    ]
    assert states(rows) == {"7": (1, "proved"), ANN: (1, "proved")}
    assert applied.says("telegram/7", "status")[0].endswith("`withdraw` takes it back.")


def test_the_code_is_taken_among_the_voluntary_questions(stage: Stage, rows: Rows) -> None:
    stage.says("telegram/7", "apply", *APPLICATION.values(), "send")
    told = stage.says("telegram/7", "CODE")
    assert f"telegram/7: {CONFIRMED}" in told
    assert "| How did you hear of the program?" in told
    assert rows("answer") == []


def test_the_code_of_the_mail_counts_for_nobody_else(applied: Stage, rows: Rows) -> None:
    applied.says("slack/U1", "menu")
    assert applied.says("slack/U1", "CODE")[0] == f"slack/U1: {linking.UNKNOWN}"
    assert states(rows) == {"7": (1, "proved"), "U1": (2, "proved"), ANN: (1, "claimed")}


def test_the_code_of_the_mail_is_good_for_three_days_and_a_new_one_can_be_had(applied: Stage, rows: Rows) -> None:
    applied.now += timedelta(days=3, minutes=1)
    assert applied.says("telegram/7", "CODE")[0] == f"telegram/7: {linking.OVER}"
    told = applied.says("telegram/7", "confirm mail")
    assert told[-1] == f"telegram/7: {confirming.SENT.format(ANN, 'lssc@ala.org')}"
    assert applied.says("telegram/7", "CODE")[-1] == f"telegram/7: {CONFIRMED}"


def test_at_most_three_mails_a_day_go_to_a_claimed_address(applied: Stage) -> None:
    applied.says("telegram/7", "confirm mail", "confirm mail")
    assert applied.says("telegram/7", "confirm mail") == [
        f"telegram/7: {confirming.ENOUGH.format(ANN, 'lssc@ala.org')}"
    ]
    assert mails(applied) == 3
    applied.now += timedelta(days=1)
    applied.says("telegram/7", "confirm mail")
    assert mails(applied) == 4


def test_link_reminds_of_a_mail_that_is_not_confirmed(applied: Stage) -> None:
    assert applied.says("telegram/7", "link")[-1] == f"| {WAITS}"
    assert applied.says("slack/U1", "menu", "confirm mail") == [f"slack/U1: {confirming.NOTHING}"]


def test_who_applies_with_the_proved_address_of_another_is_told_the_same_and_nothing_is_sent(
    applied: Stage, rows: Rows
) -> None:
    applied.says("email/bob@library.org", "hi")
    told = applied.says("slack/U1", "apply", *(APPLICATION | {"email": "bob@library.org"}).values(), "send")
    assert f"| {confirming.WAITS.format('bob@library.org')}" in told
    assert mails(applied, "bob@library.org") == 1  # the answer to Bob's own message
    before = len(applied.told)
    applied.says("slack/U1", "cancel", "confirm mail")
    assert applied.told[-1][1].text == confirming.SENT.format("bob@library.org", "lssc@ala.org")
    assert {where for where, _ in applied.told[before:]} == {"slack/U1"}
    kinds = [str(item["kind"]) for item in rows("desk_item")]
    assert kinds.count("address of another person") == 1
    owners = {address: owner for address, (owner, _) in states(rows).items()}
    assert owners["bob@library.org"] not in (owners["7"], owners["U1"])


def test_an_address_that_two_claim_belongs_to_the_last_one_who_asked_for_the_code_and_typed_it(
    applied: Stage, rows: Rows
) -> None:
    first = applied.code
    applied.says("slack/U1", "apply", *APPLICATION.values(), "send", "cancel")
    assert states(rows)[ANN] == (2, "claimed")
    assert applied.says("telegram/7", f"link {first}")[0] == f"telegram/7: {linking.UNKNOWN}"
    applied.says("telegram/7", "confirm mail", "CODE")
    assert states(rows)[ANN] == (1, "proved")
    kinds = [str(item["kind"]) for item in rows("desk_item")]
    assert kinds.count("address of another person") == 2  # of each of the two applications


def test_whoever_writes_from_a_claimed_address_knows_nothing_of_the_one_who_claimed_it(
    applied: Stage, rows: Rows
) -> None:
    told = applied.says(f"email/{ANN}", "status")
    assert not any("LSSC-2026" in line for line in told)
    assert states(rows) == {"7": (1, "proved"), ANN: (2, "proved")}
    assert applied.says("telegram/7", "CODE")[0] == f"telegram/7: {linking.OVER}"
    assert applied.says("telegram/7", "status")[0].endswith(WAITS)


def test_a_sender_who_may_be_forged_proves_no_address(applied: Stage, rows: Rows) -> None:
    for _ in range(2):
        told = applied.says(f"email/{ANN}", "status", trust="claimed")
        assert not any("LSSC-2026" in line for line in told)
        assert states(rows)[ANN] == (2, "claimed")
    applied.says("telegram/7", "confirm mail", "CODE")
    assert states(rows)[ANN] == (1, "proved")


def undeliverable(stage: Stage, channel: str, address: str) -> None:
    with stage.house.database.work(stage.now) as work:
        number = next(row.id for row in people.addresses(work, 1) if row.address == address)
        deliveries.undeliverable(Errand(stage.house, work), Letter(1, number, channel, address, "{}", 1), "gone")


def test_an_unreachable_address_that_writes_again_is_proved_again(applied: Stage, rows: Rows) -> None:
    undeliverable(applied, "telegram", "7")
    assert states(rows)["7"] == (1, "unreachable")
    applied.says("telegram/7", "hello", trust="claimed")
    assert states(rows)["7"] == (1, "unreachable")
    applied.says("telegram/7", "status")
    assert states(rows)["7"] == (1, "proved")


def test_a_claimed_address_whose_mail_came_back_is_still_no_proof(applied: Stage, rows: Rows) -> None:
    undeliverable(applied, "email", ANN)
    assert states(rows)[ANN] == (1, "claimed")
    assert not any("LSSC-2026" in line for line in applied.says(f"email/{ANN}", "status"))


def test_two_reminders_in_the_channel_where_the_applicant_talks(applied: Stage) -> None:
    reminded = []
    for _ in range(12):
        before = len(applied.told)
        count = remind(applied.errand)
        reminded.append((count, applied.told[before:]))
        applied.now += timedelta(days=1)
    assert [count for count, _ in reminded] == [0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0]
    assert [(where, message.text) for _, told in reminded for where, message in told] == [
        ("telegram/7", f"{each}\n\n{releasing.HOW}") for each in (WAITS, STILL_WAITS)
    ]


def test_after_a_long_pause_only_the_last_reminder_is_sent(applied: Stage) -> None:
    remind(applied.errand)
    applied.now += timedelta(days=30)
    assert [remind(applied.errand) for _ in range(3)] == [1, 0, 0]


@pytest.mark.parametrize("said", [("CODE",), ("withdraw", "yes")])
def test_nobody_is_reminded_of_a_proved_address_or_a_withdrawn_application(
    applied: Stage, said: tuple[str, ...]
) -> None:
    applied.says("telegram/7", *said)
    applied.now += timedelta(days=3)
    assert [remind(applied.errand) for _ in range(2)] == [0, 0]


def test_a_new_application_begins_the_reminders_anew(applied: Stage) -> None:
    remind(applied.errand)
    applied.now += timedelta(days=8)
    assert remind(applied.errand) == 1
    applied.says("telegram/7", "withdraw", "yes", "apply", "Ann Example", ANN, *list(APPLICATION.values())[2:4])
    applied.says("telegram/7", "none", "yes", "send", "cancel")
    assert remind(applied.errand) == 0
    applied.now += timedelta(days=2)
    assert remind(applied.errand) == 1


def test_many_processes_remind_once(applied: Stage, rows: Rows) -> None:
    applied.now += timedelta(days=2)

    def act(what: Callable[[Errand], Any]) -> Any:
        with applied.house.database.work(applied.now) as work:
            return what(Errand(applied.house, work))

    plan(act)
    before = len(rows("outbox"))
    with ThreadPoolExecutor(4) as threads:
        assert sum(threads.map(lambda _: act(partial(releasing.release, people=[1])), range(8))) == 1
    assert len(rows("outbox")) == before + 1
    assert [each["state"] for each in rows("reminder")] == ["sent"]


def test_a_reminder_undone_by_a_crash_is_sent_by_the_next_tick(applied: Stage) -> None:
    applied.now += timedelta(days=2)
    plan(applied.errand)

    def crashes(errand: Errand) -> None:
        raise RuntimeError(releasing.release(errand, [1]))

    with pytest.raises(RuntimeError, match="1"):
        applied.errand(crashes)
    assert remind(applied.errand) == 1


def test_nothing_but_the_code_is_sent_to_a_claimed_address(applied: Stage, rows: Rows) -> None:
    applied.says("slack/U1", "menu")
    applied.says("telegram/7", "link")
    applied.says("slack/U1", "link CODE", "status", "unlink", "[Telegram (7)]", "[Yes, unlink it]")
    applied.now += timedelta(days=2)
    remind(applied.errand)
    assert mails(applied) == 1
    with applied.house.database.work(applied.now) as work:
        owner = claims.owner(work, ANN)
        assert owner is not None
        assert confirming.unconfirmed(Errand(applied.house, work), owner.person_id or 0) == ANN
