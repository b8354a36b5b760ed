"""What people tell of themselves beside their applications, and how they want to be written to."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import bindparam, select, update
from sqlalchemy.dialects.postgresql import insert  # its ON CONFLICT compiles for SQLite too

from storage import tables
from storage.database import Work
from storage.prefetch import ByKey

profile = tables.of(tables.Profile)


@dataclass(frozen=True)
class Profile:
    """See the table for the fields; what was never told is empty."""

    library: str = ""
    position: str = ""
    state: str = ""
    quiet: str = ""
    new_mail: str = ""
    prefers: int | None = None
    snoozed_until: date | None = None
    fewer: bool = False


NOTHING_TOLD = Profile()
NAMES = tuple(Profile.__dataclass_fields__)
OF = ByKey(select(*(profile.c[name] for name in NAMES)), profile.c.person_id)
NEW = insert(profile)
PUT = NEW.on_conflict_do_update(
    index_elements=[profile.c.person_id], set_={name: NEW.excluded[name] for name in NAMES}
)  # fmt: skip
FORGET = update(profile).where(profile.c.prefers == bindparam("there")).values(prefers=None)


def of(work: Work, person_id: int) -> Profile:
    """What a person told; an empty one for somebody who told nothing."""
    row = OF.first(work, person_id)
    return Profile(*row) if row is not None else NOTHING_TOLD


def put(work: Work, person_id: int, told: Profile) -> None:
    """From now on it is this; the person is locked."""
    work.connection.execute(PUT, {"person_id": person_id, **vars(told)})


def not_there(work: Work, address_id: int) -> None:
    """Nobody prefers this address any more."""
    work.connection.execute(FORGET, {"there": address_id})
