"""Approved courses: found in words, told of when new, and credited once the office has seen the signed form."""

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial

import pytest

from flows.dialog.speech import Envelope, File, Inbound, Outbound
from flows.program import catalogue
from flows.program.sheets import SheetError
from handlers import catalogue as approved
from handlers import letters
from handlers.desk import acting
from handlers.desk.table import KINDS
from handlers.exchange import Errand, House
from storage import courses, outbox
from tests.handlers.acting import NUMBERS, Person, Rows
from tests.handlers.office import TODAY, Office
from tests.handlers.test_evidence import candidate
from tests.handlers.test_progress import admitted

TABLE = (
    "code,provider,title,set,format,valid from,state,price,start,valid to,link,mail\n"
    "CAT-101,Ohio College,Cataloging Basics,cataloging,online,2026-01-01,,$180,2027-03-15,2029-12-31,"
    "https://ohio.example.org/cat,courses@ohio.example.org\n"
    "CAT-102,Springfield College,Cataloging in Class,cataloging,in person,2026-01-01,IL,$150,2027-04-01,,,\n"
    "REF-7,Web School,Reference Work,Reference and Information Services,online,2026-01-01,,$240,2027-04-20,,,\n"
    "TEC-1,Web School,Technology,technology,mixed,2020-01-01,OH,free,,2025-01-01,,\n"
)
NEW = "CAT-103,Web School,More Cataloging,cataloging,online,2026-01-01,,free,,,,\n"
LATER = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)
BASICS = (
    "- CAT-101 Cataloging Basics: Cataloging and Classification; online; $180; starts 15 March 2027; Ohio College;"
    " approved from 1 January 2026 until 31 December 2029; https://ohio.example.org/cat"
)


@pytest.fixture
def office(house: House) -> Office:
    found = Office(replace(house, kinds=KINDS), now=datetime(2026, 11, 23, 14, 0, tzinfo=UTC))
    imports(found, TABLE)
    return found


@pytest.fixture
def ann(office: Office) -> Person:
    return candidate(office.house)


def imports(office: Office, table: str) -> str:
    read = catalogue.read(table, office.house.competencies, TODAY)
    return office.does(lambda errand, actor: str(approved.take_courses(errand, actor, read)))


def settles(office: Office, number: int, action: str, words: str = "") -> str:
    return office.does(lambda errand, actor: acting.do(errand, actor, number, action, words).text)


def codes(ann: Person, words: str) -> list[str]:
    return [line.split()[1] for line in ann.says(words).splitlines() if line.startswith("- ")]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("courses", ["CAT-101", "CAT-102", "REF-7"]),
        ("Courses for cataloging online under $200", ["CAT-101"]),
        ("courses for catalogng", ["CAT-101", "CAT-102"]),
        ("online reference courses starting in spring", ["REF-7"]),
        ("courses in Illinois", ["CAT-101", "CAT-102", "REF-7"]),
        ("in-person courses in IL", ["CAT-102"]),
        ("show me cataloging courses starting in april 2027, please", ["CAT-102"]),
        ("find courses below 200 dollars?", ["CAT-101", "CAT-102"]),
    ],
)
def test_courses_are_found_in_words(ann: Person, words: str, found: list[str]) -> None:
    assert codes(ann, words) == found


def test_a_course_is_told_with_its_price_start_provider_and_approval(ann: Person) -> None:
    assert ann.says("courses for cataloging online") == (
        f"Online courses for Cataloging and Classification:\n{BASICS}\n"
        "`completion form CAT-101` sends the form that its provider signs when you have completed it."
    )


@pytest.mark.parametrize("words", ["courses for college credit", "are courses better than portfolios?"])
def test_other_words_about_courses_are_a_question(ann: Person, words: str) -> None:
    assert "CAT-101" not in ann.says(words)


def test_where_nothing_fits_it_tells_what_comes_near_and_gives_a_message_for_a_provider(ann: Person) -> None:
    assert ann.says("in person cataloging courses in Ohio").splitlines() == [
        "I know of no in person courses for Cataloging and Classification in Ohio.",
        "Close to it: 1 online; 1 in another state.",
        "You may forward this to a provider:",
        "“I am looking for in person courses for Cataloging and Classification in Ohio approved by the Library Support"
        " Staff Certification program (LSSC), and there is none yet. Would you offer one? A course needs the program’s"
        " approval first; lssc@ala.org tells how to apply for it.”",
        "`tell me about new courses for cataloging and classification` tells you when there is one.",
    ]


