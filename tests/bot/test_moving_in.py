"""`lssc import` and `lssc export` of people and assistance, as the office runs them."""

import json

import pytest

from tests.bot.edge import Lssc

PEOPLE = (
    "name,email,admitted,state,until,foundations,youth\n"
    "Ann Example,ann@library.org,2024-03-04,,,2025-01-05 course,\n"
    "Bo Sample,bo@library.org,2022-05-06,frozen,,,2023-01-02\n"
)
AWARDS = "giver,state,award,number,contact\nState Library of Ohio,OH,50%,4,aid@example.org\nLSSIRT,,$100,2,\n"
COURSES = (
    "code,provider,title,set,format,valid from,state,price,start,valid to,link,mail\n"
    "CAT-101,Ohio College,Cataloging,cataloging,online,2026-01-01,OH,$180,2027-03-15,2029-12-31,,c@ohio.example.org\n"
    "TEC-1,Web School,Technology,technology,mixed,2020-01-01,,free,,,https://web.example.org/tec,\n"
)
NOW = {"LSSC_NOW": "2026-11-22T09:00-06:00"}


@pytest.fixture
def lssc(lssc_with_tables: Lssc) -> Lssc:
    return lssc_with_tables


def told(lssc: Lssc, *args: str) -> tuple[int, str, str]:
    result = lssc(*args, **NOW)
    return result.returncode, result.stdout.decode(), result.stderr.decode()


def test_people_of_before_are_taken_in_once_and_come_out_as_they_went_in(lssc: Lssc) -> None:
    (lssc.folder / "people.csv").write_text(PEOPLE)
    first = told(lssc, "import", "people", "people.csv")
    assert first == (0, "Taken in: 2; with further sets: 0. Nobody is written to.\n", "")
    assert told(lssc, "import", "people", "people.csv") == (
        0, "Everything in people.csv is on record already; nothing was changed.\n", "",
    )  # fmt: skip
    code, table, _ = told(lssc, "export", "people")
    assert (code, table.splitlines()) == (0, [
        "name,email,admitted,state,until,certificate,awarded,foundations,technology,communication,access,advisory,"
        "cataloging,collection,reference,supervision,youth",
        "Bo Sample,bo@library.org,2022-05-06,frozen,2026-05-06,,,,,,,,,,,,2023-01-02",
        "Ann Example,ann@library.org,2024-03-04,active,2028-03-04,,,2025-01-05 course,,,,,,,,,",
    ])  # fmt: skip
    (lssc.folder / "again.csv").write_text(table)
    assert told(lssc, "import", "people", "again.csv")[1].startswith("Everything in again.csv is on record")
    assert not list(lssc.folder.glob("mail/*"))


def test_assistance_is_taken_in_once_and_comes_out_as_it_went_in(lssc: Lssc) -> None:
    (lssc.folder / "awards.csv").write_text(AWARDS)
    assert told(lssc, "import", "assistance", "awards.csv") == (0, "Taken in: 2; changed: 0.\n", "")
    assert told(lssc, "import", "assistance", "awards.csv")[1] == (
        "Everything in awards.csv is on record already; nothing was changed.\n"
    )
    assert sorted(told(lssc, "export", "assistance")[1].splitlines()) == sorted(AWARDS.splitlines())


def test_courses_are_taken_in_once_changed_by_code_and_come_out_as_they_went_in(lssc: Lssc) -> None:
    (lssc.folder / "courses.csv").write_text(COURSES)
    assert told(lssc, "import", "courses", "courses.csv") == (0, "Taken in: 2; changed: 0.\n", "")
    assert told(lssc, "export", "courses")[1] == COURSES.replace("free", "$0")
    (lssc.folder / "again.csv").write_text(COURSES.replace("$180", "$190"))
    assert told(lssc, "import", "courses", "again.csv") == (0, "Taken in: 0; changed: 1.\n", "")
    assert told(lssc, "import", "courses", "again.csv")[1].startswith("Everything in again.csv is on record already")


