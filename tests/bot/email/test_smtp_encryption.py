"""No password and no mail travels where others can read it, unless that was asked for."""

import shutil
from pathlib import Path

import pytest

from bot.channels.email.servers import Server, server
from bot.settings import SettingsError
from tests.bot.email.handing import ALL_LATER, played, refusal, send, texts
from tests.vendors.smtp import MailServer, certificate

USER = ("lssc@library", "a p:ss/wörd")
AS_USER = "lssc%40library:a%20p%3Ass%2Fw%C3%B6rd"


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if shutil.which("openssl") is None:
        pytest.skip("there is no openssl here to make a certificate with")
    return certificate(tmp_path_factory.mktemp("certificate"))


@pytest.mark.parametrize("scheme", ["smtps", "smtp+starttls"])
def test_user_name_and_password_go_over_an_encrypted_connection(own: Path, scheme: str) -> None:
    there = MailServer(own, tls=scheme == "smtps", wants_starttls=True, user=USER)
    played(there, send, f"{scheme}://{AS_USER}@localhost:PORT", trust=own)
    assert texts(there) == ["Hello"]


@pytest.mark.parametrize("scheme", ["smtps", "smtp+starttls"])
def test_a_certificate_that_nobody_trusts_ends_it_before_the_password(own: Path, scheme: str) -> None:
    there = MailServer(own, tls=scheme == "smtps", user=USER)
    told = played(there, refusal, f"{scheme}://{AS_USER}@localhost:PORT")
    assert (told, [line for line in there.heard if "AUTH" in line]) == (ALL_LATER, [])


def test_a_certificate_for_another_host_is_not_trusted(own: Path) -> None:
    there = MailServer(own, tls=True)
    assert played(there, refusal, "smtps://127.0.0.1:PORT", trust=own) == ALL_LATER


def test_a_server_without_starttls_gets_neither_password_nor_mail() -> None:
    there = MailServer(user=USER)
    told = played(there, refusal, f"smtp+starttls://{AS_USER}@localhost:PORT")
    assert (told, [line.partition(" ")[0] for line in there.heard]) == (ALL_LATER, ["EHLO"])


def test_what_is_to_go_in_the_open_is_not_encrypted_unasked(own: Path) -> None:
    there = MailServer(own)
    played(there, send)
    assert (texts(there), "STARTTLS" in there.heard) == (["Hello"], False)


def test_a_server_that_wants_starttls_and_is_spoken_to_openly_keeps_the_mail_waiting(own: Path) -> None:
    there = MailServer(own, wants_starttls=True)
    assert played(there, refusal) == ALL_LATER


def test_a_wrong_password_leaves_the_server_alone_for_a_while(caplog: pytest.LogCaptureFixture) -> None:
    there = MailServer(user=USER)
    told = played(there, refusal, "smtp://lssc:hunter2@localhost:PORT")
    assert (told, "hunter2" in caplog.text, "535 5.7.8" in caplog.text) == (ALL_LATER, False, True)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("smtp://mail.example", Server("mail.example", 25, "plain")),
        ("smtps://u:p@mail.example", Server("mail.example", 465, "tls", "u", "p")),
        ("smtp+starttls://u%40x:p%2F%3A@mail.example", Server("mail.example", 587, "starttls", "u@x", "p/:")),
        ("smtp://u:p@127.0.0.1:2525", Server("127.0.0.1", 2525, "plain", "u", "p")),
        ("smtp://u:p@[::1]:2525", Server("::1", 2525, "plain", "u", "p")),
    ],
)  # fmt: skip
def test_the_address_of_a_server_tells_how_to_speak_to_it(url: str, expected: Server) -> None:
    assert server(url) == expected


@pytest.mark.parametrize(
    "url", ["smtp://u:hunter2@mail.example", "smtp://u:hunter2@localhost.example", "smtps://:hunter2@mail.example"]
)
def test_a_password_never_travels_in_the_open(url: str) -> None:
    with pytest.raises(SettingsError) as caught:
        server(url)
    assert "hunter2" not in str(caught.value)
