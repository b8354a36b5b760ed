"""What a candidate can do with their record at any time, also in the middle of a form: each command by its word."""

from collections.abc import Callable, Mapping

from handlers import placing
from handlers.exchange import Exchange, Reply

# Each takes the words after the command, and gives None where they are none of its own.
RUN: Mapping[str, Callable[[Exchange, str], Reply | None]] = {
    "evidence": placing.show,
    "remove": placing.remove,
}
