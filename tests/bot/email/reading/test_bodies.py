"""Which parts of a mail are the person's words."""

from tests.bot.email.reading.mails import heard

INLINE = "Content-Type: text/plain\n\n{}\n"
FILE = 'Content-Type: text/plain; name="notes.txt"\nContent-Disposition: {}\n\nfrom the file\n'


def mixed(*parts: str) -> bytes:
    body = "".join(f"--b\n{part}" for part in parts)
    return f"Content-Type: multipart/mixed; boundary=b\n\n{body}--b--\n".encode()


def test_texts_around_a_picture_belong_together() -> None:
    raw = mixed(INLINE.format("above"), "Content-Type: image/png\n\npicture\n", INLINE.format("below"))
    assert heard(raw).new_text == "above\nbelow"


def test_a_text_file_is_not_what_was_said() -> None:
    assert heard(mixed(INLINE.format("see the file"), FILE.format("attachment"))).new_text == "see the file"
    assert heard(mixed(INLINE.format("see the file"), FILE.format("inline"))).new_text == "see the file"
    assert heard(mixed(FILE.format("attachment"))).new_text == ""


def test_a_text_with_a_name_is_what_was_said_where_there_is_no_other() -> None:
    assert heard(mixed(FILE.format("inline"))).new_text == "from the file"


def test_the_text_of_an_enclosed_mail_is_not_what_was_said() -> None:
    enclosed = "Content-Type: message/rfc822\n\nSubject: old\n\nan older mail\n"
    assert heard(mixed(INLINE.format("see below"), enclosed)).new_text == "see below"


def test_a_list_that_adds_its_own_part_below_adds_a_signature() -> None:
    footer = INLINE.format("_______________\nstaff list\nhttps://lists.reedmoor.example")
    assert heard(mixed(INLINE.format("Yes."), footer)).new_text == "Yes."
