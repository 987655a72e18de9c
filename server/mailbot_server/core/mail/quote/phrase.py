"""What mail clients write around quotations and below messages, in their languages."""

# ruff: noqa: RUF001 - the words are written in the scripts of their languages

from typing import Final

# Language, how the line begins where there is a usual way, and its verb.
LANGUAGES: Final = (
    ("Albanian", "Më", "shkroi"),
    ("Arabic", "في|بتاريخ", "كتب|كتابة|كتبت"),
    ("Basque", "", "idatzi"),
    ("Bengali", "", "লিখেছেন"),
    ("Bulgarian", "На", "написа"),
    ("Catalan", "El|Missatge de", "va escriure|ha escrit"),
    ("Croatian, Serbian", "Dana", "je napisa|napisao|napisala|je pisao|написа|пише"),
    ("Czech", "Dne", "napsal"),
    ("Danish, Norwegian, Swedish", "Den|På|Kl|Fra", "skrev"),
    ("Dutch", "Op", "schreef|geschreven"),
    ("English", "On|At|In (?:a )?message", "wrote|writes|sent(?=:)"),
    ("Estonian", "", "kirjutas"),
    ("Filipino", "Noong", "sumulat"),
    ("Finnish", "", "kirjoitti"),
    ("Galician", "O", "escribiu"),
    ("French", "Le", "a écrit|a écrit|écrivait|nous a dit"),
    ("German", "Am|Zitat von", "schrieb|schrieben|geschrieben"),
    ("Greek", "Στις", "έγραψε|έγραψαν"),
    ("Hebrew", "בתאריך|ב-", "כתב|כתבה|מאת"),
    ("Hungarian", "", "írta"),
    ("Icelandic", "Þann", "skrifaði"),
    ("Indonesian, Malay", "Pada", "menulis"),
    ("Irish, Welsh", "Ar", "scríobh|ysgrifennodd"),
    ("Italian", "Il", "ha scritto"),
    ("Latvian", "", "rakstīja"),
    ("Lithuanian", "", "rašė|parašė"),
    ("Macedonian", "На", "напиша|напишала"),
    ("Persian", "در", "نوشت"),
    ("Polish", "W dniu|Dnia", "napisał|napisała|napisana|pisze|nadesłał"),
    ("Portuguese", "Em|No dia|A|Às", "escreveu"),
    ("Romanian", "În|Pe|La", "a scris"),
    ("Russian", "", "написал|написала|писал|пишет"),
    ("Slovak", "Dňa", "napísal"),
    ("Slovenian", "Dne|V", "je napisal|napisal|napisala"),
    ("Spanish", "El|En", "escribió"),
    ("Swahili", "Mnamo", "aliandika"),
    ("Turkish", "", "yazdı"),
    ("Ukrainian", "", "пише|написав|написала"),
    ("Vietnamese", "Vào", "đã viết"),
)
# Scripts without blanks between words.
LANGUAGES_UNSPACED: Final = (
    ("Chinese", "在|于|於", "写道|寫道|提到|来信|來信|撰写"),
    ("Hindi", "", "ने लिखा"),
    ("Japanese", "", "のメール|書きました|書いた"),
    ("Korean", "", "작성|쓴 글|쓰셨습니다|썼습니다"),
    ("Thai", "เมื่อ|ในวันที่", "เขียนว่า|เขียน"),
)