def test_where_every_course_has_begun_it_is_not_said_that_there_is_none(ann: Person) -> None:
    ann.now = datetime(2028, 1, 5, 15, 0, tzinfo=UTC)
    assert ann.says("courses") == approved.NONE_TO_BEGIN


def test_without_a_known_state_near_me_asks_for_it(ann: Person) -> None:
    assert ann.says("courses near me") == approved.NO_STATE
    ann.says("fees", "no", "Illinois", "cancel")
    assert codes(ann, "cataloging courses near me") == ["CAT-101", "CAT-102"]


@pytest.mark.parametrize(
    ("line", "place"),
    [
        ("X-1,P,T,plumbing,online,2026-01-01,,,,,,", "line 6, column set: "),
        ("X-1,P,T,technology,by post,2026-01-01,,,,,,", "line 6, column format: "),
        ("X-1,P,T,technology,online,3/4/2026,,,,,,", "line 6, column valid from: "),
        ("X-1,P,T,technology,online,2026-01-01,Narnia,,,,,", "line 6, column state: "),
        ("X-1,P,T,technology,online,2026-01-01,,cheap,,,,", "line 6, column price: "),
        ("X-1,P,T,technology,online,2026-01-01,,,,2025-01-01,,", "line 6, column valid to: "),
        ("X-1,P,T,technology,online,2026-01-01,,,,,http://me:pw@x.example/,", "line 6, column link: "),
        ("X-1,P,T,technology,online,2026-01-01,,,,,,nobody", "line 6, column mail: "),
        ("cat-101,P,T,technology,online,2026-01-01,,,,,,", "line 6, column code: CAT-101 stands in line 2 already"),
    ],
)
def test_a_bad_row_is_named_by_line_and_column(house: House, line: str, place: str) -> None:
    with pytest.raises(SheetError) as wrong:
        catalogue.read(f"{TABLE}{line}\n", house.competencies, TODAY)
    assert str(wrong.value)[: len(place)] == place


def test_a_second_import_changes_by_code(office: Office, rows: Rows) -> None:
    assert imports(office, TABLE) == "Taken(new=0, more=0, same=4)"
    assert imports(office, TABLE.replace("$180", "$190") + NEW) == "Taken(new=1, more=1, same=3)"
    assert [row["price_cents"] for row in rows("course")] == [19_000, 15_000, 24_000, 0, 0]


def news(office: Office, now: datetime = LATER) -> list[Outbound]:
    with office.house.database.work(now) as work:
        errand = Errand(office.house, work)
        approved.tell_news(errand)
        posted = errand.posted
        for letter in posted:
            outbox.sent(work, letter)
    return [letters.decode(letter.body) for letter in posted]


def test_a_new_course_is_told_once_to_whoever_wants_it(office: Office, ann: Person, rows: Rows) -> None:
    assert ann.says("tell me about new courses for cataloging") == (
        "I tell you when there is a new course for Cataloging and Classification. `stop courses` ends it."
    )
    assert news(office) == []
    office.now = LATER
    imports(office, TABLE + NEW)
    (told,) = news(office)
    assert (told.text.splitlines()[0], told.stoppable) == ("There is a new approved course:", "courses")
    assert told.text.splitlines()[1].startswith("- CAT-103 More Cataloging: ")
    imports(office, (TABLE + NEW).replace("free,,,,\n", "$20,,,,\n"))
    assert (news(office), len(rows("course_news"))) == ([], 1)


def test_of_two_processes_that_look_at_once_one_tells(office: Office, ann: Person) -> None:
    ann.says("tell me about new courses for cataloging")
    office.now = LATER
    imports(office, TABLE + NEW)
    with office.house.database.work(LATER) as work:
        (seen,) = courses.news(work, 9)
    taken = []
    for _ in range(2):
        with office.house.database.work(LATER) as work:
            taken.append(courses.take(work, seen))
    assert taken == [True, False]


@pytest.mark.parametrize("words", ["stop", "stop courses", "no more courses for cataloging"])
def test_news_are_stopped_by_a_word(office: Office, ann: Person, words: str) -> None:
    ann.says("tell me about new courses for cataloging", words)
    office.now = LATER
    imports(office, TABLE + NEW)
    assert news(office) == []


def test_news_asked_for_after_a_stop_of_reminders_come(office: Office, ann: Person) -> None:
    ann.says("stop", "tell me about new courses for cataloging")
    office.now = LATER
    imports(office, TABLE + NEW)
    assert len(news(office)) == 1


