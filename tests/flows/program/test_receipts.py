from datetime import date

import pytest

from flows.dialog.unclear import Unclear
from flows.program.receipts import EXAMPLE, Receipt, read

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("words", "receipt"),
    [
        (EXAMPLE, Receipt(15_000, "library", date(2026, 11, 3), "PO 17")),
        ("162.50, applicant", Receipt(16_250, "applicant", TODAY)),
        ("$1,240, Friends of the Library, 2026-11-20", Receipt(124_000, "Friends of the Library", date(2026, 11, 20))),
        ("$1,240.50 , agency", Receipt(124_050, "agency", TODAY)),
        ("350, library, , PO 17, second part", Receipt(35_000, "library", TODAY, "PO 17, second part")),
    ],
)
def test_money_is_read_as_the_office_tells_it(words: str, receipt: Receipt) -> None:
    assert read(words, TODAY) == receipt


@pytest.mark.parametrize(
    "words", ["", "150", "150,", "much, library", "-150, library", "150, library, soon", "150, library, 2027-01-01"]
)
def test_what_is_no_receipt_is_asked_again(words: str) -> None:
    with pytest.raises(Unclear):
        read(words, TODAY)
