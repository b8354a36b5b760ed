"""Mail addresses as mail servers take them."""

import pytest

from bot.channels.email.composing.addresses import MailAddress, NoAddress, read


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("ann@example.org", MailAddress("ann", "example.org")),
        (" Ann  B. <ann.b+c@example.org> ", MailAddress("ann.b+c", "example.org", "Ann B.")),
        ("\"O'Hara, Ann\" <o'hara@x>", MailAddress("o'hara", "x", "O'Hara, Ann")),
        ("ann@münchen.example", MailAddress("ann", "xn--mnchen-3ya.example")),
        ("ünal@example.org", MailAddress("ünal", "example.org")),
    ],
)
def test_an_address_is_read(words: str, expected: MailAddress) -> None:
    assert read(words) == expected


@pytest.mark.parametrize(
    "words",
    [
        "", "ann", "@", "ann@", "@example.org", "a@b\nBcc: everybody@example.org", "a@b, c@d", "a b@c.org", "a@b@c.org", "a..b@c.org", ".a@c.org",
        "a@b..org", "a@-\u0000", "<a@b.org", "a@b.org>", "a\u2028b@c.org", f"{'a' * 65}@b.org", f"a@{'b.' * 130}org", f"a@{'b' * 64}.org", "a@" + "ü" * 70, "a<b>@c.org",
    ],
)  # fmt: skip
def test_what_is_no_address_is_refused(words: str) -> None:
    with pytest.raises(NoAddress):
        read(words)


def test_only_a_local_part_beyond_ascii_asks_more_of_a_mail_server() -> None:
    assert [read(each).needs_utf8 for each in ("a@ü.org", "ü@a.org")] == [False, True]
