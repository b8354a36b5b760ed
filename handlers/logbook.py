"""Contact hours, logged by a holder in one line whenever it comes; corrected, removed and proved by their number."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from flows.dialog.speech import Choice
from flows.dialog.unclear import Unclear
from flows.program import links, logbook
from flows.program.figures import day_in_words
from flows.program.logbook import EXAMPLE, Logged, NoSet
from flows.program.renewal import contact_hours
from handlers import forms, holders, local
from handlers.desk import renewals as at_the_desk
from handlers.exchange import Exchange, Reply
from handlers.holders import Holder
from handlers.profile import IN_PRIVATE, NOT_SURE
from storage import audit, renewals
from storage.renewals import Entry

MATTER = "hours"
MOST = 400  # lines of one certificate
MOST_AT_ONCE = 20  # lines of one message
BEFORE = re.compile(
    r"(?:[-*•]\s+|/?(?:lssc )?(?:please )?(?:log|add|record|hours|i (?:did|had|took|attended|spent|went to))(?: me)?"
    r":?\s+)+",
    re.IGNORECASE,
)
TALK = re.compile(
    r".{0,20}\b(?:ago|later|left|more|per|before|after|until|since|every|each|a week|a day)\b", re.IGNORECASE
)
NUMBERED = re.compile(r"\D*(\d{1,4})\b[\s:.,)-]*(.*)", re.DOTALL)
HOLDERS_ONLY = (
    "Contact hours are for those who hold a certificate, and there is none on your record. Ask me what renewal takes;"
    " `progress` shows how far you are."
)
ENDED = "Your certificate cannot be renewed any more, so nothing was changed; `renew` says more."
WITH_THE_OFFICE = (
    "Your hours are with the office for the renewal, so I left them as they are; `take back renewal` lets you change"
    " them."
)
NONE = "There is nothing with the number {} in your hours; `hours` lists them."
WHICH = "Which line? Its number stands in `hours`; for example: {}"
CORRECTING = f"`hours 3: {EXAMPLE}`"
FULL = f"Your log has {MOST} lines, which is all it can take; `remove hours` with a number makes room."
NO_SET = "It names no current set, so it does not count; `hours {} cataloging`, for example, gives it one."
STANDS = {"logged hours": "Logged", "corrected hours": "Changed", "restored hours": "Back on your list"}
KNOWN = "That is on your list already, as number {}: {}."
CLOSED = "That choice is no longer open."


def heard(ex: Exchange) -> Reply | None:
    """What is said to a holder who logs hours; None for all other words, and for everybody else.

    In the middle of a form a line is taken only where it is whole and no answer to what is asked.
    """
    if ex.message.pressed is not None or not (found := _lines(ex)):
        return None
    mine = holders.of(ex, ex.speaker.person_id)
    if mine is None or not mine.may_log:
        return None
    if ex.speaker.conversation is not None and not _beside(ex, found):
        return None
    if (refused := _refused(ex)) is not None:
        return refused
    if len(found) == 1:
        return forms.beside(ex, _logged(ex, mine, found[0]))
    said = [_logged(ex, holders.of(ex, ex.speaker.person_id) or mine, each) for each in found[:MOST_AT_ONCE]]
    return forms.beside(ex, Reply(tuple(each.paragraphs[0] for each in said), matter=MATTER))


def shows(ex: Exchange) -> bool:
    """Whether a message of a holder holds lines of the log."""
    mine = holders.of(ex, ex.speaker.person_id) if _lines(ex) else None
    return mine is not None and mine.may_log


def _lines(ex: Exchange) -> list[str]:
    """Each line that looks like hours, with what goes on below it; none of a question, or of other talk."""
    found: list[str] = []
    lines = [line.strip() for line in ex.message.text.splitlines()]
    for at, line in enumerate(lines):
        bare = BEFORE.sub("", line, count=1) if BEFORE.match(line) else line
        if logbook.looks_like_one(bare) and not TALK.match(bare):
            found.append(bare if _is_whole(ex, bare) else _with_the_rest(bare, lines[at + 1 :]))
    begins = next(filter(None, lines), "")
    leads = found and (ex.message.style == "mail" or begins.endswith(found[0].splitlines()[0]) or begins in found[0])
    return found if leads and "?" not in links_off(ex.message.text) else []


def links_off(text: str) -> str:
    """The words without web links."""
    for each in links.find(text):
        text = text.replace(each, " ")
    return text


def _with_the_rest(line: str, below: Sequence[str]) -> str:
    """A line that a mail program broke: with what stands right below it."""
    for each in below:
        if not each or logbook.looks_like_one(each):
            break
        line = f"{line} {each}"
    return line


def _is_whole(ex: Exchange, line: str) -> bool:
    try:
        _read(ex, line)
    except Unclear:
        return False
    return True


def _read(ex: Exchange, line: str) -> Logged:
    """Without a set, it relates to none."""
    today = local.day(ex, ex.speaker.person_id)
    words = links_off(line)
    try:
        return logbook.read(words, ex.house.competencies, today)
    except NoSet:
        return logbook.read(f"{words}, none", ex.house.competencies, today)


def _beside(ex: Exchange, found: Sequence[str]) -> bool:
    """Whether all lines are whole, and none of it answers the open form."""
    here = ex.speaker.conversation
    return here is not None and all(_is_whole(ex, each) for each in found) and not forms.takes(ex, here)


def _refused(ex: Exchange) -> Reply | None:
    if ex.message.place:
        return Reply((IN_PRIVATE,))
    return Reply((NOT_SURE,)) if ex.message.trust != "proved" else None


def _logged(ex: Exchange, mine: Holder, line: str) -> Reply:
    try:
        told = _read(ex, line)
    except Unclear as hint:
        return Reply((f"{hint} Nothing is logged yet.",), matter=MATTER)
    if len(mine.entries) >= MOST:
        return Reply((FULL,), matter=MATTER)
    link, refused = _link(line)
    hours = contact_hours(told.amount, told.unit, ex.rules)
    known = [each for each in mine.entries if _same(each, told, renewals.seconds(hours))]
    if known:
        again = Choice(f"another:{known[0].number}:{len(known)}", "Yes, log it once more")
        same = f"{KNOWN.format(known[0].number, in_words(ex, known[0]))} Was it another one?"
        return Reply((same,), extras=(again, Choice("hours", "No, it is the same")), matter=MATTER)
    entry = renewals.log(
        ex.work, mine.certificate.id, told.day, told.told, hours, told.what, told.set_id, link
    )  # fmt: skip
    return _recorded(ex, entry, "logged hours", refused)


def another(ex: Exchange, rest: str) -> Reply:
    """The button below a line that was on the list: once more, where that did not happen since."""
    number, _, count = rest.partition(":")
    mine = holders.of(ex, ex.speaker.person_id)
    first = mine.found(int(number)) if mine is not None and number.isdecimal() and len(number) < 5 else None
    if mine is None or first is None or not mine.may_log:
        return Reply((CLOSED,))
    if (refused := _refused(ex)) is not None:
        return refused
    alike = [each for each in mine.entries if _key(each) == _key(first)]
    if str(len(alike)) != count or len(mine.entries) >= MOST:
        return Reply((KNOWN.format(alike[-1].number, in_words(ex, alike[-1])),), matter=MATTER)
    entry = renewals.log(
        ex.work, mine.certificate.id, first.day, first.told, first.hours, first.what, first.set_id, first.link
    )  # fmt: skip
    return _recorded(ex, entry, "logged hours", "")


def _recorded(ex: Exchange, entry: Entry, what: str, refused: str) -> Reply:
    """What is on record now of a line, and the total."""
    mine = holders.of(ex, ex.speaker.person_id)
    if mine is None:
        raise LookupError(entry.certificate_id)
    _log(ex, mine, what, entry.number)
    if entry.seconds is None and entry.set_id is not None:
        at_the_desk.to_value(ex, mine.certificate, entry)
    said = f"{STANDS[what]} as number {entry.number}: {in_words(ex, entry)}. {_total(mine, entry)}"
    ways = f"`remove hours {entry.number}` takes it back, `hours {entry.number}: ...` with the line corrects it"
    proof = "" if entry.link else f", `proof {entry.number}` with a link adds a proof"
    return Reply((said, *filter(None, (refused,)), f"{ways}{proof}."), matter=MATTER)


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


def _key(entry: Entry) -> tuple[object, ...]:
    return entry.day, entry.what.casefold(), entry.set_id, entry.seconds, entry.told.casefold()


def _link(words: str) -> tuple[str, str]:
    """The first link in its one spelling, and why one cannot be taken."""
    try:
        return next((links.normal(each) for each in links.find(words)), ""), ""
    except Unclear as hint:
        return "", str(hint)


def _line(
    act: Callable[[Exchange, Holder, Entry, str], Reply], example: str, *, removed: bool = False
) -> Callable[[Exchange, str], Reply | None]:
    """A command about the line of a number; `removed` lines count for bringing one back."""

    def run(ex: Exchange, rest: str) -> Reply | None:
        if (refused := _refused(ex)) is not None:
            return refused
        mine = holders.of(ex, ex.speaker.person_id)
        if mine is None:
            return Reply((HOLDERS_ONLY,))
        numbered = NUMBERED.fullmatch(_as_written(ex, rest)) if rest else None
        if numbered is None:
            return Reply((WHICH.format(example),), matter=MATTER)
        number, words = int(numbered[1]), numbered[2].strip()
        if not mine.may_log:
            return Reply((ENDED,), matter=MATTER)
        every = renewals.of(ex.work, mine.certificate.id) if removed else mine.entries
        entry = next((each for each in every if each.number == number), None)
        if entry is None:
            return Reply((NONE.format(number),), matter=MATTER)
        return act(ex, mine, entry, words)

    return run


def _as_written(ex: Exchange, rest: str) -> str:
    """The words after the command in the person's own capitals, links included."""
    begin = ex.message.text.lower().find(rest[:20])
    return ex.message.text[begin:] if begin >= 0 else rest


