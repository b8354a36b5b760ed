"""What the documentation shows is what travels to Telegram, and what people see there."""

import json
import re
from typing import Any

from flows.dialog.speech import Choice, Outbound
from tests.bot.edge import ROOT
from tests.bot.telegram.talk import House, Talk, played
from tests.bot.telegram.test_sending import sent
from tests.bot.telegram.test_talking import posted
from tests.vendors.telegram import Shown, Telegram

PAGE = (ROOT / "docs/how-to/telegram.md").read_text(encoding="utf-8")
POST = "In a library, in a position that does not require an MLIS"
SHORT = Outbound("Are you a member of ALA?", (Choice("yes", "Yes"), Choice("no", "No")), 7, "member")
LONG = Outbound(
    "Where do you work now?", (Choice("post", POST), Choice("volunteer", "I volunteer in a library")), 7, "position"
)
ODD = Outbound("You wrote: <b>5 & 6</b>\nSend `cancel` to leave.")
AWAY = Outbound(
    "That is between you and me, so let us do it in private.",
    (Choice("private:apply", "Write to me in private"),),
    answers="11",
)


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)\n```", PAGE, re.DOTALL)


def travelled(telegram: Telegram) -> dict[str, Any]:
    """The request as it came in, with what it held as JSON read."""
    (call,) = telegram.methods("sendMessage")
    return {
        name: json.loads(value) if isinstance(value, str) and value[:1] in "{[" else value
        for name, value in call.items()
    }


def seen(shown: Shown) -> str:
    rows = [" ".join(f"[ {each['text']} ]" for each in row) for row in shown.rows]
    return "\n".join([shown.text, *rows])


def test_the_payloads_shown_are_the_payloads_sent() -> None:
    messages = [(SHORT, 77), (LONG, 77), (ODD, 77), (AWAY, -100500)]
    assert [json.loads(each) for each in blocks("json")] == [travelled(sent(each, to=to)) for each, to in messages]


def test_the_messages_shown_are_what_people_see() -> None:
    assert blocks("text")[:2] == [seen(sent(each).shown[0]) for each in (SHORT, LONG)]


def test_a_pressed_message_is_shown_as_it_becomes(house: House) -> None:
    async def scene(talk: Talk) -> str:
        await talk.says("menu")
        await posted(talk, LONG)
        asked = talk.telegram.shown[-1]
        await talk.done(await talk.ann.presses(asked, POST))
        return seen(asked)

    assert blocks("text")[2] == played(house, scene)
