"""The panel of one submission: who may follow whom, and what it comes to, whatever is tried in whatever order."""

from hypothesis import given
from hypothesis import strategies as st

from flows.program import panel
from flows.program.panel import HOLDING, Event, Panel, Seat, Verb, after, played
from flows.program.reviews import Assessment, ReviewOutcome

MET, NOT_MET = Assessment.MET, Assessment.NOT_MET
EVENTS = st.builds(
    Event, st.sampled_from(Verb), st.integers(1, 5), st.one_of(st.none(), st.sampled_from(Assessment))
)  # fmt: skip


def reads(evaluator: int, word: Assessment) -> list[Event]:
    return [Event(Verb.ASK, evaluator), Event(Verb.ACCEPT, evaluator), Event(Verb.ASSESS, evaluator, word)]


def test_two_that_agree_decide() -> None:
    assert played([*reads(1, MET), *reads(2, MET), Event(Verb.CONCLUDE)], 2).over == ReviewOutcome.COMPLETE.value
    assert played([*reads(1, NOT_MET), *reads(2, NOT_MET), Event(Verb.CONCLUDE)], 2).over == "not met"


def test_where_they_differ_the_third_is_asked_only_when_allowed_and_decides() -> None:
    differ = played([*reads(1, MET), *reads(2, NOT_MET)], 2)
    assert (differ.outcome, differ.open_seats) == (ReviewOutcome.THIRD_READER, 0)
    assert after(differ, Event(Verb.ASK, 3)) is None
    assert after(differ, Event(Verb.CONCLUDE)) is None
    allowed = after(differ, Event(Verb.ALLOW_THIRD))
    assert allowed is not None
    assert allowed.open_seats == 1
    whole = [*reads(1, MET), *reads(2, NOT_MET), Event(Verb.ALLOW_THIRD), *reads(3, NOT_MET), Event(Verb.CONCLUDE)]
    assert played(whole, 2).over == "not met"


def test_what_a_released_reader_said_counts_no_more() -> None:
    released = played([*reads(1, MET), *reads(2, MET), Event(Verb.RELEASE, 2)], 2)
    assert (released.outcome, released.open_seats) == (ReviewOutcome.WAITING, 1)
    assert after(released, Event(Verb.ASK, 2)) is None


def test_nobody_who_is_over_does_anything_more() -> None:
    over = played([*reads(1, MET), *reads(2, MET), Event(Verb.CONCLUDE)], 2)
    assert all(after(over, Event(verb, 1, MET)) is None for verb in Verb)
    closed = played([Event(Verb.ASK, 1), Event(Verb.CLOSE)], 2)
    assert closed.readers[0].seat is Seat.RELEASED


@given(st.lists(EVENTS, max_size=60))
def test_no_order_of_events_breaks_the_rules(events: list[Event]) -> None:
    now, happened, ended = Panel(), list[Event](), ""
    for event in events:
        following = after(now, event)
        if following is None:
            continue
        happened.append(event)
        now = following
        first = [each for each in now.readers if each.seat in HOLDING and not each.third]
        third = [each for each in now.readers if each.seat in HOLDING and each.third]
        assert len(first) <= 2
        assert len(third) <= 1
        assert len({each.evaluator for each in now.readers}) == len(now.readers)
        assert all((each.word is not None) == (each.seat is Seat.ASSESSED) for each in now.readers)
        assert not ended
        ended = now.over
    assert played(happened, 2) == now
    assert panel.played([], 2) == Panel()
