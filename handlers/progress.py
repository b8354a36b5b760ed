"""How far a candidate has come: sets complete and missing, the time left and the pace, and the next step."""

from collections.abc import Callable, Mapping
from datetime import date

from flows.program import deadlines
from flows.program.deadlines import Pace, PaceWord
from flows.program.figures import day_in_words, listed, number_in_words
from flows.program.progress import progress
from flows.program.rules import Rules
from handlers import standing
from handlers.exchange import Exchange
from notifications import compose, notices
from storage import candidacies
from storage.candidacies import Candidacy

NOT_YET = "Progress begins with admission."
NOT_APPLIED = "You have not applied yet: `apply` begins, `eligibility` checks first."
BOTH_WAYS = "by an approved course or by a portfolio"


def shown(ex: Exchange) -> str:
    """All that a candidate wants to know of their way, or where somebody stands who is none."""
    candidacy = candidacies.latest(ex.work, ex.speaker.person_id)
    if candidacy is None:
        return f"{NOT_YET} {standing.status(ex) or NOT_APPLIED}"
    rules = ex.house.policy.on(candidacy.admitted_on)
    since = {each.set_id: each.completed_on for each in candidacies.sets(ex.work, candidacy.id)}
    now = progress(since, rules)
    names = [name(ex, set_id) for set_id in now.electives_open]
    told = notices.Progress(
        counted=now.counted,
        needed=rules.sets_needed,
        required=tuple(_line(ex, each, since) for each in rules.required_sets),
        electives=tuple(_line(ex, each, since) for each in now.electives_complete),
        electives_needed=rules.electives_needed,
        electives_missing=number_in_words(now.electives_missing) if now.electives_missing else "",
        electives_open=listed(names),
        spare=now.spare,
        time=_time(ex, candidacy, rules, now.counted),
        next_step=_next(ex, candidacy, now.required_missing, now.electives_missing),
    )
    return compose.text(told)


def own(ex: Exchange, entry_id: str) -> str:
    """What an answer of the documents means for this person today; empty where it means nothing special."""
    tell = OWN.get(entry_id)
    candidacy = candidacies.latest(ex.work, ex.speaker.person_id) if tell else None
    if tell is None or candidacy is None or candidacy.state != "active":
        return ""
    return tell(ex, candidacy)


def name(ex: Exchange, set_id: str) -> str:
    return ex.house.competencies.named(set_id).name


def _line(ex: Exchange, set_id: str, since: Mapping[str, date]) -> str:
    state = f"complete since {day_in_words(since[set_id])}" if set_id in since else "still to do"
    return f"{name(ex, set_id)}: {state}"


def _time(ex: Exchange, candidacy: Candidacy, rules: Rules, complete: int) -> str:
    if candidacy.state != "active":
        return standing.status(ex) or ""
    pace = deadlines.pace(candidacy.admitted_on, candidacy.deadline, complete, ex.today, rules)
    return " ".join(filter(None, (_until(candidacy, pace), _pace(pace, ex.today))))


def _until(candidacy: Candidacy, pace: Pace) -> str:
    day = day_in_words(candidacy.deadline)
    if pace.days_left < 0:
        return f"Your time ended on {day}; the office decides how it goes on."
    left = {0: "today is the last day", 1: "one day is left"}.get(pace.days_left, f"{pace.days_left:,} days are left")
    return f"You have until {day}: {left}."


def _pace(pace: Pace, today: date) -> str:
    if pace.next_due is None or pace.word is PaceWord.OVER:
        return ""
    if pace.word is PaceWord.AHEAD:
        return "You are ahead of an even pace."
    day = day_in_words(pace.next_due)
    if pace.next_due < today:
        return f"At an even pace the next set would have been complete by {day}."
    return f"At an even pace the next set is complete by {day}."


def _next(ex: Exchange, candidacy: Candidacy, required: tuple[str, ...], electives: int) -> str:
    """The smallest step: a required set first, because there is nothing to choose."""
    if candidacy.state != "active" or deadlines.is_over(candidacy.deadline, ex.today):
        return ""
    if required:
        return f"Next: {name(ex, required[0])}, {BOTH_WAYS}. The order is yours."
    if electives:
        return f"Next: choose an elective set and complete it {BOTH_WAYS}."
    return "All of them are complete; the office confirms your certificate."


def _time_left(ex: Exchange, candidacy: Candidacy) -> str:
    rules = ex.house.policy.on(candidacy.admitted_on)
    complete = progress({each.set_id for each in candidacies.sets(ex.work, candidacy.id)}, rules).counted
    return f"For you: {_time(ex, candidacy, rules, complete)}"


def _all(ex: Exchange, _candidacy: Candidacy) -> str:
    return shown(ex)


OWN: Mapping[str, Callable[[Exchange, Candidacy], str]] = {
    "deadline-limit": _time_left,
    "deadline-last-day": _time_left,
    "deadline-over": _time_left,
    "deadline-pace": _time_left,
    "progress-check": _all,
}
