"""What a person can see and decide about their own record: name, addresses, what is stored, and that it be deleted."""

import json
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime

from flows.dialog.speech import Choice
from flows.dialog.turn import Stage
from flows.facts import Facts
from flows.program import quiet, zones
from flows.program.figures import day_in_words
from flows.program.office import hour_in_words
from flows.registry import FORMS
from handlers import (
    changed,
    confirming,
    ending,
    forgotten,
    forms,
    linking,
    local,
    naming,
    roles,
    switching,
    unlinking,
)
from handlers.addressing import titled
from handlers.exchange import Exchange, Reply
from storage import belongings, people, profiles, unwanted
from storage import roles as held
from storage.belongings import Applied, Belongings

STATES: Mapping[str, str] = {
    "proved": "confirmed", "claimed": "not confirmed yet", "unreachable": "messages cannot be delivered there",
}  # fmt: skip
CHOICES = (
    Choice("link", "Link another channel"),
    Choice("unlink", "Unlink a channel"),
    Choice("rename", "Correct my name"),
    Choice("time zone", "Time zone"),
    Choice("preferred channel", "Preferred channel"),
    Choice("quiet hours", "Quiet hours"),
)
NOT_TOLD = "not told yet"
IN_PRIVATE = "That is between you and me: please send me the same word in a private message."
NOT_SURE = "I cannot be sure that this message comes from you, so I did nothing. Please send it from a linked channel."
APART = "Answers to the voluntary questions are stored apart, without your name. `forget me` deletes the rest."


def profile(ex: Exchange) -> Reply:
    """What is on record of the speaker, each line with the words that change it."""
    me = ex.speaker.person_id
    mine = profiles.of(ex.work, me)
    preferred = next((each for each in people.addresses(ex.work, me) if each.id == mine.prefers), None)
    reminders = (
        "off; `start reminders` brings them back" if "reminders" in unwanted.kinds(ex.work, me) else "on; `stop`"
    )
    lines = [
        f"Name: {_name(ex)}",
        *_addresses(ex),
        "`link` adds a channel, `new mail` a mail address, `unlink` takes one out.",
        f"Library: {changed.on_record(ex, me, 'library') or NOT_TOLD} (`my library`)",
        f"Position: {changed.on_record(ex, me, 'position') or NOT_TOLD} (`my position`)",
        f"State: {changed.on_record(ex, me, 'state') or NOT_TOLD} (`my state`)",
        f"Time zone: {_zone(ex)} (`time zone`)",
        f"Preferred channel: {titled(ex, preferred) if preferred else changed.WHEREVER} (`preferred channel`)",
        f"Quiet hours: {quiet.in_words(quiet.of(mine.quiet))} (`quiet hours`)",
        f"Reminders: {reminders}",
    ]
    return forms.beside(ex, Reply(("\n".join(lines),), extras=CHOICES))


def _name(ex: Exchange) -> str:
    """The name, how it is changed, and what the office looks at."""
    wish = naming.waiting(ex, ex.speaker.person_id)
    waits = f"; the office looks at your wish to be called {json.loads(wish.details)['name']}" if wish else ""
    return f"{ex.speaker.name or NOT_TOLD} (`rename`{waits})"


def _zone(ex: Exchange) -> str:
    me = ex.speaker.person_id
    told = people.time_zone(ex.work, me)
    home = "" if told else ", by your state" if local.zone(ex, me) != ex.house.office_zone else ", that of the office"
    return f"{zones.in_words(told or local.zone(ex, me).key)}{home}; it is {hour_in_words(local.at(ex, me))} there now"


def my_data(ex: Exchange) -> Reply:
    """A summary of all that is on record about the speaker."""
    mine = belongings.of(ex.work, ex.speaker.person_id)
    lines = [
        "This is what is stored about you.",
        f"Name: {', '.join(filter(None, (ex.speaker.name, *mine.names))) or 'not told yet'}",
        *_addresses(ex),
        *_facts(ex),
        *(line for each in mine.applications for line in _application(ex, each)),
        *_further(ex, mine),
        f"Messages of mine to you: {mine.letters}, kept {ex.rules.draft_days} days",
        APART,
    ]
    return forms.beside(ex, Reply(("\n".join(lines),)))


