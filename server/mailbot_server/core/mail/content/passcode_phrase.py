"""
The words around codes, in the languages of their senders; and what only looks like one.

Every table holds alternatives of one pattern; a new language is one more line. No
alternative has an unbounded repeat.
"""

# ruff: noqa: RUF001 - other alphabets have letters that look like Latin ones

import re
from typing import Final


def _any(*alternatives: str) -> re.Pattern[str]:
    return re.compile("|".join(alternatives), re.IGNORECASE)


STRONG: Final = _any(
    # English
    r"\b(verification|security|confirmation|authenticat(ion|or)|authori[sz]ation"
    r"|access|log-?in|sign[- ]?in|log[- ]in|activation|recovery|reset|validation"
    r"|one[- ]time|two[- ]factor|2fa|mfa|single[- ]use|temporary|secret|pairing"
    r"|invit(e|ation)|registration|device|user|unlock|backup|sign[- ]?up)"
    r"[- ](pass|pin|access |security |verification |log-?in |sign-?in )?"
    r"(code|number|key|token|pin|passcode|passphrase|digits)\b",
    r"\b(one[- ]time|temporary|single[- ]use)[- ](password|pass ?word|pass)\b",
    r"\b(otp|totp|otac|passcode|pass code|pincode|pin code|2fa code|mfa code)s?\b",
    r"\b(m|sms-?|push-?|chip-?)tan\b",
    # German
    r"(best(ä|ae)tigungs|verifi(zierungs|kations)|sicherheits|zugangs|anmelde|einmal"
    r"|aktivierungs|freischalt|authentifizierungs|login-?|pr(ü|ue)f|wiederherstellungs)"
    r"-?\s?(code|pin|nummer|schl(ü|ue)ssel|passwort|kennwort|tan)",
    r"\b(einmalige[nrs]?|tempor(ä|ae)re[nrs]?) (code|passwort|kennwort|pin)\b",
    # French
    r"\bcode (unique |temporaire )?(de |d['’]|à )(la |l['’])?(v(é|e)rification"
    r"|s(é|e)curit(é|e)|confirmation|acc(è|e)s|connexion|activation|validation"
    r"|authentification|usage unique)",
    r"\bmot de passe (à usage unique|temporaire|unique)",
    # Spanish, Portuguese, Italian
    r"\bc(ó|o)digo (único )?(de |temporal)(verificaci(ó|o)n|seguridad|confirmaci(ó|o)n"
    r"|acceso|activaci(ó|o)n|autenticaci(ó|o)n|inicio|un solo uso|validaci(ó|o)n)?",
    r"\b(contraseña|clave) (de un solo uso|temporal|din(á|a)mica|única)",
    r"\bc(ó|o)digo de (verificaç(ã|a)o|segurança|confirmaç(ã|a)o|acesso|ativaç(ã|a)o"
    r"|autenticaç(ã|a)o|uso único|login)",
    r"\bsenha (de uso único|tempor(á|a)ria|descart(á|a)vel)",
    r"\bcodice (di |d['’]|temporaneo|monouso|otp|usa e getta)(verifica|sicurezza"
    r"|conferma|accesso|attivazione|autenticazione|sblocco)?",
    r"\bpassword (monouso|temporanea|usa e getta)",
    # Dutch, Swedish, Danish, Norwegian, Finnish
    r"(verificatie|beveiligings|bevestigings|toegangs|inlog|activerings|eenmalige )"
    r"-?(code|pincode|wachtwoord)",
    r"(verifierings|verifikations|säkerhets|bekräftelse|engångs|aktiverings|inloggnings"
    r"|bekræftelses|sikkerheds|sikkerhets|bekreftelses|engangs|godkendelses|adgangs"
    r"|påloggings|autentiserings)-?(kode?n?|lösenord|passord|adgangskode)",
    r"(vahvistus|turva|todennus|varmennus|kertakäyttö|kirjautumis)-?"
    r"(koodi|salasana|tunnus)",
    # Polish, Czech, Slovak, Hungarian, Romanian, Croatian
    r"\bkod(u|em)? (weryfikacyjn|bezpieczeństwa|potwierdz|dostępu|logowania|aktywac"
    r"|jednorazow|autoryzac|uwierzytel)",
    r"\bhasło jednorazowe|jednorazow\w{1,4} (kod|hasł)",
    r"(ověřovací|bezpečnostní|potvrzovací|jednorázov\w{1,3}|overovací|bezpečnostný"
    r"|potvrdzovací|aktivační|přístupový|prihlasovací|přihlašovací) (kód|heslo)",
    r"(ellenőrző|biztonsági|megerősítő|hitelesítő|egyszer használatos|belépési)"
    r"(\s?kód|\s?jelsz(ó|ava))",
    r"\bcod(ul)? (dvs\.? )?(tău )?(de (verificare|securitate|confirmare|acces|activare"
    r"|autentificare)|unic)",
    r"(verifikacijski|sigurnosni|jednokratni|potvrdni) (kod|kôd|broj)",
    # Turkish
    r"(doğrulama|onay|güvenlik|giriş|aktivasyon|etkinleştirme|tek kullanımlık)"
    r" (kod|şifre|parola)",
    # Russian, Ukrainian, Bulgarian, Greek
    r"\bкод[а-яіїє]{0,3} (подтверж|безопасн|проверк|доступ|активац|авториз|вход|верифик"
    r"|підтвердж|безпек|доступу|активац|перевірк|вхід|потвърж|сигурност|верифик)",
    r"(проверочн|одноразов|провірочн|защитн|временн)[а-яіїє]{1,4}"
    r" (код|парол|пин)",
    r"κωδικ(ό|ο)(ς|ύ|υ)? (επαλήθευσης|ασφαλείας|επιβεβαίωσης|πρόσβασης|μίας χρήσης"
    r"|μιας χρήσης)",
    # Hebrew, Arabic, Persian, Hindi
    r"קוד (אימות|האימות|אבטחה|כניסה|חד[- ]פעמי|הגישה)|סיסמה חד[- ]פעמית",
    r"(رمز|كود|رقم) (ال)?(تحقق|التحقق|الأمان|التأكيد|تأكيد|المرور|الدخول|التفعيل"
    r"|تسجيل|أمان)",
    r"(کد|رمز) (تایید|تأیید|امنیتی|ورود|فعال|یکبار)",
    r"सत्यापन कोड|सुरक्षा कोड|ओटीपी|वन[- ]टाइम",
    # Thai, Vietnamese, Indonesian, Malay
    r"รหัส(ยืนยัน|ความปลอดภัย|ผ่านครั้งเดียว|ตรวจสอบ)|รหัส otp",
    r"mã (xác (minh|nhận|thực)|bảo mật|otp|truy cập|đăng nhập|kích hoạt)",
    r"\bkode (verifikasi|keamanan|konfirmasi|akses|masuk|otp|aktivasi)"
    r"|kata sandi sekali|\bkod (pengesahan|keselamatan)",
    # Chinese, Japanese, Korean
    r"验证码|驗證碼|校验码|動態碼|动态码|动态密码|動態密碼|认证码|認證碼|安全码|安全碼"
    r"|确认码|確認碼|激活码|啟用碼|一次性(密码|密碼|代码)|登录码|登入碼|随机码|验证代码"
    r"|驗證代碼|安全代码|安全代碼",
    r"(認証|確認|検証|セキュリティ|ログイン|アクセス|承認|有効化)(用)?"
    r"(コード|番号|キー|ナンバー)",
    r"ワンタイム(パスワード|パスコード|コード|キー)|パスコード|暗証番号|確認用コード",
    r"(인증|확인|보안|로그인|액세스|승인|일회용)\s?(용\s?)?(코드|번호|비밀번호|암호)",
)
"""Nobody writes these without giving a code."""

