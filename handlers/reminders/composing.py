"""What somebody is reminded of, by each rule: the words with the facts of the moment, or nothing when it is over.

That the matter is still what it was when the reminder was planned is known already (storage/audiences.py); what takes
more than the database to know is found out here.
"""

from collections.abc import Callable, Hashable, Mapping
from datetime import date, datetime, timedelta
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from flows.dialog.speech import Choice
from flows.program import deadlines, progress, zones
from flows.program.deadlines import PaceWord
from flows.program.figures import day_in_words, number_in_words
from flows.program.logbook import EXAMPLE
from flows.program.office import DAYS
from flows.program.reminding import Rule
from flows.program.renewal import Opening, needed
from flows.program.years import months_after
from handlers import accounts, confirming, holders, local, seating
from handlers.exchange import Errand
from handlers.holders import Holder
from handlers.offers import PROGRESS, STATUS
from handlers.outcomes import IN_HAND
from handlers.review import asking, blind
from notifications import reminders
from storage import applications, candidacies, conversations, evidence, people, reviews, sharing, webinars
from storage import submissions as handed_in
from storage.applications import Application
from storage.candidacies import Candidacy
from storage.reviews import Reader

APPLY = Choice("apply", "Go on with my application")
RENEW = Choice("renew", "My renewal")
LEAST = timedelta(hours=10)  # to answer an offer
EVIDENCE = Choice("evidence", "Place my links")
A_WEEK = timedelta(days=7)
HALF_YEARLY = 2  # the step of `behind-pace` from which on it comes each half year
AT_WORK = (*IN_HAND, "returned", "revise")  # what becomes of these is told by itself
APPLICATION_ITEM = "application"  # the kind of desk item that decides on one


class Matter(NamedTuple):
    """What a reminder is about: the rule, its step, the id of the matter and the anchor it is counted from."""

    person_id: int
    id: int
    anchor: date | datetime
    rule: Rule
    step: int

    @property
    def day(self) -> date:
        return self.anchor.date() if isinstance(self.anchor, datetime) else self.anchor


class Told(NamedTuple):
    """The words, and what can be done: the first choice stands for it where several reminders come together.

    `about` is what it is called among several, `thread` the matter that answers to it belong to. `office` is what a
    person is told after the last step, below an open item of the kind `item` where there is one. `subject` heads a mail
    of this alone.
    """

    text: str
    choices: tuple[Choice, ...]
    about: str = ""
    thread: str = ""
    office: str = ""
    item: str = ""
    subject: str = ""


Compose = Callable[[Errand, Matter], Told | None]


def _said(
    of: Matter, *choices: Choice, about: str = "", thread: str = "", office: str = "", item: str = "", **facts: Hashable
) -> Told:
    step, last = of.step, of.rule.is_last(of.step)
    text = reminders.text(of.rule, {"step": step, "last": last, **facts})
    return Told(text, choices, about, thread, office, item, of.rule.subject_of(step))


def last_moment(errand: Errand, person_id: int, day: date) -> str:
    """`the end of Sunday 27 December 2026, Central time (Chicago)`: a deadline ends at a person's own midnight."""
    return f"the end of {on_the_day(day)}, {zones.in_words(local.zone(errand, person_id).key)}"


@lru_cache(maxsize=1024)  # many are reminded of one day
def on_the_day(day: date) -> str:
    """`Sunday 27 December 2026`."""
    return f"{DAYS[day.weekday()]} {day_in_words(day)}"


def _left(days: int) -> str:
    """`today`, `tomorrow`, `in 14 days`."""
    return ("today", "tomorrow")[days] if days in (0, 1) else f"in {days} days"


def _unfinished(errand: Errand, of: Matter) -> Told | None:
    begun = conversations.by_id(errand.work, of.id)
    if begun is None:
        return None
    kept = local.day(errand, of.person_id, begun.changed_at) + timedelta(days=errand.rules.draft_days)
    if kept < local.day(errand, of.person_id):
        return None  # it waited too long to be true
    began = local.day_told(errand, of.person_id, begun.changed_at)
    return _said(of, APPLY, about="The application you began", began=began, kept=day_in_words(kept))


