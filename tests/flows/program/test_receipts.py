"""Money as the office writes it down is read, or asked back."""

from datetime import date

import pytest

from flows.dialog.unclear import Unclear
from flows.program.receipts import EXAMPLE, Receipt, read

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("words", "receipt"),
    [
        (EXAMPLE, Receipt(15_000, "library", "4711", date(2026, 11, 20))),
        ("350", Receipt(35_000, "applicant", "", TODAY)),
        ("$1,325.50 from them", Receipt(132_550, "applicant", "", TODAY)),
        ("175 agency", Receipt(17_500, "agency", "", TODAY)),
        ("100 from the State Library of Ohio, check #88-A", Receipt(10_000, "State Library of Ohio", "88-A", TODAY)),
        ("25 to the library on 2026-11-01", Receipt(2_500, "library", "", date(2026, 11, 1))),
        ("$150, library, 3 November 2026, PO 17", Receipt(15_000, "library", "17", date(2026, 11, 3))),
        (
            "$1,240, Friends of the Library, 2026-11-20",
            Receipt(124_000, "Friends of the Library", "", date(2026, 11, 20)),
        ),
        ("100 from the agency PO 7 on 3 May 2026", Receipt(10_000, "agency", "7", date(2026, 5, 3))),
        ("200 dollars, PO 7, from the library", Receipt(20_000, "library", "7", TODAY)),
        ("5 from the agency on 20 November", Receipt(500, "agency", "", date(2026, 11, 20))),
        ("5 from the agency on Nov. 20th", Receipt(500, "agency", "", date(2026, 11, 20))),
        ("5 from the agency on December 24", Receipt(500, "agency", "", date(2025, 12, 24))),
    ],
)
def test_an_amount_its_payer_its_reference_and_its_day_are_read(words: str, receipt: Receipt) -> None:
    assert read(words, TODAY) == receipt


@pytest.mark.parametrize("words", ["", "the library paid", "1.2.3", "150 from the library, on 30 February 2026", "-5",
                                   "150 on 24 December 2030", "150 on 31 June"])  # fmt: skip
def test_what_is_no_sum_or_no_day_is_asked_back(words: str) -> None:
    with pytest.raises(Unclear):
        read(words, TODAY)
