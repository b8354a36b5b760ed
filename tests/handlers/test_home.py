"""What somebody sees who only looks: where they stand and what they can do; nothing is changed by it."""

from handlers import home
from handlers.hearing import House
from tests.handlers.acting import Person, Rows

FIRST = ["Check my eligibility", "Work out my price", "Apply"]


def seen(ann: Person) -> tuple[str, list[str]]:
    """The first words, and the choices."""
    shown = home.shown(ann.house, ann.channel, ann.address, ann.now)
    return shown.text.splitlines()[0], [choice.label for choice in shown.choices]


def test_a_stranger_sees_what_this_is_and_is_not_put_on_record(house: House, ann: Person, rows: Rows) -> None:
    before = rows.everything()
    assert seen(ann) == (
        "Hello! I am LSSC Assistant, the automatic assistant of the Library Support Staff Certification program.",
        FIRST,
    )
    assert rows.everything() == before


def test_somebody_in_a_form_sees_its_question_and_answers_it_from_there(ann: Person) -> None:
    ann.says("fees")
    shown = home.shown(ann.house, ann.channel, ann.address, ann.now)
    assert shown.text.splitlines()[0] == "You are in the middle of the price calculation."
    assert (shown.choices, shown.question) == (ann.told[-1].choices, ann.told[-1].question)
    assert ann.presses(shown.conversation, shown.question, shown.choices[0].key) != ann.told[0].text


def test_an_applicant_sees_where_the_application_stands(ann: Person, rows: Rows) -> None:
    ann.applies()
    ann.says("yes", "cancel")
    before = rows.everything()
    first, choices = seen(ann)
    assert first == "Hello again!"
    assert choices == ["Where my application stands", "Check my eligibility", "Work out my price"]
    assert rows.everything() == before


def test_somebody_known_sees_what_they_can_do(ann: Person) -> None:
    ann.says("help")
    assert seen(ann) == ("Hello again!", FIRST)
