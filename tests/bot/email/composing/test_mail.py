"""A message as a mail program shows it, and as mail servers pass it on."""

import re
from email.message import EmailMessage, MIMEPart
from html.parser import HTMLParser

import pytest

from bot.channels.email.composing.addresses import NoAddress
from bot.channels.email.composing.letterhead import letterhead
from bot.channels.email.return_paths import Returned, ReturnPaths
from bot.channels.email.tokens import Token
from flows.dialog.speech import Choice, File, Outbound
from tests.bot.email.heads import KEY, REFERENCE, composed, form, head, read

CHOICES = (Choice("a", "Accept"), Choice("b", "Decline <now> & here"))
PICTURE = File("progress.png", "image/png", b"\x89PNG 1", "3 of 6 sets are complete")
CALENDAR = File("a/b\\dates.ics", "text/calendar; charset=x", b"BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nEND:VCALENDAR\r\n")
TABLE = File("sets.csv", "text/csv", "Set,Ü\r\n".encode())
LONG_ID = f"<{'a' * 90}@{'b' * 70}.prod.outlook.com>"


class Seen(HTMLParser):
    """What a page shows, what it would load or open, and its tags."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.words, self.tags, self.leads_to = "", [], []  # type: ignore[var-annotated]
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.leads_to += [value for name, value in attrs if name in ("href", "src")]

    def handle_data(self, data: str) -> None:
        self.words += data


def seen(message: Outbound, **of_head: str) -> Seen:
    return Seen(form(read(composed(message, **of_head)), "html"))


def kinds(mail: MIMEPart) -> list[str]:
    return [part.get_content_type() for part in mail.walk()]


def test_a_mail_tells_who_it_is_from_and_where_answers_and_bounces_go() -> None:
    made = composed(Outbound("Hello", subject="Your\nreview"))
    mail, paths = read(made), ReturnPaths("lssc", "replies.example", KEY)
    reply = mail["Reply-To"].addresses[0]
    told = {name: str(mail[name]) for name in mail if name not in ("Reply-To", "Content-Type", "MIME-Version")}
    assert told == {
        "From": "LSSC Assistant <lssc@library.example>",
        "To": "ann@example.org",
        "Subject": "Your review",
        "Date": "Fri, 20 Nov 2026 18:00:00 +0000",
        "Message-ID": f"<{REFERENCE}@library.example>",
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "DR, RN, NRN, AutoReply",
    }
    assert reply.display_name == "LSSC Assistant"
    assert paths.read(reply.addr_spec) == Returned("reply", Token(address_id=5, letter_id=7))
    assert paths.read(made.sender) == Returned("bounce", Token(address_id=5, letter_id=7))
    assert (made.recipient.bare, made.message_id) == ("ann@example.org", f"<{REFERENCE}@library.example>")


def test_a_mail_in_two_forms_says_the_same_in_both() -> None:
    mail = read(composed(Outbound("Café?\n\n- send `help`\n- or read https://a.org/?b&c", CHOICES)))
    assert kinds(mail) == ["multipart/alternative", "text/plain", "text/html"]
    assert form(mail, "plain") == (
        "Café?\n\n- send `help`\n- or read https://a.org/?b&c\n\n"
        "1. Accept\n2. Decline <now> & here\n\nReply with 1 or 2.\n"
    )
    page = Seen(form(mail, "html"))
    assert [line.strip() for line in page.words.splitlines() if line.strip()][2:] == [
        "Library Support Staff Certification",
        "Café?",
        "send help",
        "or read https://a.org/?b&c",
        "Accept",
        "Decline <now> & here",
        "Reply with 1 or 2.",
    ]
    assert page.leads_to == ["https://a.org/?b&c"]


def test_the_html_names_its_language_loads_nothing_and_leaves_the_colours_to_the_reader() -> None:
    page = form(read(composed(Outbound("Hello", CHOICES, files=(PICTURE,), subject="A <b> & c"))), "html")
    assert page.startswith('<!DOCTYPE html>\n<html lang="en" dir="ltr">\n')
    assert '<meta name="color-scheme" content="light dark">' in page
    assert "<title>A &lt;b&gt; &amp; c</title>" in page
    assert re.findall(r"(?:background|[;\"]color:|url\(|https?:)[^;\"]*", page) == []
    assert set(Seen(page).tags) <= {
        "html",
        "head",
        "meta",
        "title",
        "style",
        "body",
        "div",
        "p",
        "ol",
        "li",
        "strong",
        "img",
    }


def test_what_people_write_is_shown_not_run() -> None:
    page = seen(
        Outbound('<script>x</script>\n\n- <img src="http://a.org/x.png">\n\n> </blockquote><b>', (Choice("a", "<i>"),))
    )
    assert set(page.tags) & {"script", "img", "b", "i"} == set()
    assert page.leads_to == ["http://a.org/x.png"]  # a link to be followed, not a picture to be loaded


def test_an_answer_stands_in_the_thread_of_what_it_answers() -> None:
    mail = read(composed(Outbound("Yes", answers=f"<first@a.org> {LONG_ID}", subject="My question")))
    assert {name: mail[name] for name in ("In-Reply-To", "References", "Subject", "Auto-Submitted")} == {
        "In-Reply-To": LONG_ID,
        "References": f"<first@a.org> {LONG_ID}",
        "Subject": "Re: My question",
        "Auto-Submitted": "auto-replied",
    }
    assert f"\r\nIn-Reply-To: {LONG_ID}\r\n".encode() in composed(Outbound("Yes", answers=LONG_ID)).content


def test_a_thread_without_end_is_named_by_its_first_mail_and_its_last_ones() -> None:
    names = [f"<{number}@a.org>" for number in range(500)]
    mail = read(composed(Outbound("Yes", answers=" ".join(names))))
    assert mail["References"].split() == [names[0], *names[-19:]]


@pytest.mark.parametrize("answers", ["C1:17.5", "17", "<no id>", "<a@b\nBcc: x@y.org>", "<ä@b.org>", "<>"])
def test_what_is_no_mail_is_not_answered(answers: str) -> None:
    mail = read(composed(Outbound("Yes", answers=answers)))
    assert (mail["In-Reply-To"], mail["References"], mail["Bcc"], mail["Auto-Submitted"]) == (
        None, None, None, "auto-generated",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("given", "answers", "expected"),
    [
        ("", "", "Library Support Staff Certification"),
        ("", "<a@b.org>", "Library Support Staff Certification"),
        ("RE: Fees", "<a@b.org>", "RE: Fees"),
        ("Fees\r\nBcc: x@y.org", "", "Fees Bcc: x@y.org"),
        ("x" * 300, "", "x" * 199 + "…"),
        ("Prüfung 📚", "", "Prüfung 📚"),
    ],
)
def test_the_subject_is_one_line(given: str, answers: str, expected: str) -> None:
    assert read(composed(Outbound("Hello", subject=given, answers=answers)))["Subject"] == expected


def test_pictures_are_shown_and_files_are_beside() -> None:
    mail = read(composed(Outbound("Your progress", files=(CALENDAR, PICTURE, TABLE))))
    assert kinds(mail) == [
        "multipart/mixed", "multipart/alternative", "text/plain", "multipart/related", "text/html", "image/png", "text/calendar", "text/csv",
    ]  # fmt: skip
    picture, calendar, table = (part for part in mail.walk() if part.get_filename())
    assert (picture["Content-ID"], picture.get_content_disposition(), picture.get_content()) == (
        f"<picture1.{REFERENCE}@library.example>", "inline", PICTURE.content,
    )  # fmt: skip
    assert f'<img src="cid:picture1.{REFERENCE}@library.example" alt="3 of 6 sets are complete"' in form(mail, "html")
    assert form(mail, "plain") == "Your progress\n\n[Picture: 3 of 6 sets are complete]\n"
    assert (calendar.get_filename(), calendar.get_param("method"), calendar.get_payload(decode=True)) == (
        "dates.ics", "REQUEST", CALENDAR.content,
    )  # fmt: skip
    assert (table.get_filename(), table.get_content_charset(), table.get_payload(decode=True)) == (
        "sets.csv", "utf-8", TABLE.content,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("told", "kind"),
    [
        ("multipart/mixed", "application/octet-stream"), ("nonsense", "application/octet-stream"), ("a/b\r\nX: y", "application/octet-stream"),
        ("image/svg+xml", "image/svg+xml"), ("application/pdf", "application/pdf"),
    ],
)  # fmt: skip
def test_a_file_of_any_kind_is_beside_the_mail(told: str, kind: str) -> None:
    mail = read(composed(Outbound("Hello", files=(File("x\r\ny", told, b"\x00\xff"),))))
    (part,) = mail.iter_attachments()
    assert (part.get_content_type(), part.get_filename(), part.get_payload(decode=True)) == (kind, "x y", b"\x00\xff")


def test_a_reminder_can_be_stopped_and_other_mail_cannot() -> None:
    paths = ReturnPaths("lssc", "replies.example", KEY)
    mail = read(composed(Outbound("It is due", stoppable="reviews"), url="https://lssc.example"))
    by_mail, by_page = re.fullmatch(
        r"<mailto:(.+)\?subject=unsubscribe%20reviews>, <(.+)>", mail["List-Unsubscribe"]
    ).groups()  # type: ignore[union-attr]
    assert paths.read(by_mail, ("reviews",)) == Returned("unsubscribe", Token(5, 7), "reviews")
    assert paths.stops("reviews", by_page.rpartition("/")[2]) == Token(5, 7)
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert form(mail, "plain").endswith("\n\nTo get no more mails of this kind, answer with STOP.\n")
    assert Seen(form(mail, "html")).leads_to == [by_page]
    other = read(composed(Outbound("Hello"), url="https://lssc.example"))
    assert (other["List-Unsubscribe"], other["List-Unsubscribe-Post"]) == (None, None)


@pytest.mark.parametrize(("url", "ways"), [("", 1), ("http://127.0.0.1:8080", 2)])
def test_one_click_is_offered_only_where_mail_programs_may_use_it(url: str, ways: int) -> None:
    mail = read(composed(Outbound("It is due", stoppable="reviews"), url=url))
    assert (len(mail["List-Unsubscribe"].split(", ")), mail["List-Unsubscribe-Post"]) == (ways, None)


def test_no_line_is_longer_than_mail_servers_take() -> None:
    text = "wörd " * 5000 + "\n" + "x" * 40_000 + "\nhttps://a.org/" + "y" * 3000
    made = composed(Outbound(text, (Choice("a", "z" * 5000),), subject="s" * 5000, answers=f"{LONG_ID} " * 30))
    assert max(len(line) for line in made.content.split(b"\r\n")) <= 998
    assert made.content.count(b"\n") == made.content.count(b"\r\n")
    assert text in form(read(made), "plain")


def test_short_words_can_be_read_in_the_file_itself() -> None:
    assert b"Your code is 123456 = yes\r\n" in composed(Outbound("Your code is 123456 = yes")).content


def test_many_choices_are_not_named_one_by_one() -> None:
    mail = read(composed(Outbound("Which?", tuple(Choice(f"{n}", f"Set {n}") for n in range(1, 13)))))
    assert form(mail, "plain").endswith("\n12. Set 12\n\nReply with a number from 1 to 12.\n")


def test_the_same_message_again_is_the_same_mail() -> None:
    message = Outbound("Hello", CHOICES, files=(PICTURE, TABLE))
    assert composed(message) == composed(message)


def test_letters_beyond_ascii_in_an_address_are_kept() -> None:
    made = composed(Outbound("Hello"), to="ünal@münchen.example")
    assert made.recipient.bare == "ünal@xn--mnchen-3ya.example"
    assert "\r\nTo: ünal@xn--mnchen-3ya.example\r\n" in made.content.decode()


def test_a_reference_without_numbers_has_no_token() -> None:
    made = composed(Outbound("Hello", stoppable="reviews"), reference="x")
    mail: EmailMessage = read(made)
    assert (made.sender, mail["Reply-To"], mail["List-Unsubscribe"]) == ("lssc@library.example", None, None)


@pytest.mark.parametrize("sender", ["nobody", "ü@a.org", f"{'x' * 34}@a.org"])
def test_a_sender_that_cannot_carry_a_token_is_refused(sender: str) -> None:
    with pytest.raises(NoAddress):
        letterhead(sender, "", lambda: KEY)


def test_without_a_domain_of_their_own_answers_go_to_that_of_the_sender() -> None:
    assert head("The Office <lssc@library.example>", "").reply_domain == "library.example"
