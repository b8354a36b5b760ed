"""What the staff type: the queue, one item, and everything that may be done about it."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta

from flows.dialog import dates
from flows.dialog.speech import Choice
from flows.dialog.unclear import Unclear
from flows.program import office
from flows.program.figures import day_in_words
from handlers import (
    adding,
    certifying,
    convening,
    forms,
    giving,
    guidelines,
    handoff,
    membership,
    publishing,
    reporting,
    revoking,
    roles,
)
from handlers.accounts import Refusal
from handlers.desk import acting, documents, items, kinds, shorthand, showing
from handlers.exchange import Errand, Exchange, Reply
from handlers.review import steering
from handlers.roles import Actor
from storage import audit, desk, outbox, people
from storage.desk import Item

SHOWN = 10
LONGEST_SNOOZE = 366  # days
WORDS = (
    "ask candidate|correct certificate|desk|queue|answers|withdraw answer|awards?|revoke|reinstate|show|document|settle"
    "|reply|note|snooze|assign|staff|(?:weekly )?report"
)
VERB = rf"/?(?:lssc )?(?P<verb>{WORDS})\b"
COMMAND = re.compile(rf"{VERB}[ :]*(?:#?(?P<number>\d{{1,9}})\b)?[ :,]*(?P<rest>.*)", re.IGNORECASE | re.DOTALL)
REFUSED = ("desk", "queue", "answers")  # words that mean the desk, whoever says them
REPORT = ("report", "weekly report")
ALONE = (*REFUSED, "award", "awards", *REPORT)
CORRECT = "correct certificate"
OF_CERTIFICATES = ("revoke", "reinstate", CORRECT)  # the number behind these is that of a certificate
NOT_TOLD = "Only the staff see it; to write to the person, begin with `reply:`."
NO_ITEM = "There is no item #{number}."


def heard(ex: Exchange, said: str, *, pressed: bool = False) -> Reply | None:
    """The reply to a command of the staff, typed or by a button; None when it is none, or somebody else's words."""
    match = COMMAND.fullmatch(said.strip()[:5000])
    if match is None:
        return _elsewhere(ex, said, pressed=pressed)
    verb, number, rest = match["verb"].lower(), match["number"], match["rest"].strip()
    if verb in ALONE and (number or rest):
        return None
    if verb not in (*ALONE, "staff", *OF_CERTIFICATES) and not number:
        return _elsewhere(ex, said, pressed=pressed)  # such as `show webinar WEB-1`
    actor = roles.speaking(ex)
    if not roles.may_use_desk(actor) and not (verb in ("settle", "show") and _is_for_the_chair(ex, actor, int(number))):
        return Reply((acting.REFUSED,)) if pressed or verb in REFUSED else None
    if verb == CORRECT:
        return Reply((_corrected(ex, actor, match.string[match.end("verb") :]),))
    if verb in OF_CERTIFICATES:
        return Reply((revoking.asked(ex, actor, verb, match.string[match.end("verb") :]),))
    if verb == "award":
        return forms.start_about(ex, "award", {})
    if verb == "document":
        return documents.sent(ex, actor, int(number)) if rest.lower().strip(" .!") in ("", "please") else None
    return _form(ex, verb, int(number or 0), rest) or run(ex, actor, verb, int(number or 0), rest)


def _elsewhere(ex: Exchange, said: str, *, pressed: bool) -> Reply | None:
    """A command of the staff that is about no item; of these only `undo` has a button."""
    if pressed:
        return convening.typed(ex, said) if said.startswith("undo ") else None
    return guidelines.typed(ex, said) or steering.typed(ex, said) or convening.typed(ex, said)


def _is_for_the_chair(errand: Errand, actor: Actor, number: int) -> bool:
    """Whether whoever chairs the committee may see and settle that item."""
    item = desk.by_id(errand.work, number) if roles.may_release(actor) else None
    return item is not None and kinds.of(errand, item).for_the_chair


def is_command(said: str) -> bool:
    """Whether a button of that key is one of the desk."""
    return COMMAND.fullmatch(said) is not None


def _form(ex: Exchange, verb: str, number: int, key: str) -> Reply | None:
    """In a chat, an action that needs words asks for them."""
    item = desk.by_id(ex.work, number) if verb == "settle" else None
    if item is None or item.state != "open":
        return None
    action = kinds.action(ex, item, key)
    return forms.start_about(ex, "desk", acting.question(item, action)) if action is not None and action.asks else None


