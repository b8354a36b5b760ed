"""Links are found in what people write, spelled one way, and refused where they lead nowhere good."""

import time
from ipaddress import ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.dialog import kinds
from flows.dialog.unclear import Unclear
from flows.program import hosts, links


def refusal(url: str) -> str:
    with pytest.raises(Unclear) as unclear:
        links.normal(url)
    return str(unclear.value)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Here it is: https://example.org/my-work.", ("https://example.org/my-work",)),
        ("www.example.org/a, and (http://example.org/b)!", ("www.example.org/a", "http://example.org/b")),
        ("see https://en.wikipedia.org/wiki/Index_(list)", ("https://en.wikipedia.org/wiki/Index_(list)",)),
        ("(https://en.wikipedia.org/wiki/Index_(list))", ("https://en.wikipedia.org/wiki/Index_(list)",)),
        ("“https://example.org/a” 'https://example.org/b'?", ("https://example.org/a", "https://example.org/b")),
        ("<https://example.org/a|my work>", ("https://example.org/a",)),
        ("[https://example.org/a](https://example.org/a)", ("https://example.org/a",)),
        ("https://example.org/a,https://example.org/b;https://example.org/c",
         ("https://example.org/a", "https://example.org/b", "https://example.org/c")),
        ("https://example.org/?ids[]=1", ("https://example.org/?ids[]=1",)),
        ("https://web.example/2020/https://example.org/", ("https://web.example/2020/https://example.org/",)),
        ("HTTPS://EXAMPLE.ORG/a https://example.org/a?utm_source=mail#top", ("HTTPS://EXAMPLE.ORG/a",)),
        ("http://[::1]/x and https://ann:secret@example.org/", ("http://[::1]/x", "https://ann:secret@example.org/")),
        ("https:// http://. www. www... mail www@example.org or ann@www.example.org", ()),
        ("javascript:alert(1) ftp://example.org/a", ()),
        ("https://example.org/\u200bpage", ("https://example.org/",)),
        ("", ()),
    ],
)  # fmt: skip
def test_links_are_found_without_what_stands_around_them(text: str, found: tuple[str, ...]) -> None:
    assert links.find(text) == found


def test_at_most_fifty_links_are_taken() -> None:
    text = " ".join(f"https://example.org/{number}" for number in range(60))
    assert links.find(text) == tuple(f"https://example.org/{number}" for number in range(50))


HOSTILE = [
    "https://a" + ")" * 300_000, "https://a" + "(" * 300_000, "www." * 100_000, "https://" * 50_000,
    " ".join(f"https://a.org/?utm_a={number}" for number in range(20_000)), "https://" + "a." * 150_000,
    "](https://a.org" * 30_000, ",;" * 150_000, "https://a.org/" + "%" * 300_000, "https://a.org?" + "&" * 300_000,
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: ascii(text[:20]))
def test_a_hostile_message_takes_no_time(text: str) -> None:
    began = time.perf_counter()
    links.find(text)
    assert time.perf_counter() - began < 2  # quadratic readers need minutes for these


