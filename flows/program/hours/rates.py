"""Hours a week and what goes with them, found in the plain text: rates, shifts, weekdays, sums, weeks of a year."""

import re

from flows.dialog.numbers import NUMBER
from flows.program.hours.items import AMOUNT, GAP, Doubt, Item, Notes, Portion, Rate, Sum, Times, middle
from flows.program.hours.seasons import seasons, weeks_a_year
from flows.program.hours.visits import EACH_WEEK, PER, clocks, frequencies, visits

LONG_DAY, IMPOSSIBLE_DAY, LONGEST_WEEK, MOST_A_WEEK = 8.5, 14.0, 60, 80
_UNDER = (
    r"(?P<under>(?:up to|at most|less than|under|no more than|fewer than|max(?:imum)?(?: of)?|as many as) (?:about )?)?"
)
_SUM_BEFORE = (
    r"(?:total(?:l?ing|s|ed)? ?(?:of|is|was|:|=|comes to)?|altogether|in all|so far|accumulated|accrued|"
    r"completed|logged|"
    r"racked up|put in|have|earned|sum of|for|clocked|amassed|gave|given|contributed|donated)"
)
_SUM_AFTER = (
    r"(?:in total|total|altogether|all together|in all|so far|to date|overall|combined|all told|already|in sum|"
    r"of experience|experience|total time)"
)
_AGAIN = (
    r"\b(?:so|total|totals|totaling|totalling|altogether|in all|that is|that's|which is|i\.e|or about|in "
    r"total|combined|means)\b|="
)


def rated(text: str, notes: Notes) -> str:
    """The text with a marker for every rate, portion, frequency, sum, season and number of weeks."""
    for step in (
        _negatives,
        clocks,
        _appointments,
        weeks_a_year,
        seasons,
        visits,
        _rates,
        frequencies,
        _portions,
        _paired,
        _softened,
        _elliptic,
    ):
        text = step(text, notes)
    return text


def _negatives(text: str, notes: Notes) -> str:
    def refuse(match: re.Match[str]) -> tuple[str, Item]:
        return "x", Doubt("rate", "Hours cannot be fewer than none. How many hours a week is it?", match[0])

    lunch = r"(?: (?:(?:for|of|unpaid|a) ){0,3}(?:lunch|break|meal))"
    return notes.replace(rf"(?:(?:^|(?<=[ ,(]))-|\bminus ){NUMBER} ?hours(?!{lunch})(?: ?{PER})?", text, refuse)


def _appointments(text: str, notes: Notes) -> str:
    """Full time, part time, half time, 0.5 FTE, 75 %."""

    def share(match: re.Match[str]) -> tuple[str, Item] | None:
        value = float(match["share"]) / (100 if match["sign"] else 1)
        return ("r", Rate(0, match[0], soft=True, share=value)) if 0 < value <= 1.5 else None

    text = re.sub(r"\bnot (?:a )?full time\b", "part time", text)
    text = re.sub(r"\bfull time (student|degree|stud(?:y|ies)|school|college|parent|mom|mother)\b", r"\1", text)
    text = re.sub(r"\bhalf[ -]time\b|\bhalf of full time\b", "0.5 fte", text)
    text = re.sub(r"\bquarter[ -]time\b", "0.25 fte", text)
    position = (
        r"(?:fte|f\.t\.e\.?|full time equivalent|of full time|of a full time|full time|time|position|"
        r"appointment|contract|job)"
    )
    text = notes.replace(rf"(?<![\d.])(?P<share>{NUMBER}) ?(?P<sign>%|percent)? ?{position}\b", text, share)
    text = notes.replace(r"\bfte (?:of )?(?P<share>0?\.\d+)(?P<sign>%)?", text, share)
    text = notes.replace(r"\bfull time\b", text, lambda m: ("r", Rate(0, m[0], soft=True, share=1.0)))
    return notes.replace(r"\bpart time\b", text, lambda m: ("r", Rate(0, m[0], soft=True)))


