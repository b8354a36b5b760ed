"""What came was no words: what can be done with it, and the open question once more."""

from collections.abc import Mapping
from dataclasses import replace

from handlers import in_form
from handlers.exchange import Exchange, Reply

AS_A_LINK = (
    "Put it where a link opens it, such as Google Drive, OneDrive, Dropbox or your library's website, and send that "
    "link: when I ask for it, or after `person` to the office."
)
NOTES: Mapping[str, str] = {
    "file": f"I cannot take files here, so nothing of yours was kept. {AS_A_LINK}",
    "photo": f"I cannot look at pictures, so nothing of yours was kept. {AS_A_LINK}",
    "video": f"I cannot watch videos, so nothing of yours was kept. {AS_A_LINK}",
    "voice": "I cannot listen to voice messages, so nothing of yours was kept. Please write it in words.",
    "sticker": "I see that you sent a sticker; I can only read words.",
    "location": "I do not need to know where you are, and kept nothing of it. The library's name will do.",
    "contact": "I do not take contacts of other people, so nothing of it was kept.",
    "other": "I can only read words, so nothing of that message was kept.",
}
EDITED = "I saw that you changed a message, but what you wrote first counts."
CORRECT = "To correct an answer, send `change`."
AGAIN = "Please send what you want to say as a new message."


def reply(ex: Exchange) -> Reply:
    """The reply to what has no words, and to a changed message."""
    if ex.speaker.handed_off is not None:  # the assistant has nothing to ask meanwhile
        return Reply((note(ex),))
    return in_form.go_on(ex).after(note(ex))


def noted(ex: Exchange, said: Reply) -> Reply:
    """The reply to words that came with something else, after what became of that."""
    told = note(ex)
    return replace(said, silent=False).after(told) if told else said


def note(ex: Exchange) -> str:
    if ex.message.content != "edit":
        return NOTES.get(ex.message.content, "")
    return f"{EDITED} {AGAIN if ex.speaker.conversation is None else CORRECT}"


def is_words(ex: Exchange) -> bool:
    """Whether there is something to hear: a plain message, or words that came with something else."""
    content = ex.message.content
    return content == "text" or (content != "edit" and bool(ex.message.text.strip()))
