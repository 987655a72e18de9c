"""
The words by which reports tell failures from delays, in the languages of their writers.

Every table holds alternatives of one pattern that is searched in text of lower case;
a new language is one more line. No alternative has an unbounded repeat.
"""

import re
from typing import Final


def _any(*alternatives: str) -> re.Pattern[str]:
    return re.compile("|".join(alternatives))


DELAY: Final = _any(
    r"(not|n't) need to (resend|retry)",
    r"(will|shall) (continue|keep|still) ?(to |on )?(be )?(try|retr|attempt|deliver)",
    r"will be retried",
    r"attempts? (to deliver .{1,40} )?will (continue|be (repeated|made))",
    r"(not|n't) (yet )?been delivered (yet|to all its recipients after)",
    r"has not yet been|(not|n't) yet (been )?(deliver|receiv)",
    r"(only )?a (warning|notification about a delay)",
    r"(is|been|was|be|message|mail|delivery) (temporarily )?"
    r"(delayed|postponed|deferred)",
    r"delivery delay|delayed mail|\(delay\)|delayed \(|still being retried",
    r"(could|can)( not|not|n't) (send|deliver) ((your )?message )?for (the )?past",
    r"transient non-fatal errors|no action is required on your part",
    r"still (trying|in the queue|queued)|advisory-only",
    r"verz(ö|oe)ger|wird weiterhin versucht|zustellversuche werden fortgesetzt",
    r"retard(é|e) dans|est retard|a (é|e)t(é|e) retard|remise diff(é|e)r",
    r"retras(o|ad)|demorad|se sigue intentando|continuar(á|a) intentando",
    r"in ritardo|ritardat|consegna ritard",
    r"atrasad|atraso na entrega",
    r"vertraag|försenad|fördröjd|forsinke|viivästy|opóźnion|zpožd|késleltet",
    r"задерж|отложен|gecik",
    r"temporary (problem|failure|error) (in )?(deliver|send)|(deliver|zustell|remise) "
    r"(delayed|verz|diff)|will be retried|for (up to )?\d{1,3} more (hour|day)",
    r"adiad[ao]|uitgesteld|försena|utsatt|forsinket|késik|καθυστερ|întârzi|kasni",
    r"מתעכב|עיכוב|تأخر|تأخير|затрим|забав|bị (trì )?hoãn|ล่าช้า|tertunda",
    r"遅延|遅れて|再送を試み|延迟|延遲|지연",
)

FINAL: Final = _any(
    r"permanent (error|failure|problem|fatal)|failed permanently|permanently fail",
    r"(i've|have|has) given up|giving up|gave up|(not|n't) (going to )?(re)?try again",
    r"(will|can)( not|not) be (re)?tried|will be deleted",
)
"""Nobody says so of a delay."""

SUCCESS: Final = _any(
    r"(was|were|been|is) (successfully|relayed|forwarded) ?(delivered|to)?",
    r"success(ful)?(ly)? deliver|successful mail delivery|had success",
    r"status notification \((success|relay)|delivery report \(success",
    r"erfolgreich (zugestellt|übermittelt)|zugestellt worden",
    r"(remis|livré) avec succès|entregado correctamente|consegnat\w correttamente",
    r"正常に配信|配信されました|成功",
)

REACHED: Final = _any(
    r"delivery to these recipients or groups is complete",
    r"(has|have) been (successfully )?(delivered|relayed) to the following",
    r"(was|were) successfully delivered to (the destination|these)",
    r"zustellung an (diese|folgende) empfänger oder gruppen (ist|wurde) abgeschlossen",
    r"remise à ces destinataires ou groupes est terminée",
    r"entrega a estos destinatarios o grupos se ha completado",
    r"受信者またはグループへの配信は完了しました|以下收件人或组的传递已完成",
)
"""Whole sentences that nobody writes of what failed."""

