"""One connection to our mailbox: what lies in it, the content of one mail, its way into a folder, and news.

Everything here waits for the server, and so belongs on a thread; one at a time, but for `hang_up`.

Exception
└── MailUnreadable    the server does not give this one mail
"""

import imaplib
import re
import select
import socket
import ssl
from collections.abc import Callable
from contextlib import suppress
from threading import Event

from imap_tools import BaseMailBox
from imap_tools.utils import encode_folder

from bot import clock
from bot.channels.email.imap_entrance import MailboxLost, connected, or_lost, sign_in, words
from bot.channels.email.mailbox import Mailbox
from bot.channels.email.taking import LARGEST
from bot.trouble import CommandError

SLICE = 0.5  # seconds after which somebody who waits for news looks whether it is to stop
UID = re.compile(rb"\bUID (\d+)")
PERSONAL = re.compile(rb'^\(\("((?:[^"\\]|\\.)*)"')  # where a user's own folders are (RFC 2342)
READ_ONLY = "{host} lets us only read {folder}: allow this user to change it"
NOT_OPEN = "{host} does not open the folder {folder} of LSSC_IMAP_URL: {told}"


class MailUnreadable(Exception):
    """The server does not give this one mail."""


class ImapSession:
    """`trust` stands for the usual authorities; `patience` is in seconds, for one answer."""

    def __init__(self, mailbox: Mailbox, trust: ssl.SSLContext | None = None, patience: float = 30.0) -> None:
        self._mailbox, self._trust, self._patience = mailbox, trust, patience
        self._box: BaseMailBox | None = None
        self._dropped = False
        self._can: frozenset[str] = frozenset()
        self._prefix = ""
        self.validity = 0

    @property
    def idles(self) -> bool:
        """Whether the server reports new mail by itself."""
        return "IDLE" in self._can

    def open(self) -> int:
        """Connects, signs in and opens the folder; how many mails lie in it.

        Raises CommandError for what only the operator can mend, MailboxLost for what may pass.
        """
        with or_lost():
            self._box = connected(self._mailbox, self._trust, self._patience)
            if self._dropped:
                self.release()
                raise MailboxLost("nobody waits for it any more")
            sign_in(self._box, self._mailbox)
            # What a server can do is told anew once it knows us, and imaplib does not ask for it.
            self._can = frozenset(self._client.capability()[1][0].decode("ascii", "replace").upper().split())
            self._prefix = self._found_prefix() if "NAMESPACE" in self._can else ""
            return self._select()

    def listed(self, first: int) -> list[int]:
        """The UIDs from this one on that nobody deleted, in the order in which the mails came."""
        with or_lost():
            self._client.noop()  # or the server may go by what it told us last
            self._client.untagged_responses.clear()  # what it tells from now on is news
            state, found = self._client.uid("FETCH", f"{first}:*", "(UID FLAGS)")
            if state != "OK":
                raise MailboxLost("the mails cannot be listed")
            uids = {uid for each in found if isinstance(each, bytes) and (uid := _read(each)) is not None}
            return sorted(uid for uid in uids if uid >= first)  # "7:*" holds the last mail, also when it is before 7

    def content(self, uid: int) -> bytes | None:
        """The first LARGEST bytes of a mail, which stays unseen; None when it is gone. Raises MailUnreadable."""
        with or_lost():
            try:
                state, found = self._client.uid("FETCH", str(uid), f"(BODY.PEEK[]<0.{LARGEST}>)")
            except imaplib.IMAP4.abort:
                raise
            except imaplib.IMAP4.error as error:
                raise MailUnreadable(words(error)) from error
            if state != "OK":
                raise MailUnreadable(words(found))
            return next((each[1] for each in found if isinstance(each, tuple)), None)

    def move(self, uid: int, folder: str) -> bool:
        """Whether the mail is in the folder now, which is made when it is missing."""
        with or_lost():
            name = _spelled(self._prefix + folder)
            return self._moved(str(uid), name) or (self._made(name) and self._moved(str(uid), name))

    def news(self, seconds: float, stopped: Event) -> None:
        """Waits until the server says anything, so many seconds at most (IDLE, RFC 2177)."""
        with or_lost():
            client = self._client
            if "EXISTS" in client.untagged_responses:  # told beside another answer, and so not told again
                return
            tag, told, end = client._command("IDLE"), False, clock.seconds() + seconds
            while client._get_response():  # until it lets us wait; what comes before is news already
                if client.tagged_commands[tag]:
                    self._can -= {"IDLE"}
                    return
                told = True
            while not told and not stopped.is_set() and (left := end - clock.seconds()) > 0:
                told = self._says_something(min(left, SLICE))
            client.send(b"DONE\r\n")
            self._opened.consume_until_tagged_response(tag)

    def close(self) -> None:
        """Takes leave."""
        with or_lost():
            self._client.logout()

    def hang_up(self) -> None:
        """Ends the connection without a word, from any thread; whoever waits for an answer gets MailboxLost."""
        self._dropped = True
        if self._box is not None:
            with suppress(OSError):  # it is gone already
                # Not the method of an encrypted socket, which takes its encryption away under who is reading.
                socket.socket.shutdown(self._box.client.sock, socket.SHUT_RDWR)

    def release(self) -> None:
        """Gives the socket back, after `close` or `hang_up`."""
        if self._box is not None:
            with suppress(OSError):  # it is gone already
                self._box.client.shutdown()

    @property
    def _opened(self) -> BaseMailBox:
        if self._box is None:
            raise MailboxLost("not connected")
        return self._box

    @property
    def _client(self) -> imaplib.IMAP4:
        return self._opened.client

    def _found_prefix(self) -> str:
        state, found = self._client.namespace()
        match = PERSONAL.match(found[0]) if state == "OK" and isinstance(found[0], bytes) else None
        return match[1].decode("ascii", "replace").replace("\\", "") if match else ""

    def _select(self) -> int:
        folder = self._mailbox.folder
        try:
            state, found = self._client.select(_spelled(folder))
        except imaplib.IMAP4.readonly:
            raise CommandError(
                f"{self._mailbox.host} lets us only read {folder}: allow this user to change it"
            ) from None
        if state != "OK":
            raise CommandError(NOT_OPEN.format(host=self._mailbox.host, folder=folder, told=words(found)))
        told = self._client.response("UIDVALIDITY")[1][0]
        self.validity = int(told) if told and told.isdigit() else 0
        return int(found[0] or 0)

    def _moved(self, uid: str, name: str) -> bool:
        if "MOVE" in self._can:
            return self._done("MOVE", uid, name)
        if not self._done("COPY", uid, name) or not self._done("STORE", uid, "+FLAGS.SILENT", "(\\Deleted)"):
            return False
        # A plain EXPUNGE would take away what others have marked too; without UIDPLUS the mark must do.
        return "UIDPLUS" not in self._can or self._done("EXPUNGE", uid)

    def _made(self, name: str) -> bool:
        state, _ = self._client.create(name)
        self._client.subscribe(name)  # mail programs show only these
        return state == "OK"

    def _done(self, command: str, *args: str) -> bool:
        return _agreed(lambda: self._client.uid(command, *args)[0] == "OK")

    def _says_something(self, seconds: float) -> bool:
        """Whether there is anything to be read, for which we wait so long: from the network, or read ahead of it."""
        sock = self._client.sock
        sock.settimeout(0)
        try:
            if self._client.file.peek(1):  # type: ignore[union-attr]
                return True
        except (BlockingIOError, ssl.SSLWantReadError):
            pass  # nothing yet
        finally:
            sock.settimeout(self._patience)
        poll = select.poll()
        poll.register(sock.fileno(), select.POLLIN)
        return bool(poll.poll(seconds * 1000))  # also when the connection ended: the next word to it will tell


def _spelled(folder: str) -> str:
    """A folder's name as IMAP writes it: in quotation marks, and in its own UTF-7."""
    return encode_folder(folder).decode("ascii")


def _agreed(ask: Callable[[], bool]) -> bool:
    try:
        return ask()
    except imaplib.IMAP4.abort:
        raise
    except imaplib.IMAP4.error:
        return False


def _read(line: bytes) -> int | None:
    found = UID.search(line)
    return None if found is None or rb"\Deleted" in line else int(found[1])
