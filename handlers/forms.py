"""Forms in progress: opening, answering, parking, cancelling and finishing them."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta

from flows.dialog import correcting, numbered, turn
from flows.dialog.play import Scene
from flows.dialog.question import matches
from flows.dialog.speech import Choice
from flows.dialog.turn import Stage, Turn
from flows.dialog.unclear import ScriptError
from flows.facts import Facts
from flows.program.assistance import OnRecord
from flows.program.figures import day_in_words
from flows.registry import FORMS
from handlers import accounts, applications, closing, local, remembering, sender, switching
from handlers.applications import Returned
from handlers.desk import acting
from handlers.exchange import Exchange, Reply
from handlers.loading import OpenForm, load, named, pinned
from handlers.remembering import KNOWN
from storage import conversations
from storage.conversations import Conversation

SKIP = "skip"  # leaves a question of a voluntary form unsaid
SUMMARY = "summary"  # the question that confirms a form: never filled in
MEANWHILE = "What you told me in between is filled in; `change` corrects any of it."


def start(ex: Exchange, name: str) -> Reply:
    """Open a form, or go on with the one of that name; another one that is open is parked, and the person told."""
    here = ex.speaker.conversation
    if here is not None and here.script == name:
        return again(ex, load(ex, here)).after(f"You are in the middle of {FORMS[name].title}.")
    aside = _set_aside(ex)
    return _found_or_new(ex, name).after(aside)


def start_about(ex: Exchange, name: str, about: Mapping[str, str]) -> Reply:
    """Open a form about something, such as a desk item; another one that is open is parked, one of its kind left."""
    here = ex.speaker.conversation
    if here is not None and here.script == name:
        conversations.close(ex.work, here.id, "cancelled", "another one")
        return _open(ex, name, about)
    aside = _set_aside(ex)
    return _open(ex, name, about).after(aside)


def start_answered(ex: Exchange, name: str, about: Mapping[str, str], words: str) -> Reply:
    """The same with the first question answered already; words that are no answer have it asked, with the reason."""
    opening = start_about(ex, name, about)
    here = conversations.by_id(ex.work, opening.conversation) if words else None
    if here is None:
        return opening
    opened = load(ex, here)
    taken = turn.answer(opened.stage, words)
    if taken.unclear:
        return opening.after(taken.unclear)
    reply = after_turn(replace(ex, speaker=replace(ex.speaker, conversation=here)), opened, taken)
    aside = opening.paragraphs[:-1] if reply.conversation == opened.id else ()
    return reply.after(*aside)


def go_on_about(ex: Exchange, name: str, about: Mapping[str, str], key: str) -> Reply:
    """The form about the same thing, told by `key`, where it stood; a new one without a draft of it."""
    oldest = ex.work.now - timedelta(days=ex.rules.draft_days)
    drafts = [each for each in conversations.drafts(ex.work, ex.speaker.person_id, name) if each.changed_at >= oldest]
    same = [each for each in drafts if json.loads(each.facts).get("about", {}).get(key) == about[key]]
    here = ex.speaker.conversation
    if here is not None and here.id in {each.id for each in same}:
        return again(ex, load(ex, here))
    if not same:
        aside = _set_aside(ex)
        return _open(ex, name, about).after(aside)
    opened, said = bring_back(ex, same[0])
    return again(ex, opened).after(said or f"Going on with {FORMS[name].title}; `restart` begins afresh.")


def bring_back(ex: Exchange, parked: Conversation) -> tuple[OpenForm, str]:
    """A parked form in the place of the open one, and what is said about that one."""
    aside = _set_aside(ex)
    opened, recap, news = _gone_on_with(ex, parked)
    return opened, "\n\n".join(filter(None, (" ".join(filter(None, (aside, news))), recap)))


def draft(ex: Exchange, name: str) -> Conversation | None:
    """The form of that name that was parked, or cancelled not too long ago."""
    parked = next((c for c in conversations.parked(ex.work, ex.speaker.person_id) if c.script == name), None)
    cancelled = parked or conversations.last_cancelled(ex.work, ex.speaker.person_id, name)
    if cancelled is not None and cancelled.state == "cancelled":
        oldest = ex.work.now - timedelta(days=ex.rules.draft_days)
        return cancelled if cancelled.changed_at >= oldest else None
    return parked


def followed(ex: Exchange, reply: Reply) -> Reply:
    """The reply to somebody whose open form went on in another channel before: it begins with a recap."""
    here = ex.speaker.conversation
    if here is None or reply.conversation != here.id or here.address_id == ex.speaker.address_id:
        return reply
    opened = load(ex, here)
    return reply.after(switching.moved(ex, here, opened.form, opened.stage))


def takes(ex: Exchange, conversation: Conversation) -> bool:
    """Whether the words of the message answer what a form asks."""
    stage = load(ex, conversation).stage
    return not stage.scene.over and not turn.answer(stage, ex.message.text, ex.message.style).unclear


def beside(ex: Exchange, reply: Reply) -> Reply:
    """What is said beside a form, then the form's open question once more, if one is open and still needed."""
    here = ex.speaker.conversation
    if here is None:
        return reply
    if here.script == "desk" and _is_pointless(ex, here):
        conversations.close(ex.work, here.id, "cancelled", "settled meanwhile")
        return _resumed(replace(ex, speaker=replace(ex.speaker, conversation=None)), reply)
    said = _files_apart(ex, reply)
    return replace(again(ex, load(ex, here)), extras=reply.extras).after(*said)


