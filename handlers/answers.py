"""Questions: answered with source and date, offered as "did you mean", or honestly left open and noted for the desk."""

from collections.abc import Sequence

from faq.knowledge import Answer
from faq.knowledge import Reply as Thought
from faq.subject import subject
from flows.dialog.speech import Choice
from flows.registry import FORMS
from handlers import progress
from handlers.exchange import Exchange, Reply
from handlers.offers import PERSON, PROGRESS, STATUS
from storage import feedback

OFFERS = {name: Choice(name, form.invitation) for name, form in FORMS.items()} | {
    "status": STATUS,
    "progress": PROGRESS,
}
LONGEST_NOTED = 500
MANNERS = ("smalltalk-greeting", "smalltalk-thanks")


def reply(ex: Exchange, thought: Thought) -> Reply:
    """What is said to a message outside any form."""
    if thought.kind in ("suggest", "unknown") and (found := _competencies(ex)):
        return Reply((found,))
    if thought.kind == "suggest":
        misses = ex.speaker.misses + 1
        question = "Did you mean one of these?" if misses < 3 else "Is it one of these, or shall a person answer you?"
        return Reply((question,), extras=(*near(thought), PERSON), misses=misses)
    if thought.kind == "unknown":
        _note(ex, thought)
        return _not_covered(ex)
    if thought.kind in ("answer", "two"):
        return Reply(own_first(ex, thought), extras=_beside(thought.answers))
    return Reply(told(thought))


def _competencies(ex: Exchange) -> str:
    """Those that a question such as "which one covers interlibrary loan?" is about; empty for other questions."""
    wanted = subject(ex.message.text)
    known = ex.house.competencies
    found = [known.competency(*each) for each in ex.guess([wanted])[0]] if wanted else []
    lines = [f"- {known.named(each.set).name} {each.number}: {each.wording}" for each in found if each is not None]
    return "\n".join([f"These competencies come nearest to “{wanted}”:", *lines]) if lines else ""


def told(thought: Thought) -> tuple[str, ...]:
    """The answer's words; those from the documents with source and date."""
    return _worded(thought.answers) if thought.kind in ("answer", "two") else (thought.text,)


def _worded(found: Sequence[Answer]) -> tuple[str, ...]:
    """Under their titles only where two different answers stand together."""
    worded = {sourced(each): each.title for each in found}
    return tuple(f"{title}: {text}" for text, title in worded.items()) if len(worded) > 1 else tuple(worded)


def own_first(ex: Exchange, thought: Thought) -> tuple[str, ...]:
    """The same after what it means for this person; never to be said where others read it."""
    theirs = own(ex, thought.answers)
    if not theirs:
        return told(thought)
    replaced = [each for each in thought.answers if each.id in progress.WHOLE and own(ex, (each,))]
    return (*theirs, *_worded([each for each in thought.answers if each not in replaced]))


def own(ex: Exchange, found: Sequence[Answer]) -> tuple[str, ...]:
    return tuple(filter(None, dict.fromkeys(progress.own(ex, each.id) for each in found)))


def entry(ex: Exchange, entry_id: str) -> Reply:
    """An entry that was chosen by its title."""
    found = ex.house.entry(entry_id)
    if found is None:
        return Reply(("That answer has been replaced meanwhile; please ask again in your own words.",))
    return Reply((*own(ex, (found,)), sourced(found)), extras=_beside((found,)))


def judged(ex: Exchange, entry_id: str, helpful: bool) -> Reply:
    """The person said whether an answer helped."""
    feedback.add(ex.work, entry_id, helpful)
    if helpful:
        return Reply(("Thank you, good to know.",))
    return Reply(("Sorry about that. Ask it in other words, or let a person answer.",), extras=(PERSON,))


def near(thought: Thought) -> tuple[Choice, ...]:
    """The titles that come nearest to what was said."""
    found = thought.suggestions or (thought.answers if thought.kind in ("answer", "two") else ())
    return tuple(Choice(f"entry:{each.id}", each.title) for each in found)


def is_greeting(thought: Thought) -> bool:
    return thought.kind == "smalltalk" and thought.answers[0].id == "smalltalk-greeting"


def is_mere_manners(thought: Thought) -> bool:
    """Surely nothing but a hello or a thank-you."""
    return thought.kind == "smalltalk" and thought.confidence == 1 and thought.answers[0].id in MANNERS


def sourced(answer: Answer) -> str:
    """An answer with the document it comes from."""
    return f"{answer.text}\n(Source: {answer.source})"


def _beside(answers: tuple[Answer, ...]) -> tuple[Choice, ...]:
    names = dict.fromkeys(each.offer for each in answers if each.offer)
    offers = tuple(OFFERS[name] for name in names)
    first = answers[0].id
    return (*offers, Choice(f"helped:{first}", "That helped"), Choice(f"missed:{first}", "Not what I asked"))


def _note(ex: Exchange, thought: Thought) -> None:
    if thought.question.strip():
        nearest = [each.id for each in thought.suggestions]
        feedback.unanswered(ex.work, ex.speaker.person_id, thought.question[:LONGEST_NOTED], nearest)


def _not_covered(ex: Exchange) -> Reply:
    """First the plain fact, then an example, then a person first of all."""
    misses = ex.speaker.misses + 1
    if misses == 1:
        return Reply(
            ("My documents do not cover that. You can ask in other words, or a person can help.",),
            extras=(PERSON,),
            misses=1,
        )
    if misses == 2:
        example = "I did not understand that either. Ask me, for example: “How long do I have to finish?”"
        return Reply((example,), extras=(PERSON,), misses=2)
    return Reply(("We are not getting anywhere; shall a person answer you?",), extras=(PERSON,), misses=misses)
