"""Reading a statement of hours, with the answers to what was asked back."""

import re
from collections.abc import Mapping
from datetime import date

from flows.dialog.numbers import NUMBER, read_number
from flows.dialog.unclear import Unclear
from flows.program.hours.asking import Asking
from flows.program.hours.items import Doubt, Notes
from flows.program.hours.jobs import jobs
from flows.program.hours.ledger import Lump, Missing, Span, Statement, What, ledger, peak
from flows.program.hours.lines import lines_of
from flows.program.hours.marking import marked
from flows.program.hours.spans import markers
from flows.program.hours.weekly import Rules, confirmed
from flows.program.hours.wording import plain

_NEVER = re.compile(
    r"\b(?:never|no|none|not|haven't|have not|don't|do not|didn't)\b(?: (?:really|yet|any|had|have|paid|or|"
    r"unpaid|ever|of|library|been|did|do|a)){0,4}"
    r"(?: (?:work\w*|volunteer\w*|experience|hours|employed|jobs?)\b|\W*$)"
)
_YEAR = r"(?:[a-z]+ )?(?:19|20)\d\d"
_DATED = rf"(?:,? (?:in|during|back in|of) {_YEAR})?"
_LITTLE = r"(?:a few|several|some|many|lots of|a lot of|various|a handful of|a bunch of|countless)"
_VAGUE: tuple[tuple[What, str, str], ...] = (
    ("rate", "{}About how many hours a week is it?", rf"\b{_LITTLE} hours\b(?: ?/(?:week|month|day|year))?"),
    (
        "rate",
        "{}About how many hours a week is it for you alone?",
        rf"\b(?:i|we) together\b[^.;\d]{{0,30}}{NUMBER} hours\b(?: ?/(?:week|month|day|year))?",
    ),
    (
        "period",
        "{}From when to when was it? Months and years are enough.",
        rf"\b(?:for )?(?:quite )?(?:a while|some time|a bit|ages|{_LITTLE} (?:days|weeks|months|years|summers))\b"
        rf"(?! ago){_DATED}|\b(?:for )?(?:most|parts?|much|some) of {_YEAR}"
        rf"|\bfor (?:months|years|weeks)\b",
    ),
    (
        "rest",
        "{}About how many hours is it in all, or a week on the average?",
        r"\b(?:on and off|off and on|sporadic\w*|occasional\w*|irregular\w*|(?:every )?now and (?:then|again)|"
        r"varie[sd]|vary|varying|depends|sometimes|once in a while|from time to time|here and there|whenever|at times|"
        r"(?:some|most|many|a few|several) (?:weeks|weekends|evenings|mornings|afternoons|[a-z]+days))\b",
    ),
)
_FULL_TIME = (
    rf"\bfull time (?:here |there |for us |(?:at|in) (?:our|the|my) [a-z]+ )?(?:is|means|=|equals|was|"
    rf"being|counts as)(?: only| considered| about)? (?P<one>{NUMBER})(?: hours)?(?: ?/week)?",
    rf"(?P<one>{NUMBER}) hours(?: ?/week)? (?:is|are|means|=|equals|counts as|as|was)(?: considered)? full time\b",
    rf"\ba full (?:time )?weeks? (?:is|means|=) (?P<one>{NUMBER}) hours",
)
_SHARED = r"\bfull time\b|\bfte\b|\b(?:half|quarters?) time\b|%|\btime\b"


def read(words: str, today: date, *, rules_full_time: float = 40, max_weekly: float = 60) -> Statement:
    """The hours told in a statement and what must be asked back; raises Unclear when it tells of no hours at all."""
    return complete(words, {}, today, rules_full_time=rules_full_time, max_weekly=max_weekly)


def complete(
    words: str, extra: Mapping[str, str], today: date, *, rules_full_time: float = 40, max_weekly: float = 60
) -> Statement:
    """The statement with answers to what was asked back, by `Missing.key`: {"rate": "20", "weeks": "36"}."""
    asking, notes = Asking(words, extra), Notes()
    text, full_time = _full_time(plain(words))
    rules = Rules(today, full_time or rules_full_time, max_weekly)
    text = _certain(text, today, asking, notes)
    told = jobs(text, notes)
    if not told and not asking.missing:
        if _NEVER.search(text):
            return Statement(())
        raise Unclear("I could not read any hours there. An example: 20 hours a week since March 2019.")
    first = len(asking.missing)
    lines = _check_together(lines_of(told, rules, asking), rules, asking)
    return Statement(tuple(lines), tuple(asking.missing[:first] or asking.missing))


