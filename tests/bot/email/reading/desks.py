"""Mails of ticket desks and notices whose header says nothing, and mails of people that look like them."""

from bot.channels.email.reading.mime import Mail
from tests.bot.email.reading.letters import letter, parts

DESK = "Reedmoor Desk <desk@reedmoor.example>"


def _desk(text: str, *headers: str, subject: str = "Re: Your review is due") -> Mail:
    return letter(text, *headers, sender=DESK, subject=subject)


RECEIPTS: dict[str, Mail] = {
    "a ticket and no answer": _desk(
        "Hello,\n\nYour ticket #4711 has been created. Our team will get back to you within two working days.\n\n"
        "Please do not reply to this email.\n\nReedmoor Desk"
    ),
    "thanks and received": _desk("Thank you for contacting us, we have received your request."),
    "thanks, received, a promise": _desk(
        "Dear Sir or Madam,\n\nThank you for contacting the Reedmoor desk. We have received your message and will get "
        "back to you shortly.\n\nKind regards,\nThe Reedmoor Team"
    ),
    "declared": _desk("This is an automated message. Your mail is in the queue of the day."),
    "declared below": _desk(
        "Your request (R-20931) has been received and is being looked at.\n\nThis is an automatically generated e-mail,"
        "\nplease do not respond to it."
    ),
    "declared in stars": _desk("*** This is an automated response ***\n\nThe desk is staffed from 9 to 5."),
    "declared in a folded line": _desk(
        "We have received your e-mail at the desk of the town library of Reedmoor.\nThis message was generated "
        "automatically. Replies to this address are not\nmonitored."
    ),
    "an unmonitored mailbox": _desk(
        "Thank you for your message. This mailbox is not monitored.\nWe have received your inquiry."
    ),
    "a subject of a ticket": _desk(
        "Hello Ann,\n\nThank you for your request.\n\nSubject: Your review is due\nStatus: Open",
        subject="[Ticket#2026112001] received",
    ),
    "a subject of a request": _desk(
        "We have received your request and will answer soon.", subject="Request received: Your review is due"
    ),
    "a case": _desk(
        "A new case has been opened for you.\n\nCase number: 00812233\nPriority: Normal\n\nPlease do not respond to this"
        " message.",
        subject="Case 00812233: Your review is due",
    ),
    "assigned": _desk(
        "Your message has been assigned the ticket number RD-1203.\nPlease keep it in the subject of later mails."
    ),
    "many words of a desk": _desk(
        "Hello,\n\nThank you for contacting Reedmoor. Your request (#90121) has been registered.\n\nTo see where it "
        "stands, go to https://desk.reedmoor.example/90121\n\nNeed more help? Call 555-0134.\n\nThis is an automated "
        "notification; please do not reply directly to this e-mail."
    ),
    "with our mail below": _desk(
        "Your ticket #4711 has been created. Please do not reply to this email.\n\nOn Mon, 23 Nov 2026, LSSC wrote:\n"
        "> Hello Ann,\n> I am the assistant. Do you accept?\n> 1. Accept\n> 2. Decline"
    ),
    "acknowledged": _desk(
        "Dear Ann,\n\nWe would like to let you know that we received your request, and a ticket has been opened.\n\n"
        "Please do not reply to this message."
    ),
    "a request for support": _desk(
        "A request for support has been opened and has the number 20931. Somebody will contact you."
    ),
    "confirming": _desk("Just confirming that we got your request. Your request (20931) was given to the desk."),
    "in HTML": letter(
        "<p>Hello,</p><p>Your ticket <b>#4711</b> has been created.</p><p><i>This is an automated e-mail, please do "
        "not reply to this e-mail.</i></p>",
        "Content-Type: text/html; charset=utf-8",
        sender=DESK,
    ),
    "German": _desk("Dies ist eine automatisch generierte E-Mail. Bitte antworten Sie nicht auf diese Nachricht."),
    "German, folded": _desk(
        "Guten Tag,\n\nIhre Anfrage ist bei uns eingegangen.\n\nDiese E-Mail wurde automatisch\nerstellt."
    ),
    "German, a ticket": _desk(
        "Sehr geehrte Damen und Herren,\n\nvielen Dank für Ihre Anfrage. Ihr Ticket 20931 wurde eröffnet.\n\nMit "
        "freundlichen Grüßen\nIhr Reedmoor-Team"
    ),
    "German, received": _desk(
        "Vielen Dank für Ihre Nachricht. Wir haben Ihre Anfrage erhalten und werden uns bald melden.",
        subject="Eingangsbestätigung",
    ),
    "German, not to be answered": _desk(
        "Wir haben Ihre Nachricht erhalten. Bitte auf diese E-Mail nicht antworten.", subject="Ihre Anfrage [#20931]"
    ),
    "French": _desk("Ceci est un message automatique, merci de ne pas y répondre."),
    "French, a request": _desk(
        "Bonjour,\n\nNous avons bien reçu votre demande. Votre demande a été enregistrée sous le numéro 20931.\n\n"
        "Cordialement,\nL'équipe de Reedmoor"
    ),
    "French, generated": _desk("Votre ticket n° 20931 a été créé.\n\nCe message a été généré automatiquement."),
    "French, receipt": _desk(
        "Merci de nous avoir contactés. Nous avons bien reçu votre message.", subject="Accusé de réception"
    ),
    "Spanish": _desk("Este es un mensaje automático. Por favor, no responda a este correo."),
    "Spanish, a case": _desk(
        "Estimada usuaria:\n\nHemos recibido su solicitud. Su caso 20931 ha sido creado.\n\nSaludos,\nBiblioteca Reedmoor"
    ),
    "Spanish, received": _desk("Gracias por contactar con nosotros. Hemos recibido su mensaje."),
    "Italian": _desk("Questo è un messaggio automatico, si prega di non rispondere."),
    "Italian, a ticket": _desk("Buongiorno,\n\nabbiamo ricevuto la sua richiesta. Il suo ticket 20931 è stato aperto."),
    "Italian, received": _desk("Grazie per averci contattato. Abbiamo ricevuto il suo messaggio."),
    "Portuguese": _desk("Esta é uma mensagem automática. Por favor, não responda a este e-mail."),
    "Portuguese, a case": _desk("Recebemos o seu pedido. O seu pedido 20931 foi registado.\n\nCumprimentos"),
    "Portuguese, received": _desk("Obrigado por entrar em contacto. Recebemos a sua mensagem."),
    "Dutch": _desk("Dit is een automatisch gegenereerd bericht. Beantwoord deze e-mail niet."),
    "Dutch, received": _desk("Bedankt voor uw bericht. Wij hebben uw vraag goed ontvangen en nemen contact met u op."),
    "Dutch, a ticket": _desk(
        "Geachte heer of mevrouw,\n\nUw verzoek is geregistreerd onder nummer 20931.\nTicket: 20931"
    ),
}

