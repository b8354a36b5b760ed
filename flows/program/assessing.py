"""An assessment in an evaluator's own words: "all met except 3 and 7: ...", or a line for each competency.

Raises Unclear for words that name no assessment, or a competency that there is not.
"""

import re
from collections.abc import Collection, Mapping

from flows.dialog.unclear import Unclear
from flows.program.reviews import Rating

Found = Mapping[int, tuple[Rating, str]]
LIST = r"(?:#?\d{1,3}(?:\s*(?:,|and|&|or|to|-)\s*)?)+"
NAMED = r"(?:competenc(?:y|ies)|numbers?|nos?\.?)"
REST = r"(?:[\s:;.,–-]+(?P<rest>.*))?"
ALL_MET = re.compile(
    rf"(?:(?:they(?: a|')re )?(?:all|everything|every one|each)(?: of them)?(?: {NAMED})?(?: (?:is|are|were))?"
    r"(?: fully)? )?met(?P<except>[ ,]*(?:except(?: for)?|but(?: not)?|apart from|besides|other than|save)(?: for)?"
    rf"(?: {NAMED})? (?P<list>{LIST}))?{REST}",
    re.IGNORECASE | re.DOTALL,
)
NOT_MET = re.compile(
    rf"(?P<word>not met|unmet|partially met|partly met)(?: (?:is|are))?[\s:]*(?:{NAMED} )?(?P<list>{LIST}){REST}",
    re.IGNORECASE | re.DOTALL,
)
NONE_MET = re.compile(
    rf"(?:none (?:is|are|of (?:it|them) (?:is|are) )?met|nothing (?:is )?met|(?:all )?not met){REST}",
    re.IGNORECASE | re.DOTALL,
)
LINE = re.compile(
    rf"(?:{NAMED} )?#?(?P<number>\d{{1,3}})[.):]?\s*(?:is |-+ ?|– ?)?"
    r"(?P<word>(?:not met|unmet|partially met|partly met|partial|met)\b|(?:yes|no)(?=[\s.!]*$|[,;:]))?"
    r"[\s:;,.–-]*(?P<rest>.*)",
    re.IGNORECASE | re.DOTALL,
)
RATED = re.compile(r"#?\d{1,3}[.):]?\s*(?:-+ ?|– ?|is )?(?:not met|met|unmet|part)", re.IGNORECASE)
NEXT = r"\n+|;\s*|,\s+(?=#?\d{1,3}\s+(?:not met|met|unmet|partially))|[.,]\s+(?=#?\d{1,3}[.:)]\s)"
WORDS: Mapping[str, Rating] = {
    "met": Rating.MET, "yes": Rating.MET, "not met": Rating.NOT_MET, "unmet": Rating.NOT_MET, "no": Rating.NOT_MET,
    "partially met": Rating.PARTIALLY, "partly met": Rating.PARTIALLY, "partial": Rating.PARTIALLY,
}  # fmt: skip
EXAMPLE = "all met except 3 and 7: 3 shows no example, 7 needs proof"


def looks_like_one(words: str) -> bool:
    """Whether words begin as an assessment does; quick, for any message."""
    said = words[:200].strip()
    return any(pattern.match(said) for pattern in (ALL_MET, NOT_MET, NONE_MET, RATED))


def read(words: str, numbers: Collection[int], offered: Collection[Rating]) -> Found:
    """Rating and comment for every competency of `numbers`; `offered` are the ratings that the rules know."""
    said = words.strip()
    if found := ALL_MET.fullmatch(said):
        if not found["list"]:
            return dict.fromkeys(numbers, (Rating.MET, ""))
        return _except(found["list"], Rating.NOT_MET, found["rest"] or "", numbers)
    if found := NOT_MET.fullmatch(said):
        return _except(found["list"], _offered(WORDS[found["word"].lower()], offered), found["rest"] or "", numbers)
    if found := NONE_MET.fullmatch(said):
        return _commented(dict.fromkeys(numbers, Rating.NOT_MET), found["rest"] or "", numbers)
    return _by_lines(said, numbers, offered)


def _except(listed: str, rating: Rating, rest: str, numbers: Collection[int]) -> Found:
    named = _listed(listed, numbers)
    return _commented({number: rating if number in named else Rating.MET for number in numbers}, rest, numbers)


def _commented(ratings: Mapping[int, Rating], rest: str, numbers: Collection[int]) -> Found:
    """Comments begin with their numbers; one without a number is for everything that is not met."""
    own, common = _comments(rest, numbers)
    told = {number: own.get(number, common) for number, rating in ratings.items() if rating is not Rating.MET}
    return {number: (rating, told.get(number, "")) for number, rating in ratings.items()}


def _comments(rest: str, numbers: Collection[int]) -> tuple[dict[int, str], str]:
    own: dict[int, str] = {}
    common: list[str] = []
    at = 0
    for piece in re.split(r"\n+|;\s*|[,.]\s+(?=#?\d{1,3}\b\D)", rest.strip()):
        found = re.match(r"(?:and )?#?(\d{1,3})\b[.):]?\s*(?:[:–-]\s*)?(.*)", piece.strip(), re.DOTALL)
        if found and int(found[1]) in numbers and found[2]:
            at = int(found[1])
            own[at] = found[2].strip()
        elif piece.strip() and at:
            own[at] = f"{own[at]}; {piece.strip()}"
        elif piece.strip():
            common.append(piece.strip())
    return own, "; ".join(common)


def _by_lines(said: str, numbers: Collection[int], offered: Collection[Rating]) -> Found:
    """A line for each competency that is not met, or for all; those that no line names are met only if one says so."""
    found: dict[int, tuple[Rating, str]] = {}
    rest_is_met = False
    for line in re.split(NEXT, said):
        if re.fullmatch(r"(?:the )?(?:rest|others?|all others)(?: (?:is|are))? met[.! ]*", line.strip(), re.IGNORECASE):
            rest_is_met = True
        elif line.strip():
            number, rating, comment = _line(line.strip(), offered)
            _known(number, numbers)
            found[number] = (rating, comment)
    missing = [number for number in numbers if number not in found]
    if missing and not rest_is_met:
        told = ", ".join(map(str, missing))
        raise Unclear(f"What about {told}? `rest met` says that they are. Another way: “{EXAMPLE}”.")
    return {number: found.get(number, (Rating.MET, "")) for number in numbers}


def _line(line: str, offered: Collection[Rating]) -> tuple[int, Rating, str]:
    found = LINE.fullmatch(line)
    if found is None or not (found["word"] or found["rest"]):
        raise Unclear(f"I could not read an assessment there. Please write it as “{EXAMPLE}”, or `all met`.")
    rating = WORDS[found["word"].lower()] if found["word"] else Rating.NOT_MET
    return int(found["number"]), _offered(rating, offered), found["rest"].strip()


def _listed(told: str, numbers: Collection[int]) -> set[int]:
    found: set[int] = set()
    for first, last in re.findall(r"(\d{1,3})(?:\s*(?:to|-)\s*(\d{1,3}))?", told):
        found |= set(range(int(first), int(last or first) + 1))
    for number in sorted(found):
        _known(number, numbers)
    return found


def _known(number: int, numbers: Collection[int]) -> None:
    if number not in numbers:
        told = ", ".join(map(str, sorted(numbers)))
        raise Unclear(f"There is no competency {number} in this package; there are {told}.")


def _offered(rating: Rating, offered: Collection[Rating]) -> Rating:
    if rating not in offered:
        raise Unclear("A competency is met or not met; a part of it counts as not met, with a comment.")
    return rating
