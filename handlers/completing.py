"""A course that was completed, or a program that is recognized: told by the candidate, decided at the desk."""

import json
import re
from collections.abc import Callable, Mapping
from datetime import date

from flows.dialog.dates import read_day
from flows.dialog.unclear import Unclear
from flows.program import catalogue, links
from flows.program.catalogue import Course
from flows.program.figures import day_in_words
from flows.registry import RECORD
from handlers import local
from handlers.crediting import COMPLETION, RECOGNITION
from handlers.desk import items
from handlers.exchange import Exchange, Reply
from handlers.placing import NOT_YET
from handlers.profile import not_theirs
from handlers.standing import not_open
from notifications.drawings import CompletionForm
from storage import audit, candidacies, courses, desk
from storage.candidacies import Candidacy

CODE = re.compile(r"\s*([A-Za-z]{2,6} \d{2,4}|[A-Za-z0-9-]{2,20})\b[\s,:]*(?:(?:on|since|at)\s+)?(.*)", re.DOTALL)
WHICH_FORM = "For which course? Its code, such as `completion form CAT-101`; `courses` lists them."
HERE = "Here is form {} for {} ({}); {} signs it."
HOW = "When you completed it: `completed {} on` and the day, with the signed form attached to a mail or a link to it."
WHICH = "Which course, and when? For example: `completed CAT-101 on 3 May 2026`, with the signed form or a link to it."
UNKNOWN = (
    "I know no approved course or form with the code {}. `courses` lists the approved ones; {} knows about others."
)
NOT_THEN = (
    "{} was not approved on {}: it is {}. So it cannot complete a set by itself; what you learned can still go into a"
    " portfolio for {}, and `person` asks the office."
)
PROOF = (
    "Please send the form that the provider signed: attach it to a reply by mail, or send a link with the same words."
)
RECOGNIZE = "For which set, and what do you have? For example: `recognition for cataloging: LTA certificate, 2024`."
ASKED = "The office decides whether that completes {}, and tells you. A reply by mail may bring a document."


def form(ex: Exchange, rest: str) -> Reply | None:
    """`completion form CODE`: a form for the provider to sign, filled in."""
    candidacy = _mine(ex)
    if isinstance(candidacy, Reply):
        return candidacy
    if not rest:
        return Reply((WHICH_FORM,), matter=RECORD)
    course = catalogue.meant(rest.rstrip("?"), courses.every(ex.work))
    if course is None:
        return Reply((_unknown(ex, rest, "completion form {}"),), matter=RECORD)
    if (done := _complete(ex, candidacy, course.set_id)) or (done := _outdated(ex, course, ex.today)):
        return Reply((done,), matter=RECORD)
    signed = courses.form(ex.work, candidacy.id, course.code)
    sheet = _sheet(ex, course, signed).drawing()
    said = HERE.format(signed, course.title, course.code, course.provider)
    return Reply((f"{said} {HOW.format(course.code)}",), matter=RECORD, drawings=(sheet,))


def _sheet(ex: Exchange, course: Course, signed: str) -> CompletionForm:
    group, rules = ex.house.competencies.named(course.set_id), ex.rules
    wordings = tuple(f"{each.number}. {each.wording}" for each in group.competencies)
    return CompletionForm(
        signed, ex.speaker.name, course.title, course.provider, group.name, wordings, course.starts,
        rules.contact_email, rules.contact_phone,
    )  # fmt: skip


def completed(ex: Exchange, rest: str) -> Reply | None:
    """`completed CODE on DAY`, with a link or an attachment: for the office to check."""
    candidacy = _mine(ex)
    if isinstance(candidacy, Reply):
        return candidacy
    link = _link(ex)
    if isinstance(link, Unclear):
        return Reply((str(link),), matter=RECORD)
    said = CODE.fullmatch(re.sub(r"\s*\bhttps?://\S+", "", rest))
    if said is None:
        return Reply((WHICH,), matter=RECORD)
    code = said[1].upper()
    course = catalogue.meant(courses.of_form(ex.work, candidacy.id, code) or code, courses.every(ex.work))
    if course is None:
        return Reply((_unknown(ex, code, f"completed {{}} on {said[2].strip() or '...'}"),), matter=RECORD)
    today = local.day(ex, ex.speaker.person_id)
    try:
        day = read_day(said[2].strip() or "", today, latest=today)
    except Unclear as unclear:
        return Reply((f"{unclear} {WHICH.partition('? ')[2]}" if said[2].strip() else WHICH,), matter=RECORD)
    refused = _complete(ex, candidacy, course.set_id) or _outdated(ex, course, day)
    return Reply((refused or _handed_in(ex, candidacy, course, day, link),), matter=RECORD)


