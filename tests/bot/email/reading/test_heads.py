"""The heads of older mails, in the words of many languages."""

import pytest

from tests.bot.email.reading.mails import heard, lines, plain

ANSWER = "Please take the second date.\n\nNora"

HEADS = [
    "From: Desk <desk@reedmoor.example>\nSent: Tuesday, March 3, 2026 10:15 AM\nTo: Nora Vale\nSubject: Dates",
    "From: Desk\nDate: Tuesday, March 3, 2026 at 10:15 AM\nTo: Nora Vale\nSubject: Dates",
    "*From:* Desk <desk@reedmoor.example>\n*Sent:* Tuesday, March 3, 2026 10:15 AM\n*To:* Nora\n*Subject:* Dates",
    "**From:** Desk\n**Sent:** 3 March 2026 10:15\n**To:** Nora\n**Subject:** Dates",
    "From: Desk <desk@reedmoor.example>\n\nSent: 3 March 2026 10:15\n\nTo: Nora\n\nSubject: Dates",
    "Von: Ausleihe <desk@reedmoor.example>\nGesendet: Dienstag, 3. März 2026 10:15\nAn: Nora\nBetreff: Termine",
    "Von: Ausleihe\nDatum: Dienstag, 3. März 2026 um 10:15\nAn: Nora\nCc: Max\nBetreff: Termine",
    "De : Accueil <desk@reedmoor.example>\nEnvoyé : mardi 3 mars 2026 10:15\nÀ : Nora\nObjet : Dates",
    "De: Mostrador <desk@reedmoor.example>\nEnviado: martes, 3 de marzo de 2026 10:15\nPara: Nora\nAsunto: Fechas",
    "De: Mostrador\nEnviado el: martes, 3 de marzo de 2026 10:15\nPara: Nora\nAsunto: Fechas",
    "Da: Banco <desk@reedmoor.example>\nInviato: martedì 3 marzo 2026 10:15\nA: Nora\nOggetto: Date",
    "De: Balcão <desk@reedmoor.example>\nEnviada em: terça-feira, 3 de março de 2026 10:15\nPara: Nora\nAssunto: Datas",
    "Van: Balie <desk@reedmoor.example>\nVerzonden: dinsdag 3 maart 2026 10:15\nAan: Nora\nOnderwerp: Data",
    "Fra: Skranken <desk@reedmoor.example>\nSendt: tirsdag den 3. marts 2026 10:15\nTil: Nora\nEmne: Datoer",
    "Från: Disken <desk@reedmoor.example>\nSkickat: den 3 mars 2026 10:15\nTill: Nora\nÄmne: Datum",
    "Lähettäjä: Tiski <desk@reedmoor.example>\nLähetetty: tiistai 3. maaliskuuta 2026 10:15\nVastaanottaja: Nora\nAihe: Päivät",
    "Od: Biblioteka <desk@reedmoor.example>\nWysłano: wtorek, 3 marca 2026 10:15\nDo: Nora\nTemat: Terminy",
    "Od: Knihovna <desk@reedmoor.example>\nOdesláno: úterý 3. března 2026 10:15\nKomu: Nora\nPředmět: Termíny",
    "От: Зал <desk@reedmoor.example>\nОтправлено: 3 марта 2026 г. 10:15\nКому: Nora\nТема: Даты",
    "Від: Зала <desk@reedmoor.example>\nНадіслано: 3 березня 2026 р. 10:15\nКому: Nora\nТема: Дати",
    "Feladó: Pult <desk@reedmoor.example>\nElküldve: 2026. március 3. 10:15\nCímzett: Nora\nTárgy: Dátumok",
    "Kimden: Masa <desk@reedmoor.example>\nGönderildi: 3 Mart 2026 Salı 10:15\nKime: Nora\nKonu: Tarihler",
    "Από: Γραφείο <desk@reedmoor.example>\nΣτάλθηκε: Τρίτη, 3 Μαρτίου 2026 10:15\nΠρος: Nora\nΘέμα: Ημερομηνίες",
    "发件人: 总台 <desk@reedmoor.example>\n发送时间: 2026年3月3日 10:15\n收件人: Nora\n主题: 日期",
    "寄件者：櫃台 <desk@reedmoor.example>\n寄件日期：2026年3月3日 10:15\n收件者：Nora\n主旨：日期",
    "差出人: 受付 <desk@reedmoor.example>\n送信日時: 2026年3月3日 10:15\n宛先: Nora\n件名: 日程",
    "보낸 사람: 안내 <desk@reedmoor.example>\n보낸 날짜: 2026년 3월 3일 화요일 10:15\n받는 사람: Nora\n제목: 날짜",
    "From: Desk <desk@reedmoor.example>\nDate: Tue, 3 Mar 2026 10:15:00 +0000",
    "From: Desk <desk@reedmoor.example>\nReply-To: Desk <desk@reedmoor.example>\nDate: 3 March 2026 10:15\nTo: Nora\nSubject: Dates that\n suit",
    "Subject: Dates\nDate: Tue, 3 Mar 2026 10:15:00 +0000\nFrom: Desk <desk@reedmoor.example>\nTo: Nora",
    "From: Desk <desk@reedmoor.example> Sent: Tuesday, March 3, 2026 10:15 AM To: Nora Subject: Dates",
    "________________________________\nFrom: Desk\nSent: Tuesday, March 3, 2026\nTo: Nora",
    "-----Original Message-----\nFrom: Desk\nTo: Nora",
]

