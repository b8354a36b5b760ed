"""Finds what mail gateways add: warnings above a text, disclaimers below it."""

from collections.abc import Sequence

from bot.channels.email.reading.languages import listed
from bot.channels.email.reading.lines import BANNER, DISCLAIMER, TEXT, WIDTH, Line

_WARNINGS = listed("""
originated from outside | originated outside | originates from outside | outside of the organi |
outside the organi | outside of your organi | outside your organi | outside of our organi | outside our organi |
from an external | external email | external e-mail | external sender | external message | external source |
do not click | don't click | not click links | click any links | click on links | open attachments |
opening attachments | open any attachment | recognize the sender | recognise the sender | know the sender |
know the content is safe | content is safe | trust the sender | verify the sender | don't often get email from |
do not often get email from | learn why this is important | aka.ms/learnaboutsenderidentification |
exercise caution | use caution | be cautious | caution: | [external] | warning: | von außerhalb |
externe e-mail | externer absender | externen absender | klicken sie nicht | öffnen sie keine |
provient de l'extérieur | expéditeur externe | ne cliquez pas | courriel externe | remitente externo |
correo externo | fuera de la organización | no haga clic | e-mail externo | não clique | mittente esterno |
email esterna | dall'esterno | non cliccare | externe afzender | van buiten de organisatie | klik niet
""")
_DISCLAIMERS = listed("""
confidential | privileged | intended recipient | intended only for | intended solely | solely for the use |
addressee | in error | notify the sender | notify us | advise the sender | delete this | delete it |
delete the | unauthorized | unauthorised | disclos | dissemination | strictly prohibited | copying |
distribution | virus | liability | legally binding | views expressed | opinions expressed | registered in |
registered office | before printing | the environment | public record | vertraulich | empfänger | irrtümlich |
vernichten | unbefugte | absender | weitergabe | confidentiel | destinataire | par erreur | détruire |
expéditeur | confidencial | destinatario | por error | remitente | eliminar | prohibid | riservat |
destinatari | per errore | mittente | vietat | vertrouwelijk | geadresseerde | abusievelijk | afzender |
destinatário | por engano | remetente | poufn | adresat | nadawc | usunięcie | конфиденциальн | получател |
отправител
""")
_SURE = listed("""
consider the environment before printing | think before you print | has been checked for viruses |
virus-free. www | virenfrei. www | scanned by | scanned for viruses | this email was scanned |
garanti sans virus | libre de virus | denken sie an die umwelt | pensez à l'environnement
""")
_BANNER_PARAGRAPHS, _BANNER_LINES, _BANNER_WORDS = 3, 60, 80
_DISCLAIMER_PARAGRAPHS, _DISCLAIMER_LINES, _SURE_WIDTH = 6, 200, 300


def find_banners(lines: Sequence[Line]) -> None:
    """Marks warnings. One is a paragraph at the top with two of the phrases that such warnings are made of."""
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
    """Marks disclaimers. A disclaimer is one of the last paragraphs, nothing but disclaimers below it."""
    for paragraph in reversed(_paragraphs(lines[-_DISCLAIMER_LINES:], _DISCLAIMER_LINES)[-_DISCLAIMER_PARAGRAPHS:]):
        text = _text(paragraph)
        if _hits(text, _DISCLAIMERS) < 3 and not (len(text) < _SURE_WIDTH and _hits(text, _SURE)):
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
