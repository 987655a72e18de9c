"""How people close a message, what they are by trade, and how they are reached."""

# ruff: noqa: RUF001 - the words are written in the scripts of their languages

from typing import Final

# All words are folded, so that "Gruß" is "gruss".

# A whole line of these words closes a message.
CLOSINGS: Final = frozenset(
    {"best", "bests", "all the best", "all my best", "cheers", "thanks", "thank you"}
    | {"thx", "ty", "many thanks", "thanks a lot", "thanks again", "thanks so much"}
    | {"thank you very much", "thank you so much", "thanks in advance", "br", "rgds"}
    | {"thank you in advance", "with thanks", "much appreciated", "sincerely"}
    | {"yours sincerely", "sincerely yours", "yours truly", "very truly yours"}
    | {"yours faithfully", "respectfully", "cordially", "yours", "take care", "kr"}
    | {"warmly", "love", "talk soon", "speak soon", "see you", "have a great day"}
    | {"have a nice day", "have a good day", "have a great weekend", "mfg", "lg", "vg"}
    | {"danke", "vielen dank", "besten dank", "herzlichst", "hochachtungsvoll"}
    | {"cordialement", "bien cordialement", "très cordialement", "merci", "cdlt"}
    | {"merci d'avance", "bien à vous", "bien à toi", "amicalement", "sincèrement"}
    | {"atentamente", "cordialmente", "gracias", "muchas gracias", "un abrazo"}
    | {"muchas gracias de antemano", "atte", "att", "atenciosamente", "obrigado"}
    | {"obrigada", "muito obrigado", "muito obrigada", "abraço", "abraços", "abs"}
    | {"grazie", "grazie mille", "molte grazie", "a presto", "bedankt", "dank je wel"}
    | {"alvast bedankt", "hoogachtend", "mvg", "tack", "tack på förhand", "mvh", "mh"}
    | {"tak", "på forhånd tak", "takk", "takk på forhånd", "hilsen", "terveisin"}
    | {"ystävällisin terveisin", "terv", "kiitos", "kiitos etukäteen", "dziękuję"}
    | {"z poważaniem", "pozdrawiam", "pozdrawiam serdecznie", "děkuji", "s pozdravem"}
    | {"ďakujem", "s úctou", "díky", "köszönettel", "üdvözlettel", "tisztelettel"}
    | {"mulțumesc", "cu stimă", "cu respect", "hvala", "lep pozdrav", "srdačan pozdrav"}
    | {"teşekkürler", "saygılarımla", "iyi çalışmalar", "selamlar", "sevgiler"}
    | {"спасибо", "с уважением", "с наилучшими пожеланиями", "всего доброго"}
    | {"дякую", "з повагою", "благодаря", "поздрави", "с уважение", "хвала"}
    | {"ευχαριστώ", "με εκτίμηση", "φιλικά", "תודה", "בברכה", "בתודה", "תודה רבה"}
    | {"شكرا", "مع التحية", "مع أطيب التحيات", "terima kasih", "salam", "hormat kami"}
    | {
        "trân trọng",
        "cảm ơn",
        "谢谢",
        "謝謝",
        "此致",
        "敬礼",
        "敬禮",
        "祝好",
        "顺祝商祺",
        "順頌商祺",
    }
    | {"敬具", "以上", "よろしくお願いいたします。", "よろしくお願いします。"}
    | {
        "以上、よろしくお願いいたします。",
        "감사합니다",
        "감사합니다.",
        "ขอบคุณครับ",
        "ขอบคุณค่ะ",
    }
)
# The same for the last word of a short line: "Mit freundlichen Grüßen".
CLOSING_ENDS: Final = frozenset(
    {"regards", "wishes", "greetings", "grüssen", "gruessen", "grüsse"}
    | {"gruss", "salutations", "sentiments", "saludos", "saludo"}
    | {"cumprimentos", "saudações", "saluti", "groet", "groeten", "groetjes"}
    | {"hälsning", "hälsningar", "hilsen", "hilsner", "vennlig", "pozdravem", "úctou"}
    | {"üdvözlettel", "pozdravom", "pozdrav", "stimă", "уважением", "повагою"}
    | {"terveisin", "tervitades", "linkėjimais", "cieņu", "salutacions", "saygılarımla"}
)

