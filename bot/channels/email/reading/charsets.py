"""Bytes to text in the charset that a mail names, repaired where the name or the bytes are wrong."""

import re

_SINGLE = {
    "iso-8859-1": "cp1252",  # browsers and mail programs read both as Windows's own
    "latin-1": "cp1252",
    "latin1": "cp1252",
    "iso-8859-15": "iso8859-15",
    "iso-8859-11": "cp874",
    "tis-620": "cp874",
    "koi8-r": "koi8-r",
    "koi8-u": "koi8-u",
    "macintosh": "mac-roman",
    "ibm437": "cp437",
    "ibm850": "cp850",
    "ibm852": "cp852",
    "ibm866": "cp866",
    **{f"iso-8859-{number}": f"iso8859-{number}" for number in (2, 3, 4, 5, 6, 7, 8, 10, 13, 14, 16)},
    **{f"iso-8859-{variant}": f"iso8859-{variant[0]}" for variant in ("6-i", "6-e", "8-i", "8-e")},
    "iso-8859-9": "cp1254",
    **{f"windows-125{number}": f"cp125{number}" for number in range(9)},
    **{f"cp125{number}": f"cp125{number}" for number in range(9)},
    "windows-874": "cp874",
}
_WIDE = {
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "sjis": "cp932",
    "x-sjis": "cp932",
    "windows-31j": "cp932",
    "cp932": "cp932",
    "euc-jp": "euc_jp",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb18030": "gb18030",
    "cp936": "gb18030",
    "big5": "big5hkscs",
    "big5-hkscs": "big5hkscs",
    "euc-kr": "cp949",
    "ks_c_5601-1987": "cp949",
    "cp949": "cp949",
}
_ESCAPED = {  # their bytes look like ASCII, or hold zeros
    "iso-2022-jp": "iso2022_jp_2",
    "iso-2022-jp-ms": "iso2022_jp_2",
    "iso-2022-kr": "iso2022_kr",
    "hz-gb-2312": "hz",
    "utf-7": "utf-7",
    "utf-16": "utf-16",
    "utf-16le": "utf-16-le",
    "utf-16be": "utf-16-be",
    "utf-32": "utf-32",
}
_CONTROLS = bytes(code for code in range(32) if code not in b"\t\n\r") + b"\x7f"
_LEFT_OVER = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def text(data: bytes, charset: str = "") -> str:
    """The text, without control characters but with its line ends; for an unknown charset UTF-8, or else Windows-1252.

    UTF-8 comes before a charset of one byte a letter, because mails often call UTF-8 Latin-1 and hardly ever the
    other way round by chance. Only known charsets are looked up: some of Python's own take quadratic time.
    """
    name = charset.strip(" \t'\"").lower()
    if name in _ESCAPED:
        return _LEFT_OVER.sub("", _declared(data, _ESCAPED[name]))
    clean = data.translate(None, _CONTROLS)
    if clean.isascii():
        return clean.decode("ascii")
    if name in _WIDE:
        return _declared(clean, _WIDE[name])
    return _strict(clean, "utf-8") or _damaged(clean, _SINGLE.get(name, "utf-8"))


def _declared(data: bytes, codec: str) -> str:
    return _strict(data, codec) or _strict(data, "utf-8") or data.decode(codec, "replace")


def _strict(data: bytes, codec: str) -> str:
    try:
        return data.decode(codec)
    except UnicodeDecodeError:
        return ""


def _damaged(data: bytes, codec: str) -> str:
    """UTF-8 with a few bad bytes is still read as UTF-8; where most letters would be lost it was Windows-1252."""
    if codec != "utf-8":
        return data.decode(codec, "replace")
    repaired = data.decode("utf-8", "replace")
    lost = repaired.count("\ufffd")
    kept = sum(map(len, re.findall("[^\x00-\x7f\ufffd]+", repaired)))
    return repaired if kept >= lost else data.decode("cp1252", "replace")
