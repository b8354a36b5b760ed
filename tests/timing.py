"""How long something takes: of this process only, and without a collection of garbage in between."""

import gc
import time
from collections.abc import Callable
from functools import cache


def spent(call: Callable[[], object]) -> float:
    """Seconds of this process's processor time; what other processes take does not count."""
    gc.collect(0)  # what the call before this one left, whatever else there is; a whole collection takes half a second
    gc.disable()  # a collection falls into the one or the other
    try:
        begun = time.process_time()
        call()
        return time.process_time() - begun
    finally:
        gc.enable()


DOUBLINGS = 3
"""How often a size is doubled where the growth of a time is measured.

Over one doubling a linear time and a quadratic one differ by a factor of 2, which the caches of a busy machine make as
well; over three by 8.
"""


def grows_at_most(
    times: float, call: Callable[[int], Callable[[], object]], size: int, rounds: int = 8, first: float = float("inf")
) -> bool:
    """Whether a doubled size takes at most so many times as long: measured from an eighth of `size` to the whole.

    `call` gives what is to be timed at a size; making it is not timed. The best of rounds taken in turn counts, and more
    than one are taken only while it is too slow: a busy machine makes a call slower, never faster. `first` is what the
    whole took already, where that is known.
    """
    whole, part = cache(lambda: call(size)), call(size >> DOUBLINGS)
    best_whole, best_part = first, float("inf")
    for _ in range(rounds):
        best_part = min(best_part, spent(part))
        if best_whole > times**DOUBLINGS * best_part:
            best_whole = min(best_whole, spent(whole()))
        if best_whole <= times**DOUBLINGS * best_part:
            return True
    return False
