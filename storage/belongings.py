"""Everything on record about one person, table by table, for whoever asks what is stored about them.

A table that leads to a person has its statement here; one that does not is named with the reason. A test compares both
with the tables themselves, so that a new one is not forgotten.
"""

from collections.abc import Mapping
from typing import Any, TypeAlias

from sqlalchemy import BindParameter, Select, String, Table, cast, func, literal, or_, select

from storage import erasing, tables
from storage.database import Work
from storage.erasing import (
    ADDRESSES,
    CANDIDACIES,
    CONVERSATIONS,
    ITEMS,
    PIECES,
    SHARES,
    address,
    answer,
    application,
    award_use,
    candidacy,
    certificate,
    conversation,
    desk_item,
    desk_note,
    evidence,
    form,
    link_code,
    link_try,
    outbox,
    paper,
    payment,
    person,
    placement,
    share_view,
)

audit = tables.of(tables.Audit)
award = tables.of(tables.Award)
course = tables.of(tables.Course)
course_news = tables.of(tables.CourseNews)
webinar = tables.of(tables.Webinar)

Row: TypeAlias = Mapping[str, Any]
WHO: BindParameter[int] = erasing.WHO
APPLICATIONS = select(application.c.id).where(application.c.person_id == WHO)
TO_SOMEBODY_ELSE = ("item:%", "shown:%")  # matters of the desk: what the staff is told is about other people
# A claimed address may be a stranger's, and the letter there holds the code that proves it.
OWN = select(address.c.id).where(address.c.person_id == WHO, address.c.state != "claimed")

NOT_OF_A_PERSON: Mapping[str, str] = {
    "inbound": "numbers of messages that were heard, without the person",
    "failing": "numbers of messages that could not be heard, without the person",
    "survey": "voluntary answers are stored apart, and nothing leads from them to the person",
    "feedback": "votes on answers are stored without the person",
    "lease": "which process does what",
    "planned": "until when reminders were planned",
    "pace": "when the next message may go out",
    "award": "assistance that is handed out, shown where it was used",
    "course": "the catalogue of courses, shown where one was chosen",
    "guideline": "what the office asks of everybody",
    "certificate_count": "how many certificates were numbered",
    "published_answer": "answers of the office to everybody",
    "review": "the review is blind; what it came to stands with what you handed in",
    "ballot": "questions to the committee, which are about other people",
    "review_rating": "what an evaluator said of each competency, which belongs to the blind review",
    "report_sent": "for which weeks the office got its report",
    "webinar": "webinars, shown where you signed up for one",
}


def _subject(kind: str, column: Any, found: Select[Any]) -> Select[Any]:
    """What the audit calls the rows of `found`: `application LSSC-2026-ABCDE`."""
    return found.with_only_columns(literal(f"{kind} ", String) + cast(column, String))


def _of_person(table: Table) -> Select[Any]:
    return select(table).where(table.c.person_id == WHO)


def _of_candidacy(table: Table) -> Select[Any]:
    return select(table).where(table.c.candidacy_id.in_(CANDIDACIES))


def _of_certificate(table: Table) -> Select[Any]:
    return select(table).where(table.c.certificate_id.in_(erasing.CERTIFICATES))


