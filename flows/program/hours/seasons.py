"""School years, summers and weeks worked in a year."""

import re

from flows.program.hours.items import AMOUNT, GAP, Item, Notes, Season, Weeks, middle
from flows.program.hours.ledger import WEEKS_A_YEAR


def weeks_a_year(text: str, notes: Notes) -> str:
    def weeks(match: re.Match[str]) -> tuple[str, Item]:
        factor = WEEKS_A_YEAR / 12 if match["unit"].startswith("month") else 1
        return "w", Weeks(middle(match["amount"]) * factor)

    yearly = (
        r"(?:/year|(?:out )?of (?:the|each|every|a) years?|out of (?:52|12)(?: weeks| months)?|(?:in|"
        r"during) (?:a|the|each|1) years?)"
    )
    school = (
        r"(?:/(?:school|academic) years?|(?:in|of|during) (?:the|a|each|every) (?:school|academic) years?|"
        r"(?:an?|the|per|each|1) (?:school|academic) years?)"
    )
    text = re.sub(r"\beach (school|academic) years\b", r"a \1 years", text)
    text = notes.replace(rf"(?P<amount>{AMOUNT}) (?P<unit>weeks|months) {GAP} ?(?:{yearly}|{school})", text, weeks)
    text = notes.replace(rf"/year,? (?:for )?(?P<amount>{AMOUNT}) (?P<unit>weeks|months)\b", text, weeks)
    job = (
        r"(?:school |academic |calendar )?(?:positions?|contracts?|jobs?|appointments?|employees?|schedules?|"
        r"years?|calendars?|staff)\b"
    )
    text = notes.replace(rf"(?P<amount>{AMOUNT})[ -](?P<unit>weeks|months) {job}", text, weeks)
    return re.sub(r"\b(?:all )?years[ -](?:round|long)\b|\ball years(?: long| round)?\b", "", text)


def seasons(text: str, notes: Notes) -> str:
    def summer(match: re.Match[str]) -> tuple[str, Item]:
        years = tuple(notes.when(marker).first.year for marker in re.findall(r"«d\d+»", match["years"] or ""))
        return "s", Season("summer", years)

    def weeks(match: re.Match[str]) -> str:
        return notes.put("w", Weeks(middle(match[1]))) + " " + notes.put("s", Season("summer"), match[0])

    dates = r"«d\d+»(?:(?:,| and|, and|,? &) ?«d\d+»){0,6}"
    summers = rf"(?:(?:during|in|over|for) )?(?:the )?summers(?: only)?(?: (?:of|in) (?P<years>{dates}))?"
    text = re.sub(
        rf"({AMOUNT}) weeks (?:/summers?|(?:in|of|during|over) (?:each|every|the) summers?|a summer)\b", weeks, text
    )
    away = r"(?:except|excluding|not|but not|no|without|off)"
    text = notes.replace(
        rf"{away}(?: (?:for|in|during|work))?(?: the)? summers?\b|\bsummers? off\b",
        text,
        lambda _: ("s", Season("school")),
    )
    text = notes.replace(
        rf"(?:{summers}|/summers?|(?:during|in|over) (?:the )?summers?(?: (?:break|"
        rf"vacation))?)(?P<years>x{{0}})?".replace("(?P<years>x{0})?", ""),
        text,
        summer,
    )
    school = (
        r"(?:(?:when|while) school (?:is|was) in(?: session)?|(?:during|in) (?:the )?(?:school|semesters?|"
        r"terms?|term time|session)\b(?! librar)|/semester|/term|(?:school|academic) (?:calendar|terms?|"
        r"semesters?))"
    )
    text = notes.replace(rf"{school}", text, lambda _: ("s", Season("school")))
    text = re.sub(
        rf"({AMOUNT}) (?:school|academic) years\b",
        lambda m: f"{m[1]} years {notes.put('s', Season('school'), m[0])}",
        text,
    )
    return notes.replace(
        r"(?:(?:during|in|for) )?(?:the |a |1 |/)?(?:school|academic) (?:years|year)\b(?: only)?",
        text,
        lambda _: ("s", Season("school")),
    )