# What stands between dashes above an original that is answered …
ORIGINALS: Final = (
    "Original Message",
    "Original Text",
    "Reply Message",
    "Reply to Message",
    "Replied Message",
    "Original Appointment",
    "Ursprünglicher Termin",
    "回复的原邮件",
    "回复的邮件",
    "邮件原文",
    "Original-Nachricht",
    "Originalnachricht",
    "Ursprüngliche Nachricht",
    "Ursprüngliche Mail",
    "Message d'origine",
    "Message d’origine",
    "Message original",
    "Mensaje original",
    "Missatge original",
    "Messaggio originale",
    "Mensagem original",
    "Oorspronkelijk bericht",
    "Oorspronkelijke bericht",
    "Oprindelig meddelelse",
    "Originalmeddelande",
    "Ursprungligt meddelande",
    "Opprinnelig melding",
    "Alkuperäinen viesti",
    "Wiadomość oryginalna",
    "Oryginalna wiadomość",
    "Původní zpráva",
    "Původní e-mail",
    "Pôvodná správa",
    "Eredeti üzenet",
    "Mesaj original",
    "Mesajul original",
    "Özgün ileti",
    "Orijinal mesaj",
    "Исходное сообщение",
    "Оригинальное сообщение",
    "Оригінальне повідомлення",
    "Αρχικό μήνυμα",
    "原始邮件",
    "原邮件",
    "原始郵件",
    "元のメッセージ",
    "원본 메시지",
    "원본 메일",
    "Pesan asli",
    "Tin nhắn gốc",
    "Thư gốc",
    "Original Message processed by david",
    "Original email",
    "Original mail",
    "Oprindelig besked",
    "Originele bericht",
    "Origineel bericht",
    "Originalmelding",
    "Oorspronkelijke e-mail",
    "E-mail d'origine",
    "Mail original",
    "Courriel original",
    "Correo original",
    "E-mail originale",
    "Email original",
    "Izvirno sporočilo",
    "Izvorna poruka",
    "Originalna poruka",
    "Algne kiri",
    "Originalus laiškas",
    "Oriģinālais ziņojums",
    "Оригинално съобщение",
    "Вихідне повідомлення",
    "Исходное письмо",
    "הודעה מקורית",
    "الرسالة الأصلية",
    "ข้อความต้นฉบับ",
    "原始信息",
    "邮件原件",
    "原文",
    "元のメール",
    "원본 메세지",
    "Mesej asal",
)

# … and above one that is passed on: that is what the sender wants to be read.
FORWARDS: Final = (
    "Forwarded Message",
    "Forwarded by",
    "Begin forwarded message",
    "Weitergeleitete Nachricht",
    "Anfang der weitergeleiteten Nachricht",
    "Message transféré",
    "Message transmis",
    "Début du message transféré",
    "Début du message réexpédié",
    "Mensaje reenviado",
    "Inicio del mensaje reenviado",
    "Messaggio inoltrato",
    "Inizio messaggio inoltrato",
    "Mensagem encaminhada",
    "Mensagem reencaminhada",
    "Doorgestuurd bericht",
    "Begin doorgestuurd bericht",
    "Videresendt meddelelse",
    "Vidarebefordrat meddelande",
    "Vidaresänt meddelande",
    "Videresendt melding",
    "Välitetty viesti",
    "Przekazana wiadomość",
    "Wiadomość przekazana",
    "Přeposlaná zpráva",
    "Preposlaná správa",
    "Továbbított üzenet",
    "Mesaj redirecționat",
    "İletilmiş mesaj",
    "İletilen ileti",
    "Пересылаемое сообщение",
    "Пересланное сообщение",
    "Переслане повідомлення",
    "Προωθημένο μήνυμα",
    "转发的邮件",
    "轉寄的郵件",
    "转发邮件",
    "転送メッセージ",
    "전달된 메시지",
    "전달된 메일",
    "原始轉寄郵件",
    "Videresendt besked",
    "Proslijeđena poruka",
    "Posredovano sporočilo",
    "Препратено съобщение",
    "הודעה שהועברה",
    "رسالة معاد توجيهها",
    "Pesan terusan",
    "Tin nhắn được chuyển tiếp",
    "Missatge reenviat",
    "Edasi saadetud kiri",
    "Weitergeleitet von",
    "Réacheminé par",
    "Transféré par",
    "Inoltrato da",
    "Reenviado por",
    "Doorgestuurd door",
    "Encaminhado por",
    "Začátek přeposílané zprávy",
    "Začiatok preposlanej správy",
    "Start på videresendt besked",
    "Start på videresendt melding",
    "Välitetty viesti alkaa",
    "Započni proslijeđenu poruku",
    "Továbbított levél kezdete",
    "Początek przekazywanej wiadomości",
    "Początek przekazanej wiadomości",
    "Início da mensagem reencaminhada",
    "Início da mensagem encaminhada",
    "Începe mesajul redirecționat",
    "Inici del missatge reenviat",
    "Начало переадресованного сообщения",
    "Начало переадресованного письма",
    "Початок листа, що пересилається",
    "Початок пересланого листа",
    "Vidarebefordrat mejl",
    "Vidarebefordrat brev",
    "İleti başlangıcı",
    "İletilen e-postanın başlangıcı",
    "Αρχή προωθημένου μηνύματος",
    "תחילת ההודעה שהועברה",
    "بداية الرسالة المعاد توجيهها",
    "Bắt đầu thư được chuyển tiếp",
    "开始转发的邮件",
    "開始轉寄郵件",
    "転送されたメッセージ",
    "전달된 메시지 시작",
)

