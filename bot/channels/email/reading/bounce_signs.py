"""Decides whether a mail is a bounce: a robot must have sent it, and it must say that a mail was not delivered."""

from bot.channels.email.reading.addresses_in_text import sender
from bot.channels.email.reading.diagnoses import REPLY, STATUS
from bot.channels.email.reading.free_form import before_the_returned_mail
from bot.channels.email.reading.mime import Mail
from bot.channels.email.reading.notifications import from_amazon
from bot.channels.email.reading.phrases import said, words
from bot.channels.email.reading.plain_text import own_text
from bot.channels.email.reading.words_of_bounces import DAEMON_NAMES, DOUBTFUL_SUBJECTS, OFFICE_NAMES, PHRASES, SUBJECTS

ENOUGH = 2  # signs of a robot; each of its kinds counts two, because each alone may be a robot's
DAEMONS = frozenset(
    words("""
    mailer-daemon mailerdaemon mail-daemon mail_daemon maildaemon mdaemon mail.delivery.system
    bounce-notification microsoftexchange329e71ec88ae4615bbc36ab6ce41109e
""")
)
# Behind these there may be a person.
OFFICES = frozenset(words("postmaster post_master post-master sysadmin"))
NO_REPLY = frozenset(
    words("""
    noreply no-reply no_reply no.reply donotreply do-not-reply do_not_reply donot-reply nepasrepondre
    ne-pas-repondre noresponder no-responder nao-responda naoresponda nicht-antworten nichtantworten
""")
)
ANSWERED = words("re: aw: sv: vs: antw: rv: ris: odp: res: r: fw: fwd: wg: tr: enc: i: doorst:")
LOOKED_AT = 8_000  # characters of the report


def is_a_bounce(mail: Mail) -> bool:
    """Whether a robot reports a delivery. Who writes as a person, answers or forwards such a report is none."""
    notice = from_amazon(mail)
    if notice is not None:
        return notice.about != "complaint"
    robot = _robot(mail)
    surely = robot > ENOUGH or is_daemon(mail) or has_null_return_path(mail)
    return robot >= ENOUGH and _failure(mail, surely=surely)


def has_null_return_path(mail: Mail) -> bool:
    """The envelope sender that only reports and automatic answers have (RFC 5321, 4.5.5)."""
    return any(path.replace(" ", "") == "<>" for path in mail.headers.all("return-path"))


def is_daemon(mail: Mail) -> bool:
    """Whether the sender is a mail server by its address; a name anybody may have."""
    told = mail.headers.get("from")[:400].lower()
    return sender(told).partition("@")[0] in DAEMONS or told.strip(" <>") in DAEMONS


def is_report(mail: Mail, kind: str) -> bool:
    """Whether the whole mail is a multipart/report of that kind (RFC 6522)."""
    declared = mail.headers.get("content-type")[:1000].lower()
    return declared.lstrip().startswith("multipart/report") and kind in declared


def answers_or_forwards(mail: Mail) -> bool:
    """Whether the subject begins as a person's answer or forwarding does, in the usual languages."""
    return mail.headers.get("subject")[:400].strip().lower().replace(" :", ":").startswith(ANSWERED)


def _robot(mail: Mail) -> int:
    headers = mail.headers
    named = headers.get("from")[:400].lower()
    local = sender(named).partition("@")[0]
    returned = any(part.media_type == "message/rfc822" for part in mail.parts)
    signs = (
        is_daemon(mail) or local in OFFICES or said(named, DAEMON_NAMES + OFFICE_NAMES),
        has_null_return_path(mail) or _empty_sender(mail),
        bool(headers.get("x-failed-recipients")),
        is_report(mail, "delivery-status"),
        local in NO_REPLY and returned,
        "fml" in headers.get("x-mlserver")[:400].lower(),
    )
    automatic = headers.get("auto-submitted").strip().lower().startswith("auto-")
    return 2 * sum(signs) + automatic - 2 * answers_or_forwards(mail)


def _empty_sender(mail: Mail) -> bool:
    paths = mail.headers.all("return-path")
    return "<>" in mail.headers.get("from") or any(
        "mailer-daemon" in path.lower() or not path.strip() for path in paths
    )


def _failure(mail: Mail, *, surely: bool) -> bool:
    """Whether it tells of a delivery; `surely`: no person can have sent it, so that less is enough."""
    reports = [part for part in mail.parts if part.media_type.endswith("delivery-status")]
    if any(surely or not part.inside for part in reports) or mail.headers.get("x-failed-recipients"):
        return True
    subject = mail.headers.get("subject")[:400].lower()
    if not answers_or_forwards(mail) and (said(subject, SUBJECTS) or (surely and said(subject, DOUBTFUL_SUBJECTS))):
        return True
    text = "\n".join(before_the_returned_mail(own_text(mail)))[:LOOKED_AT].lower().replace("\u2019", "'")
    flat = " ".join(text.split())
    coded = STATUS.search(flat) is not None or REPLY.search(flat) is not None
    return (said(flat, PHRASES) and (surely or coded)) or (surely and is_daemon(mail) and coded)
