"""Whom words name and what they say of him, in the tongues that hosts speak."""

from typing import Final

ADDRESSEE: Final = (
    r"\b(user|recip|rcpt|addressee|mail-?box|mail box|inbox|account|alias|"
    r"e-?mail address|mail ?drop|local[- ]?part|destinataire|utilisateur|boite|compte|"
    r"adressat|adresse|benutzer|empfanger|postfach|konto|destin\b|destinatari|usuari|"
    r"buzon|casilla|cuenta|direccion|caixa|conta\b|endereco|utente|casella|indirizzo|"
    r"gebruiker|ontvanger|postbus|postvak|uzytkownik|odbiorc|skrzynk|adresat|"
    r"uzivatel|prijemce|schrank|mottag|mottak|anvandar|modtager|bruger|bruker|saaja|"
    r"vastaanottaj|kayttaj|alici\b|kullanici|felhasznalo|cimzett|postafiok|utilizator|"
    r"casuta|korisni|primatel|sanduci|pengguna|penerima|akun|nguoi (dung|nhan)|"
    r"hop thu)|"
    r"пользовател|ящик|адресат|получател|用户|用戶|收件人|邮箱|郵箱|信箱|账户|帐户|"
    r"账号|帐号|"
    r"ユーザ|アカウント|宛先|受信者|メールボックス|アドレス|사용자|수신자|메일함|계정|"
    r"주소|користувач|одержувач|скриньк|потребител|χρηστη|παραληπτ|διευθυνσ|"
    r"משתמש|נמען|תיבה|תיבת|المستخدم|المستلم|المتلقي|صندوق|ผู้ใช้|ผู้รับ|กล่อง"
)
"""Who should have the mail."""

SENDER_ABROAD: Final = (
    r"\b(absender|expediteur|emetteur|remitente|emisor|remetente|mittente|afzender|"
    r"nadawc|odesilatel|avsandar|avsender|afsender|gonderen|lahettaj|felado|"
    r"expeditor|posilja(telj|lac|oc)|pengirim|nguoi gui)|отправител|发件人|發件人|"
    r"发信人|送信者|差出人|발신자|보낸|"
    r"відправник|подател|αποστολε|שולח|المرسل(?! إليه)|ผู้ส่ง"
)
SENDER: Final = (
    r"\b(sender|originator|mail ?from|from (address|domain|header)|return[ -]?path)|"
    rf"{SENDER_ABROAD}"
)
"""Who sent it, as the message says."""

MACHINE: Final = (
    r"\b(ips?|hosts?|client|connections?|networks?|helo|ehlo|isp|mta|relay|proxy|"
    r"(your|sending|remote) (mail )?(server|system)|serveur|servidor|serwer)\b|"
    r"сервер|服务器|サーバ"
)
"""The machine it came from."""


NAMELESS: Final = (
    r"\bunknown|(\b(not|never|to)|n.t) (be )?(found|find|exist|known|valid|recogni|"
    r"listed|registered|ok\b|handle|locate|identif|present|(on|at|in) this (system|"
    r"server|"
    r"host))|\bno such|\bno one|non-?exist|"
    r"\binvalid|\billegal|\bwrong|\bbad\b|\bincorrect|unrecogni|unallocated|unrouta|"
    r"misspel|inconnu|introuvable|existe pas|n.existe|inexist|errone|unbekannt|"
    r"existiert nicht|nicht (gefunden|bekannt|vorhanden|existent)|ungultig|falsch|"
    r"\bkein(e|en)?\b|desconoc|no existe|no encontrad|no se encontr|\berrad|\berrat|"
    r"desconhec|nao existe|nao encontrad|sconosci|non esist|non trovat|inesist|"
    r"onbekend|bestaat niet|ongeldig|niet gevonden|nieznan|nie istn|nie ma\b|"
    r"nie znalez|neexist|neznam|nenalez|okand|finns inte|ukendt|ukjent|findes ikke|"
    r"bulunama|gecersiz|неизвестн|не существует|не найден|нет так|неверн|不存在|无效|"
    r"無效|未知|没有|找不到|存在し(ま|な)|見つか|不明|無効|없|존재하지|"
    r"ei (loydy|ole olemassa)|tuntema|nem (letez|talal)|ismeretlen|necunoscut|"
    r"nu exista|"
    r"ne postoji|nepoznat|nije pronad|tidak (ditemu|ada|dikenal|valid)|khong (ton|tim|"
    r"hop le)|не (знайден|існує)|невідом|няма так|непознат|несъществ|αγνωστ|"
    r"brak taki|non risulta|δεν (υπαρχ|βρεθ)|לא (קיים|נמצא|ידוע)|غير (موجود|معروف|"
    r"صالح)|لا يوجد|ไม่พบ|ไม่มี|"
    r"\b(no|nao|non) valid|no pertenece|nao pertence|n.appartient pas"
)
"""That nobody of that name is there."""

