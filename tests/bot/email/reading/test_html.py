"""Mails that are only HTML, as the common programs write them."""

import pytest

from bot.channels.email.reading.html import lines as seen
from tests.bot.email.reading.mails import heard, html, lines

QUOTED = "Which date suits you?"

GMAIL = f"""<div dir="ltr">The second date.<div><br></div><div>Nora</div></div><br><div class="gmail_quote gmail_quote_container">
<div dir="ltr" class="gmail_attr">On Tue, 3 Mar 2026 at 10:15, Desk &lt;<a href="mailto:desk@reedmoor.example">desk@reedmoor.example</a>&gt; wrote:<br></div>
<blockquote class="gmail_quote" style="margin:0px 0px 0px 0.8ex;border-left:1px solid rgb(204,204,204);padding-left:1ex">{QUOTED}</blockquote></div>"""
GMAIL_ALIEN = GMAIL.replace("On Tue, 3 Mar 2026 at 10:15, Desk", "3 Março pelas 10 Desk").replace(
    "wrote:", "kundëshkroi"
)
GMAIL_SIGNED = GMAIL.replace(
    "<br><div class=\"gmail_quote", "<br clear=\"all\"><div><br></div><span class=\"gmail_signature_prefix\">-- </span><br><div dir=\"ltr\" class=\"gmail_signature\" data-smartmail=\"gmail_signature\"><div>Nora Vale</div><div>Reedmoor Library</div></div><br><div class=\"gmail_quote", 1
)  # fmt: skip
OUTLOOK_WEB = f"""<html><head><style type="text/css">p {{margin-top:0}}</style></head><body dir="ltr"><div class="elementToProof">The second date.</div>
<div><br></div><div id="Signature"><p>Nora Vale</p><p>Reedmoor Library</p></div><div id="appendonsend"></div>
<hr tabindex="-1" style="display:inline-block; width:98%"><div id="divRplyFwdMsg" dir="ltr"><font face="Calibri"><b>Absender:</b> Desk<br><b>Am:</b> irgendwann</font></div>
<div><p>{QUOTED}</p></div></body></html>"""
OUTLOOK_DESKTOP = f"""<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><meta charset="utf-8"><!--[if gte mso 9]><xml><o:x>1</o:x></xml><![endif]-->
<style><!-- p.MsoNormal {{margin:0in;}} --></style></head><body lang="EN-US"><div class="WordSection1"><p class="MsoNormal">The second date.<o:p></o:p></p>
<p class="MsoNormal"><o:p>&nbsp;</o:p></p><p class="MsoNormal">Nora<o:p></o:p></p><div><div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0in 0in 0in">
<p class="MsoNormal"><b>From:</b> Desk &lt;desk@reedmoor.example&gt; <br><b>Sent:</b> Tuesday, March 3, 2026 10:15 AM<br><b>To:</b> Nora<br><b>Subject:</b> Dates<o:p></o:p></p></div></div>
<p class="MsoNormal">{QUOTED}</p></div></body></html>"""
OUTLOOK_PHONE = f"""<html><body><div dir="auto">The second date.</div><div id="ms-outlook-mobile-signature"><div>Get <a href="https://aka.ms/o0ukef">Outlook for iOS</a></div></div>
<hr><div id="divRplyFwdMsg"><b>From:</b> Desk<br><b>Sent:</b> Tuesday</div>{QUOTED}</body></html>"""
YAHOO = f"""<html><body><div class="ydp1"><div>The second date.</div><div><br></div></div><div id="ydp2yahoo_quoted_1" class="ydp2yahoo_quoted yahoo_quoted"><div>
<div>On Tuesday, March 3, 2026, 10:15:32 AM EST, Desk &lt;desk@reedmoor.example&gt; wrote: </div><div><br></div><div>{QUOTED}</div></div></div></body></html>"""
APPLE = f"""<html><head></head><body>The second date.<br><br>Nora<br><div><br><blockquote type="cite"><div>On Mar 3, 2026, at 10:15 AM, Desk &lt;desk@reedmoor.example&gt; wrote:</div>
<br><div>{QUOTED}</div></blockquote></div><br></body></html>"""
IPHONE = f"""<html><body dir="auto">The second date.<br id="lineBreakAtBeginningOfSignature"><div dir="ltr">Sent from my iPhone</div><div dir="ltr"><br><blockquote type="cite">
On Mar 3, 2026, at 10:15 AM, Desk &lt;desk@reedmoor.example&gt; wrote:<br><br></blockquote></div><blockquote type="cite"><div dir="ltr">{QUOTED}</div></blockquote></body></html>"""
THUNDERBIRD = f"""<html><body text="#000000"><p>The second date.<br></p><div class="moz-cite-prefix">Le 03/03/2026 à 10:15, Desk a écrit :<br></div>
<blockquote type="cite" cite="mid:1@reedmoor.example"><p>{QUOTED}</p></blockquote><div class="moz-signature">-- <br>Nora Vale</div></body></html>"""
PROTON = f"""<div style="font-family: Arial;">The second date.</div><div class="protonmail_signature_block"><div class="protonmail_signature_block-proton">Sent with <a href="https://proton.me/">Proton Mail</a> secure email.</div></div>
<div class="protonmail_quote">On Tuesday, March 3rd, 2026 at 10:15 AM, Desk &lt;desk@reedmoor.example&gt; wrote:<br><br><blockquote class="protonmail_quote" type="cite">{QUOTED}</blockquote></div>"""
FIGURES = {
    "Gmail": GMAIL,
    "Gmail in a language nobody knows": GMAIL_ALIEN,
    "Gmail with a signature": GMAIL_SIGNED,
    "Outlook on the web": OUTLOOK_WEB,
    "Outlook": OUTLOOK_DESKTOP,
    "Outlook on a phone": OUTLOOK_PHONE,
    "Yahoo": YAHOO,
    "Apple Mail": APPLE,
    "an iPhone": IPHONE,
    "Thunderbird": THUNDERBIRD,
    "Proton": PROTON,
}


