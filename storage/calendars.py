"""Keeps which dates a person has in their calendar, and counts the changes of each."""

from sqlalchemy import bindparam, insert, select, update

from storage import tables
from storage.database import Work

event = tables.of(tables.CalendarEvent)

KNOWN = (
    select(event.c.sequence, event.c.said, event.c.cancelled)
    .where(event.c.person_id == bindparam("the_person"), event.c.uid == bindparam("the_uid"))
    .with_for_update()
)
ADD = insert(event)
CHANGE = (
    update(event)
    .where(event.c.person_id == bindparam("the_person"), event.c.uid == bindparam("the_uid"))
    .values(sequence=bindparam("number"), said=bindparam("words"), cancelled=bindparam("is_cancelled"))
)


def number(work: Work, person_id: int, uid: str, said: str, *, cancelled: bool) -> int | None:
    """The sequence of a date that goes to a person now: the last one, or the next where it says otherwise.

    None for one that is to be taken out of a calendar where it is not.
    """
    there: dict[str, object] = {"the_person": person_id, "the_uid": uid}
    known = work.connection.execute(KNOWN, there).first()
    if known is None:
        if cancelled:
            return None
        work.connection.execute(ADD, {"person_id": person_id, "uid": uid, "said": said, "cancelled": False})
        return 0
    if cancelled and known.cancelled:
        return None
    if (known.said, known.cancelled) == (said, cancelled):
        return int(known.sequence)
    after = int(known.sequence) + 1
    work.connection.execute(CHANGE, {**there, "number": after, "words": said, "is_cancelled": cancelled})
    return after


def knows(work: Work, person_id: int, uid: str, said: str) -> bool:
    """Whether the last file of a date that a person got says the same."""
    known = work.connection.execute(KNOWN, {"the_person": person_id, "the_uid": uid}).first()
    return known is not None and (known.said, known.cancelled) == (said, False)
