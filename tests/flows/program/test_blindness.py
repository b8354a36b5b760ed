"""What tells an evaluator who the candidate is, and what is only a word."""

import time

import pytest

from flows.program.blindness import Identity, find, in_link, told

ANN = Identity(
    ("Ann Marie Szymborska-Example",), ("ann.example@library.org",), ("312-555-0147",), ("Springfield Public Library",)
)
PAGE = Identity(("Will Page",), ("wpage@carnegie.org",), (), ("Carnegie Library",))
JOSE = Identity(("José de la Peña",), ("jose@pena.mx",), (), ("Biblioteca Central de Oaxaca",))

BLOCKED = [
    (ANN, "My name is Ann Marie Szymborska-Example.", "name"),
    (ANN, "ANN EXAMPLE did this.", "name"),
    (ANN, "Example, Ann", "name"),
    (ANN, "Example, A.", "name"),
    (ANN, "Report by A. Example, 2024", "name"),
    (ANN, "Report by A. M. Example, 2024", "name"),
    (ANN, "Ann M. Example's programs", "name"),
    (ANN, "Ann\nExample", "name"),
    (ANN, "Ann-Example", "name"),
    (ANN, "ann_example wrote it", "name"),
    (ANN, "A\u200bnn Exa\u200bmple", "name"),
    (ANN, "Аnn Ехаmрlе", "name"),  # with Cyrillic letters
    (ANN, "Ann Marie Example", "name"),
    (ANN, "ann.example@gmail.com is my address", "name"),
    (ANN, "write to Ann.Example@Library.org", "mail"),
    (ANN, "ann dot example at library dot org", "mail"),
    (ANN, "ann (dot) example (at) library (dot) org", "mail"),
    (ANN, "mailto:ann.example@library.org?subject=x", "mail"),
    (ANN, "call (312) 555-0147", "phone"),
    (ANN, "call 312.555.0147 today", "phone"),
    (ANN, "+1 312 555 0147", "phone"),
    (ANN, "see linkedin.com/in/ann-example-42", "profile"),
    (ANN, "https://www.facebook.com/annexample", "profile"),
    (ANN, "https://github.com/aexample", "profile"),
    (ANN, "At Springfield Public Library we lend tools.", "employer"),
    (ANN, "the springfield public library", "employer"),
    (PAGE, "Will Page", "name"),
    (PAGE, "Page, Will", "name"),
    (PAGE, "WILL PAGE", "name"),
    (PAGE, "W. Page", "name"),
    (PAGE, "reach me at wpage@carnegie.org", "mail"),
    (JOSE, "Jose de la Pena", "name"),
    (JOSE, "José Peña", "name"),
    (JOSE, "Pen\u0303a, José", "name"),
    (JOSE, "J. Peña", "name"),
    (JOSE, "Biblioteca Central de Oaxaca", "employer"),
]  # fmt: skip
WARNED = [
    (ANN, "As Szymborska says in her poems", "name"),
    (ANN, "My colleague Marie taught me.", "name"),
    (ANN, "for Example", "name"),
    (ANN, "Springfield has two branches", "employer"),
    (ANN, "ask our director: dora@library.org", "mail"),
    (ANN, "call 217-555-0100 for a tour", "phone"),
    (ANN, "https://www.linkedin.com/in/dora-director", "profile"),
    (PAGE, "I hope that Page approves", "name"),
    (PAGE, "I asked Will about it", "name"),
    (PAGE, "libraries that Carnegie built", "employer"),
    (PAGE, "the history of the Carnegie Library movement", "employer"),
]  # fmt: skip
HARMLESS = [
    (PAGE, "I will page through the records and will page the staff."),
    (PAGE, "Will this help? Page after page I read on."),
    (PAGE, "A page was missing; a page of the web site."),
    (PAGE, "public library service"),
    (PAGE, "the free library of the city"),
    (ANN, "I gave a class on databases and another one on privacy."),
    (ANN, "The annual plan and the annotation"),
    (ANN, "ISBN 0-306-40615-2 and 978-3-16-148410-0"),
    (ANN, "From 2019-2021 we lent 1,200,000 items."),
    (ANN, "a public library in the state"),
    (ANN, "facebook and github are taught in our classes"),
    (JOSE, "la casa de la cultura"),
    (Identity(("",)), "Nobody is nobody."),
    (Identity(("Cher",)), "We cherish it"),
]  # fmt: skip


@pytest.mark.parametrize(("identity", "text", "what"), BLOCKED)
def test_what_tells_who_it_is_blocks(identity: Identity, text: str, what: str) -> None:
    assert what in [each.what for each in find(text, identity) if each.blocking]


@pytest.mark.parametrize(("identity", "text", "what"), WARNED)
def test_what_may_be_somebody_else_only_warns(identity: Identity, text: str, what: str) -> None:
    assert [(each.what, each.blocking) for each in find(text, identity)] == [(what, False)]


@pytest.mark.parametrize(("identity", "text"), HARMLESS)
def test_ordinary_words_are_left_alone(identity: Identity, text: str) -> None:
    assert find(text, identity) == ()


@pytest.mark.parametrize(
    ("url", "blocked", "warned"),
    [
        ("https://sites.google.com/view/ann-example-portfolio", ["name"], []),
        ("https://example.com/~aexample/work", ["name"], []),
        ("https://example.com/AnnExample2024.pdf", ["name"], []),
        ("https://example.com/Ann%20Example.pdf", ["name"], []),
        ("https://example.com/Ann%2520Example.pdf", ["name"], []),
        ("https://example.com/?owner=ann.example@library.org", ["mail", "name"], []),
        ("https://www.linkedin.com/in/annexample", ["profile", "name"], []),
        ("https://www.springfield.lib.il.us/guide", [], ["employer"]),
        ("https://example.org/annual-report", [], []),
        ("https://example.org/a/b?c=d", [], []),
    ],
)
def test_the_address_of_a_link_is_read_as_well(url: str, blocked: list[str], warned: list[str]) -> None:
    ann = Identity(("Ann Example",), ANN.mails, ANN.phones, ANN.employers)
    found = in_link(url, ann, "link 3")
    assert [each.what for each in found if each.blocking] == blocked
    assert {each.what for each in found if not each.blocking} >= set(warned)
    assert warned or not [each for each in found if not each.blocking and each.what != "name"]


def test_each_is_told_once_in_a_sentence_with_its_place() -> None:
    [found] = find("Ann Example and again ANN EXAMPLE", ANN, "Technology 4")
    assert told(found) == "Technology 4: “Ann Example” tells your name."


@pytest.mark.parametrize(
    "unit",
    ["ann example ", "example ", "a. ", "ann.example@library.org ", "312-555-0147 ", "(1 ", "x.com/", "@a", "1.2-"],
)
def test_a_text_of_200_000_characters_is_searched_in_time_linear_in_it(unit: str) -> None:
    def took(length: int) -> float:
        text, begun = (unit * length)[:length], time.process_time()
        find(text, ANN)
        return time.process_time() - begun

    took(20_000)
    assert took(200_000) < max(0.1, 40 * min(took(20_000) for _ in range(3)))
