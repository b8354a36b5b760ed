"""The settings decide which way mail goes, and `lssc doctor` tries that way for real."""

import asyncio
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bot.app import App, build
from bot.channels.email.composing.letterhead import token
from bot.channels.email.folder import MailFolder
from bot.channels.email.smtp import Smtp
from bot.channels.email.tokens import Token
from bot.channels.email.vendor import headed, outgoing
from bot.commands import doctor_mail
from bot.delivery import reference
from bot.settings import Settings, SettingsError
from bot.trouble import CommandError
from flows.dialog.speech import Outbound
from handlers.letters import decode, encode
from storage import outbox, people
from storage.outbox import Letter
from tests.bot.edge import NOON, Lssc
from tests.vendors.smtp import HANGS_UP, MailServer, certificate

House = Callable[..., App]
KEY = "a key of the library"


def beside(there: MailServer, what: Callable[[], Any]) -> Any:
    """What it gives on a thread, while the server is there."""

    async def scene() -> Any:
        async with there.serving():
            return await asyncio.to_thread(what)

    return asyncio.run(scene())


def put(app: App, text: str) -> None:
    with app.house.database.work(app.clock()) as work:
        address = people.add(work, "email", "ann@example.org").address_id
        outbox.add(work, address, encode(Outbound(text, stoppable="reviews")))
    asyncio.run(app.close())


def waiting(app: App) -> int:
    with app.house.database.work(app.clock()) as work:
        return outbox.waiting(work)[0]


def test_what_the_settings_say_about_mail_is_used(tmp_path: Path) -> None:
    def clock() -> Any:
        return NOON

    chosen = Settings(
        mail_from="The Office <office@library.example>", secret_key=KEY, public_url="https://lssc.example"
    )
    assert isinstance(outgoing(Settings(), clock), MailFolder)
    assert isinstance(outgoing(Settings(smtp_url="smtp://mail.example"), clock), Smtp)
    paths = headed(chosen).return_paths()
    assert (paths.local, paths.domain, paths.key, paths.public_url) == (
        "office", "library.example", KEY.encode(), "https://lssc.example",
    )  # fmt: skip
    assert headed(Settings(mail_reply_domain="replies.example")).reply_domain == "replies.example"


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"smtp_url": "smtp://u:hunter2@mail.example"}, "LSSC_SMTP_URL would send the password to mail.example"),
        ({"mail_from": f"{'x' * 40}@a.org"}, "LSSC_MAIL_FROM cannot be used: before the @ at most 33 ASCII characters may stand."),
    ],
)  # fmt: skip
def test_a_setting_that_cannot_be_used_stops_the_start(settings: Settings, changes: dict[str, str], told: str) -> None:
    with pytest.raises(SettingsError) as caught:
        build(Settings(database_url=settings.database_url, **changes))  # type: ignore[arg-type]
    assert str(caught.value).startswith(told)


def test_the_numbers_of_letter_and_address_come_with_the_reference() -> None:
    letter = Letter(7, 5, "email", "ann@example.org", "body", 1)
    assert [token(reference(letter, part)) for part in (0, 1)] == [Token(address_id=5, letter_id=7)] * 2


def test_whether_a_message_can_be_stopped_is_kept_in_the_outbox() -> None:
    message = Outbound("It is due", stoppable="reviews")
    assert decode(encode(message)) == message


def test_mail_that_was_put_off_goes_at_the_next_tick_as_the_same_mail(house: House, lssc: Lssc) -> None:
    app, there = house(), MailServer()
    put(app, "Hello")
    there.told["RCPT"].append("450 4.2.0 greylisted")

    def ticks() -> list[dict[str, int]]:
        env = {"LSSC_SMTP_URL": there.url(), "LSSC_MAIL_FROM": "lssc@library.example"}
        times = ("2026-11-20T18:05Z", "2026-11-20T18:06Z", "2026-11-20T18:07Z")
        return [json.loads(lssc("tick", "--at", time, **env).stdout) for time in times]

    first, second, third = ([each.get(name, 0) for name in ("put off", "sent")] for each in beside(there, ticks))
    assert (first, second, third, waiting(app)) == ([1, 0], [0, 1], [0, 0], 0)
    (taken,) = there.taken
    ours = [line for line in there.heard if line.startswith("MAIL")]
    assert (taken.recipient, len(ours), len(set(ours))) == ("ann@example.org", 2, 1)
    assert not (lssc.folder / "mail").exists()


