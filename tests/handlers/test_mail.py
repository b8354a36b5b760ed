"""A mail speaks for somebody only when it answers ours or is vouched for; everything else is harmless or asked back."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from flows.dialog.speech import File, Outbound
from handlers import letters, mailing
from handlers.believing import FOREIGN, FORGOTTEN, OTHERS
from handlers.confirming import NOTHING
from handlers.desk.table import KINDS
from handlers.exchange import Errand
from handlers.hearing import House
from handlers.mailing import Whose
from storage import mailboxes, outbox, papers, people
from tests.handlers.acting import APPLICATION, Person, Rows
from tests.handlers.channels import Stage
from tests.handlers.mailing import PDF, Writer, acquainted
from tests.handlers.reminding import remind
from tests.handlers.test_progress import admitted

ANN = "ann@library.org"
CHECK = "A mail with your address as its sender says:"


@pytest.fixture
def stage(house: House) -> Stage:
    return Stage(house)


@pytest.fixture
def ann(stage: Stage) -> Writer:
    return acquainted(stage, ANN)


def state(rows: Rows, address: str = ANN) -> object:
    return next(row["state"] for row in rows("address") if row["address"] == address)


def told(lines: list[str], words: str) -> bool:
    return any(line.startswith(words) for line in lines)


# Whom to believe


def test_a_reply_to_our_mail_proves_the_address(ann: Writer, rows: Rows) -> None:
    assert state(rows) == "proved"


def test_a_strangers_first_mail_is_answered_but_proves_nothing(stage: Stage, rows: Rows) -> None:
    said = Writer(stage, ANN).writes("is there an exam?")
    assert said[:2] == ["> is there an exam?", "No, there is no exam."]
    assert state(rows) == "claimed"


@pytest.mark.parametrize("words", ["apply", "withdraw", "status", "forget me", "my data", "unlink", "rename", "stop"])
def test_what_acts_or_tells_is_asked_back_when_nobody_vouches_for_the_sender(
    ann: Writer, words: str, rows: Rows
) -> None:
    before = {name: rows(name) for name in ("conversation", "application", "desk_item", "unwanted", "audit")}
    said = ann.writes(words)
    assert (said[0], said[1], said[-2:]) == (CHECK, f"> {words}", ["- Yes, that was me", "- No, that was not me"])
    assert {name: rows(name) for name in before} == before


def test_what_was_asked_back_is_done_once_it_is_confirmed_by_a_reply(ann: Writer) -> None:
    ann.writes("fees")  # begins a form, which tells and changes nothing
    ann.replies("cancel")
    ann.writes("status")
    assert ann.writes("1")[1] == "> 1"  # a second forger confirms nothing
    ann.writes("status")
    assert ann.replies("1") == ["You have not applied yet.", *ann_choices()]


def ann_choices() -> list[str]:
    return ["- Check my eligibility", "- Work out my price", "- Apply"]


def test_what_was_not_the_persons_own_is_forgotten(ann: Writer, rows: Rows) -> None:
    ann.writes("forget me")
    assert ann.replies("No, that was not me")[0] == FORGOTTEN
    ann.replies("Yes, that was me")
    assert rows("desk_item") == []


def test_a_question_is_answered_whoever_asks(ann: Writer) -> None:
    answer = ["> is there an exam?", "No, there is no exam.", "(Source: LSSC candidate FAQ, 2010)"]
    assert ann.writes("is there an exam?") == answer


def test_a_vouched_sender_is_believed(ann: Writer) -> None:
    assert ann.writes("status", believed=True)[0] == "You have not applied yet."


def test_a_forged_answer_does_not_reach_an_open_form(ann: Writer, rows: Rows) -> None:
    ann.replies("fees")
    before = rows("answer")
    assert ann.writes("1")[0] == CHECK
    assert rows("answer") == before


def test_a_forwarded_mail_speaks_for_nobody(stage: Stage, ann: Writer) -> None:
    bob = Writer(stage, "bob@example.org")
    assert bob.writes("accept", foreign=True) == [FOREIGN]


def test_nothing_personal_is_told_when_others_read_along(ann: Writer) -> None:
    assert ann.writes("status", believed=True, others=True) == [OTHERS]
    assert ann.replies("status", others=True)[0] == "You have not applied yet."


# Strangers


def test_a_strangers_mail_without_an_answer_goes_to_the_office_once(house: House, rows: Rows) -> None:
    stage = Stage(replace(house, staff=frozenset({("slack", "U1")})))
    stranger = Writer(stage, "new@example.org")
    said = stranger.writes("Our roof leaks, whom do I call?")
    assert told(said, "A person of the LSSC office will answer you here")
    assert told(said, "[slack/U1] Our roof leaks")
    assert [(row["kind"], row["words"]) for row in rows("desk_note")] == [
        ("from person", "Our roof leaks, whom do I call?")
    ]
    assert [row["kind"] for row in rows("desk_item")] == ["hand-off"]


# A claimed address


@pytest.fixture
def applied(stage: Stage) -> Writer:
    stage.says("telegram/7", "apply", *APPLICATION.values(), "send", "cancel")
    return Writer(stage, ANN)


def test_any_reply_proves_an_address_that_was_typed_in(applied: Writer, rows: Rows) -> None:
    said = applied.replies("Yes, this is me. Thanks, Ann")
    line = f"Thank you, {ANN} is confirmed and belongs to your record. Mail about your application goes there."
    assert sorted(said) == [line, f"[telegram/7] {line}"]
    assert state(rows) == "proved"
    assert applied.stage.says("telegram/7", "confirm mail") == [f"telegram/7: {NOTHING}"]


def test_a_mailbox_is_the_same_in_any_case_of_letters(stage: Stage, rows: Rows) -> None:
    stage.says("telegram/7", "apply", *(APPLICATION | {"email": "Ann@Library.org"}).values(), "send", "cancel")
    told = Writer(stage, ANN).replies("yes")
    assert min(told).startswith(f"Thank you, {ANN} is confirmed")
    assert state(rows) == "proved"
    assert stage.says("telegram/7", "confirm mail") == [f"telegram/7: {NOTHING}"]


@pytest.mark.parametrize("words", ["No, I did not apply", "STOP", "wrong address, sorry", "This is not me!"])
def test_a_reply_that_says_no_proves_nothing_and_takes_the_address_out(applied: Writer, words: str, rows: Rows) -> None:
    applied.replies(words)
    owners = {row["address"]: row["person_id"] for row in rows("address")}
    assert owners[ANN] != owners["7"]


def test_a_new_mail_from_a_claimed_address_learns_nothing_of_the_application(applied: Writer) -> None:
    assert not told(applied.writes("status"), "Your application")


# Forms


def test_a_form_is_answered_in_one_mail_with_a_question_beside(ann: Writer) -> None:
    ann.replies("apply")
    asked = [words for key, words in APPLICATION.items() if key != "email"][:7]
    numbers = [f"{number}. {words}" for number, words in enumerate(asked, start=1)]
    said = ann.replies("\n".join(["Hello,", *numbers, "is there an exam?", "Thanks,", "Ann"]))
    assert said[:3] == ["> is there an exam?", "No, there is no exam.", "(Source: LSSC candidate FAQ, 2010)"]
    assert told(said, "Please answer beside the numbers")


def test_a_greeting_and_thanks_are_no_part_of_an_answer(ann: Writer) -> None:
    ann.replies("fees")
    ann.replies("stop")
    assert ann.replies("Hi,\n\n1\n\nThanks a lot,\nAnn Example")[0].startswith("Cancelled.")


@pytest.mark.parametrize("words", ["1, please.\n\nAnn", "#1", "(1)", "1. Check my eligibility", "option 1, thanks"])
def test_a_choice_is_known_by_its_number_whatever_stands_around_it(ann: Writer, words: str) -> None:
    ann.replies("menu")
    assert told(ann.replies(words), "Please answer beside the numbers")


def test_a_command_in_answer_to_a_list_is_no_answer_to_its_first_question(ann: Writer, rows: Rows) -> None:
    ann.replies("apply")
    assert ann.replies("status")[0] == "You have not applied yet."
    assert answers(rows) == {"email": ANN}


def answers(rows: Rows) -> dict[object, object]:
    return {row["key"]: row["words"] for row in rows("answer")}


ASKED = {key: words for key, words in APPLICATION.items() if key not in ("email", "job.1.more")}
FIRST = "\n".join(f"{number}. {words}" for number, words in enumerate(list(ASKED.values())[:7], start=1))
THEN = "\n".join(f"{number}. {words}" for number, words in enumerate(list(ASKED.values())[7:], start=8))


@pytest.mark.parametrize("believed", [True, False])
def test_who_applies_by_mail_is_not_asked_for_the_address_which_is_believed_no_further_than_before(
    stage: Stage, rows: Rows, believed: bool
) -> None:
    ann = Writer(stage, ANN)
    first = ann.writes("apply", believed=believed)
    assert not told(first, "2. Your email")
    assert "2. What is your position called?" in first
    ann.sends(FIRST, "proved" if believed else "claimed", signed=believed, letter=ann.last_letter())
    if not believed:
        assert state(rows) == "claimed"  # nothing of an answer was taken from it
        assert answers(rows) == {"email": ANN}
        return
    assert "b. Email: ann@library.org" in ann.replies(THEN)
    assert ann.replies("b") == ["Your email address?"]
    assert "b. Email: ann@springfield.example.org" in ann.replies("ann@springfield.example.org")


def test_who_began_to_apply_elsewhere_or_begins_again_is_asked_what_the_mail_does_not_tell(
    stage: Stage, rows: Rows
) -> None:
    ann = Writer(stage, ANN)
    ann.writes("apply", believed=True)
    assert "2. What is your position called?" in ann.replies("restart")
    assert answers(rows) == {"email": ANN}
    assert ann.replies("cancel") == ["Cancelled; nothing was sent."]
    assert stage.says("telegram/7", "apply", "Ann Example")[-1] == "telegram/7: Your email address?"


def test_beside_a_list_of_questions_no_other_list_is_offered(ann: Writer) -> None:
    ann.replies("apply")
    for words in (
        "I will send all of these tomorrow evening",
        "as I said",
        "you will have them some day then, I think",
    ):
        ann.replies(words)
        assert ann.last.choices == ()


def test_whoever_asks_for_a_person_among_other_things_is_given_one(house: House, rows: Rows) -> None:
    stage = Stage(replace(house, staff=frozenset({("slack", "U1")}), kinds=KINDS))
    ann = Writer(stage, ANN)
    ann.writes("help")
    said = ann.replies("I paid twice. I want to talk to a real person!!")
    assert told(said, "A person of the LSSC office will answer you here")
    assert [row["words"] for row in rows("desk_note")] == ["I paid twice. I want to talk to a real person!!"]
    about = {message.subject for where, message in stage.told if where == "slack/U1"}
    assert about == {"Desk: #1 Wish for a person"}
    stage.says("slack/U1", "reply 1 We look into it.")
    assert ann.last.subject == "From the LSSC office"


@pytest.mark.parametrize(
    "words",
    ["STOP SENDING ME THESE MAILS!!!", "unsubscribe me right now", "please stop", "Remove me from your list.",
     "Please take me off your mailing list", "No more reminders, please"],
)  # fmt: skip
def test_who_wants_no_more_mail_need_not_know_the_word_for_it(ann: Writer, words: str, rows: Rows) -> None:
    ann.replies(words)
    assert [row["kind"] for row in rows("unwanted")] == ["reminders"]


def test_the_reply_belongs_to_the_thread(ann: Writer) -> None:
    ann.replies("status", subject="Where am I?")
    assert (ann.last.answers, ann.last.subject) == (ann.ids[-1], "Re: Where am I?")
    ann.replies("status", subject="RE: Where am I?")
    assert ann.last.subject == "RE: Where am I?"
    ann.replies("status", thread=("<first@example.org>", "<second@lssc>"))
    assert ann.last.answers == f"<first@example.org> <second@lssc> {ann.ids[-1]}"


def test_what_was_understood_is_told_when_that_is_unsure(ann: Writer) -> None:
    assert told(ann.replies("status", unsure=True), "I could not tell what is new in your mail")


def test_a_number_answers_the_mail_that_it_replies_to_however_late(ann: Writer, rows: Rows) -> None:
    ann.replies("fees")
    ann.replies("stop")
    which = ann.last_letter()  # "Stop this form, or stop messages?"
    ann.replies("cancel")
    ann.replies("menu")  # where 2 would be another choice
    assert ann.replies("2", to=which)[0].startswith("Your mail answers a question of the price calculation, which")
    assert rows("unwanted") == []


def test_mails_about_one_matter_are_one_thread(stage: Stage) -> None:
    officer = Writer(stage, "officer@example.org")
    officer.writes("help")
    with stage.house.database.work(stage.now) as work:
        known = people.at(work, "email", officer.address)
        assert known is not None
        first, second = (Errand(stage.house, work) for _ in range(2))
        first.post(known.id, Outbound("one"), "item:1")
        for letter in first.posted:
            outbox.sent(work, letter, "<1@lssc>")
        second.post(known.id, Outbound("two"), "item:1")
        second.post(known.id, Outbound("three"), "item:2")
    assert [letters.decode(letter.body).answers for letter in (*first.posted, *second.posted)] == ["", "<1@lssc>"]


@pytest.mark.parametrize("words", ["no thanks", "No", "skip", "rather not", "No, thank you!\n\nAnn Example"])
def test_the_voluntary_questions_are_left_out_by_a_no(ann: Writer, rows: Rows, words: str) -> None:
    ann.replies("apply")
    for each in (FIRST, THEN):
        ann.replies(each)
    assert told(ann.replies("1"), "A few voluntary questions")
    assert ann.replies(words) == ["All right, we leave these questions out; nothing of them is kept."]
    assert rows("survey") == []


def test_in_a_chat_a_no_leaves_the_voluntary_questions_out_and_skip_only_the_first(stage: Stage) -> None:
    stage.says("telegram/7", "apply", *APPLICATION.values(), "send")
    assert "telegram/7: In which types of library" in stage.says("telegram/7", "skip")[0]
    stage.says("telegram/8", "apply", *(APPLICATION | {"email": "bo@example.org"}).values(), "send")
    left = stage.says("telegram/8", "no thanks")
    assert left == ["telegram/8: All right, we leave these questions out; nothing of them is kept."]


def test_a_no_to_the_rest_of_the_voluntary_questions_keeps_what_was_answered(ann: Writer, rows: Rows) -> None:
    ann.replies("apply")
    for each in (FIRST, THEN, "1", "1. A webinar"):
        ann.replies(each)
    assert ann.replies("no thanks") == ["Thank you."]
    assert [row["answers"] for row in rows("survey")] == ['{"heard": ["A webinar"]}']


def test_titles_stand_only_where_two_answers_stand_together(ann: Writer) -> None:
    one, source = "No, there is no exam.", "(Source: LSSC candidate FAQ, 2010)"
    assert ann.replies("is there an exam?")[:3] == ["> is there an exam?", one, source]
    assert ann.replies("exam or test?")[:3] == ["> exam or test?", one, source]
    assert ann.replies("exam or money?")[:5] == [
        "> exam or money?", f"Whether there is an exam: {one}", source, "What it costs: The fee is $350.", source,
    ]  # fmt: skip


# The desk in a mailbox


def test_the_desk_settles_by_replying(house: House, rows: Rows) -> None:
    at = ("email", "desk@example.org")
    stage = Stage(replace(house, desk=at, staff=frozenset({at}), kinds=KINDS))
    stage.says("telegram/7", "apply", *APPLICATION.values(), "send", "cancel")
    desk = Writer(stage, "desk@example.org")
    shown = next(message for _, message in stage.told if message.subject.startswith("Desk: #1 Application to decide"))
    number = next(place for place, choice in enumerate(shown.choices, 1) if choice.key.endswith(" accept"))
    with house.database.work(stage.now) as work:
        letter_id = outbox.about(work, "item:1")[0][0]
    told = desk.replies(f"{number}\n\nThanks,\nKim", to=letter_id)
    assert [row["state"] for row in rows("application")] == ["accepted"]
    assert any("accepted" in line for line in told)
    said = desk.writes("settle 1 accept")  # nobody vouches for that
    assert said[0] == CHECK


def test_after_an_answer_about_money_the_next_mail_below_it_is_about_the_same_item(house: House, rows: Rows) -> None:
    at = ("email", "desk@example.org")
    stage = Stage(replace(house, desk=at, staff=frozenset({at}), kinds=KINDS))
    stage.says("telegram/7", "apply", *APPLICATION.values(), "send", "cancel")
    desk = Writer(stage, "desk@example.org")
    item = next(row["id"] for row in rows("desk_item") if row["kind"] == "payment")
    assert told(desk.replies("part", matter=f"item:{item}"), f"#{item} Record a part: How much, from whom")
    desk.replies("100 from the applicant, on 20 November 2026")
    assert rows("outbox")[desk.last_letter() - 1]["matter"] == f"shown:{item}"
    assert told(desk.replies("paid", matter=f"shown:{item}"), "LSSC-2026-")
    assert [row["amount_cents"] for row in rows("payment")] == [10000, 25000]


def test_words_below_an_item_in_the_desks_mailbox_become_its_note(house: House, rows: Rows) -> None:
    at = ("email", "desk@example.org")
    stage = Stage(replace(house, desk=at, staff=frozenset({at}), kinds=KINDS))
    stage.says("telegram/7", "apply", *APPLICATION.values(), "send", "cancel")
    said = Writer(stage, "desk@example.org").replies("Kim has the transcript.", matter="item:1")  # without In-Reply-To
    assert said == ["Noted at #1. Only the staff see it; to write to the person, begin with `reply:`."]
    assert [(row["item_id"], row["words"]) for row in rows("desk_note")] == [(1, "Kim has the transcript.")]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("Accept", "[telegram/7] Good news:"),
        ("note she called", "Noted at #1."),
        ("note 1 she called", "Noted at #1."),
        ("snooze 3 days", "#1 comes back on 26 November 2026."),
        ("reply: Which school was it?", "Sent"),
        ("ask: Which school was it?", "Sent"),
        ("ask", "#1 Ask them: "),
        ("desk", "2 at the desk:"),
        ("Accept her only if the school confirms it", "Noted at #1. Only the staff see it"),
    ],
)
def test_below_an_item_in_the_desks_mailbox_its_number_need_not_be_named(house: House, words: str, said: str) -> None:
    at = ("email", "desk@example.org")
    stage = Stage(replace(house, desk=at, staff=frozenset({at}), kinds=KINDS))
    stage.says("telegram/7", "apply", *APPLICATION.values(), "send", "cancel")
    desk = Writer(stage, "desk@example.org")
    assert told(desk.replies(words, matter="item:1"), said)


def test_what_the_desk_is_told_about_an_item_can_be_replied_to_as_well(house: House) -> None:
    at = ("email", "desk@example.org")
    stage = Stage(replace(house, desk=at, staff=frozenset({at}), kinds=KINDS))
    stage.says("telegram/7", "apply", *APPLICATION.values(), "send", "cancel")
    desk = Writer(stage, "desk@example.org")
    desk.replies("note she called", matter="item:1")
    with house.database.work(stage.now) as work:
        last = outbox.about(work, "shown:1")[-1][0]
    assert last == desk.last_letter()


def test_a_place_that_turns_out_to_be_a_mailbox_of_the_staff_is_taken_over(house: House) -> None:
    with house.database.work(Stage(house).now) as work:
        people.place(work, "email", "desk@example.org")
    stage = Stage(house)
    assert Writer(stage, "desk@example.org").writes("is there an exam?")[1] == "No, there is no exam."


# Documents


def test_a_document_is_kept_where_one_is_asked_for(ann: Writer, rows: Rows) -> None:
    ann.replies("apply")
    ann.replies("6. Yes, from another country")
    said = ann.replies("Here it is.", files=(File("diploma.pdf", "application/pdf", PDF),))
    assert said[0] == "Kept for the office, for your schooling abroad: “diploma.pdf”. Only the staff can open it."
    with ann.stage.house.database.work(ann.stage.now) as work:
        (kept,) = papers.of(work, 1)
        found = papers.get(work, kept.id)
    assert found is not None
    assert (found.name, found.content) == ("diploma.pdf", PDF)


def test_a_document_is_kept_that_comes_with_the_answer_that_asks_for_it(ann: Writer) -> None:
    ann.replies("apply")
    said = ann.replies("6. Yes, from another country", files=(File("diploma.pdf", "application/pdf", PDF),))
    assert said[0] == "Kept for the office, for your schooling abroad: “diploma.pdf”. Only the staff can open it."


@pytest.mark.parametrize("words", ["", "The letter of my supervisor."])
def test_a_document_may_prove_an_experience(ann: Writer, rows: Rows, words: str) -> None:
    admitted(Person(ann.stage.house, ANN, "email"), {})
    ann.replies("write technology 4")
    ann.replies("I drew a plan for the shelves.")
    ann.replies("prior")
    said = ann.replies(words, files=(File("letter.pdf", "application/pdf", PDF),))
    assert said[0] == "Kept for the office, for your proof of experience: “letter.pdf”. Only the staff can open it."
    assert [row["about"] for row in rows("paper")] == ["proof of experience"]
    assert [row["proof"] for row in rows("narrative")] == [words or "document: letter.pdf"]


def test_a_document_that_nothing_asks_for_is_not_kept(ann: Writer, rows: Rows) -> None:
    said = ann.replies("", files=(File("cv.pdf", "application/pdf", PDF),), refused=("run.exe",))
    assert said[0].startswith("Nothing asks for a document just now, so I did not keep “cv.pdf”. Put it where a link")
    assert said[1].startswith("I did not keep “run.exe”: I take PDF, JPEG and PNG files of up to 10 MB.")
    assert rows("paper") == []


def test_a_document_of_somebody_who_is_not_believed_is_not_kept(ann: Writer, rows: Rows) -> None:
    ann.replies("apply")
    ann.replies("6. Yes, from another country")
    ann.writes("is there an exam?", files=(File("diploma.pdf", "application/pdf", PDF),))
    assert rows("paper") == []


# What comes back


def letter(stage: Stage, address: str = ANN) -> tuple[int, int]:
    """The address, and the last letter to it, by id."""
    with stage.house.database.work(stage.now) as work:
        speaker = people.speaker(work, "email", address)
    assert speaker is not None
    return speaker.address_id, stage_letters(stage)[-1]


def stage_letters(stage: Stage) -> list[int]:
    with stage.house.database.engine.connect() as connection:
        return [row[0] for row in connection.exec_driver_sql("SELECT id FROM outbox ORDER BY id")]


def test_whose_a_reply_address_is(stage: Stage, ann: Writer) -> None:
    there, number = letter(stage)
    Writer(stage, "bob@example.org").writes("help")
    found = [
        stage.errand(lambda errand, who=who: mailing.whose(errand, who, there, number))
        for who in (ANN, "bob@example.org", "nobody@example.org")
    ]
    assert found == [Whose(signed=True, letter=number), Whose(foreign=True), Whose(foreign=True)]
    assert stage.errand(lambda errand: mailing.whose(errand, ANN, 4711, number)) == Whose()


def test_a_hard_bounce_moves_to_the_next_channel_and_tells_the_desk_once(stage: Stage, rows: Rows) -> None:
    stage.says("telegram/7", "apply", *APPLICATION.values(), "send", "cancel")
    Writer(stage, ANN).replies("yes")
    ann = Writer(stage, ANN)
    ann.replies("help")
    there, number = letter(stage)
    before = len(stage.told)
    for _ in range(2):
        stage.errand(lambda errand: mailing.bounced(errand, there, number, "5.1.1", hard=True))
    instead = [message.text.splitlines()[0] for where, message in stage.told[before:] if where == "telegram/7"]
    assert instead[0] == "(I could not reach you by mail, so this comes here.)"
    assert state(rows) == "unreachable"
    assert [row["kind"] for row in rows("desk_item")].count("undeliverable") == 1
    ann.replies("help")
    assert state(rows) == "proved"


def test_soft_bounces_are_counted_and_the_fifth_goes_to_the_desk(stage: Stage, ann: Writer, rows: Rows) -> None:
    there, number = letter(stage)
    kinds = []
    for _ in range(6):
        stage.errand(lambda errand: mailing.bounced(errand, there, number, "4.2.2", hard=False))
        kinds.append([row["kind"] for row in rows("desk_item")].count("undeliverable"))
    assert (kinds, state(rows)) == ([0, 0, 0, 0, 1, 1], "proved")


def test_reminders_wait_while_somebody_is_away_or_wants_none(applied: Writer) -> None:
    stage = applied.stage
    with stage.house.database.work(stage.now) as work:
        mailboxes.away(work, 1, date(2026, 11, 30))
    stage.now += timedelta(days=3)
    assert remind(stage.errand) == 0
    stage.now += timedelta(days=3)  # the day of the second step, and the last one away
    assert remind(stage.errand) == 0
    stage.now += timedelta(days=2)
    assert remind(stage.errand) == 1


def test_whoever_wants_no_reminders_gets_none(applied: Writer, rows: Rows) -> None:
    stage = applied.stage
    stage.says("telegram/7", "stop")
    stage.now += timedelta(days=3)
    assert remind(stage.errand) == 0
    assert [each["state"] for each in rows("reminder")] == ["unwanted"]
    stage.says("telegram/7", "start reminders")
    stage.now += timedelta(days=5)
    assert remind(stage.errand) == 1


def test_a_talk_of_the_staff_is_left_alone(house: House) -> None:
    stage = Stage(replace(house, staff=frozenset({("email", "officer@example.org")})))

    def seen(number: str, sender: str, others: tuple[str, ...], before: tuple[str, ...] = ()) -> bool:
        return stage.errand(lambda errand: mailing.is_between_people(errand, number, sender, others, before))

    assert not seen("<1@x>", ANN, ())
    assert seen("<2@x>", ANN, ("officer@example.org",))
    assert seen("<3@x>", ANN, (), ("<2@x>",))  # the same thread, though now to us alone
    assert seen("<4@x>", "officer@example.org", (ANN,))
    assert not seen("<5@x>", "officer@example.org", ())  # the staff to us


def test_two_robots_stop_writing_to_each_other(stage: Stage, rows: Rows) -> None:
    robot = Writer(stage, "robot@example.org")
    answered = 0
    while not stage.errand(lambda errand: mailing.is_enough(errand, robot.address)):
        robot.writes("help")
        answered += 1
    assert answered == mailing.MOST_AN_HOUR
    assert [row["kind"] for row in rows("desk_item")] == ["mail loop"]
    assert robot.last.text.endswith("please send it again in an hour; lssc@ala.org helps at once.")
    told = len(stage.told)
    assert stage.errand(lambda errand: mailing.is_enough(errand, robot.address))
    assert (len(rows("desk_item")), len(stage.told)) == (1, told)
    stage.now += timedelta(hours=2)
    assert not stage.errand(lambda errand: mailing.is_enough(errand, robot.address))


def test_a_forged_mail_cannot_borrow_the_answer_to_another_letter(ann: Writer, rows: Rows) -> None:
    ann.replies("fees")
    form = ann.last_letter()  # a numbered list
    ann.writes("cancel")
    ann.replies("1", to=form)
    assert [row["state"] for row in rows("conversation")] == ["open"]


def test_a_reply_to_an_older_claim_is_no_word_for_a_newer_one(applied: Writer) -> None:
    stage = applied.stage
    there, number = letter(stage)
    stage.says("slack/U2", "apply", *APPLICATION.values(), "send", "cancel")
    assert stage.errand(lambda errand: mailing.whose(errand, ANN, there, number)) == Whose()


def test_what_else_the_confirming_mail_says_is_heard_too(applied: Writer) -> None:
    said = applied.replies("Yes.\n\nis there an exam?")
    assert told(said, f"Thank you, {ANN} is confirmed")


def test_what_came_with_a_doubted_mail_is_named(ann: Writer) -> None:
    said = ann.writes("withdraw", files=(File("cv.pdf", "application/pdf", PDF),))
    assert said[0] == "What came with that mail was not kept: “cv.pdf”."


def test_a_name_on_a_mail_keeps_nobody_from_proving_that_address(stage: Stage, rows: Rows) -> None:
    Writer(stage, ANN).writes("is there an exam?")  # whoever that was
    stage.says("telegram/7", "apply", *APPLICATION.values(), "send", "cancel")
    stage.says("telegram/7", "CODE")
    owners = {row["address"]: (row["person_id"], row["state"]) for row in rows("address")}
    assert owners[ANN] == (owners["7"][0], "proved")


def test_the_office_reaches_a_stranger_who_wrote_only_once(house: House) -> None:
    stage = Stage(replace(house, staff=frozenset({("slack", "U1")}), kinds=KINDS))
    stranger = Writer(stage, "new@example.org")
    stranger.writes("Our roof leaks, whom do I call?")
    stage.says("slack/U1", "reply 1 Call the library.")
    assert "Call the library." in stranger.last.text