WEAK: Final = _any(
    r"\b(code|codes|pin|tan|passcode|token|kennwort|koden|kode|kod|kodu|kodun|kodunuz|kód"
    r"|kódja|koodi|koodisi|cod|codul|código|codigo|codice|clave|senha|kôd|mã|şifreniz"
    r"|parolanız)\b",
    r"(?<=[a-zäöü])code\b|\bкод|пароль|κωδικ|קוד|رمز|كود|کد|कोड|รหัส",
    r"代码|代碼|密码|密碼|口令|コード|코드|암호|번호|番号",
)
"""A code is near, or something else that is called so."""

ACTION: Final = _any(
    r"\b(verif(y|ying|ication)|authenticat|sign(ing)?[- ]?in|log(ging)?[- ]?in|2fa|mfa"
    r"|two[- ]factor|confirm your|reset your password|one[- ]time)",
    r"verifizier|bestätig|anmeld|vérifi|confirmer votre|connexion|verificar|iniciar"
    r" sesión|confirmar|verificare|accesso|verifi(ë|e)r|bevestig|inlog|verifier"
    r"|logga in|bekræft|bekreft|vahvist|zweryfik|potwierdź|logowan|ověř|přihlás"
    r"|réinitialis|zurück(zu)?setz|restablec|redefinir|reimposta|opnieuw in|återställ"
    r"|nulstil|tilbakestill|zresetow|obnov|visszaállít|resetare|sıfırla|сброс|скин"
    r"|重置|再設定|재설정"
    r"|doğrula|giriş|подтверд|войти|вход|підтверд|验证|驗證|登录|登入|認証|ログイン|確認|인증|로그인",
)
"""What a code is for; a number that stands alone near it may be one."""

