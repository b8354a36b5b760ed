"""Pictures and documents: the right letters, readable, on one page, and whole whatever stands on them."""

import json
import re
import struct
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from inspect import getmembers, isclass
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree as ET

import numpy as np
import pytest
import resvg_py
from pypdf import PdfReader

from bot.drawing import MAKERS, card, draw, sheet
from bot.drawing.font import BOLD, FOLDER, REGULAR, MissingLetters, loaded
from bot.drawing.sheet import BadSheet
from flows.dialog.speech import Drawing, File
from notifications import drawings
from notifications.drawings import CertificateSheet, CompletionForm, ProgressCard
from tests.bot.edge import ROOT
from tests.bot.pixels import pixels
from tests.notifications import examples
from tests.notifications.examples import ACCENTS, CARDS, HUNDRED, NOTHING, URL, USUAL, certificate, form

SVG = "{http://www.w3.org/2000/svg}"
TEMPLATES = ROOT / "notifications" / "templates"
PAPER, INK, STRIP = "#fbf9f4", "#17212b", "#173a5e"
FONTS = {
    "DejaVuSans.ttf": "abdc775b21b1bc470d50c97e790d276f2054b7504e56e5bd3e64f48d68582322",
    "DejaVuSans-Bold.ttf": "0d977336a6d5fba34eab8e3199eb218327161b5143749f802982c2bc34df0c96",
}
ALL = [*CARDS, certificate(), form()]
HOSTILE = '#read("/etc/passwd") *b* $x$ \\u{41} <a> "q" @preview/x:1 // -'


def svg(shown: ProgressCard) -> str:
    return card.svg(json.loads(shown.drawing().data))


def parsed(drawn: str) -> ET.Element:
    return ET.fromstring(drawn)  # noqa: S314 - our own


def texts(drawn: str) -> Iterator[tuple[ET.Element, str, str]]:
    """Each text of a drawing with its colour and what is written."""
    for text in parsed(drawn).iter(f"{SVG}text"):
        colour = text.get("fill", INK)
        for part in [text, *text.iter(f"{SVG}tspan")]:
            if part.text:
                yield text, part.get("fill", colour), part.text


