"""The dates of a person as calendar files, which go with each message that tells of a change."""

from collections.abc import Sequence
from datetime import date, timedelta

from flows.dialog.speech import Drawing
from flows.program.figures import day_in_words
from handlers import holders, local
from handlers.exchange import Errand
from notifications.calendar import Entry, Event, drawings
from storage import calendars, candidacies, certificates, reviews, webinars
from storage.candidacies import Candidacy
from storage.certificates import Certificate
from storage.reviews import Reader
from storage.webinars import Held

ALARM = 15  # minutes before a webinar


def changed(errand: Errand, person_id: int, *events: Event, cancelled: bool = False) -> tuple[Drawing, ...]:
    """The file of dates that a person is told of now; `cancelled` takes them out, where they ever got them."""
    return drawings(_entries(errand, person_id, events, cancelled=cancelled), errand.work.now)


def _entries(errand: Errand, person_id: int, events: Sequence[Event], *, cancelled: bool = False) -> list[Entry]:
    found = []
    for each in events:
        number = calendars.number(errand.work, person_id, each.uid, each.said(), cancelled=cancelled)
        found += [Entry(each, number, cancelled)] if number is not None else []
    return found


def of(errand: Errand, person_id: int) -> list[Event]:
    """Every date of a person that is still to come, the soonest first."""
    work, found = errand.work, list[Event]()
    for candidacy in candidacies.of(work, person_id):
        found += [of_candidacy(candidacy)] if candidacy.state in candidacies.UNDER_WAY else []
    certificate = certificates.latest(work, person_id)
    found += of_certificate(errand, certificate) if certificate is not None and not certificate.revoked else []
    for reader in reviews.of_person(work, person_id):
        found += [of_review(errand, reader)] if _is_due(reader) else []
    signed = webinars.of_person(work, person_id, "signed")
    found += [of_webinar(each) for each in signed if each.webinar.state == "planned"]
    today = local.day(errand, person_id)
    return sorted((each for each in found if _is_to_come(errand, each, today)), key=lambda each: _day(errand, each))


def of_candidacy(candidacy: Candidacy) -> Event:
    """The last day of the four years, whole on whatever clock it is read."""
    note = "A set that you hand in by midnight of this day still counts. `progress` shows how far you are."
    return Event(f"candidacy-{candidacy.id}@lssc", "LSSC: last day of your candidacy", candidacy.deadline, note=note)


def of_certificate(errand: Errand, certificate: Certificate) -> list[Event]:
    """The end of a certificate, and the first day of its renewal where that is not the whole term."""
    mine, uid = holders.seen(errand, certificate), f"certificate-{certificate.id}@lssc"
    note = f"Renewal can be asked for until {day_in_words(mine.window.closes)}."
    last = Event(uid, f"LSSC: certificate {certificate.number} ends", certificate.until, note=note)
    if (opens := mine.window.opens) <= mine.term.start:
        return [last]
    first = Event(f"renewal-{uid}", f"LSSC: renewal of certificate {certificate.number} opens", opens, note=note)
    return [first, last]


def of_review(errand: Errand, reader: Reader) -> Event:
    """The day a review is due; its reference is all that is told of it."""
    reference = reviews.reference(errand.work, reader.review_id)
    note = f"`reviews` shows review {reference}; “need more time” asks for more."
    return Event(f"review-{reference}@lssc", f"LSSC: review {reference} is due", reader.due, note=note)


def of_webinar(held: Held) -> Event:
    """The hour of a webinar, with the way in: only for whoever has a place."""
    it = held.webinar
    note = "\n".join(filter(None, (it.note, it.link, f"`leave webinar {it.code}` gives your place to somebody else.")))
    return Event(
        f"webinar-{held.id}@lssc",
        f"LSSC: {it.title}",
        begins=it.starts,
        minutes=it.minutes,
        note=note,
        link=it.link,
        alarm=ALARM,
    )


def without_what_ended(errand: Errand, person_id: int) -> tuple[Drawing, ...]:
    """The file that takes candidacies of a person that are over out of their calendar."""
    over = [each for each in candidacies.of(errand.work, person_id) if each.state not in candidacies.UNDER_WAY]
    return changed(errand, person_id, *map(of_candidacy, over), cancelled=True)


def after_certificate(errand: Errand, certificate: Certificate) -> tuple[Drawing, ...]:
    """The file that goes with what just became of a certificate; what was revoked is taken out."""
    events = of_certificate(errand, certificate)
    return changed(errand, certificate.person_id, *events, cancelled=certificate.revoked)


def after_review(errand: Errand, review_id: int, person_id: int) -> tuple[Drawing, ...]:
    """The file that follows what just became of somebody's review; none where their calendar is right already."""
    reader = next((each for each in reviews.readers(errand.work, review_id) if each.person_id == person_id), None)
    if reader is None:
        return ()
    event, work = of_review(errand, reader), errand.work
    if _is_due(reader):
        return () if calendars.knows(work, person_id, event.uid, event.said()) else changed(errand, person_id, event)
    return changed(errand, person_id, event, cancelled=True)


def _is_due(reader: Reader) -> bool:
    return reader.seat == "reading" and reader.due is not None


def _is_to_come(errand: Errand, event: Event, today: date) -> bool:
    if event.begins is not None:
        return event.begins + timedelta(minutes=event.minutes) > errand.work.now
    return event.day is not None and event.day >= today


def _day(errand: Errand, event: Event) -> tuple[str, str]:
    day = event.day or errand.day(event.begins or errand.work.now)
    return day.isoformat(), event.title