def _files_apart(ex: Exchange, reply: Reply) -> tuple[str, ...]:
    """What is to be said before a question; with files, it is a message of its own already, and nothing is left."""
    if not reply.drawings:
        return reply.paragraphs
    ex.post(ex.speaker.address_id, Reply(reply.paragraphs, drawings=reply.drawings).message(), reply.matter)
    return ()


def _set_aside(ex: Exchange) -> str:
    here = ex.speaker.conversation
    if here is None or not conversations.park(ex.work, here.id):
        return ""
    _keep(ex, load(ex, here))
    return f"I have put {named(here.script).title} aside; we go on with it afterwards."


def _found_or_new(ex: Exchange, name: str) -> Reply:
    found = draft(ex, name)
    if found is None:
        back = applications.returned(ex) if name == "apply" else None
        return _corrected(ex, back) if back else _open(ex, name)
    day, today = (local.day(ex, ex.speaker.person_id, each) for each in (found.changed_at, ex.work.now))
    of = "" if day == today else f" of {day_in_words(day)}"
    opened, recap, news = _gone_on_with(ex, found)
    return again(ex, opened).after(recap or f"Going on with {FORMS[name].title}{of}; `restart` begins afresh.", news)


def _gone_on_with(ex: Exchange, waiting: Conversation) -> tuple[OpenForm, str, str]:
    """A parked or cancelled form, open again, with what was told meanwhile.

    Beside it, what was said so far when that was in another channel, and what is said about what was told meanwhile.
    """
    before = load(ex, waiting)
    recap = switching.moved(ex, waiting, before.form, before.stage)
    conversations.resume(ex.work, waiting.id)
    answers = conversations.answers(ex.work, waiting.id)
    filled_in = answers.pop(KNOWN, "{}")
    news = remembering.known(ex, (*before.form.reuses, *before.form.catches_up), answers)
    remembering.fill_in(ex, waiting.id, news, filled_in)
    return load(ex, waiting), recap, MEANWHILE if news else ""


def _open(ex: Exchange, name: str, about: Mapping[str, str] | None = None) -> Reply:
    awards = accounts.on_record(ex) if name == "fees" else ()
    told = {key: (words, ex.today) for key, words in sender.told(ex, name).items()}
    return _filled(ex, name, told | remembering.known(ex, FORMS[name].reuses, {}), about or {}, awards)


