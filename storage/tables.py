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
    """Somebody who spoke to the assistant, whatever their addresses.

    `handed_off` is the desk item (by id) whose thread their words go to; `merged_into` the person (by id) that this one
    turned out to be. Neither is a foreign key, because the tables they lead to refer back to this one. `away_until` is
    the last day of an absence that their mail told of.
    """

    id: int | None = Field(default=None, primary_key=True)
    created_at: datetime
    name: str = ""
    time_zone: str = ""
    handed_off: int | None = None
    merged_into: int | None = None
    away_until: date | None = None


class Profile(SQLModel, table=True):
    """What somebody told of themselves beside their applications, and how they want to be written to.

    `library`, `position` and `state` (its name, or that of a country) are as they are now; empty: as in the newest
    application. `prefers` is the address for what is written of our own accord, None for the one used last. `quiet` is
    as flows/program/quiet.py keeps it, `new_mail` a mail address that is to take the place of another one once it is
    proved.
    """

    person_id: int = Field(foreign_key="person.id", primary_key=True)
    library: str = ""
    position: str = ""
    state: str = ""
    quiet: str = ""
    new_mail: str = ""
    prefers: int | None = Field(default=None, foreign_key="address.id")
    snoozed_until: date | None = None
    fewer: bool = False


class HeldLetter(SQLModel, table=True):
    """A message (body: JSON of Outbound) that waits until somebody's quiet hours are over."""

    __tablename__ = "held_letter"
    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    body: str
    matter: str = ""
    due: datetime = Field(index=True)
    created_at: datetime


class Address(SQLModel, table=True):
    """Where a person can be reached, or a place of many people (then without a person).

    `offer` (JSON: [key, label] pairs) is what was last offered outside a form. `bounces` counts the mails in a row that
    could not be delivered for now; a reply address made for a letter up to `revoked` (its id in the outbox) speaks for
    nobody any more.
    """

    __table_args__ = (UniqueConstraint("channel", "address"),)
    id: int | None = Field(default=None, primary_key=True)
    person_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    channel: str
    address: str
    state: str = "proved"  # claimed, proved, unreachable; a place: public, staff
    offer: str = ""
    misses: int = 0
    created_at: datetime
    bounces: int = 0
    revoked: int = 0


