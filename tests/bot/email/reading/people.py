"""Mails of people with everything in them that makes a program think of robots."""

from bot.channels.email.reading.mime import Mail
from tests.bot.email.reading.letters import letter, parts, report

BOUNCE = """This is the mail system at host mx.isp.example.

<ann@library.example>: host mail.library.example said: 550 5.1.1 User unknown
(in reply to RCPT TO command)
"""
QUOTED = "".join(f"> {line}\n" for line in BOUNCE.splitlines())
ATTACHED = ("Content-Type: message/rfc822", f"From: MAILER-DAEMON@isp.example\nSubject: Undelivered Mail\n\n{BOUNCE}")
OPEN_REPORT = (
    "Content-Type: message/delivery-status",
    "Final-Recipient: rfc822; ann@library.example\nAction: failed\nStatus: 5.1.1",
)
_REPORT, _REPORT_TYPE = report("Failed.", OPEN_REPORT[1])
WHOLE_REPORT = f"Subject: Undelivered Mail\n{_REPORT_TYPE.replace('=b', '=c')}\n\n{_REPORT.replace('--=b', '--=c')}"

_BOUNCE_TALK: dict[str, Mail] = {
    "quotes a bounce": letter(
        f"I got this, what should I do?\n\n{QUOTED}", subject="Re: Undelivered Mail Returned to Sender"
    ),
    "pastes a bounce": letter(f"Your mail came back to my colleague:\n\n{BOUNCE}", subject="Your mail"),
    "forwards a bounce": letter(
        f"See below.\n\n---------- Forwarded message ---------\nFrom: MAILER-DAEMON\n\n{BOUNCE}",
        subject="Fwd: Undelivered Mail Returned to Sender",
    ),
    "forwards one from a German program": letter(BOUNCE, subject="WG: Unzustellbar: Ihre Bewertung"),
    "forwards one from a French program": letter(BOUNCE, subject="TR : Non remis : votre dossier"),
    "attaches a bounce": letter(*parts(("Content-Type: text/plain", "Please look at the attached mail."), ATTACHED)),
    "attaches the machine's part openly": letter(
        *parts(("Content-Type: text/plain", "This came back."), OPEN_REPORT), subject="This came back"
    ),
    "forwards a report whole": letter(
        *report("This came back.", OPEN_REPORT[1]), subject="Fwd: Delivery Status Notification (Failure)"
    ),
    "subject like a bounce": letter(
        "My old address is dead, use this one.", subject="Undeliverable mail to my old address"
    ),
    "delivery failure in a subject": letter(
        "The courier lost my transcripts.", subject="Delivery failed: my transcripts"
    ),
    "an SMTP code in the text": letter(
        "Our filter says 550 5.7.1 for your domain; IT will mend it.", subject="Your mail"
    ),
    "a postmaster who writes": letter(
        "Your mails to Ann were held by our filter. I have let them through.\nBob",
        sender="Bob Stone <postmaster@library.example>",
        subject="Mail to Ann Reader",
    ),
    "a postmaster who says rejected": letter(
        "We no longer treat your mail as spam.",
        sender="Bob Stone <postmaster@library.example>",
        subject="Your mail was rejected",
    ),
    "a postmaster who answers": letter(
        f"Yes, that is our server.\n\n{QUOTED}", sender="postmaster@library.example", subject="Re: Undeliverable mail"
    ),
    "a postmaster who explains": letter(
        "We were unable to deliver your mail to Ann yesterday; our disk is larger now.\nBob",
        sender="Bob Stone <postmaster@library.example>",
        subject="Mail to Ann Reader",
    ),
    "a postmaster who attaches a report": letter(
        *parts(("Content-Type: text/plain", "Is this from you?"), ("Content-Type: message/rfc822", WHOLE_REPORT)),
        sender="Bob Stone <postmaster@library.example>",
        subject="Look at this",
    ),
    "a person named Mailer": letter("Here is my answer: yes.", sender="Norman Mailer <norman.mailer@library.example>"),
    "a person named Mailer, short": letter("Yes.", sender="N. Mailer <mailer@library.example>"),
    "a person called Daemon": letter("Yes.", sender="Daemon Jones <daemon@library.example>"),
    "a system administrator": letter(
        "I am the evaluator's colleague. What does the fee cover?",
        sender="System Administrator <jane@library.example>",
        subject="Question",
    ),
    "a display name of a server": letter("Yes.", sender='"Mail Delivery System" <ann@library.example>'),
}