def _remove(ex: Exchange, mine: Holder, entry: Entry, _words: str) -> Reply:
    if mine.request is not None:
        return Reply((WITH_THE_OFFICE,), matter=MATTER)
    renewals.move(ex.work, entry.id, "removed")
    at_the_desk.drop(ex, entry)
    _log(ex, mine, "removed hours", entry.number)
    now = holders.of(ex, ex.speaker.person_id) or mine
    said = f"Number {entry.number} is removed: {in_words(ex, entry)}. You have {holders.total(now)}."
    return Reply((said, f"`restore hours {entry.number}` brings it back."), matter=MATTER)


def _restore(ex: Exchange, mine: Holder, entry: Entry, _words: str) -> Reply:
    if entry.state == "current":
        return Reply((f"Number {entry.number} is on your list: {in_words(ex, entry)}.",), matter=MATTER)
    if mine.request is not None:
        return Reply((WITH_THE_OFFICE,), matter=MATTER)
    renewals.move(ex.work, entry.id, "current")
    return _recorded(ex, replace(entry, state="current"), "restored hours", "")


def _correct(ex: Exchange, mine: Holder, entry: Entry, words: str) -> Reply:
    """The whole line anew, or the set alone."""
    if mine.request is not None:
        return Reply((WITH_THE_OFFICE,), matter=MATTER)
    if not words:
        return Reply(
            (f"{entry.number}. {in_words(ex, entry)}. To correct it, send the whole line: {CORRECTING}.",),
            matter=MATTER,
        )
    group = ex.house.competencies.find_set(words.strip(" ."))
    try:
        told = None if group is not None else _read(ex, words)
    except Unclear as hint:
        return Reply((f"{hint} Nothing was changed; for example: {CORRECTING}.",), matter=MATTER)
    link, refused = _link(words)
    if told is None:
        changed = replace(entry, set_id=group.id if group is not None else None)
    else:
        seconds = renewals.seconds(contact_hours(told.amount, told.unit, ex.rules))
        changed = replace(
            entry, day=told.day, told=told.told, seconds=seconds, what=told.what, set_id=told.set_id,
            link=link or entry.link,
        )  # fmt: skip
    renewals.change(ex.work, changed)
    at_the_desk.drop(ex, entry)
    return _recorded(ex, changed, "corrected hours", refused)