FAILURE: Final = _any(
    r"undeliver|undelivr|unzustellbar|undelivery|non-?deliver",
    r"(not|n't|unable to|never|cannot|failed to) ?(able to |be |been |get |have )?"
    r"(successfully )?(deliver|delivre|reach|sent|send|transfer|accept|process)",
    r"(fail|abort|reject|bounc|return|refus)(ed|ure|ing|s)?\b",
    r"(mail|delivery|message|system|processing|transmission|e-mail)( \w{1,9})? "
    r"(error|problem|fail)",
    r"(unknown|invalid|no such|illegal) (\w{1,12} )?"
    r"(user|recipient|address|mailbox|account|delivery)",
    r"(user|recipient|address|mailbox|account) (is )?(unknown|not|unavail|does|doesn)",
    r"delivery of (the|your) (e-?mail|message) (was|has been|is) (stopp|block)",
    r"(not|n't) (receive|accepted|a valid)|no longer|over ?quota|quota (exceed|viol)",
    r"(has|had) (a problem|delivery problems|encountered|permanent)",
    r"encountered (an error|delivery)|error (was|has|occurred)|had trouble",
    r"returned (mail|to sender|message)|delivery (status|report|notif)",
    r"nicht (zugestellt|zustell|ausgeliefert|übermittelt|gesendet|erreich|angenommen)",
    r"zustellung (fehlgeschlagen|gescheitert|der)|fehlgeschlagen|unzustellbar",
    r"(non|pas) (pu )?((ê|e)tre |(é|e)t(é|e) )?"
    r"(remis|d(é|e)livr|achemin|distribu|livr)",
    r"(é|e)chec|impossible de (remettre|d|l)|n'a pas (pu|abouti)|non remis",
    r"no (se )?(ha |pudo |puede |pudieron |pueden |fue )?(podido |sido |ser )?(entreg)",
    r"no se (ha |pudo |puede )?(podido )?(enviar|entregar)|error (de|al|en) (la )?en",
    r"imposible (de )?entreg|fallo|devuelto|devuelta|rechazad",
    r"(impossibile|non (è|e)|mancat).{0,40}(recapit|consegn|inoltr)|non recapit",
    r"n(ã|a)o (foi |p(ô|o)de |pode )?(possível |ser )?(entreg|envi)|falha|devolvid",
    r"niet (worden )?(bezorg|afgelever|verzond)|onbestelbaar|mislukt",
    r"(ej|inte|ikke|kunde inte|kan ikke|kunne ikke) (\w{1,9} )?"
    r"(lever|overf|afsend|sende)|olever|uleverbar|kan ikke",
    r"(ei|toimitt|epäonnistu).{0,30}(toimit|perille|epäonnistu)",
    r"nie (został|można|dostarcz|udało|mog)|niedostarcz|zwrócon|zwrot",
    r"nedoruč|nelze doruč|nebyl doruč|kézbesíthetetlen|nem (kézbes|sikerül)",
    r"не (был|мож|удал|дост|уда|удается|смог|получ)|недостав|ошибка|возврат",
    r"teslim edil(e)?me|iletilemedi|gönderilemedi|başarısız",  # noqa: RUF001 - Turkish has this letter
    r"配信(でき|不能|され(ません|なかった)|に失敗|エラー)|送信(でき|失敗|に失敗|エラー)",
    r"届(きません|けられ|かなかった|け(ること)?(が)?でき)|不明|エラー|返送|戻",
    r"退信|退回|无法|無法|未送达|未送達|失败|失敗|不存在",
    r"απέτυχε|αποτυχία|δεν (παραδόθηκε|ήταν δυνατ)|αδύνατη|μη παραδόσιμ",
    r"נכשלה|לא (נמסר|ניתן|הייתה)|فشل|تعذر|غير قابل|لم يتم",
    r"eșuat|nu a (putut|fost)|nelivrabil|nu s-a|mislyk|nezdařil|nepodař|nepodaril",
    r"nije (usp|mog|isporuč)|neisporuč|ni (uspel|bilo mog|mogoče)|nedostav",
    r"неуспешн|не (може|вдал|вдає|є|достав)|помилка|грешка|недоставим",
    r"không (thể|gửi|tồn)|thất bại|ไม่สามารถ|ล้มเหลว|gagal|tidak (dapat|ter|bisa)",
    r"nepavyko|neizdev|ebaõnnestu|nurjus|ekki (afhent|tókst|hægt)",
    r"전송.{0,10}(실패|못)|반송|배달.{0,10}(실패|못|않)|없는",
)

