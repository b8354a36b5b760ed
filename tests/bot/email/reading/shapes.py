"""Mails made to take long: each shape as a function of its size in bytes."""

from collections.abc import Callable

Shape = Callable[[int], bytes]
_FLOWED = b"Content-Type: text/plain; format=flowed; delsp=yes\n"
_HTML = b"Content-Type: text/html; charset=utf-8\n"


def _mail(body: bytes, fields: bytes = b"") -> bytes:
    return b"From: nora@reedmoor.example\nSubject: x\n" + fields + b"\n" + body


def _repeated(piece: bytes, size: int) -> bytes:
    return (piece * (size // len(piece) + 1))[:size]


def _plain(piece: bytes) -> Shape:
    return lambda size: _mail(_repeated(piece, size))


def _html(piece: bytes, before: bytes = b"") -> Shape:
    return lambda size: _mail(before + _repeated(piece, size), _HTML)


def _encoded(piece: bytes, field: bytes) -> Shape:
    return lambda size: _mail(_repeated(piece, size), field + b"\n")


def _field(name: bytes, piece: bytes) -> Shape:
    return lambda size: name + b": " + _repeated(piece, size) + b"\n\nbody"


def _parts(piece: bytes, kind: bytes = b"mixed") -> Shape:
    return lambda size: _mail(_repeated(piece, size), b"Content-Type: multipart/" + kind + b"; boundary=b\n")


def _nested(size: int) -> bytes:
    levels = (b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (depth, depth) for depth in range(size // 52))
    return b"".join(levels) + b"\ndeep"


TEXTS = {
    "more than": b">", "lines of more than": b">\n", "quotes and text": b"> a\nb\n", "newlines": b"\n", "returns": b"\r",
    "dashes": b"-- ", "signatures": b"-- \n", "signatures of a letter": b"-- \na\n", "long signatures": b"-- \n" + b"a\n" * 15,
    "drawn lines": b"____\n", "On": b"On ", "On in lines": b"On x\n", "verbs": b"wrote:\n", "German verbs": b"schrieb A 1:\n",
    "colons": b"a:\n", "attributions": b"On 5 March 2026 at 10:15 A <a@b> wrote:\n", "ends": b"x@<\n> w:\n", "dates": b"1.1.",
    "years": b"2026 ", "times": b"10:15", "labels": b"From: x\n", "empty labels": b"From:\n\n",
    "heads": b"From: x@y\nSent: 2026-01-01 10:15\nTo: a\nSubject: b\n\n", "short heads": b"From: X\nTo: Y\nSubject: z\na\n", "quoted heads": b"> From: x@y\n> Sent: 2026-01-01 10:15\n> To: a\na\n",
    "markers": b"--- Original Message ---\n",
    "footers": b"Sent from my phone\n", "like footers": b"sent from my my my my my my\n\n", "spaces": b" ", "one line": b"a",
    "at": b"@", "addresses": b"a@", "links": b"http://", "bars": b"|\n", "initials": b"AB> x\n", "warnings": b"caution: external email\n",
    "disclaimers": b"confidential\n\n", "zeros": b"\0", "every byte": bytes(range(256)), "bad bytes": b"\xff",
    "unseen letters": "\u200b\n".encode(), "boundaries": b"\n--",
}  # fmt: skip
TAGS = {
    "less than": b"<", "tags never closed": b"<a ", "links": b"<a href='http://x'>x", "divisions": b"<div>", "ends": b"</div>",
    "quotes": b"<blockquote>", "quoted lines": b"<blockquote>x<br>", "comments never closed": b"<!--", "scripts never closed": b"<script>",
    "styles": b"<style></style>", "ampersands": b"&", "numbers": b"&#9999", "breaks": b"<br>", "paragraphs": b"<p>", "items": b"<li>",
    "lists": b"<ol><li>x", "preformatted": b"<pre>\n", "cells": b"<td>x</td>", "tables": b"<table><tr><td>", "rules": b"<hr>",
    "declarations": b"<!", "end marks": b"</", "fixed spaces": b"&nbsp;", "titles": b"<title>",
    "signatures": b"<div class='gmail_signature'>x", "cuts": b"<div id='divRplyFwdMsg'>", "attributions": b"<div class=gmail_attr>x</div>",
}  # fmt: skip
SHAPES: dict[str, Shape] = {
    **{f"text: {name}": _plain(piece) for name, piece in TEXTS.items()},
    **{f"HTML: {name}": _html(piece) for name, piece in TAGS.items()},
    "HTML: one number": _html(b"9", b"&#"),
    "HTML: lines kept": _html(b"\n", b"<pre>"),
    "HTML: one tag of many attributes": _html(b"a=b ", b"<div "),
    "HTML: twenty quotes around divisions": _html(b"<div></div>", b"<blockquote>" * 20),
    "HTML: one script": _html(b"</scrip", b"<script>"),
    "flowed: lines": lambda size: _mail(_repeated(b"a \n", size), _FLOWED),
    "flowed: quotes and text": lambda size: _mail(_repeated(b"> a \nb \n", size), _FLOWED),
    "flowed: spaces": lambda size: _mail(_repeated(b" \n", size), _FLOWED),
    "header: many fields": lambda size: _repeated(b"X: y\n", size) + b"\nbody",
    "header: one field": _field(b"Subject", b"a"),
    "header: one folded field": _field(b"Subject", b"a\n "),
    "header: encoded words": _field(b"From", b"=?utf-8?q?a?= "),
    "header: encoded words in folds": _field(b"Subject", b"=?utf-8?q?a?=\n "),
    "header: lines without a colon": lambda size: _repeated(b"a\n", size),
    "header: badly folded": lambda size: b"From: x\n" + _repeated(b"a\nTo: b\n", size),
    "parts: tiny": _parts(b"--b\n\nx\n"),
    "parts: empty": _parts(b"--b\n"),
    "parts: alternatives": _parts(b"--b\n\nx\n", b"alternative"),
    "parts: mails": _parts(b"--b\n\nFrom: x\n\n", b"digest"),
    "parts: no blank line": _parts(b"--b\nA: x\n"),
    "parts: like boundaries": _parts(b"\n--x"),
    "parts: nested": _nested,
    "parts: nested in one boundary": _parts(b"--b\nContent-Type: multipart/mixed; boundary=b\n\n"),
    "parts: mails in mails": lambda size: _repeated(b"Content-Type: message/rfc822\n\n", size),
    "parts: a long mail in mails": lambda size: b"Content-Type: message/rfc822\n\n" * 19 + _repeated(b"a\n", size),
    **{
        f"encoding: {name} of {piece!r}": _encoded(piece, b"Content-Transfer-Encoding: " + name.encode())
        for name in ("base64", "quoted-printable", "x-uuencode")
        for piece in (b"=", b"A\n", b"=A", b"\xff", b"begin 1 a\nM")
    },
    **{
        f"charset: {name} of {piece!r}": _encoded(piece, b"Content-Type: text/plain; charset=" + name.encode())
        for name in ("utf-7", "utf-16", "iso-2022-jp", "hz-gb-2312", "gb18030", "big5", "punycode", "idna", "undefined")
        for piece in (b"+", b"\x1b$B", b"~{", b"a\x80", b"xn--a-")
    },
}
