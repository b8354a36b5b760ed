"""An answer that comes late: to a question that is not asked any more, or to a form that is over."""

from flows.dialog import kinds, numbered
from flows.dialog.speech import Outbound
from flows.dialog.unclear import Unclear
from handlers import between, commands, courtesy, letters, loading, local, people, standing, switching
from handlers.exchange import Exchange, Reply
from handlers.loading import OpenForm
from storage import conversations, outbox
from storage.conversations import Conversation


def letter(ex: Exchange) -> Outbound | None:
    """The letter that a mail answers, as long as it is kept: as its reply address tells, else as the mail does."""
    mail = ex.message.mail
    if mail is None:
        return None
    number = mail.letter or outbox.named(ex.work, ex.speaker.address_id, ex.message.answers)
    body = outbox.body_to(ex.work, number, ex.speaker.person_id) if number else ""
    try:
        return letters.decode(body) if body else None
    except (ValueError, TypeError):
        return None


def is_late(ex: Exchange, opened: OpenForm, seen: str) -> bool:
    """Whether words answer another question than the open one: `seen` is the key of what the person had before them.

    The numbers of a list tell themselves what they answer, whichever mail they stand in.
    """
    scene = opened.stage.scene
    if seen in ("", scene.question.key):
        return False
    listed = numbered.listing(scene, opened.stage.given)
    return ex.message.style != "mail" or not numbered.names_one(listed, ex.message.text)


def seen(ex: Exchange, conversation: Conversation, question: str) -> str:
    """The key of the question that the person answers: that of the mail, or the last one that was asked here."""
    answered = letter(ex)
    if answered is not None and answered.conversation == conversation.id:
        return answered.question
    return switching.last_asked(ex, conversation, question)


def other_form(ex: Exchange) -> Conversation | None:
    """The form that a mail answers, where that is not the open one; None for a command or a question of its own."""
    words = ex.message.text
    if commands.find(words) is not None or between.asks(words.strip()[:300]):
        return None
    answered, here = letter(ex), ex.speaker.conversation
    if answered is None or answered.conversation in (0, here.id if here is not None else 0):
        return None
    found = conversations.by_id(ex.work, answered.conversation)
    return found if found is not None and found.person_id == ex.speaker.person_id else None


def reply(ex: Exchange) -> Reply | None:
    """What is said to the answer to a form that is over, when none is open; None for any other words."""
    older = other_form(ex) if _answers(ex.message.text) else None
    return people.menu(ex).after(since(ex, older)) if older is not None else None


def since(ex: Exchange, older: Conversation) -> str:
    """What happened since to a form that is over."""
    what = "That button belongs to" if ex.message.mail is None else "Your mail answers a question of"
    title, day = loading.named(older.script).title, local.day_told(ex, ex.speaker.person_id, older.changed_at)
    if older.state == "cancelled":
        return f"{what} {title}, which you left on {day}. Nothing was changed."
    told = standing.status(ex) if older.script in ("apply", "withdraw") else ""
    return f"{what} {title}, which you finished on {day}. Nothing was changed. {told or ''}".rstrip()


def _answers(words: str) -> bool:
    """Whether words are an answer to something: a number, a numbered line, a yes or a no."""
    first = courtesy.first_line(words).strip()[:100]
    if numbered.NUMBERED.fullmatch(first) or first.rstrip(".)").isdecimal():
        return True
    try:
        return kinds.yes_no(first) is not None
    except Unclear:
        return False