@pytest.mark.parametrize(
    ("written", "spelled"),
    [
        ("HTTPS://Example.ORG:443/a/../b/./c", "https://example.org/b/c"),
        ("http://example.org:80", "http://example.org/"),
        ("http://example.org:443/", "http://example.org:443/"),
        ("www.example.org", "https://www.example.org/"),
        ("example.org:8080/a", "https://example.org:8080/a"),
        ("https://example.org./a", "https://example.org/a"),
        ("https://example.org/?utm_source=x&id=7&fbclid=1&gclid=2&UTM_Medium=y&utm%5Fx=1", "https://example.org/?id=7"),
        ("https://example.org/?utm_source=x", "https://example.org/"),
        ("https://example.org/a#top", "https://example.org/a"),
        ("https://example.org/a.pdf#page=3", "https://example.org/a.pdf#page=3"),
        ("https://example.org/#/works/2", "https://example.org/#/works/2"),
        ("https://example.org/#!works", "https://example.org/#!works"),
        ("https://example.org/a#:~:text=one", "https://example.org/a"),
        ("https://example.org/a#utm_source=x", "https://example.org/a"),
        ("https://example.org/%7eann/%c3%a9/é", "https://example.org/~ann/%C3%A9/%C3%A9"),
        ("https://example.org/%2e%2e/a%2fb", "https://example.org/a%2Fb"),
        ("https://example.org/100%", "https://example.org/100%25"),
        ("http://bücher.example/x", "http://xn--bcher-kva.example/x"),
        ("http://xn--bcher-kva.example/x", "http://xn--bcher-kva.example/x"),
        ("http://straße.example/", "http://xn--strae-oqa.example/"),
        ("http://図書館テスト.jp/", "http://xn--zckzah5910b4zqs02e.jp/"),
        ("http://библиотека.рф/", "http://xn--80abaqnbpf2a4b.xn--p1ai/"),
        ("http://сосна.ru/", "http://xn--80azclb.ru/"),
        ("http://example。org/", "http://example.org/"),
        ("http://134744072/", "http://8.8.8.8/"),
        ("http://[2606:4700:0::1111]:8443/", "http://[2606:4700::1111]:8443/"),
    ],
)
def test_a_page_has_one_spelling(written: str, spelled: str) -> None:
    assert links.normal(written) == spelled
    assert links.normal(spelled) == spelled


def test_what_is_sent_to_a_site_keeps_all_its_parameters() -> None:
    assert links.harmless("https://Example.org/a?utm_source=x&id=7#page=3") == "https://example.org/a?utm_source=x&id=7"


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1", "127.0.0.1.", "127.1", "2130706433", "0x7f000001", "0x7f.0.0.1", "017700000001", "0177.0.0.1",
        "１２７.0.0.1", "①②⑦.0.0.1", "127。0。0。1", "0", "10.0.0.11", "10.1", "0xa.1", "172.16.3.4", "172.31.255.255",
        "192.168.1.1", "192.168.257", "169.254.169.254", "100.64.0.1", "192.0.2.1", "198.18.0.1", "203.0.113.9",
        "224.0.0.1", "240.0.0.1", "255.255.255.255", "[::1]", "[::]", "[fe80::1]", "[fe80::1%25eth0]", "[fc00::1]",
        "[fec0::1]", "[ff02::1]", "[::ffff:10.0.0.1]", "[::ffff:7f00:1]", "[::127.0.0.1]", "[64:ff9b::10.0.0.1]",
        "[64:ff9b:1::1]", "[2002:7f00:1::1]", "[2001:0:4136:e378:8000:63bf:f5ff:fffe]", "[2001:db8::1]", "[100::1]",
        "localhost", "LOCALHOST", "localhost.", "a.localhost", "printer.local", "wiki.internal", "nas.home.arpa",
        "router.lan", "portal.corp", "ｌocalhost",
    ],
)  # fmt: skip
def test_a_private_address_is_refused_in_any_form(host: str) -> None:
    assert refusal(f"http://{host}/x") == hosts.PRIVATE
    assert refusal(f"https://{host}:8443") == hosts.PRIVATE


