"""What a visitor without any account finds behind a link is said in one kind sentence that tells what to do."""

import asyncio

import pytest

from bot.links import checked, shares
from bot.links.checked import Checked
from bot.links.checking import check
from tests.bot.links.sites import HERE, Names, Sites, found, html, looked, moved, raw, reach
from tests.bot.serving import free_port

WORDS = "<p>" + "A plan for the summer reading of a small library. " * 60 + "</p>"
SIGN_IN = "<title>Sign in</title><form><input name='user'><input type='password'></form>"


@pytest.mark.parametrize("status", [404, 410])
def test_a_page_that_is_gone_is_dead(status: int) -> None:
    result = found({"/": html("<title>Gone</title>", status)})
    assert (result.state, result.reason, result.title) == ("dead", checked.MISSING, "Gone")


def test_a_name_that_nobody_has_is_dead() -> None:
    assert found({}, names=Names(**{"work.example": [[]]})).reason == checked.NO_HOST


def test_a_site_that_refuses_the_connection_is_dead() -> None:
    closed = Sites({}, port=free_port())
    result = asyncio.run(check(f"http://work.example:{closed.port}/", reach(closed)))
    assert (result.state, result.reason) == ("dead", checked.CLOSED)


@pytest.mark.parametrize("status", [429, 500, 502, 503])
def test_a_site_in_trouble_is_no_fault_of_the_candidate(status: int) -> None:
    result = found({"/": html(SIGN_IN, status)})
    assert (result.state, result.reason) == ("unsure", checked.BUSY)


@pytest.mark.parametrize("status", [400, 405, 406, 451])
def test_an_answer_that_says_nothing_of_the_page_is_unsure(status: int) -> None:
    assert found({"/": html("<p>no</p>", status)}).state == "unsure"


def test_a_site_that_keeps_robots_out_is_unsure() -> None:
    assert found({"/": html("<title>Just a moment</title>", 403, cf_mitigated="challenge")}).reason == checked.NO_ROBOTS


@pytest.mark.parametrize(("status", "reason"), [(401, checked.SIGN_IN), (403, checked.FORBIDDEN)])
def test_a_page_for_some_people_only_is_a_login(status: int, reason: str) -> None:
    result = found({"/": html("<p>Not for you</p>", status)})
    assert (result.state, result.reason) == ("login", reason)


@pytest.mark.parametrize(
    "to", ["/login?next=/", "/users/sign_in", "/wp-login.php", "/cas/login", "http://sso.example:PORT/start",
           "http://login.work.example:PORT/"],
)  # fmt: skip
def test_a_redirect_to_a_sign_in_is_a_login(to: str) -> None:
    path = "/" + to.partition("PORT/")[2] if "PORT" in to else to.partition("?")[0]
    result = found({"work.example/": moved(to), path: html("<p>Welcome</p>")})
    assert (result.state, result.reason) == ("login", checked.SIGN_IN)


@pytest.mark.parametrize(
    "page",
    [SIGN_IN, "<title>My library</title><p>Members</p><input type=password>",
     f"<title>Log in to continue</title>{WORDS}<input class='a' type=\"PASSWORD\">"],
)  # fmt: skip
def test_a_page_that_asks_for_a_password_is_a_login(page: str) -> None:
    assert found({"/": html(page)}).state == "login"


@pytest.mark.parametrize(
    "page",
    [f"<title>My library</title><form><input type='password'></form>{WORDS}",
     "<title>How to sign in</title><p>A guide for patrons: where to log in, what to do when access is denied.</p>",
     "<title>Request access</title><p>You need permission of the archive to see the originals.</p>"],
    ids=["form in the corner", "about signing in", "about access"],
)  # fmt: skip
def test_a_page_with_a_sign_in_beside_its_words_or_about_signing_in_is_live(page: str) -> None:
    assert found({"/": html(page)}).state == "live"


def test_a_page_about_signing_in_at_its_own_address_is_live() -> None:
    assert found({"/guides/login": html(WORDS)}, "http://work.example/guides/login").state == "live"


GOOGLE_SIGN_IN = {
    "docs.google.com/document/d/1/edit": moved("http://accounts.google.com:PORT/ServiceLogin?continue=x"),
    "accounts.google.com/ServiceLogin": html("<title>Google Docs: Sign-in</title><p>to continue to Docs</p>"),
}
SHORTENED = {"short.example/x": moved("http://docs.google.com:PORT/document/d/1/edit"), **GOOGLE_SIGN_IN}


