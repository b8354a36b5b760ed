"""Forms in progress: opening, answering, parking, cancelling and finishing them."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import astuple, dataclass, replace
from datetime import date, timedelta

from flows import background
from flows.dialog import correcting, numbered, turn
from flows.dialog.play import Scene
from flows.dialog.question import matches
from flows.dialog.speech import Choice
from flows.dialog.talk import Talk
from flows.dialog.turn import Stage, Turn
from flows.dialog.unclear import ScriptError
from flows.facts import Facts
from flows.program.assistance import OnRecord
from flows.program.figures import day_in_words
from flows.registry import FORMS, Form
from handlers import accounts, applications, closing
from handlers.applications import Returned
from handlers.exchange import Exchange, Reply
from storage import conversations, people
from storage.conversations import Conversation

SUMMARY = "summary"  # the question that confirms a form: never filled in
KNOWN = "filled in"  # no question's key: what was filled in from earlier conversations (JSON: words and day by key)


async def _retired(talk: Talk, facts: Facts) -> None:  # noqa: ARG001 - every script takes these
    raise ScriptError("the form is no longer part of the program")


RETIRED = Form("menu", "a form that is no longer there", "", _retired, keeps_draft=False)


@dataclass(frozen=True)
class OpenForm:
    """A conversation on record, ready to be played."""

    id: int
    form: Form
    stage: Stage


def named(name: str) -> Form:
    """The form of that name; one that can only be left when the program has dropped it since."""
    return FORMS.get(name, RETIRED)


def load(ex: Exchange, conversation: Conversation) -> OpenForm:
    answers = dict(ex.speaker.answers)
    if conversation is not ex.speaker.conversation:
        answers = conversations.answers(ex.work, conversation.id)
    pinned = json.loads(conversation.facts)
    today = date.fromisoformat(pinned["today"])
    known = _still_known(answers.pop(KNOWN, "{}"), answers)
    awards = tuple(OnRecord(*each) for each in pinned.get("awards", ()))
    facts = Facts(today, ex.house.policy.on(today), known, pinned.get("about", {}), awards)
    form = named(conversation.script)
    return OpenForm(conversation.id, form, Stage(form.script, facts, answers))


def _still_known(filled_in: str, answers: Mapping[str, str]) -> dict[str, date]:
    """What was filled in and not corrected since, by key, with the day it was said."""
    filled: Mapping[str, tuple[str, str]] = json.loads(filled_in)
    return {key: date.fromisoformat(day) for key, (words, day) in filled.items() if answers.get(key) == words}


def start(ex: Exchange, name: str) -> Reply:
    """Open a form, or go on with the one of that name; another one that is open is parked, and the person told."""
    here = ex.speaker.conversation
    if here is not None and here.script == name:
        return again(ex, load(ex, here)).after(f"You are in the middle of {FORMS[name].title}.")
    aside = _set_aside(ex)
    return _found_or_new(ex, name).after(aside)


def start_about(ex: Exchange, name: str, about: Mapping[str, str]) -> Reply:
    """Open a form about something, such as a desk item; one that is open is parked, also one of the same name."""
    aside = _set_aside(ex)
    return _open(ex, name, about).after(aside)


def bring_back(ex: Exchange, parked: Conversation) -> tuple[OpenForm, str]:
    """A parked form in the place of the open one, and what is said about that one."""
    aside = _set_aside(ex)
    conversations.resume(ex.work, parked.id)
    return load(ex, parked), aside


def draft(ex: Exchange, name: str) -> Conversation | None:
    """The form of that name that was parked, or cancelled not too long ago."""
    parked = next((c for c in conversations.parked(ex.work, ex.speaker.person_id) if c.script == name), None)
    cancelled = parked or conversations.last_cancelled(ex.work, ex.speaker.person_id, name)
    if cancelled is not None and cancelled.state == "cancelled":
        oldest = ex.work.now - timedelta(days=ex.rules.draft_days)
        return cancelled if cancelled.changed_at >= oldest else None
    return parked


def _set_aside(ex: Exchange) -> str:
    here = ex.speaker.conversation
    if here is None or not conversations.park(ex.work, here.id):
        return ""
    return f"I have put {named(here.script).title} aside; we go on with it afterwards."


def _found_or_new(ex: Exchange, name: str) -> Reply:
    found = draft(ex, name)
    if found is None:
        back = applications.returned(ex) if name == "apply" else None
        return _corrected(ex, back) if back else _open(ex, name)
    conversations.resume(ex.work, found.id)
    day = ex.day(found.changed_at)
    of = "" if day == ex.today else f" of {day_in_words(day)}"
    return again(ex, load(ex, found)).after(f"Going on with {FORMS[name].title}{of}; `restart` begins afresh.")


def _open(ex: Exchange, name: str, about: Mapping[str, str] | None = None) -> Reply:
    since = ex.today - timedelta(days=ex.rules.known_facts_days)
    told = people.facts(ex.work, ex.speaker.person_id, since).items()
    known = {key: fact for key, fact in told if matches(key, FORMS[name].reuses)}
    awards = accounts.on_record(ex) if name == "fees" else ()
    return _filled(ex, name, Facts(ex.today, ex.rules, _days(known), about or {}, awards), _words(known))


def _corrected(ex: Exchange, back: Returned) -> Reply:
    """The form of an application that was returned, with everything in it as it was sent."""
    told = {key: (words, date.fromisoformat(day)) for key, (words, day) in back.answers.items() if key != SUMMARY}
    known = {key: fact for key, fact in told.items() if matches(key, FORMS["apply"].reuses)}
    note = f"The office asks you to correct your application {back.reference}: {back.reason}"
    return _filled(ex, "apply", Facts(ex.today, ex.rules, _days(known)), _words(told)).after(note)


def _words(told: Mapping[str, tuple[str, date]]) -> dict[str, str]:
    return {key: words for key, (words, _) in told.items()}


def _days(told: Mapping[str, tuple[str, date]]) -> dict[str, date]:
    return {key: day for key, (_, day) in told.items()}


def _filled(ex: Exchange, name: str, facts: Facts, answers: Mapping[str, str]) -> Reply:
    """A new form with these facts pinned to it, and these answers filled in."""
    form = FORMS[name]
    number = conversations.open_(ex.work, ex.speaker.person_id, name, _pinned(facts), ex.speaker.address_id)
    if answers:
        filled = json.dumps({key: (answers[key], day.isoformat()) for key, day in facts.known.items()})
        conversations.put(ex.work, number, {**answers, KNOWN: filled}, "known")
    opened = OpenForm(number, form, Stage(form.script, facts, answers))
    return after_turn(ex, opened, turn.start(opened.stage))


def _pinned(facts: Facts) -> str:
    """What must be the same at every replay, as JSON."""
    more = {"about": dict(facts.about), "awards": [astuple(award) for award in facts.awards]}
    kept = {name: value for name, value in more.items() if value}
    return json.dumps({"today": facts.today.isoformat()} | kept, ensure_ascii=False)


def again(ex: Exchange, opened: OpenForm) -> Reply:
    """The open question once more; a form whose answers became complete meanwhile is finished."""
    if opened.stage.scene.over:
        return finish(ex, opened, Turn(opened.stage.scene))
    return prompt(ex, opened.id, opened.stage.scene, ())


def after_turn(ex: Exchange, opened: OpenForm, taken: Turn) -> Reply:
    """Record what a turn changed, and say what comes next."""
    if taken.forget:
        conversations.forget(ex.work, opened.id, taken.forget)
    if taken.moved:
        conversations.rekey(ex.work, opened.id, taken.moved)
    if taken.put:
        conversations.put(ex.work, opened.id, taken.put, ex.message.channel)
    if taken.scene.over:
        return finish(ex, opened, taken)
    if taken.instead is not None:
        return Reply(
            (taken.instead.text,), taken.instead.choices, (), opened.id, taken.scene.question.key, replaced=True
        )
    return prompt(ex, opened.id, taken.scene, taken.said)


def prompt(ex: Exchange, number: int, scene: Scene, said: Iterable[str]) -> Reply:
    if ex.message.style == "mail" and len(scene.open) > 1:
        return Reply((*said, numbered.show(scene.open)), (), (), number, scene.question.key)
    question = scene.question
    return Reply((*said, question.text), question.choices, (), number, question.key)


def finish(ex: Exchange, opened: OpenForm, taken: Turn) -> Reply:
    """The form is complete: the program acts on its result, the answers are deleted, parked forms come back."""
    answers = taken.record(opened.stage.answers)
    new = {key: answers[key] for key in taken.scene.path if key not in opened.stage.facts.known}
    people.remember(ex.work, ex.speaker.person_id, background.kept(new), ex.today)
    said_on = opened.stage.facts.said_on
    dated = {key: (answers[key], said_on(key).isoformat()) for key in taken.scene.path}
    ended = closing.act(ex, taken.scene.result, dated)
    conversations.close(ex.work, opened.id, "done", ended.outcome)
    reply = Reply((*taken.said, *ended.paragraphs), extras=_invitations(ended.offers))
    ex = replace(ex, speaker=replace(ex.speaker, conversation=None))
    if ended.then:
        return _open(ex, ended.then).after(*reply.paragraphs)
    return _resumed(ex, reply)


def _resumed(ex: Exchange, reply: Reply) -> Reply:
    waiting = conversations.parked(ex.work, ex.speaker.person_id)
    if not waiting:
        return reply
    conversations.resume(ex.work, waiting[0].id)
    opened = load(ex, waiting[0])
    return again(ex, opened).after(*reply.paragraphs, f"Now back to {opened.form.title}.")


def _invitations(names: Iterable[str]) -> tuple[Choice, ...]:
    return tuple(Choice(name, FORMS[name].invitation) for name in names)


def answered(opened: OpenForm) -> int:
    """How many answers are on record, those that are being corrected among them."""
    return len({key.removeprefix(correcting.OLD) for key in opened.stage.answers} - {correcting.KEYS})


def cancel(ex: Exchange, opened: OpenForm) -> Reply:
    """Leave the form; the draft is kept for a while, unless the form is one that keeps none."""
    keeps = opened.form.keeps_draft and bool(opened.stage.answers)
    conversations.close(ex.work, opened.id, "cancelled", "cancelled", keep_answers=keeps)
    note = opened.form.farewell
    if keeps:
        note += f" I keep your draft {ex.rules.draft_days} days: `{opened.form.name}` goes on with it."
    ex = replace(ex, speaker=replace(ex.speaker, conversation=None))
    return _resumed(ex, Reply((note,)))


def restart(ex: Exchange, opened: OpenForm) -> Reply:
    """Begin the form again, with nothing filled in."""
    conversations.forget(ex.work, opened.id, (*opened.stage.answers, KNOWN))
    facts = replace(opened.stage.facts, known={})
    return after_turn(ex, opened, turn.start(Stage(opened.form.script, facts, {})))
