"""Numbers as people write them: digits, words, fractions and ranges."""

import re

_SMALL = {
    word: value
    for value, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ]
    )
}
_TENS = {
    word: 10 * value
    for value, word in enumerate(
        ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], start=2
    )
}
_PLAIN = {**_SMALL, **_TENS, "fourty": 40, "fourtyfive": 45, "nineth": 9, "couple": 2}
_SCALE = {"dozen": 12, "hundred": 100, "thousand": 1000, "million": 1_000_000}
_WORD = "(?:" + "|".join(sorted([*_PLAIN, *_SCALE], key=len, reverse=True)) + r")\b"
_RUN = re.compile(rf"\b{_WORD}(?:[ -]{_WORD})*")
_GLYPHS = {"½": " 1/2", "¼": " 1/4", "¾": " 3/4", "⅓": " 1/3", "⅔": " 2/3", "⅛": " 1/8"}
_PARTS = {"half": "0.5", "quarter": "0.25", "third": "0.333", "thirds": "0.333", "quarters": "0.25", "halves": "0.5"}
_NUMBER = r"\d+(?:\.\d+)?|\.\d+"
_UNIT = "(?:hour|day|week|month|year|dozen)"
_LONGEST = 200

NUMBER = rf"(?:{_NUMBER})"


def read_number(text: str) -> float | None:
    """The one number in a short answer ("about two thousand", "2 1/2", "15-20" as its middle), else None."""
    words = digits(text[:_LONGEST])
    if re.fullmatch(r"\W*(?:none|nothing|nil|no)\W*", words):
        return 0.0
    if re.fullmatch(r"\W*(?:a )?half\W*", words):
        return 0.5
    words = re.sub(r"[$€£]", " ", words)
    words = re.sub(rf"\bbetween ({NUMBER}) and ({NUMBER})", r"\1 to \2", words)
    pair = re.findall(rf"(?<![\w./:-])({NUMBER}) ?(?:-|to\b|or\b) ?({NUMBER})(?![\d/:-])", words)
    found = re.findall(rf"(?<![\w./:])(?:(?:(?<!\d)-|minus ) ?)?{NUMBER}(?![/:\d])", words)
    if len(pair) == 1 and len(re.findall(NUMBER, words)) == 2:
        return (float(pair[0][0]) + float(pair[0][1])) / 2
    if len(found) != 1 or len(re.findall(NUMBER, words)) != 1:
        return None
    return float(found[0].replace("minus", "-").replace(" ", ""))


def digits(text: str) -> str:
    """The text in lower case, its numbers in plain digits: "Twenty-five" -> "25", "1,040" -> "1040", "2 ½" -> "2.5"."""
    words = re.sub(r"\d{13,}", "#", text.lower())
    for glyph, plain in _GLYPHS.items():
        words = words.replace(" " + glyph, plain).replace(glyph, plain)
    words = re.sub(r"[\u2010-\u2015\u2212]", "-", words)
    words = re.sub(r"[\u00a0\u2007\u2009\u202f]", " ", words)
    return _fractions(_scaled(_spelled(_grouped(words))))


def _grouped(words: str) -> str:
    words = re.sub(r"(?<![\d.,/])\d{1,3}(?:,\d{3})+(?![\d,])", lambda m: m[0].replace(",", ""), words)
    words = re.sub(r"(?<![\d.,/'-])(?<!\d )[1-9]\d{0,2}(?: \d{3})+(?![\d/,])", lambda m: m[0].replace(" ", ""), words)
    return re.sub(r"(?<![\d.,/])(\d{1,2}),(5|25|75)(?![\d,])", r"\1.\2", words)


