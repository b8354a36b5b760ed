"""What a look at a link found, in a word and in a kind sentence.

Exception
└── Unreached    the page was not reached; carries what is to be said
"""

from dataclasses import dataclass
from typing import Literal

State = Literal["live", "dead", "login", "private share", "refused", "unsure"]

MISSING = "The site says that this page does not exist (any more); please look for its new address and send that."
NO_HOST = "There is no site of that name; please look for a typing mistake, or send another link."
CLOSED = "The site does not answer at that address; please open the link yourself and send the address that works."
NOT_SECURE = (
    "The site's security certificate is not valid, so browsers warn before they open it; "
    "please tell whoever keeps the site, or send a copy that is kept elsewhere."
)
SIGN_IN = (
    "That page asks for a sign-in, so your evaluators would not see it; "
    "please share it so that everybody with the link can open it, or send another link."
)
FORBIDDEN = (
    "The site does not let everybody see that page; please open it in a private window of your browser, "
    "where you are not signed in, and share it so that it opens there too."
)
PRIVATE = (
    "That link leads into a private network, where nobody else can open it; please send one that works everywhere."
)
ELSEWHERE = "That link leads on to an address that I do not open; please send the address of the page itself."
PORT = "That link names an unusual port, which I do not open; please send an address that begins with https:// alone."
AROUND = (
    "That link is passed on again and again, and I could not follow it to its end; "
    "please open it and send the address that your browser shows then."
)
BUSY = "The site is busy or out of order at the moment; that is not your mistake, and I will look again."
SLOW = "The site took too long to answer; that is not your mistake, and I will look again."
ODD = "I could not read the site's answer; that is not your mistake, and I will look again."
NO_ROBOTS = "The site does not let automatic checks in, so I cannot tell; if the link opens for you, that is enough."


@dataclass(frozen=True)
class Checked:
    """`reason` is for the candidate, empty when live; `final` is where the link ended; `unsure` needs another try."""

    state: State
    reason: str = ""
    final: str = ""
    title: str = ""


class Unreached(Exception):
    """The page was not reached; carries what is to be said."""

    def __init__(self, state: State, reason: str) -> None:
        super().__init__(state)
        self.state, self.reason = state, reason
