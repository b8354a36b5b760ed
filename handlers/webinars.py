"""Webinars as everybody meets them: the list, signing up, the waiting list, and leaving."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta

from flows.dialog.numbers import digits
from flows.dialog.unclear import Unclear
from flows.program import convening
from flows.program.webinars import KINDS, Webinar, in_words, is_code, kind_in, meant
from handlers import calendars, local, roles, whereabouts
from handlers.changing import written
from handlers.exchange import Errand, Exchange, Reply
from handlers.profile import IN_PRIVATE, not_theirs
from handlers.seating import fill, give_up, matter, named, tap, way_in, when
from storage import audit, evaluators, people, webinars
from storage.webinars import Held

SHOWN = 8
NONE = (
    "No webinar is planned just now. Each month there are some; `webinars` shows them as soon as the office plans them."
)
HEAD = "The webinars to come:"
HOW = "`sign up {}`, for example, signs you up."
OFFICE_ZONE = "The hours are told in {}, the office's time zone; `time zone` tells me yours."
SIGNED = "You are signed up for {}.\n{}\nThe file puts it into your calendar. `leave webinar {}` gives your place back."
WAITS = "{} is full. You are number {} on the waiting list, and I write to you when a place is free."
WAITS_BEFORE = "You are number {1} on the waiting list of {0} already; I write to you when a place is free."
LEFT = "You are not signed up for {} any more. Thank you for telling me."
NOT_SIGNED = "You are not signed up for {}, so nothing was changed."
UNKNOWN = "I know no webinar “{}” that is still to come. `webinars` lists them."
BEGUN = "{} has begun already, so nobody can sign up any more.{}"
CALLED_OFF = "{} does not take place.{}"
BEGUN_WITH_YOU = "{} has begun already, so your place cannot be given back any more."
ON_NOW = "It has begun already. {}"
NEXT = " The next one of its kind: {}."
MINE = "Your webinars to come:"
MINE_NOW = "Your webinar just now:"
CODED = re.compile(r"\d")
OF_DAY = re.compile(r"['’]s\b")  # “Thursday's webinar”
AROUND_A_DAY = re.compile(r"\b(?:for|to|at|of|from|on|the|an?|next|that|your|my|one|webinars?|sessions?)\b|\W")
NONE_OF_MINE = "You are not signed up for any webinar to come. `webinars` lists them."
HOW_MINE_NOW = "`webinars` lists those to come."
HOW_MINE = "`webinar {0}` tells the way in, `leave webinar {0}` gives the place back, `calendar` sends your dates."
WHICH = "Which one?"
GENERAL = re.compile(
    r"(?:(?:for|to|at|of|from|the|a|an|any|next|coming|this|that|your|my|some|one|all|both|every|each) )*"
    r"(?:webinar|session)s?"
)
EACH = re.compile(r"\b(?:all|both|every|each)\b")
CONFIRM = (
    "Please answer with `sign up {}` once more: then I know that your address is your own, and keep a place for you."
)


def listed(ex: Exchange, rest: str) -> Reply | None:  # noqa: ARG001 - every command takes the words after it
    """`webinars`: those to come that are open to the speaker, on their own clock; never with the way in."""
    found = _open_to(ex)
    if not found:
        return Reply((NONE,))
    held = {each.id: "signed" for each in webinars.of_person(ex.work, ex.speaker.person_id, "signed")}
    held |= {each.id: "waiting" for each in webinars.of_person(ex.work, ex.speaker.person_id, "waiting")}
    lines = [f"- {_line(ex, each, held.get(each.id, ''))}" for each in found[:SHOWN]]
    more = [f"... and {len(found) - SHOWN} more"] if len(found) > SHOWN else []
    free = [each for each in found[:SHOWN] if each.id not in held]
    how = [HOW.format(free[0].webinar.code)] if free else []
    return Reply(("\n".join([HEAD, *lines, *more, *how, *_zone_note(ex)]),), extras=tuple(map(tap, free)))


def _line(ex: Exchange, held: Held, mine: str) -> str:
    it = held.webinar
    places = {"signed": "you are signed up", "waiting": "you are on the waiting list"}.get(mine, _places(held))
    kind = "" if KINDS[it.kind].lower() == it.title.lower() else f" ({KINDS[it.kind]})"
    return f"{it.code} {it.title}{kind}: {when(ex, ex.speaker.person_id, it)}; {it.minutes} minutes; {places}"


def _places(held: Held) -> str:
    if held.is_full:
        return "full, with a waiting list"
    left = held.webinar.seats - held.taken
    return "1 place left" if left == 1 else f"{left} places left"


def _zone_note(ex: Exchange) -> list[str]:
    """Said to whoever's own clock is not known."""
    me = ex.speaker.person_id
    known = people.time_zone(ex.work, me) or local.of_the_state(ex, me)
    office = in_words(ex.work.now, ex.house.office_zone.key).rpartition(", ")[2]
    return [] if known else [OFFICE_ZONE.format(office)]


