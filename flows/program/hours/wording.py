"""The statement in plain spelling: numbers in digits, one word for each unit, "/week" for every "a week"."""

import re
from datetime import date

from flows.dialog.dates import NoDate, When, find_dates
from flows.dialog.numbers import NUMBER, digits
from flows.program.hours.harmless import without_harmless, without_names
from flows.program.hours.items import AMOUNT, Doubt, Notes, Season
from flows.program.hours.people import named, own

LONGEST = 3000
_DAY = "monday|tuesday|wednesday|thursday|friday|saturday|sunday"
_SHORT = {short: day for day in _DAY.split("|") for short in (day[:3], day[:4], day[:5])}
_MONTH = "january|february|march|april|may|june|july|august|september|october|november|december"
_COUNTED = (
    r"(?:hours|days|weeks|months|times|shifts|once|twice|mornings|afternoons|evenings|nights|\d|saturdays|sundays)"
)
_LONE = (
    r"(?:for|about|over|almost|nearly|within|after|of|than|past|last|is|was|been|ago|around|approximately|full "
    r"time|part time|then|and|plus|"
    r"worked|did|have|had|another|only|just|least|now|already)"
)
_SPELLING = (
    (r"[‘’ʼ`]", "'"),
    (r"[“”\"*_|]", " "),
    (r"\bcovid[- ]?19\b", "covid"),
    (r"~ ?", "about "),
    (r"(?<=\d)\+", " "),
    (r"\bw/", "with "),
    (r"(?<=\d)(?:[- ]?ish| or so)\b", " "),
    (r"\b(?:apart|aside) from\b|\bwith the exception of\b|\bbut not in\b|\bi skipped\b", "except"),
    (r"\bf\.?/ ?t\b\.?|\bfull[- ]?time(?:r|rs)?\b|\bfulltime\b|\bft\b|\bf\.t\.", "full time"),
    (r"\bp\.?/ ?t\b\.?|\bpart[- ]?time(?:r|rs)?\b|\bparttime\b|\bpt\b|\bp\.t\.", "part time"),
    (r"\bhpw\b", "hours /week"),
    (r"\bp\.? ?w\b\.?", "/week"),
    (r"\b24/7\b", "always"),
    (r"(?<=\d)(?=[a-z])(?!(?:st|nd|rd|th)\b)", " "),
    (r"(?<=\d)-(?=(?:h|hrs?|hours?|days?|weeks?|wks?|months?|mos?|years?|yrs?|time)\b)", " "),
    (r"(?<=\d )(?:h|hs|hr|hrs|hour|hous|houres|ours|hors|horas|hrz|houra)\b", "hours"),
    (r"\b(?:h|hrs?|hours?|hous|houres)\b(?= ?/)", "hours"),
    (r"\b(?:hrs|hr|hour|hous)\b", "hours"),
    (r"\bhalf[- ]hours?\b", "0.5 hours"),
    (r"\ban hours?\b", "1 hours"),
    (r"\b(?:wk|wks|week|weeks|wekk|weks|weeek)\b(?!-?end)", "weeks"),
    (r"(?<=/) ?w\b", "weeks"),
    (r"(?<=\d )(?:mos?|mths?|mnths?|month|monthes|moths)\b", "months"),
    (r"(?<=\d )(?:ys?|yrs?|year|yeras|yaers|yers)\b", "years"),
    (r"\b(?:mo|month|mth)\b", "months"),
    (r"\b(?:yr|yrs|year)\b", "years"),
    (r"(?<=\d )(?:d|day|dys)\b", "days"),
    (r"\bday\b", "days"),
    (r"\b(days|shifts|mornings|evenings|afternoons|nights|times)(?:/| / )", r"\1 per "),
)


