"""What stands on a picture or a document is said in words and data, before anything is drawn."""

import json
from dataclasses import replace
from datetime import date

import pytest

from flows.dialog.speech import Drawing
from notifications.drawings import ProgressCard, SetLine
from tests.notifications.examples import ACCENTS, NOTHING, USUAL, certificate, form


def test_a_progress_card_says_in_words_what_it_shows() -> None:
    assert USUAL.drawing().alt == (
        "Progress: 1 of 6 sets complete. 512 days left, until 3 May 2028. Foundations of Library Service (required): complete. "
        "Technology (required): in work · 4 of 9. Communication and Teamwork (required): missing. "
        "Access Services: in review · 10 of 10. Youth Services: chosen. On pace. "
        "Next: evidence for Technology 5. Send `guidelines` for how."
    )


def test_a_progress_card_describes_itself_for_the_outbox() -> None:
    card = ProgressCard(
        (SetLine("Technology", True, "in work", 3, 4),), 0, 6, 1, date(2028, 5, 3), "Go on.", "Send `x`."
    )
    data = {
        "headline": "0 of 6 sets", "counted": 0, "needed": 6, "left": "1 day left", "until": "until 3 May 2028",
        "required": [{"name": "Technology", "state": "in work", "words": "in work · 3 of 4", "share": 0.75}],
        "electives": [], "pace": "Go on.", "next_step": "Send “x”.",
    }  # fmt: skip
    made = card.drawing()
    assert (made.kind, made.name, json.loads(made.data)) == ("progress card", "progress.png", data)


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (1461, ("1,461 days left", "until 29 February 2028")),
        (1, ("1 day left", "until 29 February 2028")),
        (0, ("Today is the last day", "until 29 February 2028")),
        (-1, ("The time is over", "the last day was 29 February 2028")),
    ],
)
def test_the_time_left_is_said_before_and_after_its_end(days: int, words: tuple[str, str]) -> None:
    data = json.loads(replace(NOTHING, days_left=days).drawing().data)
    assert (data["left"], data["until"]) == words


@pytest.mark.parametrize(
    ("line", "share"),
    [
        (SetLine("A", True, "complete", 0, 0), 1.0),
        (SetLine("A", True, "in work", 1, 4), 0.25),
        (SetLine("A", True, "in work", 5, 4), 1.0),
        (SetLine("A", True, "in work", -1, 4), 0.0),
        (SetLine("A", True, "missing", 0, 0), 0.0),
    ],
)
def test_a_bar_is_filled_as_far_as_the_set_is(line: SetLine, share: float) -> None:
    assert line.share == share


def test_a_certificate_describes_itself_and_its_file_and_alt_name_nobody() -> None:
    data = {
        "number": "LSSC-2027-0042", "name": ACCENTS, "since": "14 March 2027", "until": "14 March 2032", "sets": ["A"],
        "how_many": "one competency set", "check_url": "https://x.org", "code": "", "awarded": "30 March 2027",
    }  # fmt: skip
    assert certificate(sets=("A",), url="https://x.org").drawing() == Drawing(
        "certificate",
        "certificate-LSSC-2027-0042.pdf",
        "Certificate LSSC-2027-0042, valid from 14 March 2027 until 14 March 2032.",
        json.dumps(data, ensure_ascii=False),
    )


def test_a_completion_form_without_a_first_day_has_none() -> None:
    made = form(starts=None).drawing()
    assert (made.name, json.loads(made.data)["starts"]) == ("completion-form-CF-7Q4M-2K9.pdf", "")


def test_a_file_name_is_made_of_letters_and_digits() -> None:
    assert replace(certificate(), number="../../é 7").drawing().name == "certificate-7.pdf"


def test_a_name_is_one_line_of_whole_letters_and_turns_nothing_around() -> None:
    typed = "Jose\u0301  Mari\u0301a\n\u202eA\u0301lvarez"
    assert json.loads(certificate(typed).drawing().data)["name"] == "José María Álvarez"
