"""Mails that no person wrote: answering machines, notices, lists, newsletters, and our own mail coming back."""

from bot.channels.email.reading.mime import Mail
from tests.bot.email.reading.letters import letter, parts

NOTE = "I am away from the library and will be back on 7 December."

MARKED: dict[str, Mail] = {
    "RFC 3834": letter(NOTE, "Auto-Submitted: auto-replied"),
    "RFC 3834 with a comment": letter(NOTE, "Auto-Submitted: auto-replied (vacation)"),
    "RFC 3834 with a parameter": letter(NOTE, "Auto-Submitted: auto-replied; owner-email=ann@library.example"),
    "generated": letter("The nightly copy is complete.", "Auto-Submitted: auto-generated", subject="Copy"),
    "notified": letter("Ticket 12 was closed.", "Auto-Submitted: auto-notified", subject="Ticket 12"),
    "Exchange": letter(
        NOTE,
        "Auto-Submitted: auto-generated",
        "X-Auto-Response-Suppress: All",
        "X-MS-Exchange-Inbox-Rules-Loop: ann@library.example",
        subject="Automatic reply: Your review is due",
    ),
    "Exchange 2007, no header of its own": letter(NOTE, subject="Out of Office AutoReply: Your review is due"),
    "Exchange, mailbox rule": letter(
        NOTE, "X-MS-Exchange-Generated-Message-Source: Mailbox Rules Agent", subject="Your review is due"
    ),
    "Gmail": letter(
        NOTE, "Precedence: bulk", "X-Autoreply: yes", "Auto-Submitted: auto-replied", subject="Away Re: Your review"
    ),
    "Gmail, old": letter(NOTE, "Precedence: bulk", "X-Autoreply: yes"),
    "iCloud": letter(NOTE, "X-Apple-Action: VACATION"),
    "precedence": letter(NOTE, "Precedence: auto_reply"),
    "cPanel": letter(NOTE, "X-Autorespond: Your review", "Precedence: auto-reply"),
    "KMail": letter(NOTE, "X-Autoresponder: KMail"),
    "Zoho": letter(NOTE, "X-Auto-Response: vacation"),
    "mail-autoreply": letter(NOTE, "X-Mail-Autoreply: vacation"),
    "FirstClass": letter(NOTE, "X-FC-MachineGenerated: true"),
    "null path": letter(NOTE, "Return-Path: <>"),
    "null path with space": letter("Danke.", "Return-Path: < >"),
    "cron": letter("backup done", "X-Cron-Env: <SHELL=/bin/sh>", sender="root@library.example", subject="Cron"),
    "no reply": letter("Your parcel is on its way.", sender="Parcels <no-reply@parcels.example>", subject="Parcel"),
    "do not reply": letter("Your bill.", "Reply-To: donotreply@bank.example", sender="donotreply@bank.example"),
    "mailer daemon without a failure": letter("Queue report", sender="MAILER-DAEMON@isp.example", subject="Queue"),
    "calendar": letter(
        "BEGIN:VCALENDAR\nEND:VCALENDAR", "Content-Type: text/calendar; method=REPLY", subject="Accepted: Interview"
    ),
    "read receipt": letter(
        parts(
            ("Content-Type: text/plain", "Your message was displayed."),
            ("Content-Type: message/disposition-notification", "Disposition: manual-action; displayed"),
        )[0],
        'Content-Type: multipart/report; report-type=disposition-notification; boundary="=b"',
        subject="Read: Your review",
    ),
}

SUBJECTS: dict[str, Mail] = {
    subject: letter(text, subject=subject)
    for subject, text in (
        ("Automatic reply: Your review is due", "I am on leave."),
        ("Auto-Reply: Your review is due", "Back soon."),
        ("AutoReply: hello", "Back soon."),
        ("Auto: hello", "Back soon."),
        ("Automatic Response: hello", "We have received your message."),
        ("Out of Office: Your review is due", "I am out of the office this week."),
        ("Automatische Antwort: Ihre Bewertung", "Ich bin bis 7. Dezember nicht im Büro."),
        ("Abwesenheitsnotiz: Ihre Bewertung", "Ich bin im Urlaub."),
        ("Réponse automatique : votre évaluation", "Je suis en congé."),
        ("=?utf-8?q?R=C3=A9ponse_automatique_=3A_test?=", "Je suis absente."),
        ("Respuesta automática: su evaluación", "Estoy de vacaciones."),
        ("Risposta automatica: la sua valutazione", "Sono in ferie."),
        ("Resposta automática: a sua avaliação", "Estou de férias."),
        ("Automatisch antwoord: uw beoordeling", "Ik ben op vakantie."),
        ("Automatiskt svar: er granskning", "Jag är på semester."),
        ("Automaattinen vastaus: arvio", "Olen lomalla."),
        ("Odpowiedź automatyczna: ocena", "Jestem na urlopie."),
        ("Автоматический ответ: ваша оценка", "Я в отпуске."),
        ("自動応答: レビュー", "不在にしております。"),
        ("自动答复: 评审", "我正在休假。"),
    )
}

