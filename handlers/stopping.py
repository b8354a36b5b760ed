"""No more of a kind of message: by word from any channel, or by one click in a mail."""

from collections.abc import Mapping

from flows.program.figures import listed
from handlers import commands, reporting
from handlers.exchange import Errand, Exchange, Reply
from notifications import reminders as rulebook
from storage import audiences, audit, courses, unwanted, webinars

ALL = unwanted.ALL
KINDS: Mapping[str, str] = {
    ALL: "reminders of what is not finished",
    "application": "reminders about your application",
    "deadlines": "reminders of your time and pace as a candidate",
    "evidence": "reminders of what you began or are to revise",
    "reviews": "reminders of reviews that wait for your answer",
    "renewal": "reminders about your certificate",
    "sharing": "reminders about links to your record",
    webinars.KIND: "reminders of webinars, and notes on those that you missed",
    courses.KIND: "news of new courses",
    reporting.KIND: "weekly reports by mail",
}

STOPPED = (
    "You get no more {}. What I still send: answers to you, and what the office decides about your application."
    " `start {}` brings them back."
)
REPORTS_STOPPED = "You get no more {}; `report` gives it at any time. `start {}` brings them back."
STOPPED_BEFORE = "You get no {} as it is. `start {}` brings them back."
STARTED = "You get {} again; `stop` ends them."
STILL_OFF = "All reminders are stopped still; `start reminders` brings them back, with {}."
STARTED_BEFORE = "You get {} as it is; `stop` ends them."
WHICH = "The kinds are {}: `stop {}`, for example, ends one, and `stop` all of them."
NO_KIND = "There is no kind of reminders called “{}”."
ASLEEP = "You stopped {}."
STILL = "One still comes, because {}: “{}”."


def stop(ex: Exchange) -> Reply:
    """Everything that may be stopped."""
    person_id = ex.speaker.person_id
    return Reply(tuple(ended(ex, person_id, each) for each in all_of(ex, person_id)))


def start(ex: Exchange) -> Reply:
    """Reminders of every kind."""
    stopped = unwanted.kinds(ex.work, ex.speaker.person_id) - unwanted.APART
    return Reply((begun(ex, ex.speaker.person_id, *(stopped or {ALL})),))


def everything(ex: Exchange) -> Reply:
    """Whatever was stopped comes again."""
    stopped, me = unwanted.kinds(ex.work, ex.speaker.person_id), ex.speaker.person_id
    apart = [begun(ex, me, each) for each in sorted(stopped & unwanted.APART)]
    return Reply((*start(ex).paragraphs, *apart))


def restarts(ex: Exchange) -> bool:
    """Whether a bare "start" means what was stopped; Telegram's own `/start` does not."""
    typed = ex.message.pressed is None and not ex.message.text.lstrip().startswith("/")
    return typed and commands.bare(ex.message.text) == "start" and asleep(ex) != ""


def asleep(ex: Exchange) -> str:
    """What was stopped, as a sentence; empty for nothing."""
    stopped = unwanted.kinds(ex.work, ex.speaker.person_id)
    return ASLEEP.format(listed([KINDS[each] for each in KINDS if each in stopped])) if stopped else ""


def which(errand: Errand, person_id: int) -> str:
    """The kinds that somebody may stop, and how."""
    kinds = [each for each in KINDS if each != ALL and may_stop(errand, person_id, each)]
    return WHICH.format(listed(kinds), kinds[1])


def all_of(errand: Errand, person_id: int) -> tuple[str, ...]:
    """Reminders, and news of courses or reports where these are sent."""
    follows = (courses.KIND,) if courses.wishes(errand.work, person_id) else ()
    return (ALL, *follows, *((reporting.KIND,) if reporting.is_reader(errand, person_id) else ()))


def wants(errand: Errand, person_id: int, kind: str) -> bool:
    """Whether a person is to get messages of this kind: they stopped neither it nor, for a reminder, all reminders."""
    return unwanted.wants(errand.work, person_id, kind)


def may_stop(errand: Errand, person_id: int, kind: str) -> bool:
    """Whether there is such a kind, and it is for them."""
    return kind in KINDS and (kind != reporting.KIND or reporting.is_reader(errand, person_id))


def begun(errand: Errand, person_id: int, *kinds: str) -> str:
    """These kinds are wanted again; what the person is told."""
    changed = [each for each in kinds if unwanted.allow(errand.work, person_id, each)]
    for each in changed:
        _noted(errand, person_id, "wants again", each)
    named = KINDS[ALL] if ALL in kinds or len(kinds) > 1 else listed([KINDS[each] for each in kinds])
    if not all(wants(errand, person_id, each) for each in kinds):
        return STILL_OFF.format(named)
    return (STARTED if changed else STARTED_BEFORE).format(named)


def ended(errand: Errand, person_id: int, kind: str) -> str:
    """Stop a kind for a person; what they are told. Raises KeyError for a kind that there is not."""
    named = KINDS[kind]
    if not unwanted.stop(errand.work, person_id, kind):
        return STOPPED_BEFORE.format(named, kind)
    _noted(errand, person_id, "wants no more", kind)
    said = REPORTS_STOPPED if kind == reporting.KIND else STOPPED
    return " ".join((said.format(named, kind), *essential(errand, person_id, kind)))


def essential(errand: Errand, person_id: int, kind: str) -> list[str]:
    """What of a kind comes all the same, and why; of all kinds what may concern this person by what is on record."""
    rules = [each for each in rulebook.rules().values() if each.essential and kind in (each.kind, ALL)]
    if kind == ALL:
        rules = [each for each in rules if audiences.of_person(errand.work, each.audience, person_id)]
    return [STILL.format(each.essential, each.subject) for each in rules]


def _noted(errand: Errand, person_id: int, what: str, kind: str) -> None:
    audit.record(errand.work, f"person {person_id}", what, f"person {person_id}", {"kind": kind})
