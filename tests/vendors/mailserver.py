"""Postfix and Dovecot on loopback, from the Debian packages where they are installed; as root only."""

import imaplib
import json
import os
import pwd
import shutil
import signal
import smtplib
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path
from urllib.parse import quote

SBIN = Path("/usr/sbin")
NEEDED = (SBIN / "postfix", SBIN / "dovecot", Path("/usr/lib/dovecot/imap"), Path("/usr/lib/dovecot/lmtp"))
HOW = "apt install postfix dovecot-imapd dovecot-lmtpd"
BOX, DIRECT = "box.test", "direct.test"  # domains: the one's mail lies in Dovecot, the other's is handed to us
PASSWORD = "p@ss:w/rd"

MASTER = """
127.0.0.1:{smtp} inet n - n - - smtpd
127.0.0.1:{tls} inet n - n - - smtpd
  -o smtpd_tls_security_level=encrypt
tlsmgr unix - - n 1000? 1 tlsmgr
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
proxymap unix - - n - - proxymap
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
lmtp unix - - n - - lmtp
error unix - - n - - error
retry unix - - n - - error
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
"""
MAIN = """
compatibility_level = 3.6
queue_directory = {folder}/queue
data_directory = {folder}/data
maillog_file = {folder}/postfix.log
maillog_file_prefixes = {folder}
myhostname = mail.{box}
mydestination =
alias_maps =
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
mynetworks = 127.0.0.0/8
smtpd_recipient_restrictions = check_recipient_access texthash:{folder}/access, permit_mynetworks, reject
smtpd_tls_cert_file = {folder}/certificate.pem
smtpd_tls_key_file = {folder}/key.pem
recipient_delimiter = +
virtual_mailbox_domains = {box}
virtual_mailbox_maps = static:all
virtual_transport = lmtp:inet:127.0.0.1:{dovecot}
relay_domains = {direct}
relay_transport = lmtp:inet:127.0.0.1:{ours}
default_transport = error:there is no world around this test
smtp_dns_support_level = disabled
queue_run_delay = 1s
minimal_backoff_time = 1s
maximal_backoff_time = 2s
service_throttle_time = 1s
lmtp_connect_timeout = 2s
message_size_limit = 60000000
mailbox_size_limit = 0
virtual_mailbox_limit = 0
"""
DOVECOT = """
base_dir = {folder}/dovecot
log_path = {folder}/dovecot.log
protocols = imap lmtp
listen = 127.0.0.1
disable_plaintext_auth = no
ssl = yes
ssl_cert = <{folder}/certificate.pem
ssl_key = <{folder}/key.pem
mail_location = maildir:{folder}/mail/%u
first_valid_uid = 1
auth_username_format = %Ln
auth_failure_delay = 0
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid=nobody gid=nogroup home={folder}/mail/%u allow_all_users=yes
}}
namespace inbox {{
  inbox = yes
}}
service imap-login {{
  inet_listener imap {{
    port = {imap}
  }}
  inet_listener imaps {{
    port = {imaps}
    ssl = yes
  }}
}}
service lmtp {{
  inet_listener lmtp {{
    port = {dovecot}
  }}
}}
recipient_delimiter = +
"""


def absent() -> str:
    """Why this cannot run here; empty when it can."""
    missing = [str(path) for path in NEEDED if not path.exists()]
    if missing:
        return f"Postfix and Dovecot: {', '.join(missing)} not here, the tests with them did not run ({HOW})"
    return "" if os.getuid() == 0 else "Postfix and Dovecot: only root can start them, the tests with them did not run"


