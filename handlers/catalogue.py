"""The catalogue of approved courses: searched in words, kept by the office, and news of it for whoever wants them."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from flows.program import catalogue
from flows.program.catalogue import Course, Wish
from flows.program.figures import listed
from flows.program.states import find_state
from flows.registry import RECORD
from handlers import intake, roles, telling
from handlers.accounts import Refusal
from handlers.exchange import Errand, Exchange, Reply
from handlers.intake import Progress, Taken, unseen
from handlers.moving import NOT_STAFF
from handlers.profile import not_theirs
from handlers.roles import Actor
from storage import audit, courses, people, unwanted

SHOWN = 5
MOST = 200  # notices in one tick
NONE_TO_BEGIN = (
    "None of the approved courses on record begins from now on; a portfolio is the other way to complete a set."
)
EMPTY = "There are no approved courses on record yet; a portfolio is the other way to complete a set."
HOW = "`completion form {}` sends the form that its provider signs when you have completed it."
MORE = (
    "... and {} more; name a set, a state, a price or a format to see fewer, such as `online courses for technology`."
)
NO_STATE = "Where is that? Please name the state, such as `courses in Ohio`."
WHICH = "For which set? For example: `tell me about new courses for cataloging`."
NEAR = " near me"


def search(ex: Exchange, rest: str) -> Reply | None:
    """`courses`, with wishes around the word; None for words that are none."""
    if NEAR in f" {rest}":
        where = _home(ex)
        if where == "":
            return Reply((NO_STATE,))
        rest = f"{rest.replace('near me', '')} in {where}"
    wish = catalogue.read_wish(rest, ex.house.competencies, ex.today)
    return Reply((found(ex, wish),), matter=RECORD) if wish is not None else None


def _home(ex: Exchange) -> str:
    """The state that the person told; nothing of it where others read."""
    if ex.message.place:
        return ""
    told = people.facts(ex.work, ex.speaker.person_id, date.min)
    known = find_state(told["state"][0]) if "state" in told else None
    return known.name.lower() if known is not None else ""


def found(ex: Exchange, wish: Wish) -> str:
    """A short list of what fits, or what comes near and whom to ask."""
    every, names = courses.every(ex.work), _names(ex)
    fits = catalogue.fitting(every, wish, ex.today)
    if not fits:
        return _nothing(ex, every, wish)
    more = [MORE.format(len(fits) - SHOWN)] if len(fits) > SHOWN else []
    head = f"{_capital(catalogue.in_words(wish, names))}:"
    return "\n".join([head, *(f"- {catalogue.line(each, names)}" for each in fits[:SHOWN]), *more, _how(fits)])


def _how(fits: Sequence[Course]) -> str:
    return HOW.format(fits[0].code)


def _nothing(ex: Exchange, every: Sequence[Course], wish: Wish) -> str:
    names = _names(ex)
    if wish == Wish():
        return NONE_TO_BEGIN if every else EMPTY
    near = catalogue.relaxed(every, wish, ex.today)
    lines = [
        f"I know of no {catalogue.in_words(wish, names)}.",
        f"Close to it: {'; '.join(near)}." if near else "",
        "You may forward this to a provider:",
        f"“{catalogue.request(wish, names, ex.rules.contact_email)}”",
    ]
    if wish.set_id:
        lines.append(f"`tell me about new courses for {names[wish.set_id].lower()}` tells you when there is one.")
    return "\n".join(filter(None, lines))


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _names(errand: Errand) -> Mapping[str, str]:
    return {each.id: each.name for each in errand.house.competencies.sets}


def follow(ex: Exchange, rest: str) -> Reply | None:
    """`tell me about new courses for SET`; alone, what was stopped comes again."""
    return _about_news(ex, rest, _followed)


def leave(ex: Exchange, rest: str) -> Reply | None:
    """`no more courses for SET`; alone, all of them."""
    return _about_news(ex, rest, _left)


def _about_news(ex: Exchange, rest: str, act: Callable[[Exchange, str], str]) -> Reply | None:
    group = ex.house.competencies.find_set(rest) if rest else None
    if rest and group is None:
        return None
    if (refused := not_theirs(ex)) is not None:
        return refused
    return Reply((act(ex, group.id if group is not None else ""),), matter=RECORD)


def _followed(ex: Exchange, set_id: str) -> str:
    me, names = ex.speaker.person_id, _names(ex)
    again = unwanted.allow(ex.work, me, courses.KIND)
    if set_id:
        new = courses.wish(ex.work, me, set_id)
        if not (new or again):
            return f"I tell you about new courses for {names[set_id]} already."
    mine = [names[each] for each in courses.wishes(ex.work, me)]
    if not mine:
        return WHICH
    audit.record(ex.work, f"person {me}", "wants news of courses", f"person {me}", {"set": set_id})
    return f"I tell you when there is a new course for {listed(mine)}. `stop courses` ends it."


def _left(ex: Exchange, set_id: str) -> str:
    me, names = ex.speaker.person_id, _names(ex)
    mine = courses.wishes(ex.work, me)
    gone = [each for each in ([set_id] if set_id else mine) if courses.unwish(ex.work, me, each)]
    if not gone:
        return "You get no news of new courses as it is."
    audit.record(ex.work, f"person {me}", "wants no news of courses", f"person {me}", {"sets": gone})
    return f"No more news of new courses for {listed([names[each] for each in gone])}."


def tell_news(errand: Errand) -> int:
    """Tell of new courses whoever wants it, each course once to each person; how many notices there were.

    The mark and the message are of one transaction, so neither a restart nor a second process tells it again.
    """
    told: dict[int, list[Course]] = {}
    for each in courses.news(errand.work, MOST):
        if courses.take(errand.work, each) and catalogue.fitting([each.course], Wish(), errand.today):
            told.setdefault(each.person_id, []).append(each.course)
    return sum(_told(errand, person_id, new) for person_id, new in told.items())


def _told(errand: Errand, person_id: int, new: Sequence[Course]) -> bool:
    names = _names(errand)
    head = "There is a new approved course:" if len(new) == 1 else f"There are {len(new)} new approved courses:"
    text = "\n".join(
        [head, *(f"- {catalogue.line(each, names)}" for each in new), f"{_how(new)} `stop courses` ends this."]
    )
    return telling.tell(errand, person_id, text, subject="New courses for your sets", stoppable=courses.KIND)


def take_courses(
    errand: Errand, actor: Actor, given: Sequence[Course], on_progress: Progress = unseen
) -> Taken | Refusal:
    """Take the catalogue in; a known code gets what stands there now. After a Refusal undo the transaction."""
    if not roles.may_keep_catalogue(actor):
        return NOT_STAFF
    known = {each.code: each for each in courses.every(errand.work)}
    return intake.each_of(given, lambda each: _put(errand, actor, known.get(each.code), each), on_progress)


def _put(errand: Errand, actor: Actor, known: Course | None, each: Course) -> str:
    if known == each:
        return "same"
    (courses.add if known is None else courses.change)(errand.work, each)
    audit.record(
        errand.work, actor.name, f"course {'added' if known is None else 'changed'}", f"course {each.code}", {}
    )
    return "new" if known is None else "more"


def courses_table(errand: Errand) -> tuple[tuple[str, ...], list[list[str]]]:
    """The whole catalogue in the columns of the import."""
    return (*catalogue.NEEDED, *catalogue.MORE), [catalogue.cells(each) for each in courses.every(errand.work)]


RUN: Mapping[str, Callable[[Exchange, str], Reply | None]] = {
    "courses": search,
    "follow courses": follow,
    "leave courses": leave,
}
