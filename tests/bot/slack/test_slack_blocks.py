"""A message becomes blocks that Slack takes, and that say no more than its words."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.channels.slack.blocks import FALLBACK, blocks, fallback, pieces, settled, split
from bot.channels.slack.buttons import pressed
from flows.dialog.speech import Choice, File, Outbound, Pressed
from tests.vendors import slack_rules
from tests.vendors.slack_rules import buttons, refusal

TEXTS = st.text(alphabet=st.sampled_from("ab `*_~<>&@!|\n.:/htps"), max_size=400) | st.text(max_size=200)
CHOICES = st.lists(st.builds(Choice, st.text(max_size=60), st.text(max_size=120)), max_size=130)
LONG = "In a library, in a position that does not require an MLIS"


def body(message: Outbound) -> dict[str, object]:
    return {"text": fallback(message), "blocks": blocks(message)}


def test_words_stay_words_and_code_becomes_code() -> None:
    message = Outbound("Send `person` to <!channel> *now*, see https://ala.org/a.")
    assert blocks(message) == [
        {
            "type": "rich_text",
            "elements": [
                {
                    "type": "rich_text_section",
                    "elements": [
                        {"type": "text", "text": "Send "},
                        {"type": "text", "text": "person", "style": {"code": True}},
                        {"type": "text", "text": " to <!channel> *now*, see "},
                        {"type": "link", "url": "https://ala.org/a"},
                        {"type": "text", "text": "."},
                    ],
                }
            ],
        }
    ]
    assert fallback(message) == "Send `person` to &lt;!channel&gt; *now*, see https://ala.org/a."


def test_short_choices_are_buttons_with_the_key_of_their_question() -> None:
    message = Outbound("Member?", (Choice("yes", "Yes"), Choice("no", "No")), 7, "member")
    assert [(each["text"]["text"], each["value"]) for each in buttons(body(message))] == [
        ("Yes", '[7,"member","yes"]'),
        ("No", '[7,"member","no"]'),
    ]
    assert fallback(message) == "Member?\n1. Yes\n2. No"


def test_long_choices_are_a_list_with_numbers_for_buttons() -> None:
    message = Outbound("Where?", (Choice("a", LONG), Choice("b", "Elsewhere")), 7, "post")
    shown = blocks(message)
    assert [block.get("block_id", "") for block in shown] == ["", "choices-0", "buttons-0"]
    assert [(each["text"]["text"], each["accessibility_label"]) for each in buttons(body(message))] == [
        ("1", LONG),
        ("2", "Elsewhere"),
    ]


def test_a_choice_that_leads_into_a_private_talk_belongs_to_no_form() -> None:
    message = Outbound("Ask me privately.", (Choice("private:status", "Where I stand"),), 7, "member")
    assert [each["value"] for each in buttons(body(message))] == ['[0,"","private:status"]']


def test_a_choice_too_large_for_a_button_can_still_be_typed() -> None:
    message = Outbound("Which?", (Choice("x" * 2000, "This"), Choice("b", "That")))
    assert [each["text"]["text"] for each in buttons(body(message))] == ["That"]
    assert fallback(message) == "Which?\n1. This\n2. That"


@pytest.mark.parametrize(
    "value",
    ["", "yes", "[]", "[1,2]", '["1","a","b"]', '[1,"a",null]', '[true,"a","b"]', '[-1,"a","b"]', f'[{2**63},"a","b"]',
     '{"a":1}', "[" * 1900],
)  # fmt: skip
def test_a_value_that_was_made_up_belongs_to_nothing(value: str) -> None:
    assert pressed(value) == Pressed(0, "", "")


def test_a_value_comes_back_as_it_went() -> None:
    [button] = buttons(body(Outbound("?", (Choice('jä "x"', "Ja"),), 2**62, "item:17")))
    assert pressed(button["value"]) == Pressed(2**62, "item:17", 'jä "x"')
    assert pressed('[1,"a\\u0000","b"]') == Pressed(1, "a", "b")


def test_a_pressed_message_shows_what_was_chosen_instead_of_the_buttons() -> None:
    shown = blocks(Outbound("Where?", (Choice("a", LONG), Choice("b", "Elsewhere"))))
    told = settled(shown, LONG)
    assert told[0] == shown[0]
    assert told[1]["elements"][0]["elements"] == [{"type": "text", "text": f"✓ {LONG}"}]
    assert len(told) == 2


def test_a_long_text_goes_in_pieces_and_the_last_one_has_the_buttons() -> None:
    text = "\n\n".join(f"Paragraph {number}. " + "word " * 200 for number in range(30))
    choices = (Choice("yes", "Yes"),)
    made = pieces(Outbound(text, choices, 7, "q", edits=3))
    assert [each.choices for each in made] == [(), (), (), choices]
    assert [each.edits for each in made] == [3, 0, 0, 0]
    assert "".join("".join(each.text.split()) for each in made) == "".join(text.split())
    assert [refusal(body(each)) for each in made] == [None] * 4


def test_files_go_first_each_on_its_own() -> None:
    picture, report = File("a.png", "image/png", b"1", "a bar"), File("b.pdf", "application/pdf", b"2")
    made = pieces(Outbound("Here.", (Choice("ok", "OK"),), files=(picture, report)))
    assert [(each.text, each.files, len(each.choices)) for each in made] == [
        ("", (picture,), 0),
        ("", (report,), 0),
        ("Here.", (), 1),
    ]


def test_nothing_to_say_is_no_message() -> None:
    assert pieces(Outbound(" \n ")) == []


@settings(max_examples=300)
@given(TEXTS, CHOICES, st.integers(1, 40))
def test_slack_takes_every_message_and_nothing_in_it_is_markup(text: str, choices: list[Choice], times: int) -> None:
    for piece in pieces(Outbound(text * times, tuple(choices), 2**62, "question")):
        made = json.loads(json.dumps(body(piece)))
        assert refusal(made) is None
        assert slack_rules.injected(made) == []
        assert len(made["text"]) <= FALLBACK


@given(st.text(), st.integers(2, 50))
def test_parts_fit_and_keep_every_word(text: str, size: int) -> None:
    parts = split(text, size)
    assert all(0 < len(part) <= size for part in parts)
    assert "".join("".join(part.split()) for part in parts) == "".join(text.split())
