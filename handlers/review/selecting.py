"""Evaluators: who wishes to be one, whom the committee selected, and who is trained."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from flows.program.figures import day_in_words, listed
from handlers import telling
from handlers.desk import items
from handlers.exchange import Errand
from storage import audit, evaluators, people
from storage import roles as held

TO_TRAIN = "evaluator to train"  # the kind of desk item
SUBJECT = "Assessing portfolios for LSSC"
SELECTED = (
    "Good news: the review committee has selected you as an evaluator. The office writes to you about the training; it"
    " ends with a practice portfolio, and then I ask you for reviews of {}. Thank you for giving your time."
)
NOT_SELECTED = (
    "The review committee thanks you for offering to assess portfolios. It did not select you this time; the office"
    " answers questions: `person`."
)
READY = (
    "Your training is complete as of {}. From now on I ask you for reviews of {}, one at a time, at most {} a year."
    " `pause until` and a day tells me when not to; `reviews` shows what is at hand."
)


@dataclass(frozen=True)
class Offered:
    """What somebody tells who wishes to assess; `limit` is the most reviews a year, None for the program's."""

    sets: Sequence[str]
    workplace: str
    experience: str
    resume: str
    limit: int | None = None
    conflicts: Sequence[str] = ()


def put(errand: Errand, person_id: int, offered: Offered, state: str) -> None:
    """On record as an evaluator in this state; what is told anew takes the place of what was told before."""
    known = evaluators.find(errand.work, person_id)
    if known is None:
        given = (offered.workplace, offered.experience, offered.resume, offered.limit)
        evaluators.add(errand.work, person_id, state, *given)
    else:
        told = replace(known, state=state, workplace=offered.workplace, experience=offered.experience)
        evaluators.save(errand.work, replace(told, resume=offered.resume, yearly_limit=offered.limit))
    evaluators.set_sets(errand.work, person_id, offered.sets)
    evaluators.declare(errand.work, person_id, offered.conflicts)


def selected(errand: Errand, person_id: int, says: bool, by: str) -> str:
    """The committee has decided; what follows, as a sentence."""
    known = evaluators.find(errand.work, person_id)
    if known is None or known.state != "applied":
        return "They are no applicant any more."
    evaluators.save(errand.work, replace(known, state="selected" if says else "declined"))
    audit.record(errand.work, by, "selected" if says else "not selected", f"person {person_id}", {})
    names = _names(errand, person_id)
    telling.tell(errand, person_id, SELECTED.format(names) if says else NOT_SELECTED, subject=SUBJECT)
    if says:
        items.add(errand, TO_TRAIN, person_id, {"sets": names})
    return "They are selected, and the office trains them." if says else "They are told."


def trained(errand: Errand, actor: str, person_id: int, day: date) -> str:
    """The training is complete: from now on they are asked for reviews."""
    known = evaluators.find(errand.work, person_id)
    if known is None or known.state not in ("selected", "trained"):
        return "They are not selected, so nothing was changed."
    evaluators.save(errand.work, replace(known, state="trained", trained_on=day, willing_on=day))
    held.give(errand.work, person_id, "evaluator", actor)
    audit.record(errand.work, actor, "trained", f"person {person_id}", {"on": day.isoformat()})
    most = known.yearly_limit or errand.rules.reviews_a_year
    text = READY.format(day_in_words(day), _names(errand, person_id), most)
    told = telling.tell(errand, person_id, text, subject=SUBJECT)
    name = people.named(errand.work, person_id) or "They"
    return f"{name} is trained as of {day_in_words(day)}{'' if told else ', and could not be told'}."


def _names(errand: Errand, person_id: int) -> str:
    names = [errand.house.competencies.named(each).name for each in evaluators.sets(errand.work, person_id)]
    return listed(names) or "no set yet"