def _full_time(text: str) -> tuple[str, float | None]:
    """The text without the person's own definition of full time ("full time is 35 hours here"), and that."""
    for pattern in _FULL_TIME:
        found = re.search(pattern, text)
        if found and 20 <= float(found["one"]) <= 60:
            rest = f"{text[: found.start()]} {text[found.end() :]}"
            if re.search(_SHARED, rest):
                return re.sub(r" {2,}", " ", rest), float(found["one"])
            return f"{text[: found.start()]} {found['one']} hours /week {text[found.end() :]}", None
    return text, None


def _certain(text: str, today: date, asking: Asking, notes: Notes) -> str:
    """The marked text after every doubt about single words was asked; answers stand in the place of the words."""
    first = Notes()
    for doubt in _doubts(marked(text, today, first), first):
        answer = asking.ask(doubt.what, _asked(doubt, asking))
        if answer and doubt.words:
            text = _replaced(text, doubt, _instead(doubt, answer))
    known = {missing.question for missing in asking.missing}
    ready = marked(text, today, notes)
    for doubt in _doubts(ready, notes):
        if _asked(doubt, asking) not in known:
            asking.again(doubt.what, _asked(doubt, asking))
    return ready


def _asked(doubt: Doubt, asking: Asking) -> str:
    return doubt.question.replace("{}", asking.about(doubt.words) if doubt.words else "")


def _replaced(text: str, doubt: Doubt, by: str) -> str:
    """The answer in the place of the doubtful words."""
    places = [found.span() for found in re.finditer(rf"(?<![\w.]){re.escape(doubt.words.strip())}(?![\w])", text)]
    if not places:
        return f"{text} {by}"
    start, end = places[min(doubt.place, len(places) - 1)]
    return re.sub(r" {2,}", " ", f"{text[:start]} {by} {text[end:]}")


def _instead(doubt: Doubt, answer: str) -> str:
    number = read_number(answer)
    if number is not None and doubt.what == "rate" and not re.search(r"[a-z/]", answer.lower()):
        return f"{number:g} hours /week"
    if number is not None and doubt.what == "unit" and not re.search(r"[a-z/]", answer.lower()):
        return f"total {number:g} hours"
    told = plain(answer)
    if doubt.what == "rest" and not re.search(r"\d|\b(?:full|part|half) time\b", told):
        return " "
    return told


def _doubts(text: str, notes: Notes) -> list[Doubt]:
    doubts = [item for item in map(notes.get, markers(text)) if isinstance(item, Doubt)]
    doubts += _strange(text, notes)
    loose = re.search(r"(?<![a-z])/(?:week|month|2weeks|year|2months|unclear)\b", text)
    for what, question, pattern in _VAGUE:
        vague = re.search(pattern, notes.plain(text)) if not doubts else None
        if vague:
            doubts.append(Doubt(what, question, vague[0]))
    if loose and not doubts and not re.search(r"«[h]\d+»", text):
        doubts.append(Doubt("rest", "How many hours a week do you mean, please?"))
    plainly = notes.plain(text)
    several = re.search(
        rf"(?:{NUMBER} hours[^.;\d]{{0,60}})?\b(?:several places\b[^.;]{{0,50}}\beach\b(?! [a-z]+days?\b)|"
        r"each of several places|at each)\b",
        plainly,
    )
    if several and not doubts:
        doubts.append(Doubt("rate", "How many hours a week is it in all these places together?", several[0]))
    return doubts


def _strange(text: str, notes: Notes) -> list[Doubt]:
    """Numbers that nothing explains."""
    doubts: list[Doubt] = []
    for found in re.finditer(rf"(?<![«\w.]){NUMBER}(?![\w»])", text):
        before = notes.plain(text[: found.start()])
        place = len(re.findall(rf"(?<![\w.]){re.escape(found[0])}(?!\w)", before))
        doubts.append(
            Doubt("rest", f"{{}}What does the {found[0]} tell? Please say it in other words.", found[0], place)
        )
    return doubts


def _check_together(lines: list[Span | Lump], rules: Rules, asking: Asking) -> list[Span | Lump]:
    together = peak(lines)
    told = "; ".join(line.text.rpartition(":")[0] for line in ledger(lines, rules.today))
    if (
        len(lines) > 1
        and together > rules.max_weekly
        and max(s.weekly for s in lines if isinstance(s, Span)) <= rules.max_weekly
    ):
        question = (
            f"Did you do these at the same time, {together:,.4g} hours a week together: {told}? "
            "Say yes, or tell all of it anew."
        )
        answer = asking.ask("check_rate", question)
        if answer and not confirmed(answer):
            return _anew(answer, question, rules, asking)
    return lines


def _anew(answer: str, question: str, rules: Rules, asking: Asking) -> list[Span | Lump]:
    """The lines of a statement told once more."""
    try:
        told = read(answer, rules.today, rules_full_time=rules.full_time, max_weekly=rules.max_weekly)
    except Unclear:
        told = Statement((), (Missing("check_rate", question),))
    if told.missing:
        asking.again("check_rate", question)
    return list(told.lines)
