"""A mail's parts and header, from any bytes."""

import pytest

from bot.channels.email.reading.headers import headers
from bot.channels.email.reading.mime import Mail, read


def shape(mail: Mail) -> list[tuple[str, int, bool, int]]:
    return [(part.media_type, part.depth, part.inside, part.alternative) for part in mail.parts]


WHOLE = b"""From: Nora Vale <nora@reedmoor.example>
Subject: =?utf-8?q?Portf=C3=B3lio?=
 and more
Content-Type: multipart/mixed; boundary="out"

for programs of old
--out
Content-Type: multipart/alternative; boundary=in

--in
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: quoted-printable

caf=C3=A9
--in
Content-Type: text/html

<p>caf\xc3\xa9</p>
--in--

--out
Content-Type: application/pdf; name="../../syllabus.pdf"
Content-Disposition: ATTACHMENT
Content-Transfer-Encoding: base64

JVBERg==
--out
Content-Type: message/rfc822

From: desk@reedmoor.example
Content-Type: multipart/mixed; boundary=deep

--deep

enclosed
--deep--
--out--
after it
"""


@pytest.mark.parametrize("raw", [WHOLE, WHOLE.replace(b"\n", b"\r\n"), WHOLE.replace(b"\n", b"\r")])
def test_the_parts_of_a_mail_are_told_whatever_ends_its_lines(raw: bytes) -> None:
    mail = read(raw)
    assert shape(mail) == [
        ("text/plain", 2, False, 1),
        ("text/html", 2, False, 1),
        ("application/pdf", 1, False, 0),
        ("message/rfc822", 1, False, 0),
        ("text/plain", 3, True, 0),
    ]
    assert (mail.headers.get("SUBJECT"), mail.raw_size, mail.warnings) == ("Portfólio and more", len(raw), ())
    plain, _, document, _, enclosed = mail.parts
    assert (plain.text(), enclosed.text()) == ("café", "enclosed")
    assert (document.disposition, document.filename, document.content()) == ("attachment", "syllabus.pdf", b"%PDF")


def test_an_enclosed_mail_is_also_given_whole() -> None:
    assert read(WHOLE).parts[3].body.startswith(b"From: desk@reedmoor.example\n")
    assert read(WHOLE).parts[3].body.endswith(b"--deep--")


def test_a_binary_part_is_not_changed() -> None:
    raw = b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: binary\r\n\r\na\r\nb\nc\r\n\r\n--b--\r\n"
    assert read(raw).parts[0].content() == b"a\r\nb\nc\r\n"


@pytest.mark.parametrize(
    ("raw", "texts"),
    [
        (b"", [""]),
        (b"\n", [""]),
        (b"Subject: x\nHello there\nmore\n", ["Hello there\nmore\n"]),  # the blank line is missing
        (b"From nora Tue Mar  3\nSubject: x\n\nHello\n", ["Hello\n"]),
        (b"Subject: x\nnot folded\nTo: y\n\nHello\n", ["Hello\n"]),
        (b"just text", ["just text"]),
        (b"Content-Type: multipart/mixed; boundary=b\n\nnever divided\n", ["never divided\n"]),
        (b"Content-Type: multipart/mixed\n\n--guess\n\nHello\n--guess--\n", ["Hello"]),
        (b"Content-Type: multipart/mixed; boundary=named\n\n--used\n\nHello\n--used--\n", ["Hello"]),
        (b"Content-Type: multipart/mixed\n\nno boundary\n", ["no boundary\n"]),
        (b"Content-Type: multipart/mixed; boundary=b\n\n--b\n\nnever closed", ["never closed"]),
        (b"Content-Type: multipart/mixed; boundary=b\n\n--b\nX: y\n--b\n\nsecond", ["", "second"]),
        (b"Content-Type: multipart/mixed; boundary=b\n\n--b\n\none\n--bb\n--b \t\n\ntwo\n--b--", ["one\n--bb", "two"]),
        (b"Content-Type: nonsense\n\nHello", ["Hello"]),
        (
            b"Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\ntwice\n--b--\n",
            ["twice"],
        ),
    ],
)
def test_damaged_mails_keep_their_text(raw: bytes, texts: list[str]) -> None:
    assert [part.text() for part in read(raw).parts] == texts


def test_of_more_than_two_hundred_parts_the_first_are_kept_and_it_is_told() -> None:
    mail = read(b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--b\n\nx\n" * 300)
    assert (len(mail.parts), mail.warnings) == (200, ("parts after the first 200 were left out",))


def test_what_is_nested_more_than_twenty_deep_is_told() -> None:
    raw = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (depth, depth) for depth in range(30))
    mail = read(raw + b"\nx")
    assert ([part.depth for part in mail.parts], mail.warnings) == (
        [20],
        ("parts nested more than 20 deep were left out",),
    )


def test_a_header_longer_than_256_kilobytes_is_cut_and_told() -> None:
    mail = read(b"Subject: x\nX-Long: " + b"y" * 300_000 + b"\n\nHello")
    assert (mail.headers.get("subject"), mail.parts[0].text(), len(mail.headers.get("x-long"))) == ("x", "Hello", 8192)
    assert mail.warnings == ("a header longer than 256 kB was cut",)


def test_a_mail_longer_than_32_megabytes_is_cut_and_told() -> None:
    mail = read(b"Subject: x\n\n" + b"y" * (33 * 1024 * 1024))
    assert (mail.warnings, len(mail.parts[0].text())) == (("the mail is longer than 32 MB",), 1024 * 1024)


def test_the_fields_of_a_header_are_read_by_name_in_any_case() -> None:
    fields, body = headers(
        b"Received: one\r\nreceived:two\r\n\tfolded\r\nFrom: =?utf-8?q?N=C3=B8ra?= <n@reedmoor.example>\r\n"
    )
    assert (fields.all("Received"), fields.get("received"), body) == (("one", "two folded"), "one", -1)
    assert fields.raw("From") == "=?utf-8?q?N=C3=B8ra?= <n@reedmoor.example>"
    assert (list(fields), "FROM" in fields, "to" in fields, fields.get("to", "nobody")) == (
        ["received", "from"],
        True,
        False,
        "nobody",
    )


def test_eight_bit_letters_in_a_header_are_read() -> None:
    assert headers("Subject: Grüße\n".encode("latin-1"))[0].get("subject") == "Grüße"
