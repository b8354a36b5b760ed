"""How long something takes: of this process only, and without a collection of garbage in between."""

import gc
import time
from collections.abc import Callable


def spent(call: Callable[[], object]) -> float:
    """Seconds of this process's processor time; what other processes take does not count."""
    gc.collect()
    gc.disable()  # a collection falls into the one or the other
    try:
        begun = time.process_time()
        call()
        return time.process_time() - begun
    finally:
        gc.enable()


def takes_at_most(times: float, whole: Callable[[], object], half: Callable[[], object], rounds: int = 8) -> bool:
    """Whether `whole` takes at most so many times as long as `half`: the best of each, of rounds taken in turn.

    More rounds than one are taken only while it does not: a busy machine makes a call slower, never faster.
    """
    best_whole = best_half = float("inf")
    for _ in range(rounds):
        best_whole, best_half = min(best_whole, spent(whole)), min(best_half, spent(half))
        if best_whole <= times * best_half:
            return True
    return False
