"""Finds what phones, programs and gateways add around a person's words: footers, warnings, disclaimers."""

import re
from collections.abc import Sequence

from bot.channels.email.reading.lines import BANNER, DISCLAIMER, FOOTER, TEXT, WIDTH, Line

_FOOTER_WIDTH = 120
_DECORATION = " \t<>()[]*_~-–—|\"'•"
_DEVICE = (
    r"(?:i-?phones?|ipad|ipod|i-?mac|mac ?book|android|blackberry|samsung|galaxy|htc|huawei|xiaomi|redmi|oneplus|nokia|"
    r"pixel|motorola|lumia|windows (?:phone|mobile)|mobile|mobil|cell|phone|smartphone|handy|tablet|tablette|téléphone|"
    r"móvil|movil|celular|teléfono|telefon|telefoon|telefono|cellulare|outlook|gmail|yahoo|proton|mail|k-9|airmail|spark|"
    r"mailbox|thunderbird|hotmail|aol|aqua mail|bluemail|fairemail|superhuman|tutanota|fastmail|zoho|gmx|web\.de)"
)
_FOOTERS = re.compile(
    "|".join(
        (
            r"(?:this (?:e?-?mail|message) was )?(?:sent|written|typed) (?:from|on|via|with|by|using|through) "
            r"(?:my|a|an|the|our)? ?(?:\S+ ){0,4}?\W?" + _DEVICE + r"\b.{0,100}",
            r"sent from my .{1,60}",
            r"sent (?:via|with|from|using) (?-i:[A-Z])(?!.*\b(?:on|at|to|today|yesterday|last)\b).{1,60}",
            r"(?:\S+ ){0,2}from (?:my )?" + _DEVICE + r"(?: \S+){0,2}",
            r"get (?:\[?outlook|the outlook|yahoo|gmail|bluemail|boxer|spark)\b.{0,80}",
            r"(?:download|try|use) (?:outlook|spark|bluemail) for .{1,60}",
            r"(?:envoyé|envoyée|expédié|télécharg\S+|obtenez|message envoyé|provenance)\s.{0,40}"
            + _DEVICE
            + r"\b.{0,40}",
            r"envoyé (?:de mon|depuis mon|de ma|depuis|à partir de|avec).{1,60}",
            r"(?:von|diese nachricht wurde|gesendet|meinem|diese e-?mail wurde).{1,80}gesendet\.?",
            r"(?:gesendet|verschickt|geschrieben|unterwegs gesendet) (?:von|mit|vom|über).{1,60}",
            r"(?:holen|laden) sie sich outlook.{1,60}|outlook für (?:ios|android).{0,60}",
            r"(?:enviado|enviada|obtener|obtenga|mensaje enviado|consigue|obter|obtenha|baixe)\s.{0,40}"
            + _DEVICE
            + r"\b.{0,40}",
            r"enviado (?:desde mi|do meu|desde el|a partir do|via|pelo|por).{1,60}",
            r"(?:inviato|scarica|ottieni)\s.{0,40}" + _DEVICE + r"\b.{0,40}|inviato (?:da|dal) .{1,50}",
            r"(?:verstuurd|verzonden|gestuurd|download|ontvang)\s.{0,40}" + _DEVICE + r"\b.{0,40}",
            r"(?:verstuurd|verzonden) (?:vanaf mijn|vanaf|met|via|van mijn).{1,50}",
            r"(?:sendt|skickat|sänt|hent|hämta|få) (?:fra|från|med|via|outlook).{1,60}",
            r"lähetetty .{1,50}|hanki outlook.{1,50}",
            r"(?:wysłan[eoy]|wysłano|pobierz|uzyskaj) (?:z|ze|za|przez|outlook|program outlook).{1,60}",
            r"(?:odesl[áa]no|odoslan[éeá]|odoslané|získejte|získajte) (?:z|ze|pomocí|prostredníctvom|outlook).{1,60}",
            r"(?:отправлено|послано|надіслано|відправлено|изпратено|послато|получите|скачайте) (?:с|из|з|от|через|со|са|outlook).{1,60}",
            r"(?:poslano|poslato|trimis|elküldve|küldve|saadetud|nosūtīts|išsiųsta|στάλθηκε|εστάλη|dikirim|terkirim|đã gửi|được gửi|"
            r"enviat|sent)\s(?:iz|sa|s|z|de pe|din|az|a|minu|no|iš|από|dari|từ|des|des del|del meu) .{1,60}",
            r".{1,40}(?:'[udt]?[aeıiuü]?m?d[ae]n|cihazımdan|telefonumdan) gönderildi",
            r".{1,30}(?:ról|ről|ból|ből) küldve",
            r"(?:发自|從我的|从我的|由我的|發自|寄自|来自我的).{1,40}|.{1,30}(?:から送信|より送信|傳送|发送)",
            r".{1,30}(?:에서 보냄|에서 보낸 메일|에서 전송)|.{0,10}(?:نشלח|נשלח) מ.{1,40}|(?:أرسلت|تم الإرسال|مرسل) من .{1,40}",
        )
    ),
    re.IGNORECASE,
)
_FIRST_WORDS = frozenset(
    "this sent written typed get download try use envoyé envoyée expédié télécharger téléchargez obtenez message provenance von diese "
    "gesendet meinem verschickt geschrieben unterwegs holen laden outlook enviado enviada obtener obtenga mensaje consigue obter "
    "obtenha baixe inviato scarica ottieni verstuurd verzonden gestuurd ontvang sendt skickat sänt hent hämta få lähetetty hanki "
    "wysłane wysłana wysłany wysłano pobierz uzyskaj odesláno odeslano odoslané odoslaná získejte získajte poslano poslato trimis "
    "elküldve küldve saadetud nosūtīts išsiųsta dikirim terkirim enviat".split()
)
_LAST = ("gönderildi", "küldve", "送信", "傳送", "发送", "보냄", "메일", "전송")
_WARNINGS = (
    "originated from outside", "originated outside", "originates from outside", "outside of the organi", "outside the organi",
    "outside of your organi", "outside your organi", "outside of our organi", "outside our organi", "from an external",
    "external email", "external e-mail", "external sender", "external message", "external source", "do not click", "don't click",
    "not click links", "click any links", "click on links", "open attachments", "opening attachments", "open any attachment",
    "recognize the sender", "recognise the sender", "know the sender", "know the content is safe", "content is safe",
    "trust the sender", "verify the sender", "don't often get email from", "do not often get email from",
    "learn why this is important", "aka.ms/learnaboutsenderidentification", "exercise caution", "use caution", "be cautious",
    "caution:", "[external]", "warning:", "von außerhalb", "externe e-mail", "externer absender", "externen absender",
    "klicken sie nicht", "öffnen sie keine", "provient de l'extérieur", "expéditeur externe", "ne cliquez pas", "courriel externe",
    "remitente externo", "correo externo", "fuera de la organización", "no haga clic", "e-mail externo", "não clique",
    "mittente esterno", "email esterna", "dall'esterno", "non cliccare", "externe afzender", "van buiten de organisatie", "klik niet",
)  # fmt: skip
_DISCLAIMERS = (
    "confidential", "privileged", "intended recipient", "intended only for", "intended solely", "solely for the use", "addressee",
    "in error", "notify the sender", "notify us", "advise the sender", "delete this", "delete it", "delete the", "unauthorized",
    "unauthorised", "disclos", "dissemination", "strictly prohibited", "copying", "distribution", "virus", "liability", "legally binding",
    "views expressed", "opinions expressed", "registered in", "registered office", "before printing", "the environment", "public record",
    "vertraulich", "empfänger", "irrtümlich", "vernichten", "unbefugte", "absender", "weitergabe", "confidentiel", "destinataire",
    "par erreur", "détruire", "expéditeur", "confidencial", "destinatario", "por error", "remitente", "eliminar", "prohibid",
    "riservat", "destinatari", "per errore", "mittente", "vietat", "vertrouwelijk", "geadresseerde", "abusievelijk", "afzender",
    "destinatário", "por engano", "remetente", "poufn", "adresat", "nadawc", "usunięcie", "конфиденциальн", "получател", "отправител",
)  # fmt: skip
_SURE = (
    "consider the environment before printing", "think before you print", "has been checked for viruses", "virus-free. www",
    "virenfrei. www", "scanned by", "scanned for viruses", "this email was scanned", "garanti sans virus", "libre de virus",
    "denken sie an die umwelt", "pensez à l'environnement",
)  # fmt: skip
_BANNER_PARAGRAPHS, _BANNER_LINES, _BANNER_WORDS = 3, 60, 80
_DISCLAIMER_PARAGRAPHS = 6


