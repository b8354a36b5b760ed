"""How far a candidate has come: sets complete and missing, the time left and the pace, and the next step."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from flows.program import deadlines, steps
from flows.program.deadlines import Pace, PaceWord
from flows.program.figures import day_in_words, listed, number_in_words
from flows.program.progress import Progress, progress
from flows.program.rules import Rules
from flows.program.steps import Do
from handlers import adding, evidence, holders, local, standing
from handlers.evidence import Collection
from handlers.exchange import Exchange, Reply
from notifications import compose, notices
from notifications.drawings import ProgressCard, SetLine
from storage import candidacies
from storage.candidacies import Candidacy

NOT_YET = "Progress begins with admission."
NOT_APPLIED = "You have not applied yet: `apply` begins, `eligibility` checks first."
BOTH_WAYS = "by an approved course or by a portfolio"
STEPS: Mapping[Do, str] = {
    "tell": "Next: {name} has evidence; write what you know and how you learned it: `write {called}`.",
    "show": "Next: {name} has a narrative; send a link that shows it.",
    "begin": "Next: {name}; send a link that shows it, or begin with `write {called}`.",
    "submit": "Next: {set} has a narrative and evidence for everything: `submit {set}`.",
}


@dataclass(frozen=True)
class Way:
    """A candidate's way so far, under the rules of their admission; `since` are the complete sets with their days.

    `today` is the date where they live.
    """

    candidacy: Candidacy
    rules: Rules
    since: Mapping[str, date]
    progress: Progress
    today: date
    pace: Pace
    shown: Collection

    @property
    def electives(self) -> tuple[str, ...]:
        """Those that are complete, then those at work or chosen."""
        done = self.progress.electives_complete
        return (*done, *(each for each in self.progress.electives_open if each in self.shown.chosen))

    @property
    def to_choose(self) -> int:
        """How many electives are still to be chosen."""
        return max(0, self.rules.electives_needed - len(self.electives))


def reply(ex: Exchange) -> Reply:
    """All that a candidate wants to know of their way, with a picture where one can be shown."""
    way = _way(ex)
    if way is None:
        return Reply((shown(ex),))
    drawings = (_card(ex, way).drawing(),) if way.candidacy.state == "active" else ()
    return Reply((shown(ex),), drawings=drawings)


def shown(ex: Exchange) -> str:
    """The same in words; where somebody stands who is no candidate."""
    way = _way(ex)
    if way is None:
        return f"{NOT_YET} {standing.status(ex) or NOT_APPLIED}"
    now, rules = way.progress, way.rules
    told = notices.Progress(
        counted=now.counted,
        needed=rules.sets_needed,
        required=tuple(_line(ex, each, way) for each in rules.required_sets),
        electives=tuple(_line(ex, each, way) for each in way.electives),
        electives_needed=rules.electives_needed,
        to_choose=number_in_words(way.to_choose) if way.to_choose else "",
        some_elective=bool(way.electives),
        electives_open=listed([name(ex, each) for each in now.electives_open if each not in way.electives]),
        spare=now.spare,
        time=_time(ex, way),
        next_step=_next(ex, way),
    )
    renewal = holders.line(ex, way.candidacy.person_id)
    return "\n".join([compose.text(told), *filter(None, (renewal,)), *adding.to_do(ex, way.candidacy)])


def own(ex: Exchange, entry_id: str) -> str:
    """What an answer of the documents means for this person today; empty where it means nothing special."""
    tell = OWN.get(entry_id)
    way = _way(ex) if tell else None
    return "" if tell is None or way is None or way.candidacy.state != "active" else tell(ex, way)


def name(ex: Exchange, set_id: str) -> str:
    return ex.house.competencies.named(set_id).name


def _way(ex: Exchange) -> Way | None:
    candidacy = candidacies.latest(ex.work, ex.speaker.person_id)
    if candidacy is None:
        return None
    rules = ex.house.policy.on(candidacy.admitted_on)
    since = {each.set_id: each.completed_on for each in candidacies.sets(ex.work, candidacy.id)}
    so_far = progress(since, rules)
    today = local.day(ex, candidacy.person_id)
    pace = deadlines.pace(candidacy.admitted_on, candidacy.deadline, so_far.counted, today, rules)
    return Way(candidacy, rules, since, so_far, today, pace, evidence.of(ex, candidacy))


def _card(ex: Exchange, way: Way) -> ProgressCard:
    shown_each = (*way.rules.required_sets, *way.electives)
    to_choose = (SetLine(f"{number_in_words(way.to_choose).capitalize()} of your choice", False, "missing", 0, 0),)
    return ProgressCard(
        sets=tuple(_set(ex, each, way) for each in shown_each) + (to_choose if way.to_choose else ()),
        counted=way.progress.counted,
        needed=way.rules.sets_needed,
        days_left=way.pace.days_left,
        until=way.candidacy.deadline,
        pace=_pace(way.pace, way.today),
        next_step=_next(ex, way),
    )


def _set(ex: Exchange, set_id: str, way: Way) -> SetLine:
    size = len(ex.house.competencies.named(set_id))
    required = set_id in way.rules.required_sets
    if set_id in way.since:
        return SetLine(name(ex, set_id), required, "complete", size, size)
    begun = len(way.shown.begun(set_id))
    return SetLine(name(ex, set_id), required, "in work" if begun else "missing", begun, size)


def _line(ex: Exchange, set_id: str, way: Way) -> str:
    if set_id in way.since:
        return f"{name(ex, set_id)}: complete since {day_in_words(way.since[set_id])}"
    group, begun = ex.house.competencies.named(set_id), way.shown.begun(set_id)
    return f"{group.name}: {evidence.state(way.shown, group) if begun else 'still to do'}"


def _time(ex: Exchange, way: Way) -> str:
    if way.candidacy.state != "active":
        return standing.status(ex) or ""
    return " ".join(filter(None, (_until(way), _pace(way.pace, way.today))))


def _until(way: Way) -> str:
    day, days = day_in_words(way.candidacy.deadline), way.pace.days_left
    if days < 0:
        return f"Your time ended on {day}; the office decides how it goes on."
    left = {0: "today is the last day", 1: "one day is left"}.get(days, f"{days:,} days are left")
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


def _next(ex: Exchange, way: Way) -> str:
    """The smallest step: what waits to be placed, a revision, the set at work, then one that is still to be begun."""
    if way.candidacy.state != "active" or way.pace.days_left < 0:
        return ""
    if waiting := evidence.to_place(way.shown):
        return waiting
    at_work = (*way.progress.required_missing, *(each for each in way.electives if each not in way.since))
    if asked := [each for each in at_work if evidence.to_revise(way.shown, each)]:
        group = ex.house.competencies.named(asked[0])
        what = evidence.state(way.shown, group)
        return f"Next: {group.name} is {what}; `check {group.name.lower()}` shows what is missing."
    begun = next((each for each in at_work if way.shown.begun(each) and not way.shown.closed((each, 1))), "")
    if begun:
        return _step(ex, way, begun)
    open_ones = [each for each in at_work if not way.shown.closed((each, 1))]
    if open_ones:
        return f"Next: {name(ex, open_ones[0])}, {BOTH_WAYS}. The order is yours."
    if way.to_choose:
        return f"Next: choose an elective set and complete it {BOTH_WAYS}."
    return "" if at_work else "All of them are complete; the office confirms your certificate."


def _step(ex: Exchange, way: Way, set_id: str) -> str:
    group = ex.house.competencies.named(set_id)
    told = {each.number for each in way.shown.told if each.set_id == set_id}
    step = steps.smallest(len(group), way.shown.for_set(set_id).keys(), told)
    called = f"{group.name.lower()} {step.number}"
    return STEPS[step.do].format(name=f"{group.name} {step.number}", called=called, set=group.name)


def _time_left(ex: Exchange, way: Way) -> str:
    return f"For you: {_time(ex, way)}"


WHOLE = frozenset({"progress-check"})  # answers that a person's own makes needless
OWN: Mapping[str, Callable[[Exchange, Way], str]] = {
    "deadline-limit": _time_left,
    "deadline-last-day": _time_left,
    "deadline-over": _time_left,
    "deadline-pace": _time_left,
    "progress-check": lambda ex, _: shown(ex),
}
