"""A form in progress, as it is on record: made ready to be played, and what of it stays the same."""

import json
from collections.abc import Collection
from dataclasses import astuple, dataclass
from datetime import date

from flows.dialog.talk import Talk
from flows.dialog.turn import Stage
from flows.dialog.unclear import ScriptError
from flows.facts import Facts
from flows.program.assistance import OnRecord
from flows.registry import FORMS, Form
from handlers import remembering
from handlers.exchange import Exchange
from handlers.remembering import KNOWN
from storage import conversations
from storage.conversations import Conversation


async def _retired(talk: Talk, facts: Facts) -> None:  # noqa: ARG001 - every script takes these
    raise ScriptError("the form is no longer part of the program")


RETIRED = Form("menu", "a form that is no longer there", "", _retired, keeps_draft=False)


@dataclass(frozen=True)
class OpenForm:
    """A conversation on record, ready to be played; `filled_in` (JSON) is what was filled in from earlier ones."""

    id: int
    form: Form
    stage: Stage
    filled_in: str = "{}"


def named(name: str) -> Form:
    """The form of that name; one that can only be left when the program has dropped it since."""
    return FORMS.get(name, RETIRED)


def load(ex: Exchange, conversation: Conversation) -> OpenForm:
    """With the facts of the day on which it was opened."""
    answers = dict(ex.speaker.answers)
    if conversation is not ex.speaker.conversation:
        answers = conversations.answers(ex.work, conversation.id)
    told = json.loads(conversation.facts)
    today = date.fromisoformat(told["today"])
    filled_in = answers.pop(KNOWN, "{}")
    awards = tuple(OnRecord(*each) for each in told.get("awards", ()))
    known = remembering.still_known(filled_in, answers)
    facts = Facts(today, ex.house.policy.on(today), known, told.get("about", {}), awards, ex.house.competencies)
    form = named(conversation.script)
    stage = Stage(form.script, facts, answers, tuple(told.get("given", ())))
    return OpenForm(conversation.id, form, stage, filled_in)


def pinned(facts: Facts, given: Collection[str]) -> str:
    """What must be the same at every replay, as JSON."""
    more = {"about": dict(facts.about), "awards": [astuple(award) for award in facts.awards], "given": list(given)}
    kept = {name: value for name, value in more.items() if value}
    return json.dumps({"today": facts.today.isoformat()} | kept, ensure_ascii=False)
