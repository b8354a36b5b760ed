"""The tables, one class each; texts that hold JSON say so, and every time is an instant in UTC."""

from datetime import date, datetime

from sqlalchemy import Index, Table, text
from sqlmodel import Field, SQLModel, UniqueConstraint

# Names for every constraint: SQLite's migrations can only drop what has a name.
SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


def of(model: type[SQLModel]) -> Table:
    """The table of a class, to write statements with; SQLModel does not declare it to type checkers."""
    table: Table = vars(model)["__table__"]
    return table


def _partial_index(name: str, *columns: str, where: str, unique: bool = False) -> Index:
    return Index(name, *columns, unique=unique, sqlite_where=text(where), postgresql_where=text(where))


class Person(SQLModel, table=True):
    """Somebody who spoke to the assistant, whatever their addresses."""

    id: int | None = Field(default=None, primary_key=True)
    created_at: datetime
    name: str = ""
    time_zone: str = ""


class Address(SQLModel, table=True):
    """Where a person can be reached; `offer` (JSON: [key, label] pairs) is what was last offered outside a form."""

    __table_args__ = (UniqueConstraint("channel", "address"),)
    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    channel: str
    address: str
    state: str = "proved"  # claimed, proved, unreachable
    offer: str = ""
    misses: int = 0
    created_at: datetime


class Conversation(SQLModel, table=True):
    """A form being filled in: which script, the facts pinned at its opening (JSON), and how it ended."""

    __table_args__ = (
        _partial_index("uq_conversation_open", "person_id", where="state = 'open'", unique=True),
        Index("ix_conversation_person_state", "person_id", "state"),
    )
    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id")
    script: str
    facts: str
    state: str = "open"  # open, parked, done, cancelled
    outcome: str = ""
    opened_at: datetime
    changed_at: datetime


class Answer(SQLModel, table=True):
    """The person's own words under a question's key; deleted when the conversation ends."""

    conversation_id: int = Field(foreign_key="conversation.id", primary_key=True)
    key: str = Field(primary_key=True)
    words: str
    channel: str
    at: datetime


class Fact(SQLModel, table=True):
    """Something a person told us that later forms need not ask again, with the day it was said."""

    person_id: int = Field(foreign_key="person.id", primary_key=True)
    key: str = Field(primary_key=True)
    words: str
    as_of: date


class Heard(SQLModel, table=True):
    """A message that was acted on; a second delivery of it changes nothing."""

    __tablename__ = "inbound"
    channel: str = Field(primary_key=True)
    message_id: str = Field(primary_key=True)
    at: datetime


class Outgoing(SQLModel, table=True):
    """A message that may go now (body: JSON of Outbound), in the order of its ids per address."""

    __tablename__ = "outbox"
    __table_args__ = (
        _partial_index("ix_outbox_waiting", "address_id", "id", where="state = 'waiting'"),
        _partial_index("ix_outbox_due", "due", "id", where="state = 'waiting'"),
        _partial_index("ix_outbox_sent", "address_id", "id", where="state = 'sent'"),
        {"sqlite_autoincrement": True},  # or SQLite gives the id of a deleted last letter to the next one
    )
    id: int | None = Field(default=None, primary_key=True)
    address_id: int = Field(foreign_key="address.id")
    body: str
    state: str = "waiting"  # waiting, sent, failed
    due: datetime
    lease_owner: str = ""
    lease_until: datetime
    attempts: int = 0
    error: str = ""
    created_at: datetime
    sent_at: datetime | None = None


class Application(SQLModel, table=True):
    """One application to the program; `details` (JSON) as confirmed by the applicant."""

    id: int | None = Field(default=None, primary_key=True)
    reference: str = Field(unique=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    state: str = "submitted"  # submitted, withdrawn
    details: str
    fee_cents: int
    submitted_at: datetime
    changed_at: datetime


class Survey(SQLModel, table=True):
    """The voluntary statistics of one applicant, under a random key: nothing here leads back to the person."""

    __table_args__ = {"sqlite_with_rowid": False}
    key: str = Field(primary_key=True)
    year: int
    answers: str


class Feedback(SQLModel, table=True):
    """Whether an answer helped, by entry; without the person."""

    id: int | None = Field(default=None, primary_key=True)
    entry: str = Field(index=True)
    helpful: bool
    at: datetime


class Unanswered(SQLModel, table=True):
    """A question the documents did not answer, for the desk; `nearest` (JSON) are the entries that came closest."""

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    question: str
    nearest: str
    state: str = "open"  # open, settled
    at: datetime


class Audit(SQLModel, table=True):
    """Who changed which record, when and how; never with the words of a message."""

    id: int | None = Field(default=None, primary_key=True)
    at: datetime
    actor: str
    action: str
    subject: str
    details: str


class DeskItem(SQLModel, table=True):
    """Something that needs a person of the office; `details` (JSON) is what they need to settle it."""

    __tablename__ = "desk_item"
    __table_args__ = (Index("ix_desk_item_state", "state", "created_at"),)
    id: int | None = Field(default=None, primary_key=True)
    kind: str
    person_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    details: str
    state: str = "open"  # open, settled
    created_at: datetime
    settled_at: datetime | None = None
