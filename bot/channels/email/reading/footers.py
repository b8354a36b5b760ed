"""Finds the lines that tell by which phone or program a mail was sent."""

import re
from collections.abc import Sequence

from bot.channels.email.reading.languages import listed, spaced
from bot.channels.email.reading.lines import ATTRIBUTION, BLANK, CUT, FOOTER, HEAD, RULE, TEXT, Line

_WIDTH = 120
_DECORATION = " \t<>()[]*_~-–—|\"'•"


def _any(phrases: str) -> str:
    return f"(?:{'|'.join(map(re.escape, listed(phrases)))})"


_DEVICE = (
    _any("""
iphon | i-phone | ipad | ipod | imac | macbook | mac book | android | blackberry | samsung | galaxy |
htc | huawei | xiaomi | redmi | oneplus | nokia | motorola | lumia | windows phone | windows mobile |
mobile | mobil | cell | phone | smartphone | handy | tablet | téléphone | móvil | movil | celular |
teléfono | telefon | telefoon | puhelim | cellulare | outlook | gmail | yahoo | proton | k-9 | airmail |
mailbox | thunderbird | hotmail | aol | aqua mail | bluemail | fairemail | superhuman | tuta |
fastmail | zoho mail | gmx | web.de | t-online | icloud | spark | boxer | телефон | смартфон | айфон |
мобильн | почты mail
""")[:-1]
    + r"|mail\]|(?-i:Mail)\b)"
)
_SENT = _any("""
sent | written | typed | envoyé | envoyée | expédié | message envoyé | gesendet | verschickt |
geschrieben | enviado | enviada | mensaje enviado | mensagem enviada | inviato | inviata | verstuurd |
verzonden | gestuurd | sendt | skickat | sänt | lähetetty | wysłane | wysłana | wysłany | wysłano |
odesláno | odeslano | odoslané | odoslaná | odoslané | отправлено | послано | надіслано | відправлено |
изпратено | послато | poslano | poslato | trimis | trimisă | elküldve | küldve | saadetud | nosūtīts |
išsiųsta | στάλθηκε | εστάλη | dikirim | terkirim | đã gửi | được gửi | enviat | this message was sent |
this email was sent | this e-mail was sent
""")
_MY = _any("""
from my | on my | via my | de mon | depuis mon | depuis ma | de ma | von meinem | von meiner |
mit meinem | desde mi | do meu | da minha | a partir do meu | dal mio | dalla mia | vanaf mijn |
van mijn | met mijn | fra min | fra mit | från min | från mitt | z mojego | z mého | z môjho | с моего |
с моей | з мого | от моя | sa mog | iz mojega | de pe | minu | από το | dari | từ | des del meu |
ze svého
""")
_GET = _any("""
get | download | try | obtenez | obtenir | télécharger | téléchargez | holen sie sich | laden sie |
obtener | obtenga | consigue | obter | obtenha | baixe | scarica | ottieni | ontvang | hent | hämta |
få | hanki | pobierz | uzyskaj | získejte | stáhněte si | získajte | загрузить | скачать | получите |
скачайте | descărcați | descarregueu
""")
_FOOTERS = re.compile(
    "|".join(
        (
            rf"{_SENT} {_MY} .{{1,60}}",
            rf"{_SENT} (?:\S+ ){{0,6}}?\W?{_DEVICE}.{{0,100}}",
            rf"{_GET} (?:\S+ ){{0,2}}?\W?{_DEVICE}.{{0,100}}",
            r"sent (?:via|with|from|using) (?-i:[A-Z])(?!.*\b(?:on|at|to|today|yesterday|last)\b).{1,60}",
            rf"(?:[^\s,]+ ){{0,2}}from (?:my )?{_DEVICE}\w*(?: \S+){{0,2}}",
            r"(?:von|mit) (?:mein\w+|unterwegs|einem) .{1,60}gesendet\.?",
            rf"diese (?:nachricht|e-?mail|mail) wurde von .{{0,60}}{_DEVICE}.{{0,60}}gesendet\.?",
            r".{1,40}(?:'[udtı]?[aeıiuü]?m?d[ae]n|cihazımdan|telefonumdan) gönderildi",
            r".{1,30}(?:ról|ről|ból|ből) küldve",
            r"(?:发自|從我的|从我的|由我的|發自|寄自|来自我的).{1,40}",
            r".{1,30}(?:から送信|より送信|傳送|发送|에서 보냄|에서 보낸 메일|에서 전송)",
            r"נשלח מ.{1,40}|(?:أرسلت|أُرسلت|تم الإرسال|مرسل) من .{1,40}",
        )
    ),
    re.IGNORECASE,
)
_FIRST_WORDS = frozenset(word.split()[0].lower() for word in spaced(re.sub(r"[^\w\s]", " ", f"{_SENT} {_GET}")))
_LAST = spaced("gönderildi küldve 送信 傳送 发送 보냄 메일 전송 gesendet gesendet.")
_SENT_FROM = re.compile(r"sent (?:from|via) .{1,60}", re.IGNORECASE)


def find(lines: Sequence[Line]) -> None:
    """Marks footers: whole lines beside a blank one, another footer, or something else that no person wrote."""
    beside = True
    for number, line in enumerate(lines):
        if line.kind is not TEXT:
            beside = True
            continue
        if (beside or _ends(lines, number)) and len(line.bare) <= _WIDTH and _is_footer(lines, number):
            line.kind = FOOTER
        beside = line.kind is FOOTER


def _ends(lines: Sequence[Line], number: int) -> bool:
    return number + 1 == len(lines) or lines[number + 1].kind is not TEXT


def _is_footer(lines: Sequence[Line], number: int) -> bool:
    """Right above an older mail, people also have "Sent from a hammock"."""
    if is_footer(lines[number].bare):
        return True
    if not _SENT_FROM.fullmatch(lines[number].bare):
        return False
    below = (line.kind for line in lines[number + 1 : number + 10] if line.kind is not BLANK and line.kind is not RULE)
    return next(below, TEXT) in (ATTRIBUTION, HEAD, CUT)


def is_footer(bare: str) -> bool:
    """Whether the line says by which device or program a mail was sent."""
    text = bare.strip(_DECORATION)
    first = text.partition(" ")[0].lower()
    if not (first in _FIRST_WORDS or text[:1] > "\x7f" or text.endswith(_LAST) or "rom " in text):
        return False
    return bool(_FOOTERS.fullmatch(text))