def _corrected(ex: Exchange, back: Returned) -> Reply:
    """The form of an application that was returned, with everything in it as it was sent."""
    told = {key: (words, date.fromisoformat(day)) for key, (words, day) in back.answers.items() if key != SUMMARY}
    note = f"The office asks you to correct your application {back.reference}: {back.reason}"
    return _filled(ex, "apply", told).after(note)


def _filled(
    ex: Exchange,
    name: str,
    told: remembering.Told,
    about: Mapping[str, str] | None = None,
    awards: tuple[OnRecord, ...] = (),
) -> Reply:
    """A new form with these answers filled in, of which those that its form reuses count as known before."""
    form = FORMS[name]
    known = {key: fact for key, fact in told.items() if matches(key, form.reuses)}
    days = {key: day for key, (_, day) in known.items()}
    facts = Facts(ex.today, ex.rules, days, about or {}, awards, ex.house.competencies)
    answers = {key: words for key, (words, _) in told.items()}
    fixed = pinned(facts, tuple(answers))
    number = conversations.open_(ex.work, ex.speaker.person_id, name, fixed, ex.speaker.address_id)
    others = {key: words for key, words in answers.items() if key not in known}
    conversations.put(ex.work, number, others, "known")
    filled_in = remembering.fill_in(ex, number, known)
    opened = OpenForm(number, form, Stage(form.script, facts, answers, tuple(answers)), filled_in)
    return after_turn(ex, opened, turn.start(opened.stage))


def again(ex: Exchange, opened: OpenForm) -> Reply:
    """The open question once more; a form whose answers became complete meanwhile is finished."""
    if opened.stage.scene.over:
        return finish(ex, opened, Turn(opened.stage.scene))
    if sender.told_next(ex, opened, Turn(opened.stage.scene)):
        return after_turn(ex, opened, Turn(opened.stage.scene))
    return prompt(ex, opened, opened.stage.scene, ())


def after_turn(ex: Exchange, opened: OpenForm, taken: Turn) -> Reply:
    """Record what a turn changed, and say what comes next."""
    taken = sender.with_it(ex, opened, taken)
    if taken.forget:
        conversations.forget(ex.work, opened.id, taken.forget)
    if taken.moved:
        conversations.rekey(ex.work, opened.id, taken.moved)
    if taken.put:
        conversations.put(ex.work, opened.id, taken.put, ex.message.channel)
    opened, taken = _with_what_is_known(opened, taken)
    if taken.scene.over:
        return finish(ex, opened, taken)
    if taken.instead is not None:
        return Reply(
            (taken.instead.text,), taken.instead.choices, (), opened.id, taken.scene.question.key, replaced=True
        )
    return prompt(ex, opened, taken.scene, taken.said)


def skip(ex: Exchange, opened: OpenForm) -> Reply:
    """What is not answered yet of a voluntary form is left unsaid."""
    unsaid = {question.key: SKIP for question in opened.stage.scene.open}
    return after_turn(ex, opened, Turn(opened.stage.played(unsaid), unsaid))


def _with_what_is_known(opened: OpenForm, taken: Turn) -> tuple[OpenForm, Turn]:
    """The turn told anew when it corrected something that was filled in, or brought it back."""
    facts = opened.stage.facts
    known = remembering.still_known(opened.filled_in, taken.record(opened.stage.answers))
    if known == facts.known:
        return opened, taken
    stage = replace(opened.stage, facts=replace(facts, known=known))
    return replace(opened, stage=stage), turn.retold(stage, taken)


def prompt(ex: Exchange, opened: OpenForm, scene: Scene, said: Iterable[str]) -> Reply:
    if ex.message.style == "mail" and len(scene.open) > 1:
        listed = numbered.show(numbered.listing(scene, opened.stage.given))
        return Reply((*said, listed), (), (), opened.id, scene.question.key, matter=opened.form.matter)
    question = scene.question
    return Reply((*said, question.text), question.choices, (), opened.id, question.key, matter=opened.form.matter)


