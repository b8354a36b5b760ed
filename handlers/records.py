"""What people can do with their record at any time, also in the middle of a form: each command by its word."""

from collections.abc import Callable, Mapping

from flows.registry import RECORD
from handlers import (
    agenda,
    catalogue,
    certificate,
    changing,
    choosing,
    completing,
    evidence,
    guidelines,
    narrating,
    placing,
    progress,
    recording,
    renewing,
    submitting,
    webinars,
)
from handlers.exchange import Exchange, Reply
from handlers.reminders import wishes
from handlers.review import evaluating


def _evidence(ex: Exchange, rest: str) -> Reply | None:
    """All evidence, or that for the set which the words name; outside a form what is still to be placed comes first."""
    mine = evidence.collection(ex)
    if mine is None:
        return Reply((placing.NOT_YET,))
    if rest:
        group = ex.house.competencies.find_set(rest)
        return Reply((evidence.of_set(mine, group),), matter=RECORD) if group is not None else None
    if mine.candidacy.state == "active" and ex.speaker.conversation is None:
        if mine.to_place:
            return placing.asked(ex, mine, mine.to_place)
        if mine.texts_to_place:
            return narrating.asked(ex, mine, mine.texts_to_place[0])
    return Reply((evidence.overview(ex, mine),), matter=RECORD)


def _progress(ex: Exchange, rest: str) -> Reply | None:
    """The whole way, as a picture too where no form waits; or what there is for the set which the words name."""
    if rest:
        return narrating.for_set(ex, rest)
    return progress.reply(ex) if ex.speaker.conversation is None else Reply((progress.shown(ex),))


def _remove(ex: Exchange, rest: str) -> Reply | None:
    """A link by its number, or a piece of a narrative."""
    return placing.remove(ex, int(rest)) if rest.isdecimal() else narrating.RUN["remove"](ex, rest)


# Each takes the words after the command, and gives None where they are none of its own.
RUN: Mapping[str, Callable[[Exchange, str], Reply | None]] = {
    **narrating.RUN,
    **submitting.RUN,
    **guidelines.RUN,
    **certificate.RUN,
    **recording.RUN,
    "evidence": _evidence,
    "progress": _progress,
    "remove": _remove,
    "choose": choosing.choose,
    "drop": choosing.drop,
    **catalogue.RUN,
    **completing.RUN,
    **renewing.RUN,
    **evaluating.RUN,
    **changing.RUN,
    **wishes.RUN,
    **webinars.RUN,
    **agenda.RUN,
}
