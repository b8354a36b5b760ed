"""The catalogue of approved courses: its table, the wishes that people have of a course, and what fits them.

Raises sheets.SheetError, which names the line and the column, for a table that cannot be used.
"""

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from difflib import get_close_matches
from typing import TypeVar

from flows.dialog.dates import read_day
from flows.dialog.kinds import email, link, text
from flows.dialog.unclear import Unclear
from flows.program.competencies import Competencies
from flows.program.figures import day_in_words
from flows.program.money import Cents, cents, dollars
from flows.program.moving import IN_FIGURES
from flows.program.sheets import Row, bad, rows
from flows.program.states import OUTSIDE, find_state, state

T = TypeVar("T")

NEEDED = ("code", "provider", "title", "set", "format", "valid from")
MORE = ("state", "price", "start", "valid to", "link", "mail")
FORMS = ("online", "in person", "mixed")
CODE = re.compile(r"[A-Z0-9][A-Z0-9-]{1,19}")


@dataclass(frozen=True)
class Course:
    """An approved course, which covers a whole set; `state` is a code, or empty for everywhere.

    `valid_until` is None for an approval without an end, `price_cents` where no price is known, `starts` where one may
    begin at any time.
    """

    code: str
    provider: str
    title: str
    set_id: str
    form: str
    state: str
    price_cents: Cents | None
    starts: date | None
    valid_from: date
    valid_until: date | None
    link: str
    email: str

    def approved_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_until is None or day <= self.valid_until)

    @property
    def approval(self) -> str:
        """`approved from 1 January 2026 until 31 December 2029`."""
        until = f" until {day_in_words(self.valid_until)}" if self.valid_until else ""
        return f"approved from {day_in_words(self.valid_from)}{until}"


@dataclass(frozen=True)
class Wish:
    """What somebody wants of a course; what is empty does not matter. `begins` is the first and last day of a start."""

    set_id: str = ""
    form: str = ""
    state: str = ""
    most: Cents | None = None
    begins: tuple[date, date] | None = None


def read(table: str, competencies: Competencies, today: date) -> tuple[Course, ...]:
    """Courses, each code once; days are written so that nobody has to ask back."""
    found = [(row.line, _course(row, competencies, today)) for row in rows(table, NEEDED, MORE)]
    seen: dict[str, int] = {}
    for line, each in found:
        if (before := seen.setdefault(each.code, line)) != line:
            raise bad(line, "code", f"{each.code} stands in line {before} already")
    return tuple(each for _, each in found)


def _course(row: Row, competencies: Competencies, today: date) -> Course:
    group = competencies.find_set(row["set"])
    if group is None:
        raise bad(row.line, "set", f"there is no competency set {row['set']!r}")
    form = row["format"].lower().replace("-", " ")
    if form not in FORMS:
        raise bad(row.line, "format", f"it is {', '.join(FORMS)}, not {row['format']!r}")
    first, last = _cell(row, "valid from", _day(today)), _optional(row, "valid to", _day(today))
    if last is not None and last < first:
        raise bad(row.line, "valid to", "it is before the first day of the approval")
    return Course(
        _cell(row, "code", _code),
        _cell(row, "provider", text),
        _cell(row, "title", text),
        group.id,
        form,
        _optional(row, "state", _state) or "",
        _optional(row, "price", _price),
        _optional(row, "start", _day(today)),
        first,
        last,
        _optional(row, "link", link) or "",
        _optional(row, "mail", email) or "",
    )


def _cell(row: Row, column: str, reader: Callable[[str], T]) -> T:
    if not row[column]:
        raise bad(row.line, column, "it is empty")
    try:
        return reader(row[column])
    except Unclear as unclear:
        raise bad(row.line, column, str(unclear)) from None


def _optional(row: Row, column: str, reader: Callable[[str], T]) -> T | None:
    return _cell(row, column, reader) if row[column] else None


def _code(words: str) -> str:
    code = words.upper()
    if not CODE.fullmatch(code) or not re.search(r"\d", code):
        raise Unclear(f'it is like "CAT-101": letters, digits (at least one) and hyphens, not {words!r}')
    return code


def _day(today: date) -> Callable[[str], date]:
    def reader(words: str) -> date:
        if IN_FIGURES.search(words):
            raise Unclear(f"{words} can be read in several ways; write 2027-03-04 or 4 March 2027")
        return read_day(words, today)

    return reader


def _state(words: str) -> str:
    found = find_state(words)
    if found is None or found == OUTSIDE:
        raise Unclear(f"there is no state {words!r}; leave it empty for everywhere")
    return found.code


