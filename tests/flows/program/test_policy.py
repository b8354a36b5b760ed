from dataclasses import asdict, fields
from datetime import date

import pytest

from flows.program import policy as policies
from flows.program.competencies import Competencies
from flows.program.policy import Policy, PolicyError, Source
from flows.program.rules import OptionalPolicies, Rules

LATER = """
[[rules]]
from = 2012-07-01
fee = { value = "$375", source = "committee decision of 3 May 2012" }
[rules.optional.ratings]
on = true
source = "committee decision of 3 May 2012"
"""


def refused(text: str) -> str:
    with pytest.raises(PolicyError) as error:
        policies.load(text)
    return str(error.value)


def test_the_rules_of_the_program_are_those_of_its_documents(rules: Rules) -> None:
    expected = {
        "start": date(2010, 1, 25),
        "hours_needed": 1820,
        "window_years": 5,
        "sets_needed": 6,
        "electives_needed": 3,
        "fee": 35000,
        "member_fee": 32500,
        "portfolio_fee": 0,
        "assistance_percent": 50,
        "assistance_awards": 4,
        "limit_years": 4,
        "term_years": 5,
        "renewal_hours": 32,
        "renewal_adopted": False,
        "evaluators": 2,
        "answer_days": 7,
        "review_days": 30,
        "revision_rounds": 2,
        "record_years_after": 2,
        "draft_days": 30,
        "last_day_submission_counts": True,
        "complete_sets_carry_over": True,
        "contact_email": "lssc@ala.org",
        "contact_phone": "800-545-2433, extension 2424",
    }
    assert {name: getattr(rules, name) for name in expected} == expected


def test_later_policies_are_in_the_file_and_all_off(rules: Rules) -> None:
    assert {name: later["on"] for name, later in asdict(rules.optional).items()} == {
        field.name: False for field in fields(OptionalPolicies)
    }


def test_every_rule_names_its_source(policy: Policy) -> None:
    names = {field.name for field in fields(Rules)} - {"in_force_since", "optional"}
    names |= {f"optional.{field.name}" for field in fields(OptionalPolicies)}
    assert {name for name in names if policy.source(name, date(2011, 1, 1)).document} == names


def test_a_source_says_what_it_overrules(policy: Policy) -> None:
    assert policy.source("member_fee", date(2011, 1, 1)) == Source(
        "candidate FAQ 17 and 18; FY11 overview", "briefing, appendix D: $350 for everyone"
    )


def test_a_later_block_overrides_only_what_it_names_and_only_from_its_day(policy_text: str, rules: Rules) -> None:
    policy = policies.load(policy_text + LATER)
    before, after = policy.on(date(2012, 6, 30)), policy.on(date(2012, 7, 1))
    assert before == rules
    assert (after.fee, after.member_fee, after.optional.ratings.on) == (37500, 32500, True)
    assert after.optional.ratings.met_percent == 70
    assert policy.source("fee", date(2012, 6, 30)) == Source("candidate FAQ 17 and 18; FY11 overview")
    assert policy.source("fee", date(2012, 7, 1)) == Source("committee decision of 3 May 2012")


def test_before_the_first_block_its_rules_hold_too(policy: Policy, rules: Rules) -> None:
    assert policy.on(date(2009, 1, 1)) == rules


@pytest.mark.parametrize(
    ("written", "instead", "message"),
    [
        ('fee = { value = "$350"', "fee = { value = 350", "fee: is missing, or is not an amount"),
        ("value = 1820", 'value = "1820"', "hours_needed: is missing, or is not a whole number of 0 or more"),
        ("value = 1820", "value = -1", "hours_needed: is missing, or is not a whole number of 0 or more"),
        ("value = 1820", "value = true", "hours_needed: is missing, or is not a whole number of 0 or more"),
        ("value = 50", "value = 101", "assistance_percent: is missing, or is not a whole number from 0 to 100"),
        ("value = 2010-01-25", "value = 2010-01-25T10:00:00", "start: is missing, or is not a date"),
        ("hours_needed =", "hours_neded =", "hours_neded: there is no rule of this name"),
        (', source = "candidate FAQ 15; FY11 overview"', "", "limit_years: its source is missing"),
        ("review_days = { value = 30,", "review_days = { days = 30,", "review_days: write it as { value = "),
        ("partial_percent = 30", "partial_percent = 300", "partial_percent: is missing, or is not a whole number"),
        ("[rules.optional.ratings]", "[rules.optional.rating]", "rating: there is no later policy of this name"),
        ("quarter_credit =", "quater_credit =", "quater_credit: the later policy contact_hours has no such value"),
        ('"technology", "comm', '"access", "comm', "elective_sets: a competency set is named twice"),
        ("value = 6,", "value = 11,", "sets_needed: cannot be met with these required and elective sets"),
        ('value = "$325"', 'value = "$351"', "member_fee: is more than the fee of those who are not members"),
    ],
)
def test_a_wrong_value_is_named_by_line_and_key(policy_text: str, written: str, instead: str, message: str) -> None:
    assert written in policy_text
    text = policy_text.replace(written, instead, 1)
    place, _, what = refused(text).partition(", ")
    assert what.startswith(message)
    line = text.splitlines()[int(place.removeprefix("line ")) - 1]
    assert message.partition(":")[0] in line


def test_the_line_of_a_key_is_looked_for_in_its_own_later_policy(policy_text: str) -> None:
    text = policy_text.replace('years = 4\nfee = "$100"', 'years = 4\nfee = "free"')
    line = text.splitlines().index('fee = "free"') + 1
    assert (
        refused(text)
        == f'line {line}, fee: is missing, or is not an amount such as "$350" or "$162.50", in quotation marks'
    )


@pytest.mark.parametrize(
    ("written", "instead", "message"),
    [
        (
            '"technology", "comm',
            '"archery", "comm',
            "the rules from 2010-01-25 on: there is no competency set 'archery'",
        ),
        ('["CO", "OR"]', '["CO", "Ontario"]', "the rules from 2010-01-25 on: there is no state 'Ontario'"),
    ],
)
def test_rules_name_only_sets_and_states_that_exist(
    policy_text: str, competencies: Competencies, written: str, instead: str, message: str
) -> None:
    policies.check(policies.load(policy_text), competencies)
    with pytest.raises(PolicyError) as error:
        policies.check(policies.load(policy_text.replace(written, instead, 1)), competencies)
    assert str(error.value) == message


def test_a_missing_rule_is_named(policy_text: str) -> None:
    kept = [line for line in policy_text.splitlines() if not line.startswith("answer_days")]
    assert refused("\n".join(kept)) == "block 1 of the policy file: the rules lack answer_days"


def test_blocks_follow_each_other_in_time(policy_text: str) -> None:
    text = policy_text + LATER.replace("2012-07-01", "2010-01-25")
    line = text.splitlines().index("from = 2010-01-25", 20) + 1
    assert refused(text) == (
        f"line {line}, from: each [[rules]] block must apply from a later day than the one before it"
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "the policy file holds no [[rules]] block"),
        ("rules = 3", "the policy file holds no [[rules]] block"),
        ("fees = 3", "line 1, fees: only [[rules]] blocks belong in the policy file"),
        ("[[rules]]\nfee = 3", "block 1, from: is missing, or is not a date such as 2010-01-25"),
        ("fee", "the policy file is not valid TOML: Expected '=' after a key in a key/value pair (at end of document)"),
    ],
)
def test_a_file_that_is_no_policy_is_refused_in_plain_words(text: str, message: str) -> None:
    assert refused(text) == message
