"""The program's numbers and names, as the answers say them."""

from collections.abc import Sequence
from datetime import date
from math import ceil

from flows.program.competencies import Competencies
from flows.program.fees import assisted
from flows.program.money import dollars
from flows.program.rules import Rules

_WORDS = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")

_ORDINALS = (
    "first", "second", "third", "fourth", "fifth", "sixth",
    "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth",
)  # fmt: skip


def figures(rules: Rules, competencies: Competencies) -> dict[str, str]:
    """What stands for each placeholder of an answer, such as `{fee}`; KeyError when the rules name an unknown set."""
    return {**_money(rules), **_numbers(rules), **_worked_out(rules), **_sets(rules, competencies)}


def number_in_words(number: int) -> str:
    """`four` for 4; digits from thirteen on."""
    return _WORDS[number] if 0 <= number < len(_WORDS) else f"{number:,}"


def ordinal_in_words(number: int) -> str:
    """`fourth` for 4; digits with their ending from thirteen on."""
    if 0 < number < len(_WORDS):
        return _ORDINALS[number - 1]
    tail = "th" if 10 < number % 100 < 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number:,}{tail}"


def day_in_words(day: date) -> str:
    """`25 January 2010`, in English whatever the machine's language."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def listed(names: Sequence[str]) -> str:
    """`A`, `A and B`, or `A, B, and C`."""
    if len(names) < 3:
        return " and ".join(names)
    return f"{', '.join(names[:-1])}, and {names[-1]}"


def ranged(numbers: Sequence[int]) -> str:
    """`3 and 7`, or `1 to 6, 8, and 9`: three or more in a row by the first and the last; `numbers` are in order."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return listed([each for run in runs for each in (map(str, run) if len(run) < 3 else (f"{run[0]} to {run[-1]}",))])


_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def _money(rules: Rules) -> dict[str, str]:
    return {
        "fee": dollars(rules.fee),
        "member_fee": dollars(rules.member_fee),
        "member_saving": dollars(rules.fee - rules.member_fee),
        "assistance_percent": f"{rules.assistance_percent}%",
        "assistance_awards": number_in_words(rules.assistance_awards),
        "assisted_fee": dollars(assisted(rules.fee, rules)),
        "assisted_member_fee": dollars(assisted(rules.member_fee, rules)),
        "payment_instructions": rules.payment_instructions,
    }


def _numbers(rules: Rules) -> dict[str, str]:
    return {
        "hours": f"{rules.hours_needed:,}",
        "window_years": number_in_words(rules.window_years),
        "limit_years": number_in_words(rules.limit_years),
        "start_date": day_in_words(rules.start),
        "term_years": number_in_words(rules.term_years),
        "renewal_hours": str(rules.renewal_hours),
        "evaluators": number_in_words(rules.evaluators),
        "answer_days": str(rules.answer_days),
        "review_days": str(rules.review_days),
        "revision_rounds": number_in_words(rules.revision_rounds),
        "record_years": number_in_words(rules.record_years_after),
        "contact_email": rules.contact_email,
        "contact_phone": rules.contact_phone,
        "committee_seats": number_in_words(len(rules.committee_seats)),
        "draft_days": str(rules.draft_days),
        "webinars": number_in_words(len(rules.webinar_kinds)),
    }


def _worked_out(rules: Rules) -> dict[str, str]:
    """What follows from the rules: examples of pace, and the ordinals of the last set and of one evaluator more."""
    return {
        "weeks_at_20": str(ceil(rules.hours_needed / 20)),
        "weeks_at_35": str(ceil(rules.hours_needed / 35)),
        "weekly_hours": str(ceil(rules.hours_needed / (rules.window_years * 52))),
        "months_for_a_set": number_in_words(rules.limit_years * 12 // rules.sets_needed),
        "last_set": ordinal_in_words(rules.sets_needed),
        "all_but_two_sets": number_in_words(rules.sets_needed - 2),
        "another_evaluator": ordinal_in_words(rules.evaluators + 1),
    }


def _sets(rules: Rules, competencies: Competencies) -> dict[str, str]:
    current = [competencies.named(set_id) for set_id in rules.sets]
    return {
        "sets_total": number_in_words(len(current)),
        "sets_needed": number_in_words(rules.sets_needed),
        "sets_required": number_in_words(len(rules.required_sets)),
        "sets_elective": number_in_words(rules.electives_needed),
        "electives_available": number_in_words(len(rules.elective_sets)),
        "required_sets": listed([competencies.named(set_id).name for set_id in rules.required_sets]),
        "elective_sets": listed([competencies.named(set_id).name for set_id in rules.elective_sets]),
        "competencies_total": str(sum(map(len, current))),
        **{f"{group.id}_n": str(len(group)) for group in current},
    }
