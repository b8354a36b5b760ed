import gc
import weakref
from collections.abc import Iterator

import pytest

from bot import memory


class Ring:
    """Garbage that only the collector finds: it refers to itself."""

    def __init__(self) -> None:
        self.me = self


@pytest.fixture
def thawed() -> Iterator[None]:
    yield
    gc.unfreeze()


@pytest.mark.usefixtures("thawed")
def test_what_is_there_is_gone_through_no_more_and_garbage_is_not_kept() -> None:
    kept, gone = Ring(), weakref.ref(Ring())
    assert any(each is kept for each in gc.get_objects())
    memory.keep()
    assert not any(each is kept for each in gc.get_objects())
    assert gone() is None


@pytest.mark.usefixtures("thawed")
def test_garbage_of_later_is_given_back() -> None:
    memory.keep()
    later = weakref.ref(Ring())
    gc.collect()
    assert later() is None