@dataclass
class MailServer:
    """`ours` is where Postfix hands in what comes for DIRECT; at `tls` it takes nothing without STARTTLS."""

    folder: Path
    smtp: int
    imap: int
    imaps: int
    dovecot: int
    ours: int
    tls: int
    process: "subprocess.Popen[bytes] | None" = None

    def url(self, user: str, scheme: str = "imap", rest: str = "/INBOX") -> str:
        port = self.imaps if scheme == "imaps" else self.imap
        return f"{scheme}://{user}%40{BOX}:{quote(PASSWORD, safe='')}@localhost:{port}{rest}"

    @property
    def certificate(self) -> Path:
        return self.folder / "certificate.pem"

    def send(self, mail: EmailMessage, *recipients: str, sender: str = f"ann@{BOX}") -> None:
        """Postfix takes it; it arrives later."""
        with smtplib.SMTP("127.0.0.1", self.smtp, timeout=10) as server:
            server.send_message(mail, sender, recipients)

    @contextmanager
    def opened(self, user: str, folder: str = "INBOX") -> Iterator[imaplib.IMAP4]:
        """Another client of the same mailbox."""
        with imaplib.IMAP4("127.0.0.1", self.imap, timeout=10) as client:
            client.login(f"{user}@{BOX}", PASSWORD)
            client.select(folder)
            yield client

    def lies(self, user: str, folder: str = "INBOX") -> list[str]:
        """The subjects of the mails in a folder; none where there is no such folder."""
        with imaplib.IMAP4("127.0.0.1", self.imap, timeout=10) as client:
            client.login(f"{user}@{BOX}", PASSWORD)
            if client.select(folder, readonly=True)[0] != "OK":
                return []
            found = client.uid("FETCH", "1:*", "(BODY.PEEK[HEADER.FIELDS (SUBJECT)])")[1]
            return [each[1].decode().removeprefix("Subject:").strip() for each in found if isinstance(each, tuple)]

    def queue(self) -> list[str]:
        """Whom Postfix still has mail for."""
        told = subprocess.run(
            [SBIN / "postqueue", "-c", self.folder / "postfix", "-j"], capture_output=True, timeout=20
        )
        mails = [json.loads(line) for line in told.stdout.decode().splitlines()]
        return [each["address"] for found in mails for each in found["recipients"]]

    def refuses(self, **answers: str) -> None:
        """From now on Postfix answers so to these recipients (in BOX, by their names) and to nobody else.

        Connections that are open are dropped, because they would go on as before. A process dropped before its
        first answer looks broken to Postfix, which then starts none for `service_throttle_time` (a minute, unless set).
        """
        lines = "".join(f"{name}@{BOX} {answer}\n" for name, answer in answers.items())
        (self.folder / "access").write_text(lines)
        _postfix(self, "reload")
        subprocess.run(["/usr/bin/pkill", "-f", f"^smtpd -n 127.0.0.1:{self.smtp}"], check=False)

    def mails(self, user: str) -> list[bytes]:
        """What lies in the inbox, oldest first."""
        with self.opened(user) as client:
            found = client.uid("FETCH", "1:*", "(BODY.PEEK[])")[1]
            return [each[1] for each in found if isinstance(each, tuple)]

    def forget(self) -> None:
        """Throws away what Postfix still has."""
        subprocess.run(
            [SBIN / "postsuper", "-c", self.folder / "postfix", "-d", "ALL"], capture_output=True, timeout=20
        )

    def start_dovecot(self) -> None:
        log = (self.folder / "dovecot.out").open("ab")
        with log:
            command = [SBIN / "dovecot", "-F", "-c", self.folder / "dovecot.conf"]
            self.process = subprocess.Popen(command, stdout=log, stderr=log)
        until(lambda: answers(self.imap), self.log)

    def stop_dovecot(self) -> None:
        """Its connections end with it."""
        if self.process is not None:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(10)
            until(lambda: not answers(self.imap), self.log)

    def drop_connections(self, user: str) -> None:
        """As a firewall would."""
        subprocess.run(
            ["/usr/bin/doveadm", "-c", self.folder / "dovecot.conf", "kick", f"{user}*"], capture_output=True
        )

    def log(self) -> str:
        return "\n".join(each.read_text(errors="replace") for each in sorted(self.folder.glob("*.log")))


@contextmanager
def serving() -> Iterator[MailServer]:
    """Started in about two seconds, ended and cleared away afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="lssc-mail-"))
    folder.chmod(0o755)
    server = MailServer(folder, *free_ports(6))
    try:
        _prepare(server)
        _postfix(server, "start")
        server.start_dovecot()
        until(lambda: answers(server.smtp), server.log)
        yield server
    finally:
        server.stop_dovecot()
        _postfix(server, "stop")
        until(lambda: not answers(server.smtp), server.log)
        shutil.rmtree(folder, ignore_errors=True)


def _prepare(server: MailServer) -> None:
    folder = server.folder
    for name, owner in {"postfix": "root", "queue": "root", "data": "postfix", "mail": "nobody"}.items():
        (folder / name).mkdir()
        os.chown(folder / name, pwd.getpwnam(owner).pw_uid, -1)
    values = {**vars(server), "box": BOX, "direct": DIRECT, "password": PASSWORD}
    (folder / "postfix" / "main.cf").write_text(MAIN.format(**values))
    (folder / "postfix" / "master.cf").write_text(MASTER.format(**values))
    (folder / "access").write_text("")
    (folder / "dovecot.conf").write_text(DOVECOT.format(**values))
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost",
         "-addext", "subjectAltName=DNS:localhost", "-keyout", folder / "key.pem", "-out", server.certificate],
        check=True, capture_output=True,
    )  # fmt: skip


def _postfix(server: MailServer, word: str) -> None:
    done = subprocess.run([SBIN / "postfix", "-c", server.folder / "postfix", word], capture_output=True, timeout=60)
    if word == "start" and done.returncode:
        raise RuntimeError(f"Postfix did not start: {done.stderr.decode()} {server.log()}")


def free_ports(count: int) -> list[int]:
    sockets = [socket.socket() for _ in range(count)]
    for each in sockets:
        each.bind(("127.0.0.1", 0))
    ports = [int(each.getsockname()[1]) for each in sockets]
    for each in sockets:
        each.close()
    return ports


def answers(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1) as opened:
            return bool(opened.recv(1))
    except OSError:
        return False


def until(so: Callable[[], bool], log: Callable[[], str], seconds: float = 20.0) -> None:
    end = time.monotonic() + seconds
    while not so():
        if time.monotonic() > end:
            raise RuntimeError(f"it did not happen in time: {log()}")
        time.sleep(0.02)
