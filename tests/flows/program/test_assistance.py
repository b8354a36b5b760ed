from flows.program.assistance import OnRecord, told
from flows.program.states import state

STATE_LIBRARY = OnRecord("State Library of Ohio", "OH", "50%", 2, "help@ohio.example.org")
EVERYWHERE = OnRecord("LSSIRT", "", "$100", 1, "")
TAKEN = OnRecord("State Library of Texas", "TX", "50%", 0, "")


def test_what_is_on_record_for_a_state_is_told_with_whom_to_ask() -> None:
    assert told((STATE_LIBRARY, EVERYWHERE), state("OH")) == (
        "2 awards of 50% are on record for Ohio: ask State Library of Ohio, help@ohio.example.org.\n"
        "1 award of $100 is on record for Ohio: ask LSSIRT.\n"
        "Who gets one, its giver decides."
    )


def test_awards_of_other_states_are_not_told() -> None:
    assert told((STATE_LIBRARY,), state("TX")) == ""


def test_awards_that_are_all_given_out_are_told_honestly() -> None:
    assert told((TAKEN,), state("TX")) == (
        "All awards on record for Texas are given out at the moment; ask State Library of Texas about new ones."
    )
    assert told((TAKEN, EVERYWHERE), state("TX")).splitlines()[0] == (
        "1 award of $100 is on record for Texas: ask LSSIRT."
    )


def test_nothing_on_record_says_nothing() -> None:
    assert told((), state("OH")) == ""