def _application(errand: Errand, of: Matter) -> Application | None:
    return next((each for each in applications.of(errand.work, of.person_id) if each.id == of.id), None)


def _unpaid(errand: Errand, of: Matter) -> Told | None:
    found = _application(errand, of)
    if found is None or (account := accounts.of(errand, found)).balance.open <= 0:
        return None
    office = f"The fee of {found.reference} has been open since {day_in_words(of.day)}; I remind of it no more."
    return _said(
        of, STATUS, about="The fee for your application", office=office, item=accounts.PAYMENT,
        reference=found.reference, accepted=day_in_words(of.day), fee=accounts.told(errand, account),
        open=accounts.fee_told(account), contact=errand.rules.contact_email,
    )  # fmt: skip


def _undecided(errand: Errand, of: Matter) -> Told | None:
    found = _application(errand, of)
    if found is None:
        return None
    since, last = local.day_told(errand, of.person_id, found.submitted_at), of.rule.is_last(of.step)
    office = f"{found.reference} has been waiting for a decision since {since}, longer than applicants are told."
    return _said(
        of, STATUS, about="Your application", office=office, item=APPLICATION_ITEM,
        reference=found.reference, since=since, reminded=last, contact=errand.rules.contact_email,
    )  # fmt: skip


def _sent_back(errand: Errand, of: Matter) -> Told | None:
    """Not once it is being corrected: that is an application which is not finished."""
    found = _application(errand, of)
    if found is None or any(each.state == "open" for each in conversations.drafts(errand.work, of.person_id, "apply")):
        return None
    reason = found.reason if found.reason.endswith((".", "!", "?")) else f"{found.reason}."
    return _said(
        of, Choice("apply", "Correct my application"), about="Your application", reference=found.reference,
        day=local.day_told(errand, of.person_id, found.changed_at), reason=reason, contact=errand.rules.contact_email,
    )  # fmt: skip


def _unconfirmed(errand: Errand, of: Matter) -> Told | None:
    """Not when the application was withdrawn, or names another address by now."""
    waits = confirming.unconfirmed(errand, of.person_id)
    mine = people.addresses(errand.work, of.person_id)
    if not any(each.id == of.id and each.address == people.spelled("email", waits) for each in mine):
        return None
    return _said(of, Choice("confirm mail", "Send me a new code"), about="Your mail address", address=waits)


def _qualifies(errand: Errand, of: Matter) -> Told | None:
    """Not long after the day: the years that count have moved on by then."""
    late = local.day(errand, of.person_id) - of.day > A_WEEK
    if late or applications.latest(errand.work, of.person_id) is not None:
        return None
    return _said(of, Choice("apply", "Apply"), Choice("eligibility", "Check it again"), about="Applying to LSSC",
                 years=errand.rules.window_years, day=day_in_words(of.day))  # fmt: skip


def _under_way(errand: Errand, of: Matter) -> tuple[Candidacy, int, int] | None:
    """The candidacy, how many sets count and how many are needed; None when nothing is missing but the certificate."""
    found = candidacies.by_id(errand.work, of.id)
    rules = errand.house.policy.on(found.admitted_on)
    counted = progress.counted({each.set_id for each in candidacies.sets(errand.work, found.id)}, rules)
    return (found, counted, rules.sets_needed) if counted < rules.sets_needed else None


def _time_left(errand: Errand, of: Matter) -> Told | None:
    if (now := _under_way(errand, of)) is None:
        return None
    found, counted, needed = now
    days = (found.deadline - local.day(errand, of.person_id)).days
    if days < 0:
        return None  # the day after has words of its own
    return _said(
        of, PROGRESS, about="Your time to complete the sets", until=last_moment(errand, of.person_id, found.deadline),
        left=_left(days), counted=counted, needed=needed, missing=needed - counted, contact=errand.rules.contact_email,
        in_hand=_in_hand(errand, found.id),
    )  # fmt: skip


def _in_hand(errand: Errand, candidacy_id: int) -> tuple[str, ...]:
    """The sets that are being reviewed or about to be, by name."""
    sets = [each.set_id for each in handed_in.of(errand.work, candidacy_id) if each.state in IN_HAND]
    return tuple(errand.house.competencies.named(each).name for each in sets)


