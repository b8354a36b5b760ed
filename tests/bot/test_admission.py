"""From the first question to the admission, with the service as one real process between Telegram and Slack."""

import asyncio
from pathlib import Path

from tests.bot.admission_play import playing
from tests.bot.admission_story import read

STORY = Path(__file__).with_name("admission.txt")
AWARDS = """giver,state,award,number,contact
Illinois State Library,Illinois,50%,2,grants@library.example.org
Texas State Library,Texas,$100,5,
"""


def test_an_applicant_in_telegram_is_admitted_by_an_office_in_slack(tmp_path: Path, database_url: str) -> None:
    (tmp_path / "awards.csv").write_text(AWARDS, encoding="utf-8")
    now, steps = read(STORY)

    async def whole() -> list[tuple[str, str]]:
        async with playing(tmp_path, database_url, now) as play:
            await play.run(steps)
            refused = [
                each for each in play.telegram.refusals if each[0] != "getUpdates"
            ]  # by the poll that was cut off
            assert play.slack.injected == play.slack.refused == refused == []
            return play.audit()

    audit = asyncio.run(whole())
    application = next(subject for _, action, subject in audit if action == "submitted")
    assert [
        (action, subject.replace(application, "application")) for _, action, subject in audit if action != "proved"
    ] == [
        ("award added", "award 1"),
        ("award added", "award 2"),
        ("submitted", "application"),
        ("answered", "desk item 1"),
        ("answered", "desk item 1"),
        ("award reserved", "application"),
        ("payment recorded", "application"),
        ("payment recorded", "application"),
        ("accepted", "application"),
        ("admitted", "application"),
    ]
    assert [action for _, action, _ in audit].count("proved") == 1
    assert {actor for actor, action, _ in audit if action in ("award reserved", "answered")} == {"Kim Example"}
    assert {actor for actor, action, _ in audit if action == "admitted"} < {"Kim Example", "Lee Example"}
