"""Once a year an evaluator is thanked for the hours served, and says in one word whether they go on."""

from dataclasses import replace
from datetime import timedelta

from flows.dialog import kinds
from flows.dialog.speech import Choice
from flows.dialog.unclear import Unclear
from flows.program.figures import day_in_words
from handlers import forms, quieting, roles, telling
from handlers.desk import items
from handlers.exchange import Errand, Exchange, Reply
from storage import audit, evaluators, reviews
from storage import roles as held
from storage.evaluators import Evaluator

MATTER = "willing"
SILENT = "evaluator who does not answer"  # the kind of desk item
YEAR, REMIND_AFTER, SILENT_AFTER = timedelta(days=365), timedelta(days=14), timedelta(days=30)
SERVED = "Since {} you have assessed {} for LSSC, which counts as about {} hours of service. Thank you!"
NOT_NEEDED = "Since {} no portfolio has come your way; thank you for being there for it."
ASKED = "Will you go on in the coming year? One word does: `yes`, `no`, or `pause until` and a day."
GOES_ON = "Thank you! I go on asking you, at most {} times a year; `pause until` and a day gives you a rest."
LEAVES = (
    "All right, I do not ask you any more. Thank you for all your reading; if you wish to come back, `evaluate` is"
    " enough.{}"
)
AT_HAND = " What is at hand stays yours; “I cannot after all” gives it back."
NOT_ASKED = "That question is not open any more. `reviews` shows what is at hand, `pause until` and a day gives a rest."


def watch(errand: Errand) -> int:
    """The yearly question, one reminder, and a word to the office about who stays silent. How many of all."""
    return sum(_looked_at(errand, each) for each in evaluators.said_before(errand.work, errand.today - YEAR))


def _looked_at(errand: Errand, them: Evaluator) -> bool:
    if quieting.until(errand, them.person_id, reminder=True, weekdays=True) is not None:
        return False  # they are asked at a better time
    if not _is_asked(them):
        return _ask(errand, them, 1, _told(errand, them))
    passed = errand.today - (them.willing_asked_on or errand.today)
    if them.willing_reminded == 1 and passed >= REMIND_AFTER:
        return _ask(errand, them, 2, ASKED)
    if them.willing_reminded == 2 and passed >= SILENT_AFTER:
        evaluators.save(errand.work, replace(them, willing_reminded=3))
        items.add(errand, SILENT, them.person_id, {"asked on": day_in_words(them.willing_asked_on or errand.today)})
        return True
    return False


def _ask(errand: Errand, them: Evaluator, step: int, text: str) -> bool:
    first = them.willing_asked_on if step > 1 else errand.today
    evaluators.save(errand.work, replace(them, willing_asked_on=first, willing_reminded=step))
    choices = (Choice("willing:yes", "Yes, I go on"), Choice("willing:no", "No, no longer"))
    return telling.tell(errand, them.person_id, text, *choices, subject="Your year as an LSSC evaluator", matter=MATTER)


def _told(errand: Errand, them: Evaluator) -> str:
    since = them.willing_on or them.trained_on or errand.today
    number = reviews.assessed_since(errand.work, them.person_id, since)
    portfolios = f"{number} portfolio{'' if number == 1 else 's'}"
    hours = number * errand.rules.review_hours
    day = day_in_words(since)
    return f"{SERVED.format(day, portfolios, hours) if number else NOT_NEEDED.format(day)} {ASKED}"


def _is_asked(them: Evaluator) -> bool:
    """Whether the question of this year stands open."""
    last = them.willing_on or them.trained_on
    return them.willing_asked_on is not None and (last is None or them.willing_asked_on > last)


def chosen(ex: Exchange, rest: str) -> Reply:
    """A button of the question, however old it is."""
    return _said(ex, yes=rest == "yes") if rest in ("yes", "no") else forms.beside(ex, Reply((NOT_ASKED,)))


def heard(ex: Exchange) -> Reply | None:
    """A yes or no while the question is open: below its mail, or where nothing else could be meant."""
    mail = ex.message.mail
    if ex.message.pressed is not None or ex.speaker.conversation is not None:
        return None
    if mail is not None and mail.matter != MATTER:
        return None
    try:
        yes = kinds.yes_no(ex.message.text.strip().splitlines()[0])
    except (Unclear, IndexError):
        return None
    return _said(ex, yes=yes) if _open_to(ex) else None


def _open_to(ex: Exchange) -> bool:
    them = evaluators.find(ex.work, ex.speaker.person_id)
    return them is not None and them.state == "trained" and _is_asked(them)


def _said(ex: Exchange, *, yes: bool) -> Reply:
    them = evaluators.find(ex.work, ex.speaker.person_id)
    if them is None or them.state != "trained" or not _is_asked(them) or not roles.is_proved(ex):
        return forms.beside(ex, Reply((NOT_ASKED,)))
    who = f"person {them.person_id}"
    audit.record(ex.work, who, "goes on as an evaluator" if yes else "is no evaluator any more", who, {})
    if yes:
        goes_on(ex, them)
        return forms.beside(ex, Reply((GOES_ON.format(them.yearly_limit or ex.rules.reviews_a_year),)))
    evaluators.save(ex.work, replace(them, state="left", willing_on=ex.today))
    held.take(ex.work, them.person_id, "evaluator")
    at_hand = any(each.seat == "reading" for each in reviews.of_person(ex.work, them.person_id))
    return forms.beside(ex, Reply((LEAVES.format(AT_HAND if at_hand else ""),)))


def goes_on(errand: Errand, them: Evaluator) -> None:
    """They said so, in whatever way."""
    evaluators.save(errand.work, replace(them, willing_on=errand.today, willing_reminded=0))
