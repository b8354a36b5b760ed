"""Documents that came with a mail: kept for the staff where something asks for one, otherwise not, and kindly so."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from flows.dialog.speech import File
from flows.dialog.unclear import Unclear
from handlers import quoting
from handlers.crediting import COMPLETION, RECOGNITION
from handlers.desk import items
from handlers.exchange import Exchange
from handlers.loading import load
from handlers.media import AS_A_LINK
from storage import audit, desk, papers, people

ABROAD = "schooling abroad"
EXPERIENCE = "proof of experience"
MOST = 10  # of one mail
MOST_KEPT = 40  # of one person

KEPT = "Kept for the office, for your {about}: {names}. Only the staff can open it."
TOO_MANY = "I keep at most {most} documents of one person, so I did not keep {names}. Please tell {contact}."
NOT_ASKED = "Nothing asks for a document just now, so I did not keep {names}. {link}"
NOT_KEPT = "What came with that mail was not kept: {names}."
REFUSED = "I did not keep {names}: I take PDF, JPEG and PNG files of up to 10 MB. {link}"


def taken(ex: Exchange, asked_before: str = "") -> Sequence[str]:
    """Keeps what is asked for; what is said about each document.

    `asked_before` is what asked for one before the words of the same mail were heard; they may have it asked for, too.
    """
    mail = ex.message.mail
    if mail is None or not (mail.files or mail.refused):
        return ()
    about = (asked_before or asked_for(_as_it_stands(ex))) if ex.message.trust == "proved" else ""
    room = max(0, MOST_KEPT - len(papers.of(ex.work, ex.speaker.person_id)))
    files = mail.files[:MOST]
    keep, leave = (files[:room], files[room:]) if about else ((), files)
    for file in keep:
        _keep(ex, about, file)
    contact = ex.rules.contact_email
    beyond = (*(each.name for each in mail.files[MOST:]), *(each.name for each in (leave if about else ())))
    return tuple(
        wording.format(names=_listed(ex, names), about=about, most=MOST_KEPT, contact=contact, link=AS_A_LINK)
        for wording, names in (
            (KEPT, [each.name for each in keep]),
            (NOT_ASKED, [each.name for each in leave if not about]),
            (TOO_MANY, beyond),
            (REFUSED, mail.refused),
        )
        if names
    )


def left(ex: Exchange) -> Sequence[str]:
    """What is said about documents that came with something that is not acted on."""
    mail = ex.message.mail
    names = [*(each.name for each in mail.files), *mail.refused] if mail is not None else []
    return (NOT_KEPT.format(names=_listed(ex, names)),) if names else ()


def asked_for(ex: Exchange) -> str:
    """What a document of this person would be about; empty when nothing asks for one."""
    return next((about for about, asks in ASKING.items() if asks(ex)), "")


def _as_it_stands(ex: Exchange) -> Exchange:
    """The exchange with what its own words changed on record."""
    now = people.speaker(ex.work, ex.speaker.channel, ex.speaker.address)
    return ex if now is None else replace(ex, speaker=now)


def _abroad(ex: Exchange) -> bool:
    mine = desk.open_for(ex.work, ex.speaker.person_id)
    return any(item.kind == ABROAD for item in mine) or _told_in_form(ex)


def _told_in_form(ex: Exchange) -> bool:
    """Whether the open form was told that the schooling is from abroad."""
    here = ex.speaker.conversation
    scene = load(ex, here).stage.scene if here is not None else None
    asked = scene.asked if scene is not None else {}
    try:
        told = {key: asked[key].read(words) for key, words in ex.speaker.answers.items() if key in asked}
    except Unclear:
        return False
    return told.get("schooling") == "abroad" or told.get("schooling.abroad") is True


def _proof_is_asked(ex: Exchange) -> bool:
    """Whether the open form asks what shows an experience."""
    here = ex.speaker.conversation
    scene = load(ex, here).stage.scene if here is not None and here.script == "narrate" else None
    return scene is not None and not scene.over and scene.question.key == "proof"


def as_answer(ex: Exchange) -> str:
    """What a mail says that is nothing but documents, where a form asks for words about just these; else empty."""
    files = ex.message.mail.files if ex.message.mail is not None else ()
    believed = files and ex.message.trust == "proved"
    return f"document: {', '.join(each.name for each in files)}"[:200] if believed and _proof_is_asked(ex) else ""


def _waits(kind: str) -> Callable[[Exchange], bool]:
    return lambda ex: any(item.kind == kind for item in desk.open_for(ex.work, ex.speaker.person_id))


ASKING: dict[str, Callable[[Exchange], bool]] = {
    EXPERIENCE: _proof_is_asked,
    COMPLETION: _waits(COMPLETION),
    RECOGNITION: _waits(RECOGNITION),
    ABROAD: _abroad,
}


def _keep(ex: Exchange, about: str, file: File) -> None:
    person = ex.speaker.person_id
    number = papers.add(ex.work, person, about, file.name, file.media_type, file.content)
    audit.record(ex.work, f"person {person}", "sent a document", f"person {person}", {"document": number})
    for item in desk.open_for(ex.work, person):
        if item.kind == about:
            words = f"Sent document {number}: {file.name}"
            desk.note(ex.work, item.id, "from person", ex.speaker.name or "They", words)
            items.tell_office(ex, item, f"{words} (`document {number}` sends it to you)")


def _listed(ex: Exchange, names: Sequence[str]) -> str:
    return ", ".join(quoting.named(ex, name) for name in names)
