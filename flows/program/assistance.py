"""Registration assistance as it is on record: who gives it, where, how much, and how many awards are not given yet."""

from collections.abc import Iterable
from dataclasses import dataclass

from flows.program.figures import listed
from flows.program.states import State


@dataclass(frozen=True)
class OnRecord:
    """Awards of one giver; `state` is a code, or empty for everywhere; `worth` is "50%" or "$100"."""

    giver: str
    state: str
    worth: str
    left: int
    contact: str


def in_state(awards: Iterable[OnRecord], state: State) -> tuple[OnRecord, ...]:
    """The awards that somebody of this state may ask for."""
    return tuple(award for award in awards if award.state in ("", state.code))


def told(awards: Iterable[OnRecord], state: State) -> str:
    """What is on record for a state, and whom to ask; it promises nothing. Empty when nothing is on record."""
    here = in_state(awards, state)
    open_, taken = [each for each in here if each.left], [each for each in here if not each.left]
    lines = [_open(each, state) for each in open_]
    if taken and not open_:
        givers = listed(list(dict.fromkeys(each.giver for each in taken)))
        lines.append(f"All awards on record for {state.name} are given out at the moment; ask {givers} about new ones.")
    return "\n".join([*lines, "Who gets one, its giver decides."]) if open_ else "\n".join(lines)


def _open(award: OnRecord, state: State) -> str:
    number = f"{award.left} award of" if award.left == 1 else f"{award.left} awards of"
    verb = "is" if award.left == 1 else "are"
    ask = f"{award.giver}, {award.contact}" if award.contact else award.giver
    return f"{number} {award.worth} {verb} on record for {state.name}: ask {ask}."
