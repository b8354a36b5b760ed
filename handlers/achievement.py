"""A candidate's whole record, part by part, as the candidate and whoever they share it with can read it."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from flows.dialog.unclear import Unclear
from flows.program import links
from flows.program.competencies import CompetencySet
from flows.program.figures import day_in_words
from flows.program.record import readable_until
from flows.sharing import PARTS
from handlers import evidence
from handlers.evidence import Collection
from handlers.exchange import Errand
from storage import additions, applications, candidacies, certificates
from storage.candidacies import Candidacy, CompleteSet

WORK = ("Position", "Kind of position", "Library", "Hours")  # lines of an application that tell of the work
WAYS: Mapping[str, str] = {
    "course": "an approved course", "portfolio": "a portfolio", "agreement": "a recognized program",
    "imported": "as the office has it on record",
}  # fmt: skip


@dataclass(frozen=True)
class Line:
    """A paragraph, and the address it leads to where it is a link."""

    words: str
    link: str = ""


@dataclass(frozen=True)
class Section:
    """Some lines under a heading, which may be empty."""

    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Part:
    """One part of the record; without sections there is nothing of it yet."""

    key: str
    title: str
    sections: tuple[Section, ...]


@dataclass(frozen=True)
class Record:
    """What a part is read from."""

    errand: Errand
    candidacy: Candidacy
    shown: Collection
    complete: tuple[CompleteSet, ...]


def parts(errand: Errand, candidacy: Candidacy, chosen: tuple[str, ...] = tuple(PARTS)) -> tuple[Part, ...]:
    """The chosen parts, in their order; what belongs to another part is never among them."""
    complete = tuple(candidacies.sets(errand.work, candidacy.id))
    record = Record(errand, candidacy, evidence.of(errand, candidacy), complete)
    return tuple(Part(key, PARTS[key], tuple(READ[key](record))) for key in PARTS if key in chosen)


def last_day(errand: Errand, candidacy: Candidacy) -> date:
    """Until when a record is read and shared: some years after candidacy and certificate, whichever lasts longer."""
    held = certificates.of_candidacy(errand.work, candidacy.id)
    ended = max(candidacy.deadline, held.until if held is not None and not held.revoked else candidacy.deadline)
    return readable_until(ended, errand.house.policy.on(candidacy.admitted_on))


def text(read: tuple[Part, ...]) -> str:
    """The whole as a plain text for a file."""
    return "\n\n".join(_text(part) for part in read) + "\n"


def _text(part: Part) -> str:
    blocks = ["\n".join([part.title, "=" * len(part.title)])]
    for section in part.sections:
        lines = [
            each.words if each.link in ("", each.words) else f"{each.words}\n{each.link}" for each in section.lines
        ]
        blocks.append("\n".join([*filter(None, [section.title]), *lines]))
    return "\n\n".join(blocks if part.sections else [*blocks, "Nothing yet."])


def size(part: Part) -> str:
    """How much there is of a part, in words."""
    count = len(part.sections) if part.key == "portfolios" else sum(len(each.lines) for each in part.sections)
    named = "set" if part.key == "portfolios" else "entry"
    return "nothing yet" if not count else f"one {named}" if count == 1 else f"{count} {_many(named)}"


def _many(named: str) -> str:
    return "entries" if named == "entry" else f"{named}s"


def _application(record: Record) -> Iterator[Section]:
    return _lines_of_the_application(record, lambda label: label not in WORK)


def _work(record: Record) -> Iterator[Section]:
    return _lines_of_the_application(record, lambda label: label in WORK)


def _lines_of_the_application(record: Record, wanted: Callable[[str], bool]) -> Iterator[Section]:
    """That of this candidacy; people admitted before the assistant kept the records may have none."""
    found = applications.latest(record.errand.work, record.candidacy.person_id)
    if found is None or found.id != record.candidacy.application_id:
        return
    details = json.loads(found.details)
    lines = tuple(Line(f"{label}: {value}") for label, value in details.items() if wanted(label))
    if lines:
        yield Section("", lines)


def _portfolios(record: Record) -> Iterator[Section]:
    credited = {each.set_id for each in record.complete if each.way != "portfolio"}
    for group in record.errand.house.competencies.sets:
        if group.id not in credited and record.shown.begun(group.id):
            yield Section(group.name, tuple(_of_set(record.shown, group)))


def _of_set(shown: Collection, group: CompetencySet) -> Iterator[Line]:
    linked = shown.for_set(group.id)
    for number in sorted(shown.begun(group.id)):
        known = group.competency(number)
        yield Line(f"{number}. {known.wording if known is not None else ''}".rstrip())
        yield from (Line(each.words) for each in shown.narrative(group.id, number))
        yield from (Line(each.content, each.content) for each in linked.get(number, ()))


def _courses(record: Record) -> Iterator[Section]:
    lines = tuple(
        Line(f"{evidence.set_name(record.errand, each.set_id)}: by {WAYS['course']}, {day_in_words(each.completed_on)}")
        for each in record.complete
        if each.way == "course"
    )
    if lines:
        yield Section("", lines)


def _additions(record: Record) -> Iterator[Section]:
    lines = tuple(_line(each.content) for each in additions.of(record.errand.work, record.candidacy.id))
    if lines:
        yield Section("", lines)


def _line(content: str) -> Line:
    """A link where the addition is one and nothing else."""
    if links.find(content) != (content,):
        return Line(content)
    try:
        return Line(content, links.harmless(content))
    except Unclear:  # a link that leads nowhere harmless is shown as words
        return Line(content)


READ: Mapping[str, Callable[[Record], Iterator[Section]]] = {
    "application": _application,
    "work": _work,
    "portfolios": _portfolios,
    "courses": _courses,
    "additions": _additions,
}