@pytest.mark.parametrize(
    ("kind", "table", "reason"),
    [
        ("people", PEOPLE + "Cy,cy@library.org,soon,,,,\n", "line 4, column admitted: "),
        (
            "people",
            PEOPLE + "Cy,bo@library.org,2024-07-08,,,,\n",
            "line 4, column admitted: the record has a candidacy",
        ),
        ("people", "", "the table is empty: "),
        ("assistance", AWARDS + "A,OH,half,1,\n", "line 4, column award: "),
        ("guidelines", "set,since,guidelines\nastronomy,2026-11-01,Look\n", "line 2, column set: there is no set "),
        ("guidelines", "set,since,guidelines\n,2027-11-01,Look\n", "line 2, column since: 2027-11-01 is not there"),
        ("guidelines", "set,since,guidelines\n,2026-11-01,\n", "line 2, column guidelines: Guidelines have some"),
        ("courses", COURSES + "X-1,A,B,technology,by post,2026-01-01,,,,,,\n", "line 4, column format: "),
    ],
)
def test_nothing_of_a_bad_table_is_kept(lssc: Lssc, kind: str, table: str, reason: str) -> None:
    (lssc.folder / "given.csv").write_text(table)
    code, out, err = told(lssc, "import", kind, "given.csv")
    assert (code, out, err.count("\n")) == (1, "", 1)
    assert err.startswith(f"lssc: given.csv: {reason}")
    assert err.endswith(" Nothing of the file was kept.\n")
    assert len(told(lssc, "export", kind)[1].splitlines()) == 1


def test_a_file_that_is_not_there_or_no_text_is_told(lssc: Lssc) -> None:
    (lssc.folder / "given.csv").write_bytes(b"name,\xff\n")
    assert told(lssc, "import", "people", "nowhere.csv") == (1, "", "lssc: nowhere.csv does not exist.\n")
    code, _, err = told(lssc, "import", "people", "given.csv")
    assert (code, err) == (1, "lssc: given.csv: is not a text in UTF-8; save it again as UTF-8.\n")


def test_a_long_table_tells_how_far_it_is(lssc: Lssc) -> None:
    lines = [f"Person {number},p{number}@library.org,2024-03-04\n" for number in range(501)]
    (lssc.folder / "many.csv").write_text("name,email,admitted\n" + "".join(lines))
    code, out, err = told(lssc, "import", "people", "many.csv")
    assert (code, out) == (0, "Taken in: 501; with further sets: 0. Nobody is written to.\n")
    assert err.splitlines()[0] == "Taking many.csv in."
    assert err.splitlines()[-1].startswith("The file is read (")


def test_what_a_spreadsheet_would_run_comes_out_with_an_apostrophe_and_goes_in_without(lssc: Lssc) -> None:
    (lssc.folder / "given.csv").write_text("giver,state,award,number,contact\n=HYPERLINK(1),,50%,1,+1 800 555 2433\n")
    told(lssc, "import", "assistance", "given.csv")
    table = told(lssc, "export", "assistance")[1]
    assert table.splitlines()[1] == "'=HYPERLINK(1),,50%,1,'+1 800 555 2433"
    (lssc.folder / "again.csv").write_text(table)
    assert told(lssc, "import", "assistance", "again.csv")[1].startswith("Everything in again.csv is on record")


EVALUATORS = (
    "name,email,sets,workplace,limit,trained,conflicts,experience,resume\n"
    "Eva Quill,eva@library.org,Technology; Cataloging and Classification,Elsewhere College,6,2026-03-02,Bob Example; Shelbyville"
    " Library,Ten years,https://example.org/eva\n"
)


def test_evaluators_are_taken_in_once_and_come_out_as_they_went_in(lssc: Lssc) -> None:
    (lssc.folder / "evaluators.csv").write_text(EVALUATORS)
    assert told(lssc, "import", "evaluators", "evaluators.csv")[1] == "Taken in: 1; changed: 0. Nobody is written to.\n"
    assert told(lssc, "import", "evaluators", "evaluators.csv")[1].startswith(
        "Everything in evaluators.csv is on record"
    )
    out = told(lssc, "export", "evaluators")[1].replace(
        "Cataloging and Classification; Technology", "Technology; Cataloging and Classification"
    )
    assert out == EVALUATORS


GUIDES = 'set,since,guidelines\ngeneral,2026-10-01,"Say what you did.\nLink it."\ntechnology,2026-11-01,https://example.org/t\n'