_AWAY_TALK: dict[str, Mail] = {
    "out of office in a sentence": letter("I was out of the office last week, sorry. 1. yes 2. no"),
    "asks because of a vacation": letter("I am on vacation until May 5. Could you move my deadline?"),
    "asks for more time": letter(
        "I am out of the office until December 7 and have limited access to email. Please extend the deadline. I will reply when I return."
    ),
    "wants it moved": letter(
        "I'm on leave. When I return I will send my evidence. Thank you for your message.", subject="Out of office"
    ),
    "answers and leaves": letter(
        "1. Approved\n2. Not met\n\nThank you for your email, I am on holiday from tomorrow and will answer the rest when I get back."
    ),
    "answers with one word": letter(
        "Yes.\n\nI am out of the office from tomorrow and will respond to anything else upon my return."
    ),
    "quotes a note": letter(
        "I will ask her again.\n\n> Thank you for your email. I am out of the office.\n> In urgent cases call the desk."
    ),
    "quotes a note under a name": letter(
        "She is away, I will take the review.\n\nOn Mon, 23 Nov 2026, Bea wrote:\nThis is an automatic reply. I am out of the office."
    ),
    "answers an automatic reply": letter(
        "I am back now, here is my answer: yes.", subject="Re: Automatic reply: Your review is due"
    ),
    "forwards an automatic reply": letter("FYI, she is away.", subject="Fwd: Automatic reply: Your review is due"),
    "answers a German one": letter("Ich bin wieder da. Ja.", subject="AW: Automatische Antwort: Ihre Bewertung"),
    "speaks of automatic replies": letter("I only get automatic replies from my evaluator. What now?"),
    "asks about holidays": letter("Do evaluators answer on holidays?", subject="Vacation"),
    "a subject like a note": letter("Please move my interview to Friday.", subject="Out of office: Thursday"),
    "a German absence": letter("Ich bin bis Freitag im Urlaub. Kann ich die Nachweise danach schicken?"),
    "a German document": letter("Ich bin ab morgen nicht im Büro, anbei meine Nachweise. Vielen Dank für Ihre Geduld."),
    "a French absence": letter("Je suis en congé la semaine prochaine, ci-joint mon dossier. Merci de votre aide."),
    "a Spanish absence": letter("Estoy de vacaciones, ¿puedo enviar mi solicitud más tarde?"),
    "with a document": letter(
        *parts(
            (
                "Content-Type: text/plain",
                "I am out of the office from tomorrow. As soon as possible I will send the rest.",
            ),
            ('Content-Type: application/pdf\nContent-Disposition: attachment; filename="diploma.pdf"', "%PDF-1.4"),
        )
    ),
    "thanks and is away": letter("I am on leave next week. Thank you for your email!"),
    "thanks only": letter("Thank you for your email!"),
    "as soon as possible": letter("Thank you for your message, I will send it as soon as possible."),
}

_MARKS: dict[str, Mail] = {
    "says that a person wrote it": letter("Yes.", "Auto-Submitted: no"),
    "says so, with a subject": letter("Yes.", "Auto-Submitted: no", subject="Automatic reply: button pressed by me"),
    "through our own group": letter(
        "Yes.",
        "List-Id: LSSC help <help.lssc.example>",
        "List-Unsubscribe: <mailto:help+off@lssc.example>",
        "Precedence: list",
        "Mailing-List: list help@lssc.example",
    ),
    "a web form": letter(
        "What does it cost?",
        "Reply-To: Bea <bea@library.example>",
        sender="Web form <no-reply@forms.example>",
        subject="Question",
    ),
    "suppresses answers": letter("What does it cost?", "X-Auto-Response-Suppress: DR, RN, NRN, OOF, AutoReply"),
    "forwarded by a mailbox rule": letter("Yes.", "X-MS-Exchange-Inbox-Rules-Loop: office@library.example"),
    "old header says no": letter("Yes.", "X-Autoreply: no"),
    "accepts with a word": letter(
        *parts(
            ("Content-Type: text/plain", "Gladly, but please send me the room."),
            ("Content-Type: text/calendar; method=REPLY", "BEGIN:VCALENDAR\nEND:VCALENDAR"),
            kind="alternative",
        ),
        subject="Accepted: Interview",
    ),
    "at our domain": letter("Yes.", "Message-ID: <1@mail.lssc.example>", sender="Staff <staff@mail.lssc.example>"),
    "our address as a name": letter("Yes.", sender='"lssc@lssc.example" <ann@library.example>'),
    "wants to be taken off": letter("Please take me off your list.", subject="unsubscribe"),
    "complains": letter("This is spam, I never asked for it.", subject="Complaint about message from you"),
    "empty": letter("", subject=""),
    "one character": letter("1"),
}

PEOPLE: dict[str, Mail] = {**_BOUNCE_TALK, **_AWAY_TALK, **_MARKS}
