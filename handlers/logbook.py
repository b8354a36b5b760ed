"""Contact hours, logged by a holder in one line whenever it comes; corrected, removed and proved by their number."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from flows import dating
from flows.dialog.unclear import Unclear
from flows.program import links, logbook
from flows.program.logbook import EXAMPLE, Correction, NoDay, TooLong
from flows.program.renewal import contact_hours
from handlers import forms, holders, local
from handlers.contact_hours import (
    ENDED,
    KNOWN,
    MATTER,
    MOST,
    also,
    cut,
    enter,
    in_words,
    key,
    link_in,
    links_off,
    note,
    read,
    recorded,
)
from handlers.desk import renewals as at_the_desk
from handlers.exchange import Exchange, Reply
from handlers.holders import Holder
from handlers.profile import not_theirs
from storage import renewals
from storage.renewals import Entry

MOST_AT_ONCE = 20  # lines of one message
BEFORE = re.compile(
    r"(?:[-*•]\s+|/?(?:lssc )?(?:please )?(?:log|add|record|hours|i (?:did|had|took|attended|spent|went to))(?: me)?"
    r":?\s+)+",
    re.IGNORECASE,
)
TALK = re.compile(
    r".{0,20}\b(?:later|left|per|until|since|every|each|a (?:week|day)(?! ago))\b"
    rf"|{logbook.AMOUNT.pattern}\s*(?:ago|before|after)\b(?!-)",
    re.IGNORECASE,
)
DOUBTFUL = re.compile(r".{0,20}\b(?:ago|more|before|after)\b(?!-)", re.IGNORECASE)  # talk, unless a day is told
NUMBERED = re.compile(r"\D*(\d{1,4})\b[\s:.,)-]*(.*)", re.DOTALL)
HOLDERS_ONLY = (
    "Contact hours are for those who hold a certificate, and there is none on your record. Ask me what renewal takes;"
    " `progress` shows how far you are."
)
DECIDED = "Number {} is of a term that was renewed by it, so it stays as it is; `person` reaches the office."
WITH_THE_OFFICE = (
    "Your hours are with the office for the renewal, so I left them as they are; `take back renewal` lets you change"
    " them."
)
NONE = "There is nothing with the number {} in your hours; `hours` lists them."
WHICH = "Which line? Its number stands in `hours`; for example: {}"
CORRECTING = f"`hours 3: {EXAMPLE}`"
NO_DAY = "“{}” tells no day, so it is not logged; please send it once more with its day."
CLOSED = "That choice is no longer open."


def heard(ex: Exchange) -> Reply | None:
    """What is said to a holder who logs hours; None for all other words, and for everybody else.

    In the middle of a form a line is taken only where it is whole and no answer to what is asked. Whose certificate
    cannot be renewed any more is told so, of whole lines alone.
    """
    if ex.message.pressed is not None or not (found := _lines(ex)):
        return None
    mine = holders.of(ex, ex.speaker.person_id)
    if mine is None or not (mine.may_log or all(_is_whole(ex, each) for each in found)):
        return None
    if ex.speaker.conversation is not None and not _beside(ex, found):
        return None
    if (refused := not_theirs(ex)) is not None:
        return refused
    if not mine.may_log:
        return forms.beside(ex, Reply((ENDED,), matter=MATTER))
    said, held = _entered(ex, mine, found[:MOST_AT_ONCE])
    if held and _asks_for_a_day(ex):
        said, held = [*said, *(Reply((NO_DAY.format(each),)) for each in held)], []
    reply = said[0] if len(found) == 1 and said else _of_all(said)
    if not held:
        return forms.beside(ex, reply)
    about = dating.about(held, local.day(ex, ex.speaker.person_id))
    return forms.start_about(ex, dating.FORM, about).after(*reply.paragraphs)


def _of_all(said: Sequence[Reply]) -> Reply:
    """What is on record of several lines, and once behind it what of them was not taken."""
    notes = (words for each in said for words in each.paragraphs[1:-1])
    return Reply((*(each.paragraphs[0] for each in said), *dict.fromkeys(notes)), matter=MATTER)


def _entered(ex: Exchange, mine: Holder, lines: Sequence[str]) -> tuple[list[Reply], list[str]]:
    """What is said of those that go on record, and those that tell no day, which is asked for."""
    said, held = [], []
    for each in lines:
        try:
            said.append(enter(ex, holders.of(ex, ex.speaker.person_id) or mine, each))
        except NoDay:
            held.append(each)
    return said, held


def shows(ex: Exchange) -> bool:
    """Whether a message of a holder holds lines of the log."""
    return bool(_lines(ex)) and holders.of(ex, ex.speaker.person_id) is not None


def _lines(ex: Exchange) -> list[str]:
    """Each line that looks like hours, with what goes on below it; none of a question, or of other talk."""
    found: list[str] = []
    lines = [logbook.plain(line) for line in ex.message.text.splitlines()]
    for at, line in enumerate(lines):
        bare = _bare(line)
        if logbook.looks_like_one(bare) and not _is_talk(ex, bare):
            found.append(bare if _is_whole(ex, bare) else _with_the_rest(bare, lines[at + 1 :]))
    begins = next(filter(None, lines), "")
    leads = found and (ex.message.style == "mail" or begins.endswith(found[0].splitlines()[0]) or begins in found[0])
    return (
        [one for each in found for one in _apart(ex, each)] if leads and "?" not in links_off(ex.message.text) else []
    )


def _is_talk(ex: Exchange, line: str) -> bool:
    """Whether a line that begins with an amount goes on as people talk, not as they log."""
    return TALK.match(line) is not None or (DOUBTFUL.match(line) is not None and not _is_whole(ex, line))


def _bare(line: str) -> str:
    """Without what people write before an amount."""
    return BEFORE.sub("", line, count=1) if BEFORE.match(line) else line


def _with_the_rest(line: str, below: Sequence[str]) -> str:
    """A line that a mail program broke: with what stands right below it."""
    for each in below:
        if not each or logbook.looks_like_one(_bare(each)):
            break
        line = f"{line} {each}"
    return line


def _is_whole(ex: Exchange, line: str) -> bool:
    """Whether a line tells its day, and can be read; also where it tells too many hours for it."""
    try:
        read(ex, line)
    except TooLong:
        return True
    except Unclear:
        return False
    return True


def _apart(ex: Exchange, line: str) -> tuple[str, ...]:
    """The pieces of learning in one line."""
    return logbook.apart(line, ex.house.competencies, local.day(ex, ex.speaker.person_id))


def _asks_for_a_day(ex: Exchange) -> bool:
    """Whether the open form asks for the day of a line, so that another line can only be a new one."""
    return ex.speaker.conversation is not None and ex.speaker.conversation.script == dating.FORM


def _beside(ex: Exchange, found: Sequence[str]) -> bool:
    """Whether all lines are whole, or meant for the log in any case, and none of it answers the open form."""
    here = ex.speaker.conversation
    meant = _asks_for_a_day(ex) or all(_is_whole(ex, each) for each in found)
    return here is not None and meant and not forms.takes(ex, here)


def another(ex: Exchange, rest: str) -> Reply:
    """The button below a line that was on the list: once more, where that did not happen since."""
    number, _, count = rest.partition(":")
    mine = holders.of(ex, ex.speaker.person_id)
    first = mine.found(int(number)) if mine is not None and number.isdecimal() and len(number) < 5 else None
    if mine is None or first is None or not mine.may_log:
        return Reply((CLOSED,))
    if (refused := not_theirs(ex)) is not None:
        return refused
    alike = [each for each in mine.entries if key(each) == key(first)]
    if str(len(alike)) != count or len(mine.entries) >= MOST:
        return Reply((KNOWN.format(alike[-1].number, in_words(ex, alike[-1])),), matter=MATTER)
    entry = renewals.log(
        ex.work, mine.certificate.id, first.day, first.told, first.hours, first.what, first.set_id, first.link
    )  # fmt: skip
    return recorded(ex, entry, "logged hours")


def _line(
    act: Callable[[Exchange, Holder, Entry, str], Reply], example: str, *, removed: bool = False
) -> Callable[[Exchange, str], Reply | None]:
    """A command about the line of a number; `removed` lines count for bringing one back."""

    def run(ex: Exchange, rest: str) -> Reply | None:
        if (refused := not_theirs(ex)) is not None:
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


def _stays(mine: Holder, entry: Entry) -> str:
    """Why a line stays as it is: the office looks at it, or decided by it; empty when it may change."""
    if mine.request is not None:
        return WITH_THE_OFFICE
    renewed = any(each.state == "renewed" for each in mine.asked) and entry.day < mine.term.start
    return DECIDED.format(entry.number) if renewed else ""


def _remove(ex: Exchange, mine: Holder, entry: Entry, _words: str) -> Reply:
    if why := _stays(mine, entry):
        return Reply((why,), matter=MATTER)
    renewals.move(ex.work, entry.id, "removed")
    at_the_desk.drop(ex, mine.certificate, entry)
    note(ex, mine, "removed hours", entry.number)
    now = holders.of(ex, ex.speaker.person_id) or mine
    said = f"Number {entry.number} is removed: {in_words(ex, entry)}. You have {holders.total(now)}."
    return Reply((said, f"`restore hours {entry.number}` brings it back."), matter=MATTER)


def _restore(ex: Exchange, mine: Holder, entry: Entry, _words: str) -> Reply:
    if entry.state == "current":
        return Reply((f"Number {entry.number} is on your list: {in_words(ex, entry)}.",), matter=MATTER)
    if why := _stays(mine, entry):
        return Reply((why,), matter=MATTER)
    renewals.move(ex.work, entry.id, "current")
    return recorded(ex, replace(entry, state="current"), "restored hours")


def _changed(entry: Entry, told: Correction, mine: Holder, link: str) -> Entry:
    """The line with what a correction tells, and everything else as it was."""
    hours = contact_hours(*told.worth, mine.rules) if told.worth is not None else entry.hours
    return replace(
        entry,
        day=told.day or entry.day,
        told=told.told or entry.told,
        seconds=renewals.seconds(hours),
        what=told.what or entry.what,
        set_id=entry.set_id if told.set_id is None else told.set_id or None,
        link=link or entry.link,
    )


def _correct(ex: Exchange, mine: Holder, entry: Entry, words: str) -> Reply:
    """The whole line anew, or a part of it alone."""
    if why := _stays(mine, entry):
        return Reply((why,), matter=MATTER)
    if not words:
        now = f"{entry.number}. {in_words(ex, entry)}."
        return Reply((f"{now} To correct it, send the line or what is wrong of it: {CORRECTING}.",), matter=MATTER)
    today = local.day(ex, ex.speaker.person_id)
    try:
        told = logbook.correction(links_off(words), ex.house.competencies, today, entry.what)
    except Unclear as hint:
        return Reply((f"{hint} Nothing was changed; for example: {CORRECTING}.",), matter=MATTER)
    link, refused = link_in(words)
    changed = _changed(entry, told, mine, link)
    renewals.change(ex.work, changed)
    at_the_desk.drop(ex, mine.certificate, entry)
    return recorded(ex, changed, "corrected hours", cut(told), also(ex, changed, told), refused)


def _prove(ex: Exchange, mine: Holder, entry: Entry, words: str) -> Reply:
    found = links.find(words) or ((words,) if words and " " not in words else ())
    if not found:
        return Reply((f"Please send a link with it: `proof {entry.number} https://...`",), matter=MATTER)
    try:
        link = links.normal(found[0])
    except Unclear as hint:
        return Reply((f"{hint} Nothing was changed.",), matter=MATTER)
    renewals.prove(ex.work, entry.id, link)
    note(ex, mine, "proved hours", entry.number)
    instead = f" instead of {entry.link}" if entry.link not in ("", link) else ""
    return Reply((f"The proof of number {entry.number} is {link}{instead}.",), matter=MATTER)


RUN: Mapping[str, Callable[[Exchange, str], Reply | None]] = {
    "correct hours": _line(_correct, CORRECTING),
    "remove hours": _line(_remove, "`remove hours 3`"),
    "restore hours": _line(_restore, "`restore hours 3`", removed=True),
    "proof": _line(_prove, "`proof 3 https://...`"),
}
