"""Which words are a command, and which only begin like one."""

import pytest

from handlers import commands


@pytest.mark.parametrize(
    ("words", "command"),
    [
        ("ok apply", ("apply", "")),
        ("Okay, help!", ("help", "")),
        ("so then where is my application?", ("status", "")),
        ("well please stop sending me mails", ("stop", "")),
        ("ok change name", ("change", "name")),
        ("how far am i?", ("progress", "")),
        ("fewer pls", ("fewer", "")),
        ("pls stop webinars", ("stop kind", "webinars")),
        ("no reminders til Monday", ("snooze", "til monday")),
        ("completed F-QWERTY on 3 May 2026", ("completed", "f-qwerty on 3 may 2026")),  # a form's code without digits
        ("completed all my sets", None),
        ("please", None),
        ("ok", None),
        ("so what now", None),
        ("right now I apply for jobs elsewhere", None),
        ("ok " * 60 + "apply", ("apply", "")),
    ],
)
def test_a_talk_may_lead_up_to_a_command(words: str, command: tuple[str, str] | None) -> None:
    assert commands.find(words) == command


@pytest.mark.parametrize(
    ("words", "command"),
    [
        ("add I taught two workshops in May", ("add", "i taught two workshops in may")),
        ("add: me and a colleague built the new catalog", ("add", "me and a colleague built the new catalog")),
        ("add to my record https://example.org/talk", ("add", "https://example.org/talk")),
        ("add me to the list", None),
        ("add my name to the mailing list please", None),
        ("add us to your newsletter", None),
        ("Add somebody from my library to the cohort group", None),
        ("add another mail address", None),
        ("add this to my narrative about shelving", None),
    ],
)
def test_what_is_added_to_a_record_is_told_from_other_wishes(words: str, command: tuple[str, str] | None) -> None:
    assert commands.find(words) == command
