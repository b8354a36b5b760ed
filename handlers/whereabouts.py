"""Asks people once in which time zone they are, where neither they nor their state have said so."""

from datetime import date

from flows.dialog.speech import Choice
from flows.dialog.unclear import Unclear
from flows.program import zones
from flows.program.states import find_state
from handlers import local
from handlers.exchange import Errand
from storage import people

CHOICE = "zone"  # the kind of choice
OTHER = "other"
QUESTION = (
    "One question, so that I write to you by day and your days end at your own midnight: which time zone are you in?"
    " `time zone {}`, for example, tells me at any time; until then I go by the office's, {}."
)
NATIONWIDE = zones.COMMON[:4]


def question(errand: Errand, person_id: int) -> tuple[str, tuple[Choice, ...]]:
    """What to ask somebody now, with the zones of their state or country; "" where it is known or was asked before."""
    work = errand.work
    known = people.time_zone(work, person_id) or local.of_the_state(errand, person_id)
    if known or people.ZONE_ASKED in people.facts(work, person_id, date.min):
        return "", ()
    people.remember(work, person_id, {people.ZONE_ASKED: "yes"}, errand.today)
    near = _near(errand, person_id)
    choices = tuple(Choice(f"{CHOICE}:{each}", zones.in_words(each)) for each in near)
    example = (near or NATIONWIDE)[0].rpartition("/")[2].replace("_", " ")
    asks = QUESTION.format(example, zones.in_words(errand.house.office_zone.key))
    return asks, (*choices, Choice(f"{CHOICE}:{OTHER}", "Another time zone"))


def _near(errand: Errand, person_id: int) -> tuple[str, ...]:
    """The zones to choose from; none for a country that is not known."""
    told = local.state(errand, person_id)
    home = find_state(told) if told else None
    if home is not None and home.zones:
        return home.zones
    try:
        return zones.read(told, errand.today.year) if told else NATIONWIDE
    except Unclear:
        return ()