def _spelled(words: str) -> str:
    words = re.sub(rf"\ban? (?=(?:{'|'.join(_SCALE)}|couple)\b)", "one ", words)
    words = re.sub(r"\bone couple\b", "couple", words)
    words = re.sub(r"\bcouple of\b", "couple", words)
    words = re.sub(rf"\b(hundred|thousand) and (?={_WORD})", r"\1 ", words)
    words = re.sub(r"\b(no|this|that|the|which|last|first|any|another|every|each) one\b", r"\1 _one", words)
    words = re.sub(r"\b(at|in) one(?= (?:and|plus|but)\b|[,.;)]|$)", r"\1 _one", words)
    words = re.sub(r"\bone (of|another|day i|thing)\b", r"_one \1", words)
    return _RUN.sub(lambda m: _run(m[0]), words).replace("_one", "one")


def _run(run: str) -> str:
    numbers: list[str] = []
    whole, part = 0, -1
    glue = ""
    for joint, word in re.findall(r"([ -]?)([a-z]+)", run):
        if word in _SCALE:
            part = max(part, 1) * _SCALE[word]
            if part >= 1000 and word != "hundred":
                whole, part = whole + part, -1
            continue
        value = _PLAIN[word]
        if part < 0:
            part = value
        elif _continues(part, value):
            part += value
        elif part in (19, 20) and value >= 10:
            part = part * 100 + value
        else:
            numbers.append(f"{glue}{whole + part}")
            whole, part, glue = 0, value, joint or " "
    numbers.append(f"{glue}{whole + max(part, 0)}")
    return "".join(numbers)


def _continues(part: int, value: int) -> bool:
    hundreds = part >= 100 and part % 100 == 0 and 0 < value < 100
    return hundreds or (part % 10 == 0 and part % 100 >= 20 and 0 < value < 10)


def _scaled(words: str) -> str:
    def scale(match: re.Match[str]) -> str:
        value = float(match[1]) * {"k": 1000, **_SCALE}[match[2]]
        return f"{value:.10g}"

    return re.sub(r"(?<![\d.])(\d{1,6}(?:\.\d{1,4})?) ?(k|hundred|thousand|dozen)\b", scale, words)


def _fractions(words: str) -> str:
    def ratio(match: re.Match[str]) -> str:
        whole, top, bottom = int(match[1] or 0), int(match[2]), int(match[3])
        return f"{whole + top / bottom:.4g}" if top < bottom else match[0]

    words = re.sub(r"\b(three|3)[ -]quarters?\b", "0.75", words)
    words = re.sub(r"\b1[ -](half|third|quarter)\b", lambda m: _PARTS[m[1]], words)
    words = re.sub(r"\b2[ -]thirds\b", "0.667", words)
    words = re.sub(r"(?<![\d/.-])(?:(\d{1,4})(?: and | |-))?([1-7])/([2348])(?![\d/-])", ratio, words)
    words = re.sub(rf"\b(an?|1) ({_UNIT}) (?:and|&) (?:an? |1 )?(half|quarter)\b", _and_unit, words)
    words = re.sub(rf"(?<![\d.])(\d{{1,4}}) ({_UNIT}s?) (?:and|&) (?:an? |1 )?(half|quarter)\b", _and_unit, words)
    words = re.sub(rf"\b(an?|1|\d{{1,4}}) ({_UNIT}s?) (?:and|&) (0\.5|0\.25|0\.75)(?! (?:{_UNIT}))", _and_unit, words)
    words = re.sub(
        r"(?<![\d.])(\d{1,4}),? (?:and|&) (?:an? |0\.5|0\.25|0\.75)?(half|quarter)?\b(?! (?:time|of))", _and_part, words
    )
    return re.sub(r"\bhalf an? (?=(?:hour|year|day|month|week)s?\b)", "0.5 ", words)


def _and_unit(match: re.Match[str]) -> str:
    whole = 1 if match[1].startswith("a") else int(match[1])
    return f"{whole + float(_PARTS.get(match[3], match[3])):g} {match[2].rstrip('s')}s"


def _and_part(match: re.Match[str]) -> str:
    if match[2]:
        return f"{int(match[1]) + float(_PARTS[match[2]]):.10g}"
    tail = re.search(r"0\.\d+$", match[0])
    return f"{int(match[1]) + float(tail[0]):.10g}" if tail else match[0]
