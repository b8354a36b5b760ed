"""The lines above a quotation, in the words of many programs and languages."""

import pytest

from tests.bot.email.reading.mails import heard, lines, plain

ANSWER = "The second date suits me.\nNora"
QUOTED = "> Which date suits you?\n> 1. 4 May\n> 2. 11 May"

# with an address, or with a date and a time: sure by themselves
SURE = [
    "On Tue, 3 Mar 2026 at 10:15, Desk of Reedmoor <desk@reedmoor.example> wrote:",
    "On Mar 3, 2026, at 10:15 AM, Desk of Reedmoor <desk@reedmoor.example> wrote:",
    "On Tuesday, March 3, 2026, 10:15:32 AM EST, Desk <desk@reedmoor.example> wrote:",
    "On Tuesday, March 3rd, 2026 at 10:15 AM, Desk <desk@reedmoor.example> wrote:",
    "On 3/3/26, 10:15 AM, \"Desk\" <desk@reedmoor.example> wrote:",
    "On 03/03/2026 10:15, Desk of Reedmoor wrote:",
    "On Tue, 2026-03-03 at 10:15 +0000, Desk wrote:",
    "At 10:15 AM 3/3/2026, you wrote:",
    "Desk of Reedmoor <desk@reedmoor.example> wrote:",
    "desk@reedmoor.example wrote:",
    "Desk of Reedmoor <desk@reedmoor.example> wrote on Tue, 3 Mar 2026 10:15:32:",
    "2026-03-03 10:15 GMT+01:00 Desk of Reedmoor <desk@reedmoor.example>:",
    "---- On Tue, 03 Mar 2026 10:15:32 +0100 Desk <desk@reedmoor.example> wrote ----",
    "---- Desk of Reedmoor wrote ----",
    "-----\"Desk\" <desk@reedmoor.example> wrote: -----",
    "*On Tue, 3 Mar 2026 at 10:15, Desk <desk@reedmoor.example> wrote:*",
    "03.03.2026, 10:15, \"Desk\" <desk@reedmoor.example>:",
    "Am Di., 3. März 2026 um 10:15 Uhr schrieb Ausleihe Reedmoor <desk@reedmoor.example>:",
    "Am 03.03.2026 um 10:15 schrieb Ausleihe:",
    "Am 03.03.26 um 10:15 schrieb ausleihe@reedmoor.example:",
    "Ausleihe <desk@reedmoor.example> schrieb am Di., 3. März 2026, 10:15:",
    "Ausleihe <desk@reedmoor.example> hat am 03.03.2026 10:15 CET geschrieben:",
    "Von meinem Konto: am 3. März 2026, 10:15, Ausleihe <desk@reedmoor.example> schrieb:",
    "Le mar. 3 mars 2026 à 10:15, Accueil <desk@reedmoor.example> a écrit :",
    "Le 03/03/2026 à 10:15, Accueil de Reedmoor a écrit :",
    "Le mardi 3 mars 2026 à 10:15:32 UTC+1, Accueil <desk@reedmoor.example> a écrit :",
    "El mar, 3 mar 2026 a las 10:15, Mostrador (<desk@reedmoor.example>) escribió:",
    "El martes, 3 de marzo de 2026 10:15:32 CET, Mostrador <desk@reedmoor.example> escribió:",
    "Il giorno mar 3 mar 2026 alle ore 10:15 Banco <desk@reedmoor.example> ha scritto:",
    "Il 03/03/2026 10:15, Banco ha scritto:",
    "Em ter., 3 de mar. de 2026 às 10:15, Balcão <desk@reedmoor.example> escreveu:",
    "Balcão <desk@reedmoor.example> escreveu no dia terça, 3/03/2026 à(s) 10:15:",
    "Op di 3 mrt 2026 om 10:15 schreef Balie <desk@reedmoor.example>:",
    "Op 3 mrt. 2026 om 10:15 heeft Balie <desk@reedmoor.example> het volgende geschreven:",
    "Balie <desk@reedmoor.example> schreef op 3 maart 2026 10:15:",
    "Den tirs. 3. mar. 2026 kl. 10.15 skrev Skranken <desk@reedmoor.example>:",
    "Den 03-03-2026 kl. 10:15 skrev Skranken:",
    "tir. 3. mar. 2026 kl. 10:15 skrev Skranken <desk@reedmoor.example>:",
    "Den tis 3 mars 2026 kl 10:15 skrev Disken <desk@reedmoor.example>:",
    "3 mars 2026 kl. 10:15 skrev Disken <desk@reedmoor.example>:",
    "ti 3. maalisk. 2026 klo 10.15 Tiski (desk@reedmoor.example) kirjoitti:",
    "Tiski kirjoitti 3.3.2026 klo 10.15:",
    "wt., 3 mar 2026 o 10:15 Biblioteka <desk@reedmoor.example> napisał(a):",
    "W dniu 3.03.2026 o 10:15, Biblioteka pisze:",
    "Dnia 3 marca 2026 10:15 Biblioteka <desk@reedmoor.example> napisał(a):",
    "út 3. 3. 2026 v 10:15 odesílatel Knihovna <desk@reedmoor.example> napsal:",
    "Dne 03. 03. 26 v 10:15 Knihovna napsal(a):",
    "ut 3. 3. 2026 o 10:15 Knižnica <desk@reedmoor.example> napísal(a):",
    "вт, 3 мар. 2026 г. в 10:15, Читальный зал <desk@reedmoor.example>:",
    "3 марта 2026 г., 10:15 пользователь Зал <desk@reedmoor.example> написал:",
    "Вторник, 3 марта 2026, 10:15 +03:00 от Зал <desk@reedmoor.example>:",
    "03.03.2026 10:15, Зал пишет:",
    "вт, 3 бер. 2026 р. о 10:15 Зала <desk@reedmoor.example> пише:",
    "На вт, 3.03.2026 г. в 10:15 Гише <desk@reedmoor.example> написа:",
    "uto, 3. ožu 2026. u 10:15 Pult <desk@reedmoor.example> napisao je:",
    "V V tor., 3. mar. 2026 ob 10:15 je oseba Pult <desk@reedmoor.example> napisala:",
    "Pult <desk@reedmoor.example> ezt írta (időpont: 2026. márc. 3., K, 10:15):",
    "În mar., 3 mar. 2026 la 10:15, Ghișeu <desk@reedmoor.example> a scris:",
    "Στις Τρί 3 Μαρ 2026 στις 10:15 π.μ., ο/η Γραφείο <desk@reedmoor.example> έγραψε:",
    "Masa <desk@reedmoor.example>, 3 Mar 2026 Sal, 10:15 tarihinde şunu yazdı:",
    "3 Mart 2026 10:15 tarihinde Masa yazdı:",
    "2026-03-03, an, 10:15 Skyrius <desk@reedmoor.example> rašė:",
    "otrd., 2026. g. 3. marts, plkst. 10:15 — lietotājs Gals (<desk@reedmoor.example>) rakstīja:",
    "Laud (<desk@reedmoor.example>) kirjutas kuupäeval T, 3. märts 2026 kell 10:15:",
    "Pada tanggal Sel, 3 Mar 2026 pukul 10.15 Meja <desk@reedmoor.example> menulis:",
    "Vào Th 3, 3 thg 3, 2026 vào lúc 10:15 Bàn <desk@reedmoor.example> đã viết:",
    "ในวันที่ อ. 3 มี.ค. 2026 เวลา 10:15 โต๊ะ <desk@reedmoor.example> เขียนว่า:",
    "2026年3月3日(火) 10:15 受付 <desk@reedmoor.example>:",
    "2026/03/03 10:15、受付 <desk@reedmoor.example>のメール:",
    "受付 <desk@reedmoor.example> 于2026年3月3日周二 10:15写道：",
    "在 2026年3月3日，上午10:15，总台 <desk@reedmoor.example> 写道：",
    "於 2026年3月3日 上午10:15，櫃台 <desk@reedmoor.example> 寫道：",
    "2026년 3월 3일 (화) 오전 10:15, 안내 <desk@reedmoor.example>님이 작성:",
    "בתאריך יום ג׳, 3 במרץ 2026 ב-10:15 מאת דלפק <desk@reedmoor.example>:",
    "في الثلاثاء، 3 مارس 2026 في 10:15 ص تمت كتابة ما يلي بواسطة مكتب <desk@reedmoor.example>:",
    "Missatge de Taulell <desk@reedmoor.example> del dia dt., 3 de març 2026 a les 10:15:",
    "Ar Maw, 3 Maw 2026 am 10:15, ysgrifennodd Desg <desk@reedmoor.example>:",
]  # fmt: skip

