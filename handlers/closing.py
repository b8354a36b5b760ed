"""What the program does when a form is complete: each kind of result has one act, in the form's closing transaction."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from flows import narrating
from flows.application import Applied, Withdrawal
from flows.assessing import Assessed, Practiced
from flows.assistance import Offered
from flows.dating import Dated
from flows.desk import Told
from flows.dialog.speech import Choice, Drawing
from flows.eligibility import Checked
from flows.fees import Quoted
from flows.narrating import Narrated, Written
from flows.placing import Placed
from flows.profile import InZone, NewMail, Preferred, QuietHours, Renamed
from flows.profile import Told as ToldOfThemselves
from flows.program.eligibility import Outcome
from flows.sharing import Shared
from flows.submitting import HandedIn
from flows.survey import Surveyed
from flows.volunteering import Volunteered
from handlers import applications, changed, contact_hours, giving, narrative, roles, sharing, submission, whereabouts
from handlers.applications import Answers
from handlers.desk import acting
from handlers.exchange import Exchange
from handlers.review import confirming as assessed
from handlers.review import practicing, volunteering
from storage import people

QUALIFIES = "qualifies"  # the key of a fact: since which day the hours suffice


@dataclass(frozen=True)
class Ended:
    """How a form ended: a word for the record, what is said, the forms offered next, and one that follows at once.

    `about` is what the one that follows is about, `extras` are choices that lead elsewhere, `drawings` go with it.
    """

    outcome: str
    paragraphs: tuple[str, ...] = ()
    offers: tuple[str, ...] = ()
    then: str = ""
    about: Mapping[str, str] = field(default_factory=dict)
    extras: tuple[Choice, ...] = ()
    drawings: tuple[Drawing, ...] = ()


def act(ex: Exchange, result: Any, answers: Answers) -> Ended:
    """The end of a form with this result; `answers` are the words it was made of."""
    if isinstance(result, Applied):
        return _applied(ex, result, answers)
    return ACTS[type(result)](ex, result)


def _checked(ex: Exchange, result: Checked) -> Ended:
    """The day on which the hours will suffice is kept until then: that day brings a reminder."""
    people.forget_facts(ex.work, ex.speaker.person_id, (QUALIFIES,))
    if result.qualifies_on is not None:
        told = {QUALIFIES: result.qualifies_on.isoformat()}
        people.remember(ex.work, ex.speaker.person_id, told, result.qualifies_on)
    outcome = result.verdict.outcome
    offers = ("apply", "fees") if outcome not in (Outcome.NOT_YET, Outcome.NOT_THIS_PROGRAM) else ("fees",)
    return Ended(outcome.value, offers=offers)


def _quoted(ex: Exchange, result: Quoted) -> Ended:  # noqa: ARG001 - every act takes the exchange
    """A candidate has nothing to apply for."""
    if applications.is_candidate(ex):
        return Ended("quoted", ("All right; `progress` shows your next step.",))
    return Ended("quoted", ("What would you like to do next?",), offers=("eligibility", "apply"))


def _applied(ex: Exchange, result: Applied, answers: Answers) -> Ended:
    """The voluntary questions follow the first time only."""
    if applications.returned(ex) is not None:
        return Ended("submitted again", applications.submit(ex, result, answers))
    return Ended("submitted", applications.submit(ex, result, answers), then="survey")


def _withdrawal(ex: Exchange, result: Withdrawal) -> Ended:
    if not result.sure:
        return Ended("kept", ("Your application stays as it is.",))
    return Ended("withdrawn", (applications.withdraw(ex),))


def _surveyed(ex: Exchange, result: Surveyed) -> Ended:
    """The last words to an applicant for a while, so a good time to ask for what is missing."""
    applications.keep_statistics(ex, result)
    asks, choices = whereabouts.question(ex, ex.speaker.person_id)
    return Ended("answered", tuple(filter(None, (asks,))), extras=choices)


def _told(ex: Exchange, result: Told) -> Ended:
    """Words that do not do are asked for once more."""
    outcome = acting.answered(ex, result.about, result.words)
    if outcome.again:
        return Ended("refused", (outcome.text,), then="desk", about=result.about)
    return Ended("told", (outcome.text,))


def _offered(ex: Exchange, result: Offered) -> Ended:
    if not result.sure:
        return Ended("left", ("Nothing was put on record.",))
    actor = roles.speaking(ex)
    said = giving.add_award(ex, actor, result.giver, result.state, result.worth, result.number, result.contact)
    return Ended("on record", (said,))


def _changing(act: Callable[[Exchange, Any], str]) -> Callable[[Exchange, Any], Ended]:
    """What a person changes about themselves is told as it was and as it is."""
    return lambda ex, result: Ended("changed", (act(ex, result),))


def _written(ex: Exchange, result: Written) -> Ended:
    """What it tells of is asked at once, for the text is on record by then."""
    piece, said = narrative.write(ex, result)
    if piece is None or piece.learning:
        return Ended("written", (said,))
    about = narrating.about(piece.id, piece.words, placed=(result.reference,))
    return Ended("written", (said,), then="narrate", about=about)


def _narrated(ex: Exchange, result: Narrated) -> Ended:
    return Ended("told", narrative.narrated(ex, result))


def _handed_in(ex: Exchange, result: HandedIn) -> Ended:
    return Ended("handed in" if result.sure else "left", submission.handed_in(ex, result))


def _placed(ex: Exchange, result: Placed) -> Ended:
    said, texts = narrative.placed(ex, result)
    if not texts:
        return Ended("placed", said)
    first, also = texts[0], tuple(each.id for each in texts[1:])
    about = narrating.about(first.id, first.words, placed=((first.set_id, first.number),), also=also)
    return Ended("placed", said, then="narrate", about=about)


def _assessed(ex: Exchange, result: Assessed) -> Ended:
    said, undo, files = assessed.confirmed(ex, result)
    return Ended("assessed", (said,), extras=undo, drawings=files)


def _dated(ex: Exchange, result: Dated) -> Ended:
    """Held lines of a holder's log, now with their days."""
    said = contact_hours.enter_dated(ex, result.lines)
    if len(said) == 1:
        return Ended("logged", said[0].paragraphs, extras=said[0].extras)
    return Ended("logged", tuple(each.paragraphs[0] for each in said))


def _practiced(ex: Exchange, result: Practiced) -> Ended:
    return Ended("practiced", practicing.practiced(ex, result))


def _volunteered(ex: Exchange, result: Volunteered) -> Ended:
    return Ended("offered", (volunteering.volunteered(ex, result),))


def _shared(ex: Exchange, result: Shared) -> Ended:
    return Ended("shared", (sharing.share(ex, result),))


ACTS: Mapping[type, Callable[[Exchange, Any], Ended]] = {
    Checked: _checked,
    Quoted: _quoted,
    Withdrawal: _withdrawal,
    Surveyed: _surveyed,
    Told: _told,
    Offered: _offered,
    Renamed: _changing(changed.renamed),
    ToldOfThemselves: _changing(changed.told),
    NewMail: _changing(changed.new_mail),
    InZone: _changing(changed.in_zone),
    Preferred: _changing(changed.preferred),
    QuietHours: _changing(changed.quiet_hours),
    Placed: _placed,
    Written: _written,
    Narrated: _narrated,
    HandedIn: _handed_in,
    Shared: _shared,
    Assessed: _assessed,
    Practiced: _practiced,
    Dated: _dated,
    Volunteered: _volunteered,
}