def test_an_address_that_the_server_does_not_know_is_unreachable_and_the_desk_is_told(house: House, lssc: Lssc) -> None:
    app, there = house(), MailServer()
    put(app, "Hello")
    there.told["RCPT"].append("550 5.1.1 no such user")
    env = {"LSSC_SMTP_URL": there.url(), "LSSC_MAIL_FROM": "lssc@library.example"}

    def tick() -> bytes:
        return lssc("tick", "--at", "2026-11-20T18:05Z", **(env | {"LSSC_SMTP_URL": there.url()})).stdout

    assert json.loads(beside(there, tick))["given up"] == 1
    items = json.loads(lssc("staff", "queue", "--json").stdout)
    assert [each["kind"] for each in items] == ["undeliverable"]


def test_the_key_of_our_addresses_is_made_with_the_first_mail(house: House, lssc: Lssc) -> None:
    put(house(), "Hello")
    assert not (lssc.folder / "lssc.db-key").exists()
    lssc("tick", "--at", "2026-11-20T18:05Z")
    assert (lssc.folder / "lssc.db-key").exists()
    assert len(list((lssc.folder / "mail").iterdir())) == 1


def doctor(there: MailServer, **changes: Any) -> str:
    given = {"smtp_url": there.url(), "mail_from": "lssc@library.example", "secret_key": "k", **changes}
    try:
        return doctor_mail.outgoing(Settings(**given))
    except CommandError as error:
        return f"broken: {error}"


def test_doctor_signs_in_and_names_our_sender_and_sends_nothing() -> None:
    there = MailServer(user=("lssc", "hunter2"))
    told = beside(there, lambda: doctor(there, smtp_url=there.url(user="lssc:hunter2"), mail_reply_domain="r.example"))
    assert told == (
        f"localhost:{there.port}, not encrypted, as lssc; from lssc@library.example; "
        "answers come to lssc+...@r.example, bounces to bounces+...@r.example"
    )
    assert [line.partition(" ")[0] for line in there.heard] == ["EHLO", "AUTH", "MAIL", "RSET", "QUIT"]
    assert there.taken == []


@pytest.mark.parametrize(
    ("step", "answer", "told"),
    [
        ("MAIL", "550 5.7.1 may not send as this", "does not take our sender (550 5.7.1 may not send as this)"),
        ("connection", "554 no", "turns us away (554)"),
        ("connection", HANGS_UP, "hangs up"),
        ("MAIL", HANGS_UP, "broke off: try again"),
    ],
)
def test_doctor_tells_why_a_server_does_not_take_our_mail(step: str, answer: str, told: str) -> None:
    there = MailServer()
    there.told[step].append(answer)
    assert beside(there, lambda: doctor(there)) == f"broken: localhost:{there.port} {told}"


def test_doctor_tells_a_wrong_password_without_telling_it() -> None:
    there = MailServer(user=("lssc", "right"))
    assert beside(there, lambda: doctor(there, smtp_url=there.url(user="lssc:hunter2"))) == (
        f"broken: localhost:{there.port} does not take the user name and password of LSSC_SMTP_URL (535 5.7.8)"
    )


def test_doctor_tells_a_missing_starttls_and_a_missing_sender() -> None:
    there = MailServer()
    assert beside(there, lambda: doctor(there, smtp_url=there.url("smtp+starttls"))) == (
        f"broken: localhost:{there.port} offers no STARTTLS: LSSC_SMTP_URL may need smtps:// or another port"
    )
    assert doctor(there, smtp_url="smtp://mail.example", mail_from=None) == (
        "broken: set LSSC_MAIL_FROM: no mail server in the world takes mail from lssc@localhost"
    )


@pytest.mark.skipif(shutil.which("openssl") is None, reason="there is no openssl here to make a certificate with")
def test_doctor_tells_what_is_wrong_with_encryption(tmp_path: Path) -> None:
    own = certificate(tmp_path)
    secret, plain = MailServer(own, tls=True), MailServer()
    told = beside(secret, lambda: doctor(secret, smtp_url=secret.url("smtps")))
    assert told == f"broken: the certificate of localhost:{secret.port} is not trusted (self-signed certificate)"
    told = beside(plain, lambda: doctor(plain, smtp_url=plain.url("smtps")))
    assert told == (
        f"broken: localhost:{plain.port} does not speak TLS: LSSC_SMTP_URL may need smtp+starttls:// or another port"
    )


def test_doctor_looks_at_the_key_that_lies_beside_the_database(lssc: Lssc) -> None:
    (lssc.folder / "lssc.db-key").write_text("half")
    result = lssc("doctor", "--json")
    found = {each["part"]: each for each in json.loads(result.stdout)}
    assert (result.returncode, found["outgoing mail"]["told"]) == (
        1,
        "lssc.db-key: is damaged; delete it (answers to earlier mails are then not recognised), or set LSSC_SECRET_KEY",
    )
