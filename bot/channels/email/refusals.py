"""What it means when a mail cannot be made or a mail server does not take it: the person's trouble, or our own."""

import logging
import re
from datetime import datetime
from pathlib import Path
from typing import Literal

from bot.channels.channel import DeliveryError
from bot.channels.email.composing.addresses import NoAddress
from bot.channels.email.composing.letterhead import Letterhead
from bot.channels.email.composing.mail import Mail, compose
from flows.dialog.speech import Outbound

log = logging.getLogger("lssc.email")

Step = Literal["sender", "recipient", "content"]

CLOSING = 421  # the server ends the connection; it takes the mail on another one
TOO_LARGE = 552
UNKNOWN_COMMANDS = (500, 502, 503, 504, 530, 534, 535, 538)  # what these refuse is never the recipient
STATUS = re.compile(r"\s*([245]\.[0-9]{1,3}\.[0-9]{1,3})\b")  # RFC 3463
OF_THE_SENDER = ("5.1.7", "5.1.8")
OF_OURS = ("5.3.5", "5.5.", "5.6.7", "5.7.")  # a server set up wrongly, a command it does not know, our rights there
PAUSE = 60.0  # seconds that a server which refuses us is left alone


def composed(letterhead: Letterhead, address: str, message: Outbound, reference: str, now: datetime) -> Mail:
    """The mail. Raises DeliveryError: for good when the address is none, for now when the key cannot be read."""
    try:
        return compose(letterhead, address, message, reference, now)
    except NoAddress as error:
        raise DeliveryError(str(error), permanent=True) from error
    except OSError as error:
        raise unwritten(Path(str(error.filename or "the key")), error) from error


def unwritten(path: Path, error: OSError) -> DeliveryError:
    """A file that cannot be written or read is tried again later."""
    return DeliveryError(f"{path}: {error.strerror}", permanent=False)


def refused(step: Step, code: int, words: str) -> DeliveryError:
    """What a mail server's refusal at this step means.

    4xx is tried again. 5xx is for good when it is about the recipient or this one mail. A refusal of ourselves (our
    sender, our rights, our user name) says nothing about the person: it is logged, and tried again.
    """
    told = f"the mail server refuses the {step}: {code} {' '.join(words.split())[:300]}"
    if code < 500:
        return DeliveryError(told, permanent=False)
    if not is_ours(step, code, words):
        return DeliveryError(told, permanent=True)
    log.error("the mail server refuses us at the %s: %d %s; `lssc doctor` looks into it", step, code, status(words))
    if step == "sender":
        return DeliveryError(told, permanent=False, retry_after=PAUSE, by_vendor=True)
    return DeliveryError(told, permanent=False, retry_after=PAUSE)


def is_ours(step: Step, code: int, words: str) -> bool:
    """Whether a 5xx is about us. Many servers tell only at the recipient what they hold against the sender."""
    known = status(words)
    if code == TOO_LARGE:
        return False
    return step == "sender" or code in UNKNOWN_COMMANDS or known in OF_THE_SENDER or known.startswith(OF_OURS)


def status(words: str) -> str:
    """The enhanced status code that an answer begins with, "" when it has none."""
    found = STATUS.match(words)
    return found[1] if found else ""