# One of these between dashes says the same, whatever the client calls a message.
FORWARD_STEMS: Final = (
    "forward|weitergeleit|transf[eé]r|réexpédi|réachemin|reenvia|reencaminha"
    "|encaminha|inoltrat|doorgestuur|videresend|vidarebeford|vidaresän|välitet|edelleen"
    "|edasi|edasta|przekaz|přepos|prepos|továbbít|redirec[tț]|iletil|yönlendir|posredov"
    "|proslijeđ|prosleđ|birbidal|persiųst|pārsūt|áframsend|пересыл|пересл|перенаправ"
    "|переадрес|препрат|прослеђ|προωθ|转发|轉寄|轉發|転送|전달|הועבר|توجيه|terusan"
    "|diteruskan|chuyển tiếp|ส่งต่อ"
)

# The labels of a header block that a client writes above an original, by what they say.
LABELS: Final = {
    "from": (
        "From|Von|De|De la|Da|Van|Från|Fra|Lähettäjä|Od|Feladó|Kimden|Gönderen|От"
        "|От кого|Від|Από|发件人|寄件者|差出人|보낸 사람|보낸사람|Dari|Từ|Expéditeur"
        "|Mittente|מאת|من|จาก|Pošiljatelj|Šalje|Saatja|Nuo|No|Frá|Nork|Од|Daripada|از|से"
        "|发件者|寄件人|送信者|보낸이"
    ),
    "date": (
        "Date|Datum|Dato|Data|Fecha|Dátum|Tarih|Дата|Ημερομηνία|日期|日付|날짜"
        "|Päivämäärä|Päiväys|Ngày|Tanggal|תאריך|التاريخ|วันที่|Когда|Kuupäev|Datums|Noiz"
        "|Датум|Tarikh|تاریخ|日時|作成日|작성일|보낸시간"
    ),
    "sent": (
        "Sent|Gesendet|Envoyé|Envoyé le|Enviado|Enviado el|Enviado em|Enviada em|Enviat"
        "|Inviato|Verzonden|Skickat|Sendt|Lähetetty|Wysłano|Wysłane|Odesláno|Odoslané"
        "|Elküldve|Küldve|Trimis|Gönderildi|Gönderme Tarihi|Отправлено|Надіслано"
        "|Απεστάλη|Στάλθηκε|发送时间|發送時間|傳送時間|寄件日期|送信日時|보낸 날짜"
        "|보낸날짜|Terkirim|Dikirim|Đã gửi|נשלח|تم الإرسال|ส่ง|Изпратено|Poslano"
        "|Poslato|Saadetud|Saatmisaeg|Saatmise aeg|Išsiųsta|Nosūtīts|Enviat el|Послато"
        "|Испратено|Gönderilme Tarihi|Gönderim Tarihi|Dihantar|ارسال شده|भेजा गया"
        "|发送日期|發送日期|发件时间"
    ),
    "to": (
        "To|An|À|A|Para|Per|Aan|Till|Til|Vastaanottaja|Do|Komu|Címzett|Către|Kime|Кому"
        "|Προς|收件人|收件者|宛先|받는 사람|받는사람|Kepada|Đến"
        "|Destinataire|Destinatario|אל|إلى|ถึง|До|Za|За|Prima|Kam|Saaja|Adressaat|Per a"
        "|Nori|به|प्रति|받는이"
    ),
    "cc": (
        "Cc|CC|Bcc|Kopie|Kopia|Kopi|Copie à|Копия|Копія|Κοιν|抄送|副本|참조|DW|עותק"
        "|نسخة|Reply-To|Reply To|Répondre à|Importance|Attachments|Anlagen|Organization"
    ),
    "subject": (
        "Subject|Betreff|Objet|Asunto|Assumpte|Oggetto|Assunto|Onderwerp|Ämne|Emne|Aihe"
        "|Temat|Předmět|Predmet|Tárgy|Subiect|Konu|Тема|Θέμα|主题|主旨|件名|제목|Perihal"
        "|Subjek|Tiêu đề|Chủ đề|נושא|الموضوع|เรื่อง|Относно|Naslov|Teema|Tema|Titel|Tēma"
        "|Efni|Gaia|Zadeva|Rubrik|Наслов|Предмет|موضوع|विषय|主題|主　题"
    ),
}

