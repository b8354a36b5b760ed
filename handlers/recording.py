"""The commands of the whole record: read it, add to it, answer what is asked for, and share it."""

import re
from collections.abc import Callable, Mapping

from flows.dialog import kinds
from flows.dialog.speech import Choice
from flows.dialog.unclear import Unclear
from flows.program.figures import day_in_words
from flows.registry import RECORD
from flows.sharing import until_day
from handlers import achievement, adding, commands, forms, local, sharing
from handlers.exchange import Exchange, Reply
from handlers.profile import IN_PRIVATE, NOT_SURE
from storage import candidacies
from storage.candidacies import Candidacy

NOT_YET = "The record is for candidates: it begins with admission, and `status` says where you stand."
OVER = "This record could be read and shared until {}. `my data` still shows what is stored; {} answers questions."
SHARE = Choice("share", "Share it")
AFTER = re.compile(r"/?(?:please )?(?:lssc )?(?:add|answer)\b(?: to my record)?[ :]*(.*)", re.IGNORECASE | re.DOTALL)
NUMBERED = re.compile(r"#?(\d{1,4})\b[ :.,)-]*(.*)", re.DOTALL)
WHAT = "What shall I add? Words or a link after it, such as `add I taught two workshops in May`."

TAKE_WORDS = ("add", "answer")

Act = Callable[[Exchange, Candidacy, str], Reply | None]


def takes(ex: Exchange) -> bool:
    """Whether the words or links of a message go where its command says."""
    found = commands.find(ex.message.text)
    mine = candidacies.latest(ex.work, ex.speaker.person_id) if found and found[0] in TAKE_WORDS else None
    return mine is not None


def _record(ex: Exchange, mine: Candidacy, rest: str) -> Reply | None:
    """A short text; `record all` gives everything as one."""
    read = achievement.parts(ex, mine)
    if rest:
        return _said(achievement.text(read).strip())
    lines = [f"- {each.title}: {achievement.size(each)}" for each in read]
    lines = ["Your record so far:", *lines, *adding.listed(ex, mine), *adding.to_do(ex, mine)]
    how = "`record all` shows everything, `add` with words or a link adds to it, `share` makes a link for somebody."
    return Reply(("\n".join([*lines, how]),), matter=RECORD)


def _add(ex: Exchange, mine: Candidacy, rest: str) -> Reply | None:  # noqa: ARG001
    """The words as they were written, not as the command reads them."""
    match = AFTER.fullmatch(ex.message.text.strip())
    said = match[1].strip() if match else ""
    try:
        return _said(adding.add(ex, mine, kinds.text(said, longest=kinds.MAX_TEXT, lines=True)) if said else WHAT)
    except Unclear as hint:
        return _said(str(hint))


def _answer(ex: Exchange, mine: Candidacy, rest: str) -> Reply | None:  # noqa: ARG001
    match = AFTER.fullmatch(ex.message.text.strip())
    numbered = NUMBERED.fullmatch(match[1].strip()) if match else None
    if numbered is None or not numbered[2].strip():
        return _said("\n".join(adding.to_do(ex, mine)) or adding.NOTHING_ASKED)
    try:
        words = kinds.text(numbered[2], longest=kinds.MAX_TEXT, lines=True)
    except Unclear as hint:
        return _said(str(hint))
    return _said(adding.answer(ex, mine, int(numbered[1]), words))


def _remove(ex: Exchange, mine: Candidacy, rest: str) -> Reply | None:
    return _said(adding.remove(ex, mine, int(rest)))


def _share(ex: Exchange, mine: Candidacy, rest: str) -> Reply | None:  # noqa: ARG001
    return forms.start_about(ex, "share", {}) if ex.house.public_url else _said(sharing.NO_PAGES)


def _shares(ex: Exchange, mine: Candidacy, rest: str) -> Reply | None:  # noqa: ARG001
    return _said(sharing.overview(ex, mine))


def _extend(ex: Exchange, mine: Candidacy, rest: str) -> Reply | None:
    match = re.fullmatch(r"(\d{1,4})\W*(.*)", rest)
    if match is None:
        return _said("Which link, and until when? Such as `extend 1 until 1 March` or `extend 1 30 days`.")
    try:
        return _said(
            sharing.extend(ex, mine, int(match[1]), until_day(match[2] or "30 days", local.day(ex, mine.person_id)))
        )
    except Unclear as hint:
        return _said(str(hint))


def _unshare(ex: Exchange, mine: Candidacy, rest: str) -> Reply | None:
    if not rest:
        return _said("Which link? `shares` lists them; `unshare 1` ends the first.")
    return _said(sharing.end(ex, mine, int(rest)))


def _said(words: str) -> Reply:
    return Reply((words,), matter=RECORD)


def _of_a_candidate(act: Act, *, changes: bool = False) -> Callable[[Exchange, str], Reply | None]:
    """Nothing of a record is said where others read it; a message whose sender may be forged changes nothing."""

    def run(ex: Exchange, rest: str) -> Reply | None:
        if ex.message.place:
            return Reply((IN_PRIVATE,))
        mine = candidacies.latest(ex.work, ex.speaker.person_id)
        if mine is None:
            return None if rest else Reply((NOT_YET,))
        if changes and ex.message.trust != "proved":
            return Reply((NOT_SURE,))
        if ex.today > (until := achievement.last_day(ex, mine)):
            return Reply((OVER.format(day_in_words(until), ex.rules.contact_email),), matter=RECORD)
        return act(ex, mine, rest)

    return run


RUN: Mapping[str, Callable[[Exchange, str], Reply | None]] = {
    "record": _of_a_candidate(_record),
    "add": _of_a_candidate(_add, changes=True),
    "answer": _of_a_candidate(_answer, changes=True),
    "remove addition": _of_a_candidate(_remove, changes=True),
    "share": _of_a_candidate(_share, changes=True),
    "shares": _of_a_candidate(_shares),
    "extend": _of_a_candidate(_extend, changes=True),
    "unshare": _of_a_candidate(_unshare, changes=True),
}
