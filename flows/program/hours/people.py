"""Clauses about other people are left out: "my sister does 20 hours, I do 15"."""

import re
from dataclasses import dataclass

from flows.program.hours.items import AMOUNT

_KIN = (
    r"(?:sister|brother|husband|wife|spouse|partner|boyfriend|girlfriend|fiancee?|mother|mom|mum|father|dad|parents?|"
    r"daughter|son|kids|children|twin|cousin|aunt|uncle|niece|nephew|grand(?:mother|father|ma|pa)|friend(?! of)|"
    r"friends(?! of)|colleague|co-?worker|team-?mate|class-?mate|room-?mate|neighbou?r|boss|supervisor|manager|"
    r"director|"
    r"predecessor|successor|buddy)s?"
)
_ROLE = r"(?:librarian|clerk|page|assistant|aide|volunteer|director|head|manager|employee|staff member|person|intern)s?"
_ANYONE = (
    r"(?:every(?:one|body)(?: else)?|others|the others|the rest|some(?:one|body)(?: else)?|most (?:[a-z]+ )?(?:people|"
    r"staff|colleagues|volunteers|employees|librarians)|other (?:people|volunteers|colleagues|librarians|staff))"
)
_VERB = (
    r"(?:work(?:s|ed)|does|did|ha[sd]|volunteer(?:s|ed)|log(?:s|ged)|help(?:s|ed)|puts? in|is|was|who|that|put|gave|"
    r"gives|"
    r"clocks?|clocked|completed|donate[sd]|been|spends?|spent|also|only|usually|comes|goes|started|joined|"
    r"runs|serves?|served|has been)"
)
_MY = (
    r"(?:(?:my|our|his|her|their|the|an?|one of my|one of our|another|both my|one|each of my)\b "
    r"(?:(?!i\b)[a-z'-]+ ){0,2}?)"
)
_OTHER = re.compile(
    rf"(?:{_MY}{_KIN}(?!'|-)\b|{_MY}{_KIN}(?:'s?)? (?=\d|hours|full time|part time|half time)|"
    rf"(?:the|the other|another|our|other|one|an?) (?:[a-z'-]+ ){{0,2}}?{_ROLE} (?=works|does|has|volunteers|who)|"
    rf"{_ANYONE}\b|(?:s?he|they)\b)"
)
_LEAD = re.compile(
    r"(?:(?:and|but|so|also|while|whereas|because|unlike|than|like|compared (?:to|with)|as|even|"
    r"although|though|whilst|where|since then|then|actually|well|in fact|however|whose|not) |[ ,(])+"
)
_SELF = re.compile(r"\b(?:i|i'm|i've|i'd|i'll|im|ive|we|we're|we've|me|us|mine|myself|my own|my (?:hours|job|"
                   r"position|schedule|shifts?|work))\b")  # fmt: skip
_TELLS = re.compile(r"\b(?:sa(?:ys|id)|count(?:s|ed)|confirm(?:s|ed)|knows?|keeps?|can|will|wrote|sign(?:s|ed)|"
    r"approved|"
                    r"recorded|tracks|estimates?|verif\w+|cut|raised|offered|asked|agreed)\b")  # fmt: skip
_FIGURE = re.compile(r"\d|\b(?:full|part|half) time\b")
_BREAK = re.compile(
    r"( \.|[;!?\n:]|,|[()]| (?=(?:and|but|while|whereas|whilst|though|although|unlike|than|because)\b))"
)
_SUMMED = r"(?:logged|gave|clocked|earned|completed|accumulated|racked up|put in|donated|total(?:led|ed)?)"
_REPORTED = re.compile(r"hours(?: [a-z]+){0,2}? ?(/(?:2weeks|week|day|month|year|shift))\b")


def named(words: str) -> str:
    """The words as they were written, with "Anna works" told as of a colleague."""
    return re.sub(
        r"(^|[.,;:!?\n] ?|\b(?:and|while|but) )(?!It\b|This\b|That\b|Which\b|What\b|He\b|She\b)"
        r"[A-Z][a-z]+(?: [A-Z][a-z]*\.?)? (?=(?:works|does|volunteers|logged|puts in)\b(?! out))",
        r"\1my colleague ",
        words,
    )


