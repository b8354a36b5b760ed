"""What the program's rules are: one field for each, and the later policies that can be switched on."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, TypeAlias

from flows.program.money import Cents

Percent: TypeAlias = Annotated[int, "percent"]


@dataclass(frozen=True, kw_only=True)
class Ratings:
    """Later policy: competencies are rated met, partially met or not met, and a share of them decides."""

    on: bool
    met_percent: Percent
    partial_percent: Percent
    resubmissions: int


@dataclass(frozen=True, kw_only=True)
class EvaluatorLimit:
    """Later policy: an evaluator takes no more reviews a year than he or she named."""

    on: bool


@dataclass(frozen=True, kw_only=True)
class FourYearRenewal:
    """Later policy: a shorter term, hours in technology, and a window around the last day (in months)."""

    on: bool
    term_years: int
    hours: int
    technology_hours: int
    months_before: int
    months_after: int


@dataclass(frozen=True, kw_only=True)
class ContactHours:
    """Later policy: what a credit or a day at a conference is worth, in contact hours."""

    on: bool
    semester_credit: int
    quarter_credit: int
    conference_day: int


@dataclass(frozen=True, kw_only=True)
class CourseApproval:
    """Later policy: how long a course stays approved and what its provider pays."""

    on: bool
    years: int
    fee: Cents


@dataclass(frozen=True, kw_only=True)
class FeeReturned:
    """Later policy: an applicant who is not eligible gets the fee back."""

    on: bool


@dataclass(frozen=True, kw_only=True)
class Appeals:
    """Later policy: the days allowed for each step of an appeal, in order."""

    on: bool
    days: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class OptionalPolicies:
    """Policies the program adopted later; each counts only when it is switched on."""

    ratings: Ratings
    evaluator_limit: EvaluatorLimit
    four_year_renewal: FourYearRenewal
    contact_hours: ContactHours
    course_approval: CourseApproval
    fee_returned: FeeReturned
    appeals: Appeals


@dataclass(frozen=True, kw_only=True)
class Rules:
    """Every rule that holds on a day. Amounts are whole cents; sets are ids of `competencies.toml`; states are codes.

    Sources: each value's own `source` in `policy.toml`, see `Policy.source`.
    """

    in_force_since: date
    start: date
    contact_email: str
    contact_phone: str
    membership_required: bool
    committee_seats: tuple[str, ...]
    webinar_kinds: tuple[str, ...]
    mlis_holders_welcome: bool
    volunteers_welcome: bool
    hours_needed: int
    window_years: int
    schooling_abroad_person_decides: bool
    sets_needed: int
    required_sets: tuple[str, ...]
    elective_sets: tuple[str, ...]
    limit_years: int
    last_day_submission_counts: bool
    complete_sets_carry_over: bool
    fee: Cents
    member_fee: Cents
    portfolio_fee: Cents
    fee_record_years: int
    assistance_percent: Percent
    assistance_awards: int
    assistance_givers: tuple[str, ...]
    payment_instructions: str
    scholarship_states: tuple[str, ...]
    evaluators: int
    answer_days: int
    review_days: int
    revision_rounds: int
    automatic_assignment: bool
    reviews_a_year: int
    extension_days: int
    undo_minutes: int
    committee_days: int
    review_hours: int
    release_days: int
    other_assessment_shown: bool
    term_years: int
    renewal_hours: int
    renewal_adopted: bool
    record_years_after: int
    draft_days: int
    known_facts_days: int
    full_time_hours: int
    max_weekly_hours: int
    handoff_working_days: int
    smallest_count_shown: int
    optional: OptionalPolicies

    @property
    def electives_needed(self) -> int:
        """How many elective sets complete a certificate beside the required ones."""
        return self.sets_needed - len(self.required_sets)

    @property
    def sets(self) -> tuple[str, ...]:
        """Ids of all current sets, the required ones first."""
        return self.required_sets + self.elective_sets