MARKERS = [
    "-----Original Message-----",
    "-------- Original Message --------",
    "*-------- Original Message --------*",
    "---------- Forwarded message ---------",
    "Begin forwarded message:",
    "-----Ursprüngliche Nachricht-----",
    "-------- Weitergeleitete Nachricht --------",
    "-----Message d'origine-----",
    "-------- Message transféré --------",
    "-----Mensaje original-----",
    "---------- Mensaje reenviado ---------",
    "-----Mensagem original-----",
    "-----Messaggio originale-----",
    "-----Oorspronkelijk bericht-----",
    "-----Oprindelig meddelelse-----",
    "-----Ursprungligt meddelande-----",
    "-----Alkuperäinen viesti-----",
    "-----Wiadomość oryginalna-----",
    "-----Původní zpráva-----",
    "-----Исходное сообщение-----",
    "-----Özgün İleti-----",
    "------------------ 原始邮件 ------------------",
    "-----元のメッセージ-----",
    "-----원본 메시지-----",
    "##- Please type your reply above this line -##",
]


@pytest.mark.parametrize("head", HEADS)
def test_a_head_and_all_below_it_are_cut(head: str) -> None:
    assert lines(heard(plain(f"{ANSWER}\n\n{head}\n\nWhich date suits you?\nThe desk\n")).new_text) == lines(ANSWER)


@pytest.mark.parametrize("marker", MARKERS)
def test_a_marker_and_all_below_it_are_cut(marker: str) -> None:
    assert lines(heard(plain(f"{ANSWER}\n\n{marker}\n\nWhich date suits you?\n")).new_text) == lines(ANSWER)


@pytest.mark.parametrize("head", HEADS)
def test_a_mail_that_only_passes_another_on_keeps_what_that_says_and_is_uncertain(head: str) -> None:
    heard_of = heard(plain(f"---------- Forwarded message ---------\n{head}\n\nWhich date suits you?\n"))
    assert (lines(heard_of.new_text), heard_of.uncertain) == (["Which date suits you?"], True)


@pytest.mark.parametrize(
    "text",
    [
        "From: what I read, the fee is due in May.\nTo: be honest, I am late.",
        "From: May 2019\nTo: June 2021\nSubject: cataloging",
        "Date: 3 March 2026\nPlace: Reedmoor\nSubject: Reference",
        "Original message from the handbook: apply first.",
        "To: the office\nI send what is missing.",
        "De: nada",
        "A: yes\nB: no\nC: no",
    ],
)
def test_labels_in_a_persons_own_text_are_kept(text: str) -> None:
    whole = f"Hello,\n\n{text}\n\nNora"
    assert lines(heard(plain(whole)).new_text) == lines(whole)