def shown(ex: Exchange, rest: str) -> Reply | None:
    """`webinar CODE`: one of them; the way in is told to whoever has a place."""
    found = _meant(ex, rest)
    if found is None:
        return Reply((UNKNOWN.format(written(ex, rest)[:60]),))
    seat = webinars.seat_of(ex.work, found.id, ex.speaker.person_id)
    state = seat.state if seat is not None else ""
    if state == "signed" and found.webinar.state == "planned":
        return Reply((f"{_line(ex, found, state)}\n{way_in(found.webinar)}",))
    extras = (tap(found),) if not _why_not(ex, found) and state != "waiting" else ()
    lines = [_why_not(ex, found) or _line(ex, found, state), found.webinar.note, *_zone_note(ex)]
    return Reply(("\n".join(filter(None, lines)),), extras=extras)


def mine(ex: Exchange, rest: str) -> Reply | None:  # noqa: ARG001 - every command takes the words after it
    """`my webinars`: those at which the speaker has a place or waits for one; one that is on now with its way in."""
    if ex.message.place:
        return Reply((IN_PRIVATE,))
    held = {each.id: state for state in ("signed", "waiting") for each in _held(ex, state)}
    coming = [each for each in webinars.coming(ex.work) if each.id in held]
    now = _on_now(ex)
    if not coming and not now:
        return Reply((NONE_OF_MINE,))
    lines = [f"- {_line(ex, each, 'signed')}\n  {ON_NOW.format(way_in(each.webinar))}" for each in now]
    lines += [f"- {_line(ex, each, held[each.id])}" for each in coming]
    how = HOW_MINE.format(coming[0].webinar.code) if coming else HOW_MINE_NOW
    return Reply(("\n".join([MINE if coming else MINE_NOW, *lines, how, *_zone_note(ex)]),))


def _held(ex: Exchange, *states: str) -> list[Held]:
    """Those to come at which the speaker's place is in one of these states."""
    every = webinars.of_person(ex.work, ex.speaker.person_id, *states)
    return [each for each in every if each.webinar.starts > ex.work.now]


def _on_now(ex: Exchange) -> list[Held]:
    """Those that have begun, are not over, and at which the speaker has a place."""
    mine = [each for each in webinars.of_person(ex.work, ex.speaker.person_id, "signed") if _is_planned(each)]
    ends = {each.id: each.webinar.starts + timedelta(minutes=each.webinar.minutes) for each in mine}
    return [each for each in mine if each.webinar.starts <= ex.work.now < ends[each.id]]


def _is_planned(held: Held) -> bool:
    return held.webinar.state == "planned"


def join(ex: Exchange, rest: str) -> Reply | None:
    """`sign up CODE`, several of them, or “the webinar” where one is to come; None for what means something else."""
    if general := GENERAL.fullmatch(rest):
        return _of_all(ex, general[0])
    if not _day_meant(ex, rest) and (several := _several(ex, rest)):
        return _with_each(ex, several, _joined)
    found = _meant(ex, rest)
    if found is None:
        return Reply((UNKNOWN.format(written(ex, rest)[:60]),)) if "webinar" in rest or "-" in rest else None
    return _joined(ex, found.id)


def _of_all(ex: Exchange, said: str) -> Reply:
    """Whoever names none means the one to come; of several they are asked which, but for the next one, or all."""
    coming = _open_to(ex)
    mine = {each.id for each in _held(ex, "signed", "waiting")}
    free = [each for each in coming if each.id not in mine] or coming
    if not free:
        return Reply((NONE,))
    if EACH.search(said):
        return _with_each(ex, {each.webinar.code: each for each in free}, _joined)
    if len(free) == 1 or "next" in said:
        return _joined(ex, free[0].id)
    lines = [f"- {_line(ex, each, '')}" for each in free[:SHOWN]]
    return Reply(("\n".join([WHICH, *lines]),), extras=tuple(map(tap, free[:SHOWN])))


