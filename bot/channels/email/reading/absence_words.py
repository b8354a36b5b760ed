"""How answering machines speak of an absence, in English, German, French, Spanish, Italian, Portuguese and Dutch."""

from bot.channels.email.reading.phrases import phrases

ABSENT = phrases("""
    out of the office | out of office | out-of-office | away from the office | away from my desk | away from work
    not in the office | out of the library | away from the library | on vacation | on annual leave | on leave
    on holiday | on maternity leave | on parental leave | on medical leave | on sabbatical | currently away
    i am away | i'm away | i will be away | i'll be away | will be out_ | currently out_ | am traveling
    am travelling | office is closed | library is closed | away until | out until | im urlaub | nicht im büro
    nicht im haus | nicht am arbeitsplatz | außer haus | ausser haus | abwesend | abwesenheit | in elternzeit
    nicht erreichbar | absent | absente | en congé | en vacances | absence du bureau | hors du bureau
    pas au bureau | en déplacement | fuera de la oficina | fuera de oficina | de vacaciones | ausente
    no estaré en la oficina | no me encuentro en la oficina | estoy de baja | fuori ufficio | fuori sede | in ferie
    in vacanza | assente | non sono in ufficio | non sarò in ufficio | fora do escritório | de férias | em férias
    não estou no escritório | não estarei no escritório | afwezig | niet op kantoor | niet aanwezig | op vakantie
    met vakantie | met verlof | buiten kantoor
""")

ROBOT = phrases("""
    this is an automatic | this is an automated | this is an auto- | this message was generated automatically
    this message is automatically generated | automatically generated response | automatic reply
    automatic response | automated reply | automated response | auto-reply | autoreply | dies ist eine automatische
    dies ist eine automatisch | diese nachricht wurde automatisch | automatisch erstellt | automatisch generiert
    ceci est un message automatique | ceci est une réponse automatique | réponse automatique | message automatique
    respuesta automática | mensaje automático | risposta automatica | messaggio automatico | resposta automática
    mensagem automática | automatisch antwoord | automatisch bericht | automatisch gegenereerd
""")

THANKS = phrases("""
    thank you for your e | thank you for your message | thank you for your mail | thank you for contacting
    thank you for writing | thanks for your e | thanks for your message | thanks for contacting
    vielen dank für ihre | vielen dank für deine | danke für ihre | danke für deine | besten dank für ihre
    merci pour votre | merci de votre | je vous remercie de votre | je vous remercie pour votre | gracias por su
    gracias por tu | he recibido su | grazie per il | grazie per la | grazie della | obrigado pel | obrigada pel
    obrigado por | obrigada por | agradeço o seu | agradeço a sua | bedankt voor uw | bedankt voor je | dank voor uw
    hartelijk dank voor
""")

NO_ACCESS = phrases("""
    limited access | no access to | not have access | intermittent access | without access | not be checking
    not checking e | not be reading | will not be monitored | nicht gelesen | nicht weitergeleitet | keinen zugriff
    eingeschränkt | keine e-mails | pas accès | n'aurai pas accès | accès limité | ne consulte pas | acceso limitado
    sin acceso | no tendré acceso | no tengo acceso | accesso limitato | non avrò accesso | non ho accesso
    non potrò leggere | acesso limitado | sem acesso | não terei acesso | beperkt toegang | geen toegang
    niet gelezen | lees ik geen
""")

ON_RETURN = phrases("""
    upon my return | on my return | after my return | when i return | when i get back | when i am back
    when i'm back | once i am back | once i return | as soon as possible | as soon as i can | will respond
    will reply | will answer | get back to you | will be back | will return | returning | nach meiner rückkehr
    nach meinem urlaub | wieder erreichbar | wieder im büro | wieder im haus | wieder da | nach rückkehr
    schnellstmöglich | so bald wie möglich | à mon retour | dès mon retour | de retour | dans les meilleurs délais
    a mi regreso | a mi vuelta | cuando regrese | cuando vuelva | lo antes posible | regreso el | regresaré
    al mio rientro | al mio ritorno | non appena possibile | appena possibile | rientrerò | tornerò
    no meu regresso | quando regressar | quando voltar | quando retornar | assim que possível | no meu retorno
    voltarei | regressarei | bij terugkomst | na mijn terugkomst | na mijn vakantie | bij mijn terugkeer
    zo spoedig mogelijk | zo snel mogelijk | weer aanwezig | weer bereikbaar | ben ik terug
""")

INSTEAD = phrases("""
    for immediate | for urgent | if urgent | if your matter is urgent | if this is urgent | if it is urgent
    if you need immediate | if you need assistance | if you require | in my absence | during my absence
    in case of emergency | in urgent | in dringenden | bei dringenden | wenden sie sich | meine vertretung
    en cas d'urgence | pour toute urgence | pendant mon absence | en mon absence | veuillez contacter
    vous pouvez contacter | en caso de urgencia | para asuntos urgentes | para cualquier urgencia | si es urgente
    durante mi ausencia | in caso di urgenza | per urgenze | per questioni urgenti | per comunicazioni urgenti
    durante la mia assenza | em caso de urgência | para assuntos urgentes | em caso de emergência
    durante a minha ausência | na minha ausência | voor dringende | bij dringende | in dringende
    tijdens mijn afwezigheid | bij spoed | in geval van nood
""")

GROUPS = (THANKS, NO_ACCESS, ON_RETURN, INSTEAD)
# Words of our own matters, and of asking: who uses them has read our mail.
OF_A_PERSON = phrases("""
    my application | my evidence | my answer | my review | my portfolio | my course | my fee | my payment
    my deadline | my assignment | my certif | my renewal | your reminder | the deadline | the assignment
    the application | the review | the evidence | the form | extension | extend | postpone | reschedule | attached
    attaching | i would like to | i'd like to | i accept | i decline | please move | please send me | please change
    please cancel | meine bewerbung | mein antrag | im anhang | anbei | ma candidature | mon dossier | ci-joint
    en pièce jointe | mi solicitud | adjunto | la mia domanda | in allegato | em anexo | minha candidatura
    bijgevoegd | in de bijlage | mijn aanvraag
""")
