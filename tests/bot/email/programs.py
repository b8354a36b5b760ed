"""How the mail programs of several people answer a mail of ours: above it, below it, from a phone, in HTML alone."""

import html
from collections.abc import Callable
from email.message import EmailMessage
from email.utils import make_msgid
from typing import TypeAlias

Program: TypeAlias = Callable[[EmailMessage, str], EmailMessage]


def outlook(mail: EmailMessage, words: str) -> EmailMessage:
    """Above, with a signature, a rule and a head; what is answered stands below without any marks."""
    head = (
        f"From: {_sender(mail)}\nSent: Friday, November 27, 2026 9:02 AM\nTo: {mail['To']}\nSubject: {mail['Subject']}"
    )
    signature = "Kind regards,\nAnn Example\nSpringfield Public Library | Circulation\nTel. +1 217 555 0100"
    return _answer(mail, f"{words}\n\n{signature}\n\n{'_' * 32}\n{head}\n\n{_text(mail)}\n")


def phone(mail: EmailMessage, words: str) -> EmailMessage:
    """Above, with the phone's own line below."""
    attribution = f"On Nov 27, 2026, at 9:02 AM, {_sender(mail)} wrote:"
    return _answer(mail, f"{words}\n\nSent from my iPhone\n\n> {attribution}\n> \n{_quoted(mail)}\n")


def below(mail: EmailMessage, words: str) -> EmailMessage:
    """Under what is answered, with a signature behind two dashes."""
    return _answer(
        mail,
        f"On 11/27/26 9:02 AM, LSSC Assistant wrote:\n{_quoted(mail)}\n\n{words}\n\n-- \nAnn Example\nSpringfield\n",
    )


def html_alone(mail: EmailMessage, words: str) -> EmailMessage:
    """A web mailer that sends no plain text at all."""
    said = "".join(f"<div>{html.escape(line) or '<br>'}</div>" for line in words.splitlines())
    old = "<br>".join(html.escape(line) for line in _text(mail).splitlines())
    attribution = f"On Fri, Nov 27, 2026 at 9:02 AM {html.escape(_sender(mail))} wrote:<br>"
    quote = (
        f'<div class="gmail_quote"><div dir="ltr" class="gmail_attr">{attribution}</div>'
        f'<blockquote class="gmail_quote" style="margin:0 0 0 .8ex;border-left:1px solid #ccc">{old}</blockquote></div>'
    )
    return _answer(mail, f'<html><body><div dir="ltr">{said}</div><br>{quote}</body></html>', "html")


def outlook_html(mail: EmailMessage, words: str) -> EmailMessage:
    """As Outlook does unless told otherwise: paragraphs of its own kind, a line drawn by a style, our own HTML below."""
    said = "".join(f"<p class=MsoNormal>{html.escape(line) or '&nbsp;'}<o:p></o:p></p>" for line in words.splitlines())
    labels = (
        ("From", _sender(mail)), ("Sent", "Friday, November 27, 2026 9:02 AM"), ("To", mail["To"]),
        ("Subject", mail["Subject"]),
    )  # fmt: skip
    head = "<br>".join(f"<b>{label}:</b> {html.escape(str(value))}" for label, value in labels)
    drawn = "border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0in 0in 0in"
    own = mail.get_body(("html",))
    old = str(own.get_content()) if own is not None else f"<p>{html.escape(_text(mail))}</p>"
    body = f"{said}<p class=MsoNormal><o:p>&nbsp;</o:p></p><div><div style='{drawn}'><p class=MsoNormal>{head}</p></div></div>{old}"
    return _answer(mail, f"<html><body><div class=WordSection1>{body}</div></body></html>", "html")


def _answer(mail: EmailMessage, body: str, subtype: str = "plain") -> EmailMessage:
    answer = EmailMessage()
    answer["From"], answer["To"] = f"Ann Example <{mail['To']}>", str(mail["Reply-To"])
    answer["Subject"] = f"RE: {str(mail['Subject']).removeprefix('RE: ').removeprefix('Re: ')}"
    answer["Message-ID"] = make_msgid(domain="library.org")
    answer["In-Reply-To"] = mail["Message-ID"]
    answer["References"] = f"{mail['References'] or ''} {mail['Message-ID']}".strip()
    answer.set_content(body, subtype=subtype, cte="quoted-printable")
    return answer


def _sender(mail: EmailMessage) -> str:
    address = mail["From"].addresses[0]
    return f"{address.display_name} <{address.addr_spec}>"


def _text(mail: EmailMessage) -> str:
    body = mail.get_body(("plain",))
    assert body is not None
    return str(body.get_content()).strip()


def _quoted(mail: EmailMessage) -> str:
    return "\n".join(f"> {line}".rstrip() for line in _text(mail).splitlines())


PROGRAMS: tuple[Program, ...] = (outlook, phone, below, html_alone, outlook_html)
