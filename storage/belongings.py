"""What is on record about one person, table by table, for whoever asks what is stored about them."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import BindParameter, bindparam, func, select

from storage import tables
from storage.database import Work

person = tables.of(tables.Person)
application = tables.of(tables.Application)
candidacy = tables.of(tables.Candidacy)
conversation = tables.of(tables.Conversation)
answer = tables.of(tables.Answer)
desk_item = tables.of(tables.DeskItem)
payment = tables.of(tables.Payment)
unanswered = tables.of(tables.Unanswered)
address = tables.of(tables.Address)
outbox = tables.of(tables.Outgoing)


@dataclass(frozen=True)
class Applied:
    """An application: `details` is JSON of its lines."""

    reference: str
    state: str
    submitted_at: datetime
    details: str
    payments: int


@dataclass(frozen=True)
class Form:
    """A form that still has answers."""

    script: str
    opened_at: datetime


@dataclass(frozen=True)
class Candidate:
    """A candidacy."""

    admitted_on: date
    deadline: date
    state: str


@dataclass(frozen=True)
class Listed:
    """Something about the person on the list of the office."""

    kind: str
    created_at: datetime
    state: str


@dataclass(frozen=True)
class Belongings:
    """All of it but addresses, facts and roles; `names` are further ones of joined records."""

    names: tuple[str, ...]
    applications: tuple[Applied, ...]
    candidacies: tuple[Candidate, ...]
    forms: tuple[Form, ...]
    listed: tuple[Listed, ...]
    questions: tuple[str, ...]
    letters: int


WHO: BindParameter[int] = bindparam("the_person")
PAYMENTS = select(func.count()).where(payment.c.application_id == application.c.id).correlate(application)
NAMES = select(person.c.name).where(person.c.merged_into == WHO, person.c.name != "").order_by(person.c.id)
APPLICATIONS = (
    select(application.c.reference, application.c.state, application.c.submitted_at, application.c.details)
    .add_columns(PAYMENTS.scalar_subquery())
    .where(application.c.person_id == WHO)
    .order_by(application.c.id)
)
CANDIDACIES = (
    select(candidacy.c.admitted_on, candidacy.c.deadline, candidacy.c.state)
    .where(candidacy.c.person_id == WHO)
    .order_by(candidacy.c.id)
)
FORMS = (
    select(conversation.c.script, conversation.c.opened_at)
    .where(conversation.c.person_id == WHO)
    .where(select(answer.c.key).where(answer.c.conversation_id == conversation.c.id).exists())
    .order_by(conversation.c.id)
)
LISTED = (
    select(desk_item.c.kind, desk_item.c.created_at, desk_item.c.state)
    .where(desk_item.c.person_id == WHO)
    .order_by(desk_item.c.id)
)
QUESTIONS = select(unanswered.c.question).where(unanswered.c.person_id == WHO).order_by(unanswered.c.id)
LETTERS = (
    select(func.count())
    .select_from(outbox)
    .join(address, address.c.id == outbox.c.address_id)
    .where(address.c.person_id == WHO)
)


def of(work: Work, person_id: int) -> Belongings:
    """What is on record about a person."""
    who = {"the_person": person_id}
    run = work.connection.execute
    return Belongings(
        tuple(dict.fromkeys(run(NAMES, who).scalars())),
        tuple(Applied(*row) for row in run(APPLICATIONS, who)),
        tuple(Candidate(*row) for row in run(CANDIDACIES, who)),
        tuple(Form(*row) for row in run(FORMS, who)),
        tuple(Listed(*row) for row in run(LISTED, who)),
        tuple(run(QUESTIONS, who).scalars()),
        int(run(LETTERS, who).scalar_one()),
    )