CLOSED: Final = (
    r"disabled|disactiv|cancell?ed|decommission|withdrawn|\binacti|suspen|\bclosed|"
    r"deactiv|\bexpired|terminat|\blocked|"
    r"frozen|discontinued|retired|archived|abandoned|dormant|deleted|removed|"
    r"no longer|not (currently |being ){0,2}(active|in use|accepted for)|"
    r"currently (not|disab)|"
    r"gesperrt|deaktiv|desactiv|desativ|disattiv|disabil|deshabil|stillgelegt|"
    r"geloscht|abgeschaltet|inaktiv|inattiv|inativ|supprime|resilie|ferme\b|"
    r"dad[oa] de baja|eliminad|caducad|expirad|scadut|cancellat|chius[oa]|sospes|"
    r"bloccat|bloquead|bloque\b|opgeheven|geblokk|nieaktyw|zablok|usuniet|zrusen|"
    r"wylacz|on hold|put to sleep|deprovision|lapsed|letilt|dezactiv|deaktiv|poistettu|"
    r"suljettu|dinonaktif|відключ|видален|деактив|απενεργ|מושבת|معطل|ถูกปิด|"
    r"неактив|удален|отключ|заблок|停用|禁用|未开通|冻结|凍結|注销|停止|휴면|정지|탈퇴|encerrad|锁定|鎖定"
)
"""That somebody was there once, or is not let in."""

DENIED: Final = (
    r"reject|refus|\bden(y|ied|ies)\b|\bblock|\bbanned|blacklist|black-?listed|"
    r"\bnot? (be )?(allow|permi|accept|authori|welcome|trust|want)|n.t (accept|want)|"
    r"no permi|"
    r"prohibit|forbid|restrict|disallow|unaccept|filtered|\bblack\b|barred|"
    r"abgelehnt|abgewiesen|zuruckgewiesen|verweigert|gesperrt|"
    r"nicht (erlaubt|zugelassen|gestattet|akzeptiert)|rejet|bloque|interdit|"
    r"non autoris|rechaz|denegad|no (se )?(permit|autoriz|acept)|rejeit|recus|"
    r"negad|nao (permitid|autorizad|aceit)|rifiutat|respint|negat|bloccat|"
    r"non (consentit|autorizzat|permess|accettat)|geweigerd|niet toegestaan|"
    r"odrzuc|zablok|zabron|niedozw|odmitnu|nepovol|zamitnu|avvisa|nekad|afvist|"
    r"отклонен|отказ|запрещ|заблок|не принят|拒绝|拒絕|拒收|禁止|屏蔽|拦截|拒否|거부|"
    r"차단|hylat|estetty|elutasit|visszautas|respins|refuzat|blocat|odbijen|blokir|"
    r"zabranjen|reddedil|engellen|ditolak|tu choi|bi chan|відхилен|заборон|отхвърл|"
    r"απορριφ|αποκλει|נדחה|נחסם|مرفوض|محظور|تم رفض|ปฏิเสธ"
)
"""That it is not wanted."""


def both(one: str, other: str, but_not: str = "") -> str:
    """A pattern for texts that have both in any order, and nothing of the third."""
    without = rf"(?!.{{0,300}}(?:{but_not}))" if but_not else ""
    return rf"^(?=.{{0,300}}(?:{one}))(?=.{{0,300}}(?:{other})){without}"