@pytest.mark.parametrize(
    ("url", "pages", "vendor"),
    [
        ("http://docs.google.com/document/d/1/edit", GOOGLE_SIGN_IN, "Google"),
        ("http://short.example/x", SHORTENED, "Google"),
        ("http://drive.google.com/file/d/1/view", html("<title>Drive</title><p>You need access. Ask for access.</p>"), "Google"),
        ("http://sites.google.com/view/ann", html("<p>No</p>", 401), "Google"),
        ("http://city.sharepoint.com/:w:/s/a", html("<p>Sorry, you don’t have access to this item.</p>", 403), "Microsoft"),
        ("http://city-my.sharepoint.com/:w:/g/a", moved("http://login.microsoftonline.com:PORT/common/"), "Microsoft"),
        ("http://1drv.ms/w/a", moved("http://login.live.com:PORT/login.srf"), "Microsoft"),
        ("http://www.dropbox.com/s/a/b.pdf", moved("http://www.dropbox.com:PORT/login?cont=x"), "Dropbox"),
        ("http://www.dropbox.com/scl/fi/a", html("<title>Dropbox</title><h1>You need permission</h1>"), "Dropbox"),
        ("http://app.box.com/s/a", html("<p>This link has been removed or is unavailable to you.</p>"), "Box"),
        ("http://app.box.com/file/1", moved("http://account.box.com:PORT/login"), "Box"),
        ("http://www.canva.com/design/a", html("<p>Request access to this design</p>"), "Canva"),
        ("http://ann.notion.site/a", html("<p>You do not have access to this page</p>"), "Notion"),
        ("http://www.icloud.com/pages/a", html(SIGN_IN), "iCloud"),
    ],
)  # fmt: skip
def test_a_file_shared_with_a_few_is_told_how_to_open_it(url: str, pages: object, vendor: str) -> None:
    known = {each.name: each.reason for each in shares.VENDORS}
    here = url.removeprefix("http://").partition("?")[0]
    served = pages if isinstance(pages, dict) else {here: pages}
    asked = {
        "accounts.google.com/": html(SIGN_IN),
        "/common/": html(SIGN_IN),
        "/login.srf": html(SIGN_IN),
        "/login": html(SIGN_IN),
    }
    result = found({**asked, **served}, url)
    assert (result.state, result.reason) == ("private share", known[vendor])


@pytest.mark.parametrize(
    "url",
    ["http://docs.google.com/document/d/1/pub", "http://www.dropbox.com/s/a", "http://notdropbox.com/s/a"],
)
def test_a_file_shared_with_everybody_is_live_whatever_it_says(url: str) -> None:
    page = html(f"<title>Handbook</title>{WORDS}<p>Request access to the stacks at the desk.</p>")
    assert found({url.removeprefix("http://"): page}, url).state == "live"


def test_words_of_a_vendor_mean_nothing_on_the_page_of_somebody_else() -> None:
    assert found({"/": html("<p>You need access to a printer</p>")}, "http://notdropbox.com/").state == "live"


def test_a_file_that_is_no_page_is_live_without_a_title() -> None:
    visit, sites = looked(
        {"/a.pdf": raw(b"%PDF-1.7 Sign in", Content_Type="application/pdf")}, "http://work.example/a.pdf"
    )
    assert visit.checked == Checked("live", "", f"http://work.example:{sites.port}/a.pdf")
    assert (visit.content_type, visit.body) == ("application/pdf", b"%PDF-1.7 Sign in")


def test_each_reason_is_one_kind_sentence() -> None:
    reasons = [value for name, value in vars(checked).items() if name.isupper()] + [
        each.reason for each in shares.VENDORS
    ]
    assert [each for each in reasons if not (40 < len(each) < 260 and each.endswith(".") and "\n" not in each)] == []
    assert len(set(reasons)) == len(reasons)


def test_many_links_may_be_checked_at_once() -> None:
    async def look() -> set[str]:
        async with Sites({"/": html(WORDS)}) as sites:
            names = Names(**{"work.example": [[HERE]]})
            links = [f"http://work.example:{sites.port}/?{number}" for number in range(20)]
            return {each.state for each in await asyncio.gather(*(check(link, reach(sites, names)) for link in links))}

    assert asyncio.run(look()) == {"live"}
