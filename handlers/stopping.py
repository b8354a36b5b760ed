"""No more of a kind of message: by word from any channel, or by one click in a mail."""

from collections.abc import Mapping

from handlers.exchange import Errand, Exchange, Reply
from storage import audit, courses, unwanted

KINDS: Mapping[str, str] = {"reminders": "reminders of what is not finished", "courses": "news of new courses"}

STOPPED = (
    "You get no more {}. What I still send: answers to you, and what the office decides about your application."
    " `start {}` brings them back."
)
STOPPED_BEFORE = "You get no {} as it is. `start {}` brings them back."
STARTED = "You get {} again; `stop` ends them."
STARTED_BEFORE = "You get {} as it is; `stop` ends them."


def stop(ex: Exchange) -> Reply:
    """Reminders, and news of courses where they were asked for."""
    person_id = ex.speaker.person_id
    kinds = ["reminders", *(["courses"] if courses.wishes(ex.work, person_id) else [])]
    return Reply(tuple(ended(ex, person_id, each) for each in kinds))


def start(ex: Exchange) -> Reply:
    changed = unwanted.allow(ex.work, ex.speaker.person_id, "reminders")
    if changed:
        _noted(ex, ex.speaker.person_id, "wants again", "reminders")
    return Reply(((STARTED if changed else STARTED_BEFORE).format(KINDS["reminders"]),))


def ended(errand: Errand, person_id: int, kind: str) -> str:
    """Stop a kind for a person; what they are told. Raises KeyError for a kind that there is not."""
    named = KINDS[kind]
    if not unwanted.stop(errand.work, person_id, kind):
        return STOPPED_BEFORE.format(named, kind)
    _noted(errand, person_id, "wants no more", kind)
    return STOPPED.format(named, kind)


def _noted(errand: Errand, person_id: int, what: str, kind: str) -> None:
    audit.record(errand.work, f"person {person_id}", what, f"person {person_id}", {"kind": kind})
