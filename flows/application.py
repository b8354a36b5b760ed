"""The application: collect, correct, confirm; and its withdrawal."""

from collections.abc import Sequence
from dataclasses import dataclass

from flows import background, library_work
from flows.dialog import kinds
from flows.dialog.question import Question
from flows.dialog.speech import Choice
from flows.dialog.summary import Line, confirm
from flows.dialog.talk import Talk
from flows.dialog.unclear import Unclear
from flows.eligibility import Checked, check
from flows.facts import Facts
from flows.program import fees
from flows.program.eligibility import Outcome
from flows.program.figures import day_in_words, listed
from flows.program.money import dollars
from flows.program.states import OUTSIDE, State

NONE = (Choice("none", "None"),)
SURE = "Shall I withdraw your application? You can apply again at any time."


@dataclass(frozen=True)
class Applied:
    """A confirmed application; `details` are its lines as the applicant saw them, by field."""

    name: str
    email: str
    state: str
    member: bool
    details: dict[str, str]
    checked: Checked
    schooling_abroad: bool


@dataclass(frozen=True)
class Withdrawal:
    """Whether the applicant really wants to withdraw."""

    sure: bool


@dataclass(frozen=True)
class _Contact:
    name: str
    email: str
    title: str
    library: str
    state: State
    country: str


@dataclass(frozen=True)
class _Extras:
    member: bool
    number: str
    cohort: str
    mentor: bool


async def script(talk: Talk, facts: Facts) -> Applied:
    """Two lists of independent questions, what they leave open, and a summary."""
    if facts.known:
        days = [day_in_words(day) for day in sorted(set(facts.known.values()))]
        talk.say(f"What you told me on {listed(days)} is filled in already; you can correct it at the end.")
    name, email, title, library, (state, country), work, schooling, ledger = await talk.form(
        _name(talk),
        talk.email("email", "Your email address?", label="Email"),
        talk.text("title", "What is your position called?", label="Position title", example="Circulation clerk"),
        talk.text("library", "Which library is it?", label="Library", example="Springfield Public Library"),
        _place(talk),
        background.work(talk),
        background.schooling(talk),
        library_work.ledger(talk, facts),
    )
    extras = await _extras(talk)
    contact = _Contact(name, email, title, library, state, country)
    checked = check(work, schooling, ledger, facts)
    lines = _lines(contact, work, schooling, ledger, extras, facts)
    await confirm(talk, "summary", _heading(checked, extras.member, facts), lines, "Send my application")
    details = {line.label: line.value for line in lines}
    return Applied(name, email, state.name, extras.member, details, checked, schooling.abroad)


async def withdrawal(talk: Talk, facts: Facts) -> Withdrawal:  # noqa: ARG001 - every script takes the facts
    return Withdrawal(await talk.yes_no("sure", SURE, label="Withdrawal"))


def _name(talk: Talk) -> Question[str]:
    def read(words: str) -> str:
        said = kinds.text(words)
        if not any(character.isalpha() for character in said):
            raise Unclear("Please write your name in letters.")
        return said

    return talk.ask("name", "What is your full name?", read, label="Name", example="Ann Example", free=True)


async def _place(talk: Talk) -> tuple[State, str]:
    """The state, or outside the US the country."""
    state = await talk.state("state", "In which state is it?", label="State")
    if state != OUTSIDE:
        return state, ""
    return state, await talk.text("country", "In which country?", label="Country", example="Bermuda")


async def _extras(talk: Talk) -> _Extras:
    (member, number), cohort, mentor = await talk.form(
        _membership(talk),
        _optional(
            talk, "cohort", "Are you part of a cohort, a grant or a group? Its name, or “none”.", "Cohort or grant"
        ),
        talk.yes_no("mentor", "Would you like a mentor?", label="Mentor wished"),
    )
    return _Extras(member, number, cohort, mentor)


async def _membership(talk: Talk) -> tuple[bool, str]:
    member = await talk.yes_no("member", "Are you a member of ALA?", label="ALA member")
    return member, await _membership_number(talk) if member else ""


def _membership_number(talk: Talk) -> Question[str]:
    def read(words: str) -> str:
        said = kinds.text(words, longest=30)
        plain = said.lower().replace("’", "'").rstrip(".!")
        if plain in ("none", "no", "1", "skip", "don't know", "i don't know", "unknown", "not at hand"):
            return ""
        digits = said.removeprefix("#").replace(" ", "").replace("-", "")
        if not (digits.isdecimal() and 4 <= len(digits) <= 12):
            raise Unclear("An ALA membership number is 4 to 12 digits; “none” if it is not at hand.")
        return digits

    text = "Your ALA membership number? The office checks it; “none” if it is not at hand."
    return talk.ask("member.number", text, read, choices=NONE, label="Membership number", example="1234567")


def _optional(talk: Talk, key: str, text: str, label: str) -> Question[str]:
    def read(words: str) -> str:
        said = kinds.text(words)
        if said.lower().rstrip(".!") in kinds.ALSO_YES:
            raise Unclear("What is it called? Or “none”.")
        return "" if said.lower().rstrip(".!") in ("none", "no", "n", "nope", "skip", "-", "n/a", "na", "1") else said

    return talk.ask(key, text, read, choices=NONE, label=label, example="none", free=True)


def _heading(checked: Checked, member: bool, facts: Facts) -> str:
    fee = dollars(fees.quote(member, None, facts.rules).total)
    lines = [f"Please check your application. The fee will be {fee}; nothing is paid here."]
    if checked.verdict.outcome in (Outcome.NOT_YET, Outcome.NOT_THIS_PROGRAM):
        lines.append(" ".join(["Note:", *checked.verdict.reasons, "You may still apply; the office decides."]))
    elif checked.verdict.reasons:
        lines.append(" ".join(["Note:", *checked.verdict.reasons]))
    return "\n".join(lines)


def _lines(
    contact: _Contact,
    work: background.Work,
    schooling: background.Schooling,
    ledger: library_work.Ledger,
    extras: _Extras,
    facts: Facts,
) -> Sequence[Line]:
    where = "outside the United States" if schooling.abroad else "in the United States"
    diploma = f"diploma or equivalent, earned {where}" if schooling.diploma else "no diploma or equivalent yet"
    place = contact.country or contact.state.name
    member = "no" if not extras.member else f"yes, number {extras.number}" if extras.number else "yes, number to follow"
    lines = (
        Line("Name", contact.name, ("name",)),
        Line("Email", contact.email, ("email",)),
        Line("Position", contact.title, ("title",)),
        Line("Kind of position", str(work.position), ("position",)),
        Line("Library", contact.library, ("library",)),
        Line("State or country", place, ("state", "country")),
        Line("Schooling", diploma, ("schooling", "schooling.*")),
        Line("Hours", _hours(ledger), ("job.*",)),
        Line("ALA member", member, ("member", "member.*")),
        Line("Cohort or grant", extras.cohort or "none", ("cohort",)),
        Line("Mentor wished", "yes" if extras.mentor else "no", ("mentor",)),
    )
    return tuple(_dated(line, facts) for line in lines)


def _dated(line: Line, facts: Facts) -> Line:
    """Marks a line that was filled in from an earlier conversation with its day."""
    said = [facts.known[key] for key in line.keys if key in facts.known]
    said += [day for key, day in facts.known.items() if "job.*" in line.keys and key == "job.1"]
    return Line(line.label, f"{line.value} (told on {day_in_words(said[0])})", line.keys) if said else line


def _hours(ledger: library_work.Ledger) -> str:
    return "; ".join(part.removeprefix("- ").replace("Together", "together") for part in ledger.show().splitlines())
