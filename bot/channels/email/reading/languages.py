"""The words that mail programs put above what they quote, in the languages that they speak.

The forms are those of Gmail, Outlook, Apple Mail, Thunderbird, K-9, Roundcube and Yahoo.
"""


def listed(text: str) -> tuple[str, ...]:
    """The phrases of a text that has bars between them and may be folded anywhere."""
    return tuple(" ".join(phrase.split()) for phrase in text.split("|"))


def spaced(text: str) -> tuple[str, ...]:
    """The words of a text."""
    return tuple(text.split())


# they stand after the sender's name and before the colon
VERBS = frozenset(
    spaced("""
wrote writes schrieb geschrieben schreibt schreef geschreven skrev skreiv skrifaði skrivaði escribió escribiu
escribeu escreveu escrit escriure écrit scritto scris napisał napisała napisal napsal napsala napísal napísala
napisao napisala napisalo napisali sporoča pisze pisał pisała писал писала пишет написал написала пише написав
напісаў піша написа напиша kirjoitti kirjutas írta yazdı yazmış yazıb rašė parašė rakstīja έγραψε menulis viết
shkroi skribis ysgrifennodd scríobh sgrìobh skreau schreift geschriwwen nivîsî idatzi كتب نوشت نوشته כתב כתבה
लिखा დაწერა գրեց գրել 작성 작성함 씀 썼습니다 내용
""")
)
# these languages write no space before the verb
VERBS_ATTACHED = spaced("写道 寫道 写到 寫到 写了 寫了 書きました 書いた より 작성 작성함 씀 เขียนว่า เขียน")
# what may stand between the verb and the colon
VERB_ENDINGS = (
    *spaced("(a) (la) (-a) /a /la (а) /ла"),
    *(
        f" {ending}"
        for ending in listed("je|du|zuen|folgendes|following|this|dette|följande|følgende|the following|ما يلي|است|է")
    ),
)
# in these languages the name follows the verb
NAME_AFTER = spaced(
    "schrieb schreibt schreef skrev skreiv skreau kirjutas ysgrifennodd scríobh sgrìobh skrifaði skrivaði schreift كتب"
)

FROM, DATE, TO, COPY, SUBJECT, OTHER = "from", "date", "to", "copy", "subject", "other"
_LABELS = {
    FROM: """
from | von | de | da | van | fra | frå | från | lähettäjä | od | odesílatel | от | від | от кого | ад | από |
feladó | kimden | gönderen | nuo | no | kellelt | saatja | dari | từ | frá | fan | de la | expéditeur | nga |
oddi wrth | remitente | mittente | remetente | afzender | avsändare | absender | 发件人 | 寄件者 | 寄件人 |
差出人 | 送信者 | 보낸 사람 | 보낸사람 | من | מאת | از | จาก | प्रेषक | से | expedidor | expeditor | nadawca |
отправитель | pošiljatelj | siuntėjas
""",
    DATE: """
sent | date | gesendet | datum | envoyé | enviado | enviada | enviado el | enviado em | enviada em | inviato |
inviato il | data | data invio | verzonden | sendt | dato | skickat | lähetetty | päivämäärä | päiväys | pvm |
odesláno | odoslané | wysłano | wysłane | отправлено | дата | надіслано | відправлено | изпратено |
дата на изпращане | poslano | послато | fecha | date d'envoi | envoyé le | στάλθηκε | αποστολή | ημερομηνία |
elküldve | küldve | dátum | gönderildi | gönderilme | gönderme tarihi | tarih | išsiųsta | nosūtīts | saadetud |
kuupäev | trimis | trimise | dikirim | terkirim | tanggal | đã gửi | ngày | ferstjoerd | bidalita | enviat |
发送时间 | 发送日期 | 发件时间 | 日期 | 时间 | 寄件日期 | 傳送時間 | 送信日時 | 送信日 | 日時 | 日付 |
보낸 날짜 | 보낸날짜 | 날짜 | تاريخ الإرسال | المُرسل | التاريخ | נשלח | תאריך | ارسال | ส่ง | วันที่ | adus |
sendita je | anfonwyd | kaset | dërguar më | sent at | sent on
""",
    TO: """
to | an | à | a | para | aan | til | till | vastaanottaja | saaja | komu | pro | do | кому | до | каму | за |
za | προς | címzett | kime | alıcı | kam | kellele | kepada | tới | đến | oan | la | për | destinataire |
destinatario | destinatari | destinatário | ontvanger | empfänger | mottagare | 收件人 | 收件者 | 宛先 |
받는 사람 | 받는사람 | إلى | אל | به | ถึง | pour | naar | per | nori | odbiorca | получатель
""",
    COPY: """
cc | kopie | kopio | kopia | kopi | copie | copia | cópia | копия | копія | копие | afrit | kopija | dw | kp |
bcc | cci | cco | blindkopie | másolat | bilgi | 抄送 | 副本 | 密送 | 참조 | نسخة | עותק | κοιν | κοιν. |
kópia | рассылка | با رونوشت | สำเนา | kopya | c.c. | a/c
""",
    SUBJECT: """
subject | betreff | objet | asunto | assunto | oggetto | onderwerp | emne | ämne | aihe | předmět | predmet |
temat | тема | θέμα | tárgy | konu | tema | temats | teema | subiect | perihal | subjek | chủ đề | tiêu đề |
assumpte | underwerp | gaia | efni | viðfangsefni | zadeva | 主题 | 主旨 | 标题 | 件名 | 제목 | الموضوع | נושא |
موضوع | เรื่อง | titre | sujet | re | betr. | pwnc | subjekt | danvez | temo
""",
    OTHER: """
reply-to | reply to | antwort an | antwort | risposta | rispondi a | répondre à | responder a | responder para |
antwoord aan | svar til | odpowiedz do | importance | wichtigkeit | priorität | priority | importancia |
attachments | anlagen | anhänge | pièces jointes | archivos adjuntos | allegati | bijlagen | vedhæftede filer |
bilagor | liitteet | załączniki | вложения | 附件 | 添付ファイル | organization | organisation | mailing list |
resent-from | via | sender | message-id | return-path | in-reply-to | x-mailer
""",
}
LABELS = {label: kind for kind, labels in _LABELS.items() for label in listed(labels)}

