"""What several rules say: the words for a recipient, and for one that is gone."""

from typing import Final

WHO: Final = (
    r"(user|recipient|address|addressee|mail-?box|mail box|account|alias|inbox|"
    r"e-?mail|destinataire|destinatario|empf(ae|a)nger|postfach|boite|casella|buzon|"
    r"konto|skrzynka|usuario|utente|utilisateur|uzytkownik|caixa postal|ящик)"
)
IS: Final = r"(is|was|has been|have been|ist|est|esta|e)"
WORD: Final = r"([^ ]{1,20} )?"
GONE: Final = (
    r"(disab|inacti|cancell?ed|decommission|suspen|closed|deacti|expired|terminat|"
    r"locked|frozen|discontinued|"
    r"hibernat|"
    r"retired|archived|abandoned|dormant|deleted|not active|not activated|gesperrt|"
    r"deaktiv|desacti|desativ|disattiv|disabil|deshabil|zablok|geblok|archivee|"
    r"on hold|put to sleep|deprovision|lapsed|wylacz|ferme|заблок|отключ|suspis)"
)
SURE: Final = (
    r"user unknown|unknown user|no such (user|recipient|mailbox|address)|"
    r"(user|recipient|mailbox|account|address) ([^ ]{1,20} )?(does not|doesn't|unknown|"
    r"not found|not known)|user not (?!ready|allow|auth|permit|accept|able)|"
    r"no mail-?box|does not exist|recipient ?not ?found|"
    r"unknown or illegal|no user record"
)
LATER: Final = (
    r"\btemporar(y|il)|(locked|busy).{0,9}try again|\bdeferred:|(try|retry|back|"
    r"again) later|later (again|time)|"
    r"blocked for the (day|hour)|again tomorrow|plus tard|"
    r"voruberg|spater|mas tarde|mais tarde|piu tardi|later opnieuw|tijdelijk|"
    r"pozniej|tymczasow|позже|временно|pozdeji|docasn|senare|senere|tillfallig|"
    r"provisoire|momentane|"
    r"\btempora(ire|l\b|lment|ne[oa]|ri[oa]|r\b)|midlertidig|chwilowo|przejsciow|"
    r"tilapai|myohemmin|atmeneti|kesobb|gecici|daha sonra|sementara|lagi nanti|"
    r"tam thoi|privremen|kasnije|тимчасов|пізніше|по-късно|προσωριν|αργοτερα|"
    r"זמני|מאוחר יותר|مؤقت|لاحقا|ชั่วคราว|ภายหลัง|\bwak(e|ing) up|"
    r"稍后|稍後|暂时|暫時|一時的|後ほど|나중에|일시적"
)
"""Words by which a refusal says that it may not last."""
