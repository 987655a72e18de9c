"""The words by which people are told how to end a subscription, in many languages."""

# ruff: noqa: RUF001 - other alphabets have letters that look like Latin ones

import re
from typing import Final


def _any(*alternatives: str) -> re.Pattern[str]:
    return re.compile("|".join(alternatives), re.IGNORECASE)


UNSUBSCRIBE: Final = _any(
    r"un-?subscri(be|ption|bing)|opt[- ]?(ing[- ])?out\b",
    r"(stop|no longer|(don['\u2019]t|do not) (want|wish)) (to )?(receiv|get)\w{0,3}",
    r"remove (me|yourself|your (name|e-?mail|address))",
    r"\babmelde(n|link)\b|\babbestell|austragen\b|newsletter (beenden|k(ü|ue)ndigen)"
    r"|\babzumelden\b"
    r"|keine (weiteren )?(e-?mails|newsletter|nachrichten) mehr",
    r"d(é|e)s(abonn|inscri|inscrip)|se d(é|e)sinscrire|ne plus recevoir",
    r"darse de baja|\bdar de baja|darme de baja|cancelar (la |tu |su |mi )?(suscripci"
    r"|inscriç|assinatura|subscriç)|desuscribir|\bdesinscrever|dejar de recibir"
    r"|descadastr|remover (meu|seu) e-?mail|deixar de receber",
    r"disiscri|annulla(re)? (la tua |l['\u2019])?iscrizione|cancella(ti|rsi|re)"
    r" (dalla|l['\u2019]|la )|non (desideri|vuoi) (più )?ricevere",
    r"uitschrijven|afmelden|schrijf (je|u) uit",
    r"avsluta (din )?prenumeration|avprenumerera|avregistrera|avanmäl",
    r"afmeld|frameld|avmeld|meld (deg|dig) (av|fra)|avslutt abonnement",
    r"peruuta (uutiskirjeen )?tilaus|peru (uutiskirje|tilaus)|lopeta tilaus",
    r"wypisz|wypisać|zrezygnuj|rezygnacj|anuluj subskrypcj|zrezygnować",
    r"odhl(á|a)sit|odhl(á|a)senie|odhlásenie|zrušit (odběr|odebírání)|odhlaste",
    r"leiratkoz|feliratkozás (törlése|megszüntetése)",
    r"dezabona|anulați abonamentul|odjav",
    r"abonelikten (çık|ayrıl)|aboneliğ\w{1,5} (iptal|sonlandır)|listeden çık",
    r"отпис(ат|ы|к|ш)|отказаться от (рассылки|подписки)|откажитесь от рассылки",
    r"відпис(ат|а|у)|відмовитися від розсилки|отпиши|отписване",
    r"διαγραφή από|απεγγραφή|κατάργηση εγγραφής",
    r"להסרה|הסרה מ|ביטול (ה)?(מנוי|הרשמה)",
    r"إلغاء (ال)?اشتراك|الغاء الاشتراك|لغو (اشتراک|عضویت)",
    r"सदस्यता (समाप्त|रद्द|छोड़)|ยกเลิก(การ)?(สมัคร|รับ|ติดตาม)|hủy đăng ký|ngừng nhận",
    r"berhenti berlangganan|nyahlanggan",
    r"退订|退訂|取消订阅|取消訂閱|取消訂閲|退閱",
    r"配信(停止|解除|中止)|購読(解除|停止|中止)|登録解除|メルマガ(解除|停止)|退会",
    r"수신\s?거부|구독\s?(취소|해지|해제)",
)

IN_ADDRESS: Final = _any(
    r"un-?subscri|un_subscri|\bunsub\b|[/=?&._-]unsub(?![a-z])|opt[-_]?out|optout",
    r"abmelde|abbestell|austragen|desabonn|desinscri|d%C3%A9sinscri|darse-?de-?baja",
    r"cancelar-?suscrip|descadastr|disiscri|uitschrijv|afmelden|avprenumer|wypisz",
    r"odhlasit|abonelikten|otpis|leiratkoz|dezabon|list-?remove|remove-?me\b",
)
"""In the target of a link."""

HERE: Final = _any(
    r"^\W{0,5}((please )?(click|tap|press|go) )?(on )?(here|this link|this|link|below)"
    r"\W{0,5}$",
    r"^\W{0,5}((bitte )?klicken sie )?(hier|diesen link|ici|(cliquez|clique) (ici|aqui)"
    r"|cliquer ici|aqu(í|i)|(haga |haz )?clic(k)? aqu(í|i)|este enlace|ce lien|qui"
    r"|clicca(re)? qui|questo link|hier( klikken)?|klik hier|klicka här|här|her"
    r"|klik her|klikk her|tästä|tutaj|kliknij( tutaj)?"
    r"|zde|klikněte (sem|zde)|sem|tu|kattintson"
    r"(on)? ide|ide|itt|aici|buraya( tıklayın)?|tıklayın|здесь|сюда|по ссылке"
    r"|(нажмите|кликните) (здесь|сюда)|тут|εδώ|כאן|هنا|اینجا|यहाँ|ที่นี่|đây|tại đây"
    r"|di sini|这里|此处|這裡|此處|点击这里|點擊這裡|こちら|ここ|여기)\W{0,5}$",
)
"""What says nothing of its own; the words around it count."""