def test_guidelines_are_taken_in_once_and_come_out_as_they_went_in(lssc: Lssc) -> None:
    (lssc.folder / "guides.csv").write_text(GUIDES)
    assert told(lssc, "import", "guidelines", "guides.csv") == (0, "Taken in: 2.\n", "")
    assert told(lssc, "import", "guidelines", "guides.csv")[1] == (
        "Everything in guides.csv is on record already; nothing was changed.\n"
    )
    assert told(lssc, "export", "guidelines")[1] == GUIDES


def test_doctor_names_the_sets_without_guidelines(lssc: Lssc) -> None:
    def found() -> dict[str, str]:
        return next(each for each in json.loads(told(lssc, "doctor", "--json")[1]) if each["part"] == "guidelines")

    before = found()
    assert (before["state"], before["told"].startswith("none for Foundations")) == ("not configured", True)
    (lssc.folder / "guides.csv").write_text(GUIDES)
    told(lssc, "import", "guidelines", "guides.csv")
    assert found() == {
        "part": "guidelines",
        "state": "works",
        "told": "every set has guidelines; `lssc export guidelines` prints them",
    }


CERTIFIED = (
    "name,email,admitted,state,certificate,awarded,foundations,technology,communication,access,youth,reference\n"
    "Ann Example,ann@library.org,2022-03-04,certified,2023/17,2023-09-01,"
    + ",".join(f"2023-0{month}-05" for month in range(1, 7))
    + "\n"
)


def test_certificates_of_before_come_out_again_and_are_revoked_at_the_machine(lssc: Lssc) -> None:
    (lssc.folder / "people.csv").write_text(CERTIFIED)
    assert told(lssc, "import", "people", "people.csv")[0] == 0
    code, table, _ = told(lssc, "export", "certificates")
    heading, line = table.splitlines()
    assert (code, heading) == (
        0, "number,name,email,since,until,awarded,state,reason,sets,shown to the public,code",
    )  # fmt: skip
    assert line.startswith("2023/17,Ann Example,ann@library.org,2023-06-05,2028-06-05,2023-09-01,valid,,")
    assert told(lssc, "export", "hours") == (
        0, "certificate,name,number,day,told,contact hours,what,set,proof,state,counts toward this term,why not\n", "",
    )  # fmt: skip
    asked = told(lssc, "staff", "revoke", "2023/17", "A mistake of ours.")
    assert asked == (
        0, "Nothing is changed yet. If certificate 2023/17 is meant: `lssc staff settle 1 revoke`\n", "",
    )  # fmt: skip
    assert ",valid,," in told(lssc, "export", "certificates")[1]
    assert told(lssc, "staff", "settle", "1", "revoke")[1] == ("Certificate 2023/17 is revoked. They are told.\n")
    assert ",revoked,A mistake of ours.," in told(lssc, "export", "certificates")[1]
    again = told(lssc, "staff", "revoke", "2023/17", "Again.")
    assert again == (1, "", "lssc: Certificate 2023/17 is revoked already.\n")


def test_a_certificate_that_does_not_fit_is_told_with_its_place(lssc: Lssc) -> None:
    for changed, said in (
        (("certified,2023/17", "active,2023/17"), "line 2, column certificate: only those whose state is certified"),
        (("2023/17,", ","), "line 2, column certificate: it is empty, and a day of its award is told"),
        (("2023/17", "no 17"), "line 2, column certificate: a certificate's number has up to 30 letters"),
    ):
        (lssc.folder / "people.csv").write_text(CERTIFIED.replace(*changed))
        code, _, error = told(lssc, "import", "people", "people.csv")
        assert (code, said in error) == (1, True)


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        (",25", ",0", "column seats: There may be 1 to 2,000 seats, not 0"),
        ("2026-12-03 15:00", "2027-03-14 02:30", "the clocks are put forward. Please name another hour"),
    ],
)
def test_why_a_webinar_is_not_taken_in_ends_with_one_full_stop(lssc: Lssc, old: str, new: str, why: str) -> None:
    table = "code,kind,title,starts,time zone,minutes,seats\nP-1,portfolios,Portfolios,2026-12-03 15:00,Chicago,60,25\n"
    (lssc.folder / "webinars.csv").write_text(table.replace(old, new))
    assert told(lssc, "import", "webinars", "webinars.csv")[2].endswith(f"{why}. Nothing of the file was kept.\n")