def find(lines: Sequence[Line]) -> None:
    """Marks footers wherever they stand alone, warnings above the text and disclaimers below it."""
    _find_banners(lines)
    _find_footers(lines)


def _find_footers(lines: Sequence[Line]) -> None:
    """A footer is a whole line beside a blank one, another footer, or something else that no person wrote."""
    beside = True
    for number, line in enumerate(lines):
        if line.kind is not TEXT:
            beside = True
            continue
        if (beside or _ends(lines, number)) and len(line.bare) <= _FOOTER_WIDTH and is_footer(line.bare):
            line.kind = FOOTER
        beside = line.kind is FOOTER


def _ends(lines: Sequence[Line], number: int) -> bool:
    return number + 1 == len(lines) or lines[number + 1].kind is not TEXT


def is_footer(bare: str) -> bool:
    """Whether the line says by which device or program a mail was sent."""
    text = bare.strip(_DECORATION)
    first = text[: text.find(" ")].lower() if " " in text else ""
    if not (first in _FIRST_WORDS or text[:1] > "\x7f" or text.endswith(_LAST) or "rom " in text):
        return False
    return bool(_FOOTERS.fullmatch(text))


def _find_banners(lines: Sequence[Line]) -> None:
    """A warning is one of the first paragraphs with two of the phrases that such warnings are made of."""
    for paragraph in _paragraphs(lines[:_BANNER_LINES], _BANNER_PARAGRAPHS):
        text = _text(paragraph)
        if len(text.split()) > _BANNER_WORDS or _hits(text, _WARNINGS) < 2:
            continue
        last = max((number for number, line in enumerate(paragraph) if _hits(line.bare.lower(), _WARNINGS)), default=-1)
        for line in paragraph[: last + 1]:
            line.kind = BANNER
        rest = paragraph[last + 1 : last + 2]
        if rest and len(rest[0].bare.split()) <= 4 and rest[0].bare[0].islower():
            rest[0].kind = BANNER


def find_disclaimers(lines: Sequence[Line]) -> None:
    """A disclaimer is one of the last paragraphs, nothing but disclaimers below it."""
    for paragraph in reversed(_paragraphs(lines[-200:], 200)[-_DISCLAIMER_PARAGRAPHS:]):
        text = _text(paragraph)
        if _hits(text, _DISCLAIMERS) < 3 and not (len(text) < 300 and _hits(text, _SURE)):
            return
        for line in paragraph:
            line.kind = DISCLAIMER


def _paragraphs(lines: Sequence[Line], most: int) -> list[list[Line]]:
    """The first runs of text lines."""
    found: list[list[Line]] = [[]]
    for line in lines:
        if line.kind is TEXT:
            found[-1].append(line)
        elif found[-1]:
            if len(found) == most:
                break
            found.append([])
    return [paragraph for paragraph in found if paragraph]


def _text(paragraph: Sequence[Line]) -> str:
    return " ".join(line.bare for line in paragraph[:40])[: 10 * WIDTH].lower().replace("’", "'")


def _hits(text: str, phrases: Sequence[str]) -> int:
    return sum(phrase in text for phrase in phrases)
