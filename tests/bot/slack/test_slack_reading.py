"""What happens in Slack becomes messages: who said it, where, and in answer to what."""

from typing import Any

import pytest

from bot.channels.slack.reading import command, message, press
from bot.channels.slack.workspace import Workspace, is_foreign, sender
from flows.dialog.speech import Content, Inbound, Pressed

OURS = Workspace("T1", "UBOT", "A1", "CDESK")


def event(**said: Any) -> dict[str, Any]:
    whole = {"type": "message", "channel": "D1", "channel_type": "im", "user": "UANN", "text": "hello", "ts": "1.2"}
    return {"type": "event_callback", "team_id": "T1", "api_app_id": "A1", "event": whole | said}


def in_channel(channel: str = "CGENERAL", **said: Any) -> dict[str, Any]:
    return event(channel=channel, channel_type="channel", **said)


def pressing(value: str, channel: str = "D1", **container: Any) -> dict[str, Any]:
    button = {"action_id": "choice-2", "value": value, "text": {"type": "plain_text", "text": "2"}}
    row = {"block_id": "buttons-0", "elements": [{"action_id": "choice-2", "accessibility_label": "Work out my price"}]}
    return {
        "type": "block_actions", "team": {"id": "T1"}, "api_app_id": "A1", "trigger_id": "7.8", "actions": [button],
        "user": {"id": "UANN", "name": "ann"}, "channel": {"id": channel}, "message": {"blocks": [row]},
        "container": {"type": "message", "message_ts": "1.2", **container},
    }  # fmt: skip


def test_a_direct_message_is_private() -> None:
    assert message(event(text="a &amp; b"), OURS) == Inbound("T1:D1:1.2", "slack", "UANN", "a & b")


def test_an_answer_in_a_private_thread_names_it() -> None:
    found = message(event(thread_ts="1.1"), OURS)
    assert found == Inbound("T1:D1:1.2", "slack", "UANN", "hello", answers="D1:1.1")


def test_a_mention_is_the_same_message_whichever_event_tells_of_it() -> None:
    told = {message(in_channel(text="<@UBOT> fees?", type=kind), OURS) for kind in ("message", "app_mention")}
    assert told == {Inbound("T1:CGENERAL:1.2", "slack", "UANN", "fees?", place="CGENERAL", answers="CGENERAL:1.2")}


def test_a_mention_in_a_thread_is_answered_there() -> None:
    found = message(in_channel(text="<@UBOT> fees?", thread_ts="1.0"), OURS)
    assert found is not None
    assert found.answers == "CGENERAL:1.0"


@pytest.mark.parametrize(
    ("said", "heard"),
    [
        ({"thread_ts": "1.0", "parent_user_id": "UBOT"}, True),
        ({"thread_ts": "1.0"}, True),
        ({"thread_ts": "1.0", "parent_user_id": "UKIM"}, False),
        ({"thread_ts": "1.2", "parent_user_id": "UBOT"}, False),
        ({}, False),
    ],
)
def test_the_desk_may_answer_us_without_calling_us(said: dict[str, str], heard: bool) -> None:
    found = message(in_channel("CDESK", **said), OURS)
    assert (found is not None) == heard
    assert found is None or (found.place, found.answers) == ("CDESK", "CDESK:1.0")
    assert message(in_channel("CGENERAL", **said), OURS) is None


@pytest.mark.parametrize(
    ("kind", "content"),
    [("image/png", "photo"), ("audio/mp4", "voice"), ("video/mp4", "video"), ("application/pdf", "file"), ("", "file")],
)
def test_a_file_says_what_it_is_and_keeps_its_words(kind: str, content: Content) -> None:
    found = message(event(subtype="file_share", files=[{"id": "F1", "mimetype": kind}], text="my letter"), OURS)
    assert found == Inbound("T1:D1:1.2", "slack", "UANN", "my letter", content=content)


def edited(new: dict[str, Any], old: str = "hello") -> dict[str, Any]:
    whole = {"user": "UANN", "text": "hello!", "ts": "1.2", "edited": {"user": "UANN", "ts": "1.9"}} | new
    previous = {"user": "UANN", "text": old, "ts": "1.2"}
    return event(subtype="message_changed", message=whole, previous_message=previous, text="", user=None, ts="1.9")


