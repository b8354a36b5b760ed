"""The words by which a report of a failed delivery is known, and those that part it from the mail it returns."""

from bot.channels.email.reading.phrases import phrases

# Names that mail servers give themselves.
DAEMON_NAMES = phrases("""
    mail delivery system | mail delivery subsystem | mail deliver system | mail delivery service
    mail delivery agent | mailer-daemon | mailer daemon | internet mail delivery | pmdf e-mail interconnect
""")
# Behind these there may be a person.
OFFICE_NAMES = phrases("""
    system administrator | systemadministrator | content-filter | administrateur syst | interscan
""")
# Said of deliveries only.
SUBJECTS = phrases("""
    undeliver | non-deliver | nondeliver | not delivered | not deliverable | not be delivered | returned mail
    returned to sender | returning message to sender | return to sender | mail delivery fail | mail delivery error
    mail delivery problem | mail delivery status | mail delivery warning | mail delivery deferred | delivery status
    delivery fail | delivery has failed | delivery notification | delivery report | delivery delayed
    delivery incomplete | delivery problem | delivery error | failed delivery | permanent delivery | message delivery
    failure notice | failure delivery | mail failure | mail failed | mail system error | email delivery
    error sending your mail | could not send m | cannot send message | warning: could not | warning: message
    delayed mail | postmaster notify | loop alert | [bounce] | blocked by our bulk email filter | unzustellbar
    nicht zugestellt | zustellung fehlgeschlagen | zustellungsfehler | non remis | échec de la remise
    échec de la distribution | non distribu | no se puede entregar | no se ha podido entregar | no entregado
    no entregable | correo devuelto | error de entrega | mancato recapito | non recapitabile | impossibile recapit
    não entregue | não é possível entregar | falha na entrega | onbestelbaar | niet bezorgd | недоставлен
    не доставлен | エラーメール | 配信できません | 配送できません | 送信できません | 配信不能 | 退信
""")
# Said by people, too: they count only from a sender who is surely no person.
DOUBTFUL_SUBJECTS = phrases("""
    bounce | rejected | message status | mail error | message you sent blocked | zustell | remise | retourné | échec
    devuelto | エラー | 配信 | 送信 | mail system | warning | problem with your
""")
PHRASES = phrases("""
    not be delivered | n't be delivered | cannot be delivered | was not delivered | wasn't delivered
    not been delivered | not delivered | not deliver | not relayed | unable to deliver | not able to deliver
    able to deliver your message | wasn't able to deliver | were unable to deliver | not able to be | did not reach
    undeliverable | delivery has failed | delivery failed | delivery to the following | delivery status notification
    delivery error | delivery problem | error delivering | trouble delivering | problem delivering
    attempting to deliver | attempt to deliver | trying to deliver | could not be sent | could not send
    could not deliver | fatal errors | permanent error | failed permanently | permanent fatal
    transcript of session | failure reasons | rejected your message | was blocked by | mailbox is full
    mailbox exceeds | mailbox full | is delayed | has been delayed | still undelivered | rcpt to:< | rcpt to:_
    may not exist, or you may not have permission | no valid recipients | duplicated message-id
    incorrectly constructed | nicht zugestellt | nicht übermittelt | n'a pas pu être remis
    n'a pas pu être distribué | échec de la remise | no se pudo entregar | no se ha podido entregar
    no ha podido ser entregado | non è stato possibile recapitare | non è stato recapitato | não pôde ser entregue
    não foi possível entregar | niet worden bezorgd | kon niet worden afgeleverd | не может быть доставлено
    не было доставлено | 送信できません | 配信できません | 配送できません | 送信に失敗 | 配信に失敗
""")
# What stands above the returned mail.
RETURNED = phrases("""
    copy of the message | copy of your message | copy of the original | original message | original mail info
    original mail as follows | unsent message | returned message | header of the original | headers follow
    header follows | message header | ursprüngliche nachricht | message d'origine | mensaje original
    messaggio originale | исходное сообщение
""")
# What stands beside a recipient.
NAMED = phrases("""
    rcpt to | recipient | final-recipient | undeliverable to | delivered to | deliver to | deliver message to
    deliver mail to | deliver your message to | delivering your message to | delivering your mail to | delivery to
    addressed to | message to < | mailbox is full: | exceeds allowed size | following address
""")