@dataclass
class _Reading:
    """Where the reading stands: whether the clause is another's, may be, and what was left out."""

    other: bool = False
    person: bool = False
    dropped: str = ""


def own(text: str) -> str:
    """The plain text without other people's clauses; a bare number of one's own takes the unit of theirs."""
    text = re.sub(
        rf"\b(?:{_MY}{_KIN}(?: [a-z]+)? (?:and|&) (?:i|me|myself)|(?:i|me) (?:and|&) {_MY}{_KIN})\b", "i", text
    )
    text = re.sub(
        rf"(?<=[a-z0-9]) (?=(?:my|our|the|an?) (?:[a-z'-]+ )?{_KIN} (?:who|works|does|has|volunteers|logged)\b)",
        " ; ",
        text,
    )
    reading, kept = _Reading(), []
    pieces = _BREAK.split(text)
    for at in range(0, len(pieces), 2):
        clause, mark = pieces[at], pieces[at + 1] if at + 1 < len(pieces) else ""
        if _is_other(clause, reading):
            reading.dropped += clause + mark
            clause = " " if _FIGURE.search(clause) else clause
        kept += [clause, mark]
        if mark in (" .", "!", "?", "\n") and (
            (reading.dropped and _FIGURE.search(reading.dropped)) or not reading.other
        ):
            reading.other = reading.person = False
    return _bare("".join(kept), reading.dropped)


def _is_other(clause: str, reading: _Reading) -> bool:
    said = _LEAD.sub("", clause, count=1) if _LEAD.match(clause) else clause
    person = _OTHER.match(said)
    if person:
        rest = said[person.end() :]
        relative = re.match(r" ?(?:who|that|whom)\b", rest)
        mine = (_SELF.search(rest) or _TELLS.search(rest)) and not relative
        reading.person = not mine
        reading.other = not mine and bool(_FIGURE.search(rest) or re.match(rf" ?(?:[a-z]+ ){{0,2}}?{_VERB}\b", rest))
    elif _SELF.search(said):
        reading.other, reading.person = False, bool(re.search(rf"\b{_MY}{_KIN}$", said))
    elif reading.person and re.match(rf"{_VERB}\b", said):
        reading.other = True
    return reading.other


def _bare(text: str, dropped: str) -> str:
    """ "I work 18 since May", "I logged 275": a number of one's own without its unit."""
    theirs = _REPORTED.search(dropped)
    summed = re.search(rf"\b{_SUMMED}\b", dropped) and not theirs
    follows = r"(?= (?:since|from|until|till|at|in|as|now|there|with|during|myself|only|for)\b| ?[,.;)](?!\d)|\s*$)"

    def told(match: re.Match[str]) -> str:
        verb = match["verb"] or ""
        if re.fullmatch(_SUMMED, verb) or summed:
            return f"{match['lead']}{match['amount']} hours in total"
        if theirs:
            return f"{match['lead']}{match['amount']} hours {theirs[1]}"
        plainly = re.match(r" (?:since|from)\b", match.string[match.end() :]) and not re.search(
            r"/(?:day|month|year|2weeks)|total", text
        )
        weekly = plainly and float(re.findall(r"[\d.]+", match["amount"])[0]) <= 60
        return f"{match['lead']}{match['amount']} hours /week" if weekly else match[0]

    verbs = rf"(?P<verb>work|worked|do|did|volunteer|volunteered|have|had|help|{_SUMMED})"
    adverb = r"(?:only|just|now|have|also|myself|currently|usually|normally|am)"
    lead = rf"(?P<lead>\b(?:i|we|i've|i'm|me)(?: {adverb}){{0,4}}(?: {verbs})? (?:only |just |about |around )?)"
    if not dropped:
        lead = rf"(?P<lead>\b(?:i|we|i've) {verbs} (?:only |just |about |around )?)"
    return re.sub(rf"{lead}(?P<amount>{AMOUNT}){follows}", told, text)