def plain(words: str) -> str:
    """The statement in lower case with its numbers, units and days in one spelling each."""
    short = (
        r"(?i:\b(hrs?|hours?|yrs?|mos?|mths?|approx|sept?|jan|feb|mar|apr|jun|jul|aug|oct|nov|"
        r"dec))\.(?= *[a-z0-9(/,;-])"
    )
    text = re.sub(short, r"\1 ", without_names(named(words[:LONGEST])))
    text = re.sub(r"(?i:\b(wks?|weeks?))\.(?= *[a-z(/,;-])", r"\1 ", text)
    text = re.sub(r"[«»]", " ", digits(text))
    text = re.sub(r"(?<=\b\d{4})-(?=[a-z]{3})", " - ", text)
    text = re.sub(r"\b(start|end|from|since|until|to|hire)(?:ing|ed|d)?(?: date)? ?:(?= ?\w)", r"\1 ", text)
    text = re.sub(r"(\d{1,2}/(?:\d{1,2}/)?\d{2,4}|\b(?:19|20)\d\d)-(?=\d{1,2}/|(?:19|20)\d\d\b)", r"\1 - ", text)
    text = re.sub(rf"^\W*((?:about|around|over|roughly|approximately|nearly|almost)? ?{NUMBER})\W*$", r"\1 hours", text)
    text = text.replace("\t", " ")
    for pattern, spelling in _SPELLING:
        text = re.sub(pattern, spelling, text)
    text = re.sub(r"\b(" + "|".join(_SHORT) + r")s?\b\.?", lambda m: _SHORT[m[1]], text)
    text = re.sub(r"\bm ?- ?f\b", "monday to friday", text)
    text = re.sub(rf"({NUMBER}) hours? ?(-|to|or) ?({NUMBER}) hours", r"\1\2\3 hours", text)
    return re.sub(
        r" {2,}", " ", without_harmless(own(_listed(_pauses(_rates(_minutes(re.sub(r"[ \r\f\v]+", " ", text)))))))
    )


def _rates(text: str) -> str:
    every = r"\b(?:every other|every second|every 2|each 2|per 2|alternate|alternating)"
    text = re.sub(rf"{every} weeks\b|\bfortnightly\b|\b(?:per|a|each|every) fortnight\b|/ ?2 weeks\b", "/2weeks", text)
    text = re.sub(rf"{every} months\b", "/2months", text)
    text = re.sub(r"\b(?:bi-?weekly|bimonthly|semi-?weekly)\b", "/unclear", text)
    text = re.sub(r"\b(?:semi-?monthly)\b", "/halfmonth", text)
    text = re.sub(r"\b(?:per|each|every|a) (?:pay ?period|pay ?check|pay ?day)\b", "/unclear", text)
    text = re.sub(r"\b(hours|about|work|working|volunteer) weekly\b|\bweekly\b", r"\1 /week", text)
    for adverb, unit in (("daily", "day"), ("monthly", "month"), ("yearly|annually|per annum|p\\.a\\.", "year")):
        text = re.sub(rf"\b(?:{adverb})\b", f"/{unit}", text)
    text = re.sub(r"\b(hours|days|times|shifts) (?:for|in|on) weeks\b", r"\1 /week", text)
    units = r"(week|day|month|year|semester|term|shift|summer|quarter|visit|saturday|sunday)s?\b(?! (?:ago|off|later))"
    text = re.sub(
        rf"(?:/ ?|\b(?:per|each|every|in each|in every) (?:school |academic |single |calendar )?){units}", r"/\1", text
    )
    text = re.sub(r"(?<=hours )weeks?\b", "/week", text)
    text = re.sub(
        rf"({_COUNTED}(?: [a-z]+){{0,3}}?) (?:a|an|the|in a|of the|out of the|in the|x|by|on|of) {units}", _per, text
    )
    text = re.sub(rf"(?<![a-z] )(?<!{'for'} )\ba (week|month) (?=i |we |{AMOUNT} hours)", r"/\1 ", text)
    text = re.sub(r"\ban? (?:whole|full|entire|solid) (year|month|week)s?\b", r"1 \1s", text)
    text = re.sub(rf"\b({_LONE}) an? (week|month|year|day)s?\b", r"\1 1 \2s", text)
    return re.sub(r"(?<![a-z/] )\ban? (year|month|week|day)s?\b(?! (?:i|we)\b)", r"1 \1s", text)


def _minutes(text: str) -> str:
    """ "90 minutes", "2 hours and 30 minutes" in hours."""
    text = re.sub(rf"\b{NUMBER}[ -]minutes? (?:away|walk|drive|ride|by|from|on foot|commute)\b", " ", text)
    text = re.sub(
        rf"(?<![\d.])({NUMBER}) hours,? (?:and )?({NUMBER}) ?(?:minutes?|mins?)\b",
        lambda m: f"{float(m[1]) + float(m[2]) / 60:.4g} hours",
        text,
    )
    return re.sub(rf"(?<![\d.])({NUMBER})[ -]?(?:minutes?|mins?)\b", lambda m: f"{float(m[1]) / 60:.4g} hours", text)


def _listed(text: str) -> str:
    """ "12 hours at A, 8 at B and 5 at C, every week": the week goes with each of the hours."""
    place = r"(?: (?!and\b|plus\b|/)[a-z'-]+){1,5}"
    one = rf"{AMOUNT}(?: hours)?{place}"

    def each(match: re.Match[str]) -> str:
        return re.sub(rf"(?<![\w.])({AMOUNT})(?: hours)?(?= [a-z])", r"\1 hours /week", match["list"])

    listed = rf"(?P<list>{AMOUNT} hours{place}(?:,? (?:and |plus |& )?{one}){{1,6}}),? ?/week\b(?! ?{AMOUNT})"
    text = re.sub(listed, each, text)
    days = rf"(?=(?:on )?(?:{_DAY})s?\b)"
    if re.search(rf"\d hours {days}", text):
        text = re.sub(rf"((?:,|,? and|,? &) )({AMOUNT}) {days}", r"\1\2 hours ", text)
    return text


