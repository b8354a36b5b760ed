"""How long something takes: of this process only, the best of some rounds, and no collection of garbage in between."""

import gc
import time
from collections.abc import Callable


def spent(call: Callable[[], object], rounds: int = 1) -> float:
    """Seconds of this process's processor time; what other processes take does not count."""
    best = float("inf")
    gc.collect()
    gc.disable()  # a collection falls into the one or the other
    try:
        for _ in range(rounds):
            begun = time.process_time()
            call()
            best = min(best, time.process_time() - begun)
        return best
    finally:
        gc.enable()
