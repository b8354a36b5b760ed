"""When the work was: "since March 2019", "from May to August 2023", "for 8 months", "before that", breaks."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import TypeAlias

from flows.dialog.dates import When
from flows.dialog.numbers import NUMBER
from flows.program.hours.items import Break, Item, Length, Notes, Piece

_D = r"«d\d+»"
_T = r"«t\d+»"
_NOW = (
    r"(?:right now|now|today|(?:the )?present(?: day| time)?|(?:the )?current(?:ly)?(?: date| day| time)?|"
    r"this day|the moment|date|ongoing)\b"
)
_WORDS = r"(?:(?! (?:and|then|plus|but|also|until|to|for)\b) ?[a-z'/-]+){0,5}"
_BEGAN = (
    r"(?:since|starting|started|start|starts|from|beginning|began|begun|begin|as of|effective|ever since|hired|"
    r"joined|after|onboarded|"
    r"got (?:the|this|my|a) [a-z]+|took (?:the|this|a) [a-z]+|became|promoted|moved up|been (?:here|there|at it) since)"
)
_ENDED = (
    r"(?:until|till|til|untill|through|thru|to|up to|left|quit|ended|ending|ends|stopped|retired|resigned|"
    r"finished|laid off|let go|"
    r"last day|leaving|closed)"
)
_UNTIL = (
    r"(?:-|to|until|till|til|untill|through|thru|up to|up until|and ended|ending|ended|,? and left|,? left|,? and quit)"
)
_CROSSING = r"(?:(?! (?:and|then|plus|but|also|until|to|for)\b) ?(?:[a-z'/-]+|«[rhfl]\d+»)){0,8} "
_ABOUT = (
    r"(?:(?:about|around|approximately|roughly|nearly|almost|just|over|more than|at least|some|like|"
    r"approx\.?|only|a little over|a bit over|well over) ?)*"
)
_LEN = rf"{NUMBER} (?:years|months|weeks|days)"
_AWAY = (
    r"(?:except(?:ing)?(?: for)?|excluding|apart from|other than|minus|not counting|aside from|besides|without|less|"
    r"(?:a |with a |had a |took a |one |1 )?(?:break|gap|pause|leave|furlough|sabbatical|hiatus)(?: of)?|took|"
    r"taking|missed|"
    r"furloughed|laid off|on leave|out on [a-z]+ leave|closed|was off|off|"
    r"(?:was|were|am) (?:ill|sick|away|out|absent|injured|abroad|travell?ing|in (?:the )?hospital|on [a-z]+ leave)|"
    r"(?:did not|didn't|could not|couldn't) (?:work|volunteer)|no work|not working)"
)


_Make: TypeAlias = Callable[[re.Match[str], Notes], tuple[str, Item]]


def timed(text: str, notes: Notes) -> str:
    """The text with a marker for every piece of a period; it already has markers for dates and rates."""
    text = _lengths(text, notes)
    text = _ranges(text, notes)
    for pattern, make in _FORMS:
        text = notes.replace(pattern, text, partial(_made, make, notes))
    return _breaks(text, notes)


def _made(make: _Make, notes: Notes, match: re.Match[str]) -> tuple[str, Item]:
    return make(match, notes)


def _lengths(text: str, notes: Notes) -> str:
    def length(match: re.Match[str]) -> tuple[str, Item]:
        parts = [
            Length(float(count), unit[0])
            for count, unit in re.findall(rf"({NUMBER}) (years|months|weeks|days)", match[0])
        ]
        if len(parts) == 1:
            return "t", parts[0]
        units = {part.unit for part in parts}
        if units <= {"y", "m"}:
            return "t", Length(sum(part.count * (12 if part.unit == "y" else 1) for part in parts), "m")
        return "t", Length(round(sum(part.weeks for part in parts) * 7), "d")

    text = re.sub(r"\b(?:1|a) decade\b", "10 years", text)
    text = re.sub(
        rf"({NUMBER}) ?(?:-|to|or) ?({NUMBER}) (years|months|weeks)\b",
        lambda m: f"{(float(m[1]) + float(m[2])) / 2:g} {m[3]}",
        text,
    )
    return notes.replace(
        rf"(?<![-/\d.])\b{_LEN}(?:(?:,| and|, and|,? plus|,? &)? {_LEN}){{0,2}}(?: time\b)?", text, length
    )


def _ranges(text: str, notes: Notes) -> str:
    def span(match: re.Match[str]) -> tuple[str, Item]:
        start, end = notes.when(match["start"]), match["end"]
        if end.startswith("«"):
            return "p", Piece(start=start, end=notes.when(end))
        return "p", Piece(start=start, now=True)

    lead = rf"(?:\b(?:from|between|{_BEGAN})\b{_WORDS} ?)?(?:the )?"
    near = r"(?:about |around |the end of |the beginning of |early |as of |when i left in |in )?(?:the )?"
    text = notes.replace(rf"\bbetween {near}(?P<start>{_D}) and {near}(?P<end>{_D}|{_NOW})", text, span)
    return notes.replace(rf"{lead}(?P<start>{_D}) ?,? ?{_UNTIL} ?{near}(?P<end>{_D}|{_NOW})", text, span)


def _since(match: re.Match[str], notes: Notes) -> tuple[str, Item]:
    return "p", Piece(start=notes.when(match["date"]), tie="began")


def _until(match: re.Match[str], notes: Notes) -> tuple[str, Item]:
    return "p", Piece(end=notes.when(match["date"]))


def _before(match: re.Match[str], notes: Notes) -> tuple[str, Item]:
    eve = notes.when(match["date"]).first - timedelta(1)
    return "p", Piece(end=When(eve, eve, "day"))


def _past(match: re.Match[str], notes: Notes) -> tuple[str, Item]:
    return "p", Piece(length=_length(match, notes), now=True)


def _for(match: re.Match[str], notes: Notes) -> tuple[str, Item]:
    return "p", Piece(length=_length(match, notes), past="used to" in match.string)


def _for_within(match: re.Match[str], notes: Notes) -> tuple[str, Item]:
    return "p", Piece(
        length=_length(match, notes), within=notes.when(match["date"]), tie=match.groupdict().get("part") or ""
    )


def _during(match: re.Match[str], notes: Notes) -> tuple[str, Item]:
    when = notes.when(match["date"])
    named = re.match(r"(?:in|during|throughout|all|for|the whole|the entire|over|through|only)\b", match[0])
    odd = re.search(
        r"\b(?:before|after|by|not|around|about|except|toward|towards|like|circa)\b ?$", match.string[: match.start()]
    )
    month = when.precision in ("day", "month") and not re.match(r"during|throughout|all|for|the|only|through", match[0])
    return "p", Piece(
        within=when, tie="bare" if odd or month or not (named or when.precision in ("year", "season")) else ""
    )


def _to_now(_match: re.Match[str], _notes: Notes) -> tuple[str, Item]:
    return "p", Piece(now=True)


def _tie(name: str) -> _Make:
    return lambda match, notes: (
        "p",
        Piece(tie=name, length=_length(match, notes) if match.groupdict().get("length") else None),
    )


def _length(match: re.Match[str], notes: Notes) -> Length:
    item = notes.get(match["length"])
    return item if isinstance(item, Length) else Length(0, "d")


_LENGTH = rf"(?P<length>{_T})"
_DATE = rf"(?P<date>{_D})"
_FORMS: tuple[tuple[str, _Make], ...] = (
    (rf"(?:for |over |during )?(?:the )?(?P<part>first|last) {_LENGTH} (?:of|in) (?:the )?{_DATE}", _for_within),
    (
        rf"(?:since|from|in|over|during|for|within|throughout)? ?(?:the|these|this|my)? ?(?:past|last|previous|"
        rf"recent|most recent) {_ABOUT}{_LENGTH}",
        _past,
    ),
    (rf"\b(?:since|from) {_ABOUT}{_LENGTH}(?! (?:before|after|earlier))", _past),
    (
        rf"(?:for )?{_ABOUT}{_LENGTH} (?:now|already|and counting|so far|to date|running|until now|till now|up "
        rf"to now|to {_NOW})",
        _past,
    ),
    (rf"\balready {_ABOUT}{_LENGTH}", _past),
    (
        rf"(?:for )?{_ABOUT}{_LENGTH} (?:before that|prior to that|before then|previously|prior|earlier|before this)\b",
        _tie("before"),
    ),
    (
        rf"(?:before that|prior to that|before then|previously|prior to this|before this),? (?:for )?{_ABOUT}{_LENGTH}",
        _tie("before"),
    ),
    (rf"(?:then|after that|afterwards|thereafter),? (?:for )?{_ABOUT}{_LENGTH}", _tie("then")),
    (rf"(?:for )?{_ABOUT}{_LENGTH}(?: long)?,? (?:in|during|within|of|back in) (?:the year )?{_DATE}", _for_within),
    (rf"(?:in|during|within) {_DATE},? (?:for )?{_ABOUT}{_LENGTH}", _for_within),
    (rf"\b{_BEGAN}\b{_WORDS} {_DATE}(?: onwards?| on\b| forward)?", _since),
    (rf"{_DATE} onwards?\b", _since),
    (rf"(?P<keep>\b(?:left|quit|ended|stopped|retired|resigned|finished|laid off|let go)\b{_CROSSING}){_DATE}", _until),
    (rf"(?P<keep>\b(?:started|began|hired|joined|begun)\b{_CROSSING}){_DATE}", _since),
    (rf"\b(?:before|prior to) (?:about )?{_DATE}", _before),
    (rf"\b(?:{_ENDED})\b{_WORDS} {_DATE}", _until),
    (rf"(?:for |during |over |a total of )?{_ABOUT}{_LENGTH}", _for),
    (
        rf"(?:in|during|throughout|all of|for|all|the whole of|the entire|the whole|the entirety of|over|"
        rf"through|only in|back in)?(?: the)? ?{_DATE}",
        _during,
    ),
    (r"\bafter (?=(?:working|volunteering|doing|being|having|serving)\b|«[r]\d+»)", _tie("before")),
    (r"(?:\b(?:from|since) )?\b(?:before that|prior to that|before then|prior to this)\b", _tie("before")),
    (
        r"\b(?:after that|afterwards|thereafter|subsequently|after this|since then|ever since|since that|"
        r"since that time|"
        r"from then on|from there on)\b",
        _tie("after"),
    ),
    (r"\bsince\b(?= ?(?:[.;,)]|$))", _tie("after")),
    (rf"\b(?:until|till|til|up to|to|through|up until) {_NOW}|\bthrough the present", _to_now),
)


def _breaks(text: str, notes: Notes) -> str:
    def away(match: re.Match[str]) -> str:
        piece, more = notes.get(match["piece"]), match.groupdict().get("more")
        if not isinstance(piece, Piece):
            return match[0]
        both = _joined(piece, notes.get(more)) if more else piece
        rest = "" if both or not more else match[0][match.end("piece") - match.start() :]
        return notes.put("g", Break(replace(both or piece, tie="")), match[0]) + rest

    more = r"(?:,? ?(?:(?!(?:and|since|then|plus|but|also|now|started|began)\b)[a-z']+ ){0,7}(?P<more>«p\d+»))?"
    text = re.sub(
        rf"(?:with |and |took )?(?P<piece>«p\d+») (?:of )?(?:[a-z]+ )?(?:off|leave|break|vacation|gap|furlough|"
        rf"hiatus|away|pause)\b{more}",
        away,
        text,
    )
    return re.sub(rf"\b{_AWAY}\b(?:(?! (?:then|plus|also)\b) [a-z']+){{0,4}} ?(?P<piece>«p\d+»){more}", away, text)


def _joined(one: Piece, other: Item) -> Piece | None:
    """ "For 3 months in 2023", "the three months from March to May 2023": the two tell of one time away."""
    if not isinstance(other, Piece) or not one.length or one.within or one.start or one.end:
        return None
    if other.within:
        return Piece(length=one.length, within=other.within)
    return other if other.start and other.end and not other.length else None
