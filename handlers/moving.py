"""A running program moves in: candidates who were admitted before are taken into the record; nobody is written to."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial

from flows.dialog.kinds import email as address
from flows.dialog.kinds import text
from flows.dialog.unclear import Unclear
from flows.program.deadlines import last_day
from flows.program.figures import day_in_words
from flows.program.moving import MORE_OF_PEOPLE, PEOPLE, Past
from flows.program.progress import certified
from flows.program.sheets import bad
from handlers import certifying, intake, roles
from handlers.accounts import LIVE, Refusal
from handlers.crediting import CERTIFICATE
from handlers.desk import items
from handlers.exchange import Errand
from handlers.intake import Progress, Taken, unseen
from handlers.roles import Actor
from storage import applications, audit, candidacies, certificates, desk, people
from storage.candidacies import Candidacy
from storage.people import Address

NOT_STAFF = Refusal("Only the staff of the office may do that.")


def admit_directly(
    errand: Errand, actor: Actor, name: str, email: str, admitted_on: date, complete_sets: Mapping[str, date]
) -> str:
    """Take one person of the past in, with the days of complete sets by their ids; no welcome is sent."""
    try:
        name, email = text(name), address(email)
    except Unclear as unclear:
        return Refusal(str(unclear))
    if not errand.rules.start <= admitted_on <= errand.today:
        first, last = day_in_words(errand.rules.start), day_in_words(errand.today)
        return Refusal(f"The day of admission must lie between {first} and today, {last}.")
    strange = next((each for each in complete_sets if each not in errand.rules.sets), None)
    if strange is not None:
        return Refusal(f"There is no competency set {strange!r}; there are {', '.join(errand.rules.sets)}.")
    late = next((each for each, day in complete_sets.items() if not errand.rules.start <= day <= errand.today), None)
    if late is not None:
        return Refusal(f"The day on which {late} was completed must lie between the program's start and today.")
    until = last_day(admitted_on, errand.house.policy.on(admitted_on))
    complete = {set_id: (day, "imported") for set_id, day in complete_sets.items()}
    taken = take_people(errand, actor, [Past(1, name, email, admitted_on, until, "active", complete)])
    if isinstance(taken, Refusal):
        return Refusal(taken.partition(": ")[2] or taken)
    if taken.same:
        return f"{name} is on record already, as admitted on {day_in_words(admitted_on)}; nothing was changed."
    return f"{name} is on record as admitted on {day_in_words(admitted_on)}, until {day_in_words(until)}."


def take_people(errand: Errand, actor: Actor, past: Sequence[Past], on_progress: Progress = unseen) -> Taken | Refusal:
    """Take candidates of before in; after a Refusal, which names line and column, undo the transaction."""
    if not roles.may_admit(actor):
        return NOT_STAFF
    return intake.each_of(past, partial(_take, errand, actor), on_progress)


def _take(errand: Errand, actor: Actor, past: Past) -> str:
    """What became of one: new, more or same."""
    person_id = people.find(errand.work, "email", past.email)
    if person_id is None:
        added = people.add(errand.work, "email", past.email, "claimed", past.name)
        return _new(errand, actor, added.person_id, past) if added.new else _take(errand, actor, past)
    before = candidacies.of(errand.work, person_id)
    known = next((each for each in before if each.admitted_on == past.admitted_on), None)
    if known is not None:
        return _known(errand, actor, known, past)
    if why := _not_theirs(errand, person_id, before, past):
        return why
    if not people.named(errand.work, person_id):
        people.name(errand.work, person_id, past.name)
    return _new(errand, actor, person_id, past)


def _new(errand: Errand, actor: Actor, person_id: int, past: Past) -> str:
    number = candidacies.add(errand.work, person_id, None, past.admitted_on, past.until, past.state)
    candidacies.add_sets(errand.work, number, past.complete)
    if refused := _certificate(errand, past):
        return refused
    _certify(errand, actor, number, past)
    details = {"admitted_on": past.admitted_on.isoformat(), "sets": len(past.complete)}
    audit.record(errand.work, actor.name, "took in", f"candidacy {number}", details)
    return "new"


def _known(errand: Errand, actor: Actor, known: Candidacy, past: Past) -> str:
    """Complete sets may be added to what is on record; nothing is overwritten."""
    if known.state != past.state:
        return Refusal(bad(past.line, "state", f"the record says {known.state}; nothing on record is overwritten"))
    if known.deadline != past.until:
        until = f"the record says {known.deadline.isoformat()}; nothing on record is overwritten"
        return Refusal(bad(past.line, "until", until))
    complete = {each.set_id: each.completed_on for each in candidacies.sets(errand.work, known.id)}
    for set_id, (day, _) in past.complete.items():
        if set_id in complete and complete[set_id] != day:
            differs = f"the record says {complete[set_id].isoformat()}; nothing on record is overwritten"
            return Refusal(bad(past.line, set_id, differs))
    added = {set_id: fact for set_id, fact in past.complete.items() if set_id not in complete}
    given = certificates.of_candidacy(errand.work, known.id)
    if given is not None and past.certificate and (given.number, given.awarded_on) != (past.certificate, past.awarded):
        has = f"the record says {given.number} of {given.awarded_on.isoformat()}; nothing on record is overwritten"
        return Refusal(bad(past.line, "certificate", has))
    numbered = given is None and bool(past.certificate)
    if not added and not numbered:
        return "same"
    if numbered and (refused := _certificate(errand, past)):
        return refused
    candidacies.add_sets(errand.work, known.id, added)
    _certify(errand, actor, known.id, past)
    audit.record(errand.work, actor.name, "took in sets", f"candidacy {known.id}", {"sets": len(added)})
    return "more"


def _certificate(errand: Errand, past: Past) -> Refusal | None:
    """Why the certificate that is told cannot go on record."""
    if past.certificate and certificates.taken(errand.work, past.certificate):
        return Refusal(bad(past.line, "certificate", f"{past.certificate} is somebody else's on record"))
    return None


def _certify(errand: Errand, actor: Actor, number: int, past: Past) -> None:
    """Their certificate goes on record; whoever has earned one and is not certified yet comes before the office."""
    mine = candidacies.by_id(errand.work, number)
    if past.certificate and past.awarded and certificates.of_candidacy(errand.work, number) is None:
        certifying.take(errand, actor, mine, past.name, past.certificate, past.awarded)
    complete = {each.set_id for each in candidacies.sets(errand.work, number)}
    rules = errand.house.policy.on(past.admitted_on)
    waits = any(item.kind == CERTIFICATE for item in desk.open_for(errand.work, mine.person_id))
    if past.state in candidacies.UNDER_WAY and certified(complete, rules) and not waits:
        items.add(errand, CERTIFICATE, mine.person_id, {"candidacy": str(number)})


def _not_theirs(errand: Errand, person_id: int, before: Sequence[Candidacy], past: Past) -> Refusal | None:
    """Why a candidacy cannot be given to whoever has this address: nobody gets one by typing an address into a form."""
    here = next(each for each in people.addresses(errand.work, person_id) if _is(each, past.email))
    application = applications.latest(errand.work, person_id)
    if application is not None and application.state in LIVE:
        waits = f"an application with this address waits: decide on {application.reference} instead"
        return Refusal(bad(past.line, "email", waits))
    if here.state != "proved" and not before:
        claimed = "somebody has named this address and not proved it yet; settle that first"
        return Refusal(bad(past.line, "email", claimed))
    lasting = next((each for each in before if each.state in candidacies.UNDER_WAY), None)
    if lasting is not None:
        day = lasting.admitted_on.isoformat()
        return Refusal(bad(past.line, "admitted", f"the record has a candidacy from {day} that is not over"))
    return None


def _is(address: Address, email: str) -> bool:
    return (address.channel, address.address) == ("email", email)


def people_table(errand: Errand) -> tuple[tuple[str, ...], list[list[str]]]:
    """All candidacies in the columns of the import: names of the columns, and the lines."""
    sets = errand.rules.sets
    complete = candidacies.every_set(errand.work)
    issued = {each.candidacy_id: each for each in certificates.everything(errand.work)}
    lines = []
    for each in candidacies.everybody(errand.work):
        found = each.candidacy
        days = {
            one.set_id: f"{one.completed_on.isoformat()}{'' if one.way == 'imported' else f' {one.way}'}"
            for one in complete.get(found.id, [])
        }
        held = issued.get(found.id)
        line = [each.name, each.email, found.admitted_on.isoformat(), found.state, found.deadline.isoformat()]
        line += [held.number, held.awarded_on.isoformat()] if held is not None else ["", ""]
        lines.append([*line, *(days.get(set_id, "") for set_id in sets)])
    return (*PEOPLE, *MORE_OF_PEOPLE, *sets), lines