def _prove(ex: Exchange, mine: Holder, entry: Entry, words: str) -> Reply:
    found = links.find(words) or ((words,) if words and " " not in words else ())
    if not found:
        return Reply((f"Please send a link with it: `proof {entry.number} https://...`",), matter=MATTER)
    try:
        link = links.normal(found[0])
    except Unclear as hint:
        return Reply((f"{hint} Nothing was changed.",), matter=MATTER)
    renewals.prove(ex.work, entry.id, link)
    _log(ex, mine, "proved hours", entry.number)
    instead = f" instead of {entry.link}" if entry.link not in ("", link) else ""
    return Reply((f"The proof of number {entry.number} is {link}{instead}.",), matter=MATTER)


def _log(ex: Exchange, mine: Holder, what: str, number: int) -> None:
    who, about = f"person {ex.speaker.person_id}", f"certificate {mine.certificate.number}"
    audit.record(ex.work, who, what, about, {"number": number})


RUN: Mapping[str, Callable[[Exchange, str], Reply | None]] = {
    "correct hours": _line(_correct, CORRECTING),
    "remove hours": _line(_remove, "`remove hours 3`"),
    "restore hours": _line(_restore, "`restore hours 3`", removed=True),
    "proof": _line(_prove, "`proof 3 https://...`"),
}
