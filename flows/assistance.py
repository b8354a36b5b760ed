"""Assistance that a giver hands out, as the office puts it on record: from whom, where, its worth, how many."""

from dataclasses import dataclass

from flows.dialog import kinds
from flows.dialog.speech import Choice
from flows.dialog.talk import Talk
from flows.dialog.unclear import Unclear
from flows.facts import Facts
from flows.program.moving import MOST_AWARDS, award
from flows.program.states import OUTSIDE, find_state

EVERYWHERE = Choice("everywhere", "Everywhere")
NOBODY = Choice("none", "None")


@dataclass(frozen=True)
class Offered:
    """Awards of one kind; `state` is empty for everywhere, `sure` is False when they shall not be put on record."""

    giver: str
    state: str
    worth: str
    number: int
    contact: str
    sure: bool


async def script(talk: Talk, facts: Facts) -> Offered:  # noqa: ARG001 - every script takes the facts
    giver = await talk.text("giver", "Who gives the award?", label="Giver", example="Illinois State Library")
    state = await talk.ask(
        "state", "For which state?", _state, choices=(EVERYWHERE,), label="State", example="Illinois"
    )
    worth = await talk.ask(
        "worth", "What is one award worth, such as 50% or $100?", _worth, label="Worth", example="50%"
    )
    number = await talk.number("number", "How many are there?", least=1, most=MOST_AWARDS, label="Number", whole=True)
    contact = await talk.ask(
        "contact", "Whom do applicants ask? An address or a name, or “none”.", _contact,
        choices=(NOBODY,), label="Contact", example="grants@library.example.org", free=True,
    )  # fmt: skip
    where = f"for {state}" if state else "for every state"
    asked = f"; applicants ask {contact}" if contact else ""
    awards = "1 award" if number == 1 else f"{number:,.0f} awards"
    shown = f"{awards} of {worth} from {giver}, {where}{asked}. Shall I put that on record?"
    return Offered(giver, state, worth, int(number), contact, await talk.yes_no("sure", shown, label="On record"))


def _state(words: str) -> str:
    """The name of a state; empty for everywhere."""
    said = kinds.tidy(words).lower().rstrip(".!")
    if said in ("everywhere", "every state", "all", "all states", "national", "nationwide", "any", "1"):
        return ""
    found = find_state(kinds.tidy(words))
    if found is None or found == OUTSIDE:
        raise Unclear("Which state is that? Its name or two letters, or “everywhere”.")
    return found.name


def _worth(words: str) -> str:
    said = kinds.tidy(words).removesuffix(".").replace(" percent", "%").replace(" %", "%")
    if award(said) == (None, None):
        raise Unclear("An award is a share of the fee such as 50%, or an amount such as $100.")
    return said


def _contact(words: str) -> str:
    said = kinds.text(words)
    return "" if said.lower().rstrip(".!") in ("none", "no", "nobody", "-", "n/a", "1") else said
