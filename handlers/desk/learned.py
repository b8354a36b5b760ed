"""What the office decides on completed courses and on recognized programs, as actions at the desk."""

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import date

from flows.dialog.dates import read_day
from flows.dialog.unclear import Unclear
from flows.program.figures import day_in_words
from handlers import admission, crediting, outcomes, roles, telling
from handlers.accounts import Refusal
from handlers.crediting import COMPLETION, RECOGNITION
from handlers.desk.acting import REFUSED
from handlers.desk.kinds import Action, Kind, Outcome, refusal
from handlers.exchange import Errand
from handlers.roles import Actor
from storage import audit, candidacies, courses, desk, papers
from storage.candidacies import Candidacy
from storage.desk import Item

NO_FORM = (
    "No signed form is here yet. If you have seen it elsewhere, say where: `settle {0} accept the form came by post`."
)
GONE = "That candidacy is not open any more; `decline` tells them why."
OUTDATED = "{} was not approved on {}: it is {}. `decline` tells them why."
DROPPED = "The course {} is not in the catalogue; `decline` tells them why."
BECAUSE, REASON = "What shall the candidate be told as the reason?", "The form is not signed by the provider."
ASKS, QUESTION = "What shall I ask?", "Could you send the second page, too?"


def _told(item: Item) -> Mapping[str, str]:
    found: Mapping[str, str] = json.loads(item.details)
    return found


def _candidacy(errand: Errand, item: Item) -> Candidacy | None:
    """The candidacy that it is about, where it is still open."""
    number, whose = int(_told(item)["candidacy"]), item.person_id or 0
    found = [each for each in candidacies.of(errand.work, whose) if each.id == number]
    return found[0] if found and found[0].state in candidacies.UNDER_WAY else None


def _accept_course(errand: Errand, actor: Actor, item: Item, words: str) -> Outcome:
    """The set is credited from the day of the completion; `words` say where the signed form is, if it is not here."""
    told = _told(item)
    day, course, candidacy = (
        date.fromisoformat(told["day"]),
        courses.by_code(errand.work, told["course"]),
        _candidacy(errand, item),
    )
    if not roles.may_credit(actor):
        return refusal(REFUSED)
    if candidacy is None:
        return refusal(GONE)
    if course is None:
        return refusal(DROPPED.format(told["course"]))
    if not course.approved_on(day):
        return refusal(OUTDATED.format(course.code, day_in_words(day), course.approval))
    if not (words or told["link"] or _documents(errand, item)):
        return refusal(NO_FORM.format(item.id))
    return _credited(errand, actor, item, candidacy, day, "course")


def _accept_program(errand: Errand, actor: Actor, item: Item, words: str) -> Outcome:
    """The set is credited from the day that `words` name, or from today."""
    candidacy = _candidacy(errand, item)
    if not roles.may_credit(actor):
        return refusal(REFUSED)
    if candidacy is None:
        return refusal(GONE)
    try:
        day = read_day(words, errand.today, latest=errand.today) if words else errand.today
    except Unclear as hint:
        return refusal(str(hint), again=True)
    return _credited(errand, actor, item, candidacy, day, "agreement")


def _credited(errand: Errand, actor: Actor, item: Item, candidacy: Candidacy, day: date, way: str) -> Outcome:
    set_id = _told(item)["set"]
    outcomes.drop(errand, actor.name, candidacy, "the set is complete in another way", set_id)
    return Outcome(crediting.credit(errand, actor.name, candidacy, set_id, day, way))


def _decline(errand: Errand, actor: Actor, item: Item, words: str) -> Outcome:
    return _said(errand, actor, item, words, "The office could not accept {}: {}", "declined", settled=True)


def _ask(errand: Errand, actor: Actor, item: Item, words: str) -> Outcome:
    """The item stays open, so that an answer with a document comes to it."""
    return _said(errand, actor, item, words, "The office asks about {}: {}", "asked", settled=False)


def _said(errand: Errand, actor: Actor, item: Item, words: str, wording: str, what: str, *, settled: bool) -> Outcome:
    said = admission.written(words)
    if not roles.may_credit(actor):
        return refusal(REFUSED)
    if isinstance(said, Refusal):
        return refusal(said, again=True)
    then = "A portfolio stays open to you, and `person` reaches the office." if settled else _how_to_answer(item)
    text = f"{wording.format(_subject(errand, item), said)}\n{then}"
    reached = telling.tell(
        errand, item.person_id or 0, text, subject="Your LSSC record", matter=f"record:{_told(item)['set']}"
    )
    desk.note(errand.work, item.id, "to person", actor.name, said)
    audit.record(errand.work, actor.name, what, f"desk item {item.id}", {"kind": item.kind})
    sent = telling.reached(reached)
    return Outcome(f"#{item.id} is {what}. {sent}", settled=settled)


def _how_to_answer(item: Item) -> str:
    if item.kind == COMPLETION:
        told = _told(item)
        day = day_in_words(date.fromisoformat(told["day"]))
        return (
            f"To answer: `completed {told['course']} on {day}` with a link, or a document attached to a reply by mail."
        )
    return "To answer: the same words with more in them, or a document attached to a reply by mail."


def _subject(errand: Errand, item: Item) -> str:
    told = _told(item)
    name = errand.house.competencies.named(told["set"]).name
    return (
        f"{told['title']} ({told['course']}) for {name}" if item.kind == COMPLETION else f"“{told['have']}” for {name}"
    )


def _documents(errand: Errand, item: Item) -> list[papers.Listed]:
    """What the person sent about such a matter since the item was made."""
    sent = papers.of(errand.work, item.person_id or 0)
    return [each for each in sent if each.about == item.kind and each.at >= item.created_at]


def _tells_course(errand: Errand, item: Item) -> Sequence[str]:
    told = _told(item)
    course = courses.by_code(errand.work, told["course"])
    day, candidacy = date.fromisoformat(told["day"]), _candidacy(errand, item)
    early = candidacy is not None and day < candidacy.admitted_on
    return [
        f"Completed: {_subject(errand, item)}, on {day_in_words(day)}{' (before the admission)' if early else ''}",
        *(
            [f"Provider: {course.provider} {course.email}".rstrip(), f"The course is {course.approval}"]
            if course
            else []
        ),
        f"Code of the form: {told['form']}",
        f"Link to the signed form: {told['link'] or 'none'}",
    ]


def _tells_program(errand: Errand, item: Item) -> Sequence[str]:
    told = _told(item)
    return [
        f"Asks for: {errand.house.competencies.named(told['set']).name}",
        f"Has: {told['have']}",
        *filter(None, [told["link"]]),
    ]


def _kind(
    title: str, accept: Callable[[Errand, Actor, Item, str], Outcome], tells: Callable[[Errand, Item], Sequence[str]]
) -> Kind:
    return Kind(
        title,
        (
            Action("accept", "Accept", accept),
            Action("ask", "Ask them", _ask, ASKS, QUESTION),
            Action("decline", "Decline", _decline, BECAUSE, REASON),
        ),
        tells,
    )


KINDS: Mapping[str, Kind] = {
    COMPLETION: _kind("Course completion to check", _accept_course, _tells_course),
    RECOGNITION: _kind("Recognition of a program to decide", _accept_program, _tells_program),
}
