"""What a mail says is repeated harmlessly in its reply, where nobody vouches for its sender."""

import pytest

from flows.dialog.speech import File
from handlers import commands
from handlers.believing import FOREIGN, SEND_AGAIN
from handlers.hearing import House
from handlers.quoting import is_whole, plain
from tests.handlers.channels import Stage
from tests.handlers.mailing import PDF, Writer, acquainted

ANN = "ann@library.org"
BAIT = "Your prize waits at https://evil.example/prize or evil.example, call +1 (800) 555-0199"

EXAM = "does https://a.example say there is an exam?"


@pytest.fixture
def stage(house: House) -> Stage:
    return Stage(house)


@pytest.fixture
def ann(stage: Stage) -> Writer:
    return acquainted(stage, ANN)


@pytest.mark.parametrize(
    ("words", "line"),
    [
        ("is there an exam?", "is there an exam?"),
        ("Hi,\n\nis there\tan exam?", "Hi, is there an exam?"),
        ("Log in: https://evil.example/a?b=c now", "Log in: [link] now"),
        ("see HTTP://EVIL.EXAMPLE and javascript://x", "see [link] and [link]"),
        ("Sign in here <https://evil.example>", "Sign in here [link]"),
        ("www.evil or evil.example/x or (evil.co.uk)", "[link] or [link] or [link]"),
        ("ｅｖｉｌ．ｅｘａｍｐｌｅ and evil。example", "[link] and [link]"),
        ("write to eve@evil.example", "write to [link]"),
        ("call +1 (800) 555-0199 today", "call [number] today"),
        ("80055501991 or 1-800-555-0199", "[number] or [number]"),
        ("20 hours a week since March 2019, e.g. 1,820 in 2.5 years", "20 hours a week since March 2019, e.g. 1,820 in 2.5 years"),
        ("\u202egro.live\u2066 hidden\x00", "[link] hidden"),
        ("word " * 40, "word " * 20 + "..."),
        ("x" * 3000, " ..."),
        ("", ""),
    ],
)  # fmt: skip
def test_one_plain_line(words: str, line: str) -> None:
    assert plain(words) == line


@pytest.mark.parametrize(
    ("words", "whole"),
    [("withdraw", True), ("my evidence\nhttps://a.example/1", True), ("word " * 30, False), ("ok" + " " * 3000, False)],
)
def test_whether_more_than_links_is_left_out(words: str, whole: bool) -> None:
    assert is_whole(words) is whole


# Strangers


def test_the_answer_to_a_forged_question_carries_neither_its_link_nor_its_subject(stage: Stage) -> None:
    stranger = Writer(stage, "victim@example.org")
    said = stranger.writes(EXAM, subject="Win a prize at evil.example")
    assert said[:2] == ["> does [link] say there is an exam?", "No, there is no exam."]
    assert stranger.last.subject == "Re: Your mail to the LSSC assistant"
    assert stranger.last.answers == stranger.ids[-1]


@pytest.mark.parametrize("words", [BAIT, *(f"{each}\n\n{BAIT}" for each in commands.ANYWHERE), f"link 123456\n{BAIT}"])
@pytest.mark.parametrize("known", [False, True])
def test_nothing_that_leads_away_is_ever_sent_back(stage: Stage, words: str, known: bool) -> None:
    victim = Writer(stage, ANN)
    if known:
        victim.writes("help")
        victim.replies("help")
    for mail in ({}, {"unsure": True}, {"foreign": True}, {"others": True}):
        said = "\n".join(victim.writes(words, subject=BAIT, refused=(f"{BAIT}.pdf",), **mail))
        told = f"{victim.last.subject}\n{said}"
        assert [each for each in ("evil", "555", "prize at https") if each in told] == []


def test_a_stranger_who_is_vouched_for_keeps_words_and_subject(stage: Stage) -> None:
    stranger = Writer(stage, "new@example.org")
    said = stranger.writes(EXAM, believed=True, subject="An exam")
    assert (said[0], stranger.last.subject) == (f"> {EXAM}", "Re: An exam")


# Somebody known


def test_was_it_you_shows_no_link_and_confirms_the_words_as_they_were(ann: Writer) -> None:
    said = ann.writes("status\nhttps://evil.example", subject="Win a prize")
    assert said[1] == "> status [link]"
    assert ann.last.choices[0].key == "said:status\nhttps://evil.example"
    assert ann.last.subject == "Re: Your mail to the LSSC assistant"


def test_what_is_not_seen_in_full_cannot_be_confirmed(ann: Writer) -> None:
    said = ann.writes(f"{'Please look at my portfolio. ' * 5}\n\nforget me")
    assert (said, ann.last.choices) == ([SEND_AGAIN], ())


def test_a_greeting_takes_no_room_where_somebody_is_asked_back(ann: Writer) -> None:
    assert ann.writes("Dear LSSC,\n\nwithdraw\n\nKind regards,\nAnn")[1] == "> withdraw"


def test_a_reply_to_our_mail_keeps_words_and_subject(ann: Writer) -> None:
    said = ann.replies(EXAM, subject="An exam")
    assert (said[0], ann.last.subject) == (f"> {EXAM}", "Re: An exam")


def test_a_forwarded_mail_of_a_stranger_chooses_no_subject(stage: Stage, ann: Writer) -> None:
    bob = Writer(stage, "bob@example.org")
    assert bob.writes("accept", foreign=True, subject="Win a prize") == [FOREIGN]
    assert bob.last.subject == "Re: Your mail to the LSSC assistant"


def test_a_file_is_named_only_by_a_plain_name(ann: Writer) -> None:
    files = (File("cv.pdf", "application/pdf", PDF), File("call 800 555 0199.pdf", "application/pdf", PDF))
    said = ann.writes("withdraw", files=files)
    assert said[0] == "What came with that mail was not kept: “cv.pdf”, a file."
