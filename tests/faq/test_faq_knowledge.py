"""The whole policy, on a small knowledge base of its own."""

import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings, strategies

from faq import knowledge, matcher, spanish
from faq.encoder import ModelError
from faq.entries import Entry, EntryError
from faq.knowledge import Answer, Knowledge, Reply, load
from faq.policy import EMPTY, UNKNOWN

FIGURES = {"fee": "$350"}
SOURCES = '[guide]\ntitle = "The guide"\ndate = "2010"\n'
ENTRIES = {
    "fee": (
        "The fee",
        "The application fee is {fee}, paid once.",
        "how much is it|application fee|what does it cost|price of the certification|is it expensive|what do i pay",
    ),
    "limit": (
        "The time limit",
        "You have four years to finish the sets.",
        "how long do i have|time limit|deadline to finish|how many years may it take|when must i be done",
    ),
    "degree": (
        "Degrees",
        "No library degree is needed.",
        "do i need a degree|is an mls required|"
        "degree required|without a college degree can i join|i never went to college",
    ),
    "hours": (
        "Hours",
        "You need 1,820 hours of work in a library.",
        "how many hours|hours of experience|"
        "how much library work is needed|i only work part time, is it enough|required hours",
    ),
    "portfolio": (
        "Portfolios",
        "A portfolio shows what you can do.",
        "what is a portfolio|portfolio meaning|explain portfolios|what goes in the portfolio|evidence of my work",
    ),
    "not-us-card": (
        "Library cards",
        "Your own library gives out cards.",
        "library card|renew my books|i lost my card|overdue fine|borrow an ebook",
    ),
    "not-us-weather": (
        "Weather",
        "I know nothing of the weather.",
        "weather|will it rain|is it sunny|temperature today|forecast for paris",
    ),
    "smalltalk-greeting": (
        "Hello",
        "Hello to you!",
        "hi|hello|good morning|hey there|hello bot",
    ),
}


def write(folder: Path) -> Path:
    (folder / "entries").mkdir(parents=True)
    (folder / "sources.toml").write_text(SOURCES)
    for name, (title, answer, phrasings) in ENTRIES.items():
        lines = ["[[entry]]", f'id = "{name}"', f'title = "{title}"', f'answer = "{answer}"', 'source = "guide"']
        lines += [
            'section = "question 1"',
            f"phrasings = {phrasings.split('|')!r}",
            "patterns = ['h+i+|hel+o+']" if name.startswith("small") else "",
        ]
        (folder / "entries" / f"{name}.toml").write_text("\n".join(lines))
    return folder


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("faq")
    write(folder / "data")
    return folder


@pytest.fixture(scope="module")
def known(home: Path) -> Knowledge:
    return load(FIGURES, model_dir=None, cache_dir=home / "cache", folder=home / "data")


FEE = Answer("fee", "The fee", "The application fee is $350, paid once.", "The guide, 2010, question 1", None)


def test_an_entry_is_found_by_its_id_with_its_figures_and_its_source(known: Knowledge) -> None:
    assert (known.entry("fee"), known.entry("nothing")) == (FEE, None)


@pytest.mark.parametrize("question", ["hi", "HELLOOO!!!", "good morning", "hey there :)"])
def test_a_greeting_is_met_before_anything_is_looked_up(known: Knowledge, question: str) -> None:
    reply = known.think(question)
    assert (reply.kind, reply.answered, reply.text) == ("smalltalk", True, "Hello to you!")


def test_spanish_gets_a_spanish_reply(known: Knowledge) -> None:
    reply = known.think("¿cuánto cuesta el programa?")
    assert (reply.kind, reply.answered, reply.text, reply.answers) == ("spanish", False, spanish.REPLY, ())


@pytest.mark.parametrize(
    "question", ["what does the certification cost", "wat is the aplication fee", "Hello! How expensive is it?"]
)
def test_the_fact_is_told_whatever_the_wording(known: Knowledge, question: str) -> None:
    reply = known.think(question)
    assert FEE in reply.answers + reply.suggestions


def test_a_double_question_gets_both_answers_in_the_order_asked(known: Knowledge) -> None:
    reply = known.think("how long do i have to finish, and what is the application fee?")
    assert (reply.kind, [answer.id for answer in reply.answers]) == ("two", ["limit", "fee"])


def test_what_is_not_ours_is_never_answered(known: Knowledge) -> None:
    assert [known.think(text).answered for text in ("i lost my library card", "will it rain in paris today")] == [
        False,
        False,
    ]


SHAPES = {"answer": (1, 0), "not-us": (1, 0), "smalltalk": (1, 0), "two": (2, 0), "spanish": (0, 0), "unknown": (0, 0)}


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(text=strategies.text(max_size=300))
def test_nothing_a_person_types_raises_and_each_kind_has_its_shape(known: Knowledge, text: str) -> None:
    reply = known.think(text)
    shape = (len(reply.answers), len(reply.suggestions))
    assert shape == SHAPES.get(reply.kind, (0, min(3, shape[1])))
    assert 0.0 <= reply.confidence <= 1.0
    assert reply.text


