"""What is typed at the keyboard."""

import asyncio

from prompt_toolkit import PromptSession
from prompt_toolkit.application import create_app_session
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput

from bot.channels.screen import _keys


def typed(keys: str) -> str:
    """The message that these keys make."""

    async def scene() -> str:
        with create_pipe_input() as pipe, create_app_session(input=pipe, output=DummyOutput()):
            session: PromptSession[str] = PromptSession(key_bindings=_keys(), multiline=True)
            pipe.send_text(keys)
            return await session.prompt_async("> ")

    return asyncio.run(scene())


def test_enter_sends() -> None:
    assert typed("hello\r") == "hello"


def test_a_pasted_text_of_several_lines_is_one_message() -> None:
    assert typed("\x1b[200~one\ntwo\nthree\x1b[201~\r") == "one\ntwo\nthree"


def test_alt_enter_begins_a_new_line() -> None:
    assert typed("one\x1b\rtwo\r") == "one\ntwo"