def _several(ex: Exchange, rest: str) -> Mapping[str, Held | None]:
    """The webinars of a list by what they are called in it, unknown codes too; empty for words that are no list."""
    parts = [each.strip() for each in re.split(r",? and |,? ?& ?|, ?", rest) if each.strip()]
    found = {part: _meant(ex, part) for part in parts}
    is_list = len(found) > 1 and all(held is not None or CODED.search(part) for part, held in found.items())
    return found if is_list else {}


def _with_each(ex: Exchange, several: Mapping[str, Held | None], act: Callable[[Exchange, int], Reply]) -> Reply:
    """What is done with each, in the order in which they are locked, as one answer; the notes stand once, behind it."""
    said = [act(ex, number) for number in sorted({each.id for each in several.values() if each is not None})]
    said += [Reply((UNKNOWN.format(written(ex, part)[:60]),)) for part, each in several.items() if each is None]
    firsts = [each.paragraphs[0] for each in said]
    notes = [words for each in said for words in each.paragraphs[1:]]
    return Reply(
        tuple(dict.fromkeys([*firsts, *notes])),
        extras=tuple(dict.fromkeys(choice for each in said for choice in each.extras)),
        matter=said[0].matter,
        drawings=tuple(drawing for each in said for drawing in each.drawings),
    )


def leave(ex: Exchange, rest: str) -> Reply | None:
    """`leave webinar CODE`, several of them, or in words the one that the speaker signed up for."""
    held = _held(ex, "signed", "waiting") or _on_now(ex)
    if GENERAL.fullmatch(rest):
        return _left(ex, held[0].id) if len(held) == 1 else mine(ex, "")
    if named_day := _day_meant(ex, rest):
        found = _on_day(ex, *named_day, held) or _meant(ex, rest)
    elif several := _several(ex, rest):
        return _with_each(ex, several, _left)
    else:
        it = meant(rest, [each.webinar for each in held])
        found = webinars.by_code(ex.work, it.code) if it is not None else _meant(ex, rest)
    if found is None:
        return Reply((UNKNOWN.format(written(ex, rest)[:60]),)) if "webinar" in rest or "-" in rest else None
    return _left(ex, found.id)


def chosen(ex: Exchange, rest: str) -> Reply:
    """A tap, however old; a made-up one changes nothing."""
    verb, _, number = rest.partition(":")
    acts: Mapping[str, Callable[[Exchange, int], Reply]] = {"join": _joined, "leave": _left}
    if verb not in acts or not (number.isdecimal() and len(number) < 10):
        return Reply((NONE,))
    return acts[verb](ex, int(number))


def _meant(ex: Exchange, rest: str) -> Held | None:
    """By its code even when it is over; by day, kind or title the next one that is open to the speaker."""
    every = {each.webinar.code: each for each in webinars.every(ex.work) if _is_open_to(ex, each.webinar)}
    planned = [each.webinar for each in webinars.coming(ex.work) if each.webinar.code in every]
    coded = next((each.webinar for each in every.values() if is_code(rest, each.webinar)), None)
    if coded is None and (named_day := _day_meant(ex, rest)):
        return _on_day(ex, *named_day, _open_to(ex))
    it = coded or meant(rest, planned)
    return every[it.code] if it is not None else None


def _day_meant(ex: Exchange, rest: str) -> tuple[date, str] | None:
    """The day that words name on the speaker's clock, and the kind or ""; None where they say anything else."""
    today = ex.work.now.astimezone(local.zone(ex, ex.speaker.person_id)).date()
    try:
        day, left = convening.day_in(digits(OF_DAY.sub("", rest.lower())), today)
    except Unclear:
        return None
    kind = kind_in(left)
    return (day, kind) if day is not None and (kind or not AROUND_A_DAY.sub("", left)) else None


def _on_day(ex: Exchange, day: date, kind: str, among: Sequence[Held]) -> Held | None:
    """The one of these webinars that is on that day and of that kind; None where there are more."""
    zone = local.zone(ex, ex.speaker.person_id)
    fit = [each for each in among if kind in ("", each.webinar.kind)]
    found = [each for each in fit if each.webinar.starts.astimezone(zone).date() == day]
    return found[0] if len(found) == 1 else None


