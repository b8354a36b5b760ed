"""Writes what happens, one line each, without a word of what people say and without a secret."""

import logging
import re
import sys
from collections.abc import Callable, Mapping
from dataclasses import fields
from pathlib import Path
from types import TracebackType
from typing import Any, TextIO
from urllib.parse import unquote, urlsplit

import structlog

from bot.settings import Settings

OURS = "lssc"
PRIVATE = {"text", "body", "token", "secret", "password", "words", "answer", "caption", "payload"}
SHORTEST = 4  # characters of a secret that is looked for; shorter ones would blot out half of every line
DEEPEST = 6  # places in the program that a fault is told with
LONGEST = 120
ENDS = ":({[<'\"\n"  # where a library's own words stop and its data begin
CODE = re.compile(r"[a-z0-9_]{1,40}")
ROOT = Path(__file__).resolve().parents[1]


def configure(settings: Settings, stream: TextIO | None = None) -> logging.Handler:
    """Everything that is logged anywhere in the process goes to `stream` (standard error by default) from now on.

    JSON, or for eyes when it is a terminal. Of libraries only warnings are told, without the data in them.
    """
    stream = stream or sys.stderr
    handler = logging.StreamHandler(stream)
    handler.setFormatter(formatter(secrets(settings), for_eyes=stream.isatty()))
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)
    logging.getLogger(OURS).setLevel(logging.INFO)
    logging.captureWarnings(True)
    return handler


def formatter(hidden: tuple[str, ...], *, for_eyes: bool) -> logging.Formatter:
    """The way of every line; `hidden` are values that never appear."""
    renderer: Any = structlog.processors.JSONRenderer(ensure_ascii=False)
    if for_eyes:
        plain = structlog.dev.plain_traceback
        renderer = structlog.dev.ConsoleRenderer(timestamp_key="time", exception_formatter=plain)
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[structlog.stdlib.ExtraAdder(), naming(hidden)],
        processors=[
            structlog.stdlib.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True, key="time"),
            _fault,
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            masking(hidden),
            renderer,
        ],
        use_get_message=False,
        pass_foreign_args=True,
    )


def secrets(settings: Settings) -> tuple[str, ...]:
    """The values that must never be seen: secret settings, and the passwords within addresses; longest first."""
    found: set[str] = set()
    for each in fields(settings):
        value = getattr(settings, each.name)
        if not each.repr and isinstance(value, str):
            password = urlsplit(value).password
            found |= {password, unquote(password)} if password else set()
            if not _is_plain_address(value):
                found.add(value)
    return tuple(sorted((each for each in found if len(each) >= SHORTEST), key=len, reverse=True))


def masking(hidden: tuple[str, ...]) -> Callable[[Any, str, Any], dict[str, Any]]:
    """Drops fields that hold what is private, and blots secrets out of all others."""

    def mask(value: Any) -> Any:
        if isinstance(value, Mapping):
            return {str(key): mask(each) for key, each in value.items() if not PRIVATE & set(str(key).split("_"))}
        if isinstance(value, list | tuple | set | frozenset):
            return [mask(each) for each in value]
        if isinstance(value, BaseException):
            return type(value).__name__
        if value is None or isinstance(value, bool | int | float):
            return value
        return blotted(str(value), hidden)

    def masked(_logger: Any, _method: str, event: Any) -> dict[str, Any]:
        kept: dict[str, Any] = mask(event)
        return kept

    return masked


def blotted(told: str, hidden: tuple[str, ...]) -> str:
    for secret in hidden:
        told = told.replace(secret, "***")
    return told


def naming(hidden: tuple[str, ...]) -> Callable[[Any, str, Any], Any]:
    """Tells who says it: our own words with their numbers; of a library only the words before any data."""

    def named(_logger: Any, _method: str, event: Any) -> Any:
        record, given = event["_record"], event.pop("positional_args", None) or ()
        event["logger"] = record.name
        if record.name == OURS or record.name.startswith(f"{OURS}."):
            event["event"] = _filled(event["event"], given)
        else:
            event["event"] = _beginning(blotted(event["event"], hidden))
            event["at"] = f"{record.module}:{record.lineno}"
        return event

    return named


def _beginning(told: str) -> str:
    end = min((place for each in ENDS if (place := told.find(each)) >= 0), default=len(told))
    return told[: min(end, LONGEST)].strip() or "something"


def _is_plain_address(value: str) -> bool:
    """A database file or a server without a password may be told."""
    return "://" in value and urlsplit(value).password is None


def _filled(template: str, given: Any) -> str:
    """An exception is told by its kind alone: its words may repeat those of a message."""
    if not isinstance(given, tuple):  # one mapping, as `logging` allows
        return str(template % given)
    return template % tuple(_kind(one) if isinstance(one, BaseException) else one for one in given)


def _kind(error: BaseException) -> str:
    code = getattr(error, "code", None)  # a vendor's own word for why, such as `not_in_channel`
    return type(error).__name__ + (f": {code}" if isinstance(code, str) and CODE.fullmatch(code) else "")


def _fault(_logger: Any, _method: str, event: Any) -> Any:
    """What failed and where in the program, without the words of the exception."""
    raised = event.pop("exc_info", None)
    event.pop("stack_info", None)
    if raised and raised[1] is not None:
        event["fault"] = _told(raised[1])
    return event


def _told(error: BaseException) -> str:
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    own = f"{type(error).__name__} ({', '.join(_places(error.__traceback__))})"
    return f"{own} because of {_told(cause)}" if cause else own


def _places(trace: TracebackType | None) -> list[str]:
    found = []
    while trace is not None:
        code = trace.tb_frame.f_code
        path = Path(code.co_filename)
        shown = path.relative_to(ROOT) if path.is_relative_to(ROOT) else Path(path.parent.name) / path.name
        found.append(f"{shown}:{trace.tb_lineno} {code.co_name}")
        trace = trace.tb_next
    return found[-DEEPEST:]
