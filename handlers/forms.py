"""Forms in progress: opening, answering, parking, cancelling and finishing them."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from flows.dialog import correcting, numbered, turn
from flows.dialog.play import Scene
from flows.dialog.speech import Choice
from flows.dialog.talk import Talk
from flows.dialog.turn import Stage, Turn
from flows.dialog.unclear import ScriptError
from flows.facts import Facts
from flows.program.figures import day_in_words
from flows.registry import FORMS, Form
from handlers import closing, remembering
from handlers.exchange import Exchange, Reply
from handlers.remembering import KNOWN
from storage import conversations
from storage.conversations import Conversation

MEANWHILE = "What you told me in between is filled in; `change` corrects any of it."


async def _retired(talk: Talk, facts: Facts) -> None:  # noqa: ARG001 - every script takes these
    raise ScriptError("the form is no longer part of the program")


RETIRED = Form("menu", "a form that is no longer there", "", _retired, keeps_draft=False)


@dataclass(frozen=True)
class OpenForm:
    """A conversation on record, ready to be played; `filled_in` (JSON) is what was filled in from earlier ones."""

    id: int
    form: Form
    stage: Stage
    filled_in: str = "{}"


def named(name: str) -> Form:
    """The form of that name; one that can only be left when the program has dropped it since."""
    return FORMS.get(name, RETIRED)


def load(ex: Exchange, conversation: Conversation) -> OpenForm:
    answers = dict(ex.speaker.answers)
    if conversation is not ex.speaker.conversation:
        answers = conversations.answers(ex.work, conversation.id)
    today = date.fromisoformat(json.loads(conversation.facts)["today"])
    filled_in = answers.pop(KNOWN, "{}")
    facts = Facts(today, ex.house.policy.on(today), remembering.still_known(filled_in, answers))
    form = named(conversation.script)
    return OpenForm(conversation.id, form, Stage(form.script, facts, answers), filled_in)


def start(ex: Exchange, name: str) -> Reply:
    """Open a form, or go on with the one of that name; another one that is open is parked, and the person told."""
    here = ex.speaker.conversation
    if here is not None and here.script == name:
        return again(ex, load(ex, here)).after(f"You are in the middle of {FORMS[name].title}.")
    aside = _set_aside(ex)
    return _found_or_new(ex, name).after(aside)


def bring_back(ex: Exchange, parked: Conversation) -> tuple[OpenForm, str]:
    """A parked form in the place of the open one, and what is said about that one."""
    aside = _set_aside(ex)
    opened, news = _gone_on_with(ex, parked)
    return opened, " ".join(filter(None, (aside, news)))


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
    _keep(ex, load(ex, here))
    return f"I have put {named(here.script).title} aside; we go on with it afterwards."


def _found_or_new(ex: Exchange, name: str) -> Reply:
    found = draft(ex, name)
    if found is None:
        return _open(ex, name)
    day = ex.day(found.changed_at)
    of = "" if day == ex.today else f" of {day_in_words(day)}"
    opened, news = _gone_on_with(ex, found)
    return again(ex, opened).after(f"Going on with {FORMS[name].title}{of}; `restart` begins afresh.", news)


def _gone_on_with(ex: Exchange, waiting: Conversation) -> tuple[OpenForm, str]:
    """A parked or cancelled form, open again, with what was told meanwhile; and what is said about that."""
    conversations.resume(ex.work, waiting.id)
    answers, form = conversations.answers(ex.work, waiting.id), named(waiting.script)
    before = answers.pop(KNOWN, "{}")
    news = remembering.known(ex, (*form.reuses, *form.catches_up), answers)
    remembering.fill_in(ex, waiting.id, news, before)
    return load(ex, waiting), MEANWHILE if news else ""


def _open(ex: Exchange, name: str) -> Reply:
    form = FORMS[name]
    known = remembering.known(ex, form.reuses, {})
    number = conversations.open_(ex.work, ex.speaker.person_id, name, json.dumps({"today": ex.today.isoformat()}))
    filled_in = remembering.fill_in(ex, number, known)
    answers = {key: words for key, (words, _) in known.items()}
    facts = Facts(ex.today, ex.rules, {key: day for key, (_, day) in known.items()})
    opened = OpenForm(number, form, Stage(form.script, facts, answers), filled_in)
    return after_turn(ex, opened, turn.start(opened.stage))


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
        conversations.move(ex.work, opened.id, taken.moved)
    if taken.put:
        conversations.put(ex.work, opened.id, taken.put, ex.message.channel)
    opened, taken = _with_what_is_known(opened, taken)
    if taken.scene.over:
        return finish(ex, opened, taken)
    if taken.instead is not None:
        return Reply(
            (taken.instead.text,), taken.instead.choices, (), opened.id, taken.scene.question.key, replaced=True
        )
    return prompt(ex, opened.id, taken.scene, taken.said)


def _with_what_is_known(opened: OpenForm, taken: Turn) -> tuple[OpenForm, Turn]:
    """The turn told anew when it corrected something that was filled in, or brought it back."""
    facts = opened.stage.facts
    known = remembering.still_known(opened.filled_in, taken.record(opened.stage.answers))
    if known == facts.known:
        return opened, taken
    stage = replace(opened.stage, facts=replace(facts, known=known))
    return replace(opened, stage=stage), turn.retold(stage, taken)


def prompt(ex: Exchange, number: int, scene: Scene, said: Iterable[str]) -> Reply:
    if ex.message.style == "mail" and len(scene.open) > 1:
        return Reply((*said, numbered.show(scene.open)), (), (), number, scene.question.key)
    question = scene.question
    return Reply((*said, question.text), question.choices, (), number, question.key)


def finish(ex: Exchange, opened: OpenForm, taken: Turn) -> Reply:
    """The form is complete: the program acts on its result, the answers are deleted, parked forms come back."""
    remembering.keep(ex, opened.id, opened.stage, taken.scene)
    ended = closing.act(ex, taken.scene.result)
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
    opened, news = _gone_on_with(ex, waiting[0])
    return again(ex, opened).after(*reply.paragraphs, f"Now back to {opened.form.title}.", news)


def _invitations(names: Iterable[str]) -> tuple[Choice, ...]:
    return tuple(Choice(name, FORMS[name].invitation) for name in names)


def answered(opened: OpenForm) -> int:
    """How many answers are on record, those that are being corrected among them."""
    return len({key.removeprefix(correcting.OLD) for key in opened.stage.answers} - {correcting.KEYS})


def cancel(ex: Exchange, opened: OpenForm) -> Reply:
    """Leave the form; the draft is kept for a while, unless the form is one that keeps none."""
    _keep(ex, opened)
    keeps = opened.form.keeps_draft and opened.stage.answers.keys() > opened.stage.facts.known.keys()
    conversations.close(ex.work, opened.id, "cancelled", "cancelled", keep_answers=keeps)
    note = opened.form.farewell
    if keeps:
        note += f" I keep your draft {ex.rules.draft_days} days: `{opened.form.name}` goes on with it."
    ex = replace(ex, speaker=replace(ex.speaker, conversation=None))
    return _resumed(ex, Reply((note,)))


def _keep(ex: Exchange, opened: OpenForm) -> None:
    """Remember what an unfinished form has learned; nothing of one that cannot be played any more."""
    try:
        scene = opened.stage.scene
    except ScriptError:
        return
    remembering.keep(ex, opened.id, opened.stage, scene)


def restart(ex: Exchange, opened: OpenForm) -> Reply:
    """Begin the form again, with nothing filled in; what was taken back is not remembered either."""
    remembering.forget(ex, opened.stage)
    conversations.forget(ex.work, opened.id, (*opened.stage.answers, KNOWN))
    facts = replace(opened.stage.facts, known={})
    return after_turn(ex, opened, turn.start(Stage(opened.form.script, facts, {})))