# Stems of what stands in a card beside a name: a trade, a kind of company.
TRADES: Final = (
    *("manager", "director", "engineer", "officer", "president", "founder", "partner"),
    *("consultant", "specialist", "coordinator", "assistant", "associate", "analyst"),
    *("developer", "designer", "architect", "executive", "administrator", "attorney"),
    *("professor", "department", "head of", "team lead", "customer s", "account"),
    *("accountant", "recruiter", "advisor", "adviser", "representative", "sales"),
    *("auditor", "clerk", "secretary", "teacher", "lecturer", "lawyer", "solicitor"),
    *("technician", "operator", "supervisor", "controller", "planner", "buyer"),
    *("editor", "researcher", "scientist", "owner", "university", "hospital", "agency"),
    *("geschäftsführ", "leiter", "leitung", "berater", "abteilung", "vertrieb"),
    *("sachbearbeit", "assistenz", "einkauf", "entwickl", "directeur", "directrice"),
    *("responsable", "gérant", "conseill", "ingénieur", "gerente", "directora"),
    *("jefe", "ingenier", "ventas", "diretor", "gestor", "responsabile", "direttore"),
    *("ufficio", "manag", "adviseur", "medewerker", "konsult", "chef", "säljare"),
    *("kierownik", "dyrektor", "specjalista", "ředitel", "obchodní", "vedoucí"),
    *("директор", "менеджер", "руководитель", "инженер", "müdür", "uzman"),
    *("株式会社", "有限会社", "部長", "課長", "有限公司", "经理", "經理", "주식회사"),
)
COMPANIES: Final = frozenset(
    {"inc", "llc", "ltd", "limited", "corp", "corporation", "company", "plc", "gmbh"}
    | {"ag", "kg", "ug", "sarl", "sas", "sa", "s.a", "s.l", "srl", "s.r.l", "spa"}
    | {"s.p.a", "bv", "b.v", "nv", "n.v", "ab", "a/s", "aps", "oy", "sp", "s.r.o"}
    | {"a.s", "a.ş", "kft", "zrt", "ооо", "оао", "зао", "тов", "ltda", "lda", "pty"}
    | {"ceo", "cto", "cfo", "coo", "cmo", "vp", "svp", "phd", "bsc", "msc", "mba"}
)

# Stems of the labels in a card.
LABELS: Final = (
    *(
        "tel",
        "tlf",
        "puh",
        "tél",
        "phone",
        "fon",
        "mob",
        "cell",
        "cel.",
        "fax",
        "direct",
        "office",
    ),
    *("mail", "web", "site", "url", "http", "skype", "linked", "twitter", "facebook"),
    *("insta", "whatsapp", "telegram", "wechat", "teams", "zoom", "handy", "gsm"),
    *("address", "adress", "direcci", "indirizzo", "adres", "toll", "main", "work"),
    *("hotline", "durchwahl", "zentrale", "portable", "fijo", "móvil", "movil", "vat"),
    *("geschäftsführ", "vorstand", "amtsgericht", "hrb", "sitz", "ust", "kvk", "p.iva"),
    *("тел", "моб", "факс", "почта", "сайт", "адрес", "τηλ", "κιν", "טל", "נייד"),
    *("هاتف", "جوال", "电话", "電話", "手机", "手機", "携帯", "传真", "邮箱", "地址"),
    *("住所", "전화", "휴대", "팩스", "이메일", "주소", "โทร", "điện thoại"),
)

# What is written small in a name.
PARTICLES: Final = frozenset(
    {"da", "de", "del", "della", "den", "der", "di", "dos", "du", "el", "la", "le"}
    | {"ten", "ter", "van", "von", "zu", "bin", "al", "y", "e", "i"}
)
# Stems of what announces an address that is none of the sender's.
ANNOUNCES: Final = (
    *("order", "lead", "candidate", "colleague", "applicant", "bestell", "kolleg"),
    *("commande", "pedido", "ordine", "заказ", "client", "customer", "kund"),
    *("here it is", "here is", "here are", "as asked", "as requested", "hier ist"),
    *("hier sind", "voici", "aquí", "ecco", "вот", "asked for", "listed", "list "),
    *("number", "below", "follow", "nummer", "folgend", "número", "numéro", "номер"),
    *("address", "contact", "deliver", "ship", "reach", "call ", "details", "write to"),
    *("adress", "kontakt", "liefer", "erreich", "adresse", "joindre", "livr", "coord"),
    *("direcci", "contáct", "entreg", "endereç", "indirizz", "contatt", "consegn"),
    *(
        "adres",
        "lever",
        "adresa",
        "adresu",
        "адрес",
        "контакт",
        "связа",
        "住所",
        "地址",
    ),
)
