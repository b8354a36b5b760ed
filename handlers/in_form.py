"""A message while a form is open: an answer, a button, a command, or a question of the person's own in between."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from flows.dialog import kinds, numbered, turn
from flows.dialog.question import Question
from flows.dialog.speech import Choice, Pressed
from flows.dialog.turn import Turn
from flows.dialog.unclear import Unclear
from handlers import (
    applications,
    between,
    commands,
    forms,
    handoff,
    idle,
    late,
    linking,
    offers,
    people,
    profile,
    records,
    stopping,
    switching,
    wished,
)
from handlers.exchange import Exchange, Reply
from handlers.loading import OpenForm, load
from notifications import compose, notices
from storage import conversations
from storage.conversations import Conversation

AGAIN = (Choice("begin again", "Yes"), Choice("go on", "No"))
STOP = (Choice("cancel", "Stop this form"), Choice("stop messages", "Stop messages from you"))
PRIVATE = "private:"
OF_ANSWERS, ELSEWHERE = (
    ("entry:", "helped:", "missed:"),
    ("unlink:", "leave:", "forget:", "review:", "ballot:", "another:", "webinar:"),
)
MOST_ASIDES = 2  # questions of one mail that are answered beside a form
CLOSED = "That choice is no longer open, so nothing was changed."


def reply(ex: Exchange, conversation: Conversation) -> Reply:
    older = late.other_form(ex)
    if older is not None:
        return _of_another(ex, older, lambda opened: _reply(ex, opened, older))
    opened = load(ex, conversation)
    if ex.message.style == "mail" and not opened.stage.scene.over and _takes_questions_apart(opened):
        rest, questions = numbered.apart(ex.message.text)
        if questions:
            asides = [between.aside(ex, each) for each in questions[:MOST_ASIDES]]
            answered = replace(ex, message=replace(ex.message, text=rest))
            return _reply(answered, opened, conversation).after(*asides)
    return _reply(ex, opened, conversation)


def _takes_questions_apart(opened: OpenForm) -> bool:
    """Whether a line that asks something is surely no part of an answer."""
    scene = opened.stage.scene
    return len(scene.open) > 1 or not (scene.question.free or scene.question.verbatim)


def _reply(ex: Exchange, opened: OpenForm, conversation: Conversation) -> Reply:
    command = commands.find(ex.message.text)
    if command == ("cancel", ""):  # also when the form itself cannot be played any more
        return forms.cancel(ex, opened)
    if opened.stage.scene.over:
        return forms.again(ex, opened)
    question = opened.stage.scene.question
    seen = late.seen(ex, conversation, question.key)
    if command is None and late.is_late(ex, opened, seen):
        asks = between.asks(ex.message.text)
        return between.answer(ex, opened) if asks else forms.again(ex, opened).after(switching.CHANGED)
    key = _picked(ex, question)
    if key is not None:
        return _follow(ex, opened, key)
    if command is not None and command[0] == "change" and not question.free:
        taken = turn.answer(opened.stage, ex.message.text, ex.message.style)
        if taken.moved or taken.put or taken.instead:  # a summary knows its lines by the names it shows
            return _taken(ex, opened, taken)
    if command is not None and (seen != question.key or _is_command_here(ex, opened, *command)):
        return _run(ex, opened, *command)
    if _declines(ex, opened):
        return forms.cancel(ex, opened) if not opened.stage.scene.path else forms.skip(ex, opened)
    if question.free and not question.verbatim and between.is_no_answer(ex):
        return between.answer(ex, opened)
    return _taken(ex, opened, turn.answer(opened.stage, ex.message.text, ex.message.style))


def _declines(ex: Exchange, opened: OpenForm) -> bool:
    """Whether the rest of a voluntary form is declined; in a chat "skip" means the one question that is asked."""
    scene, words, declines = opened.stage.scene, ex.message.text, opened.form.declines
    if declines is None or not declines(words):
        return False
    if ex.message.style == "mail" and len(scene.open) > 1:
        return True
    return not scene.path and turn.answer(opened.stage, words, ex.message.style).unclear != ""


def press(ex: Exchange, pressed: Pressed) -> Reply:
    """A button: of the open form, of an older one (then what happened since is told), or of no form at all."""
    here = ex.speaker.conversation
    if pressed.choice.startswith(PRIVATE):  # in a place of many people it leads here
        pressed = Pressed(0, "", pressed.choice.removeprefix(PRIVATE))
    if pressed.conversation == 0:
        if here is None:
            return idle.follow(ex, pressed.choice)
        opened = load(ex, here)
        return _follow(ex, opened, pressed.choice) if _leads_aside(pressed.choice) else go_on(ex).after(CLOSED)
    if here is not None and here.id == pressed.conversation:
        return _press(ex, load(ex, here), pressed)
    older = conversations.by_id(ex.work, pressed.conversation)
    if older is None or older.person_id != ex.speaker.person_id:
        return go_on(ex).after("That button belongs to another conversation, so nothing was changed.")
    return _of_another(ex, older, lambda opened: _press(ex, opened, pressed))


def _of_another(ex: Exchange, older: Conversation, act: Callable[[OpenForm], Reply]) -> Reply:
    """What is meant for another form than the open one: a parked one comes back for it."""
    if older.state != "parked":
        return go_on(ex).after(late.since(ex, older))
    refused = applications.refused(ex, older.script)
    if refused:
        return go_on(ex).after(refused)
    opened, aside = forms.bring_back(ex, older)
    return act(opened).after(aside)


def go_on(ex: Exchange) -> Reply:
    """The open question once more, or the menu."""
    here = ex.speaker.conversation
    return people.menu(ex) if here is None else forms.again(ex, load(ex, here))


def _press(ex: Exchange, opened: OpenForm, pressed: Pressed) -> Reply:
    """A button of this form: the answer to its own question, or a choice that leads aside."""
    question = opened.stage.scene.asked.get(pressed.question)
    own = {choice.key: choice.label for choice in question.choices} if question is not None else {}
    if pressed.choice not in own and _leads_aside(pressed.choice):
        return _follow(ex, opened, pressed.choice)
    if pressed.choice not in own and question is not None and question.free:
        return forms.again(ex, opened).after(CLOSED)
    taken = turn.press(opened.stage, pressed.question, pressed.choice)
    if question is not None and pressed.question in taken.put and pressed.question in opened.stage.scene.path:
        # The outbox keeps what is said for a while: nothing of a form that is to be forgotten.
        to = f" to “{own.get(pressed.choice, pressed.choice)}”" if opened.form.keeps_draft else ""
        taken = replace(taken, note=f"{question.label}: changed{to}.")
    return _taken(ex, opened, taken)


def _leads_aside(key: str) -> bool:
    """Whether a choice leads elsewhere than to an answer."""
    return key.startswith((*OF_ANSWERS, *ELSEWHERE, "change ")) or key in (
        *RUN,
        *records.RUN,
        *commands.FORMS,
    )


def _picked(ex: Exchange, question: Question[Any]) -> str | None:
    """The offered choice that was typed; a bare number answers a number question that stands beside the choices."""
    words, offered = ex.message.text, offers.keys(ex.speaker.offer)
    if "begin again" in offered:
        return _yes_or_no(words)
    if "go on" in offered or "stop messages" in offered or question.choices or question.free:
        return offers.picked(ex.speaker.offer, words)
    try:
        question.read(words)
    except Unclear:
        return offers.picked(ex.speaker.offer, words)
    return None


def _yes_or_no(words: str) -> str | None:
    """What was answered to "begin again?": another number has it asked once more, other words are none to it."""
    try:
        return AGAIN[0].key if kinds.yes_no(words) else AGAIN[1].key
    except Unclear:
        return "restart" if words.strip().isdecimal() else None


RECORD_FORMS = ("place", "narrate", "write")  # what is said there freely is kept, and no command belongs into it


def _is_command_here(ex: Exchange, opened: OpenForm, command: str, rest: str) -> bool:
    """In open text only few words are commands; with a slash before it, or in answer to a whole list, every one is."""
    if ex.message.style == "mail" and len(opened.stage.scene.open) > 1 and not rest:
        return True
    if kinds.named(ex.message.text) in {each.label.lower() for each in opened.stage.scene.question.choices}:
        return False  # the name of a choice, such as a part of the record, means that choice
    if opened.stage.scene.question.free and wished.is_one(ex, command, rest):
        return True
    if command in commands.PERSONAL and rest and not turn.answer(opened.stage, ex.message.text).unclear:
        return False  # such as "my email is ...", where that is asked
    if not opened.stage.scene.question.free or ex.message.text.lstrip().startswith("/"):
        return True
    if command == "link" and rest:
        return True
    if command == "change":
        labels = {opened.stage.scene.asked[key].label.lower() for key in opened.stage.scene.path} | _open_labels(opened)
        told = turn.TOLD.match(rest)
        return rest in {"", *labels} or bool(told and told[1] in labels)
    if opened.form.name in RECORD_FORMS and command in commands.ABOUT_THE_RECORD:
        return True
    return command in commands.IN_FREE_TEXT


def _taken(ex: Exchange, opened: OpenForm, taken: Turn) -> Reply:
    if not taken.unclear:
        return forms.after_turn(ex, opened, taken)
    if opened.stage.scene.question.choices and ex.message.pressed is None and linking.code_in(ex.message.text):
        return _run(ex, opened, "link", "")
    if ex.message.pressed is None and between.interrupts(ex):
        return between.answer(ex, opened)
    return between.misunderstood(ex, opened, taken.unclear)


def _follow(ex: Exchange, opened: OpenForm, key: str) -> Reply:
    """Where a choice leads that is not simply an answer; any other one is the answer, by its key."""
    if key.startswith(OF_ANSWERS):
        aside = idle.follow(ex, key)
        return forms.again(ex, opened).after(*aside.paragraphs)
    if key.startswith(ELSEWHERE):
        return idle.follow(ex, key)
    if key.startswith("change "):
        return _run(ex, opened, "change", key.removeprefix("change "))
    if _leads_aside(key):
        return _run(ex, opened, key, "")
    return _taken(ex, opened, turn.answer(opened.stage, key))


def _run(ex: Exchange, opened: OpenForm, command: str, rest: str) -> Reply:
    """A command inside a form; whatever it says, the form's question comes once more."""
    if command in commands.FORMS:
        refused = applications.refused(ex, command)
        return forms.again(ex, opened).after(refused) if refused else forms.start(ex, command)
    if command in records.RUN:
        done = records.RUN[command](ex, rest)
        if done is None:  # the words after it were none of its own
            return _taken(ex, opened, turn.answer(opened.stage, ex.message.text, ex.message.style))
        return done if done.in_form else forms.beside(ex, done)
    if command == "change":
        return _change(ex, opened, rest)
    return RUN[command](ex, opened)


