"""Linked documents are read for what they say about their author, whoever made them and however."""

import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.links.contents import Contents, readable
from tests.bot.links.documents import ABOUT, docx, paragraph, part, pdf

HTML = """<!doctype html><html><head><title>Story
time &amp; more</title><meta name="Author" content="Ann Page"><style>p { color: red }</style></head>
<body><!-- Ann in a comment --><h1>Plan</h1><p>For <b>young</b>
readers</p><script>var a = "<p>no</p>"</script><p>by <a href="mailto:ann@library.org">me</a></p>
<img alt="Ann at the desk" src="a.png"></body></html>"""


def test_a_web_page_is_read_as_a_reader_sees_it() -> None:
    assert readable("text/html; charset=utf-8", HTML.encode()) == Contents(
        "Story time & more", "Ann Page", "Plan\nFor young readers\nby ann@library.org me\nAnn at the desk"
    )


def test_a_page_is_read_in_its_own_letters() -> None:
    page = '<meta charset="iso-8859-1"><p>Zoë</p>'.encode("latin-1")
    assert readable("text/html", page) == Contents("", "", "Zoë")
    assert readable("text/plain; charset=windows-1252", b"Zo\xeb") == Contents("", "", "Zoë")
    assert readable("text/plain; charset=punycode", "Zoë".encode()) == Contents("", "", "Zoë")
    assert readable("text/plain; charset=iso-8859-99", "Zoë".encode()) == Contents("", "", "Zoë")


def test_a_word_document_is_read_with_its_margins_and_authors() -> None:
    body = docx(
        part(paragraph("Ann ", "Page"), paragraph("Cataloging &amp; more")),
        word__header1_xml=part(paragraph("A. Page, Springfield")),
        docProps__core_xml=ABOUT,
    )
    assert readable("", body) == Contents(
        "Interlibrary loan", "Ann Page, Bo Shelf", "Ann Page\nCataloging & more\nA. Page, Springfield"
    )


def test_a_pdf_is_read_with_its_author() -> None:
    assert readable("application/octet-stream", pdf("Weeding plan")) == Contents("My work", "Ann Page", "Weeding plan")


BOMB = (
    '<!DOCTYPE a [<!ENTITY a "Ann Page ">'
    + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 9}">' for n in range(1, 9))
    + "]>"
).replace("&a0;", "&a;")


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("image/png", b"\x89PNG\r\n"),
        ("text/plain", b"\0\1\2"),
        ("", b"what is it"),
        ("application/pdf", b"%PDF-1.7 and nothing else"),
        ("application/pdf", pdf("Weeding plan")[:400]),
        ("application/pdf", pdf("Weeding plan", encrypt="secret")),
        ("application/pdf", pdf("")),
        ("application/zip", b"PK\x03\x04"),
        ("", docx(part(paragraph("Ann")))[:-30]),
        ("", docx("<w:document>")),
        ("", docx(part(paragraph("&a8;"), before=BOMB))),
        ("", docx(part(paragraph(" " * 9_000_000)))),
        ("", docx(part(paragraph("Ann")), packing=zipfile.ZIP_LZMA)),
        ("", docx("x").replace(b"word/document.xml", b"word/documents.xm")),
    ],
    ids=["picture", "binary", "unknown", "empty pdf", "cut pdf", "locked pdf", "pdf of pictures", "no zip", "cut zip",
         "broken xml", "entities", "zip bomb", "odd packing", "not word"],
)  # fmt: skip
def test_what_cannot_be_read_is_told_apart_from_what_says_nothing(content_type: str, body: bytes) -> None:
    assert readable(content_type, body) is None


ENDLESS = pdf("a) Tj (b" * 500_000)  # seven kilobytes that keep a reader busy for a minute


def test_a_hostile_pdf_is_given_up_within_the_patience() -> None:
    began = time.perf_counter()
    assert readable("application/pdf", ENDLESS, patience=1) is None
    assert time.perf_counter() - began < 5


def test_the_reader_of_pdfs_can_neither_grow_nor_write_a_file(tmp_path: Path) -> None:
    tries = {"grown": "bytearray(600_000_000)", "written": f"open({str(tmp_path / 'file')!r}, 'w').write('a' * 9999)"}
    program = "from bot.links.pdf import limit\nlimit()\n{}"
    ended = {
        name: subprocess.run([sys.executable, "-c", program.format(tried)], capture_output=True, text=True, check=False)
        for name, tried in tries.items()
    }
    assert {name: done.stderr.splitlines()[-1] for name, done in ended.items()} == {
        "grown": "MemoryError",
        "written": "OSError: [Errno 27] File too large",
    }


@pytest.mark.parametrize(
    "unit", ["<", "<a ", "<!--", "<script", "<title>", "<input type=", "&", "&#", "<p>", "</script", "a=a "], ids=ascii
)
def test_a_hostile_page_takes_no_longer_than_others_of_its_size(unit: str) -> None:
    began = time.perf_counter()
    assert readable("text/html", (unit * (2_000_000 // len(unit))).encode()) is not None
    assert time.perf_counter() - began < 10  # quadratic readers need hours for these


@settings(deadline=None)  # a PDF among them starts a process
@given(st.sampled_from(["text/html", "text/plain", "", "a/b"]), st.one_of(st.binary(), st.text().map(str.encode)))
def test_any_bytes_may_be_read(content_type: str, body: bytes) -> None:
    found = readable(content_type, body)
    assert found is None or isinstance(found.text, str)


@given(st.data())
def test_a_damaged_word_document_is_never_a_crash(data: st.DataObject) -> None:
    body = bytearray(docx(part(paragraph("Ann Page")), docProps__core_xml=ABOUT))
    for place in data.draw(st.lists(st.integers(0, len(body) - 1), min_size=1, max_size=8)):
        body[place] = data.draw(st.integers(0, 255))
    readable("", bytes(body))
