"""Builds the mails of the tests in a line or two."""

from bot.channels.email.reading.kinds import Ours
from bot.channels.email.reading.mime import Mail, read

OURS = Ours(
    addresses=frozenset({"lssc@lssc.example", "certification@lssc.example"}),
    message_id_domain="mail.lssc.example",
    bounce_local="bounce",
    list_ids=frozenset({"help.lssc.example"}),
)
ANN = "Ann Reader <ann@library.example>"


def letter(text: str = "", *headers: str, sender: str = ANN, subject: str = "Re: Your application") -> Mail:
    """A plain mail to us; `headers` are whole lines."""
    return read(raw(text, *headers, sender=sender, subject=subject))


def raw(text: str = "", *headers: str, sender: str = ANN, subject: str = "Re: Your application") -> bytes:
    lines = [f"From: {sender}", "To: LSSC <lssc@lssc.example>", f"Subject: {subject}", *headers]
    if not any(line.lower().startswith("content-type") for line in headers):
        lines.append("Content-Type: text/plain; charset=utf-8")
    return ("\n".join(lines) + "\n\n" + text).encode()


def parts(*pieces: tuple[str, str], kind: str = "mixed") -> tuple[str, str]:
    """The body and the Content-Type line of a multipart; each piece its headers (lines) and its text."""
    body = "".join(f"--=b\n{headers}\n\n{text}\n" for headers, text in pieces) + "--=b--\n"
    return body, f'Content-Type: multipart/{kind}; boundary="=b"'


def report(text: str, status: str, returned: str = "To: ann@library.example\nSubject: Your review") -> tuple[str, str]:
    """The body and the Content-Type line of a delivery report: a text, the machine's part, the returned header."""
    return parts(
        ("Content-Type: text/plain; charset=utf-8", text),
        ("Content-Type: message/delivery-status", f"Reporting-MTA: dns; mx.isp.example\n\n{status}\n"),
        ("Content-Type: message/rfc822", f"{returned}\n\nDear Ann"),
        kind="report; report-type=delivery-status",
    )