# What stays a robot's though it came to a reply address of ours.
TO_A_REPLY_ADDRESS = (
    "a ticket and no answer",
    "thanks and received",
    "thanks, received, a promise",
    "many words of a desk",
    "with our mail below",
    "German",
    "French",
    "French, a request",
    "Spanish",
    "Spanish, a case",
    "Italian",
    "Portuguese",
    "Dutch",
)

TALKERS: dict[str, Mail] = {
    "misses ours": letter("I did not get your automatic reply. Was my ticket created?"),
    "misses ours, in few words": letter("No automatic reply came. Please send it again."),
    "quotes ours": letter(
        "> This is an automated message. Please do not reply to this email.\n\nAccept, with pleasure."
    ),
    "answers ours in line": letter(
        "Yes, gladly.\n\nOn Mon, 23 Nov 2026, LSSC wrote:\n> This is an automated message.\n> Do you accept?"
    ),
    "a signature with a wish": letter(
        "The date suits us.\n\nAnn Reader\nPlease do not reply to this address on weekends."
    ),
    "a signature with a wish, alone": letter("Accept\n\n-- \nDo not reply to this email address on weekends"),
    "asks about an automated message": letter("This is an automated message, is it not? Who reads the answers?"),
    "pastes a receipt": letter(
        "The registrar of Reedmoor answered this:\n\nYour ticket #4711 has been created. This is an automated message, "
        "please do not reply to this email."
    ),
    "pastes a receipt and tells below": letter(
        "Your ticket #4711 has been created. This is an automated message.\n\nThat is all I got from them."
    ),
    "forwards a receipt": letter(
        "Your ticket #4711 has been created. This is an automated message, please do not reply to this email.",
        subject="Fwd: Ticket 4711",
    ),
    "answers from a ticket desk": letter(
        "Thank you for contacting us. We accept the course.\n\nKim Stone\nReedmoor Desk",
        subject="[Ticket#4711] Re: Offer",
    ),
    "received and accepts": letter("Thank you for contacting us. We have received your request and we accept."),
    "received and does": letter(
        "Thank you for your request. We have received your message and will review the portfolio by Friday."
    ),
    "received and tells": letter("We have received your request. The committee approves all three courses."),
    "thanks and will come back": letter("Thank you for your email. We will get back to you next week."),
    "thanks only": letter("Thank you for contacting us!"),
    "answers by numbers": letter("1. yes\n2. no\n\nThis is an automated message. Please do not reply to this email."),
    "a command above a notice": letter("STOP\n\nThis is an automated message from the scanner of Reedmoor."),
    "a question": letter("We have received your message. Your ticket system says #4711; is that right?"),
    "asks for a ticket": letter("Please create a ticket for this, we have received your request twice."),
    "speaks of a case": letter("Case 4711 is the one that we mean.", subject="Case 4711"),
    "a library desk": letter("Our request desk is closed on Mondays. We received your letter.", sender=DESK),
    "German": letter("Wir haben Ihre Nachricht erhalten, der Kurs findet am 7. Dezember statt."),
    "German, I": letter("Ich habe Ihre automatische Antwort nicht bekommen. Bitte nicht antworten, ich rufe an."),
    "French": letter("Nous avons bien reçu votre demande et nous acceptons le cours."),
    "Spanish": letter("Hemos recibido su solicitud y aceptamos el curso."),
    "Italian": letter("Abbiamo ricevuto la sua richiesta e accettiamo il corso."),
    "Portuguese": letter("Recebemos o seu pedido e aceitamos o curso."),
    "Dutch": letter("Wij hebben uw verzoek ontvangen en de commissie gaat akkoord."),
    "with a document": letter(
        *parts(
            ("Content-Type: text/plain", "Thank you for contacting us. We have received your request."),
            ('Content-Type: application/pdf\nContent-Disposition: attachment; filename="list.pdf"', "%PDF-1.4"),
        )
    ),
    "says that a person wrote it": letter("This is an automated message.", "Auto-Submitted: no"),
}
