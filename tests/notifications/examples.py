"""Pictures and documents as the program orders them: the usual, and the extreme."""

from datetime import date

from notifications.drawings import CertificateSheet, CompletionForm, ProgressCard, SetLine

ACCENTS = "María-José Ångström-Þórðardóttir"
HUNDRED = "Maximiliana Alexandrine Wilhelmina von und zu Hohenstaufen-Württemberg Þórðardóttir de la Cruz y Ruiz"[:100]
REQUIRED = ("Foundations of Library Service", "Technology", "Communication and Teamwork")
ELECTIVES = (
    "Access Services", "Adult Readers Advisory", "Cataloging and Classification", "Collection Management",
    "Reference and Information Services", "Supervision and Management", "Youth Services",
)  # fmt: skip
LONG_SET = "Reference, Readers Advisory and Information Services for Children and Grandparents in Rural Libraries"
URL = "https://lssc.example.org/certificates/LSSC-2027-0042?k=Zx81kQp0"

USUAL = ProgressCard(
    (
        SetLine("Foundations of Library Service", True, "complete", 9, 9),
        SetLine("Technology", True, "in work", 4, 9),
        SetLine("Communication and Teamwork", True, "missing", 0, 11),
        SetLine("Access Services", False, "in review", 10, 10),
        SetLine("Youth Services", False, "chosen", 0, 12),
    ),
    1, 6, 512, date(2028, 5, 3), "On pace.", "Next: evidence for Technology 5. Send `guidelines` for how.",
)  # fmt: skip
NOTHING = ProgressCard((), 0, 6, 0, date(2028, 2, 29), "", "")
TEN = ProgressCard(
    (
        *(SetLine(each, True, "complete", 142, 142) for each in REQUIRED),
        *(SetLine(each, False, "in work", 141, 142) for each in ELECTIVES),
    ),
    142, 142, 1461, date(2030, 11, 20), "Ahead.", "Next: nothing <b>&amp; nobody</b>.",
)  # fmt: skip
OVER = ProgressCard(
    (
        SetLine(LONG_SET, True, "in review", 142, 142),
        SetLine("W" * 90, False, "in work", -1, 0),
        SetLine("", False, "in work", 13, 12),
    ),
    7, 6, -12, date(2025, 5, 3), "The years are over. " * 20, "Next: the office writes to you. " * 20,
)  # fmt: skip
CARDS = (USUAL, NOTHING, TEN, OVER)


def certificate(
    name: str = ACCENTS, sets: tuple[str, ...] = (*REQUIRED, *ELECTIVES[:3]), url: str = URL
) -> CertificateSheet:
    return CertificateSheet("LSSC-2027-0042", name, date(2027, 3, 14), date(2032, 3, 14), sets, url, date(2027, 3, 30))


def form(
    name: str = ACCENTS,
    course: str = "Reference work in small libraries",
    competencies: tuple[str, ...] = ("Find out what a user needs", "Know when to refer a question"),
    starts: date | None = date(2027, 1, 11),
) -> CompletionForm:
    return CompletionForm(
        "CF-7Q4M-2K9", name, course, "Northern Lights College", "Reference and Information Services", competencies,
        starts, "lssc@ala.org", "800-545-2433 extension 2424",
    )  # fmt: skip
