"""What phones, programs and gateways add around the text."""

import pytest

from bot.channels.email.reading.footers import is_footer
from tests.bot.email.reading.mails import heard, lines, plain

FOOTERS = """
Sent from my iPhone
Sent from my iPad
Sent from my Galaxy
Sent from my Samsung Galaxy smartphone.
Sent from my Verizon, Samsung Galaxy smartphone
Sent from Mail for Windows 10
Sent from Mail for Windows
Sent from Outlook
Sent from Outlook for iOS
Sent from Yahoo Mail on Android
Sent from Yahoo Mail. Get the app
Sent from AOL Mobile Mail
Sent from Gmail Mobile
Sent from my mobile device
Sent from my mobile. Please excuse brevity.
Sent from my Android device with K-9 Mail. Please excuse my brevity.
Sent from mobile
Sent from ProtonMail mobile
Sent from Proton Mail for iOS
Sent with Proton Mail secure email.
Sent with ProtonMail Secure Email.
Sent via the Samsung Galaxy S20, an AT&T 5G smartphone
Sent with Airmail
Sent using Zoho Mail
Sent via Superhuman
Sent by Outlook for Android
Get Outlook for iOS
Get Outlook for Android<https://aka.ms/AAb9ysg>
Get Outlook for iOS<https://aka.ms/o0ukef>
Download Outlook for Android
(sent from a phone)
<<sent by galaxy>>
From my iPhone
Envoyé de mon iPhone
Envoyé depuis mon téléphone
Envoyé à partir de Outlook
Envoyé avec la messagerie sécurisée Proton Mail.
Télécharger Outlook pour iOS
Von meinem iPhone gesendet
Von meinem iPad gesendet
Von meinem Samsung Galaxy Smartphone gesendet.
Gesendet von meinem Mobilgerät
Gesendet von Mail für Windows
Gesendet mit der GMX Mail App
Diese Nachricht wurde von meinem Android-Gerät mit K-9 Mail gesendet.
Holen Sie sich Outlook für iOS
Enviado desde mi iPhone
Enviado desde Outlook
Enviado desde mi Samsung Mobile de Claro
Obtener Outlook para iOS
Enviado do meu iPhone
Enviado via iPhone
Obter o Outlook para Android
Inviato da iPhone
Inviato dal mio iPad
Scarica Outlook per iOS
Verstuurd vanaf mijn iPhone
Verzonden vanuit Outlook
Verzonden met BlackBerry Work
Download Outlook voor iOS
Sendt fra min iPhone
Sendt fra Outlook til iOS
Hent Outlook til Android
Skickat från min iPhone
Skickat från Outlook för iOS
Hämta Outlook för Android
Lähetetty iPhonesta
Lähetetty Outlookista
Hanki Outlook for Android
Wysłane z iPhone'a
Wysłano z telefonu Samsung
Pobierz program Outlook dla systemu iOS
Odesláno z iPhonu
Odoslané z iPhonu
Отправлено с iPhone
Отправлено из мобильной Почты Mail
Надіслано з iPhone
iPhone'umdan gönderildi
Samsung cihazımdan gönderildi
Elküldve az iPhone-omról
Trimis de pe iPhone-ul meu
Στάλθηκε από το iPhone μου
iPhoneから送信
发自我的iPhone
發自我的 iPhone
從我的 iPhone 傳送
나의 iPhone에서 보냄
נשלח מה-iPhone שלי
أرسلت من الـ iPhone الخاص بي
Dikirim dari iPhone saya
Đã gửi từ iPhone của tôi
Enviat des del meu iPhone
""".strip().split("\n")

SENTENCES = """
Sent from the library on Monday
I sent it from my phone
I am writing from my phone because the library's computers are down
Sent by post yesterday
Sent with the syllabus: two essays
Yes, from my employer
Get the form from the desk
From the desk I hear that it is open
Enviado el lunes pasado
Gesendet habe ich es am Montag
Get back to me please
Sent on 3 May
My phone: 555 0100
Envoyé hier par la poste
Sent by mail on Monday
Enviado por correo ayer
Von mir wurde das Formular gestern gesendet.
Gesendet mit der Post
Inviato ieri da Anna
Verzonden met de post
Yes, from my phone
""".strip().split("\n")