def finish(ex: Exchange, opened: OpenForm, taken: Turn) -> Reply:
    """The form is complete: the program acts on its result, the answers are deleted, parked forms come back."""
    remembering.keep(ex, opened.id, opened.stage, taken.scene)
    answers, said_on = taken.record(opened.stage.answers), opened.stage.facts.said_on
    dated = {key: (answers[key], said_on(key).isoformat()) for key in taken.scene.path}
    ended = closing.act(ex, taken.scene.result, dated)
    conversations.close(ex.work, opened.id, "done", ended.outcome)
    extras = (*_invitations(ended.offers), *ended.extras)
    said = (*taken.said, *ended.paragraphs)
    reply = Reply(said, extras=extras, matter=_matter(opened), drawings=ended.drawings)
    ex = replace(ex, speaker=replace(ex.speaker, conversation=None))
    if ended.then:
        return _open(ex, ended.then, ended.about).after(*_files_apart(ex, reply))
    return _resumed(ex, reply)


def _resumed(ex: Exchange, reply: Reply) -> Reply:
    parked = conversations.parked(ex.work, ex.speaker.person_id)
    waiting = next((each for each in parked if not _is_pointless(ex, each)), None)
    if waiting is None:
        return reply
    opened, recap, news = _gone_on_with(ex, waiting)
    said = _files_apart(ex, reply)
    return again(ex, opened).after(*said, recap or f"Now back to {opened.form.title}.", news)


def _is_pointless(ex: Exchange, parked: Conversation) -> bool:
    """Whether what a parked form is about was settled meanwhile."""
    if parked.script == "desk":
        return acting.is_over(ex, load(ex, parked).stage.facts.about)
    return bool(applications.refused(ex, parked.script))


def _invitations(names: Iterable[str]) -> tuple[Choice, ...]:
    return tuple(Choice(name, FORMS[name].invitation) for name in names)


def answered(ex: Exchange, opened: OpenForm) -> int:
    """How many answers are on record, those that are being corrected among them."""
    return len({key.removeprefix(correcting.OLD) for key in sender.answered(ex, opened)} - {correcting.KEYS})


def cancel(ex: Exchange, opened: OpenForm) -> Reply:
    """Leave the form; the draft is kept for a while, unless the form is one that keeps none."""
    _keep(ex, opened)
    keeps = opened.form.keeps_draft and sender.answered(ex, opened) > opened.stage.facts.known.keys()
    conversations.close(ex.work, opened.id, "cancelled", "cancelled", keep_answers=keeps)
    note = opened.form.farewell
    if keeps:
        note += f" I keep your draft {ex.rules.draft_days} days: `{opened.form.name}` goes on with it."
    ex = replace(ex, speaker=replace(ex.speaker, conversation=None))
    return _resumed(ex, Reply((note,), matter=_matter(opened)))


def _matter(opened: OpenForm) -> str:
    """What is said at the end of a form is about: that of the desk belongs to its item."""
    return acting.matter(opened.stage.facts.about) if opened.form.name == "desk" else opened.form.matter


def _keep(ex: Exchange, opened: OpenForm) -> None:
    """Remember what an unfinished form has learned; nothing of one that cannot be played any more."""
    try:
        scene = opened.stage.scene
    except ScriptError:
        return
    remembering.keep(ex, opened.id, opened.stage, scene)


def restart(ex: Exchange, opened: OpenForm) -> Reply:
    """Begin the form again, with nothing filled in but the sender; what was taken back is not remembered either."""
    remembering.forget(ex, opened.stage)
    conversations.forget(ex.work, opened.id, (*opened.stage.answers, KNOWN))
    told = sender.told(ex, opened.form.name)
    conversations.put(ex.work, opened.id, told, "known")
    stage = replace(opened.stage, facts=replace(opened.stage.facts, known={}), answers=told, given=tuple(told))
    conversations.pin(ex.work, opened.id, pinned(stage.facts, stage.given))
    return after_turn(ex, replace(opened, stage=stage, filled_in="{}"), turn.start(stage))
