"""Certificates: their numbers and check codes, which sets stand on one, and whether it is valid on a day."""

import re
from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from flows.dialog.unclear import Unclear
from flows.program.progress import progress
from flows.program.rules import Rules

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # no letters that look like figures
CODE_LENGTH = 16  # letters: more than 2 to the 79th codes
GIVEN = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9./-]{0,28}[A-Za-z0-9])?")
# What a holder may let the public check page tell beside the number and whether it is valid.
PARTS = ("name", "sets", "dates")
AT_FIRST = ("dates",)


class Standing(StrEnum):
    """What a certificate is worth on a day."""

    VALID = "valid"
    NOT_YET = "not valid yet"
    EXPIRED = "expired"
    REVOKED = "revoked"


def numbered(year: int, place: int) -> str:
    """The number of the certificate that is the so-manieth of a year."""
    return f"LSSC-{year}-{place:04}"


def given(words: str) -> str:
    """The number of a certificate of before. Raises Unclear."""
    said = words.strip()
    if not GIVEN.fullmatch(said):
        raise Unclear(
            "a certificate's number has up to 30 letters and figures, with - . or / between them, and no spaces"
        )
    return said.upper()


def code(words: str) -> str:
    """A check code as it is stored, however it was typed; empty for what can be none."""
    said = re.sub(r"[\s‐‑–-]", "", words[:100]).upper()
    return said if len(said) == CODE_LENGTH and set(said) <= set(ALPHABET) else ""


def in_groups(stored: str) -> str:
    """A check code as it is shown: `ABCD-EFGH-JKMN-PQRS`."""
    return "-".join(stored[at : at + 4] for at in range(0, len(stored), 4))


def counted(complete: Mapping[str, date], rules: Rules) -> tuple[str, ...]:
    """The sets that stand on a certificate: those required, and the electives that were complete first."""
    electives = progress(complete, rules).electives_complete
    first = sorted(electives, key=lambda each: complete[each])[: rules.electives_needed]
    return tuple(each for each in rules.sets if each in complete and (each in rules.required_sets or each in first))


def standing(*, revoked: bool, since: date, until: date, today: date) -> Standing:
    """Both days belong to the time in which it is valid."""
    if revoked:
        return Standing.REVOKED
    if today < since:
        return Standing.NOT_YET
    return Standing.VALID if today <= until else Standing.EXPIRED