def _open_labels(opened: OpenForm) -> set[str]:
    return {question.label.lower() for question in opened.stage.scene.open}


def _change(ex: Exchange, opened: OpenForm, what: str) -> Reply:
    """What is asked just now, perhaps because it was taken back, is asked once more."""
    if what in _open_labels(opened):
        return forms.again(ex, opened)
    taken = turn.change(opened.stage, _as_written(ex, what))
    if taken.instead is None:
        return forms.after_turn(ex, opened, taken)
    extras = (*taken.instead.choices, Choice("go on", "None of them"))
    return Reply((taken.instead.text,), (), extras, opened.id, opened.stage.scene.question.key)


def _as_written(ex: Exchange, what: str) -> str:
    """What stands behind `change`, in the person's own capitals and to its end."""
    said = kinds.tidy(ex.message.text)
    begin = said.lower().find(what) if what else -1
    return said[begin:] if begin >= 0 else what


def _menu(ex: Exchange, opened: OpenForm) -> Reply:
    if stopping.restarts(ex):
        return forms.again(ex, opened).after(*stopping.everything(ex).paragraphs)
    others = (choice for choice in people.FIRST_CHOICES if choice.key != opened.form.name)
    choices = (Choice("go on", "Go on with it"), *others, Choice("cancel", "Leave it"))
    text = f"You are in the middle of {opened.form.title}. You can go on with it, or do something else first:"
    return Reply((text,), (), choices, opened.id, opened.stage.scene.question.key)


