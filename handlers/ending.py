"""How a candidacy ends before its certificate: its time is over, it is extended or ended by the desk, or withdrawn."""

import json
import re
from datetime import date
from zoneinfo import ZoneInfo

from flows.dialog import dates
from flows.dialog.speech import Choice
from flows.dialog.unclear import Unclear
from flows.program import deadlines, progress
from flows.program.figures import day_in_words
from handlers import calendars, local, outcomes, telling
from handlers.desk import items
from handlers.desk.kinds import Action, Kind, Outcome, refusal
from handlers.exchange import Errand, Exchange, Reply
from handlers.reminders import planning
from handlers.roles import Actor, may_admit
from storage import audit, candidacies, desk
from storage.candidacies import Candidacy
from storage.desk import Item

TIME_OVER = "time over"  # the kind of desk item
REASON = re.compile(r"\s*(?:[,;:]|\s-|\b(?=because\b))\s*", re.IGNORECASE)
EXAMPLE = "30 June 2027, because of a long illness"
EXTENDED = (
    "Good news: you have until {} to complete your competency sets. Everything is as you left it; `progress` shows it."
)
ENDED = (
    "Your candidacy has ended: {} Your record and the sets you completed are kept, and you may apply again at any time"
    " with `apply`. {} answers questions."
)
NOT_STAFF = "Only the staff of the LSSC office may decide that, so nothing was changed."
NOT_FROZEN = "That candidacy is {} now, so nothing was changed."
NO_CANDIDACY = "You are not a candidate now, so there is nothing to leave."
MEANS = (
    "To leave the program means that your candidacy ends today: nothing can be added or handed in any more, and a set"
    " in review is not decided. Your record and the sets you completed are kept, the application fee is not part of"
    " this, and you would have to apply again to come back. Do you want to leave?"
)
SURE = "Once more, because it cannot be taken back here: shall your candidacy of {} end now?"
KEEP = Choice("progress", "No, I stay")
STAYED = "That is settled already, so nothing was changed."


def freeze(errand: Errand) -> int:
    """Freeze the candidacies whose last day has passed where the candidate lives: how many were frozen now.

    What that means they are told by a reminder, at an hour fit for it. Each once, however many processes do this at the
    same time. Whoever has completed every set waits for nothing but the certificate, and is left alone.
    Source: product specification, "end of candidacy".
    """
    found = candidacies.past(errand.work, errand.work.now.astimezone(ZoneInfo("Etc/GMT-14")).date())
    return sum(_frozen(errand, each) for each in found)


def _frozen(errand: Errand, candidacy: Candidacy) -> bool:
    today = local.day(errand, candidacy.person_id)
    complete = {each.set_id: each.completed_on for each in candidacies.sets(errand.work, candidacy.id)}
    rules = errand.house.policy.on(candidacy.admitted_on)
    if not deadlines.is_over(candidacy.deadline, today) or progress.certified(complete, rules):
        return False
    if not candidacies.move(errand.work, candidacy.id, "active", "frozen"):
        return False
    audit.record(errand.work, "the assistant", "froze", f"candidacy {candidacy.id}", {})
    details = {"candidacy": str(candidacy.id), "last day": candidacy.deadline.isoformat()}
    details |= {"sets complete": f"{len(complete)} of {rules.sets_needed}"}
    items.add(errand, TIME_OVER, candidacy.person_id, details)
    planning.plan_one(errand, "time-over", candidacy.person_id, candidacy.id, candidacy.deadline)
    return True


def extend(errand: Errand, actor: Actor, item: Item, words: str) -> Outcome:
    """More time, until a day, for a reason that stays with the item."""
    day_words, _, reason = _parts(words)
    candidacy = _of(errand, item)
    if why := _why_not(actor, candidacy):
        return refusal(why)
    if not reason:
        return refusal(f"Please say why as well. For example: {EXAMPLE}", again=True)
    try:
        until = dates.read_day(day_words, errand.today, earliest=_earliest(errand.today, candidacy))
    except Unclear as hint:
        return refusal(str(hint), again=True)
    if until <= candidacy.deadline:
        return refusal(f"The last day was {day_in_words(candidacy.deadline)}; please name a later one.", again=True)
    candidacies.extend(errand.work, candidacy.id, until)
    desk.note(errand.work, item.id, "note", actor.name, f"Extended until {day_in_words(until)}: {reason}")
    audit.record(errand.work, actor.name, "extended", f"candidacy {candidacy.id}", {"until": until.isoformat()})
    extended = candidacies.by_id(errand.work, candidacy.id)
    told = _tell(errand, extended, EXTENDED.format(day_in_words(until)), "You have more time")
    return Outcome(f"The candidacy goes on until {day_in_words(until)}. {told}")


