"""The running total of contact hours, and the request for renewal: looked at, asked for once, and taken back.

Sources: candidate FAQ 16 and FY11 overview (32 contact hours; the committee was still adopting the policy).
"""

from collections.abc import Callable, Mapping
from datetime import timedelta

from flows.dialog.speech import Choice
from flows.program import renewal
from flows.program.figures import day_in_words, listed
from flows.program.logbook import EXAMPLE
from flows.program.renewal import Opening
from handlers import holders, local, logbook
from handlers.contact_hours import MATTER, in_words
from handlers.desk import renewals as at_the_desk
from handlers.exchange import Exchange, Reply
from handlers.holders import Holder
from handlers.profile import IN_PRIVATE, not_theirs
from storage import audit, renewals
from storage.renewals import Entry

MOST_SHOWN = 60
HOLDERS_ONLY = (
    "Only a certificate can be renewed, and there is none on your record. Ask me what renewal takes; `progress` shows"
    " how far you are."
)
STILL_ADOPTING = (
    "The committee was still adopting the renewal policy when the program's documents were written, so the office has"
    " the last word on each renewal."
)
HOW = f"To log hours, send a line such as “{EXAMPLE}”."
REVOKED = "Your certificate {} was revoked, so it cannot be renewed; `person` reaches the office."
OVER = (
    "Your certificate {} ended on {} and could be renewed until {}, so it cannot be renewed here any more. Your hours"
    " are kept; `person` asks the office what is possible."
)
ONCE_ENOUGH = "The renewal can be asked for once they are logged, until {}."
SEND = Choice("send renewal", "Yes, send it to the office")
BETWEEN = (
    "Once it is renewed, what you learn until {} counts toward neither term: if you still plan to learn a good deal"
    " before, you lose nothing by asking later."
)
A_MONTH = timedelta(days=31)
NOT_NOW = Choice("hours", "No, show my hours")
KEPT = "Lines of earlier terms, which do not count again: {}."
NOTHING = "No request for renewal of yours is with the office just now."
HEAR = "You hear from me what it decides; `take back renewal` takes it back."
WAITS = f"Your request of {{}} is with the office, with {{}}. {HEAR}"
SENT = f"Your request is with the office, with {{}} and your links. {HEAR}"
TAKEN_BACK = "Your request for renewal is taken back; your hours stay as they are."


def hours(ex: Exchange, _rest: str) -> Reply | None:
    """The running total, and the list; in a form the word may name a line of it, unless somebody has a certificate."""
    if ex.message.place:
        return Reply((IN_PRIVATE,))
    mine = holders.of(ex, ex.speaker.person_id)
    if mine is None:
        return Reply((logbook.HOLDERS_ONLY,)) if ex.speaker.conversation is None else None
    if mine.certificate.revoked:
        return Reply((REVOKED.format(mine.certificate.number),), matter=MATTER)
    start, end = day_in_words(mine.term.start), day_in_words(mine.term.end)
    head = f"{_have(mine)} They are for the term from {start} to {end}."
    return Reply(
        tuple(filter(None, (head, _list(ex, mine), _when(ex, mine), _status(mine), _how(mine)))), matter=MATTER
    )


def _have(mine: Holder) -> str:
    return " ".join(filter(None, (f"You have {holders.total(mine)}.", holders.missing(mine))))


def _list(ex: Exchange, mine: Holder) -> str:
    """What is of a term before, which was renewed, is only counted."""
    renewed = any(each.state == "renewed" for each in mine.asked)
    here = [each for each in mine.entries if not renewed or each.day >= mine.term.start]
    before = len(mine.entries) - len(here)
    kept = [KEPT.format(before)] if before else []
    more = [f"And {len(here) - MOST_SHOWN} earlier ones."] if len(here) > MOST_SHOWN else []
    return "\n".join([*kept, *more, *(_shown(ex, mine, each) for each in here[-MOST_SHOWN:])])


def _shown(ex: Exchange, mine: Holder, entry: Entry) -> str:
    why = mine.not_counted(entry)
    proof = f"; proof: {entry.link}" if entry.link else ""
    return f"{entry.number}. {in_words(ex, entry)}{proof}{f'; does not count: {why}' if why else ''}"


def _how(mine: Holder) -> str:
    return HOW if mine.may_log else ""


def _status(mine: Holder) -> str:
    return "" if mine.adopted else STILL_ADOPTING