def _rates(text: str, notes: Notes) -> str:
    def rate(match: re.Match[str]) -> tuple[str, Item]:
        hours = middle(match["amount"])
        if match.groupdict().get("under"):
            return "x", Doubt("rate", "{}How many hours a week is it on the average?", match[0])
        if not hours:
            return "x", Doubt("rate", "That says no hours at all. How many hours a week is it?", match[0])
        per = match["per"]
        note = "" if per == "week" else f"{hours:.4g} h {_in_words(per)}"
        return "r", Rate(hours * EACH_WEEK[per], match[0], note=note)

    def unclear(match: re.Match[str]) -> tuple[str, Item]:
        return "x", Doubt("rate", "{}How many hours a week is that?", match[0])

    text = notes.replace(
        rf"(?P<amount>{AMOUNT}) ?(?:hours)?{GAP} ?,? ?/(?:unclear|quarter|semester|term)\b", text, unclear
    )
    text = notes.replace(rf"/unclear\b,? ?{GAP} (?P<amount>{AMOUNT}) hours", text, unclear)
    text = notes.replace(rf"{_UNDER}(?P<amount>{AMOUNT}) hours{GAP},? ?{PER}(?! ?[,(]? ?{AMOUNT} days)", text, rate)
    text = notes.replace(rf"(?<!s ){PER},?{GAP} {_UNDER}(?P<amount>{AMOUNT}) hours(?! ?(?:/|each|a day))", text, rate)
    text = notes.replace(rf"{_UNDER}(?P<amount>{AMOUNT}) ?/(?P<per>week)\b", text, rate)
    return notes.replace(
        rf"\bhours{GAP} ?/(?P<per>week|month|year) ?(?:is|are|was|were|:|=|-|of)? ?(?:about "
        rf")?(?P<amount>{AMOUNT})(?! ?[a-z/«])",
        text,
        rate,
    )


def _in_words(per: str) -> str:
    return {"2weeks": "every two weeks", "2months": "every two months", "halfmonth": "twice a month"}.get(
        per, f"a {per}"
    )


def _portions(text: str, notes: Notes) -> str:
    def each(match: re.Match[str]) -> tuple[str, Item]:
        return "h", Portion(middle(match["amount"]), match[0], each=True)

    def alone(match: re.Match[str]) -> tuple[str, Item]:
        hours = middle(match["amount"])
        if match["under"]:
            return "x", Doubt("unit", "{}How many hours is it, as near as you can say?", match[0])
        if hours <= LONG_DAY and "«f" in text:
            return "h", Portion(hours, match[0])
        if match["before"] or match["after"] or hours > MOST_A_WEEK:
            return "l", Sum(hours, match[0], again=_repeats(text, match))
        return "h", Portion(hours, match[0])

    one = (
        r"(?: ?,? ?(?:/(?:day|shift|visit)|each(?: time| day| visit| shift)?|apiece|at a time|a time|a shift|"
        r"every time|a day|a visit|days?\b(?! /)))"
    )
    text = notes.replace(rf"(?P<amount>{AMOUNT}) hours{GAP}{one}", text, each)
    text = notes.replace(rf"/day,?{GAP} (?P<amount>{AMOUNT}) hours", text, each)
    about = (
        r"(?:(?:about|around|approximately|approx\.?|roughly|nearly|almost|over|more than|at least|some|a|"
        r"of|done|worked|volunteered|is|was|:) ?){0,3}"
    )
    kind = (
        r"(?:(?:paid|volunteer|volunteering|work|working|library|contact|unpaid|service|total|community|of|"
        r"actual)\b ?){0,3}"
    )
    return notes.replace(
        rf"(?P<before>\b{_SUM_BEFORE} ?{about})?{_UNDER}(?P<amount>{AMOUNT}) {kind}hours(?P<after>(?: (?:of|at|"
        rf"as|in) [a-z]+){{0,2}},? {_SUM_AFTER})?(?! ?/)",
        text,
        alone,
    )


