"""The office plans webinars, by message, command line or table; whoever signed up is told of each change."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial

from flows.dialog.kinds import text
from flows.dialog.speech import Choice
from flows.dialog.unclear import Unclear
from flows.program import convening
from flows.program.sheets import bad
from flows.program.webinars import KINDS, LONGEST_NOTE, MORE, NEEDED, Line, Webinar, as_typed, cells, in_words
from handlers import intake, roles, stopping, telling
from handlers.accounts import Refusal
from handlers.exchange import Errand, Exchange, Reply
from handlers.intake import Progress, Taken, unseen
from handlers.moving import NOT_STAFF
from handlers.roles import Actor
from handlers.seating import fill, named, tap, tell, way_in, when
from storage import audit, people, webinars
from storage.webinars import Held, Seat

CODE = r"(?P<code>[a-z]+ \d[a-z0-9-]*|(?=[a-z-]*\d)[a-z0-9][a-z0-9-]*)"
TYPED = re.compile(
    rf"/?(?:lssc )?(?:(?P<add>add|plan) (?:a )?webinar[ :]+(?P<plan>.+)"
    rf"|(?P<verb>move|cancel|undo|show)? ?webinar {CODE}(?:[ ,:]+(?P<rest>.+))?"
    rf"|(?P<attended>attended):? {CODE.replace('code', 'which')}(?:[ ,:]+(?P<names>.+))?)",
    re.IGNORECASE | re.DOTALL,
)
EXAMPLE = f"For example: `add webinar {convening.EXAMPLE}`"
UNKNOWN = "There is no webinar {}. `webinars` lists those to come."
ADDED = "{} is planned: {}; {} minutes, {}{}. Signing up is open now."
MOVED = "The webinar {} is moved to {}; before, it was {}. You keep your place{}.{}"
CALLED_OFF = "The webinar {} on {} does not take place: {}{} `webinars` lists the others."
CHANGED = "Something changed about the webinar {}: {}; {} minutes.\n{}"
IN_CALENDAR, OUT_OF_CALENDAR = " The file changes it in your calendar.", " The file takes it out of your calendar."
BACK_ON = "The webinar {} takes place after all, on {}. You keep your place{}."
NOT_ANY_MORE = "{} is {}, so that cannot be done."
NOTHING_TO_UNDO = "There is nothing to undo for {}."
SOME_SIGNED = "Somebody signed up for {} already: `cancel webinar {} reason` calls it off, and they are told."
STAYS = "{} has begun already, and somebody had signed up, so it stays on record. `attended {} names` marks who came."
WHY = "What shall people be told as the reason? For example: `cancel webinar {} the speaker is ill`"
WHO_CAME = (
    "Who came? For example: `attended {0} all` or `attended {0} Ann Example, bob@library.org`, or `attended {0} none`"
)
NOT_BEGUN = "{} has not begun yet, so nobody can have come."
NOT_ONE = "Nobody who signed up for {} is meant by {}, or more than one; nothing was changed. `webinar {}` lists them."
MISSED = "You were signed up for the webinar {} on {} and could not be there. {} `stop webinars` ends such notes."
CAME_AFTER_ALL = "That you missed the webinar {} on {} was a mistake: it is on record now that you attended."
ALL, NOBODY = ("all", "everybody", "everyone"), ("none", "nobody", "no one")
NEXT_ONE = "The next one of its kind: {}, {}."
NO_NEXT = "The next one of its kind is not planned yet; `webinars` shows it then."


def typed(ex: Exchange, said: str) -> Reply | None:
    """A command of the staff about webinars; None for other words, or from others."""
    found = TYPED.fullmatch(said.strip())
    actor = roles.speaking(ex) if found is not None else None
    if found is None or actor is None or not roles.may_convene(actor):
        return None
    return done(ex, actor, said)


def done(errand: Errand, actor: Actor, said: str) -> Reply:
    """What a command about webinars does and answers."""
    found = TYPED.fullmatch(said.strip())
    if not roles.may_convene(actor):
        return Reply((NOT_STAFF,))
    if found is None:
        return Reply((Refusal(f"I could not read that. {EXAMPLE}"),))
    if found["add"]:
        return _add(errand, actor, found["plan"])
    begins = found.start("which" if found["attended"] else "code")
    held, rest = _named(errand, found.string[begins:])
    if held is None:
        return Reply((Refusal(UNKNOWN.format((found["code"] or found["which"]).upper())),))
    if found["attended"]:
        return Reply((_attended(errand, actor, held, rest),))
    return VERBS[(found["verb"] or "show").lower()](errand, actor, held, rest)


def _named(errand: Errand, words: str) -> tuple[Held | None, str]:
    """The webinar, locked, whose code stands before all other words, and these; of codes that fit the longest."""
    every = sorted(webinars.every(errand.work), key=lambda each: -len(each.webinar.code))
    for spelled in (re.escape, as_typed):
        for each in every:
            found = re.fullmatch(rf"(?:{spelled(each.webinar.code)})(?:[ ,:]+(.*))?", words, re.IGNORECASE | re.DOTALL)
            if found is not None:
                return webinars.locked(errand.work, each.id), found[1] or ""
    return None, ""


def _add(errand: Errand, actor: Actor, words: str) -> Reply:
    try:
        plan = convening.plan(words, errand.work.now, errand.house.office_zone.key)
    except Unclear as hint:
        told = str(hint) if convening.EXAMPLE in str(hint) else f"{hint} {EXAMPLE}"
        return Reply((Refusal(told),))
    number, it = None, plan
    while number is None:
        it = replace(plan, code=_next_code(webinars.codes(errand.work)))
        number = webinars.add(errand.work, it)
    webinars.remember(errand.work, number, "added")
    _audit(errand, actor, "planned", it)
    told = ADDED.format(_with_kind(it), in_words(it.starts, it.zone), it.minutes, _seats(it), _further(it))
    return Reply((told,), extras=(_undo(it),))


def _seats(it: Webinar) -> str:
    return "1 seat" if it.seats == 1 else f"{it.seats} seats"


def _further(it: Webinar) -> str:
    return "".join(f", {each}" for each in (it.link or "no link yet", f"note: {it.note}" if it.note else "") if each)


def _with_kind(it: Webinar) -> str:
    kind = KINDS[it.kind]
    return named(it) if kind.lower() == it.title.lower() else f"{named(it)}, {kind},"


def _next_code(taken: frozenset[str]) -> str:
    numbers = [int(found[1]) for each in taken if (found := re.fullmatch(r"WEB-(\d{1,9})", each))]
    return f"WEB-{max(numbers, default=0) + 1}"


def _undo(it: Webinar) -> Choice:
    return Choice(f"undo webinar {it.code}", "Undo")


def _move(errand: Errand, actor: Actor, held: Held, words: str) -> Reply:
    if (it := held.webinar).state != "planned" or it.starts <= errand.work.now:
        return Reply((Refusal(NOT_ANY_MORE.format(named(it), _over(it))),))
    try:
        moved = convening.moved(words, it, errand.work.now)
    except Unclear as hint:
        return Reply((Refusal(str(hint)),))
    told = _changed(errand, actor, held, moved, "moved")
    webinars.remember(errand.work, held.id, f"moved {it.starts.isoformat()} {it.zone}")
    return Reply((f"{named(it)} is moved to {in_words(moved.starts, moved.zone)}. {told}",), extras=(_undo(it),))


def _over(it: Webinar) -> str:
    return "cancelled" if it.state == "cancelled" else "over"


def _cancel(errand: Errand, actor: Actor, held: Held, words: str) -> Reply:
    if (it := held.webinar).state != "planned" or it.starts <= errand.work.now:
        return Reply((Refusal(NOT_ANY_MORE.format(named(it), _over(it))),))
    try:
        reason = text(words, longest=LONGEST_NOTE)
    except Unclear:
        return Reply((Refusal(WHY.format(it.code)),))
    told = _changed(errand, actor, held, replace(it, state="cancelled", reason=reason), "cancelled")
    webinars.remember(errand.work, held.id, "cancelled")
    return Reply((f"{named(it)} is called off. {told}",), extras=(_undo(it),))


def _take_back(errand: Errand, actor: Actor, held: Held, _words: str) -> Reply:
    """What the office did last; whoever was told of it is told again."""
    it, (what, *before) = held.webinar, (webinars.undo(errand.work, held.id) or "nothing").split(" ")
    if what == "added" and not webinars.seats(errand.work, held.id):
        webinars.drop(errand.work, held.id)
        _audit(errand, actor, "taken back", it)
        return Reply((f"{named(it)} is not planned any more.",))
    if what == "added":
        why = STAYS if it.starts <= errand.work.now else SOME_SIGNED
        return Reply((Refusal(why.format(named(it), it.code)),))
    earlier = it
    if what == "cancelled":
        earlier = replace(it, state="planned", reason="")
    elif what == "moved":
        earlier = replace(it, starts=datetime.fromisoformat(before[0]), zone=before[1])
    if earlier == it or earlier.starts <= errand.work.now:
        return Reply((Refusal(NOTHING_TO_UNDO.format(named(it))),))
    told = _changed(errand, actor, held, earlier, "taken back")
    webinars.remember(errand.work, held.id, "")
    return Reply((f"{named(it)} takes place on {in_words(earlier.starts, earlier.zone)}. {told}",))


def _changed(errand: Errand, actor: Actor, held: Held, now: Webinar, what: str) -> str:
    """Put a webinar on record as it is now, and tell whoever signed up or waits; how many were told, as a sentence."""
    webinars.change(errand.work, held.id, now)
    _audit(errand, actor, what, now)
    after = webinars.by_id(errand.work, held.id) or held
    told = sum(_told(errand, held.webinar, after, each) for each in webinars.seats(errand.work, held.id))
    fill(errand, held.id)
    return "Nobody had signed up." if not told else f"{told} {'person is' if told == 1 else 'people are'} told."


def _told(errand: Errand, before: Webinar, after: Held, seat: Seat) -> bool:
    """Whether somebody was told what changed for them; what only the office cares about, or is over, is no news."""
    it, me = after.webinar, seat.person_id
    if seat.state not in ("signed", "waiting") or max(it.starts, before.starts) <= errand.work.now:
        return False
    signed, waits = seat.state == "signed", "" if seat.state == "signed" else " on the waiting list"
    if it.state == "cancelled" and before.state == "planned":
        reason = it.reason if it.reason[-1:] in (".", "!", "?") else f"{it.reason or 'the office called it off'}."
        said = CALLED_OFF.format(named(it), when(errand, me, it), reason, OUT_OF_CALENDAR if signed else "")
    elif it.state == "planned" and before.state == "cancelled":
        said = BACK_ON.format(named(it), when(errand, me, it), waits)
    elif it.starts != before.starts:
        file = IN_CALENDAR if signed else ""
        said = MOVED.format(named(it), when(errand, me, it), when(errand, me, before), waits, file)
    elif signed and (it.link, it.title, it.minutes) != (before.link, before.title, before.minutes):
        said = CHANGED.format(named(it), when(errand, me, it), it.minutes, way_in(it))
    else:
        return False
    return tell(errand, after, me, said, in_calendar=signed and it.state == "planned")


def _show(errand: Errand, _actor: Actor, held: Held, _words: str) -> Reply:
    """One webinar with everybody who signed up; for the staff alone."""
    it = held.webinar
    state = f"cancelled: {it.reason}" if it.state == "cancelled" else f"{held.taken} of {_seats(it)} taken"
    lines = [f"{_with_kind(it)} {in_words(it.starts, it.zone)}; {it.minutes} minutes; {state}{_further(it)}"]
    for each in webinars.seats(errand.work, held.id):
        if each.state != "cancelled":
            where = ", ".join(f"{a.channel}:{a.address}" for a in people.addresses(errand.work, each.person_id))
            lines.append(f"- {people.named(errand.work, each.person_id) or 'Somebody'} ({where}): {each.state}")
    if it.state == "planned":
        lines.append(f"`move webinar {it.code} to ...`, `cancel webinar {it.code} reason`, `attended {it.code} names`")
    return Reply(("\n".join(lines),))


def _attended(errand: Errand, actor: Actor, held: Held, words: str) -> str:
    """Mark who came, and everybody else as having missed it; who is told is told once.

    Whoever is named afterwards came as well; where only some of those who came are named again, it was only these.
    """
    it = held.webinar
    if it.starts > errand.work.now or it.state != "planned":
        return Refusal(
            NOT_BEGUN.format(named(it)) if it.state == "planned" else NOT_ANY_MORE.format(named(it), _over(it))
        )
    seats = webinars.seats(errand.work, held.id, *webinars.HAS_PLACE)
    came = _who_came(errand, it, words, seats)
    if isinstance(came, Refusal):
        return came
    before = [each for each in seats if each.state == "attended"]
    if not set(came) <= set(before):
        came = [*came, *(each for each in before if each not in came)]
    here = {each.person_id for each in came}
    missed = [each for each in seats if each.state != "missed" and each.person_id not in here]
    mistaken = [each for each in came if each.state == "missed"]
    webinars.move(errand.work, came, "attended")
    webinars.move(errand.work, missed, "missed")
    _audit(errand, actor, "marked who came", it)
    after = sum(_follow_up(errand, held, each) for each in missed)
    sorry = sum(_put_right(errand, held, each) for each in mistaken)
    note = f" {after} who missed it {'is' if after == 1 else 'are'} told when the next one is." if after else ""
    note += (
        f" {sorry} who had been marked as missing {'is' if sorry == 1 else 'are'} told that they came." if sorry else ""
    )
    return f"{len(here) or 'Nobody'} came to {named(it)}.{note}"


def _who_came(errand: Errand, it: Webinar, words: str, seats: Sequence[Seat]) -> Sequence[Seat] | Refusal:
    """Those of the seats whom names, addresses, `all` or `none` mean."""
    names = [each.strip() for each in re.split(r"[,;\n]|\band\b", words) if each.strip(" .")]
    said = [each.lower().strip(" .") for each in names]
    if not names:
        return Refusal(WHO_CAME.format(it.code))
    if len(said) == 1 and said[0] in (*ALL, *NOBODY):
        return seats if said[0] in ALL else ()
    came: dict[int, Seat] = {}
    for name in names:
        meant = [each for each in seats if _is_meant(errand, each, name)]
        if len(meant) != 1:
            return Refusal(NOT_ONE.format(named(it), f"“{name[:60]}”", it.code))
        came[meant[0].person_id] = meant[0]
    return list(came.values())


def _is_meant(errand: Errand, seat: Seat, name: str) -> bool:
    known = [people.named(errand.work, seat.person_id)]
    known += [each.address for each in people.addresses(errand.work, seat.person_id)]
    return name.lower().strip(" .") in [each.lower() for each in known if each]


def _follow_up(errand: Errand, held: Held, seat: Seat) -> bool:
    """Once to each who missed it, unless they want no such notes."""
    if not stopping.wants(errand, seat.person_id, webinars.KIND):
        return False
    it, me = held.webinar, seat.person_id
    following = [each for each in webinars.coming(errand.work) if each.webinar.kind == it.kind]
    mine = webinars.seat_of(errand.work, following[0].id, me) if following else None
    has_one = mine is not None and mine.state != "cancelled"
    following_it = following[0].webinar if following else None
    after = NEXT_ONE.format(named(following_it), when(errand, me, following_it)) if following_it else NO_NEXT
    taps = () if has_one else tuple(map(tap, following[:1]))
    return telling.tell(
        errand, me, MISSED.format(named(it), when(errand, me, it), after), *taps,
        subject=f"You missed a webinar: {it.title}", stoppable=webinars.KIND,
    )  # fmt: skip


def _put_right(errand: Errand, held: Held, seat: Seat) -> bool:
    """To whoever was told that they missed it, and did come."""
    if not stopping.wants(errand, seat.person_id, webinars.KIND):
        return False
    it, me = held.webinar, seat.person_id
    return telling.tell(
        errand, me, CAME_AFTER_ALL.format(named(it), when(errand, me, it)),
        subject=f"You attended a webinar: {it.title}", stoppable=webinars.KIND,
    )  # fmt: skip


def take(errand: Errand, actor: Actor, given: Sequence[Line], on_progress: Progress = unseen) -> Taken | Refusal:
    """Take a table in; a known code gets what stands there now. After a Refusal undo the transaction."""
    if not roles.may_convene(actor):
        return NOT_STAFF
    return intake.each_of(given, partial(_put, errand, actor), on_progress)


def _put(errand: Errand, actor: Actor, line: Line) -> str:
    known, it = webinars.by_code(errand.work, line.webinar.code), line.webinar
    held = webinars.locked(errand.work, known.id) if known is not None else None
    if held is not None and replace(it, reason=held.webinar.reason) == held.webinar:
        return "same"
    if it.starts <= errand.work.now and (held is None or held.webinar.starts != it.starts):
        return Refusal(bad(line.number, "starts", f"{cells(it)[3]} is in the past"))
    if held is None:
        webinars.add(errand.work, it)
        _audit(errand, actor, "planned", it)
        return "new"
    _changed(errand, actor, held, it, "changed")
    webinars.remember(errand.work, held.id, "")
    return "more"


def table(errand: Errand) -> tuple[tuple[str, ...], list[list[str]]]:
    """All webinars in the columns of the import."""
    return (*NEEDED, *MORE), [cells(each.webinar) for each in webinars.every(errand.work)]


def _audit(errand: Errand, actor: Actor, what: str, it: Webinar) -> None:
    audit.record(errand.work, actor.name, f"webinar {what}", f"webinar {it.code}", {})


VERBS: Mapping[str, Callable[[Errand, Actor, Held, str], Reply]] = {
    "move": _move,
    "cancel": _cancel,
    "undo": _take_back,
    "show": _show,
}
