"""What a person said, and when the whole mail counts."""

from bot.channels.email.reading.cutting import Said
from tests.bot.email.reading.mails import heard, lines, plain

WROTE = "On Tue, 3 Mar 2026 at 10:15, Desk <desk@reedmoor.example> wrote:"


def said_in(text: str) -> list[str]:
    return lines(heard(plain(text)).new_text)


def test_a_text_alone_is_what_was_said_with_its_blank_lines_and_indents() -> None:
    text = "Hello,\n\n    indented\n- one\n- two\n\n\nNora"
    assert heard(plain(f"\n\n{text}\n\n")) == Said(text, False, (), ())


def test_answers_between_quoted_questions_are_kept_with_the_questions() -> None:
    text = f"Hello,\n\n{WROTE}\n\n> 1. Where do you work?\n\nReedmoor.\n\n> 2. Since when?\n\n2019.\n\n> Thank you\n> The desk\n"
    assert said_in(text) == ["Hello,", "> 1. Where do you work?", "Reedmoor.", "> 2. Since when?", "2019."]


def test_quoted_questions_that_begin_with_their_numbers_are_quoted() -> None:
    assert said_in("> 1. Where?\nReedmoor.\n> 2. Since when?\n2019.\n> 3. Thank you\n") == [
        "> 1. Where?",
        "Reedmoor.",
        "> 2. Since when?",
        "2019.",
    ]


def test_answers_right_below_their_questions_are_kept() -> None:
    text = f"{WROTE}\n> Where do you work?\nReedmoor.\n> Since when?\n2019.\n"
    assert said_in(text) == ["> Where do you work?", "Reedmoor.", "> Since when?", "2019."]


def test_a_short_quotation_between_two_texts_is_kept() -> None:
    text = f"Hello,\n\n{WROTE}\n> Which date?\n\nThe second, because of the holidays.\n"
    assert said_in(text) == ["Hello,", "> Which date?", "The second, because of the holidays."]


def test_a_long_quotation_between_two_texts_is_cut() -> None:
    quoted = "".join(f"> line {number}\n" for number in range(12))
    assert said_in(f"Hello,\n\n{WROTE}\n{quoted}\nThe second.\n") == ["Hello,", "The second."]


def test_a_farewell_below_the_quotation_does_not_keep_it() -> None:
    assert said_in(f"The second.\n\n{WROTE}\n> Which date?\n\nKind regards,\nNora\n") == [
        "The second.",
        "Kind regards,",
        "Nora",
    ]


def test_a_quotation_without_an_attribution_above_the_text_is_the_persons_own() -> None:
    assert said_in("> a line of the handbook\n\nDoes this hold for me?\n") == [
        "> a line of the handbook",
        "Does this hold for me?",
    ]


def test_a_quotation_below_the_text_is_cut_also_without_an_attribution() -> None:
    assert said_in("The second.\n\n> Which date?\n> The desk\n") == ["The second."]


def test_a_line_that_begins_with_more_than_is_no_quotation() -> None:
    assert said_in("How much of it was cataloging?\n\n> 50 % of my time\n") == [
        "How much of it was cataloging?",
        "> 50 % of my time",
    ]


def test_quotation_marks_of_other_kinds_are_known() -> None:
    bars = f"The second.\n\n{WROTE}\n\n| Which date?\n| The desk\n"
    initials = "The second.\n\nND> Which date?\nND> The desk\n"
    assert (said_in(bars), said_in(initials)) == (["The second."], ["The second."])


def test_a_table_drawn_with_bars_is_kept() -> None:
    assert said_in("My classes:\n| year | class |\n| 2025 | reference |\n") == [
        "My classes:",
        "| year | class |",
        "| 2025 | reference |",
    ]


def test_a_signature_is_cut_below_the_text_and_above_the_older_mail() -> None:
    assert said_in("The second.\n\n-- \nNora Vale\nReedmoor Library\n") == ["The second."]
    assert said_in(f"The second.\n\n--\nNora Vale\n\n{WROTE}\n\n> Which date?\n") == ["The second."]
    assert said_in("The second.\n\n—\nNora Vale\n") == ["The second."]
    assert said_in("The second.\n\n______________\nNora Vale\n") == ["The second."]


def test_what_follows_two_dashes_at_length_is_text() -> None:
    long = "\n".join(f"class {number}" for number in range(20))
    assert said_in(f"My classes:\n--\n{long}\n") == lines(f"My classes:\n--\n{long}")


def test_what_follows_a_drawn_line_is_text_unless_it_is_short() -> None:
    text = "\n".join(["My classes:", "__________", *(f"class {number}" for number in range(8))])
    assert said_in(text) == lines(text)


def test_three_dashes_part_two_matters() -> None:
    assert said_in("The second.\n\n---\n\nAnd a question: may I bring notes?\n") == [
        "The second.",
        "---",
        "And a question: may I bring notes?",
    ]


def test_lines_drawn_below_the_text_are_cut() -> None:
    assert said_in("The second.\n\n=======\n* * *\n") == ["The second."]


def test_the_text_of_an_older_mail_inside_an_older_mail_is_cut_with_it() -> None:
    text = f"The third answer.\n\n{WROTE}\n\nThe second mail.\n\n{WROTE}\n\nThe first mail.\n"
    assert said_in(text) == ["The third answer."]


def test_where_nothing_new_is_left_the_whole_text_counts_and_is_uncertain() -> None:
    quoted = heard(plain(f"{WROTE}\n\n> Which date?\n> The desk\n"))
    assert quoted == Said("> Which date?\n> The desk", True, (), ("uncertain",))


def test_text_below_an_older_mails_head_cannot_be_told_from_it_and_is_kept() -> None:
    below = heard(plain(f"{WROTE}\n\nWhich date?\n\nThe second.\n"))
    assert (lines(below.new_text), below.uncertain) == (["Which date?", "The second."], True)


def test_answers_announced_between_unmarked_lines_are_kept() -> None:
    text = f"Please see my answers below in red.\n\n{WROTE}\n\nWhere do you work?\nReedmoor.\n"
    announced = heard(plain(text))
    assert (lines(announced.new_text), announced.uncertain) == (
        ["Please see my answers below in red.", "Where do you work?", "Reedmoor."],
        True,
    )


def test_a_mail_without_text_says_nothing_and_is_uncertain() -> None:
    assert heard(b"From: nora@reedmoor.example\n\n") == Said("", True, (), ("uncertain",))


def test_the_addresses_of_web_pages_are_listed_once_in_their_order() -> None:
    text = "See https://reedmoor.example/b, (http://reedmoor.example/a) and https://reedmoor.example/b."
    assert heard(plain(text)).links == ("https://reedmoor.example/b", "http://reedmoor.example/a")


def test_links_in_what_was_cut_are_not_listed() -> None:
    assert heard(plain(f"Yes.\n\n{WROTE}\n> https://reedmoor.example\n")).links == ()


def test_letters_that_cannot_be_seen_do_not_hide_an_attribution() -> None:
    assert said_in(f"The second.\n\n\u200e\u2068{WROTE}\u2069\n\n\u200b> Which date?\n") == ["The second."]


def test_windows_line_ends_and_fixed_spaces_change_nothing() -> None:
    text = f"The second.\n\n{WROTE}\n\n> Which date?\n".replace("\n", "\r\n").replace(" at", "\xa0at")
    assert said_in(text) == ["The second."]


def test_more_than_twenty_thousand_lines_are_told_of() -> None:
    assert heard(plain("a\n" * 20_001)).warnings == ("only the first 20,000 lines were read",)