# without either they count where a quotation follows
UNSURE = [
    "Desk of Reedmoor wrote:",
    "El martes, 3 de marzo de 2026, Mostrador escribió:",
    "вторник, 3 марта 2026 г. пользователь Зал написал:",
    "2026/3/3 Desk of Reedmoor <desk@reedmoor.example>",
    "Le 3 mars 2026, Accueil a écrit :",
    "Am 3. März 2026 schrieb Ausleihe:",
]

FOLDED = [
    "On Tue, 3 Mar 2026 at 10:15, The Circulation Desk of Reedmoor Library <\ncirculation@reedmoor.example> wrote:",
    "On Tue, Mar 3, 2026 at 10:15 AM Desk of Reedmoor <desk@reedmoor.example>\nwrote:",
    "Am Dienstag, 3. März 2026 um 10:15:32 Uhr schrieb\nAusleihe <desk@reedmoor.example>:",
    "Ausleihe Reedmoor <desk@reedmoor.example> schrieb am Di., 3. März\n2026, 10:15:",
    'Le mar. 3 mars 2026 à 10:15, "Accueil"\n<desk@reedmoor.example>\na écrit :',
    'Am 03.03.2026 10:15 schrieb "Ausleihe" <desk@reedmoor.example\n>:',
    "El mar, 3 mar 2026 a las 10:15, Mostrador de la Biblioteca de\nReedmoor (<desk@reedmoor.example>) escribió:",
    "On Tue, 3 Mar 2026 at 10:15 Desk of Reedmoor\n\n<\nmailto:desk@reedmoor.example\n> wrote:",
    "Em ter., 3 de mar. de 2026 às 10:15, Balcão de Reedmoor <\nbalcao@reedmoor.example> escreveu:",
]