def contrast(one: str, other: str) -> float:
    """As the accessibility guidelines (WCAG 2) count it, from 1 to 21."""

    def light(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    dark, bright = sorted([light(one), light(other)])
    return (bright + 0.05) / (dark + 0.05)


def ink(drawn: str) -> int:
    """Pixels that are not as the paper."""
    seen = pixels(resvg_py.svg_to_bytes(svg_string=drawn, skip_system_fonts=True, font_files=[str(REGULAR), str(BOLD)]))
    return int((seen[:, :, :3] != seen[0, 0, :3]).any(axis=2).sum())


def page(drawing: Drawing) -> tuple[int, tuple[float, float], str]:
    """How many pages, how large, and what can be read without its spaces: kerned letters are read apart."""
    pages = PdfReader(BytesIO(draw(drawing).content)).pages
    size = pages[0].mediabox
    return len(pages), (float(size.width), float(size.height)), squeezed(pages[0].extract_text())


def squeezed(text: str) -> str:
    return "".join(text.split())


def test_the_fonts_are_those_that_the_drawings_were_made_for() -> None:
    assert {each.name: sha256(each.read_bytes()).hexdigest() for each in FOLDER.glob("*.ttf")} == FONTS
    assert "Permission is hereby granted" in (FOLDER / "LICENSE.txt").read_text()


def test_a_font_that_is_missing_is_a_fault_and_no_picture_without_words(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        loaded(tmp_path / "DejaVuSans.ttf")
    (tmp_path / "DejaVuSans.ttf").write_bytes(b"no font at all")
    with pytest.raises(Exception, match="unpack"):
        loaded(tmp_path / "DejaVuSans.ttf")


def test_the_words_of_a_card_are_drawn() -> None:
    drawn = svg(USUAL)
    wordless = re.sub(r"<text.*?</text>", "", drawn)
    elsewhere = drawn.replace("DejaVu Sans", "No Such Font")
    assert ink(elsewhere) == ink(wordless)  # that is how a missing font looks
    assert ink(drawn) - ink(wordless) > 8000


@pytest.mark.parametrize("weight", ["normal", "bold"])
def test_the_width_of_a_line_is_as_it_is_drawn(weight: str) -> None:
    font = loaded(BOLD if weight == "bold" else REGULAR)
    words = f"H{ACCENTS}H"
    drawn = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="1200" height="60"><rect width="1200" height="60" fill="#fff"/>'
        f'<text x="0" y="40" font-size="40" font-family="DejaVu Sans" font-weight="{weight}">{words}</text></svg>'
    )
    seen = pixels(resvg_py.svg_to_bytes(svg_string=drawn, skip_system_fonts=True, font_files=[str(REGULAR), str(BOLD)]))
    columns = np.flatnonzero((seen[:, :, 0] < 128).any(axis=0))
    edge = 40 * 0.1  # the white beside an H
    assert abs(columns[-1] + edge - font.width(words, 40)) < 5


def test_every_kind_of_drawing_can_be_made_and_is_the_same_each_time() -> None:
    ordered = {each for _, each in getmembers(drawings, isclass) if hasattr(each, "drawing")}
    assert {type(each) for each in ALL} == ordered
    assert {each.drawing().kind for each in ALL} == set(MAKERS) - {"calendar"}  # which is no picture: test_calendar
    for each in ALL:
        drawing = each.drawing()
        first = draw(drawing)
        assert first == draw(drawing)
        assert first == File(drawing.name, MAKERS[drawing.kind][0], first.content, drawing.alt)


def test_a_card_is_a_thousand_pixels_wide_and_nothing_shines_through_it() -> None:
    sizes = [struct.unpack(">II", draw(shown.drawing()).content[16:24]) for shown in CARDS]
    assert [width for width, _ in sizes] == [1000] * len(CARDS)
    assert all(250 < height < 2000 for _, height in sizes)
    assert pixels(draw(NOTHING.drawing()).content)[:, :, 3].min() == 255


def test_all_that_is_written_on_a_card_can_be_read() -> None:
    for shown in CARDS:
        for _, colour, _ in texts(svg(shown)):
            assert contrast(colour, STRIP if colour == "#ffffff" else PAPER) >= 4.5
    bars = {each.get("stroke") or each.get("fill") for each in parsed(svg(USUAL)).iter(f"{SVG}rect")}
    assert min(contrast(str(colour), PAPER) for colour in bars - {PAPER}) >= 3


def test_no_words_leave_a_card_or_run_into_a_bar() -> None:
    for shown in CARDS:
        for text, _, _ in texts(svg(shown)):
            font = loaded(BOLD if text.get("font-weight") == "bold" else REGULAR)
            width = font.width("".join(text.itertext()), float(text.get("font-size", 0)))
            if text.get("text-anchor") == "end":
                assert float(text.get("x", 0)) - width > card.EDGE + card.BAR
            else:
                assert card.EDGE + width <= card.WIDTH - 10


def test_what_a_card_says() -> None:
    assert [words for _, _, words in texts(svg(USUAL))] == [
        "1 of 6 sets", "512 days left", " · until 3 May 2028",
        "REQUIRED", "Foundations of Library Service", "✓ complete", "Technology", "in work · 4 of 9",
        "Communication and Teamwork", "missing",
        "ELECTIVES", "Access Services", "in review · 10 of 10", "Youth Services", "chosen",
        "On pace.", "Next: evidence for Technology 5. Send", "“guidelines” for how.",
    ]  # fmt: skip


def test_words_are_words_on_a_card_whatever_they_look_like() -> None:
    words = [words for _, _, words in texts(svg(replace(USUAL, pace='<b>&amp;</b> {{ x }} "q" 😀王')))]
    assert words[-3:-2] == ['<b>&amp;</b> {{ x }} "q" 😀']


def test_what_is_too_long_for_a_card_ends_in_an_ellipsis() -> None:
    font = loaded(REGULAR)
    assert font.wrapped("one two three four", 10, font.width("one two", 10), 2) == ["one two", "three…"]
    assert font.wrapped("WWWW", 10, font.width("WWW", 10), 9) == ["WWW", "W"]
    assert font.wrapped("", 10, 100, 2) == []


@pytest.mark.parametrize("name", [ACCENTS, HUNDRED, "W" * 100, "Bo Li", "Ελένη Παπαδοπούλου", HOSTILE])
def test_a_certificate_is_one_page_with_the_whole_name(name: str) -> None:
    pages, size, said = page(certificate(name).drawing())
    assert (pages, size) == (1, (792.0, 612.0))
    assert squeezed(name).replace("-", "") in said.replace("-", "")  # a name may be broken at its hyphen


def test_what_a_certificate_says() -> None:
    _, _, said = page(certificate().drawing())
    assert said == squeezed(
        f"LIBRARY SUPPORT STAFF CERTIFICATION Certificate The program confirms that {ACCENTS} "
        "is certified, having completed six competency sets: ✓ Foundations of Library Service ✓ Technology "
        "✓ Communication and Teamwork ✓ Access Services ✓ Adult Readers Advisory ✓ Cataloging and Classification "
        "Certificate number LSSC-2027-0042 Confirmed on 30 March 2027 Valid from 14 March 2027 Valid until 14 March 2032 "
        f"See whether this certificate is valid: {URL}"
    )


@pytest.mark.parametrize(
    "sets", [(), ("Technology",), (*examples.REQUIRED, *examples.ELECTIVES), (examples.LONG_SET,) * 10]
)
def test_a_certificate_takes_any_number_of_sets(sets: tuple[str, ...]) -> None:
    pages, _, said = page(certificate(HUNDRED, sets, f"{URL}{'x' * 100}").drawing())
    assert (pages, said.count("✓"), "iscertified." in said) == (1, len(sets), not sets)


def test_a_certificate_leads_to_its_public_page_by_link_and_by_code() -> None:
    annotations = PdfReader(BytesIO(draw(certificate().drawing()).content)).pages[0]["/Annots"]
    assert [each.get_object()["/A"]["/URI"] for each in annotations] == [URL]
    assert sheet.code(URL) != sheet.code(URL + "x")


@pytest.mark.parametrize("ordered", [certificate(), form()])
def test_a_document_is_set_in_our_fonts_and_no_other(ordered: CertificateSheet | CompletionForm) -> None:
    pages = PdfReader(BytesIO(draw(ordered.drawing()).content)).pages
    fonts = {each.get_object()["/BaseFont"].partition("+")[2] for each in pages[0]["/Resources"]["/Font"].values()}
    assert fonts == {"DejaVuSans", "DejaVuSans-Bold"}


def test_a_document_without_its_fonts_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(BadSheet, match="DejaVu Sans"):
        sheet.fonts(tmp_path)
    with pytest.raises(BadSheet, match="unknown font family: libertinus serif"):
        sheet.pressed(b'#set text(font: "Libertinus Serif")\nwords', {}, "png")


def test_a_template_reads_no_file_and_loads_no_package() -> None:
    found = {each.name: each.read_text() for each in TEMPLATES.iterdir() if each.suffix == ".typ"}
    assert sorted(found) == ["certificate.typ", "completion_form.typ"]
    assert [name for name, text in found.items() if re.search(r"#?(import|include|read)\b|@preview", text)] == []


def test_a_name_that_our_fonts_cannot_write_makes_no_certificate_with_gaps() -> None:
    with pytest.raises(MissingLetters):
        draw(certificate("王芳").drawing())


def test_what_a_completion_form_says() -> None:
    pages, size, said = page(form().drawing())
    assert (pages, size) == (1, (612.0, 792.0))
    assert said == squeezed(
        "LIBRARY SUPPORT STAFF CERTIFICATION Course completion form Code CF-7Q4M-2K9 The candidate and the course "
        f"Candidate {ACCENTS} Course Reference work in small libraries Provider Northern Lights College "
        "Begins on 11 January 2027 Competency set Reference and Information Services What the course teaches "
        "1. Find out what a user needs 2. Know when to refer a question For the provider to fill in "
        "The candidate named above has completed the whole course and has shown every competency in the list. "
        "Name and position of the person who signs Date of completion Signature Date of signature How to send it back "
        "1. The provider signs this page and gives it to the candidate. 2. The candidate sends a photo or a scan of it "
        "to the assistant, in the chat or as a reply to its mail. It can also go to lssc@ala.org, with the code "
        "CF-7Q4M-2K9 as the subject. 3. The office checks it, and the set is credited. "
        "Questions: 800-545-2433 extension 2424."
    )


@pytest.mark.parametrize("each", ["Know it", "know a great deal more of what the official wording asks for " * 3])
@pytest.mark.parametrize("many", [0, 1, 22])
def test_a_completion_form_is_one_page_whatever_the_course_teaches(many: int, each: str) -> None:
    pages, _, said = page(form(HUNDRED, "A long course name " * 10, (each,) * many, None).drawing())
    assert (pages, said.count(squeezed(each)), "Beginson" in said) == (1, many, False)


def test_drawing_is_loaded_only_where_something_is_drawn() -> None:
    script = "import sys, bot.delivery; print([each for each in ('resvg_py', 'typst', 'segno') if each in sys.modules])"
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, cwd=ROOT, text=True, check=True)
    assert ran.stdout.strip() == "[]"


def test_a_certificate_without_a_public_page_has_no_qr_code_and_names_its_check_code() -> None:
    ordered = replace(certificate(url=""), code="ABCD-EFGH-JKMN-PQRS")
    pages = PdfReader(BytesIO(draw(ordered.drawing()).content)).pages
    said = squeezed(pages[0].extract_text())
    assert ("/Annots" in pages[0], "Seewhether" in said.replace(" ", "")) == (False, False)
    assert squeezed("Check code: ABCD-EFGH-JKMN-PQRS") in said
