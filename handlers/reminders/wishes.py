"""How somebody wants to be reminded, in plain words: which kinds, how often, until when not."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace

from flows.dialog import kinds
from flows.dialog.unclear import Unclear
from flows.program import waiting
from flows.program.figures import day_in_words
from handlers import commands, local, stopping
from handlers.exchange import Exchange, Reply
from handlers.profile import IN_PRIVATE, not_theirs
from handlers.reminders import coming
from storage import audit, profiles, reminders, unwanted, webinars
from storage.profiles import Profile

LONGEST = 366  # days that reminders may wait
SNOOZED = (
    "All right: no reminders until {}. What cannot wait still comes, and so do answers to you. `wake` ends it sooner."
)
AWAKE = "I remind you again as before."
FEWER = (
    "All right: at most one message of reminders in two weeks; what cannot wait still comes. `more reminders` changes"
    " it back."
)
FEWER_BEFORE = "It is at most one message of reminders in two weeks as it is. `more reminders` changes it back."
MORE = "All right: I remind you as usual again, at most once a day."
TOO_LONG = "Reminders can wait for a year at most. `stop` ends them altogether."
HOW = (
    "`fewer` makes them rarer, `snooze until 1 June` lets them wait, `only email` names the channel, `quiet hours` the"
    " hours."
)
COMING = "What comes next:"
NOTHING_COMES = "Nothing is planned for you just now."
SHOWN = 3
NO_KIND = re.compile(r"\w+ing|here|now|today|tomorrow|again|over|new|chat|me|us|it|with|from|at")
# As people call the kinds; "stop the reminders" means all.
CALLED: Mapping[str, str] = {
    **dict.fromkeys(("the", "my", "your", "these", "any"), stopping.ALL),
    "applications": "application", "deadline": "deadlines", "time": "deadlines", "pace": "deadlines",
    "candidacy": "deadlines", "sets": "evidence", "links": "evidence", "portfolio": "evidence",
    "portfolios": "evidence", "review": "reviews", "certificate": "renewal", "certificates": "renewal",
    "renewals": "renewal", "hours": "renewal", "share": "sharing", "shares": "sharing", "course": "courses",
    "webinar": webinars.KIND,
    "all": stopping.ALL, "everything": stopping.ALL, "reminding": stopping.ALL,
    "mailing": stopping.ALL, "emailing": stopping.ALL, "messaging": stopping.ALL, "texting": stopping.ALL,
}  # fmt: skip


def overview(ex: Exchange) -> Reply:
    """What somebody is reminded of, and how they can change that."""
    mine, stopped = profiles.of(ex.work, ex.speaker.person_id), unwanted.kinds(ex.work, ex.speaker.person_id)
    waits = _snoozed(ex, mine)
    off = [kind for kind in stopping.KINDS if kind in stopped]
    lines = [
        "Reminders are off (`start reminders`)." if stopping.ALL in stopped else "Reminders are on, by your own clock.",
        *(f"Off: {stopping.KINDS[each]} (`start {each}`)" for each in off if each != stopping.ALL),
        *([f"They wait until {waits} (`wake`)."] if waits else []),
        *(["At most one message in two weeks (`more reminders`)."] if mine.fewer else []),
        *_coming(ex),
        stopping.which(ex, ex.speaker.person_id),
        HOW,
    ]
    return Reply(("\n".join(lines),))


def _coming(ex: Exchange) -> list[str]:
    """The soonest few, by the day they come at the earliest."""
    found = coming.soonest(ex, ex.speaker.person_id)[:SHOWN]
    lines = [f"- {day_in_words(each.day)}: {each.about}" for each in found]
    return [COMING, *lines] if lines else [NOTHING_COMES]


def _snoozed(ex: Exchange, mine: Profile) -> str:
    """The day until which reminders wait; empty when they do not."""
    until = mine.snoozed_until
    return day_in_words(until) if until is not None and until > local.day(ex, ex.speaker.person_id) else ""


def _stop(ex: Exchange, rest: str) -> Reply | None:
    """None for what is more likely something else that stops."""
    kind, me = CALLED.get(rest, rest), ex.speaker.person_id
    if stopping.may_stop(ex, me, kind):
        return Reply((stopping.ended(ex, me, kind),))
    return None if NO_KIND.fullmatch(rest) else Reply((_no_kind(ex, rest),))


def _start(ex: Exchange, rest: str) -> Reply | None:
    """None for what is more likely something else that starts."""
    kind, me = CALLED.get(rest, rest), ex.speaker.person_id
    if stopping.may_stop(ex, me, kind):
        return Reply((stopping.begun(ex, me, kind),))
    return None if commands.find(rest) or NO_KIND.fullmatch(rest) else Reply((_no_kind(ex, rest),))


def _no_kind(ex: Exchange, named: str) -> str:
    return f"{stopping.NO_KIND.format(named)} {stopping.which(ex, ex.speaker.person_id)}"


def _snooze(ex: Exchange, rest: str) -> Reply:
    today = local.day(ex, ex.speaker.person_id)
    try:
        until = waiting.until(rest, today)
    except Unclear as hint:
        return Reply((str(hint),))
    if (until - today).days > LONGEST:
        return Reply((TOO_LONG,))
    _keep(ex, "lets reminders wait", snoozed_until=until)
    return Reply((SNOOZED.format(day_in_words(until)),))


def _wake(ex: Exchange) -> Reply:
    _keep(ex, "wants reminders again", snoozed_until=None)
    return Reply((AWAKE,))


def _fewer(ex: Exchange) -> Reply:
    if profiles.of(ex.work, ex.speaker.person_id).fewer:
        return Reply((FEWER_BEFORE,))
    _keep(ex, "wants fewer reminders", fewer=True)
    return Reply((FEWER,))


def _more(ex: Exchange) -> Reply | None:
    """A bare "more" is one only behind `fewer`, and outside a form."""
    fewer = profiles.of(ex.work, ex.speaker.person_id).fewer
    if kinds.named(ex.message.text) == "more" and (not fewer or ex.speaker.conversation is not None):
        return None
    _keep(ex, "wants reminders as usual", fewer=False)
    return Reply((MORE,))


def _keep(ex: Exchange, what: str, **changes: object) -> None:
    """What waits is looked at anew."""
    me = ex.speaker.person_id
    profiles.put(ex.work, me, replace(profiles.of(ex.work, me), **changes))  # type: ignore[arg-type]
    reminders.look_again(ex.work, me)
    audit.record(ex.work, f"person {me}", what, f"person {me}", {})


def _by_the_person(act: Callable[[Exchange, str], Reply | None]) -> Callable[[Exchange, str], Reply | None]:
    """To stop is anybody's right, as far as their address goes; the rest changes a record."""
    return lambda ex, rest: not_theirs(ex) or act(ex, rest)


RUN: Mapping[str, Callable[[Exchange, str], Reply | None]] = {
    "reminders": lambda ex, _rest: overview(ex) if not ex.message.place else Reply((IN_PRIVATE,)),
    "stop kind": _stop,
    "start kind": _start,
    "snooze": _by_the_person(_snooze),
    "wake": _by_the_person(lambda ex, _rest: _wake(ex)),
    "fewer": _by_the_person(lambda ex, _rest: _fewer(ex)),
    "more reminders": _by_the_person(lambda ex, _rest: _more(ex)),
}