def _time_over(errand: Errand, of: Matter) -> Told:
    return _said(of, PROGRESS, about="Your time as a candidate", day=day_in_words(of.day),
                 in_hand=_in_hand(errand, of.id), contact=errand.rules.contact_email)  # fmt: skip


def _behind(errand: Errand, of: Matter) -> Told | None:
    """The words of every half year end with the last year, which has reminders of its own."""
    if (now := _under_way(errand, of)) is None:
        return None
    found, counted, needed = now
    rules, today = errand.house.policy.on(found.admitted_on), local.day(errand, of.person_id)
    pace = deadlines.pace(found.admitted_on, found.deadline, counted, today, rules)
    if pace.word is not PaceWord.BEHIND or (of.step >= HALF_YEARLY and today >= months_after(found.deadline, -12)):
        return None
    weeks = max(1, pace.days_left // (7 * (needed - counted)))
    return _said(
        of, PROGRESS, about="Your pace", counted=number_in_words(counted) if counted else "none", needed=needed,
        due=str(int(pace.expected)), weeks=weeks, missing=needed - counted,
        until=last_moment(errand, of.person_id, found.deadline), in_hand=_in_hand(errand, found.id),
    )  # fmt: skip


def _idle(errand: Errand, of: Matter) -> Told | None:
    """Not while a set is being reviewed or is to be revised, and not where nothing is begun."""
    if _under_way(errand, of) is None or any(each.state in AT_WORK for each in handed_in.of(errand.work, of.id)):
        return None
    complete = {each.set_id for each in candidacies.sets(errand.work, of.id)}
    begun = [each.set_id for each in evidence.placements(errand.work, of.id) if each.set_id not in complete]
    if not begun:
        return None
    name = errand.house.competencies.named(begun[-1]).name
    return _said(
        of, Choice("progress", "My next step"), about=f"{name}: the next step", name=name, called=name.lower(),
        day=day_in_words(of.day),
    )  # fmt: skip


def _to_place(errand: Errand, of: Matter) -> Told:
    waiting = [each for each in evidence.of(errand.work, of.id) if each.state == "to place"]
    return _said(of, EVIDENCE, about="Links to place", many=len(waiting), first=waiting[0].content)


def _set(errand: Errand, of: Matter) -> Told | None:
    """A set that came back, or is to be revised."""
    found = handed_in.by_id(errand.work, of.id)
    if found is None or any(each.set_id == found.set_id for each in candidacies.sets(errand.work, found.candidacy_id)):
        return None
    name = errand.house.competencies.named(found.set_id).name
    return _said(
        of, Choice(f"progress {name.lower()}", f"{name}: what is missing"), about=f"{name}: what is missing",
        name=name, called=name.lower(), receipt=found.receipt,
        day=local.day_told(errand, of.person_id, found.changed_at),
    )  # fmt: skip


def _reader(errand: Errand, of: Matter) -> Reader | None:
    return next((each for each in reviews.of_person(errand.work, of.person_id) if each.id == of.id), None)


def _to_answer(errand: Errand, of: Matter) -> Told | None:
    """Not when hardly a working day is left, as after a weekend: it lapses soon then, which is told by itself."""
    reader = _reader(errand, of)
    if reader is None or reader.answer_by - errand.work.now < LEAST:
        return None
    shown = blind.package(errand, reader.review_id)
    by = local.at(errand, of.person_id, reader.answer_by)
    return _said(
        of, *asking.offered(reader.review_id), about=f"Accept review {shown.reference}",
        thread=asking.matter(reader.review_id), reference=shown.reference, what=blind.named(errand, shown),
        until=on_the_day(by.date()),
    )  # fmt: skip


def _to_assess(errand: Errand, of: Matter) -> Told | None:
    reader = _reader(errand, of)
    if reader is None or reader.due is None:
        return None
    reference = blind.package(errand, reader.review_id).reference
    return _said(
        of, Choice(f"assess {reference}", "Go on with the review"), about=f"Review {reference}",
        thread=asking.matter(reader.review_id), reference=reference, due=on_the_day(reader.due),
        days=(reader.due - errand.today).days,
    )  # fmt: skip


def _holder(errand: Errand, of: Matter) -> Holder | None:
    """Of the certificate that it is about; None where its renewal is with the office already."""
    found = holders.of(errand, of.person_id)
    return found if found is not None and found.certificate.id == of.id and found.request is None else None


def _renewal(errand: Errand, of: Matter) -> Told | None:
    """Before the certificate's end, and the day after it; what a renewal takes is told with how it stands."""
    if (mine := _holder(errand, of)) is None:
        return None
    days = (mine.certificate.until - local.day(errand, of.person_id)).days
    if days < 0 and not of.rule.essential:
        return None  # it waited until then; the day after has words of its own
    return _said(
        of, RENEW, about="The renewal of your certificate", number=mine.certificate.number,
        until=on_the_day(mine.certificate.until), days=days, left=_left(days),
        total=holders.total(mine), missing=holders.missing(mine),
        grace=on_the_day(mine.window.closes) if mine.opening is Opening.GRACE else "", adopted=mine.adopted,
        contact=errand.rules.contact_email,
    )  # fmt: skip


def _hours(errand: Errand, of: Matter) -> Told | None:
    """Whoever has logged less than an even pace would have by now."""
    if (mine := _holder(errand, of)) is None:
        return None
    today, term = local.day(errand, of.person_id), mine.term
    gone = Fraction(max(0, (today - term.start).days), (term.end - term.start).days)
    expected = needed(mine.rules)[0] * gone
    if mine.tally.hours >= expected:
        return None
    return _said(
        of, Choice("hours", "My contact hours"), about="Contact hours for your renewal", total=holders.total(mine),
        expected=int(expected), until=on_the_day(term.end), example=EXAMPLE,
    )  # fmt: skip


def _webinar(errand: Errand, of: Matter) -> Told | None:
    """Not once it has begun, and not of an hour before they had their place: then they have just been told."""
    mine = webinars.of_person(errand.work, of.person_id, "signed")
    found = next((each for each in mine if each.id == of.id and each.webinar.starts > errand.work.now), None)
    seat = webinars.seat_of(errand.work, of.id, of.person_id)
    if found is None or seat is None or of.rule.steps[of.step].instant(found.webinar.starts) < seat.since:
        return None
    it = found.webinar
    return _said(
        of, Choice(f"webinar {it.code.lower()}", f"The webinar {it.code}"), about=f"The webinar {it.code}",
        thread=seating.matter(found.id), name=seating.named(it), when=seating.when(errand, of.person_id, it),
        way_in=seating.way_in(it), code=it.code,
    )  # fmt: skip


def _shared(errand: Errand, of: Matter) -> Told | None:
    """Not of a link that was made for a few days."""
    candidacy = candidacies.latest(errand.work, of.person_id)
    mine = sharing.of(errand.work, candidacy.id) if candidacy is not None else []
    found = next((each for each in mine if each.id == of.id and each.is_open(errand.work.now)), None)
    if found is None or of.rule.steps[of.step].day(of.day) < local.day(errand, of.person_id, found.made_at):
        return None
    return _said(
        of, Choice("share", "My links"), about=f"The link for {found.reader}", reader=found.reader,
        number=found.number, until=local.day_told(errand, of.person_id, found.ends_at - timedelta(seconds=1)),
    )  # fmt: skip


COMPOSE: Mapping[str, Compose] = {
    "application-unfinished": _unfinished,
    "application-unpaid": _unpaid,
    "application-waiting": _undecided,
    "application-returned": _sent_back,
    "address-unconfirmed": _unconfirmed,
    "qualifies": _qualifies,
    "four-years": _time_left,
    "last-days": _time_left,
    "time-over": _time_over,
    "behind-pace": _behind,
    "idle": _idle,
    "links-to-place": _to_place,
    "set-returned": _set,
    "revision": _set,
    "review-answer": _to_answer,
    "review-due": _to_assess,
    "renewal": _renewal,
    "certificate-ends": _renewal,
    "hours": _hours,
    "webinar": _webinar,
    "webinar-soon": _webinar,
    "shared-link": _shared,
}
