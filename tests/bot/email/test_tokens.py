"""What stands in our mail addresses cannot be made by anybody else, and comes back whatever mail servers do to it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.email import tokens
from bot.channels.email.return_paths import LONGEST_LOCAL, Returned, ReturnPaths
from bot.channels.email.tokens import Token

KEY = b"a key of the library"
NUMBERS = st.integers(1, 36**6 - 1)
PATHS = ReturnPaths("lssc", "replies.example", KEY, "https://lssc.example/")


@given(NUMBERS, NUMBERS)
def test_a_token_gives_back_what_it_was_made_for(address: int, letter: int) -> None:
    word = tokens.made(KEY, "reply", Token(address, letter))
    assert word == word.lower()
    assert word.isalnum()
    assert len(word) <= tokens.LONGEST
    assert tokens.read(KEY, "reply", word.upper()) == Token(address, letter)


@given(st.text())
def test_what_we_did_not_sign_is_no_token(word: str) -> None:
    assert tokens.read(KEY, "reply", word) is None


def test_a_token_changed_in_any_place_is_none() -> None:
    word = tokens.made(KEY, "reply", Token(5, 17))
    changed = {f"{word[:at]}{other}{word[at + 1 :]}" for at in range(len(word)) for other in tokens.DIGITS} - {word}
    shifted = {word[1:], word[:-1], f"0{word}", f"{word}a"}
    assert [each for each in sorted(changed | shifted) if tokens.read(KEY, "reply", each)] == []


def test_two_numbers_cannot_be_read_as_two_others() -> None:
    words = {tokens.made(KEY, "reply", Token(a, b))[: -tokens.SIGNATURE] for a in range(1, 80) for b in range(1, 80)}
    assert len(words) == 79 * 79


@pytest.mark.parametrize(("key", "purpose"), [(KEY, "bounce"), (b"another key", "reply")])
def test_a_token_is_good_for_its_own_purpose_and_key_only(key: bytes, purpose: str) -> None:
    assert tokens.read(key, purpose, tokens.made(KEY, "reply", Token(5, 17))) is None


def test_addresses_lead_back_to_whom_and_what_they_were_made_for() -> None:
    token = Token(5, 17)
    mail, page = PATHS.unsubscribe("reviews due", token)
    stop, _, subject = mail.removeprefix("mailto:").partition("?")
    assert (subject, page.rpartition("/")[0]) == (
        "subject=unsubscribe%20reviews%20due",
        "https://lssc.example/unsubscribe/reviews%20due",
    )
    assert PATHS.read(PATHS.reply(token)) == Returned("reply", token)
    assert PATHS.read(PATHS.bounce(token).upper()) == Returned("bounce", token)
    assert PATHS.read(stop, ("dates", "reviews due")) == Returned("unsubscribe", token, "reviews due")
    assert PATHS.stops("reviews due", page.rpartition("/")[2]) == token


def test_without_pages_mails_are_stopped_by_mail_alone() -> None:
    assert len(ReturnPaths("lssc", "replies.example", KEY).unsubscribe("reviews", Token(5, 17))) == 1


def test_an_address_of_somebody_else_is_not_ours() -> None:
    reply, bounce = PATHS.reply(Token(5, 17)), PATHS.bounce(Token(5, 17))
    stop = PATHS.unsubscribe("reviews", Token(5, 17))[0].removeprefix("mailto:").partition("?")[0]
    others = [
        reply.replace("replies.example", "evil.example"),
        reply.replace("lssc+", "bounces+"),
        bounce.replace("bounces+", "lssc+"),
        reply.replace("lssc+", "office+"),
        stop,  # a wish to stop is none without its kind
        "lssc@replies.example",
        "lssc+@replies.example",
        "",
        "+@",
    ]
    assert [each for each in others if PATHS.read(each)] == []


def test_the_longest_address_is_one_that_mail_servers_take() -> None:
    local = "x" * LONGEST_LOCAL
    address = ReturnPaths(local, "replies.example", KEY).reply(Token(36**6 - 1, 36**7 - 1))
    assert len(address.partition("@")[0]) == 64
