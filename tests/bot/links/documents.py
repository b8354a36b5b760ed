"""Documents as word processors and hostile hands write them."""

import zipfile
from io import BytesIO

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
ABOUT = (
    '<cp:coreProperties xmlns:cp="urn:cp" xmlns:dc="urn:dc"><dc:title>Interlibrary loan</dc:title>'
    "<dc:creator>Ann Page</dc:creator><cp:lastModifiedBy>Bo Shelf</cp:lastModifiedBy></cp:coreProperties>"
)


def paragraph(*runs: str) -> str:
    return "<w:p>" + "".join(f"<w:r><w:t>{run}</w:t></w:r>" for run in runs) + "</w:p>"


def part(*paragraphs: str, before: str = "") -> str:
    return f'<?xml version="1.0"?>{before}<w:document {W}><w:body>{"".join(paragraphs)}</w:body></w:document>'


def docx(document: str | bytes, packing: int = zipfile.ZIP_DEFLATED, **others: str) -> bytes:
    """Other parts by name, with `__` for the slash and `_` for the dot."""
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", packing) as archive:
        archive.writestr("word/document.xml", document)
        for name, content in others.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), content)
    return packed.getvalue()


def pdf(words: str, *, title: str = "My work", author: str = "Ann Page", encrypt: str = "") -> bytes:
    from pypdf import PdfWriter
    from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

    writer = PdfWriter()
    page = writer.add_blank_page(300, 300)
    font = DictionaryObject(
        {NameObject("/Type"): NameObject("/Font"), NameObject("/Subtype"): NameObject("/Type1"),
         NameObject("/BaseFont"): NameObject("/Helvetica")}
    )  # fmt: skip
    fonts = DictionaryObject({NameObject("/F1"): writer._add_object(font)})
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
    content = DecodedStreamObject()
    content.set_data(f"BT /F1 12 Tf 20 200 Td ({words}) Tj ET".encode() if words else b"")
    page[NameObject("/Contents")] = writer._add_object(content.flate_encode())
    writer.add_metadata({"/Title": title, "/Author": author})
    if encrypt:
        writer.encrypt(encrypt, algorithm="RC4-128")
    written = BytesIO()
    writer.write(written)
    return written.getvalue()
