"""What the documentation shows is what is sent."""

import json
import re

from bot.channels.slack.blocks import blocks, fallback, settled
from bot.channels.slack.channel import AS_IT_IS, MARK
from flows.dialog.speech import Choice, Outbound
from tests.bot.edge import ROOT

PAGE = (ROOT / "docs/how-to/slack.md").read_text(encoding="utf-8")
POST = "In a library, in a position that does not require an MLIS"
SHORT = Outbound("Are you a member of ALA?", (Choice("yes", "Yes"), Choice("no", "No")), 7, "member")
LONG = Outbound(
    "Where do you work now?", (Choice("post", POST), Choice("volunteer", "I volunteer in a library")), 7, "position"
)


def test_the_payloads_shown_are_the_payloads_sent() -> None:
    shown = [json.loads(part) for part in re.findall(r"```json\n(.*?)```", PAGE, re.DOTALL)]
    mark = {"event_type": MARK, "event_payload": {"reference": "00000042-6d1c0f9e2b7a"}}
    assert shown == [
        {"channel": "D0123ABCD", **AS_IT_IS, "text": fallback(SHORT), "blocks": blocks(SHORT), "metadata": mark},
        {"text": fallback(LONG), "blocks": blocks(LONG)},
        settled(blocks(LONG), POST),
    ]
