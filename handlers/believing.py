"""Whom a mail may speak for: anybody can write any sender's name on a mail, so what acts needs more than a name.

A mail is believed that came to a reply address made for its sender, or that the office's own mail server vouches for.
Any other one from somebody on record is only answered in general; what it asks to be done is sent to that address once
more, and done when somebody there confirms it.
"""

from dataclasses import replace

from flows.dialog.speech import Choice, Outbound, Pressed
from flows.dialog.unclear import Unclear
from handlers import answers, commands, courtesy, handoff, late, offers, people, quoting
from handlers.desk import items
from handlers.exchange import Exchange, Reply
from handlers.loading import load
from storage import desk

HARMLESS = ("help", "menu", "eligibility", "fees")  # they tell nothing personal and change nothing
SAID = "said:"  # a choice that has the words after it heard as the person's own
NOT_ME = Choice("not said", "No, that was not me")

FOREIGN = (
    "Your mail answers one that I wrote to somebody else, so I did nothing with it. Please answer from the address that"
    " I wrote to, or write to me anew from yours."
)
OTHERS = (
    "Your mail went to other people as well, so I tell nothing personal in reply. Please send the same to me alone, or"
    " reply to one of my mails."
)
WAS_IT_YOU = (
    "A mail with your address as its sender says:\n\n> {}\n\nAnybody can write a name on a mail, so I did nothing yet."
    " Was it you?"
)
SEND_AGAIN = (
    "A mail came with your address as its sender. Anybody can write a name on a mail, so I did nothing with it. If it"
    " was yours, please send it again as a reply to this one."
)
SUBJECT = "Your mail to the LSSC assistant"
FORGOTTEN = "All right, I did nothing with it."


def doubted(ex: Exchange) -> Reply | None:
    """What is said to a mail that may not do what it asks; None for one that may."""
    mail = ex.message.mail
    if mail is None:
        return None
    if mail.foreign:
        return Reply((FOREIGN,), introduced=True)
    command = commands.find(ex.message.text)
    harmless = command is not None and command[0] in HARMLESS and ex.speaker.conversation is None
    if mail.others and not mail.signed and not ex.speaker.new and not harmless:
        return (_in_general(ex) if command is None else None) or Reply((OTHERS,))
    if ex.message.trust == "proved" or ex.speaker.new or harmless:
        return None
    return (_in_general(ex) if command is None else None) or _was_it_you(ex)


def confirmed(ex: Exchange) -> str | None:
    """The words that a mail just confirmed, to be heard now; empty when it says that they were somebody else's."""
    key = ex.message.pressed.choice if ex.message.pressed is not None else ""
    if key == NOT_ME.key:
        return ""
    return key.removeprefix(SAID) if key.startswith(SAID) else None


def as_pressed(ex: Exchange) -> Exchange:
    """A reply that names a choice of the letter it answers presses that letter's button, however late it comes."""
    words = courtesy.bare(ex.message.text, f"{ex.message.name} {ex.speaker.name}")
    ex = replace(ex, message=replace(ex.message, text=words))
    letter = late.letter(ex)
    line = courtesy.first_line(words)
    key = offers.picked(offers.as_json(letter.choices), line) if letter is not None else None
    if letter is None or key is None or _is_the_answer(ex, letter, line):
        return ex
    return replace(ex, message=replace(ex.message, pressed=Pressed(letter.conversation, letter.question, key)))


def _is_the_answer(ex: Exchange, letter: Outbound, words: str) -> bool:
    """Whether a number is what the open question asks for, and no place in the list of what stands beside it."""
    here = ex.speaker.conversation
    if here is None or here.id != letter.conversation or not words.isdecimal():
        return False
    question = load(ex, here).stage.scene.asked.get(letter.question)
    try:
        return question is not None and not question.choices and question.read(words) is not None
    except Unclear:
        return False


def asks_back(reply: Reply) -> bool:
    """Whether a reply asks if a mail was the person's own: only a reply to that very letter may say so."""
    return NOT_ME in reply.extras


def answering(ex: Exchange, message: Outbound) -> Outbound:
    """The reply as a part of the thread that it answers."""
    mail = ex.message.mail
    if mail is None or not ex.message.id.startswith("<"):
        return message
    # Whoever wrote a mail that nobody vouches for would else choose the subject of one of ours to somebody else.
    subject = " ".join(mail.subject.split()) if quoting.is_vouched_for(ex) else message.subject or SUBJECT
    answers = subject if not subject or subject[:3].lower() == "re:" else f"Re: {subject}"
    return replace(message, answers=" ".join((*mail.thread, ex.message.id)), subject=answers or message.subject)


def left_to_the_office(ex: Exchange, whole: str) -> Reply | None:
    """A stranger's mail (`whole`) that the documents do not answer goes to a person; None for one that they do."""
    mail = ex.message.mail
    if mail is None or mail.signed or not ex.speaker.new or commands.find(ex.message.text) is not None:
        return None
    if ex.think().kind not in ("unknown", "suggest"):
        return None
    return replace(_given_over(ex, whole).after(people.introduction(ex)), introduced=True)


def given_over(ex: Exchange, whole: str) -> Reply | None:
    """A mail (`whole`) that asks for a person among other things goes to one, with all that it says."""
    mail = ex.message.mail
    if mail is None or mail.matter or ex.message.pressed is not None or ex.speaker.handed_off is not None:
        return None
    is_a_command = commands.find(ex.message.text) is not None
    return None if is_a_command or not commands.wishes_a_person(whole) else _given_over(ex, whole)


def _given_over(ex: Exchange, whole: str) -> Reply:
    begun = handoff.begin(ex)
    for item in desk.open_for(ex.work, ex.speaker.person_id):
        if item.kind == handoff.HAND_OFF:
            desk.note(ex.work, item.id, "from person", ex.speaker.name or ex.speaker.address, whole)
            items.tell_office(ex, item, whole)
    return begun


def _in_general(ex: Exchange) -> Reply | None:
    """An answer from the documents, whoever asks."""
    words = courtesy.asked(courtesy.bare(ex.message.text))
    thought = ex.think(words)
    if thought.kind not in ("answer", "two"):
        return None
    return Reply((quoting.quoted(ex, words), *answers.told(thought)))


def _was_it_you(ex: Exchange) -> Reply:
    """Only what is seen in full can be confirmed, but for its links."""
    words = courtesy.bare(ex.message.text, ex.message.name)
    if not quoting.is_whole(words):
        return Reply((SEND_AGAIN,))
    return Reply(
        (WAS_IT_YOU.format(quoting.plain(words)),), extras=(Choice(f"{SAID}{words}", "Yes, that was me"), NOT_ME)
    )
