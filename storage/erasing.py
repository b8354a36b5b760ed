"""Takes everything about a person out of the tables, but what a certificate or the books need."""

from dataclasses import dataclass

from sqlalchemy import String, bindparam, cast, delete, literal, or_, select, update

from storage import linking, tables
from storage.applications import IN_WORK
from storage.database import Work

person = tables.of(tables.Person)
address = tables.of(tables.Address)
conversation = tables.of(tables.Conversation)
answer = tables.of(tables.Answer)
fact = tables.of(tables.Fact)
outbox = tables.of(tables.Outgoing)
application = tables.of(tables.Application)
payment = tables.of(tables.Payment)
award_use = tables.of(tables.AwardUse)
candidacy = tables.of(tables.Candidacy)
complete_set = tables.of(tables.CompleteSet)
unanswered = tables.of(tables.Unanswered)
unwanted = tables.of(tables.Unwanted)
paper = tables.of(tables.Paper)
desk_item = tables.of(tables.DeskItem)
desk_note = tables.of(tables.DeskNote)
role = tables.of(tables.Role)
link_code = tables.of(tables.LinkCode)
link_try = tables.of(tables.LinkTry)
published = tables.of(tables.PublishedAnswer)
evidence = tables.of(tables.Evidence)
placement = tables.of(tables.Placement)
share = tables.of(tables.Share)
chosen = tables.of(tables.ChosenSet)
narrative = tables.of(tables.Narrative)
submission = tables.of(tables.Submission)
addition = tables.of(tables.Addition)
request = tables.of(tables.RecordRequest)
form = tables.of(tables.CompletionForm)
share_view = tables.of(tables.ShareView)
course_wish = tables.of(tables.CourseWish)
course_news = tables.of(tables.CourseNews)
evaluator = tables.of(tables.Evaluator)
evaluator_set = tables.of(tables.EvaluatorSet)
conflict = tables.of(tables.Conflict)
ballot_vote = tables.of(tables.BallotVote)
review = tables.of(tables.Review)
reader = tables.of(tables.ReviewReader)
rating = tables.of(tables.ReviewRating)
profile = tables.of(tables.Profile)
held_letter = tables.of(tables.HeldLetter)
reminder = tables.of(tables.Reminder)
certificate = tables.of(tables.Certificate)
contact_hour = tables.of(tables.ContactHour)
renewal = tables.of(tables.Renewal)
webinar_seat = tables.of(tables.WebinarSeat)
calendar_event = tables.of(tables.CalendarEvent)


@dataclass(frozen=True)
class Kept:
    """What stays: references of applications with money, and whether a certificate needs name, dates and sets."""

    references: tuple[str, ...]
    certified: bool