@pytest.mark.parametrize("footer", FOOTERS)
def test_a_phones_or_programs_footer_is_cut_wherever_it_stands(footer: str) -> None:
    below = heard(plain(f"Yes, please.\n\n{footer}\n")).new_text
    between = heard(plain(f"Yes, please.\n\n{footer}\n\nAnd the second date.\n")).new_text
    assert (lines(below), lines(between)) == (["Yes, please."], ["Yes, please.", "And the second date."])


@pytest.mark.parametrize("sentence", SENTENCES)
def test_a_sentence_that_resembles_a_footer_is_kept(sentence: str) -> None:
    assert not is_footer(sentence)


def test_right_above_an_older_mail_any_sent_from_is_a_footer() -> None:
    text = "Yes, please.\n\nSent from a hammock\n\nOn 3 Mar 2026, at 10:15, Desk <desk@reedmoor.example> wrote:\n\n> Well?\n"
    assert heard(plain(text)).new_text == "Yes, please."


def test_a_footer_in_the_middle_of_a_paragraph_is_kept() -> None:
    text = "The answer below was\nSent from my iPhone\nin a hurry."
    assert heard(plain(text)).new_text == text


def test_a_footer_above_the_older_mail_goes_with_it() -> None:
    text = (
        "Yes, please.\nSent from my iPhone\nOn 3 Mar 2026, at 10:15, Desk <desk@reedmoor.example> wrote:\n\n> Well?\n"
    )
    assert heard(plain(text)).new_text == "Yes, please."


@pytest.mark.parametrize(
    "banner",
    [
        "CAUTION: This email originated from outside of the organization. Do not click links or open attachments\nunless you recognize the sender and know the content is safe.",
        "[EXTERNAL] This message comes from an external sender. Use caution.",
        "EXTERNAL EMAIL: Do not click any links or open attachments unless you trust the sender.",
        "You don't often get email from desk@reedmoor.example. Learn why this is important",
        "ACHTUNG: Diese E-Mail stammt von außerhalb. Klicken Sie nicht auf Links.",
        "ATTENTION : courriel externe. Ne cliquez pas sur les liens.",
    ],
)
def test_a_warning_above_the_text_is_cut(banner: str) -> None:
    assert lines(heard(plain(f"{banner}\n\nYes, please.\n")).new_text) == ["Yes, please."]


def test_a_text_in_the_same_paragraph_as_a_warning_is_kept() -> None:
    text = "CAUTION: external email. Do not click links.\nYes, please.\nNora"
    assert lines(heard(plain(text)).new_text) == ["Yes, please.", "Nora"]


def test_a_person_who_writes_about_caution_is_heard() -> None:
    text = "Caution: the syllabus is long.\n\nNora"
    assert heard(plain(text)).new_text == text


@pytest.mark.parametrize(
    "disclaimer",
    [
        "This e-mail and any attachments are confidential and intended solely for the addressee. If you have received it in error, please notify the sender and delete it.",
        "CONFIDENTIALITY NOTICE: This message may contain privileged information. If you are not the intended\nrecipient, any disclosure or copying is strictly prohibited.",
        "Diese E-Mail ist vertraulich und nur für den Empfänger bestimmt. Bitte informieren Sie den Absender, falls Sie sie irrtümlich erhalten haben.",
        "Ce message est confidentiel. Si vous n'êtes pas le destinataire, merci d'avertir l'expéditeur et de le détruire.",
        "Este mensaje es confidencial y va dirigido a su destinatario. Si lo recibe por error, avise al remitente.",
        "Please consider the environment before printing this email.",
        "This email has been checked for viruses by Hedge antivirus software.",
    ],
)
def test_a_disclaimer_below_the_text_is_cut(disclaimer: str) -> None:
    assert lines(heard(plain(f"Yes, please.\n\n{disclaimer}\n")).new_text) == ["Yes, please."]


def test_a_person_who_writes_of_confidential_things_is_heard() -> None:
    text = "Yes, please.\n\nIs what I send confidential, or may my director read it?"
    assert heard(plain(text)).new_text == text