MARKERS = frozenset(
    listed("""
original message | original email | original mail | original text | forwarded message | forwarded mail |
forwarded email | forwarded by | reply message | replied message | begin forwarded message | forwarded letter |
message transféré | message d'origine | message original | message initial | courriel original |
courriel initial | mail original | mail d'origine | début du message réexpédié | début du message transféré |
message réexpédié | ursprüngliche nachricht | originalnachricht | original-nachricht | urspr. nachricht |
original-message | ursprüngliche mail | ursprüngliche e-mail | weitergeleitete nachricht |
weitergeleitete mail | anfang der weitergeleiteten nachricht | anfang der weitergeleiteten e-mail |
beginn der weitergeleiteten nachricht | mensaje original | mensaje reenviado | correo original |
inicio del mensaje reenviado | mensagem original | mensagem encaminhada | mensagem reencaminhada |
início da mensagem encaminhada | inicio da mensagem encaminhada | messaggio originale | messaggio inoltrato |
inizio messaggio inoltrato | messaggio originario | oorspronkelijk bericht | oorspronkelijke bericht |
origineel bericht | doorgestuurd bericht | begin doorgestuurd bericht | orgineel bericht |
oprindelig meddelelse | original meddelelse | original besked | oprindelig besked | videresendt besked |
videresendt meddelelse | start på videresendt besked | opprinnelig melding | original melding |
opphavleg melding | videresendt melding | start på videresendt melding | ursprungligt meddelande |
originalmeddelande | vidarebefordrat meddelande | vidarebefordrat brev | alkuperäinen viesti |
välitetty viesti | edelleenlähetetty viesti | původní zpráva | původní e-mail | přeposlaná zpráva |
pôvodná správa | preposlaná správa | wiadomość oryginalna | oryginalna wiadomość | wiadomość przekazana |
przekazana wiadomość | wiadomość napisana | исходное сообщение | оригинальное сообщение |
пересылаемое сообщение | пересланное сообщение | начало переадресованного сообщения |
начало пересылаемого сообщения | конец пересылаемого сообщения | оригінальне повідомлення |
початкове повідомлення | переслане повідомлення | оригинално писмо | оригинално съобщение |
препратено съобщение | оригинална порука | originalna poruka | izvorna poruka | proslijeđena poruka |
izvorno sporočilo | izvirno sporočilo | posredovano sporočilo | eredeti üzenet | továbbított üzenet |
özgün ileti | orijinal ileti | orijinal mesaj | iletilen mesaj | yönlendirilen mesaj | yönlendirilmiş ileti |
originalus laiškas | originalus tekstas | persiųstas laiškas | sākotnējā ziņa | sākotnējā vēstule | algne kiri |
esialgne kiri | edasi saadetud kiri | mesaj original | mesaj redirecționat | mesaj redirectat | αρχικό μήνυμα |
πρωτότυπο μήνυμα | προωθημένο μήνυμα | pesan asli | pesan orisinal | pesan terusan | thư gốc | tin nhắn gốc |
missatge original | missatge reenviat | mensaxe orixinal | jatorrizko mezua | upprunaleg skilaboð |
oarspronklik berjocht | 原始邮件 | 原始郵件 | 原始消息 | 邮件原件 | 转发的邮件 | 转发邮件 | 轉寄郵件 |
转发邮件信息 | 元のメッセージ | 元メール | 転送されたメッセージ | 転送メッセージ | 원본 메시지 | 원본 메일 |
전달된 메시지 | 전달된 메일 | الرسالة الأصلية | رسالة معاد توجيهها | הודעה מקורית | הודעה שהועברה | پیام اصلی |
ข้อความเดิม | ข้อความต้นฉบับ | antworten ursprüngliche nachricht | weitergeleitete e-mail |
please reply above this line | reply above this line | write above this line to reply |
please type your reply above this line | type your response above this line | reply above this line to respond |
do not write below this line | please write above this line | bitte antworten sie oberhalb dieser zeile |
bitte oberhalb dieser zeile antworten | merci de répondre au-dessus de cette ligne |
répondez au-dessus de cette ligne | por favor, responda por encima de esta línea
""")
)