@pytest.mark.parametrize(
    "host",
    ["раypal.com", "pаypal.com", "xn--pypal-4ve.com", "аррӏе.com", "xn--80ak6aa92e.com", "gооgle.com", "exαmple.org",
     "docs.gооgle.com"],
)  # fmt: skip
def test_a_host_with_letters_that_look_alike_is_refused(host: str) -> None:
    assert refusal(f"https://{host}/login") == hosts.LOOK_ALIKE


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("javascript:alert(1)", links.SCHEME), ("JavaScript://a.org/%0aalert(1)", links.SCHEME),
        ("data:text/html,x", links.SCHEME), ("file:///etc/passwd", links.SCHEME), ("ftp://a.org/x", links.SCHEME),
        ("mailto:ann@a.org", links.SCHEME), ("blob:https://a.org/1", links.SCHEME),
        ("https://ann:secret@a.org/", links.SECRETS), ("https://ann@a.org/", links.SECRETS),
        ("https://a.org\\@b.org/", links.SECRETS), ("http://a.org:80@b.org/", links.SECRETS),
        ("https://library/x", hosts.NO_DOT), ("https://a.org/" + "x" * 2000, links.TOO_LONG),
        ("https://a.org/" + "é" * 1000, links.TOO_LONG),
        *((url, hosts.UNREADABLE) for url in (
            "", " ", "https://", "https:///x", "http:a.org", "https://[::1", "https://[::1]x/", "https://a..org/",
            "https://-a.org/", "https://a.o/", "https://a.org:0/", "https://a.org:99999/", "https://a.org:x/",
            "https://a b.org/", "https://a.org/a b", "https://a.org/\x00", "https://a\u200b.org/", "https://a.org\\b",
            "https://1.2.3.4.5/", "https://08.8.8.8/", "https://256.8.8.8/", "https://a.1/", "https://a.0x8/",
            "https://xn--a.org/", "https://xn--zz99999999.org/", "https://google.com⁄evil.org/", "https://♥.org/",
            "ann@a.org", "https://" + "a" * 64 + ".org/", "https://" + "a." * 130 + "org/", "https://[1.2.3.4]/",
        )),
    ],
    ids=lambda value: ascii(value[:40]),
)  # fmt: skip
def test_what_is_no_harmless_link_gets_one_kind_sentence(url: str, sentence: str) -> None:
    assert refusal(url) == sentence


@pytest.mark.parametrize("address", ["8.8.8.8", "2606:4700::1111", "64:ff9b::8.8.8.8", "2002:808:808::1", "192.0.1.1"])
def test_addresses_that_everybody_reaches_are_public(address: str) -> None:
    assert hosts.is_public(ip_address(address))


URLS = st.builds(
    "{}{}{}{}".format,
    st.sampled_from(["http://", "https://", "HTTP://", "", "www.", "javascript:", "//", "http:\\\\"]),
    st.one_of(
        st.text(max_size=30),
        st.sampled_from(["a.org", "xn--", "xn--a", "[", "[::1]", "0x", "1.2", "ß.de", "ς.gr", "a.org:", "İ.org"]),
        st.from_regex(r"xn--[a-z0-9-]{1,20}\.org", fullmatch=True),
        st.text("0123456789abcdefx.:[]%", max_size=20),
    ),
    st.sampled_from(
        ["", "/", "/..", "/%", "/%2", "?", "#", "?&&utm_a", "#a=", "?%75tm_b=1", "/%2e/", ":443", "\ud800"]
    ),
    st.text(max_size=20),
)


@given(st.one_of(st.text(), URLS))
def test_the_spelling_of_any_words_is_stable_or_unclear(words: str) -> None:
    try:
        spelled = links.normal(words)
    except Unclear:
        return
    assert links.normal(spelled) == spelled
    assert links.find(f"see ({spelled}).") == (spelled.rstrip(links._TRAILING),) or set(spelled) & set("()[]")
    assert spelled.isascii()


@given(st.lists(st.one_of(st.text(), URLS)))
def test_any_words_may_be_searched_for_links(words: list[str]) -> None:
    found = links.find(" ".join(words))
    assert len(found) == len(set(found)) <= links.MOST


@given(st.one_of(st.text(), URLS))
def test_the_question_for_a_link_takes_exactly_what_has_a_spelling(words: str) -> None:
    said = kinds.tidy(words)
    try:
        answer = kinds.link(words)
    except Unclear:
        with pytest.raises(Unclear):
            links.normal(said.replace(" ", "\n") or said)
    else:
        assert links.normal(answer) == links.normal(said)