# What a mobile client or its maker writes under a message: the whole line, a pattern.
DEVICE_LINES: Final = (
    # English
    r"Sent (?:from|via|using|with|by) [\w'’+/-]+[®™]?(?: [\w'’+/()&-]+[®™]?){0,7}\.?",
    r"Sent from (?:Mail|Outlook|Yahoo Mail|Mailbird|Proton ?Mail|Samsung)\b.{0,60}",
    r"Sent with .{1,40} (?:secure|encrypted) email\.?",
    r"Sent from (?:my|a) .{1,50}[,;.] {0,2}(?:please )?(?:excuse|pardon|forgive)\b.*",
    r"Sent from my .{1,20}, .{1,20} (?:smartphone|phone|tablet|device)\.?",
    r"(?:Sent|Diese|Envoyé|Enviado|Inviato|Verzonden|Wysłan).{1,70}\bK-9 Mail\b.{0,60}",
    r"(?:Get|Download|Try) (?:the )?(?:all[- ]new )?(?:Outlook|AOL|BlueMail)\b.{0,40}",
    r"(?:Get|Download|Try) (?:TypeApp|Spike|Spark|Newton)\b.{0,40}",
    r"Yahoo Mail: Search, Organi[sz]e, Conquer",
    r"Sent with .{1,20}\. Get your .{1,50}|Securely sent with .{1,40}",
    r"Sent on the go\.?",
    r"This e?-?mail (?:has been|was) checked for viruses by .{1,50}",
    r"Diese E-Mail wurde von .{1,50} auf Viren geprüft\.?",
    r"From my (?:iPhone|iPad|Android|BlackBerry|mobile|phone|Galaxy).{0,20}",
    r"\w+ from (?:mobile|phone)",
    r"Typed (?:on|with) .{1,40}(?:phone|keyboard|thumbs?).{0,30}",
    r"(?:Please )?(?:excuse|pardon|forgive) .{0,20}(?:typos|brevity|errors).{0,40}",
    # German
    r"Diese (?:Nachricht|E-Mail|Mail) wurde vo[nm] .{1,70} (?:gesendet|verschickt)\.?",
    r"Vo[nm] .{1,50} gesendet\.?",
    r"(?:Gesendet|Versendet|Verschickt) (?:von|mit|über|vom|via) .{1,60}",
    r"Outlook für .{1,20} (?:beziehen|herunterladen)|Holen Sie sich Outlook .{1,30}",
    # French
    r"Envoyée? (?:de|depuis|à partir d[e'’]|avec|via|par) ?.{1,50}",
    r"(?:Obtenir|Obtenez|Télécharger|Téléchargez) Outlook pour .{1,20}",
    # Spanish, Portuguese, Catalan
    r"Enviad[oa] (?:desde|d[eoa]|a partir d[eo]|mediante|com|con|pelo|via) .{1,50}",
    r"(?:Obten(?:er|ga|ha)|Obter|Descargar|Baixar) o? ?Outlook (?:para|for) .{1,20}",
    r"Enviat des del? .{1,40}",
    # Italian
    r"Provenienza: Posta per Windows.{0,10}",
    r"Inviato (?:da|dal|dalla|con|tramite) .{1,50}",
    r"(?:Ottieni|Ottenere|Scarica) Outlook per .{1,20}",
    # Dutch
    r"(?:Verzonden|Verstuurd) (?:vanaf|vanuit|via|met|van) .{1,50}",
    r"(?:Outlook voor .{1,20} (?:downloaden|ophalen)|Download Outlook voor .{1,20})",
    # Swedish, Danish, Norwegian, Finnish
    r"(?:Skickat|Skickades|Sendt|Skickad|Sent) (?:från|fra|med|via) .{1,50}",
    r"(?:Hämta|Hent|Last ned|Få|Skaff(?: deg)?) Outlook (?:för|til|for) .{1,20}",
    r"Lähetetty .{1,50}",
    r"Hanki Outlook .{1,30}",
    # Polish, Czech, Slovak, Slovenian, Croatian
    r"Wysłan[eoya] (?:z|ze|za pomocą|przez) .{1,50}",
    r"Pobierz (?:program |aplikację )?Outlook .{1,30}",
    r"(?:Odesláno|Odoslané|Odesláno|Poslané|Odeslané) z .{1,50}",
    r"(?:Získ(?:at|ejte|ať|ajte)|Stáhnout|Stiahnuť) (?:aplikaci )?Outlook .{1,30}",
    r"Poslano (?:z|s|iz|sa) .{1,50}",
    # Hungarian, Romanian, Turkish, Greek
    r".{1,40} küldve\.?|Elküldve .{1,50}",
    r"Trimis (?:de pe|din|cu) .{1,50}",
    r".{1,40}(?:den|dan|ile|aracılığıyla) gönderildi\.?",
    r"(?:Στάλθηκε|Εστάλη) (?:από|με) .{1,50}|Αποκτήστε το Outlook .{1,30}",
    r"\w{1,10} için Outlook['’]?[uı]? (?:edinin|indirin|alın)",
    r"Outlook .{1,20} beszerzése",
    # Russian, Ukrainian, Bulgarian, Serbian
    r"Отправлен[оа] (?:с|со|из|от|через) .{1,50}",
    r"(?:Надіслано|Відправлено) (?:з|із|зі|від|через) .{1,50}",
    r"(?:Изпратено|Послато|Послано) (?:от|са|с|од) .{1,50}",
    r"Скачать Outlook .{1,30}",
    # Hebrew, Arabic, Persian
    r"(?:נשלח|נשלחה) (?:מ|באמצעות).{1,40}",
    r"(?:أُ?رسلت?|تم الإرسال|مرسل) (?:من|بواسطة).{1,40}",
    r"(?:ارسال شده|فرستاده شده) از .{1,40}",
    # Japanese, Chinese, Korean, Vietnamese, Indonesian, Thai
    r".{0,30}(?:から送信|から送信されました|で送信)[。.]?|発信元[:：] ?.{1,30}",
    r"(?:iOS|Android) ?版 ?Outlook.{0,12}|Outlook for \w+ を入手",
    r"[从從自由][我]?[的]? ?.{1,25}(?:发送|傳送|發送|寄出)[。.]?",
    r"(?:发自|發自|來自|来自)(?:我的)? ?.{1,25}",
    r"使用 ?.{1,25}(?:发送|傳送|發送|寄出)[。.]?",
    r"[獲取得获]{2} ?\w{1,8} ?版 ?Outlook.{0,6}",
    r"获取 ?(?:Outlook|适用于).{0,30}|取得 ?(?:Outlook|適用於).{0,30}",
    r".{1,30}에서 (?:보냄|전송됨|보낸 메일)\.?|.{1,12}용 Outlook.{0,12}",
    r"(?:Được gửi|Đã gửi|Gửi) từ .{1,40}|(?:Tải|Lấy) Outlook cho .{1,20}",
    r"Dapatkan Outlook (?:untuk|bagi) .{1,20}",
    r"(?:Dikirim|Terkirim) (?:dari|dengan|melalui) .{1,40}",
    r"ส่งจาก ?.{1,40}",
)
