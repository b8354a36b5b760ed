"""The office and others in a transcript: what they write by mail, and the commands at the office's machine."""

import json
from itertools import count

from bot.app import App
from bot.schedule import STEPS, Ticker
from flows.dialog.speech import Inbound
from flows.program import catalogue, enlisting, moving
from flows.program import webinars as meetings
from handlers import catalogue as approved
from handlers import convening, reporting, roles
from handlers import moving as records
from handlers.accounts import Refusal
from handlers.exchange import Errand
from handlers.review import selecting
from tests.conversations.transcripts import FOLDER, OFFICE, Step

# The weekly report would come with nearly every tick here; it has tests of its own.
TICK = {name: step for name, step in STEPS.items() if step is not reporting.send}
OFFICE_MAIL = "office@lssc.example.org"
NUMBERS = count(1)


async def at_the_office(app: App, step: Step, printed: list[str]) -> None:
    """Somebody writes, or the office runs `lssc tick` or `lssc import KIND FILE`; what a command says goes to `printed`."""
    if step.who == OFFICE or step.mailed_from:
        sender = step.mailed_from or OFFICE_MAIL
        await app.hear(Inbound(f"other-{next(NUMBERS)}", "email", sender, step.said, style="mail"))
    elif step.said == "tick":
        done = await Ticker(app, TICK).tick()
        printed.append(json.dumps({name: number for name, number in done.items() if number}))
    else:
        _, kind, file = step.said.split()
        printed.append(await _imported(app, kind, file))


async def _imported(app: App, kind: str, file: str) -> str:
    table, office = (FOLDER / file).read_text(encoding="utf-8"), roles.at_the_keyboard("office")

    def take(errand: Errand) -> str:
        competencies, today = errand.house.competencies, errand.today
        if kind == "courses":
            taken = approved.take_courses(errand, office, catalogue.read(table, competencies, today))
        elif kind == "people":
            taken = records.take_people(errand, office, moving.people(table, errand.house.policy, today))
        elif kind == "webinars":
            came = convening.take(errand, office, meetings.read(table, today))
            assert not isinstance(came, Refusal), came
            taken = came
        else:
            taken = selecting.enlist(errand, office, enlisting.table(table, competencies, today))
        return f"Taken in: {taken.new}; changed: {taken.more}."

    return await app.errand(take)
