"""What holds for every script, and for the pure core as a whole."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import flows
from flows import desk
from flows.dialog import numbered
from flows.dialog.play import play
from flows.facts import Facts
from flows.registry import FORMS, Form

FOLDER = Path(flows.__file__).parent
FILES = sorted(FOLDER.rglob("*.py"))
UNREPEATABLE = {"time", "random", "os", "pathlib", "secrets", "uuid", "asyncio", "threading", "subprocess",
"socket", "sqlite3",
                "tempfile", "shutil", "urllib.request", "http"}  # fmt: skip
CLOCKS = {"now", "utcnow", "today"}
WORDS = {"{{ x }}", "'; --", "\N{BOOKS}"}
# What may be a name, of a person or a library, or a narrative.
TAKEN = {"rename": {"{{ x }}"}, "write": WORDS, "my library": WORDS, "my position": WORDS}
EFFECTS = {"open", "input", "print", "exec", "eval", "__import__"}


def imported(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield "." * node.level + (node.module or "")
            yield from (f"{node.module}.{name.name}" for name in node.names)


def faults(source: str) -> list[str]:
    """Whatever a file of the core must not name."""
    tree, found = ast.parse(source), []
    for name in imported(tree):
        top = name.split(".")[0]
        if top != "flows" and (top not in sys.stdlib_module_names or top in UNREPEATABLE or name in UNREPEATABLE):
            found.append(name)
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in CLOCKS and isinstance(node.value, ast.Name | ast.Attribute):
            owner = node.value.id if isinstance(node.value, ast.Name) else node.value.attr
            found += [f"{owner}.{node.attr}"] if owner in ("date", "datetime") else []
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in EFFECTS:
            found.append(node.func.id)
    return found


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(FOLDER)))
def test_the_core_uses_the_standard_library_and_itself_and_nothing_that_changes_between_replays(file: Path) -> None:
    assert faults(file.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "source",
    ["import sqlmodel", "from bot import clock", "import os.path", "from time import time", "import random",
    "from . import x",
     "from datetime import date\ndate.today()", "import datetime\ndatetime.datetime.now()",
     "from pathlib import Path", "open('x')",
     "def f():\n    import socket", "from urllib.request import urlopen", "import storage.work as w"],
)  # fmt: skip
def test_the_watch_over_the_core_sees_what_it_must(source: str) -> None:
    assert len(faults(source)) > 0


def test_every_form_is_found_under_its_own_name() -> None:
    names = ["eligibility", "fees", "apply", "withdraw", "rename", "my library", "my position", "my state"]
    names += ["new mail", "time zone", "preferred channel", "quiet hours", "survey", "place"]
    names += ["narrate", "submit", "assess", "practice", "evaluate", "write", "share", "day of hours", "desk", "award"]
    assert list(FORMS) == [form.name for form in FORMS.values()] == names


@pytest.mark.parametrize("form", FORMS.values(), ids=lambda form: form.name)
def test_every_form_opens_with_questions_for_people(form: Form, facts: Facts) -> None:
    scene = play(form.script, facts, {})
    assert scene.open != ()
    for question in scene.open:
        assert (question.text.strip(), question.label.strip()) == (question.text, question.label)
        assert question.label != question.key
        assert question.example != "" or question.free or question.choices
    labels = [question.label for question in scene.open]
    assert len(set(labels)) == len(labels)
    assert len(scene.open) <= numbered.MOST_AT_ONCE


@pytest.mark.parametrize("form", FORMS.values(), ids=lambda form: form.name)
def test_the_example_of_a_question_answers_it(form: Form, facts: Facts) -> None:
    for question in play(form.script, facts, {}).open:
        if question.example:
            question.read(question.example)


@pytest.mark.parametrize("form", FORMS.values(), ids=lambda form: form.name)
def test_every_choice_answers_by_its_key_its_label_and_its_number(form: Form, facts: Facts) -> None:
    for question in play(form.script, facts, {}).open:
        for number, choice in enumerate(question.choices, 1):
            by_key = question.read(choice.key)
            assert (question.read(choice.label), question.read(str(number))) == (by_key, by_key)


@pytest.mark.parametrize(
    "words", ["", "\x00", "\ud800", "\u202e", "{{ x }}", "'; --", "\N{BOOKS}", "x" * 1_000_000], ids=ascii
)
@pytest.mark.parametrize("form", FORMS.values(), ids=lambda form: form.name)
def test_strange_answers_on_record_break_no_form(form: Form, words: str, facts: Facts) -> None:
    keys = play(form.script, facts, {}).asked
    scene = play(form.script, facts, dict.fromkeys(keys, words))
    if form.name == "desk" and scene.over:
        assert scene.result == desk.Told(facts.about, words.strip())  # any words will do for the desk
    else:
        assert scene.over == (words in TAKEN.get(form.name, ()))