def _handed_in(ex: Exchange, candidacy: Candidacy, course: Course, day: date, link: str) -> str:
    """One item for each course; told again, it has the newest day and link."""
    details = {
        "candidacy": str(candidacy.id), "course": course.code, "title": course.title, "set": course.set_id,
        "day": day.isoformat(), "form": courses.form(ex.work, candidacy.id, course.code), "link": link,
    }  # fmt: skip
    known = _open_item(ex, COMPLETION, "course", course.code)
    if known is None:
        items.ask(ex, COMPLETION, details)
    else:
        kept = {**details, "link": link or str(json.loads(known.details).get("link", ""))}
        desk.describe(ex.work, known.id, json.dumps(kept, ensure_ascii=False))
        changed = desk.by_id(ex.work, known.id)
        if changed is not None and changed.details != known.details:
            items.refresh(ex, changed)
            items.tell_office(ex, changed, f"Told anew: completed on {day_in_words(day)}. {link}".rstrip())
    _log(ex, candidacy, "told of a completed course", {"course": course.code})
    told = f"The office checks that you completed {course.title} ({course.code}) on {day_in_words(day)}, and tells you."
    with_file = ex.message.mail is not None and bool(ex.message.mail.files)
    return told if link or with_file else f"{told}\n{PROOF}"


def recognition(ex: Exchange, rest: str) -> Reply | None:
    """`recognition for SET: what they have`: a program with which there may be an agreement; the office decides."""
    candidacy = _mine(ex)
    if isinstance(candidacy, Reply):
        return candidacy
    link = _link(ex)
    if isinstance(link, Unclear):
        return Reply((str(link),), matter=RECORD)
    name, _, have = _as_written(ex, rest).partition(":")
    group = ex.house.competencies.find_set(name.strip())
    if group is None and have:
        return Reply((f"I know no set “{name.strip()}”. {RECOGNIZE}",), matter=RECORD)
    if group is None or not have.strip():
        return Reply((RECOGNIZE,), matter=RECORD) if group is not None or not rest else None
    if done := _complete(ex, candidacy, group.id):
        return Reply((done,), matter=RECORD)
    details = {"candidacy": str(candidacy.id), "set": group.id, "have": have.strip()[:1000], "link": link}
    known = _open_item(ex, RECOGNITION, "set", group.id)
    if known is None:
        items.ask(ex, RECOGNITION, details)
    else:
        desk.note(ex.work, known.id, "from person", ex.speaker.name or "They", details["have"])
        items.tell_office(ex, known, details["have"])
    _log(ex, candidacy, "asked for recognition", {"set": group.id})
    return Reply(
        (ASKED.format(group.name),),
        matter=RECORD,
    )


def _mine(ex: Exchange) -> Candidacy | Reply:
    """The speaker's open candidacy, or why nothing can be done."""
    if (refused := not_theirs(ex)) is not None:
        return refused
    candidacy = candidacies.latest(ex.work, ex.speaker.person_id)
    if candidacy is None:
        return Reply((NOT_YET.replace("Evidence is", "That is", 1),))
    closed = f"{not_open(candidacy)} `person` asks the office."
    return candidacy if candidacy.state == "active" else Reply((closed,), matter=RECORD)


def _link(ex: Exchange) -> str | Unclear:
    """The first link of the message in its one spelling, or why it cannot be taken."""
    try:
        return next((links.normal(each) for each in links.find(ex.message.text)), "")
    except Unclear as reason:
        return reason


def _as_written(ex: Exchange, rest: str) -> str:
    """The words after the command in the person's own capitals."""
    begin = ex.message.text.lower().find(rest[:20]) if rest else -1
    return ex.message.text[begin:] if begin >= 0 else rest


def _complete(ex: Exchange, candidacy: Candidacy, set_id: str) -> str:
    name = ex.house.competencies.named(set_id).name
    done = [each for each in candidacies.sets(ex.work, candidacy.id) if each.set_id == set_id]
    return f"{name} is complete already, since {day_in_words(done[0].completed_on)}: well done." if done else ""


def _outdated(ex: Exchange, course: Course, day: date) -> str:
    if course.approved_on(day):
        return ""
    name = ex.house.competencies.named(course.set_id).name
    return NOT_THEN.format(f"{course.title} ({course.code})", day_in_words(day), course.approval, name)


def _unknown(ex: Exchange, code: str, command: str) -> str:
    """With the courses that may be meant, as the command would name them."""
    near = catalogue.nearest(code, courses.every(ex.work))
    told = UNKNOWN.format(f"“{code.strip().upper()[:40]}”", ex.rules.contact_email)
    perhaps = [f"`{command.format(each.code)}` ({each.title})" for each in near]
    return f"{told} Did you mean {' or '.join(perhaps)}?" if perhaps else told


def _open_item(ex: Exchange, kind: str, key: str, value: str) -> desk.Item | None:
    mine = desk.open_for(ex.work, ex.speaker.person_id)
    return next((each for each in mine if each.kind == kind and json.loads(each.details).get(key) == value), None)


def _log(ex: Exchange, candidacy: Candidacy, what: str, details: Mapping[str, str]) -> None:
    audit.record(ex.work, f"person {ex.speaker.person_id}", what, f"candidacy {candidacy.id}", details)


RUN: Mapping[str, Callable[[Exchange, str], Reply | None]] = {
    "completion form": form,
    "completed": completed,
    "recognition": recognition,
}
