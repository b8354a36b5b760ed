"""A form that goes on in another channel: what was said so far, and the old prompt marked as continued elsewhere."""

from collections.abc import Mapping
from typing import Any

from flows.dialog.question import Question
from flows.dialog.speech import Outbound
from flows.dialog.turn import Stage
from flows.dialog.unclear import Unclear
from flows.registry import Form
from handlers import letters
from handlers.exchange import Exchange
from storage import conversations, outbox, people
from storage.conversations import Conversation

CHANNELS: Mapping[str, str] = {
    "telegram": "Telegram", "slack": "Slack", "email": "mail", "terminal": "the terminal",
}  # fmt: skip
CAN_EDIT = ("telegram", "slack")
LOOK_BACK = 20  # letters; the prompt of a form that went on is among the last ones
LONGEST_EDIT = 3000  # characters; a longer one went in several pieces, of which only the last could be changed
LAST_ANSWERS = 3
LONGEST_ANSWER = 60
CHANGED = (
    "The form went on meanwhile, so I have not taken that as an answer; `change` corrects an earlier one. This is the"
    " question now:"
)


def moved(ex: Exchange, conversation: Conversation, form: Form, stage: Stage) -> str:
    """The form goes on where the person speaks now; what is said about that, empty when it was here before."""
    there, here = conversation.address_id, ex.speaker.address_id
    if there == here or ex.message.place:  # in a group nothing of a form is told
        return ""
    conversations.move(ex.work, conversation.id, here)
    if there is None or people.channel_of(ex.work, there) == ex.speaker.channel:  # from one terminal to the next
        return ""
    _mark(ex, conversation.id, there)
    return recap(form, stage)


def recap(form: Form, stage: Stage) -> str:
    """Which form it is, and the last answers; none of a form whose draft is not kept."""
    scene = stage.scene
    last = scene.path[-LAST_ANSWERS:] if form.keeps_draft else ()
    if not last:
        return f"Going on with {form.title}."
    told = "; ".join(f"{scene.asked[key].label}: {shown(scene.asked[key], stage.answers[key])}" for key in last)
    return f"Going on with {form.title}; {'so far' if len(last) == len(scene.path) else 'the last answers'}: {told}."


def shown(question: Question[Any], words: str) -> str:
    """An answer as people read it: the label of a choice, else the person's own words, shortened."""
    try:
        value: Any = question.read(words)
    except Unclear:
        value = words
    values = value if isinstance(value, tuple) else (value,)
    labels = {choice.key: choice.label for choice in question.choices}
    told = ", ".join(labels[each] for each in map(_key, values) if each in labels) or words
    return told if len(told) <= LONGEST_ANSWER else f"{told[:LONGEST_ANSWER].rstrip()}..."


def last_asked(ex: Exchange, conversation: Conversation, question: str) -> str:
    """The key of the question that the person saw last here: the open `question`, unless the form went on elsewhere.

    Empty when none of its questions was asked here.
    """
    if conversation.address_id in (None, ex.speaker.address_id):
        return question
    last = _last_prompt(ex, ex.speaker.address_id, conversation.id)
    return last[1].question if last else ""


def _mark(ex: Exchange, conversation_id: int, there: int) -> None:
    """Say beside the old prompt that the form goes on here, unless the person gave that address up meanwhile."""
    places = {each.id: each.channel for each in people.addresses(ex.work, ex.speaker.person_id)}
    if places.get(there) not in CAN_EDIT:
        return
    last = _last_prompt(ex, there, conversation_id)
    if last is not None and len(last[1].text) <= LONGEST_EDIT:
        note = f"(continued in {CHANNELS.get(ex.speaker.channel, ex.speaker.channel)})"
        ex.post(there, Outbound(f"{last[1].text}\n\n{note}", edits=last[0], quiet=True))


def _last_prompt(ex: Exchange, address_id: int, conversation_id: int) -> tuple[int, Outbound] | None:
    for number, body in outbox.recent(ex.work, address_id, LOOK_BACK):
        message = letters.decode(body)
        if message.conversation == conversation_id:
            return number, message
    return None


def _key(value: object) -> str:
    """The key of the choice that an answer was read as."""
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)