_SUBJECTS: Final = (
    r"undeliver|undelivr|unzustellbar|non-?deliver|(not|n't) (be )?deliver",
    (
        r"deliver[iy]\w{0,3} (status |system |subsystem )?(fail|notif|error|problem|"
        r"report|warning|status|delay|unsuc)"
    ),
    (
        r"(fail\w{0,4}|delayed|undelivered|returned|rejected|bounced) "
        r"(mail|message|deliver|e-mail|email)"
    ),
    r"failure (notice|notification|delivery)|returned to sender|returned mail",
    (
        r"(mail|message|email|e-mail)( system| delivery| transport)? "
        r"(error|fail|delayed|could not|undeliv|return)"
    ),
    r"has not yet been delivered|delivery has failed|delivery to .{1,90} fail",
    r"(unable|failed|could not|couldn't|cannot|can't) (to )?(be )?(deliver|send)",
    r"(message|mail|email) (that )?you sent (was |has been |is )?(block|reject|return)",
    r"error sending (a |your )?(message|mail)|^nd[nr]\s?:|deferral notice",
    r"could not be delivered|user unknown|unknown user|automatically rejected",
    r"message \S{1,60} delayed|returning (message|mail)|non remis|nicht zustell",
    r"fehlgeschlag|zustellung (nicht|gescheit)|zustellfehler|nachricht.{0,40}nicht",
    r"no se (ha |puede|pudo)|mancat|impossib|falha|onbestel|mislukt|olever",
    r"non recapit|kan (inte|ikke) levere|kunne ikke levere|ei voi toimittaa",
    r"niedostarcz|nie dostarczono|zwrot wiadomo|teslim edilemedi|nelivrabil",
    r"nedostav|tidak terkirim|n'a (pas )?pu etre",
)
_SUBJECTS_BEYOND_ASCII: Final = (
    r"échec|non délivr|remise différée|n'a (pas )?pu être|retour à l'expéditeur",
    r"zustellung verzögert|non è possibile recapit|não (é possível |foi )?entreg",
    r"nie można dostarczyć|nedoruč|nebyla doruč|kézbesíthetetlen|neisporuč",
    r"ni bilo mogoče|không thể gửi|μη παραδόσιμ|غير قابل للتسليم|לא ניתן למסירה",
    r"недостав|не доставлен|не удалось доставить|не вдалося доставити|недоставим",
    r"配信不能|配信エラー|配信遅延|送信エラー|失敗通知|退信|退回|未送达",
    r"無法[傳投]遞|无法投递|반송|배달되지|전송.{0,6}못",
    r"nije isporuč",
)
SUBJECT: Final = _any(*_SUBJECTS, *_SUBJECTS_BEYOND_ASCII)
SUBJECT_ASCII: Final = _any(*_SUBJECTS)
"""The same for subjects that are ASCII, as most are: every message is asked."""

SENDER: Final = _any(
    r"mailer[-_ .]?daemon|post[-_ ]?m(a|e)(i)?st(e)?r\b|mdaemon|\bpostmaster",
    r"(mail|message|e-mail|email)[- .]?(delivery|deliver|system|transport|router|"
    r"subsystem|administrator|server|gateway|daemon|error|robot)",
    r"delivery[- .]?(sub|system|service|notif|status|fail|report)",
    r"system (administrator|attendant)|mail ?admin|mailadm|daemon@|no-?response",
    r"microsoft ?exchange|microsoftexchange|internet mail|smtp gateway|mailer@",
    r"bounce|jetmail|interscan|imss@|mailsweeper|mailmarshal|lsmtp|listserv@",
)

CHALLENGE: Final = _any(
    r"(please |must |need to )?(confirm|verify|validate) (that )?(your|you|this) "
    r"(message|email|e-mail|mail|identity|sent|are)",
    r"challenge[-/ ]response|click (here |on )?.{0,30}to (release|deliver|be added)",
    r"(approved|allowed|white) ?(sender|list)s? list|awaiting (your )?(confirm|verif)",
    r"reply to this (message|e-?mail) (to|and|with|without)",
    r"\btmda\b|spam ?arrest|boxbe|waiting list|human verification",
)

CONTACT: Final = _any(
    r"contact|assist|\bhelp|support|question|further|administrator|please (send|mail|"
    r"e-?mail|write|forward|reply)|if you (feel|believe|think)|complain|webmaster|"
    r"information about",
    r"kontakt|wenden|rückfragen|hilfe|contacte|assistance|póngase|ayuda|contatt",
    r"問い合わせ|連絡|обратит|свяжит|联系|聯絡",
)

ADVICE: Final = _any(
    r"\b(try|trying|instead|e\.g\.|for example|such as|or equivalent|unsubscribe)\b",
    r"z\. ?b\.|par exemple|por ejemplo|per esempio|例えば|例如",
)
"""The address in this sentence is somebody else's."""

TOWARDS: Final = _any(
    r"\b(to|for|user|mailbox|address|recipient|account|addressed|delivering|of|group|"
    r"customer|alias|an|für|nach|empfänger|à|pour|destinataire|para|a|al|destinatario|"
    r"usuario|per|utente|voor|aan|till|til|do|для|получател\w|адрес\w?)"
    r"[\s,:\"'<(\[]{0,9}$",
    r"dda:$",
    r"(宛先|受信者|アドレス|收件人|地址|用户)[\s,:：\"'<(\[]{0,9}$",  # noqa: RUF001
)
"""Just before an address: it is whom the mail was for."""