def _when(ex: Exchange, mine: Holder) -> str:
    """When a renewal can be asked for, and what comes before that, or where it stands."""
    if mine.request is not None:
        day = local.day_told(ex, ex.speaker.person_id, mine.request.requested_at)
        return WAITS.format(day, holders.total(mine))
    opens, closes = day_in_words(mine.window.opens), day_in_words(mine.window.closes)
    if mine.opening is Opening.NOT_YET:
        return f"The renewal can be asked for from {opens} until {closes}."
    if mine.opening is Opening.OVER:
        return OVER.format(mine.certificate.number, day_in_words(mine.term.end), closes)
    ended = f"Your term ended on {day_in_words(mine.term.end)}. " if mine.opening is Opening.GRACE else ""
    if not mine.tally.enough:
        return f"{ended}{ONCE_ENOUGH.format(closes)}"
    return f"{ended}The renewal can be asked for until {closes}: `renew`."


def renew(ex: Exchange, _rest: str) -> Reply | None:
    """What a renewal takes and how it stands; with enough hours, whether it is to be asked for now."""
    if ex.message.place:
        return Reply((IN_PRIVATE,))
    mine = holders.of(ex, ex.speaker.person_id)
    if mine is None:
        return Reply((HOLDERS_ONLY,))
    if mine.certificate.revoked:
        return Reply((REVOKED.format(mine.certificate.number),), matter=MATTER)
    if mine.request is not None or mine.opening is Opening.OVER:
        return Reply((_when(ex, mine), _status(mine)), matter=MATTER)
    said = (_have(mine), _answered(mine), _undecided(mine))
    if mine.opening is Opening.NOT_YET or not mine.tally.enough:
        how = _how(mine) if holders.missing(mine) else ""
        return Reply((*said, _when(ex, mine), _status(mine), f"{how} `hours` shows the list.".strip()), matter=MATTER)
    term = renewal.next_term(mine.term, mine.rules)
    lasts = f"from {day_in_words(term.start)} until {day_in_words(term.end)}"
    asks = f"Shall I ask the office to renew certificate {mine.certificate.number}?"
    told = " ".join(filter(None, (f"The new term would be {lasts}.", _between(ex, mine), asks)))
    return Reply((*said, _status(mine), told), extras=(SEND, NOT_NOW), matter=MATTER)


def _between(ex: Exchange, mine: Holder) -> str:
    """What is learned after an early renewal and before the new term counts toward neither."""
    early = mine.term.end - local.day(ex, ex.speaker.person_id) > A_MONTH
    return BETWEEN.format(day_in_words(mine.term.end)) if early else ""


def _answered(mine: Holder) -> str:
    answer = mine.answered
    return f"Your last request was {answer.state}: {answer.reason}" if answer is not None else ""


def _undecided(mine: Holder) -> str:
    waiting = [
        str(each.number)
        for each in sorted(mine.entries, key=lambda each: each.number)
        if each.seconds is None and each.set_id and mine.term.holds(each.day)
    ]
    are = "is" if len(waiting) == 1 else "are"
    return f"The office has yet to say how many contact hours number {listed(waiting)} {are}." if waiting else ""


def send(ex: Exchange, rest: str) -> Reply | None:
    """The request goes to the office; asked for twice, it is one."""
    if (refused := not_theirs(ex)) is not None:
        return refused
    mine = holders.of(ex, ex.speaker.person_id)
    open_now = mine is not None and mine.opening in (Opening.OPEN, Opening.GRACE)
    if mine is None or mine.certificate.revoked or mine.request or not open_now or not mine.tally.enough:
        return renew(ex, rest)
    asked = renewals.ask(ex.work, mine.certificate.id, mine.term.end)
    at_the_desk.to_decide(ex, mine.certificate, asked)
    _log(ex, mine, "asked for renewal")
    return Reply((SENT.format(holders.total(mine)),), matter=MATTER)


def take_back(ex: Exchange, _rest: str) -> Reply | None:
    if (refused := not_theirs(ex)) is not None:
        return refused
    mine = holders.of(ex, ex.speaker.person_id)
    if mine is None or mine.request is None or not renewals.decide(ex.work, mine.request, "withdrawn"):
        return Reply((NOTHING,), matter=MATTER)
    at_the_desk.withdrawn(ex, mine.certificate, mine.request)
    _log(ex, mine, "took a renewal back")
    return Reply((TAKEN_BACK, "`renew` asks anew."), matter=MATTER)


def _log(ex: Exchange, mine: Holder, what: str) -> None:
    audit.record(ex.work, f"person {ex.speaker.person_id}", what, f"certificate {mine.certificate.number}", {})


RUN: Mapping[str, Callable[[Exchange, str], Reply | None]] = {
    "hours": hours,
    "renew": renew,
    "send renewal": send,
    "take back renewal": take_back,
    **logbook.RUN,
}