def run(errand: Errand, actor: Actor, verb: str, number: int, rest: str) -> Reply:
    """What a command of the staff does and answers."""
    if verb in LISTS:
        return Reply((LISTS[verb](errand),))
    if verb in ALONE:
        return queue(errand)
    if verb == "withdraw answer":
        return Reply((publishing.withdraw(errand, actor, number).text,))
    if verb == "staff":
        return Reply((membership.typed(errand, actor, rest),))
    if verb == "ask candidate":
        return Reply((_ask_candidate(errand, actor, number, rest),))
    item = desk.by_id(errand.work, number)
    if item is None:
        return Reply((NO_ITEM.format(number=number),))
    if verb == "show":
        return shown(errand, item)
    if verb == "settle":
        key, _, words = rest.partition(" ")
        return Reply((acting.do(errand, actor, number, key, words).text,))
    return Reply((VERBS[verb](errand, actor, item, rest),))


def _corrected(errand: Errand, actor: Actor, rest: str) -> str:
    number, _, name = rest.strip(" :").partition(" ")
    return certifying.correct(errand, actor, number.strip("#:,"), name.strip(" :"))


def _ask_candidate(errand: Errand, actor: Actor, number: int, words: str) -> str:
    """A wish for more, of the office's or of an evaluator's, to the candidate of that number."""
    if not words:
        return f"What shall I ask for? For example: `ask candidate {number}: please add proof of your workshop`"
    return adding.ask(errand, actor.name, number, words) or f"There is no candidate {number}."


def queue(errand: Errand) -> Reply:
    waiting = desk.queue(errand.work)
    choices = tuple(Choice(f"show {each.id}", f"Show #{each.id}") for each in waiting[:SHOWN])
    return Reply((showing.queue(errand, waiting, SHOWN),), extras=choices)


def shown(errand: Errand, item: Item) -> Reply:
    """One item in full, with its buttons."""
    message = showing.full(errand, item)
    return Reply((message.text,), extras=message.choices, matter=items.shown(item))


def _reply(errand: Errand, actor: Actor, item: Item, words: str) -> str:
    return handoff.to_person(errand, actor, item, words)


def _note(errand: Errand, actor: Actor, item: Item, words: str) -> str:
    if not words:
        return Refusal(f"What shall I note? For example: `note {item.id} called them on Monday`")
    desk.note(errand.work, item.id, "note", actor.name, words)
    return f"Noted at #{item.id}."


def _snooze(errand: Errand, actor: Actor, item: Item, words: str) -> str:
    """`3 days`, `2 weeks`, `tomorrow`, `Monday` or a date; the item comes back at the office's opening."""
    if item.state != "open":
        return Refusal(acting.settled_before(errand, item))
    try:
        day = _day(words.lower(), errand.today)
    except Unclear as hint:
        return Refusal(f"{hint} For example: `snooze {item.id} 3 days`")
    until = errand.opening(day)
    desk.snooze(errand.work, item.id, until)
    audit.record(errand.work, actor.name, "put off", f"desk item {item.id}", {"until": day.isoformat()})
    return f"#{item.id} comes back on {day_in_words(day)}."


def _day(words: str, today: date) -> date:
    """A day from tomorrow to a year from today. Raises Unclear."""
    said = re.sub(r"^(?:for|until|till) |^(?:next|on) (?=\w+day)", "", words.strip())
    last = today + timedelta(days=LONGEST_SNOOZE)
    if counted := re.fullmatch(r"(\d{1,3}|an?|one) (day|week|month)s?", said):
        number = int(counted[1]) if counted[1].isdecimal() else 1
        day = today + timedelta(days=number * {"day": 1, "week": 7, "month": 30}[counted[2]])
    elif said in ("tomorrow", "next week"):
        day = today + timedelta(days=1 if said == "tomorrow" else 7)
    elif said.capitalize() in office.DAYS:
        day = today + timedelta(days=(office.DAYS.index(said.capitalize()) - today.weekday() - 1) % 7 + 1)
    else:
        day = dates.read_day(said, today)
    if not today < day <= last:
        raise Unclear(f"It may be put off until tomorrow at the earliest and {day_in_words(last)} at the latest.")
    return day


def _assign(errand: Errand, actor: Actor, item: Item, words: str) -> str:
    """`me`, `nobody`, a name, or an address of a member of the staff."""
    if item.state != "open":
        return Refusal(acting.settled_before(errand, item))
    said = words.lower().removeprefix("to ").strip()
    if said in ("nobody", "none"):
        desk.assign(errand.work, item.id, None)
        audit.record(errand.work, actor.name, "assigned", f"desk item {item.id}", {"to": None})
        return f"#{item.id} is nobody's in particular."
    found = [actor.person_id] if said == "me" and actor.person_id else _members(errand, said)
    if len(found) != 1 or found[0] is None:
        told = f"Who shall have #{item.id}? `me`, `nobody`, or the name or address of somebody in `staff list`."
        return Refusal(told)
    desk.assign(errand.work, item.id, found[0])
    audit.record(errand.work, actor.name, "assigned", f"desk item {item.id}", {"to": found[0]})
    name = people.named(errand.work, found[0]) or said
    if found[0] != actor.person_id:
        items.show_to(errand, item, found[0])
    return f"#{item.id} is given to {name}."