def _repeats(text: str, match: re.Match[str]) -> bool:
    return (
        bool(re.search(_AGAIN, text[max(0, match.start() - 25) : match.end() + 12])) and "«r" in text[: match.start()]
    )


def _paired(text: str, notes: Notes) -> str:
    """Hours of one day and days a week make a rate when they stand together."""

    def pair(match: re.Match[str]) -> tuple[str, Item] | None:
        portion, times = notes.get(match["h"] or match["h2"]), notes.get(match["f"] or match["f2"])
        if isinstance(portion, Portion) and isinstance(times, Times):
            return "r", paired(portion, times)
        return None

    gap = r"(?:(?! (?:and|then|plus|but|also)\b) [a-z']+){0,4}"
    return notes.replace(
        rf"(?P<h>«h\d+»){gap} ?[,:(-]?{gap} ?(?P<f>«f\d+»)\)?|(?P<f2>«f\d+»){gap} ?[,:(-]?{gap} ?(?P<h2>«h\d+»)\)?",
        text,
        pair,
    )


def paired(portion: Portion, times: Times) -> Item:
    """The rate, or the doubt whether hours told of several days are of each day or of all."""
    each = portion.each or (times.visits and portion.hours <= LONG_DAY)
    count = times.each if each else times.weekly
    words = f"{portion.hours:.4g} hours"
    if not count and times.visits and portion.hours > IMPOSSIBLE_DAY:
        return Rate(portion.hours, words)
    if not count:
        return Rate(0, words)
    return Rate(portion.hours * count, words)


def _elliptic(text: str, notes: Notes) -> str:
    """ "20 hours a week until June, 30 since": a bare number after hours is told in the same unit."""

    def same(match: re.Match[str]) -> tuple[str, Item] | None:
        earlier = re.findall(r"«[rl]\d+»", text[: match.start()])
        last = notes.get(earlier[-1]) if earlier else None
        hours = middle(match["amount"])
        if isinstance(last, Rate) and last.weekly and not last.note and 1 <= hours <= LONGEST_WEEK:
            return "r", Rate(hours, match["amount"])
        return ("l", Sum(hours, match["amount"])) if isinstance(last, Sum) and hours > LONGEST_WEEK else None

    follows = r"(?= (?:at|in|since|from|until|as|with|after|for the|during)\b| ?«[dp]| ?[,.;)]|$)"
    return notes.replace(
        rf"(?P<keep>(?:\b(?:and|then|plus|to|now|another)|,) (?:about |around |only |just "
        rf")?)(?P<amount>{AMOUNT}){follows}",
        text,
        same,
    )


def _softened(text: str, notes: Notes) -> str:
    """ "part time (20 hours)": the number says what part time means."""

    def hard(match: re.Match[str]) -> tuple[str, Item] | None:
        soft, other = notes.get(match["soft"]), notes.get(match["hard"])
        if (
            not isinstance(soft, Rate)
            or not soft.soft
            or (soft.share and "," in match[0] and match[0].endswith(match["soft"]))
        ):
            return None
        if isinstance(other, Portion) and not other.each and other.hours >= 1:
            return "r", Rate(other.hours, match[0])
        return ("r", other) if isinstance(other, Rate) and not other.soft else None

    gap = r"(?:(?! (?:and|then|plus|but|also|since|from)\b) [a-z'/-]+){0,4}"
    text = re.sub(
        rf"(«r\d+»)( at| about|,)? ({AMOUNT})(?= (?:since|from|for|at|in|until|«|/)|[,.;)]|$)",
        lambda m: m[1] + " " + notes.put("h", Portion(middle(m[3]), m[3])),
        text,
    )
    text = notes.replace(rf"(?P<soft>«r\d+»){gap} ?[,:(=-]?{gap} ?(?P<hard>«[rh]\d+»)\)?", text, hard)
    return notes.replace(rf"(?P<hard>«[rh]\d+»){gap} ?[,:(=-]?{gap} ?(?P<soft>«r\d+»)\)?", text, hard)
