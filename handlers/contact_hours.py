"""A line of contact hours goes on record, with what a holder is told of it."""

from collections.abc import Sequence
from datetime import date

from flows.dialog.speech import Choice
from flows.dialog.unclear import Unclear
from flows.program import links, logbook
from flows.program.figures import day_in_words
from flows.program.logbook import Correction, Logged, NoDay, NoSet
from flows.program.renewal import contact_hours
from handlers import holders, local
from handlers.desk import renewals as at_the_desk
from handlers.exchange import Exchange, Reply
from handlers.holders import Holder
from storage import audit, renewals
from storage.renewals import Entry

MATTER = "hours"
MOST = 400  # lines of one certificate
FULL = f"Your log has {MOST} lines, which is all it can take; `remove hours` with a number makes room."
NO_SET = "It names no current set, so it does not count; `hours {} cataloging`, for example, gives it one."
STANDS = {"logged hours": "Logged", "corrected hours": "Changed", "restored hours": "Back on your list"}
KNOWN = "That is on your list already, as number {}: {}."
ALSO = "It names more than one set, of which I took the first; `hours {} {}` gives it to {} instead."
CUT = f"The words were longer than {logbook.LONGEST} characters, so I kept their beginning."
ENDED = "Your certificate cannot be renewed any more, so nothing was changed; `renew` says more."


def read(ex: Exchange, line: str, day: date | None = None) -> Logged:
    """Without a set, it relates to none. `day`: the one that the line does not tell. Raises Unclear."""
    today = local.day(ex, ex.speaker.person_id)
    words = links_off(line)
    try:
        return logbook.read(words, ex.house.competencies, today, day)
    except NoSet:
        return logbook.read(f"{words}, none", ex.house.competencies, today, day)


def enter(ex: Exchange, mine: Holder, line: str, day: date | None = None) -> Reply:
    """The line as it is meant, or what keeps it from being logged. Raises NoDay for one that tells no day."""
    try:
        told = read(ex, line, day)
    except NoDay:
        raise
    except Unclear as hint:
        return Reply((f"{hint} Nothing is logged yet.",), matter=MATTER)
    if len(mine.entries) >= MOST:
        return Reply((FULL,), matter=MATTER)
    link, refused = link_in(line)
    hours = contact_hours(told.amount, told.unit, mine.rules)
    known = [each for each in mine.entries if _same(each, told, renewals.seconds(hours))]
    if known:
        again = Choice(f"another:{known[0].number}:{len(known)}", "Yes, log it once more")
        same = f"{KNOWN.format(known[0].number, in_words(ex, known[0]))} Was it another one?"
        return Reply((same,), extras=(again, Choice("hours", "No, it is the same")), matter=MATTER)
    entry = renewals.log(
        ex.work, mine.certificate.id, told.day, told.told, hours, told.what, told.set_id, link
    )  # fmt: skip
    return recorded(ex, entry, "logged hours", cut(told), also(ex, entry, told), refused)


def enter_dated(ex: Exchange, lines: Sequence[tuple[str, date]]) -> list[Reply]:
    """Lines whose days were asked for; nothing of a certificate that cannot be renewed any more."""
    said = []
    for line, day in lines:
        mine = holders.of(ex, ex.speaker.person_id)
        said.append(enter(ex, mine, line, day) if mine is not None and mine.may_log else Reply((ENDED,), matter=MATTER))
    return said


def cut(told: Logged | Correction) -> str:
    """That not all words were kept; empty when they were."""
    return CUT if told.cut else ""


def also(ex: Exchange, entry: Entry, told: Logged | Correction) -> str:
    """That another set was named than the one that was taken; empty when none was."""
    return ALSO.format(entry.number, told.also, ex.house.competencies.named(told.also).name) if told.also else ""


def recorded(ex: Exchange, entry: Entry, what: str, *notes: str) -> Reply:
    """What is on record now of a line, and the total; `notes` say what of it was not taken."""
    mine = holders.of(ex, ex.speaker.person_id)
    if mine is None:
        raise LookupError(entry.certificate_id)
    note(ex, mine, what, entry.number)
    if entry.seconds is None and entry.set_id is not None:
        at_the_desk.to_value(ex, mine.certificate, entry)
    said = f"{STANDS[what]} as number {entry.number}: {in_words(ex, entry)}. {_total(mine, entry)}"
    ways = f"`remove hours {entry.number}` takes it back, `hours {entry.number}: ...` with the line corrects it"
    proof = "" if entry.link else f", `proof {entry.number}` with a link adds a proof"
    return Reply((said, *filter(None, notes), f"{ways}{proof}."), matter=MATTER)


def _total(mine: Holder, entry: Entry) -> str:
    why = mine.not_counted(entry)
    if entry.set_id is None and mine.term.holds(entry.day):
        return f"{NO_SET.format(entry.number)} You have {holders.total(mine)}."
    told = f"You have {holders.total(mine)}."
    return f"It does not count{' yet' if entry.seconds is None else ''}: {why}. {told}" if why else told


def in_words(ex: Exchange, entry: Entry) -> str:
    """`6 contact hours on 12 May 2027, conference (Cataloging and Classification)`."""
    name = ex.house.competencies.named(entry.set_id).name if entry.set_id else "no set"
    return f"{holders.amount(entry)} on {day_in_words(entry.day)}, {entry.what} ({name})"


def _same(entry: Entry, told: Logged, seconds: int | None) -> bool:
    alike = (entry.day, entry.what.casefold()) == (told.day, told.what.casefold()) and entry.set_id == told.set_id
    return alike and (
        entry.seconds == seconds if seconds is not None else entry.told.casefold() == told.told.casefold()
    )


def key(entry: Entry) -> tuple[object, ...]:
    return entry.day, entry.what.casefold(), entry.set_id, entry.seconds, entry.told.casefold()


def link_in(words: str) -> tuple[str, str]:
    """The first link in its one spelling, and why one cannot be taken."""
    try:
        return next((links.normal(each) for each in links.find(words)), ""), ""
    except Unclear as hint:
        return "", str(hint)


def links_off(text: str) -> str:
    """The words without web links."""
    for each in links.find(text):
        text = text.replace(each, " ")
    return text


def note(ex: Exchange, mine: Holder, what: str, number: int) -> None:
    who, about = f"person {ex.speaker.person_id}", f"certificate {mine.certificate.number}"
    audit.record(ex.work, who, what, about, {"number": number})