AND: Final = _any(r"\b(and|or|und|oder|et|ou|y|o|e|en|of|i|lub|a|nebo|ve|veya|и|или)\b")
"""Between the codes of a list."""

COPULA: Final = _any(
    r"\b(is|are|ist|lautet|lauten|est|es|è|é|é:|är|er|on|to|jest|je|este|adalah|ialah|là"
    r"|это)\s*:?\s*$"
)
"""Between a word and its code, whatever else is said between them."""

ENTER: Final = _any(
    r"\b(enter|use|using|type|input|submit|provide|eingeben|verwenden sie|nutzen sie"
    r"|saisissez|saisir|entrez|utilisez|ingresa|ingrese|introduce|usa|utiliza|digite"
    r"|insira|inserisci|digita|voer|gebruik|ange|använd|indtast|brug|skriv inn|syötä"
    r"|wpisz|użyj|zadejte|zadajte|írja be|introduceți|girin|введите|используйте|введіть"
    r"|masukkan|nhập)[\s:\"'*]{1,5}$",
    r"(输入|輸入|入力)[\s:]{0,5}$",
)
"""Directly before a number that is to be typed in."""

OFFER: Final = _any(
    r"\d ?% (off|rabatt|discount|de (descuento|réduction|remise|desconto)|di sconto)"
    r"|\b(promo|coupon|discount|voucher|checkout|cash ?back|rabatt|gutschein|remise"
    r"|descuento|desconto|sconto|korting|rabat|zniżk|sleva|скидк|indirim)"
    r"|优惠|折扣|割引|할인|クーポン",
)
"""A code in such a line is worth money, and opens nothing."""

NOT_A_CODE: Final = _any(
    r"\b[a-z]{2}\d{2}( ?\d{4}){2,7}( ?\d{1,4})?\b|\bconfirmation (number|no\b|#)",
    r"\b(zip|post(al)?|area|country|dial(l?ing)?|bar|qr|source|dress|error|exit|status"
    r"|tax|swift|bic|sort|bank|branch|product|item|model|style|colou?r|promo(tion(al)?)?"
    r"|discount|coupon|voucher|gift( ?card)?|referral|offer|rabatt|gutschein|invoice"
    r"|tracking|order|hs|iata|icao|event|building|penal|civil|morse|company|class|room"
    r"|course|open|low|no|machine|response|http|smtp|reason|failure|stop|diagnostic)"
    r"[- ]?codes?\b",
    r"\bcodes? (of conduct|review|base|quality|snippet|example|sample|editor|red|blue"
    r"|block|change|coverage|postal|promo(tionnel)?|barre|source|de réduction)",
    r"\bc(ó|o)digo (postal|promocional|de descuento|de barras|fuente|de rastreo|promo)",
    r"\bcodice (fiscale|postale|sconto|promozionale|cliente|iban)",
    r"\b(unicode|barcode|postcode|decode[dr]?|encode[dr]?|opcode|postnummer|kundennummer"
    r"|bestellnummer|rechnungsnummer|vorgangsnummer|rabattcode|gutscheincode|aktionscode"
    r"|postleitzahl|kortingscode|rabattkod|rabatkode|kod pocztowy|kod rabatowy|psč"
    r"|alennuskoodi|postinumero|promokod|indirim kodu|posta kodu|промокод|почтовый"
    r" индекс|code[- ]?sharing|pinterest|pin it|pinned)\b",
    r"(电话|電話|订单|訂單|注文|郵便|お客様|顧客|伝票|会員|受付|주문|전화|우편|고객|송장)"
    r"\s?(番号|号码|號碼|编号|編號|번호)",
    r"\b(mã (giảm giá|khuyến mãi|ưu đãi|vận đơn|đơn hàng|bưu)"
    r"|kode (pos|promo|diskon|kupon)|poskod"
    r"|kod (promoc|rabatow|kupon|pocztow|produktu|poskod|diskaun)"
    r"|slevov(ý|ého) k(ó|o)d|zľavov(ý|ého) kód|kuponkód|irányítószám"
    r"|cod(ul)? (poștal|promoțional|de reducere)|poštanski broj|kod za popust"
    r"|код (товар|купон|скидк|знижк|промо|отстъпк)|κωδικό(ς|ύ) (έκπτωσης|προσφοράς)"
    r"|ταχ\w* κώδικας)",
    r"קוד (קופון|הנחה)|מיקוד|(رمز|كود) (ال)?(خصم|قسيمة|بريدي|البريدي)|الرمز البريدي"
    r"|کد (تخفیف|پستی)|कूपन कोड|पिन कोड|รหัส(ไปรษณีย์|ส่วนลด|สินค้า)",
    r"(优惠|折扣|優惠|割引|クーポン|할인|쿠폰|邮政|快递|物流)\s?(码|碼|コード|코드|编码)",
)
"""Called a code, or a number, and none to type in."""

