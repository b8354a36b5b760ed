"""What the way to the certificate costs this person, with a page for whoever may pay it."""

from dataclasses import dataclass

from flows.dialog import kinds
from flows.dialog.speech import Choice
from flows.dialog.talk import Talk
from flows.facts import Facts
from flows.program import assistance as on_record
from flows.program import fees
from flows.program.figures import listed
from flows.program.money import dollars
from flows.program.rules import Rules
from flows.program.states import OUTSIDE, State

BOSS = Choice("boss", "A page for my boss")
ENOUGH = Choice("enough", "That is all")


@dataclass(frozen=True)
class Quoted:
    """The quote that was given."""

    quote: fees.Quote


async def script(talk: Talk, facts: Facts) -> Quoted:
    if facts.known:
        talk.say("What you told me before is filled in; `change` corrects any of it.")
    member, state, courses = await talk.form(
        talk.yes_no("member", "Are you a member of ALA?", label="ALA member"),
        talk.state("state", "In which state is your library?", label="State"),
        talk.number(
            "courses",
            f"How many of the {facts.rules.sets_needed} sets would you do by a course? The others are portfolios.",
            most=facts.rules.sets_needed, label="Courses", unit="number of sets", whole=True,
        ),
    )  # fmt: skip
    by_course = int(courses)
    quote = fees.quote(member, None, facts.rules, portfolios=facts.rules.sets_needed - by_course)
    shown = show(quote, by_course)
    talk.say(shown)
    help_ = assistance(state, member, facts)
    talk.say(help_)
    also = kinds.said_yes_or_no(BOSS.key, ENOUGH.key)
    page = await talk.choice(
        "next", "Shall I write a page that you can forward to your boss?", (BOSS, ENOUGH), label="Page", also=also
    )
    if page == BOSS.key:
        talk.say(for_my_boss(shown, help_, facts.rules))
    return Quoted(quote)


def show(quote: fees.Quote, courses: int) -> str:
    lines = [f"- {line.label}: {dollars(line.amount)}" for line in quote.lines]
    if courses:
        lines.append(
            f"- {courses} {'course' if courses == 1 else 'courses'}: the provider's price, paid to the provider"
        )
    total = f"Total paid to LSSC: {dollars(quote.total)}"
    return "\n".join(
        [*lines, f"{total}, plus the {'course' if courses == 1 else 'courses'}" if courses else total, *quote.notes]
    )


def assistance(state: State, member: bool, facts: Facts) -> str:
    """What is on record about help with the fee in a state; a number only where givers told the office theirs."""
    rules = facts.rules
    after = dollars(fees.quote(member, fees.standard_award(rules), rules).total)
    help_ = f"Registration assistance takes {rules.assistance_percent}% off the application fee, which leaves {after}."
    if state == OUTSIDE:
        return f"{help_} It is given in the US states; for other countries ask {rules.contact_email}."
    own = f" {state.name} also gives state scholarships." if state.code in rules.scholarship_states else ""
    if known := on_record.told(facts.awards, state):
        return f"{help_} It is handed out by {listed(rules.assistance_givers)}.\n{known}{own}"
    return (
        f"{help_} It is handed out by {listed(rules.assistance_givers)}.\nWhether any is left in {state.name}"
        f" is not on record here: ask them, or {rules.contact_email}.{own}"
    )


def for_my_boss(shown: str, help_: str, rules: Rules) -> str:
    """A page to forward to a supervisor or director; it promises neither pay nor promotion."""
    return "\n".join([
        "For your supervisor or director, to forward:",
        "",
        "Library Support Staff Certification (LSSC) is an ALA-approved national certification for library workers"
        " in positions that do not require an MLIS, managed by the ALA-Allied Professional Association.",
        f"A candidate completes {rules.sets_needed} competency sets within {rules.limit_years} years, by approved"
        " courses or by portfolios of their own work that two experts assess without knowing whose they are.",
        "What it costs:",
        shown,
        help_,
        "What it brings: skills checked against national competencies, and a record that the candidate can share."
        " Pay, promotion and recognition are the employer's own decision.",
        f"Questions: {rules.contact_email}, {rules.contact_phone}",
    ])  # fmt: skip
