"""One person, many addresses: codes, joined records, unlinked addresses, and a form that goes on elsewhere."""

import pytest

from handlers.hearing import House
from tests.handlers.channels import Stage


@pytest.fixture
def stage(house: House) -> Stage:
    return Stage(house)