OUTGOING: Final = _any(
    r"(\b(from|by|sender|von|absender|remitente|mittente|remetente|van|afzender|"
    r"expéditeur|de la part de|отправител\w{1,3}|от|od|"
    r"reply[- ]to|mailto|message-id|in-reply-to|references|bcc?|via|"
    r"mail from|originator|author|return-path|contact|postmaster)|"
    r"发件人|寄件者|差出人|送信者)"
    r"[\s:=<(\[\"'*]{0,9}$",
)
"""Just before an address: it is whose mail it was, or who can help."""

FOR_RECIPIENT: Final = _any(
    r"recipient|address|user|account|mailbox|attempts|destination|error-for|rcpt",
    r"undeliver|failed|failure|unable|deliver|affected|unknown|invalid|unreachable",
    r"for|member|empfänger|adress|destinat|dest\.|ontvanger|mottagare|modtager",
    r"odbiorc|příjemc|címzett|получател|адрес|al.c.\b|宛先|受信者|收件|收信|받는|수신",
    r"vers|nicht zu|nach|an ",
)
"""In a label: what follows is whom the mail was for."""

LISTING: Final = _any(
    r"following|recipient|address|empfänger|destinat|ontvanger|mottagare|получател",
    r"宛先|收件|deliver|reach",
)

MAIL: Final = _any(
    r"\b(e-?mails?|mails?|messages?|mailbox|smtp|nachricht|mensaje|correo|"
    r"messaggio|mensagem|bericht|geadresseerde|meddelande|mottagare|besked|modtager|"
    r"melding|viesti|vastaanottaj|wiadomoś|adresat|zpráv|příjemc|üzenet|címzett|mesaj|"
    r"iletiniz|destinataire|destinatari|empfänger|mottaker)",
    r"сообщен|письм|получател|повідомлен|メール|メッセージ|受信者|邮件|郵件|收件|메일|메시지|받는",
    r"μήνυμα|παραλήπτ|הודע|נמען|נמענים|رسالة|المستلم|poruk|sporoč|thư|จดหมาย|surel|pesan",
)
"""What failed to be delivered was mail."""

COPY: Final = _any(
    r"copy of (the |your |this |that )?((\w{1,12} ){0,4})(message|mail|e-mail|header)",
    r"(original|returned|unsent|your|source|rejected|undelivered|bounced|failed|sent|"
    r"offending|problem|received|attached|forwarded) (mail |e-mail |email )?"
    r"(message|mail|e-mail|text|header|contents?)s?( headers?| text| body| details| "
    r"content| follow| begin| attach| start| below| return| is |:|,|-| =).{0,60}$",
    r"^\W{0,60}(\w{1,12} ){0,3}(original|returned|unsent|source|attached) "
    r"(message|mail|e-mail|text|headers?)\W{0,60}$",
    r"(message|mail|e-mail|email)('s)? (headers?|body|text|contents?|details) "
    r"(follow|attach|below|is|are|begin|of)",
    r"(message|mail|headers?|lines?|contents?) (of .{1,40} )?follows?\b",
    r"(first|top) (\d{1,5} )?(lines?|part|bytes?|kb?) ",
    r"ursprüngliche nachricht(?!endetails)|originalnachricht",
    r"message d'origine",
    r"message original|mensaje original|messaggio originale|mensagem original",
    r"oorspronkelijk bericht|ursprungligt meddelande|oryginaln|исходно\w{1,4} сообщ",
    r"forwarded message|below this line|returned mail follows|kopie (der|ihrer|uw)",
    r"copie (de|du)|copia (del|di|da)|копия|元のメッセージ|メッセージの写し|元のメール",
    r"原始邮件|原始郵件|原邮件(?!信息)|원본|reads \(in part\)|message removed",
)
"""A line like this stands above what came back of the message itself."""

NOT_COPY: Final = _any(
    r"transcript|address|recipient|error|fatal|session|reason|could not|couldn't|"
    r"undeliver|not deliver|cannot|unable|did not|attempt|failed|following",
    r"\bbecause\b|returned to you\b|relates to",
    r"message details?\W{0,9}$|détails|detalles|dettagli|detalhes|詳細|详细|詳情",
)
"""... unless the line is about something else."""
