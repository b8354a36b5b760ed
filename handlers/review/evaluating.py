"""What an evaluator says of a review: accepts, declines, wants more time, gives it back, or asks what is at hand."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from flows.dialog.speech import Choice
from flows.program import answering
from flows.program.answering import Answer, Kind, Reason
from flows.program.figures import day_in_words
from flows.program.panel import Event, Verb
from handlers import calendars, forms, outcomes, roles
from handlers.exchange import Exchange, Reply
from handlers.review import asking, assessing, blind, panels, practicing, questioning, volunteering, willing
from handlers.review.panels import Case
from storage import evaluators, outbox, reviews
from storage.reviews import Reader

REFERENCE = re.compile(r"\bR-[A-Z0-9]{5}\b", re.IGNORECASE)
HELD = ("asked", "reading")
NO_REVIEW = 0  # an id that no review has
UNKNOWN = "There is no review of that reference, so nothing was changed. `reviews` lists yours."
NOT_YOURS = "That review was offered to another address, so nothing was changed. Please answer from that one."
NOT_SURE = "I cannot be sure that this comes from you, so nothing was changed. Please answer from a linked channel."
NONE = "Nothing waits for you: no offer is open, and no review is at hand."
OVER = "The offer of review {} is not open any more, so nothing is left for you to do. Thank you all the same."
GONE = "That review is not needed any more, so nothing is left for you to do. Thank you all the same."
TAKEN = (
    "Thank you! Review {0} is yours until {1}; its package is below. `assess` begins, and one line does, such as “all"
    " met except 3 and 7: ...”. If you cannot after all, or find that you know who this is, just say so."
)
TAKEN_BEFORE = "You have accepted review {0} already; it is yours until {1}. `assess` begins, `package` shows it again."
DECLINED = "Thank you for answering; I ask somebody else."
WHY = " Would you tell me why? One tap helps me to ask the right people."
PAUSED = " I do not ask you for any review until {}; `pause off` ends that."
UNTIL = "Until when? For example: `pause until 1 June`, `pause for 2 months`."
NO_MORE_FIELD = " I do not ask you about {} any more; the office can change that."
EXTENDED = "All right: review {} is yours until {}."
EXTENDED_ONCE = (
    "Review {0} was extended once already, and stays yours until {1}. If you cannot make it, say “I cannot after all”,"
    " and I ask somebody else; `person` reaches the office."
)
RELEASED = "That is all right, and thank you for telling me. Review {} is off your list; I ask somebody else."
KNOWN = (
    "Thank you for saying so; that is just right. Review {} is off your list, nothing of what you said of it counts,"
    " and I never ask you about this candidate again."
)
TOO_LATE = "Review {} is decided, so that changes nothing any more. Thank you."
WHICH = "Which one do you mean? {}"
PAUSE_OFF = "All right, I ask you again."
REASONS = (
    (Reason.BUSY, "Busy just now"),
    (Reason.CONFLICT, "A conflict of interest"),
    (Reason.NOT_MY_FIELD, "Not my field"),
)


def heard(ex: Exchange) -> Reply | None:
    """What is said to an evaluator's own words about a review; None for words that are none, or somebody else's."""
    if ex.message.pressed is not None:
        return None
    said, words = answering.read(ex.message.text, ex.today), ex.message.text
    asked = questioning.words_in(words)
    if asked and (ex.speaker.conversation is None or questioning.names_the_candidate(words)):
        return _of_one(ex, ("reading",), lambda case, reader: _question(ex, case, reader, asked), "question")
    if said is not None and (ex.speaker.conversation is None or _is_no_answer_to_a_form(said, words)):
        return _answered(ex, said)
    if assessing.looks_like_one(words) and ex.speaker.conversation is None:
        begun = _of_one(ex, ("reading",), lambda case, reader: assessing.began(ex, case, reader, words), "assess")
        return begun or practicing.heard(ex, words)
    return None


def _is_no_answer_to_a_form(said: Answer, words: str) -> bool:
    """In a form, above all in a comment, only what can mean nothing else; `accept` and `decline` are commands there."""
    return answering.is_sure(words) and said.kind in (Kind.KNOWS, Kind.CANNOT, Kind.MORE_TIME)


def _answered(ex: Exchange, said: Answer) -> Reply | None:
    """Plain words count only where just one thing can be meant: below an offer, or with one open offer.

    Who says "accept" once more, and has no other offer, is told what they accepted; who declines then, in a few
    words, gives it back.
    """
    seats = ("asked",) if said.kind in (Kind.ACCEPT, Kind.DECLINE) else HELD
    if not (said.is_plain or _mine(ex, seats)) and (
        said.kind is not Kind.DECLINE or answering.is_brief(ex.message.text)
    ):
        seats = HELD
    if _about(ex) is None and not _mine(ex, seats):
        known = not (said.is_plain or _is_stranger(ex))
        return Reply((NONE,)) if known and said.kind in (Kind.ACCEPT, Kind.DECLINE) else None
    act = ANSWERS[said.kind]
    return _of_one(ex, seats, lambda case, reader: act(ex, case, reader, said), said.kind.value)


def _is_stranger(ex: Exchange) -> bool:
    """Neither an evaluator nor anybody who was one."""
    me = ex.speaker.person_id
    return evaluators.find(ex.work, me) is None and not reviews.of_person(ex.work, me)


def _of_one(ex: Exchange, seats: Sequence[str], act: Callable[[Case, Reader], Reply], verb: str) -> Reply | None:
    """Do something about the one review that is meant, or ask which; None for somebody who has none."""
    about = _about(ex)
    if about == NO_REVIEW:
        return forms.beside(ex, Reply((UNKNOWN,)))
    if about is not None:
        case = panels.load(ex, about)
        reader = case.reader(ex.speaker.person_id) if case is not None else None
        if case is None or reader is None:
            return forms.beside(ex, Reply((NOT_YOURS if case is not None else GONE,)))
        return _trusted(ex, case, reader, act)
    mine = _mine(ex, seats)
    if len(mine) == 1:
        case = panels.load(ex, mine[0].review_id)
        reader = case.reader(ex.speaker.person_id) if case is not None else None
        return _trusted(ex, case, reader, act) if case is not None and reader is not None else None
    if not mine:
        return None
    shown = [blind.package(ex, each.review_id) for each in mine]
    names = [f"{each.reference}, {blind.named(ex, each)}" for each in shown]
    extras = tuple(Choice(f"review:{verb}:{each.review_id}", name) for each, name in zip(shown, names, strict=True))
    return Reply((WHICH.format(f"`{verb} {shown[0].reference}`, for example."),), extras=extras)


def _trusted(ex: Exchange, case: Case, reader: Reader, act: Callable[[Case, Reader], Reply]) -> Reply:
    if not roles.is_proved(ex):
        return forms.beside(ex, Reply((NOT_SURE,)))
    said = act(case, reader)
    files = calendars.after_review(ex, case.review.id, reader.person_id)
    return replace(said, matter=asking.matter(case.review.id), drawings=(*said.drawings, *files))


def _mine(ex: Exchange, seats: Sequence[str]) -> list[Reader]:
    return [each for each in reviews.of_person(ex.work, ex.speaker.person_id) if each.seat in seats]


def _about(ex: Exchange) -> int | None:
    """The review that a message names by its reference, or by the message it answers; NO_REVIEW for a wrong one."""
    if named := REFERENCE.search(ex.message.text):
        return reviews.by_reference(ex.work, named[0]) or NO_REVIEW
    mail = ex.message.mail
    matter = mail.matter if mail is not None else ""
    if not matter and ex.message.answers:
        matter = outbox.matter_of(ex.work, ex.speaker.address_id, ex.message.answers)
    return asking.review_in(matter)


def _accept(ex: Exchange, case: Case, reader: Reader, _said: Answer) -> Reply:
    if reader.seat == "reading" and reader.due is not None:
        return Reply((TAKEN_BEFORE.format(case.review.reference, day_in_words(reader.due)),))
    due = ex.today + timedelta(days=case.rules.review_days)
    event = Event(Verb.ACCEPT, reader.person_id)
    taken = panels.happens(ex, case, ex.speaker.name, event, due=due, answered_at=ex.work.now)
    if taken is None:
        return Reply((OVER.format(case.review.reference),))
    if case.submission.state == "submitted":
        outcomes.begin(ex, asking.ASSISTANT, case.submission)
    package, begins = assessing.to_read(ex, taken)
    return Reply((TAKEN.format(case.review.reference, day_in_words(due)), package), extras=(begins,))


def _decline(ex: Exchange, case: Case, reader: Reader, said: Answer) -> Reply:
    """The seat is free at once, and the next is asked; the reason is asked for afterwards."""
    if reader.seat == "reading":
        _noted(ex, case, said)
        conflict = said.reason is Reason.CONFLICT
        return _released(ex, case, reader, said.reason.value or "cannot after all", KNOWN if conflict else RELEASED)
    event = Event(Verb.DECLINE, reader.person_id)
    why = said.reason.value
    declined = panels.happens(ex, case, ex.speaker.name, event, why=why, answered_at=ex.work.now)
    if declined is None and reader.seat != "declined":
        return Reply((OVER.format(case.review.reference),))
    told = _noted(ex, case, said)
    if declined is not None:
        asking.fill(ex, declined)
    if said.reason is Reason.NONE:
        extras = tuple(Choice(f"review:why {reason.value}:{case.review.id}", label) for reason, label in REASONS)
        return Reply((DECLINED + WHY,), extras=extras)
    return Reply((DECLINED + told,))


def _noted(ex: Exchange, case: Case, said: Answer) -> str:
    """What a reason means for whom is asked next; what is said about that."""
    me = evaluators.find(ex.work, ex.speaker.person_id)
    if me is None:
        return ""
    if said.until is not None:
        evaluators.save(ex.work, replace(me, paused_until=said.until))
        return PAUSED.format(day_in_words(said.until))
    if said.reason is Reason.CONFLICT:
        candidate = case.candidacy.person_id
        evaluators.add_conflict(ex.work, me.person_id, "declared for a review", candidate=candidate)
    if said.reason is Reason.NOT_MY_FIELD:
        left = [each for each in evaluators.sets(ex.work, me.person_id) if each != case.submission.set_id]
        evaluators.set_sets(ex.work, me.person_id, left)
        return NO_MORE_FIELD.format(ex.house.competencies.named(case.submission.set_id).name)
    return ""


def _why(reason: Reason) -> Callable[[Exchange, Case, Reader], Reply]:
    """The reason of somebody who has declined already."""

    def act(ex: Exchange, case: Case, reader: Reader) -> Reply:
        if reader.seat != "declined":
            return Reply((NONE,))
        panels.note(ex, reader, why=reason.value)
        told = _noted(ex, case, Answer(Kind.DECLINE, reason))
        return Reply((f"Thank you.{told}" if reason is not Reason.BUSY else f"Thank you. {UNTIL}",))

    return act


def _question(ex: Exchange, case: Case, reader: Reader, words: str) -> Reply:
    if reader.seat != "reading":
        return Reply((NONE,))
    return questioning.ask(ex, case, reader, words)


def _more_time(ex: Exchange, case: Case, reader: Reader, said: Answer) -> Reply:
    if reader.seat != "reading" or reader.due is None:
        return Reply((NONE,))
    if reader.extended:
        return Reply((EXTENDED_ONCE.format(case.review.reference, day_in_words(reader.due)),))
    days = min(said.days or case.rules.extension_days, case.rules.extension_days)
    due = max(reader.due, ex.today) + timedelta(days=days)
    panels.note(ex, reader, due=due, extended=True, late=False)
    asking.not_late(ex, case, reader)
    return Reply((EXTENDED.format(case.review.reference, day_in_words(due)),))


def _cannot(ex: Exchange, case: Case, reader: Reader, said: Answer) -> Reply:
    if reader.seat == "asked":
        return _decline(ex, case, reader, replace(said, kind=Kind.DECLINE, reason=Reason.BUSY))
    return _released(ex, case, reader, "cannot after all", RELEASED)


def _knows(ex: Exchange, case: Case, reader: Reader, _said: Answer) -> Reply:
    """Never again for this candidate, whatever became of this review."""
    evaluators.add_conflict(ex.work, reader.person_id, "knows the candidate", candidate=case.candidacy.person_id)
    return _released(ex, case, reader, "knows the candidate", KNOWN)


def _released(ex: Exchange, case: Case, reader: Reader, why: str, told: str) -> Reply:
    event = Event(Verb.RELEASE, reader.person_id)
    released = panels.happens(ex, case, ex.speaker.name, event, why=why)
    if released is None:
        return Reply((TOO_LATE.format(case.review.reference),))
    reviews.rate(ex.work, reader.id, {})
    assessing.drop_draft(ex, case)
    asking.not_late(ex, case, reader)
    asking.fill(ex, released)
    return Reply((told.format(case.review.reference),))


ANSWERS: Mapping[Kind, Callable[[Exchange, Case, Reader, Answer], Reply]] = {
    Kind.ACCEPT: _accept,
    Kind.DECLINE: _decline,
    Kind.MORE_TIME: _more_time,
    Kind.CANNOT: _cannot,
    Kind.KNOWS: _knows,
}


def chosen(ex: Exchange, rest: str) -> Reply:
    """A choice of a message about a review, however old it is: `verb:id`; made-up ones change nothing."""
    verb, _, number = rest.rpartition(":")
    review_id = int(number) if number.isdecimal() and len(number) < 10 else 0
    said = _chosen(ex, verb, review_id)
    return said if said.in_form else forms.beside(ex, said)


def back(ex: Exchange) -> Reply | None:
    """`back` outside any form takes the assessment back that was just confirmed; None where there is none."""
    newest = assessing.newest(ex)
    return _trusted(ex, *newest, lambda *both: assessing.take_back(ex, *both)) if newest else None


def _chosen(ex: Exchange, verb: str, review_id: int) -> Reply:
    case = panels.load(ex, review_id)
    reader = case.reader(ex.speaker.person_id) if case is not None else None
    if case is None or reader is None:
        return Reply((NOT_YOURS if case is not None else GONE,))
    acts: Mapping[str, Callable[[Exchange, Case, Reader], Reply]] = {
        **{kind.value: _plain(kind) for kind in Kind},
        **{f"why {reason.value}": _why(reason) for reason, _ in REASONS},
        "assess": assessing.begin,
        "package": assessing.shown,
        "take back": assessing.take_back,
    }
    act = acts.get(verb)
    return _trusted(ex, case, reader, lambda *both: act(ex, *both)) if act is not None else Reply((NONE,))


def _plain(kind: Kind) -> Callable[[Exchange, Case, Reader], Reply]:
    return lambda ex, case, reader: ANSWERS[kind](ex, case, reader, Answer(kind))


def overview(ex: Exchange, rest: str) -> Reply | None:  # noqa: ARG001 - every command takes the words after it
    """`reviews`: offers to answer, and reviews at hand, each with its day."""
    mine = _mine(ex, HELD)
    if not mine:
        return None if _is_stranger(ex) else Reply((NONE,))
    lines, extras = [], []
    for each in mine:
        it = blind.package(ex, each.review_id)
        name = f"{it.reference}, {blind.named(ex, it)}"
        if each.seat == "asked":
            lines.append(f"- Offer {name}: {blind.size(it)}; please answer by {day_in_words(ex.day(each.answer_by))}")
            extras += [Choice(f"review:accept:{each.review_id}", f"Accept {it.reference}")]
        else:
            due = day_in_words(each.due) if each.due else "soon"
            lines.append(f"- At hand {name}: {blind.size(it)}; due on {due}")
            extras += [Choice(f"review:assess:{each.review_id}", f"Assess {it.reference}")]
    return Reply(("\n".join(lines),), extras=tuple(extras))


def pause(ex: Exchange, rest: str) -> Reply | None:
    """`pause until 1 June`, `pause off`: whether an evaluator is asked; None for somebody who is none."""
    me = evaluators.find(ex.work, ex.speaker.person_id)
    if me is None:
        return None
    if not roles.is_proved(ex):
        return Reply((NOT_SURE,))
    if rest in ("off", "is over", "end"):
        evaluators.save(ex.work, replace(me, paused_until=None))
        return Reply((PAUSE_OFF,))
    until: date | None = answering.pause(rest, ex.today) if rest else None
    if until is None:
        return Reply((UNTIL,))
    willing.goes_on(ex, replace(me, paused_until=until))
    return Reply((f"All right.{PAUSED.format(day_in_words(until))}",))


def _command(kind: Kind) -> Callable[[Exchange, str], Reply | None]:
    def run(ex: Exchange, rest: str) -> Reply | None:  # noqa: ARG001
        if _is_stranger(ex) and _about(ex) is None:
            return None
        return _answered(ex, Answer(kind)) or Reply((NONE,))

    return run


def _of_reading(act: Callable[[Exchange, Case, Reader], Reply], verb: str) -> Callable[[Exchange, str], Reply | None]:
    def run(ex: Exchange, rest: str) -> Reply | None:  # noqa: ARG001
        if _is_stranger(ex):
            return None
        return _of_one(ex, ("reading",), lambda case, reader: act(ex, case, reader), verb) or Reply((NONE,))

    return run


RUN: Mapping[str, Callable[[Exchange, str], Reply | None]] = {
    "reviews": overview,
    "accept": _command(Kind.ACCEPT),
    "decline": _command(Kind.DECLINE),
    "assess": _of_reading(assessing.begin, "assess"),
    "package": _of_reading(assessing.shown, "package"),
    "pause": pause,
    "evaluate": volunteering.begin,
    "practice": practicing.begin,
}