def _members(errand: Errand, said: str) -> list[int]:
    """The members of the staff that are meant by a name, its beginning, or an address."""
    found = []
    for member, addresses in roles.staff_addresses(errand).items():
        names = [people.named(errand.work, member).lower(), *(each.address.lower() for each in addresses)]
        names += [f"{each.channel}:{each.address}".lower() for each in addresses]
        if said and (said in names or names[0].startswith(f"{said} ")):
            found.append(member)
    return found


def in_place(ex: Exchange) -> bool:
    """Whether what was said at the desk's place was for the desk; the reply goes there where only staff read.

    A refusal, what a button did, a question that must be answered first and a document are nobody else's business.
    """
    place = people.place(ex.work, ex.message.channel, ex.message.place)
    pressed = ex.message.pressed
    below_it = below(ex, place.id)
    said = Reply((below_it,)) if below_it else heard(
        ex, pressed.choice if pressed else ex.message.text, pressed=pressed is not None
    )  # fmt: skip
    if said is None:
        return False
    is_for_all = items.is_private(ex.message.channel, ex.message.place, place.state) and not (
        said.in_form or said.drawings or pressed
    )
    if not is_for_all or not roles.may_use_desk(roles.speaking(ex)):
        ex.post(ex.speaker.address_id, said.message(), said.matter)
    else:
        ex.post(place.id, replace(said.message(), answers=ex.message.answers), said.matter)
    return True


def below(ex: Exchange, address_id: int) -> str | None:
    """What is written in answer to the message that shows an item: to the person where it is a talk, else a note.

    `address_id` is where it was written; None when the message that is answered shows no item, or not to the staff.
    """
    if ex.message.pressed is not None:
        return None
    number = items.number_in(_matter(ex, address_id))
    item = desk.by_id(ex.work, number) if number is not None else None
    if item is None:
        return None
    actor = roles.speaking(ex)
    if not roles.may_use_desk(actor):
        return None
    talks = kinds.of(ex, item).is_talk or (item.person_id and people.handed_to(ex.work, item.person_id) == item.id)
    if talks:
        return _reply(ex, actor, item, ex.message.text)
    noted = _note(ex, actor, item, ex.message.text)
    return noted if ex.message.mail is None or not item.person_id else f"{noted} {NOT_TOLD}"


def meant(ex: Exchange) -> str:
    """The whole command that a mail below an item is short for ("accept", "note: call her"); "" when it is none."""
    item = None if ex.message.pressed is not None else _named_by_mail(ex)
    if item is None:
        return ""
    said = ex.message.text.strip()
    whole = COMMAND.fullmatch(said[:5000])
    if whole is not None and whole["verb"].lower() in OF_CERTIFICATES and whole["rest"]:
        return said
    if whole is not None and shorthand.is_whole(whole["number"], whole["rest"], alone=whole["verb"].lower() in ALONE):
        return said
    return shorthand.whole(item.id, kinds.of(ex, item).actions, said)


def still_about(ex: Exchange, reply: Reply) -> str:
    """The matter of a reply to a mail of the staff about an item: their next mail below it is about that item, too."""
    item = None if reply.in_form else _named_by_mail(ex)
    return items.shown(item) if item is not None else ""


def _named_by_mail(ex: Exchange) -> Item | None:
    """The item that a mail of the staff answers, as its reply address tells."""
    number = items.number_in(ex.message.mail.matter) if ex.message.mail is not None else None
    return desk.by_id(ex.work, number) if number is not None and roles.may_use_desk(roles.speaking(ex)) else None


def _matter(ex: Exchange, address_id: int) -> str:
    """What the message that is answered is about; a mail's reply address tells it, whatever its program leaves out."""
    if ex.message.mail is not None and ex.message.mail.matter:
        return ex.message.mail.matter
    return outbox.matter_of(ex.work, address_id, ex.message.answers) if ex.message.answers else ""


LISTS: Mapping[str, Callable[[Errand], str]] = {
    "answers": publishing.listing,
    "awards": giving.listing,
    **dict.fromkeys(REPORT, reporting.told),
}
VERBS: Mapping[str, Callable[[Errand, Actor, Item, str], str]] = {
    "reply": _reply,
    "note": _note,
    "snooze": _snooze,
    "assign": _assign,
}
