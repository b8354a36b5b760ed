"""Somebody offers to assess portfolios: the committee is asked whether they become an evaluator."""

from flows.program.figures import listed
from flows.volunteering import Volunteered
from handlers import forms, roles
from handlers.exchange import Exchange, Reply
from handlers.review import committee, selecting
from handlers.review.selecting import Offered
from storage import audit, candidacies, evaluators, people

THANKS = (
    "Thank you for offering your time! The review committee decides, usually within two weeks, and you hear from me;"
    " then comes a short training that ends with a practice portfolio."
)
NOT_PROVED = "I cannot be sure that this comes from you, so nothing was changed. Please write from a linked channel."
STANDS = {
    "applied": "Your offer is with the review committee; you hear from me when it has decided.",
    "selected": "You are selected; what is left is your training: `practice` rates the practice portfolio.",
    "trained": (
        "You are an evaluator already, for {}. `reviews` shows what is at hand, `pause until` and a day gives you a"
        " rest; for other sets or another number a year tell the office: `person`."
    ),
}


def begin(ex: Exchange, rest: str) -> Reply:  # noqa: ARG001 - every command takes the words after it
    """`evaluate`: the form, or how the offer stands."""
    return Reply((told,)) if (told := _stands(ex)) else forms.start(ex, "evaluate")


def volunteered(ex: Exchange, result: Volunteered) -> str:
    """The form was confirmed."""
    if told := _stands(ex):
        return told
    me = ex.speaker.person_id
    if not roles.is_proved(ex):
        return NOT_PROVED
    if not people.named(ex.work, me) or candidacies.latest(ex.work, me) is None:  # else the name of the record holds
        people.name(ex.work, me, result.name)
    offered = Offered(
        result.sets, ";".join(result.workplaces), result.experience, result.resume, result.limit, result.conflicts
    )
    selecting.put(ex, me, offered, "applied")
    audit.record(ex.work, f"person {me}", "offered to assess", f"person {me}", {"sets": list(result.sets)})
    committee.ask_for_evaluator(ex, me, _told(ex, result))
    return THANKS


def _stands(ex: Exchange) -> str:
    """How the offer of somebody stands who made one; empty for all others, and who was not selected may try again."""
    known = evaluators.find(ex.work, ex.speaker.person_id)
    if known is None:
        return ""
    return STANDS.get(known.state, "").format(selecting.names(ex, known.person_id))


def _told(ex: Exchange, result: Volunteered) -> str:
    """The offer as the committee reads it."""
    sets = listed([ex.house.competencies.named(each).name for each in result.sets])
    lines = [f"{result.name} offers to assess portfolios of {sets}.", f"Experience: {result.experience}"]
    lines += [f"Resume: {result.resume}"] if result.resume else []
    lines += [f"Workplace: {'; '.join(result.workplaces) or 'none'}"]
    lines += [f"At most {result.limit} a year"] if result.limit else []
    return "\n".join(lines)