def _per(match: re.Match[str]) -> str:
    unit = match[2]
    if re.search(r"\b(?:for|about|over|almost|nearly|within|after|than|past|last|since|until|and|then)$", match[1]):
        return match[0]
    if re.search(r" (?:the|in the|on|of) \w+$", match[0]) and unit not in ("week", "month", "year", "day"):
        return match[0]
    return f"{match[1]} /{unit}"


def _pauses(text: str) -> str:
    text = re.sub(r"\b([a-z]{3,})\.(?= |$|\n)", r"\1 .", text)
    text = re.sub(r"(?<=\d)\.(?=\s|$)", " .", text)
    return re.sub(r"\b(e\.g|i\.e|vs|st|mt|dr)\.", r"\1", text)


def dated(text: str, today: date, notes: Notes) -> str:
    """The text with a marker for every date, and for every school year named by its years."""

    text = _school_years(text, notes) if re.search(r"\b(?:school|academic) years?\b", text) else text
    text = re.sub(rf"\b({_MONTH}) (?:and|&) ({_MONTH})(?= (?:19|20)\d\d\b)", _neighbours, text)
    text = re.sub(r"\b(20)(\d\d) ?[-/] ?(1[3-9]|[2-9]\d)\b(?![-/\d])", r"\1\2 to \1\3", text)
    text = re.sub(r"\b(since|until|in|from|before|after) ((?:this|last|previous) )years\b", r"\1 \2year", text)
    text = re.sub(r"\b(until|till|since) (last|this) (week|month|year)s\b", r"\1 \2 \3", text)
    text = re.sub(r"\b(this|last|previous|the|calendar) (year|month|week|day)s\b(?! \d)", r"\1 \2", text)
    pieces, at = [], 0
    for found in find_dates(text, today):
        pieces += [text[at : found.at], _date(found.value, text[found.at : found.to], notes)]
        at = found.to
    return "".join([*pieces, text[at:]])


def _neighbours(match: re.Match[str]) -> str:
    """ "June and July 2024" is one stretch of time."""
    one, two = (_MONTH.split("|").index(month) for month in match.groups())
    return f"{match[1]} to {match[2]}" if two == one + 1 else match[0]


def _school_years(text: str, notes: Notes) -> str:
    """ "2022-23 through 2024/25", "the 2023-24 school year": sums of whole school years."""
    one = r"20\d\d ?[-/] ?(?:20)?\d\d\b(?![-/\d])"

    def full(match: re.Match[str]) -> str:
        first, second = int(match[1]), int(match[2])
        return f"20{first}-{second}" if second == first + 1 else match[0]

    def years(match: re.Match[str]) -> str:
        pairs = [
            (int(first), int(second)) for first, second in re.findall(r"(20\d\d) ?[-/] ?(?:20)?(\d\d)", match["years"])
        ]
        if any((first + 1) % 100 != second for first, second in pairs):
            return match[0]
        named = tuple(first for first, _ in pairs)
        through = len(named) == 2 and re.search(r"to|through|thru|until|-", re.sub(one, "", match["years"]))
        return notes.put("s", Season("school", tuple(range(named[0], named[1] + 1)) if through else named), match[0])

    text = re.sub(r"(?<![\d./$-])\b([12]\d) ?[-/] ?([123]\d)\b(?![./-]?\d)(?! ?(?:hours|/))", full, text)
    word = r"(?: ?,?:? ?(?:school|academic) years?\b)?"
    joint = r"(?:,? ?(?:and|&|\+|plus) ?|, ?| ?(?:to|through|thru|until|-) ?)"
    lead = (
        rf"(?:(?:for|in|during|of|from|over) )?(?:the )?(?:(?:{NUMBER} )?(?:school|academic) years?[,:]? "
        rf"(?:of )?(?:the )?)?"
    )
    return re.sub(
        rf"{lead}(?P<years>{one}{word}(?:{joint}(?:the )?{one}{word}){{0,5}})",
        years,
        text,
    )


def _date(value: When | NoDate, words: str, notes: Notes) -> str:
    if isinstance(value, NoDate):
        return notes.put("x", Doubt("date", value.reason, words), words)
    return notes.put("d", value, words)