@pytest.mark.parametrize("program", FIGURES)
def test_the_new_text_of_each_programs_html_is_found(program: str) -> None:
    found = lines(heard(html(FIGURES[program])).new_text)
    assert [line for line in found if line != "Nora"] == ["The second date."]


def test_a_links_address_stands_beside_its_words_and_is_listed() -> None:
    found = heard(html('<p>See <a href="https://reedmoor.example/cert?a=1&amp;b=2">my certificate</a>.</p>'))
    assert (found.new_text, found.links) == (
        "See my certificate <https://reedmoor.example/cert?a=1&b=2>.",
        ("https://reedmoor.example/cert?a=1&b=2",),
    )


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ('<a href="https://reedmoor.example/">https://reedmoor.example</a>', "https://reedmoor.example"),
        ('<a href="https://www.reedmoor.example">reedmoor.example</a>', "reedmoor.example"),
        ('<a href="mailto:nora@reedmoor.example">nora@reedmoor.example</a>', "nora@reedmoor.example"),
        ('<a href="#top">above</a>', "above"),
        ('<a href="javascript:x()">press</a>', "press"),
        ('<a href="https://reedmoor.example"><img src="x" alt="logo of the library"></a>', ""),
    ],
)
def test_an_address_is_not_written_twice_and_only_web_pages_are(source: str, text: str) -> None:
    assert seen(source) == text


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("one<br>two<div>three</div>four", "one\ntwo\nthree\nfour"),
        ("<div>one</div><div><br></div><div>two</div>", "one\n\ntwo"),
        ("<p>one</p><p>two</p>", "one\n\ntwo"),
        ('<p class="MsoNormal">one</p><p class="MsoNormal">two</p>', "one\ntwo"),
        ('<p style="margin:0">one</p><p style="margin: 0px">two</p>', "one\ntwo"),
        ("<ol><li>yes</li><li>no</li></ol>", "1. yes\n2. no"),
        ('<ol start="4"><li><p>yes</p></li></ol>', "4. yes"),
        ("<ul><li>reference</li><li>cataloging</li></ul>", "- reference\n- cataloging"),
        (
            "<table><tr><td>year</td><td>2025</td></tr><tr><td>class</td><td>reference</td></tr></table>",
            "year 2025\nclass reference",
        ),
        ("<pre>a\n  b</pre>", "a\n  b"),
        ("a &lt; b &amp; c &eacute; &#233;", "a < b & c é é"),
        ("a < b <3 c", "a < b <3 c"),
        ("<script>x < 1</script>yes<style>p{}</style><title>t</title>", "yes"),
        ("<!-- hidden <b> -->yes<![if !mso]>, please<![endif]>", "yes, please"),
        ("yes<!-- never closed", "yes never closed"),
        ("<script>never closed", "never closed"),
        ("yes<div never closed", "yes"),
        ('<img alt="👍"> fine <img alt="a picture of a cat">', "👍 fine"),
        ("a&nbsp;&nbsp;b\n c", "a b c"),
        ("&#x110000; &#99999999999;", "\ufffd \ufffd"),
        ("<blockquote>q<blockquote>qq</blockquote></blockquote>t", "> q\n\n>> qq\n\nt"),
        ('<blockquote style="margin:0 0 0 40px;border:none;padding:0px">indented</blockquote>', "indented"),
    ],
)
def test_html_becomes_the_lines_that_a_person_sees(source: str, text: str) -> None:
    assert [line for line in seen(source).split("\n") if line.strip("> ")] == [
        line for line in text.split("\n") if line
    ]


def test_answers_between_the_quoted_lines_of_gmail_are_kept() -> None:
    source = (
        '<div class="gmail_quote"><div class="gmail_attr">On Tue, 3 Mar 2026 at 10:15, Desk wrote:</div><blockquote class="gmail_quote">Where?</blockquote>'
        '<div>Reedmoor.</div><blockquote class="gmail_quote">Since when?</blockquote><div>2019.</div></div>'
    )
    assert lines(heard(html(source)).new_text) == ["> Where?", "Reedmoor.", "> Since when?", "2019."]


def test_numbers_of_more_than_4300_digits_do_not_stop_the_reading() -> None:
    assert seen("yes &#" + "9" * 5000 + ";").startswith("yes")


def test_the_plain_text_counts_where_both_are_sent_and_html_where_it_is_empty() -> None:
    def both(plain: str) -> bytes:
        return (
            "Content-Type: multipart/alternative; boundary=b\n\n"
            f"--b\nContent-Type: text/plain\n\n{plain}\n--b\nContent-Type: text/html\n\n<p>from HTML</p>\n--b--\n"
        ).encode()

    assert (heard(both("from plain")).new_text, heard(both(" ")).new_text) == ("from plain", "from HTML")


def test_no_text_can_pretend_to_be_marked_by_html() -> None:
    assert heard(html("<p>yes</p><p>&#2;&#x3;please</p>")).new_text == "yes\n\nplease"
