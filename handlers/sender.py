"""What a mail tells by where it comes from: the applicant's address, which is proved no further by that."""

from collections.abc import Mapping
from dataclasses import replace

from flows.dialog import correcting
from flows.dialog.question import matches
from flows.dialog.turn import Turn
from handlers.exchange import Exchange
from handlers.loading import OpenForm


def told(ex: Exchange, name: str) -> Mapping[str, str]:
    """The answers in a form of that name, by key."""
    return {"email": ex.speaker.address} if name == "apply" and ex.speaker.channel == "email" else {}


def told_next(ex: Exchange, opened: OpenForm, taken: Turn) -> Mapping[str, str]:
    """What would be asked next, in a form that was begun elsewhere, though the mail tells it; unless it was wrong."""
    corrected = (*correcting.keys(taken.record(opened.stage.answers)), *taken.forget)
    asked = {question.key for question in taken.scene.open if not matches(question.key, corrected)}
    return {key: words for key, words in told(ex, opened.form.name).items() if key in asked}


def with_it(ex: Exchange, opened: OpenForm, taken: Turn) -> Turn:
    """The turn with that added, played on."""
    more = {} if taken.instead is not None else told_next(ex, opened, taken)
    if not more:
        return taken
    put = {**taken.put, **more}
    after = replace(opened.stage, answers=taken.record(opened.stage.answers))
    return replace(taken, put=put, scene=after.played(put))


def answered(ex: Exchange, opened: OpenForm) -> set[str]:
    """The keys of what was answered, without what the mail's sender tells."""
    sender = told(ex, opened.form.name).items()
    return {key for key, words in opened.stage.answers.items() if (key, words) not in sender}