def _price(words: str) -> Cents:
    amount = 0 if words.lower() == "free" else cents(words)
    if amount is None or amount > 10_000_000:
        raise Unclear(f'it is like "$180" or "free", not {words!r}')
    return amount


def cells(each: Course) -> list[str]:
    """A course in the columns of the import."""
    price = "" if each.price_cents is None else dollars(each.price_cents)
    first = [each.code, each.provider, each.title, each.set_id, each.form, each.valid_from.isoformat()]
    return [*first, each.state, price, *map(_iso, (each.starts, each.valid_until)), each.link, each.email]


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


SEASONS = {"spring": (3, 5), "summer": (6, 8), "fall": (9, 11), "autumn": (9, 11)}
MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
PRICE = re.compile(
    r"(?:(?:for )?(?:under|below|less than|up to|at most|no more than|max(?:imum)?|cheaper than)|<) ?"
    r"(\$ ?\d[\d,]*(?:\.\d{2})?|\d[\d,]*(?:\.\d{2})?)(?: dollars| usd|\$)?"
)
WHEN = re.compile(
    rf"(?:(?:that )?(?:start|begin)(?:s|ing|ning)? )?(?:in |this |next )?(?:the )?\b({'|'.join((*SEASONS, *MONTHS))})\b"
    r"(?: (?:of )?(20\d\d))?"
)
WAYS = (
    ("in person", re.compile(r"\b(?:in[- ]person|on[- ]?site|face[- ]to[- ]face)\b")),
    ("online", re.compile(r"\b(?:on-?line|web|remote|distance)\b")),
    ("mixed", re.compile(r"\b(?:mixed|hybrid|blended)\b")),
)
FREE = re.compile(r"\b(?:for )?free\b")
ASKED = re.compile(r"\b(?:courses?|please)\b")
LITTLE = frozenset(
    ("a", "an", "any", "all", "the", "for", "in", "on", "about", "from", "of", "to", "at", "and", "with", "approved")
)


def read_wish(words: str, competencies: Competencies, today: date) -> Wish | None:
    """What the words wish of a course; None where some of them are no wish that could be read."""
    left, wish = ASKED.sub(" ", f" {words.lower().strip(' .?!')} "), Wish()
    if found := PRICE.search(left):
        wish, left = replace(wish, most=cents(found[1].replace(" ", ""))), _without(left, found)
    elif found := FREE.search(left):
        wish, left = replace(wish, most=0), _without(left, found)
    if found := WHEN.search(left):
        wish = replace(wish, begins=_begins(found[1], int(found[2] or 0), today))
        left = _without(left, found)
    for form, pattern in WAYS:
        if not wish.form and (found := pattern.search(left)):
            wish, left = replace(wish, form=form), _without(left, found)
    return _named(wish, left.replace(",", " ").split(), competencies)


def _without(left: str, found: re.Match[str]) -> str:
    return f"{left[: found.start()]} {left[found.end() :]}"


def _named(wish: Wish, words: list[str], competencies: Competencies) -> Wish | None:
    """The longest runs of words that name a set or a state; None when others are left over."""
    while words:
        for length in range(len(words), 0, -1):
            taken = _taken(wish, " ".join(words[:length]), competencies)
            if taken is not None:
                wish, words = taken, words[length:]
                break
        else:
            if words[0] not in LITTLE:
                return None
            words = words[1:]
    return wish


def _taken(wish: Wish, phrase: str, competencies: Competencies) -> Wish | None:
    if phrase in LITTLE:  # "in" and "or" are codes of states as well
        return None
    if not wish.set_id and (set_id := _set(phrase, competencies)):
        return replace(wish, set_id=set_id)
    found = find_state(phrase) if not wish.state else None
    return replace(wish, state=found.code) if found is not None and found != OUTSIDE else None


def _set(phrase: str, competencies: Competencies) -> str:
    """A set by its name; a single word may be mistyped."""
    group = competencies.find_set(phrase)
    if group is None and " " not in phrase and len(phrase) > 6:
        near = get_close_matches(phrase, [each.name.lower().split()[0] for each in competencies.sets], 1, 0.82)
        group = competencies.find_set(near[0]) if near else None
    return group.id if group is not None else ""