BAD = (
    "",
    " \n",
    "\x00\x07",
    "😀😀😀",
    "?" * 500,
    "مرحبا كم السعر",
    "' OR 1=1; DROP TABLE people --",
    "<script>alert(1)</script>",
    "x" * 1_000_000,
)


@pytest.mark.parametrize("text", BAD, ids=range(len(BAD)))
def test_bad_input_is_survived(known: Knowledge, text: str) -> None:
    reply = known.think(text)
    assert (len(reply.question) <= 2000, bool(reply.text)) == (True, True)


def test_a_message_without_a_word_is_asked_for_a_question(known: Knowledge) -> None:
    assert (known.think("").text, known.think("???").kind) == (EMPTY, "unknown")


def test_each_kind_of_reply_has_its_words() -> None:
    two = Reply("q", "two", (FEE, FEE), (), 0.5)
    offered = Reply("q", "suggest", (), (FEE,), 0.3)
    assert two.text == f"The fee: {FEE.text}\n\nThe fee: {FEE.text}"
    assert offered.text == "I am not sure what you mean. Did you mean:\n- The fee"
    assert Reply("q", "unknown", (), (), 0.1).text == UNKNOWN


def same(one: Knowledge, other: Knowledge, question: str = "what does it cost to join") -> bool:
    first, second = one.think(question), other.think(question)
    return (first.kind, first.answers) == (second.kind, second.answers) and abs(
        first.confidence - second.confidence
    ) < 1e-6


def test_a_second_start_reads_the_cache_and_thinks_the_same(home: Path, known: Knowledge) -> None:
    told: list[int] = []
    again = load(
        FIGURES,
        model_dir=None,
        cache_dir=home / "cache",
        folder=home / "data",
        on_progress=lambda done, _: told.append(done),
    )
    assert told == []
    assert same(known, again)


def test_the_bands_are_kept_with_the_gates_and_found_anew_when_entries_change(home: Path, known: Knowledge) -> None:
    again = load(FIGURES, model_dir=None, cache_dir=home / "cache", folder=home / "data")
    clock = Entry("clock", "Clocks", "It is noon.", phrasings=("what time is it", "the hour please", "is it noon yet"))
    grown = load(FIGURES, model_dir=None, cache_dir=home / "grown", folder=home / "data", overlay=(clock,))
    assert (again.brain.bands == known.brain.bands, grown.brain.bands == known.brain.bands) == (True, False)


def test_a_damaged_cache_is_rebuilt(home: Path, known: Knowledge, tmp_path: Path) -> None:
    shutil.copytree(home / "cache", tmp_path / "cache")
    for path in (tmp_path / "cache").glob("*.npz"):
        path.write_bytes(path.read_bytes()[:3000])
    assert same(known, load(FIGURES, model_dir=None, cache_dir=tmp_path / "cache", folder=home / "data"))


def test_other_figures_give_other_answers_from_the_same_cache_folder(home: Path) -> None:
    changed = load({"fee": "$999"}, model_dir=None, cache_dir=home / "other", folder=home / "data")
    fee = changed.entry("fee")
    assert fee is not None
    assert fee.text == "The application fee is $999, paid once."


def test_what_staff_wrote_joins_the_entries_and_replaces_those_of_its_id(home: Path) -> None:
    parking = Entry("parking", "Parking", "There is {no} parking.", phrasings=("where do i park", "parking"))
    fee = Entry("fee", "The fee", "It is free now.", phrasings=("how much is it", "application fee"))
    grown = load(FIGURES, model_dir=None, cache_dir=home / "overlay", folder=home / "data", overlay=(parking, fee))
    assert grown.entry("parking") == Answer("parking", "Parking", "There is {no} parking.", "", None)
    assert grown.entry("fee") == Answer("fee", "The fee", "It is free now.", "", None)
    assert len(grown.answers) == len(ENTRIES) + 1


def test_a_missing_figure_is_told(home: Path, tmp_path: Path) -> None:
    with pytest.raises(EntryError, match="cannot fill 'fee'"):
        load({}, model_dir=None, cache_dir=tmp_path, folder=home / "data")


def test_a_model_folder_without_a_model_is_told(home: Path, tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="mend or unset LSSC_MODEL_DIR"):
        load(FIGURES, model_dir=tmp_path, cache_dir=tmp_path, folder=home / "data")


def test_without_the_encoder_the_words_alone_still_answer(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(knowledge, "chosen", lambda _: None)
    plain = load(FIGURES, model_dir=None, cache_dir=tmp_path, folder=home / "data")
    assert plain.encoder.id == "lexical-1024"
    reply = plain.think("what is the application fee")
    assert FEE in reply.answers + reply.suggestions
    again = load(FIGURES, model_dir=None, cache_dir=tmp_path, folder=home / "data")
    assert same(plain, again)


def test_every_feature_is_counted_once(known: Knowledge) -> None:
    seen = matcher.see(["what is a portfolio"], known.encoder, known.spelling)[0]
    assert known.brain.matcher.features(seen).shape == (len(ENTRIES), len(matcher.FEATURES))