def test_an_edit_is_heard_as_one() -> None:
    assert message(edited({}), OURS) == Inbound("T1:D1:1.2:1.9", "slack", "UANN", "hello!", content="edit")


@pytest.mark.parametrize(
    "new",
    [{"edited": None}, {"text": "hello"}, {"bot_id": "B1"}, {"user": "UBOT"}],
    ids=["preview", "same", "bot", "us"],
)
def test_what_is_no_edit_of_a_person_is_not_heard(new: dict[str, Any]) -> None:
    assert message(edited(new), OURS) is None


@pytest.mark.parametrize(
    "said",
    [
        {"bot_id": "B9"}, {"user": "UBOT"}, {"user": "USLACKBOT"}, {"user": ""}, {"user": "ann; drop"}, {"ts": ""},
        {"channel": "", "channel_type": ""}, {"subtype": "channel_join"}, {"subtype": "message_deleted"},
        {"subtype": "bot_message"}, {"type": "reaction_added"},
    ],
    ids=str,
)  # fmt: skip
def test_what_no_person_wrote_to_us_is_not_heard(said: dict[str, str]) -> None:
    assert message(event(**said), OURS) is None


def test_a_press_in_private_answers_its_question() -> None:
    assert press(pressing('[3,"diploma","yes"]')) == Inbound(
        "press:7.8", "slack", "UANN", "Work out my price", Pressed(3, "diploma", "yes"), name="ann"
    )


@pytest.mark.parametrize(("container", "thread"), [({}, "1.2"), ({"thread_ts": "1.0"}, "1.0")])
def test_a_press_in_a_place_says_where(container: dict[str, str], thread: str) -> None:
    found = press(pressing('[0,"item:17","accept"]', "CDESK", **container))
    assert found is not None
    assert (found.place, found.answers, found.pressed) == ("CDESK", f"CDESK:{thread}", Pressed(0, "item:17", "accept"))


def test_a_press_that_leads_away_from_a_place_is_private() -> None:
    found = press(pressing('[0,"","private:status"]', "CGENERAL"))
    assert found is not None
    assert (found.address, found.place, found.answers) == ("UANN", "", "")


def test_a_press_without_anybody_is_nothing() -> None:
    assert press({**pressing("[]"), "user": {}}) is None
    assert press({**pressing("[]"), "trigger_id": ""}) is None
    assert press({**pressing("[]"), "actions": []}) is None


@pytest.mark.parametrize(
    ("text", "heard"),
    [("", "/menu"), (" apply ", "/apply"), ("/apply", "/apply"), ("change name", "/change name"),
     ("what does it cost?", "what does it cost?"), ("&lt;b&gt;", "<b>")],
)  # fmt: skip
def test_a_command_is_private_wherever_it_is_sent(text: str, heard: str) -> None:
    sent = {
        "command": "/lssc",
        "text": text,
        "user_id": "UANN",
        "user_name": "ann",
        "trigger_id": "7.8",
        "channel_id": "C1",
    }
    assert command(sent) == Inbound("command:7.8", "slack", "UANN", heard, name="ann")
    assert command({**sent, "user_id": ""}) is None


@pytest.mark.parametrize(
    ("payload", "user"),
    [(event(), "UANN"), (edited({}), "UANN"), (pressing(""), "UANN"), ({"user_id": "UANN"}, "UANN"), ({}, "")],
)
def test_who_did_it_is_known_before_anything_else(payload: dict[str, Any], user: str) -> None:
    assert sender(payload) == user


def test_in_a_shared_channel_the_workspace_counts_that_the_event_is_for() -> None:
    shared = {**event(), "team_id": "TOTHER", "authorizations": [{"team_id": "T1"}]}
    assert not is_foreign(shared, OURS)
    assert is_foreign({**event(), "authorizations": [{"team_id": "TOTHER"}]}, OURS)
    assert not is_foreign(event(), Workspace("T1", "UBOT"))