def _begins(name: str, year: int, today: date) -> tuple[date, date]:
    """The first and last day of a season or month; without a year, the next one that is not over."""
    first, last = SEASONS.get(name) or (MONTHS.index(name) + 1,) * 2
    year = year or today.year + (last < today.month)
    after = date(year + last // 12, last % 12 + 1, 1)
    return date(year, first, 1), date.fromordinal(after.toordinal() - 1)


def fitting(courses: Sequence[Course], wish: Wish, today: date) -> list[Course]:
    """The courses that one can still take and that fit every wish, in their order."""
    return [each for each in courses if _is_open(each, today) and _fits(each, wish)]


def _is_open(each: Course, today: date) -> bool:
    lasts = each.valid_until is None or today <= each.valid_until
    return lasts and (each.starts is None or today <= each.starts)


def _fits(each: Course, wish: Wish) -> bool:
    """An unknown price fits no bound; a course that may begin at any time fits every start."""
    return (
        wish.set_id in ("", each.set_id)
        and wish.form in ("", each.form)
        and (not wish.state or each.state in ("", wish.state))
        and (wish.most is None or (each.price_cents is not None and each.price_cents <= wish.most))
        and (wish.begins is None or each.starts is None or wish.begins[0] <= each.starts <= wish.begins[1])
    )


def meant(words: str, courses: Sequence[Course]) -> Course | None:
    """The course of that code, however it is spelled (“cat 101”), or of that title, a letter or two mistyped."""
    said, title = _plain(words), words.strip().lower()
    coded = [each for each in courses if _plain(each.code) == said]
    titled = get_close_matches(title, [each.title.lower() for each in courses], 2, 0.9)
    named = [each for each in courses if titled and each.title.lower() == titled[0]]
    found = coded or (named if len(set(titled)) == 1 else [])
    return found[0] if len(found) == 1 else None


def nearest(words: str, courses: Sequence[Course], most: int = 3) -> list[Course]:
    """The courses that such words may mean, by code or title, the likeliest first."""
    said, title = _plain(words), words.strip().lower()
    codes = get_close_matches(said, [_plain(each.code) for each in courses], most, 0.7)
    titles = get_close_matches(title, [each.title.lower() for each in courses], most, 0.6)
    near = [each for code in codes for each in courses if _plain(each.code) == code]
    near += [each for name in titles for each in courses if each.title.lower() == name]
    return list(dict.fromkeys(near))[:most]


def _plain(code: str) -> str:
    return re.sub(r"[^a-z0-9]", "", code.lower())


def relaxed(courses: Sequence[Course], wish: Wish, today: date) -> list[str]:
    """What leaving out one wish would give: `2 online`, `1 at another price`."""
    found = []
    for other, words in (
        (replace(wish, form=""), ""),
        (replace(wish, state=""), "in another state"),
        (replace(wish, most=None), "at another price"),
        (replace(wish, begins=None), "with another start"),
    ):
        fits = fitting(courses, other, today) if other != wish else []
        if words and fits:
            found.append(f"{len(fits)} {words}")
        elif fits:
            found += [f"{count} {form}" for form, count in Counter(each.form for each in fits).items()]
    return found


def in_words(wish: Wish, names: Mapping[str, str]) -> str:
    """`online courses for Technology in Ohio for at most $200, starting between ... and ...`."""
    begins = [f"starting between {' and '.join(map(day_in_words, wish.begins))}"] if wish.begins else []
    parts = [
        f"{wish.form} courses".strip(),
        f"for {names[wish.set_id]}" if wish.set_id else "",
        f"in {state(wish.state).name}" if wish.state else "",
        ("for free" if not wish.most else f"for at most {dollars(wish.most)}") if wish.most is not None else "",
        *begins,
    ]
    return " ".join(filter(None, parts))


def line(each: Course, names: Mapping[str, str]) -> str:
    """A course in one line: what, where, for how much, from when, by whom, and how long it is approved."""
    price = "free" if each.price_cents == 0 else dollars(each.price_cents) if each.price_cents else "ask for the price"
    where = f"{each.form}, {state(each.state).name}" if each.state else each.form
    starts = f"starts {day_in_words(each.starts)}" if each.starts else "start at any time"
    told = [f"{names[each.set_id]}; {where}", price, starts, each.provider, each.approval]
    return f"{each.code} {each.title}: {'; '.join([*told, *filter(None, [each.link])])}"


def request(wish: Wish, names: Mapping[str, str], contact: str) -> str:
    """A message that somebody may forward to a provider."""
    what = in_words(replace(wish, most=None, begins=None), names)
    return (
        f"I am looking for {what} approved by the Library Support Staff Certification program (LSSC), and there is none"
        f" yet. Would you offer one? A course needs the program’s approval first; {contact} tells how to apply for it."
    )
