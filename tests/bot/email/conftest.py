"""Postfix and Dovecot for the tests of mail, where they are installed."""

from collections.abc import Iterator

import pytest

from tests.vendors import mailserver
from tests.vendors.mailserver import MailServer


@pytest.fixture(scope="session")
def mail_server() -> Iterator[MailServer]:
    """Started once; each test uses a mailbox of its own."""
    if reason := mailserver.absent():
        pytest.skip(reason)
    with mailserver.serving() as server:
        yield server
