"""What the way to the certificate costs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from flows.program.money import Cents, dollars
from flows.program.rules import Percent, Rules


@dataclass(frozen=True)
class PercentAward:
    """Assistance that pays a share of the application fee."""

    percent: Percent
    giver: str = ""


@dataclass(frozen=True)
class FlatAward:
    """Assistance that pays a fixed amount of the application fee."""

    amount: Cents
    giver: str = ""


Award: TypeAlias = PercentAward | FlatAward


@dataclass(frozen=True)
class CoursePrice:
    """What the provider of a course asks for it; None when that is not known here."""

    title: str
    price: Cents | None


@dataclass(frozen=True)
class Line:
    """One line of a quote; assistance is negative."""

    label: str
    amount: Cents


@dataclass(frozen=True)
class Quote:
    """What somebody pays: the lines, their total, and what else to know; `complete` when no price is unknown."""

    lines: tuple[Line, ...]
    total: Cents
    notes: tuple[str, ...] = ()
    complete: bool = True


@dataclass(frozen=True)
class Route:
    """The least and the most that a way to all sets costs, the fee included.

    None where courses lack a known price; `unpriced` are the ids of those sets.
    """

    label: str
    least: Cents | None
    most: Cents | None
    unpriced: tuple[str, ...] = ()


def standard_award(rules: Rules) -> PercentAward:
    """The registration assistance of the program. Source: FY11 overview, committee goals."""
    return PercentAward(rules.assistance_percent)


def assisted(fee: Cents, rules: Rules) -> Cents:
    """What is left of a fee after the program's registration assistance."""
    return fee - award_amount(standard_award(rules), fee)


def award_amount(award: Award, fee: Cents) -> Cents:
    """What an award pays of a fee: never more than the fee, and part of a cent is rounded up for the applicant."""
    if isinstance(award, FlatAward):
        return min(award.amount, fee)
    return min(-(-fee * award.percent // 100), fee)


def quote(
    member: bool | None,
    award: Award | None,
    rules: Rules,
    courses: Sequence[CoursePrice] = (),
    portfolios: int = 0,
) -> Quote:
    """The price for a member of ALA or not (None: not known, so the full fee), an award, and sets by either way.

    Sources: candidate FAQ 17 and 18 (fees, portfolios and courses); FY11 overview (assistance).
    """
    fee = rules.member_fee if member else rules.fee
    lines = [Line("Application fee, ALA member" if member else "Application fee", fee)]
    if award:
        lines.append(Line(f"Assistance from {award.giver}" if award.giver else "Assistance", -award_amount(award, fee)))
    if portfolios:
        lines.append(Line(_count(portfolios, "portfolio"), portfolios * rules.portfolio_fee))
    lines += [Line(course.title, course.price) for course in courses if course.price is not None]
    unpriced = [course.title for course in courses if course.price is None]
    notes = _notes(member, courses, unpriced, rules)
    return Quote(tuple(lines), sum(line.amount for line in lines), notes, complete=not unpriced)


def routes(
    member: bool | None, award: Award | None, rules: Rules, prices: Mapping[str, Sequence[Cents]]
) -> tuple[Route, Route]:
    """The two ends of the free mix: every set by portfolio, and every set by an approved course.

    `prices` holds the known prices of approved courses by the id of their set.
    """
    start = quote(member, award, rules).total
    folders = start + rules.sets_needed * rules.portfolio_fee
    by_portfolio = Route(f"{_count(rules.sets_needed, 'portfolio')}, no course", folders, folders)
    label = f"{_count(rules.sets_needed, 'course')}, no portfolio"
    electives = [prices[set_id] for set_id in rules.elective_sets if prices.get(set_id)]
    looked_at = rules.sets if len(electives) < rules.electives_needed else rules.required_sets
    unpriced = tuple(set_id for set_id in looked_at if not prices.get(set_id))
    if unpriced:
        return by_portfolio, Route(label, None, None, unpriced)
    required = [prices[set_id] for set_id in rules.required_sets]
    least = sum(map(min, required)) + sum(sorted(map(min, electives))[: rules.electives_needed])
    most = sum(map(max, required)) + sum(sorted(map(max, electives), reverse=True)[: rules.electives_needed])
    return by_portfolio, Route(label, start + least, start + most)


def _notes(member: bool | None, courses: Sequence[CoursePrice], unpriced: list[str], rules: Rules) -> tuple[str, ...]:
    notes = [f"The fee is paid once and includes {rules.fee_record_years} years of the online record."]
    if member is None:
        saving = dollars(rules.fee - rules.member_fee)
        notes.append(f"Members of ALA pay {dollars(rules.member_fee)}, {saving} less.")
    if not rules.portfolio_fee:
        notes.append("Portfolios cost nothing more.")
    if courses:
        notes.append("The price of a course is set by its provider and paid to the provider.")
    notes += [f"The price of {title} is not known here: ask its provider." for title in unpriced]
    return tuple(notes)


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"