# Without any mark: only the words tell.
NOTES: dict[str, Mail] = {
    language: letter(text)
    for language, text in (
        (
            "English",
            "Thank you for your email. I am out of the office until December 7 with limited access to email.\nFor urgent matters please call the desk at 555-0134.",
        ),
        (
            "English, quoting us",
            "Thanks for your message. I'm on vacation and will reply when I return on Monday.\n\n> Your review is due.\n> Which grade do you give?",
        ),
        ("English, says so", "This is an automatic reply. I am currently out of the office."),
        (
            "English, library",
            "The library is closed until January 4. We will respond to messages as soon as possible after that. In case of emergency, ring 555-0199.",
        ),
        (
            "German",
            "Vielen Dank für Ihre Nachricht. Ich bin bis zum 7. Dezember nicht im Büro.\nIn dringenden Fällen wenden Sie sich bitte an die Ausleihe.",
        ),
        (
            "German, not forwarded",
            "Ich bin abwesend. Ihre E-Mail wird nicht weitergeleitet. Ab dem 7.12. bin ich wieder erreichbar.",
        ),
        (
            "French",
            "Merci de votre message. Je suis en congé jusqu’au 7 décembre.\nEn cas d’urgence, appelez l’accueil.",
        ),
        (
            "French, limited",
            "Je suis absente du bureau et n'aurai pas accès à ma messagerie. Je vous répondrai dès mon retour.",
        ),
        (
            "Spanish",
            "Gracias por su mensaje. Estaré fuera de la oficina hasta el 7 de diciembre. Responderé a mi regreso.",
        ),
        ("Spanish, urgent", "Estoy de vacaciones sin acceso al correo. Para asuntos urgentes llame al mostrador."),
        ("Italian", "Grazie per il messaggio. Sono fuori ufficio fino al 7 dicembre e risponderò al mio rientro."),
        ("Italian, urgent", "Sono assente e non avrò accesso alla posta. Per urgenze chiamare la biblioteca."),
        (
            "Portuguese",
            "Obrigada pela mensagem. Estou de férias até 7 de dezembro. Em caso de urgência, ligue para a receção.",
        ),
        ("Portuguese, return", "Estou ausente e sem acesso ao correio. Responderei quando regressar."),
        (
            "Dutch",
            "Bedankt voor uw bericht. Ik ben tot en met 7 december niet op kantoor. Bij spoed kunt u de balie bellen.",
        ),
        ("Dutch, not read", "Ik ben met vakantie. Mijn mail wordt niet gelezen. Op 7 december ben ik terug."),
    )
}

LISTS: dict[str, Mail] = {
    "a list": letter(
        "Dear all,", "List-Id: Library talk <talk.libraries.example>", "Precedence: list", subject="[talk] Weeding"
    ),
    "a list, only an unsubscribe": letter("Sale!", "List-Unsubscribe: <mailto:off@shop.example>", subject="Sale"),
    "a newsletter that is automatic, too": letter(
        "News", "Auto-Submitted: auto-generated", "List-Unsubscribe: <https://news.example/off>", subject="News"
    ),
    "bulk": letter("Our catalog", "Precedence: bulk", sender="Vendor <sales@vendor.example>", subject="Catalog"),
    "junk": letter("Our catalog", "Precedence: junk", sender="Vendor <sales@vendor.example>", subject="Catalog"),
    "Mailman": letter("Hi", "X-BeenThere: talk@libraries.example", "X-Mailman-Version: 2.1.39"),
    "Yahoo group": letter("Hi", "Mailing-List: list books@groups.example; contact books-owner@groups.example"),
    "Google group of others": letter(
        "Hi", "List-ID: <books.groups.example>", "List-Post: <https://groups.example/books>"
    ),
    "campaign": letter("Hi", "X-CampaignID: 4711", "X-Campaign: winter", subject="Winter"),
    "Sympa": letter("Hi", "List-Archive: <https://lists.example/books>"),
}

OWN: dict[str, Mail] = {
    "from us": letter("Your review is due.", sender="LSSC Assistant <lssc@lssc.example>"),
    "from us, in capitals": letter("Hello", sender="LSSC <LSSC@LSSC.EXAMPLE>"),
    "from our second address": letter("Hello", sender="certification@lssc.example"),
    "from our token address": letter("Hello", sender="lssc+k3j9d@lssc.example"),
    "from our return path": letter("Hello", sender="bounce+k3j9d@mail.lssc.example"),
    "our message rewritten by a list": letter(
        "Your review is due.",
        "Message-ID: <out-12@mail.lssc.example>",
        "Auto-Submitted: auto-generated",
        "List-Id: <talk.libraries.example>",
        sender="LSSC via talk <talk@libraries.example>",
    ),
    "our message sent on by a mailbox": letter(
        "Your review is due.",
        "Message-ID: <out-13@MAIL.lssc.example>",
        "Auto-Submitted: auto-generated",
        "Return-Path: <>",
    ),
}
