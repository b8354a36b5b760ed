"""Hours a week of one job: the rate told, or the question that tells it."""

import re
from dataclasses import dataclass
from datetime import date

from flows.dialog.numbers import NUMBER, read_number
from flows.program.hours.asking import Asking
from flows.program.hours.items import Notes, Portion, Rate, Times
from flows.program.hours.job import Job
from flows.program.hours.marking import marked
from flows.program.hours.rates import paired
from flows.program.hours.spans import markers
from flows.program.hours.wording import plain

HOURS_A_WEEK = 168


@dataclass(frozen=True)
class Rules:
    """Today and the settings that a reading needs."""

    today: date
    full_time: float
    max_weekly: float


def weekly_hours(job: Job, rules: Rules, asking: Asking, several: bool) -> float | None:
    """Hours a week while working, or None when something was asked or the job is told as a sum."""
    if job.sum and not job.rate:
        return None
    rate = job.rate
    if rate is None and job.portion:
        if job.times:
            made = paired(job.portion, job.times)
            rate = made if isinstance(made, Rate) else None
        else:
            return _of_portion(job.portion, rules, asking)
    if rate is not None and rate.share:
        return rate.share * rules.full_time
    if rate is not None and rate.weekly:
        return checked(rate.weekly, rules, asking)
    name = asking.about(job.told)
    question = f"{name}How many hours a week is it?"
    if rate is not None and not rate.soft:
        question = f"{name}Is that on each of the days, or in all? How many hours a week is it?"
    if (rate is not None and rate.soft) or (several and job.pieces) or not name:
        question = f"{name}About how many hours a week is it?"
    answer = asking.ask("rate", question)
    return _answered_rate(answer, question, rules, asking) if answer else None


def _of_portion(portion: Portion, rules: Rules, asking: Asking) -> float | None:
    if portion.each:
        question = f"On how many days a week do you work {portion.hours:.4g} hours? Or: how many hours a week is it?"
        answer = asking.ask("rate", question)
        if answer is None:
            return None
        days = re.fullmatch(rf"\D{{0,20}}({NUMBER}) ?(?:days?)?(?: a week| per week)?", answer.lower())
        if days and float(days[1]) <= 7 and "hour" not in answer:
            return portion.hours * float(days[1])
        return _answered_rate(answer, question, rules, asking)
    question = f"Is that {portion.hours:.4g} hours a week, or in all? Please give the hours a week, or say “in all”."
    answer = asking.ask("unit", question)
    if answer is None:
        return None
    if re.search(r"\b(?:in all|all|total|altogether|together|sum|once)\b", answer.lower()):
        return -portion.hours
    if re.search(r"week", answer.lower()) and read_number(answer) is None:
        return checked(portion.hours, rules, asking)
    return _answered_rate(answer, question, rules, asking)


def _answered_rate(answer: str, question: str, rules: Rules, asking: Asking) -> float | None:
    number = read_number(answer)
    if number is not None and number > 0 and not re.search(r"month|year|day|%|fte|time|shift", answer.lower()):
        return checked(number, rules, asking)
    notes = Notes()
    found = [notes.get(marker) for marker in markers(marked(plain(answer), rules.today, notes))]
    rates = [item for item in found if isinstance(item, Rate) and (item.weekly or item.share)]
    if len(rates) == 1:
        return checked(rates[0].weekly or rates[0].share * rules.full_time, rules, asking)
    portions, times = [i for i in found if isinstance(i, Portion)], [i for i in found if isinstance(i, Times)]
    if len(portions) == len(times) == 1:
        return checked(portions[0].hours * times[0].each, rules, asking)
    asking.again("rate", question)
    return None


def checked(weekly: float, rules: Rules, asking: Asking) -> float | None:
    """Uncommonly many hours are confirmed or corrected; more than a week has can only be corrected."""
    if weekly <= rules.max_weekly:
        return weekly
    if weekly > HOURS_A_WEEK:
        question = f"{weekly:,.4g} hours a week cannot be: a week has {HOURS_A_WEEK}. How many is it?"
    else:
        question = f"{weekly:,.4g} hours a week is a lot. Is that right? Say yes, or give the hours a week."
    answer = asking.ask("check_rate", question)
    if answer is None:
        return None
    number = read_number(answer)
    if number is not None and 0 < number <= rules.max_weekly:
        return number
    if weekly <= HOURS_A_WEEK and confirmed(answer):
        return weekly
    asking.again("check_rate", question)
    return None


def confirmed(answer: str) -> bool:
    return bool(re.match(r"(?i)\W*(?:yes|y|yep|yeah|right|correct|true|it is|ok)\b", answer))