@pytest.mark.parametrize("attribution", [*SURE, *UNSURE, *FOLDED])
def test_an_attribution_and_the_quotation_below_it_are_cut(attribution: str) -> None:
    assert lines(heard(plain(f"{ANSWER}\n\n{attribution}\n\n{QUOTED}\n")).new_text) == lines(ANSWER)


@pytest.mark.parametrize("attribution", [*SURE, *FOLDED])
def test_a_sure_attribution_needs_no_marks_below_it(attribution: str) -> None:
    assert lines(heard(plain(f"{ANSWER}\n{attribution}\n\nWhich date suits you?\n")).new_text) == lines(ANSWER)


@pytest.mark.parametrize("attribution", [*SURE, *UNSURE, *FOLDED])
def test_an_answer_below_the_quotation_is_kept_alone(attribution: str) -> None:
    assert lines(heard(plain(f"{attribution}\n\n{QUOTED}\n\n{ANSWER}\n")).new_text) == lines(ANSWER)


@pytest.mark.parametrize(
    "sentence",
    [
        "On 5 March the evaluator wrote:",
        "The evaluator wrote:",
        "As my director wrote:",
        "On the second of March 2026 I attended a class, and my notes say:",
        "My address is nora@reedmoor.example, and here is what I have:",
        "These are my classes in 2025 and 2026:",
        "I can be reached at 10:15 on 3 March 2026:",
        "The handbook of 2026 says the following:",
        "Hours: 10:15 to 12:30 on 3/3/2026, as agreed:",
        "On 3 March 2026 the evaluator wrote that these were missing:",
        "Am 3. März schrieb die Prüferin, dass Folgendes fehlt:",
    ],
)
def test_a_sentence_that_ends_like_an_attribution_is_kept(sentence: str) -> None:
    text = f"Hello,\n\n{sentence}\n\nthe syllabus and two essays.\n\nNora"
    assert lines(heard(plain(text)).new_text) == lines(text)
