"""Each kind of question reads a person's words, or says kindly why it cannot; nothing is ever interpreted."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from flows.dialog import kinds
from flows.dialog.question import Question
from flows.dialog.speech import Choice
from flows.dialog.talk import Talk
from flows.dialog.unclear import Unclear
from flows.program.states import OUTSIDE, STATES

TYPES = [
    Choice("public", "Public"),
    Choice("academic", "Academic"),
    Choice("school", "School"),
    Choice("other", "Other"),
]
TODAY = date(2026, 11, 22)
MEGABYTE = "x" * 1_000_000
TALK: dict[str, Callable[[Talk], Question[Any]]] = {
    "yes_no": lambda talk: talk.yes_no("q", "Q?"),
    "choice": lambda talk: talk.choice("q", "Q?", TYPES),
    "several": lambda talk: talk.several("q", "Q?", TYPES),
    "number": lambda talk: talk.number("q", "Q?"),
    "date": lambda talk: talk.date("q", "Q?", TODAY),
    "email": lambda talk: talk.email("q", "Q?"),
    "link": lambda talk: talk.link("q", "Q?"),
    "state": lambda talk: talk.state("q", "Q?"),
    "text": lambda talk: talk.text("q", "Q?"),
}
CODE = [
    "'; DROP TABLE answers; --", "<script>alert(1)</script>", "<b>Ann</b> &amp; co",
    "**Ann** [x](javascript:y) `z`",
    "{{ 7 * 7 }} {% raw %}", "${7*7} %(x)s {0}", "مكتبة عامة", "\N{LATIN SMALL LETTER E WITH ACUTE}cole 图书馆",
    "\N{MAN}\u200d\N{PERSONAL COMPUTER} \N{BOOKS}",
]  # fmt: skip
STRANGE = ["", " ", "\n\n", "\x00", "\x1b[31m\x07", "\u202e\u2066", "\ud800", "\u200d", "\N{BOOKS}", MEGABYTE, *CODE]


def question(kind: str) -> Question[Any]:
    return TALK[kind](Talk())


def hint(read: Callable[[str], Any], words: str) -> str:
    with pytest.raises(Unclear) as unclear:
        read(words)
    return str(unclear.value)


@pytest.mark.parametrize("words", STRANGE, ids=ascii)
@pytest.mark.parametrize("kind", [kind for kind in TALK if kind != "text"])
def test_strange_words_are_no_answer_and_never_a_crash(kind: str, words: str) -> None:
    if kind == "number" and sum(letter.isdigit() for letter in words) in (1, 2):
        return  # the one number among any other words is the answer
    said = hint(question(kind).read, words[:1_000_000])
    assert 10 < len(said) < 300
    assert said.isprintable()


@pytest.mark.parametrize("words", CODE)
def test_open_text_is_kept_as_it_stands(words: str) -> None:
    assert question("text").read(words) == words


@pytest.mark.parametrize(
    "words", ["", " \t\r\n", "\x00\x07\x1b", "\u202e\u2066", "\ud800", "\u200d", "\u3164", "\u2800"]
)
def test_text_that_nobody_can_see_is_no_answer(words: str) -> None:
    assert hint(question("text").read, words) == "Please write a few words."


def test_control_characters_and_directions_are_taken_out_of_text() -> None:
    assert kinds.text("Ann\x00 \x1b[1mExample\u202e\r\n Junior\ud800") == "Ann [1mExample Junior"
    assert kinds.text("one \r\n\n two\x0bthree ", lines=True) == "one\n\ntwo three"


def test_text_that_is_too_long_is_told_how_long_it_may_be() -> None:
    assert hint(kinds.text, MEGABYTE) == "That is 1,000,000 characters; please keep it under 200."
    assert kinds.text("x" * 200) == "x" * 200


# --- yes and no ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words",
    ["yes", "Y", "YES!", "yes.", "Yeah", "1", "sure", "ok", "I do", "of course", "sí", "yes, in 1998",
     "yes, but abroad",
     "yes\x00", "yes, but not in the US", "I have.", "that’s right", "Yes, from Nigeria", "Yes. From Nigeria.",
     "Yes - Nigeria", "yes—Nigeria", "Yes (Nigeria)", "Yes, with no break since 1998", "yes, not in the US",
     "Yes, I earned it in Nigeria in 1998 at the Federal Government College in Lagos, and then moved to Ohio"],
)  # fmt: skip
def test_a_yes_is_read(words: str) -> None:
    assert kinds.yes_no(words) is True


@pytest.mark.parametrize(
    "words",
    ["no", "N", "nope.", "2", "not yet", "Not really!", "No, I am not", "I don’t", "I haven't", "absolutely not",
    "no thanks",
     "definitely not.", "of course not", "none", "No, but I have a GED", "No. I never finished it.",
     "No, I left school in 1998 when my family moved from Lagos to Ohio, and I have not gone back to it since then"],
)  # fmt: skip
def test_a_no_is_read(words: str) -> None:
    assert kinds.yes_no(words) is False


@pytest.mark.parametrize(
    "words",
    ["no idea", "No idea!", "no idea, sorry", "no clue at all", "not sure", "yes?", "right?", "no problem", "know",
    "never mind",
     "nevermind", "no worries", "no doubt", "no, wait", "no wait, yes", "yes and no", "yes or no", "yes no",
     "yes/no", "sure not", "yes, but no", "Yes, but not yet", "yes, well, no", "Yes. No.", "No, actually yes",
     "no but yes in a way", "Yes, but I am not sure", f"Yes, {'from Nigeria ' * 100}",
     "right now I am not", "ok, no", "true, but not here", "no sé", "no entiendo", "no comment", "yesterday",
     "note", "3", "12",
     "maybe", "I am not sure", "yes " * 20],
)  # fmt: skip
def test_what_only_looks_like_yes_or_no_is_asked_back(words: str) -> None:
    assert hint(kinds.yes_no, words) == "Please answer yes or no."


# --- choices -------------------------------------------------------------------------------------


@pytest.mark.parametrize("words", ["public", "Public", " PUBLIC! ", "1", "1.", "1)", "publ", "\u0661", "Public\x00"])
def test_a_choice_is_read_by_key_label_number_or_beginning(words: str) -> None:
    assert kinds.choice(TYPES)(words) == "public"


@pytest.mark.parametrize("words", ["0", "5", "01234567", "-1", "1.5", "p", "the first", "9" * 5000, "²"])
def test_no_choice_is_guessed(words: str) -> None:
    assert hint(kinds.choice(TYPES), words) == "Please answer with one of the choices, by its number or its words."


def test_a_beginning_that_fits_two_choices_is_asked_back() -> None:
    trees = [Choice("a", "Red oak"), Choice("b", "Red maple")]
    assert hint(kinds.choice(trees), "red").startswith("Please answer with one of the choices")
    assert kinds.choice(trees)("red o") == "a"


def test_a_slip_of_the_pen_is_asked_back_with_the_nearest_choice() -> None:
    assert hint(kinds.choice(TYPES), "pubic") == "Did you mean “Public”? Then please send just that, or its number."


def test_a_choice_worded_like_a_question_takes_a_bare_yes_or_no() -> None:
    read = kinds.choice(TYPES[:2], kinds.said_yes_or_no("public", "academic"))
    assert [read(words) for words in ("Yes please!", "y", "No.", "no, thanks")] == [
        "public",
        "public",
        "academic",
        "academic",
    ]
    assert hint(read, "no idea").startswith("Please answer with one of the choices")


@pytest.mark.parametrize(
    "words", ["1, 3", "1 and 3", "1 3", "public, school", "Public and School", "public\nschool", "1,3,1"]
)
def test_several_choices_are_read_once_each(words: str) -> None:
    assert kinds.several(TYPES)(words) == ("public", "school")


@pytest.mark.parametrize("words", ["1, 9", "public, zoo", "13", ",", "and", "1-3"])
def test_several_choices_are_read_all_or_none(words: str) -> None:
    assert hint(kinds.several(TYPES), words) != ""


# --- addresses and links -------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words",
    ["ann@Library.ORG", "mailto:ann@library.org", "Ann <ann@library.org>", "My email is ann@library.org.",
     "It is ann@library.org!", " ann@library.org\n"],
)  # fmt: skip
def test_an_email_address_is_found(words: str) -> None:
    assert kinds.email(words) == "ann@library.org"


@pytest.mark.parametrize(
    "words",
    ["ann", "ann@library", "@library.org", "ann@", "a..b@library.org", ".ann@library.org", "ann.@library.org",
    "x@a.org@b.org",
     "ann@-library.org", "a" * 65 + "@library.org", "ann@" + "a." * 200 + "org", "x" * 1000 + " ann@library.org"],
)  # fmt: skip
def test_no_email_address_is_made_up(words: str) -> None:
    assert hint(kinds.email, words) == "That does not look like an email address; it should be like ann@library.org."


def test_two_addresses_are_asked_back() -> None:
    assert hint(kinds.email, "ann@a.org or bo@b.org") == "I see more than one address there; please send just one."


def test_a_link_is_completed() -> None:
    assert kinds.link("example.org/my-work?a=1#b") == "https://example.org/my-work?a=1#b"
    assert kinds.link("http://bücher.example/x") == "http://bücher.example/x"


@pytest.mark.parametrize(
    "words",
    ["javascript:alert(1)", "javascript://a.b/%0aalert(1)", "file:///etc/passwd", "data:text/html,x",
    "ftp://a.org/x", "http://",
     "https://[::1", "...", "http://localhost/", "see https://a.org", "https://ann:secret@a.org/",
     "https://a.org/" + "x" * 2000],
)  # fmt: skip
def test_what_is_no_harmless_link_is_refused(words: str) -> None:
    assert hint(kinds.link, words) != ""


# --- numbers, dates, states ----------------------------------------------------------------------


def test_a_number_outside_its_bounds_is_told_the_bounds() -> None:
    read = Talk().number("q", "Q?", least=1, most=1_234_567, unit="number of hours").read
    assert hint(read, "0") == "Please give a number of hours between 1 and 1,234,567."
    assert hint(read, "-3") == "Please give a number of hours between 1 and 1,234,567."
    assert [read("1"), read("1,234,567"), read("two thousand")] == [1, 1_234_567, 2000]


def test_an_example_is_a_number_that_would_do() -> None:
    small = Talk().number("q", "Q?", most=6)
    assert (small.example, hint(small.read, "lots")) == ("6", "Please answer with a number, such as 6.")


def test_a_whole_number_is_never_cut_from_a_part_of_one() -> None:
    read = Talk().number("q", "Q?", most=6, unit="number of sets", whole=True).read
    assert [hint(read, words) for words in ("2.5", "2 or 3")] == [
        "Please give a whole number of sets between 0 and 6."
    ] * 2
    assert read("three") == 3


def test_a_date_question_reads_days_only() -> None:
    read = Talk().date("q", "Q?", TODAY, latest=TODAY).read
    assert read("May 3, 2024") == date(2024, 5, 3)
    assert hint(read, "May 2024") == "Please give the day too, such as 3 May 2024 or 2024-05-03."
    assert hint(read, "2030-01-01") == "That is too late: it should be 22 November 2026 or earlier."


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.code)
def test_every_state_the_district_and_the_territories_are_read_by_name_and_letters(state: Any) -> None:
    read = question("state").read
    assert [read(state.name), read(state.code), read(f" {state.code.lower()}. ")] == [state] * 3


@pytest.mark.parametrize(
    ("words", "code"),
    [("D.C.", "DC"), ("Washington, D.C.", "DC"), ("washington", "WA"), ("Puerto Rico", "PR"), ("Guam", "GU"),
    ("USVI", "VI"),
     ("American Samoa", "AS"), ("Northern Mariana Islands", "MP"), ("outside the US", OUTSIDE.code), ("Abroad",
     OUTSIDE.code),
     ("Outside the United States", OUTSIDE.code)],
)  # fmt: skip
def test_a_place_is_read_under_its_other_names(words: str, code: str) -> None:
    state: Any = question("state").read(words)
    assert state.code == code


@pytest.mark.parametrize("words", ["US", "Ontario", "Springfield", "CO or OR", "None"])
def test_no_state_is_guessed(words: str) -> None:
    assert hint(question("state").read, words) == (
        "Which state is that? Its name or two letters, a territory, or “outside the US”."
    )


@pytest.mark.parametrize("words", ["2", "#2", "option 2", "number 2", "no. 2", "2 please", "Number 2, please", "two b"])
def test_a_choice_is_read_with_what_people_write_around_it(words: str) -> None:
    choices = (Choice("a", "One a"), Choice("b", "Two b"))
    assert kinds.choice(choices)(words) == "b"