def test_the_form_for_the_provider_comes_filled_in_and_keeps_its_code(ann: Person, rows: Rows) -> None:
    said = ann.says("completion form CAT-101")
    (form,) = rows("completion_form")
    assert said.startswith(f"Here is form {form['code']} for Cataloging Basics (CAT-101); Ohio College signs it.")
    (drawing,) = ann.told[-1].drawings
    data = json.loads(drawing.data)
    assert (drawing.kind, data["code"], data["set_name"]) == (
        "completion form", form["code"], "Cataloging and Classification",
    )  # fmt: skip
    assert len(data["competencies"]) == 6
    ann.says("completion form cat-101")
    assert rows("completion_form") == [form]


LINK = "https://example.org/signed.pdf"


def test_a_completed_course_is_checked_and_credited_at_once(office: Office, ann: Person, rows: Rows) -> None:
    assert ann.says(f"completed cat-101 on 3 May 2026 {LINK}") == (
        "The office checks that you completed Cataloging Basics (CAT-101) on 3 May 2026, and tells you."
    )
    assert (office.kinds(), rows("evidence")) == (["course completion"], [])
    assert settles(office, 1, "accept") == (
        "Cataloging and Classification is complete since 3 May 2026. The candidate is told."
    )
    (row,) = rows("complete_set")
    assert (row["set_id"], row["completed_on"], row["way"]) == ("cataloging", date(2026, 5, 3), "course")
    assert "Cataloging and Classification" in office.told[-1].text
    assert ann.says(f"completed cat-101 on 3 May 2026 {LINK}") == (
        "Cataloging and Classification is complete already, since 3 May 2026: well done."
    )


def test_the_code_of_the_form_does_as_well_and_told_twice_it_is_one_item(
    office: Office, ann: Person, rows: Rows
) -> None:
    ann.says("completion form CAT-101")
    (form,) = rows("completion_form")
    assert ann.says(f"completed {form['code']} on 3 May 2026").splitlines()[1].startswith("Please send the form")
    assert settles(office, 1, "accept").startswith("No signed form is here yet.")
    ann.says(f"completed CAT-101 on 4 May 2026 {LINK}")
    ((_, details),) = office.desk()
    assert (details["day"], details["link"]) == ("2026-05-04", LINK)
    assert settles(office, 1, "accept").startswith("Cataloging and Classification is complete since 4 May 2026.")


def test_the_signed_form_may_be_attached_to_the_mail(office: Office, rows: Rows) -> None:
    ann = Person(office.house, "ann@library.org", "email")
    ann.says("help")
    admitted(ann, {})
    mail = Envelope(signed=True, files=(File("signed.pdf", "application/pdf", b"%PDF-1.7 signed"),))
    words = "completed CAT-101 on 3 May 2026"
    ann.hears(Inbound(f"<{next(NUMBERS)}@x>", "email", ann.address, words, style="mail", mail=mail))
    assert ann.told[-1].text.startswith("Kept for the office, for your course completion: “signed.pdf”.")
    assert "Please send the form" not in ann.told[-1].text
    assert [row["about"] for row in rows("paper")] == ["course completion"]
    assert settles(office, 1, "accept").startswith("Cataloging and Classification is complete since 3 May 2026.")


@pytest.mark.parametrize(
    ("words", "begin"),
    [
        ("completed TEC-1 on 3 May 2026", "Technology (TEC-1) was not approved on 3 May 2026: it is approved from"),
        ("completed CAT-101 on 3 May 2025", "Cataloging Basics (CAT-101) was not approved on 3 May 2025: it is"),
        ("completed ZZZ-9 on 3 May 2026", "I know no approved course or form with the code “ZZZ-9”."),
        ("completed CAT-101 on 3 May 2030", "That is too late: "),
        ("completed CAT-101", "Which course, and when? For example: "),
        ("completed CAT-101 on 31 February 2026", "February 2026 "),
        ("completed CAT-101 on 3 May 2026 https://127.0.0.1/x", "That addr"),
        ("completion form TEC-1", "Technology (TEC-1) was not approved on 23 November 2026: it is approved from"),
        ("completion form ZZZ-9", "I know no approved course or form with the code “ZZZ-9”."),
    ],
)
def test_what_cannot_complete_a_set_is_refused_with_the_reason(
    office: Office, ann: Person, words: str, begin: str, rows: Rows
) -> None:
    assert ann.says(words)[: len(begin)] == begin
    assert (office.kinds(), rows("evidence")) == ([], [])


