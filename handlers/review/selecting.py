"""Evaluators: who wishes to be one, whom the committee selected, and who is trained."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from flows.program.enlisting import MORE, NEEDED, Enlisted
from flows.program.figures import day_in_words, listed
from handlers import intake, roles, telling, whereabouts
from handlers.accounts import Refusal
from handlers.desk import items
from handlers.exchange import Errand
from handlers.intake import Progress, Taken, unseen
from handlers.moving import NOT_STAFF
from handlers.roles import Actor
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
    "Your training is complete as of {}. From now on I ask you for reviews of {}, at most {} a year."
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


def enlist(errand: Errand, actor: Actor, given: Sequence[Enlisted], on_progress: Progress = unseen) -> Taken | Refusal:
    """Take evaluators in who are selected, or trained, already; nobody is written to. After a Refusal undo all."""
    if not roles.may_review(actor):
        return NOT_STAFF
    return intake.each_of(given, partial(_enlisted, errand, actor), on_progress)


def _enlisted(errand: Errand, actor: Actor, row: Enlisted) -> str:
    person_id = people.find(errand.work, "email", row.email)
    if person_id is None:
        person_id = people.add(errand.work, "email", row.email, "claimed", row.name).person_id
    known = evaluators.find(errand.work, person_id)
    before = (known, evaluators.sets(errand.work, person_id), evaluators.conflicts(errand.work, person_id))
    offered = Offered(row.sets, row.workplace, row.experience, row.resume, row.limit, row.conflicts)
    put(errand, person_id, offered, "selected" if row.trained is None else "trained")
    now = evaluators.find(errand.work, person_id)
    if now is not None and row.trained is not None:
        evaluators.save(errand.work, replace(now, trained_on=row.trained, willing_on=now.willing_on or row.trained))
        held.give(errand.work, person_id, "evaluator", actor.name)
    now = evaluators.find(errand.work, person_id)
    after = (now, evaluators.sets(errand.work, person_id), evaluators.conflicts(errand.work, person_id))
    if after == before:
        return "same"
    if known is None and row.trained is None:
        items.add(errand, TO_TRAIN, person_id, {"sets": names(errand, person_id)})
    audit.record(errand.work, actor.name, "took in an evaluator", f"person {person_id}", {"sets": list(row.sets)})
    return "new" if known is None else "more"


def evaluators_table(errand: Errand) -> tuple[tuple[str, ...], list[list[str]]]:
    """Everybody who is selected or trained and has a mail address, in the columns in which they are taken in."""
    rows = []
    for each in evaluators.everybody(errand.work):
        mails = [a.address for a in people.addresses(errand.work, each.person_id) if a.channel == "email"]
        if each.state not in ("selected", "trained") or not mails:
            continue
        sets = "; ".join(
            errand.house.competencies.named(one).name for one in evaluators.sets(errand.work, each.person_id)
        )
        declared = evaluators.conflicts(errand.work, each.person_id)
        rows.append(
            [
                people.named(errand.work, each.person_id),
                mails[0],
                sets,
                each.workplace,
                str(each.yearly_limit or ""),
                each.trained_on.isoformat() if each.trained_on else "",
                "; ".join(one.workplace for one in declared if one.workplace),
                each.experience,
                each.resume,
            ]
        )
    return (*NEEDED, *MORE), rows


def selected(errand: Errand, person_id: int, says: bool, by: str) -> str:
    """The committee has decided; what follows, as a sentence."""
    known = evaluators.find(errand.work, person_id)
    if known is None or known.state != "applied":
        return "They are no applicant any more."
    evaluators.save(errand.work, replace(known, state="selected" if says else "declined"))
    audit.record(errand.work, by, "selected" if says else "not selected", f"person {person_id}", {})
    told = names(errand, person_id)
    telling.tell(errand, person_id, SELECTED.format(told) if says else NOT_SELECTED, subject=SUBJECT)
    if says:
        items.add(errand, TO_TRAIN, person_id, {"sets": told})
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
    text = READY.format(day_in_words(day), names(errand, person_id), most)
    asks, choices = whereabouts.question(errand, person_id)
    told = telling.tell(errand, person_id, f"{text}\n\n{asks}".strip(), *choices, subject=SUBJECT)
    name = people.named(errand.work, person_id) or "They"
    return f"{name} is trained as of {day_in_words(day)}{'' if told else ', and could not be told'}."


def names(errand: Errand, person_id: int) -> str:
    """The sets of an evaluator, by their names."""
    told = [errand.house.competencies.named(each).name for each in evaluators.sets(errand.work, person_id)]
    return listed(told) or "no set yet"
