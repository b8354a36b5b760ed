"""A wish to be forgotten: asked twice, told what goes and what stays, and done at once."""

from flows.dialog.speech import Choice
from flows.program.figures import listed
from handlers import roles, seating
from handlers.desk import items
from handlers.exchange import Exchange, Reply
from handlers.review import leaving
from storage import audit, erasing
from storage.erasing import Kept

FORGOTTEN = "forgotten"  # the kind of desk item
KEEP = Choice("my data", "No, keep it")
GOES = (
    "To be forgotten means that everything about you is deleted here: your name and addresses, what you told me, forms,"
    " applications, a candidacy with its evidence and narratives, questions and messages. An application or a candidacy"
    " that is under way ends with it."
)
NOTHING_STAYS = "Of your record nothing stays but a log of what was done and when, without your name."
BOOKS = "The payments for {} stay in the books, with the reference and the amounts, without your name."
CERTIFICATE = "Your name, your dates and your complete sets stay, because your certificate needs them."
ELSEWHERE = "What was sent by Slack, Telegram or mail before stays there; it can be deleted there by whoever has it."
SURE = "Once more, because it can never be undone: shall everything about you be deleted now?"
DONE = (
    "Everything about you is deleted. Only this address is still known, as a stranger's, so that this message could"
    " reach you. I wish you well."
)
STAFF = "You belong to the staff of the LSSC office; the program officer has to take that part back first."


def asked(ex: Exchange) -> Reply:
    """`forget me`: what goes and what stays, and the first question."""
    if roles.may_use_desk(roles.speaking(ex)):
        return Reply((STAFF,))
    found = erasing.kept(ex.work, ex.speaker.person_id)
    said = (GOES, " ".join(_stays(found)), ELSEWHERE, "Shall I delete everything?")
    return Reply(said, extras=(Choice("forget:sure", "Yes, delete everything"), KEEP))


def step(ex: Exchange, rest: str) -> Reply:
    """The first yes asks once more; the second, for that very record, deletes it."""
    if roles.may_use_desk(roles.speaking(ex)):
        return Reply((STAFF,))
    person_id = ex.speaker.person_id
    if rest != f"{person_id}:yes":
        return Reply((SURE,), extras=(Choice(f"forget:{person_id}:yes", "Yes, forget me"), KEEP))
    found = erasing.kept(ex.work, person_id)
    leaving.forgotten(ex, person_id)
    seating.forgotten(ex, person_id)
    erasing.erase(ex.work, person_id, ex.speaker.address_id)
    audit.record(ex.work, f"person {person_id}", "was forgotten", f"person {person_id}", {})
    items.add(ex, FORGOTTEN, None, {"record": str(person_id), "kept": " ".join(_stays(found))})
    return Reply((DONE,), introduced=True)


def is_done(rest: str, person_id: int) -> bool:
    """Whether that answer is the last one, after which there is no form to come back to."""
    return rest == f"{person_id}:yes"


def _stays(found: Kept) -> list[str]:
    books = [BOOKS.format(listed(found.references))] if found.references else []
    return [*books, *([CERTIFICATE] if found.certified else [])] or [NOTHING_STAYS]
