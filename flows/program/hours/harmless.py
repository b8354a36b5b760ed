"""Numbers and dates that are surely no hours and no time of work: names, addresses, ages, pay, counts of things."""

import re

from flows.dialog.numbers import NUMBER

_UNIT = (
    r"(?:h|hs|hrs?|hours?|minutes?|mins?|days?|weeks?|wks?|months?|mos?|years?|yrs?|times?|shifts?|evenings?|mornings?|"
    r"afternoons?|nights?|fte|percent|(?:mon|tues|wednes|thurs|fri|satur|sun)days?)\b"
)
_NO_UNIT = rf"(?![\d.:/]*\d)(?! ?[-/]? ?{_UNIT})(?! ?(?:%|/|(?:-|to|or|and) ?\d))"
_PLACE = (
    r"(?:routes?|rte\.?|highway|hwy\.?|interstate|bookmobile|branch|district|dist\.?|room|rm\.?|suite|building|bldg\.?|"
    r"floor|ward|zone|region|station|precinct|box|bus|local|chapter|apt\.?|apartment|house|school|library|center|"
    r"county|township|post|p\.?s\.?|no\.|number|level|unit|desk|area)"
)
_STREET = r"(?:street|avenue|ave|road|rd|boulevard|blvd|lane|drive|township|broadway)\b"
_NAME = (
    r"(?:(?!(?:since|until|from|at|on|in|to|for|and|then|per|an?|every|each|the|fte|percent|january|february|march|"
    rf"april|may|june|july|august|september|october|november|december)\b|{_UNIT})[a-z]+\.? )"
)
_SMALL = r"(?:\d{1,4}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b"
_PER = r"(?:,? ?(?:/|(?:an?|per|every|each) )(?:hours?|shifts?|days?|weeks?|months?|years?|visits?))?"
_PLACES = r"(?:librar(?:y|ies)|branch(?:es)?|schools|locations|jobs?|positions|places|employers|gigs|roles|sites)"
_THINGS = (
    r"(?:people|persons?|colleagues|co-?workers|kids|children|grandchildren|students|pupils|toddlers|teens|teenagers|"
    r"adults|seniors|patrons|visitors|customers|members|residents|inhabitants|families|volunteers|employees|staff|"
    r"librarians|clerks|books|items|volumes|titles|dvds|cds|cards|magazines|newspapers|programs|events|classes|"
    r"computers|towns|counties|buildings|rooms|shelves|carts|boxes|bags|languages|questions|requests|calls|emails|"
    r"miles|blocks|floors|stories|credits|courses|supervisors|bosses|graders?|dollars|euros|bucks|cents|holds|"
    r"checkouts|departments|desks|degrees|cats|dogs)"
)
_YEAR = r"(?:(?:[a-z]+ )?(?:\d{1,2},? )?(?:19|20)\d\d\b)"
_WORD = r"(?: (?!(?:and|but|since|until|then|work\w*|volunteer\w*|i)\b)[a-z'.]+)"
_LIBRARY = r"(?:librar\w*|branch|job|position|work|there|it|here|circulation|desk|post)\b"


def without_names(words: str) -> str:
    """The words as they were written, without zip codes, telephone, house and route numbers, "Branch 12", "PS 118"."""
    text = re.sub(r"\(?\b\d{3}\)?[ .-]\d{3}[.-]\d{4}\b", " ", words)
    text = re.sub(rf"(?<![\d.,$/-])\b\d{{5}}(?:-\d{{4}})?\b(?![.,/]\d)(?! ?-?{_UNIT})", " ", text)
    text = re.sub(rf"(?i)\b(?<!the )(?<!our )(?<!my ){_PLACE} #?{_SMALL}{_NO_UNIT}", _placed, text)
    text = re.sub(
        rf"\b(?:the |our |my )([A-Z][a-z]+) #?\d{{1,4}}\b{_NO_UNIT}(?= [A-Z]|,| branch| library)", r" \1 ", text
    )
    text = re.sub(rf"(?i)\b\d+(?:st|nd|rd|th)? {_NAME}{{1,2}}{_STREET}", " x ", text)
    return re.sub(rf"(?i)\b\d+(?:st|nd|rd|th) {_STREET}", " x ", text)


def _placed(match: re.Match[str]) -> str:
    return re.sub(r"[\d#]+|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b", " ", match[0])


def without_harmless(text: str) -> str:
    """The plain text without ages, pay, counts of things, school grades and years that tell of something else."""
    for part in (_pay, _ages, _grades, _other_years, _retired, _counts):
        text = part(text)
    return text


