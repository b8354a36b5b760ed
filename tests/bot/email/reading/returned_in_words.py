"""Mails that came back with words for people only, in the shapes of many servers."""

from tests.bot.email.reading.letters import letter
from tests.bot.email.reading.returned import ANN, RETURNED, Expected, free

FREE: dict[str, Expected] = {
    "qmail": Expected(
        free(
            f"I could not deliver your message to these addresses.\n\n<{ANN}>:\nSorry, no mailbox here by that name. (#5.1.1)\n\n--- Below this line is a copy of the message.\n\n{RETURNED}"
        ),
        "5.1.1",
        True,
    ),
    "qmail, full": Expected(
        free(
            f"<{ANN}>:\n192.0.2.9 does not like recipient.\nRemote host said: 552 5.2.2 Mailbox full\nGiving up.\n\n--- Below this line is a copy of the message.\n\n{RETURNED}"
        ),
        "5.2.2",
        False,
    ),
    "exim": Expected(
        free(
            f"A message that you sent could not be delivered:\n\n  {ANN}\n    SMTP error from remote mail server after RCPT TO:<{ANN}>:\n    550 No such user\n\n------ This is a copy of the message. ------\n\n{RETURNED}",
            f"X-Failed-Recipients: {ANN}",
            "Auto-Submitted: auto-replied",
            subject="Mail delivery failed: returning message to sender",
        ),
        "5.0.0",
        True,
    ),
    "exim, names the sender first": Expected(
        free(
            f"A message sent by\n\n  <guest@lssc.example>\n\ncould not be delivered:\n\n  {ANN}\n    retry timeout exceeded\n",
            subject="Mail delivery failed",
        ),
        "",
        False,
    ),
    "Sendmail, ended by a tired server": Expected(
        free(
            f"<{ANN}>\n    (reason: 550 5.5.0 Invalid recipient)\n\n>>> RSET\n<<< 421 4.7.0 Error: too many errors\n",
            subject="Returned mail: see transcript for details",
        ),
        "5.5.0",
        True,
    ),
    "exim, unrouteable": Expected(
        free(f"These failed:\n\n  {ANN}\n    Unrouteable address\n", f"X-Failed-Recipients: {ANN}"), "", True
    ),
    "exim, our network": Expected(
        free(
            f"These failed:\n\n  {ANN}\n    SMTP error after MAIL FROM:<bounce+x@mail.lssc.example>:\n    550 domain does not exist\n",
            f"X-Failed-Recipients: {ANN}",
        ),
        "5.0.0",
        False,
    ),
    "Sendmail 8": Expected(
        free(
            f"   ----- The following addresses had permanent fatal errors -----\n<{ANN}>\n    (reason: 550 5.1.1 User unknown)\n\n   ----- Transcript of session follows -----\n>>> RCPT To:<{ANN}>\n<<< 550 5.1.1 User unknown\n"
        ),
        "5.1.1",
        True,
    ),
    "Sendmail 5": Expected(
        free(
            f"   ----- Transcript of session follows -----\n550 library.example (smtp)... 550 Host unknown\n554 <{ANN}>... 550 Host unknown\n\n   ----- Unsent message follows -----\n{RETURNED}",
            subject="Returned mail",
        ),
        "5.0.0",
        True,
    ),
    "Exchange 2003": Expected(
        free(
            f"Your message\n\n  To:      {ANN}\n  Subject: Your review\n\ndid not reach the following recipient(s):\n\n{ANN} on Mon, 23 Nov 2026 10:00:00 -0500\n    The recipient name is not recognized\n",
            sender="System Administrator <postmaster@library.example>",
            subject="Undeliverable: Your review",
        ),
        "",
        True,
    ),
    "Exchange Online, French": Expected(
        free(
            f"Échec de la remise pour ces destinataires :\n\n{ANN}<mailto:{ANN}>\nL’adresse de messagerie que vous avez entrée est introuvable.\n",
            sender="postmaster@library.example",
            subject="Non remis : Votre évaluation",
        ),
        "",
        True,
    ),
    "Gmail": Expected(
        free(
            f"** Address not found **\n\nYour message wasn't delivered to {ANN} because the domain library.example couldn't be found.\n\nThe response was:\n\nDNS Error: NXDOMAIN\n",
            f"X-Failed-Recipients: {ANN}",
            sender="Mail Delivery Subsystem <mailer-daemon@googlemail.com>",
            subject="Delivery Status Notification (Failure)",
        ),
        "",
        True,
    ),
    "a group of Google's": Expected(
        free(
            "The group you tried to contact (ann) may not exist, or you may not have permission to post messages to it.\n\nGoogle Groups\n",
            f"X-Failed-Recipients: {ANN}",
            sender="mailer-daemon@googlemail.com",
            subject="Delivery Status Notification (Failure)",
        ),
        "",
        False,
    ),
    "Yahoo": Expected(
        free(
            f"Sorry, we were unable to deliver your message to the following address.\n\n<{ANN}>:\n554: delivery error: This user doesn't have a library.example account ({ANN}) [-5]\n\n--- Below this line is a copy of the message.\n\n{RETURNED}",
            sender="MAILER-DAEMON@yahoo.example",
            subject="Failure Notice",
        ),
        "5.0.0",
        True,
    ),
    "OpenSMTPD": Expected(
        free(
            f"    Hi!\n\n    An error has occurred while attempting to deliver a message for\n    the following list of recipients:\n\n{ANN}: 550 5.1.1 No such account\n\n    Below is a copy of the original message:\n\n{RETURNED}",
            subject="Delivery status notification: error",
        ),
        "5.1.1",
        True,
    ),
    "DragonFly": Expected(
        free(
            f"There was an error delivering your mail to <{ANN}>.\n\nmx.library.example [192.0.2.7] did not like our RCPT TO:\n550 5.1.2 Bad destination system address\n\nMessage headers follow.\n\n{RETURNED}",
            subject="Mail delivery failed",
        ),
        "5.1.2",
        True,
    ),
    "Apache James": Expected(
        free(
            f"Error message below:\n550 - Requested action not taken: no such user here\n\nMessage details:\n  Subject: Your review\n  MAIL FROM: lssc@lssc.example\n  RCPT TO: {ANN}\n",
            subject="[BOUNCE]",
        ),
        "5.0.0",
        True,
    ),
    "MailMarshal": Expected(
        free(
            f"Your message:\n   From:    lssc@lssc.example\n   Subject: Your review\n\nCould not be delivered because of\n\n550 5.1.1 User unknown\n\nThe following recipients were affected:\n    {ANN}\n",
            sender="postmaster@gate.example",
            subject='Undeliverable Mail: "Your review"',
        ),
        "5.1.1",
        True,
    ),
    "SurfControl": Expected(
        free(
            f"Your message could not be sent.\nAddressed To: {ANN}\nMon 23 Nov 2026 10:00:00 -0500\nFailed to send to identified host,\n{ANN}: [192.0.2.5], 550 Policy\n",
            subject="Your review",
        ),
        "5.0.0",
        False,
    ),
    "a Japanese carrier": Expected(
        free(
            f"Your mail sent on: Mon, 23 Nov 2026 10:00:00 +0900\n     Could not be delivered to: <{ANN}>\n     As their mailbox is full.\n",
            sender="no-reply@carrier.example",
            subject="Mail",
        ),
        "",
        False,
    ),
    "Notes in Japanese": Expected(
        free(
            f"------- Failure Reasons  --------\n\nディレクトリのリストにありません\n{ANN}\n\n------- Returned Message --------\n{RETURNED}",
            sender="postmaster@n.example",
            subject="Undeliverable message",
        ),
        "",
        True,
    ),
    "Mail.ru": Expected(
        free(
            f"Ваше сообщение не может быть доставлено:\n\n  {ANN}\n    Пользователь не найден\n",
            f"X-Failed-Recipients: {ANN}",
            sender="mailer-daemon@mail.example",
            subject="Ваше сообщение не доставлено",
        ),
        "",
        True,
    ),
    "IMail": Expected(
        free(
            f"User mailbox exceeds allowed size: {ANN}\n\nOriginal message follows.\n\n{RETURNED}",
            sender="Postmaster <postmaster@library.example>",
            subject="Undeliverable Mail",
        ),
        "",
        False,
    ),
    "InterScan": Expected(
        free(
            f"Sent <<< RCPT TO:<{ANN}>\nReceived >>> 550 {ANN}... No such user\n",
            sender='"InterScan" <postmaster@library.example>',
            subject="Mail could not be delivered",
        ),
        "5.0.0",
        True,
    ),
    "Verizon": Expected(
        free(
            "Message could not be delivered to mobile.\nError: No valid recipients for this MM\n\nOriginal Message:\nFrom: LSSC <lssc@lssc.example>\nTo: 5550100@pix.example\nSubject: Your review\n",
            sender="sysadmin@pix.example",
            subject="Undelivered",
        ),
        "",
        True,
        "5550100@pix.example",
    ),
    "Amazon's notice": Expected(
        letter(
            f'{{"notificationType":"Bounce","bounce":{{"bouncedRecipients":[{{"emailAddress":"{ANN}","status":"5.1.1","diagnosticCode":"smtp; 550 5.1.1 user unknown"}}]}}}}\n\n--\nNotice.',
            sender="Notices <no-reply@sns.amazonaws.com>",
            subject="Notification",
        ),
        "5.1.1",
        True,
    ),
    "Amazon's notice of a delivery": Expected(
        letter(
            f'{{"notificationType":"Delivery","delivery":{{"recipients":["{ANN}"],"smtpResponse":"250 2.6.0 Message received"}}}}',
            sender="no-reply@sns.amazonaws.com",
            subject="Notification",
        ),
        "2.6.0",
        False,
    ),
    "says nothing of the person": Expected(
        free("Your mail could not be delivered.", subject="Undeliverable"), "", False, ""
    ),
}
