"""The voluntary questions asked after an application, with the choices the overview of fiscal year 2011 counts."""

from dataclasses import dataclass

RATHER_NOT_SAY = "Rather not say"


@dataclass(frozen=True)
class Choice:
    """One voluntary question: its key, its words, its choices (the last one says nothing), and whether several fit."""

    key: str
    question: str
    choices: tuple[str, ...]
    several: bool = False


def _voluntary(key: str, question: str, *choices: str, several: bool = False) -> Choice:
    return Choice(key, question, (*choices, RATHER_NOT_SAY), several)


HEARD = _voluntary(
    "heard",
    "How did you hear of the program?",
    "A colleague or supervisor",
    "A state library or library system",
    "A library association",
    "A conference or presentation",
    "A webinar",
    "An article or a website",
    "In another way",
)
LIBRARY_TYPES = _voluntary(
    "library_types",
    "In which types of library have you worked or volunteered?",
    "Public",
    "Academic",
    "School",
    "Other",
    several=True,
)
AGE_BAND = _voluntary(
    "age_band",
    "How old are you?",
    "Under 25",
    "25 to 34",
    "35 to 44",
    "45 to 54",
    "55 to 64",
    "65 or older",
)
RACE = _voluntary(
    "race",
    "How do you describe your race or ethnicity?",
    "White",
    "African American",
    "Latino",
    "American Indian",
    "Asian",
    "Another, or more than one",
)
SEX = _voluntary("sex", "What is your sex?", "Female", "Male")

VOLUNTARY: tuple[Choice, ...] = (HEARD, LIBRARY_TYPES, AGE_BAND, RACE, SEX)
"""All voluntary questions, in the order they are asked. Source: FY11 overview, the numbers; briefing, appendix E."""