def _open_to(ex: Exchange) -> list[Held]:
    """Those to come that are open to the speaker."""
    return [each for each in webinars.coming(ex.work) if _is_open_to(ex, each.webinar)]


def _is_open_to(ex: Exchange, it: Webinar) -> bool:
    known = evaluators.find(ex.work, ex.speaker.person_id) if it.kind == "evaluators" else None
    evaluates = known is not None and known.state in ("selected", "trained")
    return roles.may_attend(roles.speaking(ex), it.kind, evaluates=evaluates)


def _joined(ex: Exchange, webinar_id: int) -> Reply:
    """Twice is once; whoever comes when it is full waits."""
    if ex.message.place:
        return Reply((IN_PRIVATE,))
    found = webinars.locked(ex.work, webinar_id)
    if found is None or not _is_open_to(ex, found.webinar):
        return Reply((NONE,))
    if why := _why_not(ex, found):
        return Reply((why,), extras=tuple(map(tap, _next(ex, found)[:1])))
    if ex.message.trust != "proved":
        return Reply((CONFIRM.format(found.webinar.code),), extras=(tap(found),))
    me, it = ex.speaker.person_id, found.webinar
    moved_up = fill(ex, found.id, answered=me)  # who could not be reached when a place became free may be by now
    seat = webinars.seat_of(ex.work, found.id, me)
    if seat is None or seat.state == "cancelled":
        state = "waiting" if found.taken + moved_up >= it.seats else "signed"
        webinars.take(ex.work, found.id, me, state)
        audit.record(ex.work, f"person {me}", f"webinar: {state}", f"webinar {it.code}", {})
    elif seat.state == "waiting":
        return Reply((WAITS_BEFORE.format(named(it), _place(ex, found.id)),), matter=matter(found.id))
    elif seat.state != "signed":
        return Reply((BEGUN.format(named(it), ""),))
    else:
        state = "signed"
    if state == "waiting":
        return Reply((WAITS.format(named(it), _place(ex, found.id)),), matter=matter(found.id))
    told = f"{when(ex, me, it)}; {it.minutes} minutes.\n{way_in(it)}"
    asks, choices = whereabouts.question(ex, me)
    return Reply(
        (SIGNED.format(named(it), told, it.code), *([asks] if asks else _zone_note(ex))),
        extras=choices,
        matter=matter(found.id),
        drawings=calendars.changed(ex, me, calendars.of_webinar(found)),
    )


def _place(ex: Exchange, webinar_id: int) -> int:
    """Which one on the waiting list the speaker is."""
    waiting = [each.person_id for each in webinars.seats(ex.work, webinar_id, "waiting")]
    return waiting.index(ex.speaker.person_id) + 1


def _left(ex: Exchange, webinar_id: int) -> Reply:
    """The place goes to the first who waits."""
    if (refused := not_theirs(ex)) is not None:
        return refused
    found = webinars.locked(ex.work, webinar_id)
    seat = webinars.seat_of(ex.work, webinar_id, ex.speaker.person_id) if found is not None else None
    if found is None or seat is None or seat.state not in ("signed", "waiting"):
        return Reply((NOT_SIGNED.format(named(found.webinar)) if found is not None else NONE,))
    if seat.state == "signed" and _is_planned(found) and found.webinar.starts <= ex.work.now:
        return Reply((BEGUN_WITH_YOU.format(named(found.webinar)),))
    gone = give_up(ex, found, ex.speaker.person_id)
    return Reply((LEFT.format(named(found.webinar)),), matter=matter(found.id), drawings=gone)


def _why_not(ex: Exchange, found: Held) -> str:
    """Why nobody can sign up; empty when one can."""
    following = _next(ex, found)
    after = NEXT.format(_line(ex, following[0], "")) if following else ""
    if found.webinar.state == "cancelled":
        return CALLED_OFF.format(named(found.webinar), after)
    return BEGUN.format(named(found.webinar), after) if found.webinar.starts <= ex.work.now else ""


def _next(errand: Errand, found: Held) -> list[Held]:
    """Those of the same kind that are still to come."""
    return [each for each in webinars.coming(errand.work) if each.webinar.kind == found.webinar.kind]


RUN: Mapping[str, Callable[[Exchange, str], Reply | None]] = {
    "webinars": listed,
    "my webinars": mine,
    "webinar": shown,
    "join webinar": join,
    "leave webinar": leave,
}
