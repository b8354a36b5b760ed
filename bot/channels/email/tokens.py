"""The signed word in a mail address of ours, which tells whom an answer, a bounce or a wish to stop is from.

It holds two numbers, both signed with LSSC_SECRET_KEY together with the purpose: the address (`address.id`) and the
letter (`outbox.id`), which is newer than every letter before it. The letter leads to the matter as long as it is kept,
30 days; the address needs no letter, so that an answer is known as that person's however late it comes.

Nothing else is kept about a token: it works many times and never ends. It is revoked by number: whoever reads it takes
a letter only when it is newer than what that address has revoked. Should addresses ever be deleted, a new one must
begin with the newest letter revoked, because SQLite may give it the number of a deleted one.

A token is lower-case letters and digits only, because mail servers may fold case: how many digits the address has, the
address, the letter (all to the base 36), and 80 bits of the signature.
"""

import hmac
from base64 import b32encode
from dataclasses import dataclass
from hashlib import sha256

DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
SIGNATURE = 16  # characters of five bits
LONGEST = 30  # characters; room for 13 digits of the two numbers


@dataclass(frozen=True)
class Token:
    """Whom it was made for (the number of the address), and in which letter (its number in the outbox)."""

    address_id: int
    letter_id: int


def made(key: bytes, purpose: str, token: Token) -> str:
    """The word for a mail address; the numbers are positive."""
    address = _base36(token.address_id)
    told = f"{DIGITS[len(address)]}{address}{_base36(token.letter_id)}"
    return told + _signature(key, purpose, told)


def read(key: bytes, purpose: str, word: str) -> Token | None:
    """What was signed for this purpose, in whatever case it comes back; None for all that we did not sign."""
    word = word.lower()
    if not word.isascii() or not word.isalnum() or not SIGNATURE < len(word) <= LONGEST:
        return None
    told, signature = word[:-SIGNATURE], word[-SIGNATURE:]
    if not hmac.compare_digest(_signature(key, purpose, told), signature):
        return None
    length = DIGITS.index(told[0]) + 1
    return Token(int(told[1:length], 36), int(told[length:], 36))


def _signature(key: bytes, purpose: str, told: str) -> str:
    digest = hmac.new(key, f"{purpose}\n{told}".encode(), sha256).digest()
    return b32encode(digest)[:SIGNATURE].decode().lower()


def _base36(number: int) -> str:
    told = ""
    while number:
        number, digit = divmod(number, 36)
        told = DIGITS[digit] + told
    return told