def test_the_office_declines_with_a_reason_or_asks(office: Office, ann: Person) -> None:
    ann.says(f"completed CAT-101 on 3 May 2026 {LINK}")
    assert settles(office, 1, "ask", "Who signed it?") == "#1 is asked. The candidate is told."
    assert office.told[-1].text.splitlines()[0] == (
        "The office asks about Cataloging Basics (CAT-101) for Cataloging and Classification: Who signed it?"
    )
    assert office.kinds() == ["course completion"]
    assert settles(office, 1, "decline", "It is not signed.") == "#1 is declined. The candidate is told."
    assert office.told[-1].text.startswith("The office could not accept Cataloging Basics (CAT-101)")
    assert office.kinds() == []


def test_a_course_whose_approval_was_taken_back_meanwhile_is_not_credited(
    office: Office, ann: Person, rows: Rows
) -> None:
    ann.says(f"completed CAT-101 on 3 May 2026 {LINK}")
    imports(office, TABLE.replace("2029-12-31", "2026-02-01"))
    assert settles(office, 1, "accept").startswith("CAT-101 was not approved on 3 May 2026: ")
    assert (office.kinds(), rows("complete_set")) == (["course completion"], [])


def test_a_recognized_program_is_decided_at_the_desk(office: Office, ann: Person, rows: Rows) -> None:
    assert ann.says("Recognition for cataloging: LTA certificate of Ohio College, 2024") == (
        "The office decides whether that completes Cataloging and Classification, and tells you."
        " A reply by mail may bring a document."
    )
    assert [(kind, told["have"]) for kind, told in office.desk()] == [
        ("recognition", "LTA certificate of Ohio College, 2024")
    ]
    assert settles(office, 1, "accept", "1 June 2026").startswith(
        "Cataloging and Classification is complete since 1 June"
    )
    assert [(row["set_id"], row["way"]) for row in rows("complete_set")] == [("cataloging", "agreement")]


@pytest.mark.parametrize("words", ["completed CAT-101 on 3 May 2026", "completion form CAT-101", "recognition"])
def test_only_a_candidate_completes_a_course(office: Office, words: str) -> None:
    bob = Person(office.house, "bob")
    bob.says("help")
    assert bob.says(words).startswith("That is for candidates: it begins with admission")
    assert office.kinds() == []


@pytest.mark.parametrize("words", ["completed CAT-101 on 3 May 2026", "tell me about new courses for cataloging"])
def test_a_forged_sender_changes_nothing(office: Office, rows: Rows, words: str) -> None:
    ann = candidate(office.house)
    forged = partial(Inbound, channel="terminal", address="ann", text=words, trust="claimed")
    ann.hears(forged(f"{next(NUMBERS)}"))
    assert (office.kinds(), rows("course_wish")) == ([], [])


@pytest.mark.parametrize(
    "words", ["cat101", "CAT 101", "cat-101?", "Cataloging Basics", "catalogng basics", "for cataloging basics"]
)
def test_a_course_is_known_however_its_code_or_title_is_written(ann: Person, words: str) -> None:
    assert "(CAT-101); Ohio College signs it." in ann.says(f"completion form {words}")


@pytest.mark.parametrize(
    ("words", "perhaps"),
    [
        ("completion form CAT-104", "`completion form CAT-101` (Cataloging Basics)"),
        ("completed CTA-101 on 3 May 2026", "`completed CAT-101 on 3 may 2026` (Cataloging Basics)"),
    ],
)
def test_what_may_be_meant_is_offered_for_an_unknown_course(ann: Person, words: str, perhaps: str) -> None:
    assert perhaps in ann.says(words)
    assert "Did you mean" not in ann.says("completion form knitting for beginners")


def test_a_code_with_a_space_completes_a_course_too(ann: Person) -> None:
    assert "that you completed Cataloging Basics (CAT-101) on 3 May 2026" in ann.says("completed cat 101 on 3 May 2026")


def test_two_ticks_at_the_same_moment_credit_once(office: Office, ann: Person, rows: Rows) -> None:
    ann.says("completed CAT-101 on 3 May 2026 https://example.org/form.pdf")
    with ThreadPoolExecutor(2) as pool:
        said = sorted(pool.map(lambda _: settles(office, 1, "accept"), range(2)))
    assert [each.split()[0] for each in said] == ["#1", "Cataloging"]
    assert said[0].startswith("#1 was settled already: accept")
    assert [row["set_id"] for row in rows("complete_set") if row["set_id"] == "cataloging"] == ["cataloging"]
