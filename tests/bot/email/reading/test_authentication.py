"""Our own server's word on a sender, and everybody else's word, which counts nothing."""

import pytest

from bot.channels.email.reading.authentication import belong_together, is_believed
from bot.channels.email.reading.mime import read
from tests.bot.email.reading.letters import raw

OUR_ID = "mx.lssc.example"
ANN = "ann@library.example"


def _believed(*headers: str, sender: str = f"Ann <{ANN}>", own: str = OUR_ID, address: str = ANN) -> bool:
    return is_believed(read(raw("Yes.", *headers, sender=sender)), own, address)


def _results(results: str, server: str = OUR_ID) -> str:
    return f"Authentication-Results: {server}; {results}"


@pytest.mark.parametrize(
    "results",
    [
        "dmarc=pass header.from=library.example",
        "dmarc=pass (p=none dis=none; comment) header.from=Library.Example",
        "spf=fail smtp.mailfrom=x@evil.example; dkim=none; dmarc=pass (p=reject) header.from=library.example",
        "dkim=pass header.d=library.example",
        "dkim=pass (2048-bit key) header.i=@library.example header.s=s1",
        "dkim=fail header.d=library.example; dkim=pass header.d=library.example",
        'dkim=pass reason="good signature" header.d=library.example header.b="ab;c"',
        "dkim=pass header.d=mail.library.example",
        "dkim=pass header.d=library.example.",
    ],
)
def test_dmarc_or_the_domains_own_dkim_is_believed(results: str) -> None:
    assert _believed(_results(results))
    assert _believed(_results(results, f"{OUR_ID} 1"))
    assert _believed(_results(results, OUR_ID.upper()))


@pytest.mark.parametrize(
    "results",
    [
        "none",
        "spf=pass smtp.mailfrom=ann@library.example",
        "dmarc=fail header.from=library.example",
        "dmarc=pass header.from=evil.example",
        "dmarc=pass",
        "dmarc=fail header.from=library.example; dkim=pass header.d=library.example",
        "dmarc=none header.from=library.example; dmarc=pass header.from=library.example",
        "dmarc=pass header.from=library.example; dmarc=fail header.from=library.example",
        "dkim=pass header.d=evil.example",
        "dkim=pass header.d=notlibrary.example",
        "dkim=pass header.d=example",
        "dkim=pass",
        "dkim=neutral header.d=library.example",
        "dkim=pass header.d=evil.example header.d=library.example",
        'x="; dkim=pass header.d=library.example',
        "x=y (dkim=pass header.d=library.example",
        "x=y (; dkim=pass header.d=library.example)",
        'spf=pass smtp.mailfrom="; dmarc=pass header.from=library.example; "@evil.example',
        "spf=pass smtp.mailfrom==?utf-8?q?=3B_dmarc=3Dpass_header.from=3Dlibrary.example=3B?=@evil.example",
        ") dkim=pass header.d=library.example",
    ],
)
def test_everything_else_is_not(results: str) -> None:
    assert not _believed(_results(results))


def test_another_servers_word_counts_nothing() -> None:
    passed = "dmarc=pass header.from=library.example"
    assert not _believed(_results(passed, "mx.evil.example"))
    assert not _believed(_results(passed, f"{OUR_ID}.evil.example"))
    assert not _believed(_results(passed, f"x {OUR_ID}"))
    assert not _believed(_results(passed), own="")
    assert not _believed(f"ARC-Authentication-Results: i=1; {OUR_ID}; {passed}")


def test_only_the_topmost_counts() -> None:
    passed, failed = "dmarc=pass header.from=library.example", "dmarc=fail header.from=library.example"
    assert not _believed(_results(failed), _results(passed))
    assert _believed(_results(passed), _results(failed, "mx.elsewhere.example"))


def test_a_server_that_does_not_name_itself_is_not_believed() -> None:
    microsoft = "spf=pass smtp.mailfrom=library.example; dmarc=pass action=none header.from=library.example"
    assert not _believed(f"Authentication-Results: {microsoft}")
    assert not _believed(f"Authentication-Results: {microsoft}", own="spf=pass")


@pytest.mark.parametrize(
    "sender",
    [
        "Ann <ann@library.example>, Eve <eve@evil.example>",
        "ann@library.example, ann@library.example",
        "ann@library.example <eve@evil.example>",
        "eve@evil.example <ann@library.example>",
        "Eve <eve@evil.example>",
        "ann",
        "",
        "Ann <ann@library.example>\nFrom: Eve <eve@evil.example>",
    ],
)
def test_several_or_malformed_senders_are_not_believed(sender: str) -> None:
    assert not _believed(_results("dmarc=pass header.from=library.example"), sender=sender)


@pytest.mark.parametrize(
    ("signer", "domain", "together"),
    [
        ("library.example", "library.example", True),
        ("library.example", "staff.library.example", True),
        ("mail.library.example", "library.example", True),
        ("a.hosting.example", "b.hosting.example", False),
        ("evil.onmicrosoft.com", "library.onmicrosoft.com", False),
        ("co.uk", "library.co.uk", False),
        ("com.au", "library.com.au", False),
        ("library.co.uk", "mail.library.co.uk", True),
        ("oh.us", "columbus.lib.oh.us", False),
        ("lib.oh.us", "columbus.lib.oh.us", False),
        ("columbus.lib.oh.us", "mail.columbus.lib.oh.us", True),
        ("example", "library.example", False),
        ("", "library.example", False),
        (".example", "library.example", False),
    ],
)
def test_domains_belong_together_when_one_is_below_the_other(signer: str, domain: str, together: bool) -> None:
    assert belong_together(signer, domain) is together
