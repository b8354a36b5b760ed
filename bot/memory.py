"""What a process holds from its start on."""

import gc


def keep() -> None:
    """What is there now stays until the process ends: the garbage collector goes through it no more.

    Else that takes an eighth of the time in which many reminders are sent (measured). To be called once, when all is
    open: what has become garbage later and is frozen would never be given back.
    """
    gc.collect()
    gc.freeze()