def _pay(text: str) -> str:
    money = rf"(?:[$€£] ?{NUMBER} ?k?(?: ?(?:-|to) ?[$€£]? ?{NUMBER})?|{NUMBER} ?(?:dollars|bucks|usd)\b)"
    text = re.sub(
        rf"{money}(?: ?(?:/|an?\b|per\b|each\b|every\b)? ?(?:1 )?(?:hours?|weeks?|months?|years?)\b)?", " pay ", text
    )
    return re.sub(rf"(?<![\w.]){NUMBER}(?: ?/ ?| an | per | 1 )hours?\b", " pay ", text)


def _ages(text: str) -> str:
    text = re.sub(rf"\b(?:an? )?{NUMBER}[ -]years?[- ]*(?:olds?|of age)\b|\b{NUMBER} ?(?:yo|y/o)\b", " aged ", text)
    text = re.sub(rf"\b(?:age|aged|ages) ?(?:is|of|:)? ?{NUMBER}\b", " aged ", text)
    text = re.sub(rf"\bturned \d\d,? (?:in |on )?{_YEAR}", " aged ", text)
    text = re.sub(r"\b(?:i'm|im|i am|i was|i turned|i've turned|turned|i'm only|i'm already) (?:now |just |already )?"
                  rf"\d{{1,3}}\b{_NO_UNIT}(?! since)", " i am aged ", text)  # fmt: skip
    text = re.sub(r"(^|[,.;(] ?)at \d\d\b,?(?= i\b)", r"\1 aged ", text)
    text = re.sub(rf"\b(retired|started|began|still going|even) at \d\d\b{_NO_UNIT}", r"\1", text)
    return re.sub(r"\b(?:my|his|her) (?:early |mid |late |mid-)?\d0'?s\b", " aged ", text)


def _grades(text: str) -> str:
    text = re.sub(rf"\b(?:grades?|no\.|#) ?#?{NUMBER}(?: ?(?:-|to|and) ?{NUMBER})?\b|# ?\d+", " x ", text)
    text = re.sub(rf"\b(?:k|pre-?k) ?(?:-|to|through) ?{NUMBER}\b(?! ?hours)", " x ", text)
    text = re.sub(r"\b\d{1,2}(?:st|nd|rd|th)[ -]grade(?:rs?)?\b", " x ", text)
    role = r"(?:librarian|clerk|assistant|specialist|technician|tech|associate|aide|page|grade|step|class)"
    text = re.sub(rf"\b({role}) [1-5](?=[,;)]| at\b| in\b| \.)(?! ?hours)", r"\1", text)
    return re.sub(r"\b(?:1st|2nd|3rd|\dth)\b(?= (?:job|library|position|year))", " ", text)


def _other_years(text: str) -> str:
    """Years of birth, of degrees, of the founding of a library."""
    other = (
        r"(?:born|graduated|graduation|class of|married|moved (?:here|to)|founded|built|opened|established|renovated|"
        r"degree|diploma|mlis|mls|certified|enrolled)"
    )
    return re.sub(rf"\b{other}\b{_WORD}{{0,4}}? ?{_YEAR}", " ", text)


def _retired(text: str) -> str:
    """ "A retired teacher", "retired from teaching in 2015": no end of the work in the library."""

    def elsewhere(match: re.Match[str]) -> str:
        here = re.search(rf"\b{_LIBRARY}", match[0])
        return re.sub(r"^retired (?:from|as)", "retired", match[0]) if here else " "

    dated = rf"(?:from|as|in|on|at|since|{_YEAR}|[a-z]+ {_YEAR})\b"
    text = re.sub(rf"(?<!until i )(?<!till i )(?<!when i )(?<!before i )\bretired\b(?! ?{dated})", " ", text)
    told = rf"\bretired (?:from|as){_WORD}"
    text = re.sub(rf"{told}{{1,5}}?(?:,? (?:in|since|at|on) (?:the )?{_YEAR})(?! ?hours)", elsewhere, text)
    return re.sub(rf"{told}{{1,5}}", elsewhere, text)


def _counts(text: str) -> str:
    adjective = r"(?:(?!(?:in|at|of|the|for|as|and|to|with|since)\b|" + _UNIT + r")[a-z'-]+ )"
    text = re.sub(rf"(?<![\d.])\d{{1,2}} {adjective}?{_PLACES}\b", " several places ", text)
    text = re.sub(
        rf"(?<![\d.])(?:about |around |over )?{NUMBER}(?: ?(?:-|to|or) ?{NUMBER})? {adjective}{{0,2}}{_THINGS}\b{_PER}",
        " ",
        text,
    )
    return re.sub(rf"\b{NUMBER} minutes (?:away|walk|drive|ride|by|from|on foot)\b", " ", text)