def end(errand: Errand, actor: Actor, item: Item, words: str) -> Outcome:
    """The candidacy is over; `words` are what the candidate is told as the reason."""
    candidacy = _of(errand, item)
    if why := _why_not(actor, candidacy):
        return refusal(why)
    candidacies.move(errand.work, candidacy.id, "frozen", "ended")
    audit.record(errand.work, actor.name, "ended", f"candidacy {candidacy.id}", {})
    reason = words if words.endswith((".", "!", "?")) else f"{words}."
    text = ENDED.format(reason, errand.rules.contact_email)
    return Outcome(f"The candidacy has ended. {_tell(errand, candidacy, text, 'Your candidacy has ended')}")


KIND = Kind(
    "Time of a candidate is over",
    (
        Action("extend", "Extend", extend, "Until which day, and for what reason?", EXAMPLE),
        Action("end", "End it", end, "What shall the candidate be told as the reason?", "The four years are over."),
    ),
    lambda _errand, item: [f"{name.capitalize()}: {value}" for name, value in json.loads(item.details).items()],
)


def leave(ex: Exchange) -> Reply:
    """`leave program`: what it means, and the first question."""
    if _under_way(ex) is None:
        return Reply((NO_CANDIDACY,))
    return Reply((MEANS,), extras=(Choice("leave:sure", "Yes, leave the program"), KEEP))


def step(ex: Exchange, rest: str) -> Reply:
    """The first yes asks once more; the second, for that very candidacy, ends it."""
    candidacy = _under_way(ex)
    if candidacy is None:
        return Reply((STAYED,))
    if rest != f"{candidacy.id}:yes":
        yes = Choice(f"leave:{candidacy.id}:yes", "Yes, end my candidacy")
        return Reply((SURE.format(day_in_words(candidacy.admitted_on)),), extras=(yes, KEEP))
    return Reply((_withdrawn(ex, candidacy),), drawings=calendars.without_what_ended(ex, candidacy.person_id))


def _withdrawn(ex: Exchange, candidacy: Candidacy) -> str:
    if not close(ex, f"person {ex.speaker.person_id}", candidacy, "withdrawn"):
        return STAYED
    items.ask(ex, "candidacy withdrawn", {"candidacy": str(candidacy.id)})
    return (
        "Your candidacy has ended, as you wished. Your record and the sets you completed are kept; `apply` starts anew"
        " at any time. Thank you for the work you put into it."
    )


def close(errand: Errand, who: str, candidacy: Candidacy, state: str) -> bool:
    """A candidacy ends before its time, as withdrawn or ended; False when it is not as it was any more."""
    if not candidacies.move(errand.work, candidacy.id, candidacy.state, state):
        return False
    verb = "withdrew" if state == "withdrawn" else state
    audit.record(errand.work, who, verb, f"candidacy {candidacy.id}", {})
    outcomes.drop(errand, who, candidacy)
    for item in desk.open_for(errand.work, candidacy.person_id):
        if item.kind == TIME_OVER and desk.settle(errand.work, item.id, who, state):
            items.update(errand, item, "✓ The candidacy is over")
    return True


def _under_way(ex: Exchange) -> Candidacy | None:
    found = candidacies.latest(ex.work, ex.speaker.person_id)
    return found if found is not None and found.state in candidacies.UNDER_WAY else None


def _of(errand: Errand, item: Item) -> Candidacy:
    number = int(json.loads(item.details)["candidacy"])
    return candidacies.locked(errand.work, number)


def _why_not(actor: Actor, candidacy: Candidacy) -> str:
    if not may_admit(actor):
        return NOT_STAFF
    return "" if candidacy.state == "frozen" else NOT_FROZEN.format(candidacy.state)


def _earliest(today: date, candidacy: Candidacy) -> date:
    return max(today, candidacy.deadline)


def _parts(words: str) -> tuple[str, str, str]:
    """The day, what stands between, and the reason; a comma within a date ("June 30, 2027") parts nothing."""
    said = re.sub(r"(\d),\s*(?=\d{4})", r"\1 ", " ".join(words.split())).removeprefix("until ")
    found = REASON.search(said)
    return (said[: found.start()], found[0], said[found.end() :].strip()) if found else (said, "", "")


def _tell(errand: Errand, candidacy: Candidacy, text: str, subject: str) -> str:
    """With the file that changes the last day in their calendar, or takes it out."""
    state = candidacies.by_id(errand.work, candidacy.id).state
    event, me = calendars.of_candidacy(candidacy), candidacy.person_id
    files = calendars.changed(errand, me, event, cancelled=state != "active")
    told = telling.tell(errand, me, text, subject=subject, matter=f"candidacy:{candidacy.id}", drawings=files)
    return telling.reached(told)