# A head that names no address and no time

QUOTATION = "> Hello Nora,\n> Which date suits you?\n> 1. May\n> 2. June"
UNQUOTED = QUOTATION.replace("> ", "")
SHORT_HEADS = [
    "From: LSSC Assistant\nTo: Nora Vale\nSubject: Dates",
    "From: LSSC Assistant\nSent: Tuesday, March 3, 2026 10:15 AM",
    "From: LSSC\nDate: 3 March 2026\nSubject: Dates",
    "Von: LSSC Assistant\nAn: Nora Vale\nBetreff: Termine",
    "De : LSSC Assistant\nÀ : Nora Vale\nObjet : Dates",
    "De: LSSC Assistant\nPara: Nora Vale\nAsunto: Fechas",
    "Da: LSSC Assistant\nA: Nora Vale\nOggetto: Date",
    "Van: LSSC Assistant\nAan: Nora Vale\nOnderwerp: Data",
]


@pytest.mark.parametrize("head", [*SHORT_HEADS, *HEADS[:-1]])
@pytest.mark.parametrize("between", ["\n", "\n\n"])
def test_a_head_above_a_quotation_is_cut_with_it(head: str, between: str) -> None:
    heard_of = heard(plain(f"{ANSWER}\n\n{head}{between}{QUOTATION}\n"))
    assert (lines(heard_of.new_text), heard_of.uncertain) == (lines(ANSWER), False)


@pytest.mark.parametrize("head", SHORT_HEADS)
def test_a_short_head_above_unquoted_text_makes_it_uncertain(head: str) -> None:
    heard_of = heard(plain(f"{ANSWER}\n\n{head}\n\n{UNQUOTED}\n"))
    assert (lines(heard_of.new_text), heard_of.uncertain) == (lines(f"{ANSWER}\n{head}\n{UNQUOTED}"), True)


@pytest.mark.parametrize(
    "head",
    [
        "From: LSSC Assistant\nTo: Nora Vale\nSubject: Your portfolio",
        "From: LSSC Assistant\nSubject: RE: Your portfolio",
        "Von: LSSC Assistant\nAn: Nora Vale\nBetreff: AW: Your portfolio",
        "From: The desk\nTo: Nora Vale",
        "De : The desk [mailto]\nObjet : Dates",
    ],
)
def test_a_short_head_is_sure_when_it_names_what_the_mail_answers(head: str) -> None:
    mail = plain(f"{ANSWER}\n\n{head}\n\n{UNQUOTED}\n").replace(
        b"Subject:", b"To: The desk <desk@lssc.example>\nSubject:", 1
    )
    heard_of = heard(mail)
    assert (lines(heard_of.new_text), heard_of.uncertain) == (lines(ANSWER), False)


@pytest.mark.parametrize(
    "text",
    [
        "From: what I read, the fee is due in May.\nTo: be honest, I am late.",
        "From: May 2019\nTo: June 2021\nSubject: cataloging",
        "From: 2019\nTo: 2021",
        "To: the office\nI send what is missing.",
    ],
)
def test_an_answer_to_a_form_is_no_head_above_a_quotation_either(text: str) -> None:
    heard_of = heard(plain(f"Hello,\n\n{text}\n\n{QUOTATION}\n"))
    assert (lines(heard_of.new_text), heard_of.uncertain) == (lines(f"Hello,\n{text}"), False)


def test_a_quoted_head_is_an_attribution() -> None:
    quoted = "".join(f"> {line}\n" for line in HEADS[0].split("\n"))
    assert lines(heard(plain(f"{quoted}>\n{QUOTATION}\n\n{ANSWER}\n")).new_text) == lines(ANSWER)
    heard_of = heard(plain(f"{ANSWER}\n\n{quoted}\n{UNQUOTED}\n"))
    assert (heard_of.new_text.startswith(ANSWER), heard_of.uncertain) == (True, True)