def _restart(ex: Exchange, opened: OpenForm) -> Reply:
    """Asked first, because what was answered is lost."""
    said = forms.answered(ex, opened)
    if not said:
        return forms.restart(ex, opened)
    lost = "answer is" if said == 1 else f"{said} answers are"
    return Reply((f"Begin again? Your {lost} forgotten.",), (), AGAIN, opened.id, opened.stage.scene.question.key)


def _begin_again(ex: Exchange, opened: OpenForm) -> Reply:
    """The yes to that question; a late button of it asks again."""
    asked = "begin again" in offers.keys(ex.speaker.offer)
    return forms.restart(ex, opened) if asked else _restart(ex, opened)


def _stop(ex: Exchange, opened: OpenForm) -> Reply:  # noqa: ARG001 - every command takes the exchange
    question = "Stop this form, or stop messages?"
    return Reply((question,), (), STOP, opened.id, opened.stage.scene.question.key)


def _said(say: Callable[[Exchange], str]) -> Callable[[Exchange, OpenForm], Reply]:
    return lambda ex, opened: forms.again(ex, opened).after(say(ex))


def _person(ex: Exchange, opened: OpenForm) -> Reply:
    """The form rests while somebody of the office answers."""
    begun = handoff.begin(ex)
    return begun if begun.extras else forms.again(ex, opened).after(*begun.paragraphs)


def _own(act: Callable[[Exchange], Reply]) -> Callable[[Exchange, OpenForm], Reply]:
    return lambda ex, opened: act(ex)  # noqa: ARG005 - every command takes the exchange


def _help(ex: Exchange) -> str:
    return compose.text(notices.Help(True, ex.rules.contact_email, ex.rules.contact_phone))


RUN: Mapping[str, Callable[[Exchange, OpenForm], Reply]] = {
    "back": lambda ex, opened: forms.after_turn(ex, opened, turn.back(opened.stage)),
    "cancel": forms.cancel,
    "restart": _restart,
    "begin again": _begin_again,
    "menu": _menu,
    "help": _said(_help),
    "status": _said(lambda ex: people.standing(ex).paragraphs[0]),
    "person": _person,
    "resume": _said(handoff.resume),
    "keep waiting": _said(handoff.wait),
    "go on": forms.again,
    "stop": _stop,
    **{command: _own(act) for command, act in profile.RUN.items()},
    "stop messages": _said(lambda ex: stopping.stop(ex).paragraphs[0]),
    commands.START: _said(lambda ex: stopping.start(ex).paragraphs[0]),
}
