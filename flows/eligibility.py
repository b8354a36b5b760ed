"""The eligibility check: position, schooling, hours, and a verdict that shows its sum."""

from dataclasses import dataclass
from datetime import date
from functools import partial

from flows import background, library_work
from flows.dialog.talk import Talk
from flows.facts import Facts
from flows.program import eligibility
from flows.program.eligibility import Forecast, Outcome, Verdict
from flows.program.figures import day_in_words


@dataclass(frozen=True)
class Checked:
    """How the check ended; `hours` within the window. The words for it were said by the script.

    `qualifies_on` is the day on which nothing but hours will be missing no more, at the present pace; None for never.
    """

    verdict: Verdict
    hours: float
    qualifies_on: date | None = None


async def script(talk: Talk, facts: Facts) -> Checked:
    if facts.known:
        talk.say("What you told me before is filled in; `change` corrects any of it.")
    work, schooling, ledger = await talk.form(
        background.work(talk), background.schooling(talk), library_work.ledger(talk, facts)
    )
    checked = check(work, schooling, ledger, facts)
    talk.say(f"Your hours in the last {facts.rules.window_years} years:\n{ledger.show()}")
    talk.say("\n".join([HEADLINES[checked.verdict.outcome], *checked.verdict.reasons]))
    if checked.verdict.shortfall:
        talk.say(outlook(checked.verdict, ledger, facts))
    return checked


HEADLINES = {
    Outcome.ELIGIBLE: "You meet the requirements to apply.",
    Outcome.LIKELY: "You can apply; a person at the office confirms one point.",
    Outcome.PERSON_DECIDES: "You can apply; a person at the office decides on your case.",
    Outcome.NOT_YET: "You do not meet the requirements yet.",
    Outcome.NOT_THIS_PROGRAM: "This program is not made for your present position.",
}


def check(work: background.Work, schooling: background.Schooling, ledger: library_work.Ledger, facts: Facts) -> Checked:
    judged = partial(
        eligibility.judge,
        position=work.position,
        holds_mlis=work.holds_mlis,
        diploma=schooling.diploma,
        abroad=schooling.abroad,
        rules=facts.rules,
    )
    verdict = judged(hours=ledger.total)
    by_hours = verdict.shortfall and judged(hours=ledger.total + verdict.shortfall).outcome is not Outcome.NOT_YET
    forecast = _forecast(verdict, ledger, facts) if by_hours else None
    return Checked(verdict, ledger.total, forecast.day if forecast is not None else None)


def _forecast(verdict: Verdict, ledger: library_work.Ledger, facts: Facts) -> Forecast | None:
    """When the missing hours will be there; None where nobody works in a library now."""
    weekly = eligibility.weekly_pace(ledger.spans, facts.today)
    if not weekly:
        return None
    return eligibility.qualifying_date(verdict.shortfall, weekly, facts.today, facts.rules, ledger.spans)


def outlook(verdict: Verdict, ledger: library_work.Ledger, facts: Facts) -> str:
    """When the missing hours will be there at the present pace."""
    weekly, forecast = eligibility.weekly_pace(ledger.spans, facts.today), _forecast(verdict, ledger, facts)
    if forecast is None:
        return "Tell me again once you work or volunteer in a library, and I will work out the date."
    pace = f"At your present {eligibility.in_words(weekly)} hours a week"
    if forecast.day is None:
        most = eligibility.in_words(forecast.most)
        within = f"at most {most} hours within any {facts.rules.window_years} years"
        return f"{pace} you would reach {within}, so more hours a week are needed."
    return f"{pace} you will have them on {day_in_words(forecast.day)}."
