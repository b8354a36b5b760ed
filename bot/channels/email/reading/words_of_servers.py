"""The words in which mail servers refuse a mail, by what they mean for the address."""

from bot.channels.email.reading.phrases import phrases

# The server had not yet heard for whom the mail is, so its answer says nothing of the address.
BEFORE_THE_ADDRESS = phrases("""
    in reply to mail from | in reply to helo | in reply to ehlo | after mail from | after initial connection
    after helo | after ehlo | [mail_from] | refused to talk to me | sender was rejected
""")
# The server had taken the address and refused after seeing the text: a filter's word, whatever it says.
AFTER_THE_TEXT = phrases("""
    in reply to end of data | after end of data | smtp command data | for text command
""")
# About the sender, the network or the day.
NOT_THE_ADDRESS = phrases("""
    sender address | sender's | sender rejected | sender denied | sender domain | sender unknown | unknown sender
    invalid sender | bad sender | sender verif | sender callout | envelope sender | domain of sender | return path
    your domain | sending domain | from address | sender not_ | > sender_ | spf_ | dmarc | too many | rate limit
    frequency limit | sent to too many | temporarily | try again later | try later | host not found, try again
    you may not have permission | not permitted to | relaying | relay access | open relay | relay through
    reverse dns | rdns | ptr record | helo | virus | spam classification | unable to relay | do not relay
    verification failed for < | mail from domain | mail from must | google groups
""")
NO_ROOM = phrases("""
    mailbox full | mailbox is full | mail box full | mailbox has exceeded | mailbox exceed | over quota | overquota
    quota exceed | exceeded quota | exceeded its quota | exceeded the local limit | quota | insufficient storage
    insufficient disk | not enough disk | not enough space | out of storage | disk full | storage limit
    inbox is full | account is full | too large | too big | size limit | exceeds size | maximum message size
    message size exceeds | message length exceeds | exceeds allowed size | line limit
""")
NO_SUCH_ADDRESS = phrases("""
    user unknown | unknown user | unknown recipient | recipient unknown | unknown address | unknown mailbox
    unknown account | unknown or illegal | unknown local part | unknown local-part | unknown to address
    no local mailbox | doesn't have a | does not have a | user name is unknown | addressee unknown | unknown rcpt
    is not a mailbox | has no mailbox | by that name | invalid final delivery user | unknown e-mail address
    unknown email address | mailbox unknown | address unknown | account unknown
    no such user | no such person | no such recipient | no such mailbox | no such address | no such account
    no such local user | no such email | no such alias | no mailbox | no user_ | no account | no valid recipient
    no recipient found | not a valid recipient | not a valid mailbox | not a valid user | not a known user
    not a registered gateway user | not our customer | not a local user | user not local | user not exist
    user not found | recipient not found | mailbox not found | address not found | account not found | not listed in
    recipnotfound | recipient is not recognized | name is not recognized | not recognized | not recognised
    does not exist | doesn't exist | do not exist | don't exist | not exist | nonexistent | non-existent
    no longer exist | account or domain may not exist | invalid recipient | invalid mailbox | invalid address
    invalid user | invalid email | recipient invalid | recipient is invalid | bad destination mailbox
    bad recipient | mailbox unavailable | address couldn't be found | you entered couldn't be found
    wasn't found at | could not be found | undefined mail | destinataire inconnu | destinataire invalide
    adresse inconnue | adresse invalide | est introuvable | n'existe pas | nicht gefunden | unbekannter empf
    empfänger unbekannt | existiert nicht | existieren nicht | no existe | no se encontr | usuario desconocido
    destinatario desconocido | non esiste | utente sconosciuto | destinatario sconosciuto | não existe
    não encontrad | usuário desconhecido | bestaat niet | niet gevonden | onbekende gebruiker | не существует
    несуществующ | не найден | 見つかりません | 存在しません | リストにありません | 该用户不存在 | 用户不存在
""")
NO_SUCH_HOST = phrases("""
    host unknown | unknown host | unknown domain | domain unknown | host not found | domain not found
    domain name not found | domain lookup failed | no such domain | no such host | find any host
    find a mail exchanger | find mail exchanger | no mail exchanger | no mail hosts for domain | no mx record
    no relevant answers | unrouteable | unroutable | nxdomain | illegal host | illegal domain | invalid domain
    bad destination system | bad destination host | name or service not known | domain couldn't be found
    couldn't find the domain | domain mentioned in email address is unknown | bad host name
""")
TAKES_NO_MAIL = phrases("""
    has moved | user moved | account moved | address has changed | no longer on server | no longer at_
    has been replaced by | indicated no smtp service | host does not accept | no longer valid | no longer with_
    no longer in use | no longer works | no longer employed | null mx | nullmx
    does not accept mail | doesn't accept mail | does not accept email | doesn't receive email
    does not receive mail | does not receive email | smtp service disabled | smtp protocol service has been disabled
""")
FOR_GOOD = NO_SUCH_ADDRESS + NO_SUCH_HOST + TAKES_NO_MAIL
