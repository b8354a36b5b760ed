"""Numbers of the program are filled into the answers from the policy, never typed."""

import re

from faq import entries
from faq.entries import Entry

WORDS = "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
ORDINALS = "third|fourth|fifth|sixth|seventh|eighth|ninth|tenth"
COUNTED = (
    "years?|months?|weeks?|days?|hours?|sets?|electives?|competencies|evaluators?|readers?|opinion|webinars?|awards?"
    "|members?|seats?|rounds?|portfolios?|courses?|percent|required"
)
# A number before what the policy counts, with a word between at most; an amount; a long number.
NUMBER = re.compile(
    rf"\b(?:\d+(?:,\d\d\d)*|{WORDS}|{ORDINALS})[ -](?:\w+ )?(?:{COUNTED})\b|\$\d+|\b\d+%|\b\d,?\d\d\d\b|\b\d\d\d\b",
    re.IGNORECASE,
)
YEAR = re.compile(r"(?:19|20)\d\d(?: \w+)*")
# Topics that retell the overview's figures of fiscal year 2011, which no policy changes.
RETOLD = {"numbers"}
# History, counts of what the same sentence lists, and examples.
ALLOWED = {
    "course-count": {"55 approved courses"},
    "eligibility-libraries": {"33 percent", "30 percent"},
    "hours-needed": {"35 hours", "20 hours"},
    "part-time": {"20 hours"},
    "portfolio-or-course": {"two set"},
    "program-history": {"36,000 ALA members"},
    "renewal-documents": {"five years"},
    "sets-acquisitions": {"nine acquisitions competencies"},
    "sets-changed": {"nine sets", "nine acquisitions competencies"},
    "topic-copyright": {"two electives"},
    "topic-customer-service": {"four sets", "two are required"},
    "topic-privacy": {"four sets"},
    "ways-mix": {"two courses"},
}


def typed(entry: Entry) -> set[str]:
    """The numbers of an unfilled entry that look like the program's."""
    found = {match.group() for match in NUMBER.finditer(f"{entry.title} | {entry.answer}")}
    return {number for number in found if not YEAR.fullmatch(number)}


def test_no_number_that_the_policy_knows_is_typed_into_an_answer() -> None:
    raw = [entry for path in entries.files() if path.stem not in RETOLD for entry in entries.raw(path)]
    told = {entry.id: typed(entry) for entry in raw if entry.kind == "answer"}
    assert {name: numbers for name, numbers in told.items() if numbers} == ALLOWED


def test_a_typed_number_is_seen() -> None:
    answer = "It is $350, or 50% of it; 1,820 hours, your sixth competency set, four years, 30 days, {hours} hours."
    assert typed(Entry("fee", "The two evaluators", answer)) == {
        "two evaluators", "$350", "50%", "1,820 hours", "sixth competency set", "four years", "30 days",
    }  # fmt: skip