WHO = bindparam("the_person", type_=person.c.id.type)
ADDRESSES = select(address.c.id).where(address.c.person_id == WHO)
CONVERSATIONS = select(conversation.c.id).where(conversation.c.person_id == WHO)
CANDIDACIES = select(candidacy.c.id).where(candidacy.c.person_id == WHO)
CERTIFICATES = select(certificate.c.id).where(certificate.c.candidacy_id.in_(CANDIDACIES))
SHARES = select(share.c.id).where(share.c.candidacy_id.in_(CANDIDACIES))
PIECES = select(evidence.c.id).where(evidence.c.candidacy_id.in_(CANDIDACIES))
ITEMS = select(desk_item.c.id).where(desk_item.c.person_id == WHO)
MATTERS = select(literal("item:", String) + cast(desk_item.c.id, String)).where(desk_item.c.person_id == WHO)
CERTIFIED = candidacy.c.state == "certified"
IN_THE_BOOKS = or_(
    select(payment.c.id).where(payment.c.application_id == application.c.id).exists(),
    select(award_use.c.award_id)
    .where(award_use.c.application_id == application.c.id, award_use.c.state == "used")
    .exists(),
)
FREED = select(application.c.id).where(application.c.person_id == WHO, ~IN_THE_BOOKS)
ENDED = select(candidacy.c.id).where(candidacy.c.person_id == WHO, ~CERTIFIED)
REFERENCES = (
    select(application.c.reference).where(application.c.person_id == WHO, IN_THE_BOOKS).order_by(application.c.id)
)
HAS_CERTIFICATE = select(CANDIDACIES.where(CERTIFIED).exists())
NAMELESS = {"details": "{}", "answers": "", "reason": "", "membership": ""}
OF_A_CANDIDACY = tuple(
    delete(table).where(table.c.candidacy_id.in_(CANDIDACIES))
    for table in (evidence, share, chosen, narrative, submission, addition, request, form)
)
PERSONAL = (
    fact,
    unanswered,
    unwanted,
    paper,
    role,
    course_wish,
    course_news,
    profile,
    held_letter,
    reminder,
    evaluator,
    evaluator_set,
    ballot_vote,
    webinar_seat,
    calendar_event,
)
# The reviews of what the person handed in go; what the person assessed stays as it is, without a name.
REVIEWS = select(review.c.id).where(
    review.c.submission_id.in_(select(submission.c.id).where(submission.c.candidacy_id.in_(CANDIDACIES)))
)
OF_REVIEWS = (
    delete(rating).where(rating.c.reader_id.in_(select(reader.c.id).where(reader.c.review_id.in_(REVIEWS)))),
    delete(reader).where(reader.c.review_id.in_(REVIEWS)),
    delete(review).where(review.c.id.in_(REVIEWS)),
    delete(conflict).where(or_(conflict.c.person_id == WHO, conflict.c.candidate_id == WHO)),
)
REVIEW_MATTERS = select(literal("review:", String) + cast(review.c.id, String)).where(review.c.id.in_(REVIEWS))
ABOUT_A_REVIEW = (
    select(review.c.id)
    .where(
        review.c.id.in_(REVIEWS),
        conversation.c.facts.like(literal('%"review": "', String) + cast(review.c.id, String) + literal('"%', String)),
    )
    .exists()
)
ASSESSING = select(conversation.c.id).where(conversation.c.script == "assess", ABOUT_A_REVIEW)
WITH_EVALUATORS = (
    delete(outbox).where(outbox.c.matter.in_(REVIEW_MATTERS)),
    delete(held_letter).where(held_letter.c.matter.in_(REVIEW_MATTERS)),
    delete(answer).where(answer.c.conversation_id.in_(ASSESSING)),
    update(conversation)
    .where(conversation.c.id.in_(ASSESSING), conversation.c.state != "done")
    .values(state="cancelled"),
)
# In this order, so that what refers to a row goes before it.
ERASE = (
    delete(outbox).where(or_(outbox.c.address_id.in_(ADDRESSES), outbox.c.matter.in_(MATTERS))),
    delete(link_code).where(link_code.c.address_id.in_(ADDRESSES)),
    delete(link_try).where(link_try.c.address_id.in_(ADDRESSES)),
    delete(answer).where(answer.c.conversation_id.in_(CONVERSATIONS)),
    delete(conversation).where(conversation.c.person_id == WHO),
    *(delete(table).where(table.c.person_id == WHO) for table in PERSONAL),
    update(unanswered).where(unanswered.c.item_id.in_(ITEMS)).values(item_id=None),
    update(published).where(published.c.item_id.in_(ITEMS)).values(item_id=None),
    delete(desk_note).where(desk_note.c.item_id.in_(ITEMS)),
    delete(desk_item).where(desk_item.c.person_id == WHO),
    update(desk_item).where(desk_item.c.assigned_to == WHO).values(assigned_to=None),
    delete(share_view).where(share_view.c.share_id.in_(SHARES)),
    delete(placement).where(placement.c.evidence_id.in_(PIECES)),
    *OF_REVIEWS,
    *(delete(table).where(table.c.certificate_id.in_(CERTIFICATES)) for table in (contact_hour, renewal)),
    *OF_A_CANDIDACY,
    delete(complete_set).where(complete_set.c.candidacy_id.in_(ENDED)),
    delete(candidacy).where(candidacy.c.person_id == WHO, ~CERTIFIED),
    update(candidacy)
    .where(candidacy.c.person_id == WHO, candidacy.c.application_id.in_(FREED))
    .values(application_id=None),
    delete(award_use).where(award_use.c.application_id.in_(FREED)),
    delete(application).where(application.c.id.in_(FREED)),
    update(award_use)
    .where(
        award_use.c.state == "reserved",
        award_use.c.application_id.in_(select(application.c.id).where(application.c.person_id == WHO)),
    )
    .values(state="released"),
    update(application)
    .where(application.c.person_id == WHO, application.c.state.in_(IN_WORK))
    .values(state="withdrawn"),
    update(application).where(application.c.person_id == WHO).values(**NAMELESS),
    delete(address).where(address.c.person_id == WHO),
    delete(person).where(person.c.merged_into == WHO),
)
BLANK = update(person).where(person.c.id == WHO).values(handed_off=None, away_until=None, time_zone="")
UNNAME = update(person).where(person.c.id == WHO).values(name="")


def kept(work: Work, person_id: int) -> Kept:
    """What would stay of a person who is forgotten."""
    who = {"the_person": person_id}
    references = tuple(work.connection.execute(REFERENCES, who).scalars())
    return Kept(references, bool(work.connection.execute(HAS_CERTIFICATE, who).scalar_one()))


def erase_with_evaluators(work: Work, person_id: int) -> None:
    """What evaluators were sent of the person's portfolios, and what they answered in forms, goes; first of all."""
    for statement in WITH_EVALUATORS:
        work.connection.execute(statement, {"the_person": person_id})


def erase(work: Work, person_id: int, here: int) -> None:
    """Everything of a person goes; the address `here` stays, as that of somebody new, so that an answer can go there.

    What stays besides: lines of the audit, which hold no words; statistics and votes, which never led to the person;
    and what `kept` names.
    """
    certified = kept(work, person_id).certified
    linking.part(work, here)  # also its codes and what waits for it are no longer the person's
    who = {"the_person": person_id}
    work.connection.execute(delete(outbox).where(outbox.c.address_id == here))
    work.connection.execute(delete(link_code).where(link_code.c.address_id == here))
    work.connection.execute(delete(link_try).where(link_try.c.address_id == here))
    for statement in (*ERASE, BLANK):
        work.connection.execute(statement, who)
    if not certified:
        work.connection.execute(UNNAME, who)