ABOUT = or_(
    audit.c.subject == literal("person ", String) + cast(WHO, String),
    audit.c.actor == literal("person ", String) + cast(WHO, String),
    *(
        audit.c.subject.in_(_subject(kind, column, found))
        for kind, column, found in (
            ("address", address.c.id, ADDRESSES),
            ("application", application.c.reference, APPLICATIONS),
            ("candidacy", candidacy.c.id, CANDIDACIES),
            ("desk item", desk_item.c.id, ITEMS),
            ("certificate", certificate.c.number, _of_candidacy(certificate)),
        )
    ),
)
# Kinds of desk item that tell how a review goes while its outcome is not told.
OF_A_REVIEW = ("evaluators lacking", "no third reader", "outcome to release", "question of an evaluator")
# In the order in which they are told.
STATEMENTS: Mapping[str, Select[Any]] = {
    "person": select(person).where(or_(person.c.id == WHO, person.c.merged_into == WHO)),
    "profile": _of_person(erasing.profile),
    "address": _of_person(address),
    "unwanted": _of_person(erasing.unwanted),
    "role": _of_person(erasing.role),
    "evaluator": _of_person(erasing.evaluator),
    "evaluator_set": _of_person(erasing.evaluator_set),
    "conflict": _of_person(erasing.conflict),
    "review_reader": _of_person(erasing.reader),
    "ballot_vote": _of_person(erasing.ballot_vote),
    "fact": _of_person(erasing.fact),
    "application": _of_person(application),
    "payment": select(payment, application.c.reference.label("application"))
    .join(application, application.c.id == payment.c.application_id)
    .where(application.c.person_id == WHO),
    "award_use": select(award_use, award.c.giver, award.c.percent, award.c.amount_cents)
    .join(award, award.c.id == award_use.c.award_id)
    .where(award_use.c.application_id.in_(APPLICATIONS)),
    "candidacy": _of_person(candidacy),
    "complete_set": _of_candidacy(erasing.complete_set),
    "certificate": _of_candidacy(certificate),
    "contact_hour": _of_certificate(erasing.contact_hour),
    "renewal": _of_certificate(erasing.renewal),
    "chosen_set": _of_candidacy(erasing.chosen),
    "evidence": _of_candidacy(evidence),
    "placement": select(placement, evidence.c.number.label("link"))
    .join(evidence, evidence.c.id == placement.c.evidence_id)
    .where(placement.c.evidence_id.in_(PIECES)),
    "narrative": _of_candidacy(erasing.narrative),
    "submission": _of_candidacy(erasing.submission),
    "completion_form": select(form, course.c.code.label("course"), course.c.title)
    .join(course, course.c.id == form.c.course_id)
    .where(form.c.candidacy_id.in_(CANDIDACIES)),
    "addition": _of_candidacy(erasing.addition),
    "record_request": _of_candidacy(erasing.request),
    "share": _of_candidacy(erasing.share),
    "share_view": select(share_view, erasing.share.c.number.label("link"))
    .join(erasing.share, erasing.share.c.id == share_view.c.share_id)
    .where(share_view.c.share_id.in_(SHARES)),
    "course_wish": _of_person(erasing.course_wish),
    "course_news": select(course_news, course.c.code.label("course"), course.c.title)
    .join(course, course.c.id == course_news.c.course_id)
    .where(course_news.c.person_id == WHO),
    "webinar_seat": select(erasing.webinar_seat, webinar.c.code.label("webinar"), webinar.c.title, webinar.c.starts)
    .join(webinar, webinar.c.id == erasing.webinar_seat.c.webinar_id)
    .where(erasing.webinar_seat.c.person_id == WHO),
    "calendar_event": _of_person(erasing.calendar_event),
    "paper": select(
        *(each for each in paper.c if each.name != "content"), func.length(paper.c.content).label("size")
    ).where(paper.c.person_id == WHO),
    "conversation": _of_person(conversation),
    "answer": select(answer, conversation.c.script)
    .join(conversation, conversation.c.id == answer.c.conversation_id)
    .where(answer.c.conversation_id.in_(CONVERSATIONS)),
    "unanswered": _of_person(erasing.unanswered),
    "desk_item": _of_person(desk_item).where(desk_item.c.kind.not_in(OF_A_REVIEW)),
    # What the office notes for itself may name those who evaluate.
    "desk_note": select(desk_note).where(desk_note.c.item_id.in_(ITEMS), desk_note.c.kind != "note"),
    "outbox": select(outbox, address.c.channel, address.c.address)
    .join(address, address.c.id == outbox.c.address_id)
    .where(outbox.c.address_id.in_(OWN), *(outbox.c.matter.not_like(each) for each in TO_SOMEBODY_ELSE)),
    "held_letter": _of_person(erasing.held_letter),
    "reminder": _of_person(erasing.reminder),
    "link_code": select(link_code).where(link_code.c.address_id.in_(ADDRESSES)),
    "link_try": select(link_try).where(link_try.c.address_id.in_(ADDRESSES)),
    "audit": select(audit).where(ABOUT),
}
NOTES = select(func.count()).where(desk_note.c.item_id.in_(ITEMS), desk_note.c.kind == "note")


def of(work: Work, person_id: int) -> dict[str, list[Row]]:
    """The rows about a person by table, each table in the order of its keys; tables without any are left out."""
    found: dict[str, list[Row]] = {
        name: [dict(row._mapping) for row in work.connection.execute(_in_order(name), {"the_person": person_id})]
        for name in STATEMENTS
    }
    return {name: rows for name, rows in found.items() if rows}


def hidden_notes(work: Work, person_id: int) -> int:
    """How many notes of the office for itself stand below what is about a person."""
    return int(work.connection.execute(NOTES, {"the_person": person_id}).scalar_one())


def _in_order(name: str) -> Select[Any]:
    return STATEMENTS[name].order_by(*tables.named(name).primary_key)