OTHER_NUMBER: Final = _any(
    r"\b(order|invoice|tracking|ticket|case|reference|ref|account|customer|client|member"
    r"|membership|receipt|transaction|booking|reservation|flight|policy|contract|po"
    r"|purchase|shipment|parcel|serial|model|part|issue|bug|pull request|pr|phone|tel"
    r"|telephone|mobile|fax|call|suite|apt|room|po box|p\.o\. box|vat|iban|isbn|version"
    r"|build|page|chapter|year|since|copyright|reg(istration)? no|company no|zip"
    r"|ending( in| with)?|last four( digits)?|card)"
    r"( ?(number|no|nr|id|code|#)\b)?( is| was)?[\s.:#№-]{0,4}$",
    r"(bestell|rechnungs|kunden|vorgangs|sendungs|auftrags|artikel|konto|telefon|vertrags"
    r"|mitglieds|referenz|ticket|auftrag|bestellung|rechnung)[-\s]?(nr|nummer|no|id)?"
    r"[\s.:#]{0,4}$",
    r"\b(commande|facture|client|suivi|dossier|téléphone|tél|pedido|factura|cliente"
    r"|teléfono|seguimiento|fatura|encomenda|telefone|ordine|fattura|telefono|ordinazione"
    r"|bestelling|factuur|klant|ordernummer|telefon|zamówieni\w|faktur\w|numer|objednávk\w"
    r"|sipariş|fatura|заказ\w?|счет\w?|тел|телефон|номер заказа|замовлення)"
    r"( ?(n°|nº|no|nr|num|id|número|numéro|№)\.?)?[\s.:#№-]{0,4}$",
    r"(订单|訂單|注文|電話|电话|传真|邮编|郵便|주문|전화|고객센터|문의|客服|快递|运单)(番号|号码?|號碼?|编号"
    r"|編號|번호)?[\s:：#]{0,4}$",
    r"\b(tilausnumero|comanda|comenzii|hotline|đơn hàng|pesanan|rendelés\w*|narudžb\w*"
    r"|objednávk\w|поръчка|παραγγελία\w*|τηλ|ordre(nummer)?|order(nummer)?|asiakasnumero"
    r"|kundnummer|referanse|viite(numero)?|referință)"
    r"( ?(no|nr|số|nomor)\.?)?[\s.:#№-]{0,4}$",
    r"(طلب|الطلب|هاتف|سفارش|הזמנה|טלפון|ऑर्डर|คำสั่งซื้อ|โทร)"
    r"( (رقم|מספר|नंबर))?[\s.:#]{0,4}$",
    r"(^|[\s(])[#№©]\s?$|[$€£¥₹₽₩]\s?$"
    r"|\b(usd|eur|gbp|chf|jpy|inr|rs|cad|aud|sek|nok|dkk|pln|czk|brl)\.?\s?$",
    r"\+\s?\d{0,4}[\s(-]{0,3}$|[/\\=&?]$",
)
"""Directly before a number that is something else."""

UNIT_BEHIND: Final = _any(
    r"^\s?([$€£¥₹₽₩%°]|(usd|eur|euros?|gbp|chf|jpy|inr|sek|nok|dkk|pln|czk|kr|zł|kč|ft"
    r"|dollars?|руб|грн|points?|punkte|miles|credits?|users?|customers?|people|items?"
    r"|orders?|emails?|messages?|subscribers?|followers?|views?|words?|kb|mb|gb|km|kg|g|m"
    r"|ml|px|seconds?|secs?|minutes?|mins?|hours?|hrs?|days?|weeks?|months?|years?|am|pm"
    r"|minuten|stunden|tage|heures|jours|minutos|horas|días|dias|minuti|ore|giorni|минут"
    r"|часов|元|円|원|分钟|小时|天|年|月|分|時間|일|분|시간)\b)",
    r"^\s?(元|円|원|分钟|分鐘|小时|小時|年|月|日|年度|년|월)",
)
"""Directly behind a number that is an amount or a date."""

JOINT: Final = re.compile(
    r"[\s\"'“”„«»()*:：;,.=>#\-–—_|\[\]【】「」『』]{0,12}"
    r"(?:(?:number|below|here|is|are|was|will be|ist|lautet|lauten|est|es|è|é|e|er|är"
    r"|on|to|jest|je|este|dır|:dır|bu|это|цей|это:|is now|is:|eh|adalah|ialah|là|คือ"
    r"|هو|هي|है|是|为|為|は|が|는|은|입니다|για|είναι|הוא|the|following|folgende[rs]?"
    r"|suivant|siguiente|seguente|a següent)"
    r"[\s\"'“”„«»()*:：;,.=>\-–—_|\[\]【】「」『』]{1,8}){0,3}",
    re.IGNORECASE,
)
"""What may stand between the word and its code."""
