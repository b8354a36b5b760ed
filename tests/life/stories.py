"""Who lives in a simulated program, where, and which life."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tests.life import attendees, candidates, evaluators, holders
from tests.life.life import Life
from tests.life.people import Me, Tale


@dataclass(frozen=True)
class Part:
    """What somebody lives through, and where."""

    tale: Tale
    state: str = "Illinois"
    zone: str = "America/Chicago"
    channel: str = "telegram"


CAST: Mapping[str, Part] = {
    "Pia Quill": Part(candidates.in_good_time, "New York", "America/New_York"),
    "Leilani Kealoha": Part(candidates.in_the_last_days, "Hawaii", "Pacific/Honolulu"),
    "Otto Birch": Part(candidates.extended),
    "Emil Frost": Part(candidates.time_over, "Alaska", "America/Anchorage"),
    "Wanda Stone": Part(candidates.withdraws, "Colorado", "America/Denver"),
    "Nora Vale": Part(candidates.never_finishes_applying, "Arizona", "America/Phoenix"),
    "Paul Marsh": Part(candidates.never_pays, "Oregon", "America/Los_Angeles"),
    "Yara Moon": Part(candidates.in_the_morning, "Indiana", "America/Indiana/Indianapolis"),
    "Quentin Hale": Part(candidates.has_the_hours_later, "Ohio", "America/New_York"),
    "Hilda Moss": Part(holders.lapses, channel="email"),
    "Lars Penn": Part(holders.lapses_after_grace, channel="email"),
    "Grace Lund": Part(holders.renews_in_grace, channel="email"),
    "Rena Holt": Part(holders.renews_in_time, channel="email"),
    "Ruth Vance": Part(holders.is_revoked, channel="email"),
    "Fay Wren": Part(candidates.wants_fewer),
    "Sam Thorn": Part(candidates.snoozes),
    "Stan Reed": Part(candidates.stops_a_kind, "California", "America/Los_Angeles"),
    "Mona Vane": Part(candidates.moves_about),
    "Rita Lark": Part(candidates.is_read, "Ohio", "America/New_York"),
    "Rolf Finch": Part(candidates.is_read_in_vain, "Ohio", "America/New_York"),
    "Tess Ward": Part(candidates.is_read_by_three, "Ohio", "America/New_York"),
    "Dora Lane": Part(candidates.declined, "Texas"),
    "Rhea Cole": Part(candidates.sent_back, "Georgia", "America/New_York"),
    "Wade Ford": Part(candidates.takes_it_back, "Utah", "America/Denver"),
    "Kurt Penn": Part(candidates.cancels_the_form, "Ohio", "America/New_York"),
    "Fern Hill": Part(candidates.is_forgotten, "Iowa"),
    "Lina Two": Part(candidates.comes_by_two_ways, "Ohio", "America/New_York"),
    "Vera Nash": Part(attendees.comes),
    "Will Orr": Part(attendees.misses_it, "Colorado", "America/Denver"),
    "Xena Pike": Part(attendees.leaves),
    "Zoe Dell": Part(attendees.moves_up, "Hawaii", "Pacific/Honolulu"),
    "Eva Crane": Part(evaluators.answers_late),
    "Fred Dove": Part(evaluators.never_answers),
    "Gina Swift": Part(evaluators.answers_at_once),
    "Dean Moor": Part(evaluators.declines),
    "Nell Gray": Part(evaluators.never_delivers),
    "Ines Brook": Part(evaluators.gives_it_back),
    "Gus Hart": Part(evaluators.finds_it_wanting),
    "Uma Field": Part(evaluators.one_of_two),
    "Vic Stone": Part(evaluators.the_other),
    "Wim Dale": Part(evaluators.the_third),
    "Cora Bell": Part(evaluators.chairs, channel="slack"),
}


def begun(life: Life, names: Iterable[str] = ()) -> None:
    """These people (everybody, where none is named) begin."""
    for number, (name, part) in enumerate(CAST.items()):
        if not names or name in names:
            address = f"{name.split()[0].lower()}@branch.test.org" if part.channel == "email" else f"{100 + number}"
            me = Me(life, name, address, part.state, part.zone, part.channel)
            life.begin(me, part.tale(me))
