"""The office in a transcript: what it writes by mail, and the commands at its machine."""

import json
from itertools import count

from bot.app import App
from bot.schedule import Ticker
from flows.dialog.speech import Inbound
from flows.program import catalogue
from handlers import catalogue as approved
from handlers import roles
from handlers.exchange import Errand
from tests.conversations.transcripts import FOLDER, OFFICE, Step

OFFICE_MAIL = "office@lssc.example.org"
NUMBERS = count(1)


async def at_the_office(app: App, step: Step, printed: list[str]) -> None:
    """The office writes, or runs `lssc tick` or `lssc import courses FILE`; what a command says is added to `printed`."""
    if step.who == OFFICE:
        await app.hear(Inbound(f"office-{next(NUMBERS)}", "email", OFFICE_MAIL, step.said, style="mail"))
    elif step.said == "tick":
        done = await Ticker(app).tick()
        printed.append(json.dumps({name: number for name, number in done.items() if number}))
    else:
        printed.append(await _courses(app, step.said.removeprefix("import courses ")))


async def _courses(app: App, file: str) -> str:
    table = (FOLDER / file).read_text(encoding="utf-8")

    def take(errand: Errand) -> str:
        read = catalogue.read(table, errand.house.competencies, errand.today)
        taken = approved.take_courses(errand, roles.at_the_keyboard("office"), read)
        return f"Taken in: {taken.new}; changed: {taken.more}."

    return await app.errand(take)