def _addresses(ex: Exchange) -> list[str]:
    mine = people.addresses(ex.work, ex.speaker.person_id)
    lines = [f"- {titled(ex, each)}: {STATES[each.state]}" for each in mine]
    return ["Reached at:", *lines, *filter(None, [confirming.waits(ex, ex.speaker.person_id)])]


def _facts(ex: Exchange) -> list[str]:
    """What forms learned, as the questions name it."""
    told = people.facts(ex.work, ex.speaker.person_id, date.min)
    words_by_key = {key: words for key, (words, _) in told.items()}
    stages = [Stage(FORMS[name].script, Facts(ex.today, ex.rules), words_by_key) for name in ("fees", "apply")]
    asked = {key: question for stage in stages for key, question in stage.scene.asked.items()}
    lines = []
    for key, (words, day) in sorted(told.items()):
        label = asked[key].label if key in asked else key.replace(".", " ")
        shown = switching.shown(asked[key], words) if key in asked else words
        lines.append(f"- {label}: {shown} ({day_in_words(day)})")
    return [f"Told to me, kept {ex.rules.known_facts_days} days:", *lines] if lines else []


def _application(ex: Exchange, applied: Applied) -> Iterable[str]:
    yield f"Application {applied.reference}, {applied.state}, of {_day(ex, applied.submitted_at)}:"
    for label, value in json.loads(applied.details).items():
        yield f"- {label}: {value}"
    if applied.payments:
        yield f"- Payments recorded: {applied.payments}"


def _further(ex: Exchange, mine: Belongings) -> Iterable[str]:
    for each in mine.candidacies:
        yield f"Candidacy since {day_in_words(each.admitted_on)}, until {day_in_words(each.deadline)}: {each.state}"
    for form in mine.forms:
        yield f"Begun on {_day(ex, form.opened_at)}, with your answers: {forms.named(form.script).title}"
    if given := sorted(held.of(ex.work, ex.speaker.person_id)):
        yield f"Part in the program: {', '.join(roles.MEANINGS.get(each, each) for each in given)}"
    for item in mine.listed:
        yield f"On the office's list since {_day(ex, item.created_at)}: {item.kind} ({item.state})"
    for question in mine.questions:
        yield f"A question that I could not answer: {question}"


def _day(ex: Exchange, instant: datetime) -> str:
    return day_in_words(ex.day(instant))


def _in_private(act: Callable[[Exchange], Reply]) -> Callable[[Exchange], Reply]:
    """Nothing of a record is said where others read it."""
    return lambda ex: Reply((IN_PRIVATE,)) if ex.message.place else act(ex)


def _by_the_person(act: Callable[[Exchange], Reply]) -> Callable[[Exchange], Reply]:
    """A message whose sender may be forged changes nothing."""
    return _in_private(lambda ex: act(ex) if ex.message.trust == "proved" else forms.beside(ex, Reply((NOT_SURE,))))


RUN: Mapping[str, Callable[[Exchange], Reply]] = {
    "profile": _in_private(profile),
    "my data": _in_private(my_data),
    "link": _by_the_person(linking.link),
    "unlink": _by_the_person(unlinking.unlink),
    "forget me": _by_the_person(lambda ex: forms.beside(ex, forgotten.asked(ex))),
    "leave program": _by_the_person(lambda ex: forms.beside(ex, ending.leave(ex))),
    "confirm mail": _by_the_person(lambda ex: forms.beside(ex, Reply((confirming.anew(ex),)))),
}


def leaving(ex: Exchange, rest: str) -> Reply:
    """A candidate said yes to leaving, once or twice."""
    return _by_the_person(lambda again: forms.beside(again, ending.step(again, rest)))(ex)


def forgetting(ex: Exchange, rest: str) -> Reply:
    """Somebody said yes to be forgotten, once or twice; after the second there is no form to come back to."""
    if forgotten.is_done(rest, ex.speaker.person_id):
        return _by_the_person(lambda again: forgotten.step(again, rest))(ex)
    return _by_the_person(lambda again: forms.beside(again, forgotten.step(again, rest)))(ex)


def chosen(ex: Exchange, rest: str) -> Reply:
    """An address to be unlinked was chosen or confirmed."""
    return _by_the_person(lambda again: unlinking.step(again, rest))(ex)