class Conversation(SQLModel, table=True):
    """A form being filled in: which script, the facts pinned at its opening (JSON), and how it ended.

    `address_id` is where it went on last.
    """

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
    address_id: int | None = Field(default=None, foreign_key="address.id")


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
    """A message that may go now (body: JSON of Outbound), in the order of its ids per address.

    `matter` names what it is about ("item:17"), `part` counts the pieces of a long one that went already, and `sent_as`
    is the vendor's name for what was sent, by which it can be changed and answers to it be recognised.
    """

    __tablename__ = "outbox"
    __table_args__ = (
        _partial_index("ix_outbox_waiting", "address_id", "id", where="state = 'waiting'"),
        _partial_index("ix_outbox_due", "due", "id", where="state = 'waiting'"),
        _partial_index("ix_outbox_sent", "address_id", "id", where="state = 'sent'"),
        _partial_index("ix_outbox_matter", "matter", where="matter != ''"),
        _partial_index("ix_outbox_sent_as", "address_id", "sent_as", where="sent_as != ''"),
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
    matter: str = ""
    part: int = 0
    sent_as: str = ""


class Application(SQLModel, table=True):
    """One application to the program; `details` (JSON) as confirmed by the applicant.

    `answers` (JSON: words and day by question) is what the form is filled in with when the application is returned;
    empty once it is decided. `reason` is why the office returned or declined it.
    """

    id: int | None = Field(default=None, primary_key=True)
    reference: str = Field(unique=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    state: str = "submitted"  # submitted, returned, accepted, declined, withdrawn, admitted
    details: str
    fee_cents: int
    submitted_at: datetime
    changed_at: datetime
    membership: str = ""  # claimed, confirmed, not confirmed; empty for a non-member
    accepted_on: date | None = None
    settled_on: date | None = None
    answers: str = ""
    reason: str = ""


class Payment(SQLModel, table=True):
    """Money that came in for an application, or went back (then negative), as the office recorded it."""

    id: int | None = Field(default=None, primary_key=True)
    application_id: int = Field(foreign_key="application.id", index=True)
    kind: str  # payment, refund, reversal
    amount_cents: int
    payer: str
    reference: str = ""
    received_on: date
    recorded_at: datetime
    recorded_by: str


class Award(SQLModel, table=True):
    """Registration assistance that a giver hands out: a percentage or a flat amount, so many times."""

    id: int | None = Field(default=None, primary_key=True)
    giver: str
    state: str = ""  # two letters; empty: everywhere
    percent: int | None = None
    amount_cents: int | None = None
    number: int
    contact: str = ""
    created_at: datetime
    created_by: str


class AwardUse(SQLModel, table=True):
    """An award kept for one application, used when that is admitted, given back when it is withdrawn."""

    __tablename__ = "award_use"
    application_id: int = Field(foreign_key="application.id", primary_key=True)
    award_id: int = Field(foreign_key="award.id", index=True)
    state: str = "reserved"  # reserved, used, released
    changed_at: datetime


class Candidacy(SQLModel, table=True):
    """Four years to complete six sets; the rules are those of the day of admission.

    For the planning of reminders: `zone` is where its days end, empty when that and `next_due` are to be found out
    anew; `next_due` the day by which an even pace completes the next set; `touched_on` when something was last sent.
    """

    __table_args__ = (
        _partial_index("ix_candidacy_deadline", "zone", "deadline", "id", "person_id", where="state = 'active'"),
        _partial_index("ix_candidacy_next_due", "zone", "next_due", "id", "person_id", where="state = 'active'"),
        _partial_index("ix_candidacy_touched_on", "zone", "touched_on", "id", "person_id", where="state = 'active'"),
        _partial_index("ix_candidacy_frozen", "zone", "deadline", where="state = 'frozen'"),
        _partial_index("ix_candidacy_unsettled", "id", where="zone = '' AND state IN ('active', 'frozen')"),
    )
    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    application_id: int | None = Field(default=None, foreign_key="application.id")
    admitted_on: date
    deadline: date
    state: str = "active"  # active, frozen, certified, withdrawn, ended
    created_at: datetime
    zone: str = ""
    next_due: date | None = None
    touched_on: date | None = None


class CompleteSet(SQLModel, table=True):
    """A competency set that a candidate has completed, and how."""

    __tablename__ = "complete_set"
    candidacy_id: int = Field(foreign_key="candidacy.id", primary_key=True)
    set_id: str = Field(primary_key=True)
    completed_on: date
    way: str  # course, portfolio, imported


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
    item_id: int | None = Field(default=None, foreign_key="desk_item.id", index=True)


class Unwanted(SQLModel, table=True):
    """A kind of message that a person wants no more of."""

    person_id: int = Field(foreign_key="person.id", primary_key=True)
    kind: str = Field(primary_key=True)
    since: datetime


class Paper(SQLModel, table=True):
    """A document that a person sent, for the staff only; `about` says what it is to show ("schooling abroad")."""

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    about: str
    name: str
    media_type: str
    content: bytes
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
    """Something that needs a person of the office; `details` (JSON) is what they need to settle it.

    `due` is when the person was told to expect an answer, `reminded` how far the office was reminded of it since.
    """

    __tablename__ = "desk_item"
    __table_args__ = (Index("ix_desk_item_state", "state", "created_at"),)
    id: int | None = Field(default=None, primary_key=True)
    kind: str
    person_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    details: str
    state: str = "open"  # open, settled
    created_at: datetime
    settled_at: datetime | None = None
    settled_by: str = ""
    action: str = ""
    assigned_to: int | None = Field(default=None, foreign_key="person.id")
    snoozed_until: datetime | None = None
    due: datetime | None = None
    reminded: int = 0


class DeskNote(SQLModel, table=True):
    """A line in the thread of a desk item: a note of the office, or what was said to or by the person."""

    __tablename__ = "desk_note"
    id: int | None = Field(default=None, primary_key=True)
    item_id: int = Field(foreign_key="desk_item.id", index=True)
    at: datetime
    kind: str  # note, to person, from person
    author: str
    words: str


class Role(SQLModel, table=True):
    """What somebody is in the program; a seat belongs to a member of the committee, of whom one chairs."""

    person_id: int = Field(foreign_key="person.id", primary_key=True)
    role: str = Field(primary_key=True)  # officer, assistant, committee, evaluator, provider, mentor
    seat: str = ""
    chair: bool = False
    since: datetime
    given_by: str


class LinkCode(SQLModel, table=True):
    """A code shown in one channel, which, typed in another, proves that both are the same person's."""

    __tablename__ = "link_code"
    id: int | None = Field(default=None, primary_key=True)
    code_hash: str = Field(index=True)
    address_id: int = Field(foreign_key="address.id", index=True)
    created_at: datetime
    expires_at: datetime
    used_at: datetime | None = None


class LinkTry(SQLModel, table=True):
    """A wrong code, and where it was typed."""

    __tablename__ = "link_try"
    id: int | None = Field(default=None, primary_key=True)
    address_id: int = Field(foreign_key="address.id")
    at: datetime = Field(index=True)


class PublishedAnswer(SQLModel, table=True):
    """An answer that the office added to the knowledge base; `phrasings` is JSON."""

    __tablename__ = "published_answer"
    id: int | None = Field(default=None, primary_key=True)
    title: str
    answer: str
    phrasings: str
    state: str = "draft"  # draft, published, withdrawn
    author: str
    created_at: datetime
    changed_at: datetime = Field(index=True)
    expires_on: date | None = None
    item_id: int | None = Field(default=None, foreign_key="desk_item.id")


class Guideline(SQLModel, table=True):
    """What the office asks of evidence: for one set, or for all (no `set_id`); older versions are kept.

    A version goes by its day; `edition` counts those of one day.
    """

    __table_args__ = (UniqueConstraint("set_id", "since", "edition"),)
    id: int | None = Field(default=None, primary_key=True)
    set_id: str
    since: date
    edition: int = 1
    kind: str  # text, link
    words: str
    set_by: str
    at: datetime


class Failing(SQLModel, table=True):
    """A message whose turn failed for a reason of its own, and how often."""

    channel: str = Field(primary_key=True)
    message_id: str = Field(primary_key=True)
    times: int
    error: str
    at: datetime


class Lease(SQLModel, table=True):
    """Something that only one process may do at a time, such as polling with a token."""

    name: str = Field(primary_key=True)
    owner: str
    until: datetime


class Pace(SQLModel, table=True):
    """When the next message may go to a channel as a whole, or to one address of it."""

    scope: str = Field(primary_key=True)
    next_at: datetime


class ChosenSet(SQLModel, table=True):
    """A set that a candidate works on, since evidence was first placed in it."""

    __tablename__ = "chosen_set"
    candidacy_id: int = Field(foreign_key="candidacy.id", primary_key=True)
    set_id: str = Field(primary_key=True)
    since: datetime


class Evidence(SQLModel, table=True):
    """A link by which a candidate shows something, counted within the candidacy by `number`.

    `said` are the words around it in the message it came with. `check_state` (empty before the first look) and
    `check_reason`, a sentence for the candidate, are what the last look at it found.
    """

    __table_args__ = (
        UniqueConstraint("candidacy_id", "number"),
        _partial_index("ix_evidence_unchecked", "id", where="checked_at IS NULL"),
    )
    id: int | None = Field(default=None, primary_key=True)
    candidacy_id: int = Field(foreign_key="candidacy.id", index=True)
    number: int
    content: str
    said: str = ""
    state: str = "to place"  # to place, placed, removed
    added_at: datetime
    check_state: str = ""
    check_reason: str = ""
    checked_at: datetime | None = None


class Placement(SQLModel, table=True):
    """A competency that a piece of evidence is for."""

    evidence_id: int = Field(foreign_key="evidence.id", primary_key=True)
    set_id: str = Field(primary_key=True)
    number: int = Field(primary_key=True)
    at: datetime


class Narrative(SQLModel, table=True):
    """One version of a piece of what a candidate tells about a competency, in their own words.

    Pieces are counted within the competency, versions within the piece; a piece that is still to be placed has no set,
    and is counted within the candidacy. `learning` says what it tells of: prior, new, both, or nothing yet. `proof`
    (words, or a link) substantiates the experience behind prior learning; `course` names a past course it tells of.
    """

    __table_args__ = (UniqueConstraint("candidacy_id", "set_id", "number", "piece", "version"),)
    id: int | None = Field(default=None, primary_key=True)
    candidacy_id: int = Field(foreign_key="candidacy.id")
    set_id: str = ""
    number: int = 0
    piece: int
    version: int = 1
    words: str
    learning: str = ""
    proof: str = ""
    course: str = ""
    state: str = "current"  # to place, current, replaced, removed
    at: datetime


class Submission(SQLModel, table=True):
    """A set as it was handed in for review, frozen; one row for each round.

    `contents` (JSON) is all that evaluators will see; `open_numbers` (JSON) are the competencies that a revision asks
    for, empty for all. `passed` (JSON) are the words that the candidate said are not about them, and `feedback` is
    what they were told after the review.
    """

    __table_args__ = (UniqueConstraint("candidacy_id", "set_id", "round"),)
    id: int | None = Field(default=None, primary_key=True)
    candidacy_id: int = Field(foreign_key="candidacy.id")
    set_id: str
    round: int = 1
    receipt: str = Field(unique=True)
    state: str = "checking"  # checking, returned, submitted, in review, taken back, revise, met, not met
    contents: str
    passed: str = "[]"
    open_numbers: str = "[]"
    feedback: str = ""
    asked_at: datetime
    submitted_at: datetime | None = None
    changed_at: datetime


class Certificate(SQLModel, table=True):
    """What certifies somebody: frozen when it was issued, whatever is completed later.

    `sets` (JSON) are the ids of the sets that stand on it; `shows` are the parts, with commas between them, that its
    holder lets the public check page tell; `reason` says why it was revoked.
    """

    id: int | None = Field(default=None, primary_key=True)
    candidacy_id: int = Field(foreign_key="candidacy.id", unique=True)
    number: str = Field(unique=True)
    code: str = Field(unique=True)
    name: str
    sets: str
    since: date
    until: date
    awarded_on: date
    shows: str = ""
    state: str = "current"  # current, revoked
    reason: str = ""
    issued_at: datetime
    changed_at: datetime


class CertificateCount(SQLModel, table=True):
    """The last number that was given to a certificate in a year; its row is locked while one is numbered."""

    __tablename__ = "certificate_count"
    year: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    last: int


class Addition(SQLModel, table=True):
    """Something a candidate adds to their record of their own accord: words or a link, counted by `number`."""

    __table_args__ = (UniqueConstraint("candidacy_id", "number"),)
    id: int | None = Field(default=None, primary_key=True)
    candidacy_id: int = Field(foreign_key="candidacy.id")
    number: int
    content: str
    state: str = "current"  # current, removed
    added_at: datetime


class RecordRequest(SQLModel, table=True):
    """A wish for more, put to a candidate by the office or by an evaluator through it; open until it is answered."""

    __tablename__ = "record_request"
    __table_args__ = (UniqueConstraint("candidacy_id", "number"),)
    id: int | None = Field(default=None, primary_key=True)
    candidacy_id: int = Field(foreign_key="candidacy.id")
    number: int
    words: str
    asked_by: str
    asked_at: datetime
    answer: str = ""
    answered_at: datetime | None = None


class Share(SQLModel, table=True):
    """A link to chosen parts of a record, for one reader; `token_hash` is all that is kept of its address.

    `parts` is JSON. `ended_at` is when the candidate ended it before its time.
    """

    __table_args__ = (UniqueConstraint("candidacy_id", "number"),)
    id: int | None = Field(default=None, primary_key=True)
    candidacy_id: int = Field(foreign_key="candidacy.id")
    number: int
    token_hash: str = Field(unique=True)
    reader: str
    parts: str
    made_at: datetime
    ends_at: datetime
    ended_at: datetime | None = None


class ShareView(SQLModel, table=True):
    """One look at a shared record: when, and whether by a person or by a program that shows a preview of links."""

    __tablename__ = "share_view"
    id: int | None = Field(default=None, primary_key=True)
    share_id: int = Field(foreign_key="share.id", index=True)
    at: datetime
    by: str  # person, preview


class Course(SQLModel, table=True):
    """An approved course, which covers a whole set; `code` is how the office names it.

    `form` is online, in person or mixed; `state` is a code, or empty for everywhere. `valid_until` is None for an
    approval without an end, `price_cents` where no price is known, `starts` where one may begin at any time.
    """

    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(unique=True)
    provider: str
    title: str
    set_id: str
    form: str
    state: str = ""
    price_cents: int | None = None
    starts: date | None = None
    valid_from: date
    valid_until: date | None = None
    link: str = ""
    email: str = ""
    added_at: datetime


class CourseWish(SQLModel, table=True):
    """A set of which a person wants to hear when there is a new course; courses from before are none."""

    __tablename__ = "course_wish"
    person_id: int = Field(foreign_key="person.id", primary_key=True)
    set_id: str = Field(primary_key=True)
    since: datetime


class CourseNews(SQLModel, table=True):
    """A person was told of a new course: once, whatever is imported or restarted after it."""

    __tablename__ = "course_news"
    person_id: int = Field(foreign_key="person.id", primary_key=True)
    course_id: int = Field(foreign_key="course.id", primary_key=True)
    at: datetime


class CompletionForm(SQLModel, table=True):
    """A form for the provider of a course to sign; by its code the office knows what it is about."""

    __tablename__ = "completion_form"
    __table_args__ = (UniqueConstraint("candidacy_id", "course_id"),)
    id: int | None = Field(default=None, primary_key=True)
    candidacy_id: int = Field(foreign_key="candidacy.id")
    course_id: int = Field(foreign_key="course.id")
    code: str = Field(unique=True)
    at: datetime


class Evaluator(SQLModel, table=True):
    """Somebody who assesses portfolios, or wishes to; the sets stand in EvaluatorSet.

    `yearly_limit` is the most reviews they take in twelve months, None for the program's own. `paused_until` is the
    last day of a pause; `willing_on` is when they last said that they go on, `willing_asked_on` when they were asked,
    `willing_reminded` how often since.
    `practiced_on` and `practice` ("4 of 5") tell how the practice portfolio of their training was rated.
    """

    person_id: int = Field(foreign_key="person.id", primary_key=True)
    state: str = "applied"  # applied, selected, declined, trained, left
    workplace: str = ""
    experience: str = ""
    resume: str = ""
    yearly_limit: int | None = None
    applied_at: datetime
    practiced_on: date | None = None
    practice: str = ""
    trained_on: date | None = None
    paused_until: date | None = None
    willing_on: date | None = None
    willing_asked_on: date | None = None
    willing_reminded: int = 0


class EvaluatorSet(SQLModel, table=True):
    """A set that somebody wishes to assess, or is trained for."""

    __tablename__ = "evaluator_set"
    person_id: int = Field(foreign_key="person.id", primary_key=True)
    set_id: str = Field(primary_key=True)


class Conflict(SQLModel, table=True):
    """What keeps an evaluator from reading: a workplace by its name, or one candidate (`candidate_id`, a person)."""

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    candidate_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    workplace: str = ""
    why: str = ""  # declared, knows the candidate
    at: datetime


class Review(SQLModel, table=True):
    """A review of a submission, another one when that was taken back and handed in anew.

    `reference` is all that an evaluator knows it by, and leads to nobody. `outcome` is what it came to; `draft` are the
    merged comments that the office releases, `draft_due` the day when it is reminded of them next. `allowed`: the
    committee let a third reader be asked.
    """

    id: int | None = Field(default=None, primary_key=True)
    submission_id: int = Field(foreign_key="submission.id", index=True)
    reference: str = Field(unique=True)
    state: str = "open"  # open, concluded, released, closed
    outcome: str = ""
    allowed: bool = False
    draft: str = ""
    draft_due: date | None = None
    opened_at: datetime
    changed_at: datetime


class ReviewReader(SQLModel, table=True):
    """One who was asked to read; see `flows.program.panel` for what `seat` and `word` mean.

    `why` says for what reason they do not read. `answer_by` is when the offer lapses, `due` the last day of the review;
    `extended`: they were given more time once; `late`: the office was told that the review is.
    """

    __tablename__ = "review_reader"
    __table_args__ = (
        UniqueConstraint("review_id", "person_id"),
        _partial_index("ix_review_reader_open", "person_id", where="seat IN ('asked', 'reading')"),
    )
    id: int | None = Field(default=None, primary_key=True)
    review_id: int = Field(foreign_key="review.id")
    person_id: int = Field(foreign_key="person.id", index=True)
    seat: str = "asked"
    third: bool = False
    word: str = ""
    comment: str = ""
    why: str = ""
    asked_at: datetime
    answer_by: datetime
    due: date | None = None
    extended: bool = False
    answered_at: datetime | None = None
    assessed_at: datetime | None = None
    ended_at: datetime | None = None
    late: bool = False


class ReviewRating(SQLModel, table=True):
    """What one reader says of one competency."""

    __tablename__ = "review_rating"
    reader_id: int = Field(foreign_key="review_reader.id", primary_key=True)
    number: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    rating: str
    comment: str = ""


class Ballot(SQLModel, table=True):
    """A question to the review committee: about an evaluator (a person's id) or a third reader (a review's id)."""

    __table_args__ = (_partial_index("uq_ballot_open", "kind", "subject_id", where="state = 'open'", unique=True),)
    id: int | None = Field(default=None, primary_key=True)
    kind: str  # evaluator, third reader
    subject_id: int
    state: str = "open"  # open, yes, no, dropped
    asked_at: datetime
    reminded_at: datetime
    ended_at: datetime | None = None


class BallotVote(SQLModel, table=True):
    """One member's word on a ballot."""

    __tablename__ = "ballot_vote"
    ballot_id: int = Field(foreign_key="ballot.id", primary_key=True)
    person_id: int = Field(foreign_key="person.id", primary_key=True)
    says: bool
    at: datetime


class Reminder(SQLModel, table=True):
    """A step of a reminder rule for one person and matter: planned once, whatever comes of it.

    `matter` is an id whose table the rule's audience knows; `anchor` the day or instant it is counted from, as ISO
    text, and `step` the number of the step within the rule. It is looked at from `look_at` on. `ended_at` is None as
    long as it is planned. A state beside sent says why it was not: cancelled (the matter is over), superseded (by a
    later step), unwanted, unreachable.
    """

    __table_args__ = (
        UniqueConstraint("rule", "matter", "anchor", "step", "person_id"),
        _partial_index("ix_reminder_planned", "look_at", "person_id", where="state = 'planned'"),
        Index("ix_reminder_person_id", "person_id", "ended_at"),
    )
    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id")
    rule: str
    matter: int
    anchor: str
    step: int
    state: str = "planned"
    planned_at: datetime
    look_at: datetime
    ended_at: datetime | None = None


class Planned(SQLModel, table=True):
    """Until when a reminder rule was planned last."""

    rule: str = Field(primary_key=True)
    until: datetime


class ReportSent(SQLModel, table=True):
    """The weekly report was sent: once for each Monday (a date at the office), whichever process did it."""

    __tablename__ = "report_sent"
    monday: date = Field(primary_key=True)
    at: datetime


class ContactHour(SQLModel, table=True):
    """Continuing education that a holder logged for the renewal of a certificate, counted by `number`.

    `told` is the amount as it was written, `seconds` what it is worth (3600 a contact hour), None while the office has
    to say so; `link` is the proof. `set_id` is None for what relates to no set.
    """

    __tablename__ = "contact_hour"
    __table_args__ = (UniqueConstraint("certificate_id", "number"),)
    id: int | None = Field(default=None, primary_key=True)
    certificate_id: int = Field(foreign_key="certificate.id")
    number: int
    day: date
    told: str
    seconds: int | None = None
    what: str
    set_id: str | None = None
    link: str = ""
    state: str = "current"  # current, removed
    logged_at: datetime


class Renewal(SQLModel, table=True):
    """A holder asked for a certificate to be renewed, at most one request of each at a time.

    `ends` is the last day of the term that it follows; `seconds` (3600 a contact hour) counted when it was decided,
    `since` and `until` are the term that came of it.
    """

    __table_args__ = (
        _partial_index("uq_renewal_requested", "certificate_id", where="state = 'requested'", unique=True),
    )
    id: int | None = Field(default=None, primary_key=True)
    certificate_id: int = Field(foreign_key="certificate.id", index=True)
    ends: date
    state: str = "requested"  # requested, renewed, returned, declined, withdrawn
    requested_at: datetime
    decided_at: datetime | None = None
    reason: str = ""
    seconds: int | None = None
    since: date | None = None
    until: date | None = None


class Webinar(SQLModel, table=True):
    """A webinar, or another meeting that people sign up for; `code` is how everybody names it.

    `zone` (IANA) is the one the office planned it in. `undo` is what the office did last, as
    handlers/convening.py keeps it.
    """

    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(unique=True)
    kind: str
    title: str
    starts: datetime = Field(index=True)
    zone: str
    minutes: int
    seats: int
    link: str = ""
    note: str = ""
    state: str = "planned"  # planned, cancelled
    reason: str = ""
    undo: str = ""
    added_at: datetime


class WebinarSeat(SQLModel, table=True):
    """Somebody's place at a webinar, or on its waiting list, which goes by `since` and then by `id`."""

    __tablename__ = "webinar_seat"
    __table_args__ = (UniqueConstraint("webinar_id", "person_id"),)
    id: int | None = Field(default=None, primary_key=True)
    webinar_id: int = Field(foreign_key="webinar.id")
    person_id: int = Field(foreign_key="person.id", index=True)
    state: str = "signed"  # signed, waiting, cancelled, attended, missed
    since: datetime


class CalendarEvent(SQLModel, table=True):
    """A date that went to somebody as a calendar file: its next file has a higher `sequence` when it says otherwise.

    `said` is what it said last, as JSON.
    """

    __tablename__ = "calendar_event"
    person_id: int = Field(foreign_key="person.id", primary_key=True)
    uid: str = Field(primary_key=True)
    sequence: int = 0
    said: str
    cancelled: bool = False


def named(name: str) -> Table:
    """The table of that name."""
    return SQLModel.metadata.tables[name]
