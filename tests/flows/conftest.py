"""The facts of a conversation that opens on a fixed day."""

from datetime import date
from importlib import resources

import pytest

from bot.rulebook import built_in_competencies
from flows import assessing, dating, narrating, placing, submitting
from flows.facts import Facts
from flows.program import policy


@pytest.fixture(scope="session")
def facts() -> Facts:
    text = (resources.files("flows.program") / "policy.toml").read_text(encoding="utf-8")
    day = date(2026, 11, 22)
    links = placing.about([placing.Link(1, "https://example.org/work", (("access", 3), ("technology", 4)))])
    told = narrating.about(1, "I gave a course to forty people.", likely=(("access", 3),))
    handed = submitting.about("access", "16 competencies", ("Page",), 2)
    read = assessing.about(1, "R-ABCDE", "Access Services", {number: f"Competency {number}" for number in range(1, 8)})
    hours = dating.about(["6 h conference, cataloging"], day)
    about = {**links, **hours, **narrating.about_writing(("access", 3), 0), **told, **handed, **read}
    return Facts(day, policy.load(text).on(day), about=about, competencies=built_in_competencies())
