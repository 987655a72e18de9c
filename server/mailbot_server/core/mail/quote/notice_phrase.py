"""What notices below messages say of these, of their readers and of their companies."""

# ruff: noqa: RUF001 - the words are written in the scripts of their languages

from typing import Final

# All words are folded, so that "Gruß" is "gruss".

# What a notice about a message itself says of it. Each tuple is one thought; only a
# text that names the message and has two more of them is such a notice.
SELF: Final = (
    *("this e-mail", "this email", "this message", "this communication", "this mail"),
    *("this transmission", "this electronic", "any attachment"),
    *("the information in this", "the information in the e"),
    *("information contained", "contents of this", "confidentiality", "disclaimer"),
    *(
        "w/attachments",
        "diese e-mail",
        "diese email",
        "diese nachricht",
        "dieser e-mail",
    ),
    *("diese mail", "ce message", "cet e-mail", "ce courriel", "cet email", "ce mail"),
    *("este mensaje", "este correo", "esta comunicación", "esta mensagem"),
    *("este e-mail", "este email", "questo messaggio", "questa e-mail", "questa mail"),
    *("presente messaggio", "presente e-mail", "presente email", "la presente comun"),
    *("dit bericht", "deze e-mail", "dit e-mail", "dit mail", "detta meddelande"),
    *("detta mail", "denna e-post", "denne e-mail", "denne mail", "denne besked"),
    *("denne e-post", "denne meld", "tämä viesti", "tämä sähköposti", "ta wiadomość"),
    *("niniejsza wiadomość", "niniejszy e-mail", "tento e-mail", "tato zpráva"),
    *("tato e-mail", "táto správa", "ez az e-mail", "ez az üzenet", "jelen üzenet"),
    *("acest mesaj", "acest e-mail", "acest email", "ова порука", "ova poruka"),
    *("ovaj e-mail", "это сообщение", "данное сообщение", "настоящее сообщение"),
    *("это письмо", "данное письмо", "це повідомлення", "цей лист", "това съобщение"),
    *("bu e-posta", "bu mesaj", "bu elektronik", "το παρόν", "αυτό το μήνυμα"),
    *("הודעה זו", 'דוא"ל זה', "هذه الرسالة", "هذا البريد", "pesan ini", "e-mel ini"),
    *(
        "email ini",
        "thư này",
        "email này",
        "本メール",
        "このメール",
        "本电子邮件",
        "本邮件",
    ),
    *(
        "此邮件",
        "本電子郵件",
        "本郵件",
        "此電郵",
        "이 메일",
        "본 메일",
        "이 이메일",
        "본 이메일",
    ),
)
# In each of those above is one of these.
CORES: Final = (
    *("mail", "mensa", "messag", "communic", "transmission", "this electronic"),
    *("attachment", "informat", "contents of", "confidential", "disclaimer"),
    *("nachricht", "courriel", "correo", "comun", "bericht", "meddel", "denne"),
    *("e-post", "viesti", "sähköposti", "wiadomo", "zpráva", "správa", "üzenet"),
    *("mesaj", "порука", "poruka", "сообщени", "письмо", "повідомлення", "лист"),
    *("съобщение", "bu elektronik", "παρόν", "μήνυμα", "הודעה", "דוא", "رسالة"),
    *("البريد", "pesan", "e-mel", "thư", "メール", "邮件", "郵件", "電郵", "메일"),
)
THOUGHTS: Final = (
    # It is secret …
    (
        *("confidential", "privileged", "vertraulich", "confidenti", "secret"),
        *(
            "confidencia",
            "confidenț",
            "riservat",
            "vertrouwelijk",
            "konfidentiell",
            "sekretess",
        ),
        *("fortrolig", "luottamuksel", "poufn", "důvěrn", "dôvern", "bizalmas"),
        *("povjerljiv", "poverljiv", "конфиденциальн", "конфіденційн", "поверителн"),
        *(
            "gizli",
            "εμπιστευτικ",
            "חסוי",
            "סודי",
            "سرية",
            "rahasia",
            "sulit",
            "bảo mật",
        ),
        *("機密", "秘密", "机密", "保密", "기밀", "비밀"),
    ),
    # … meant for somebody …
    (
        *("intended recipient", "intended only", "intended solely", "solely for the"),
        *("for the use of", "addressee", "individual or entity", "named recipient"),
        *("bestimmt", "adressat", "empfänger", "destinataire", "destinatario"),
        *("destinatári", "destinatar", "geadresseerde", "bestemd voor", "mottagare"),
        *("avsedd", "modtager", "mottaker", "vastaanottaj", "adresat", "adresát"),
        *("címzett", "primatelj", "primaoc", "адресат", "получател", "одержувач"),
        *("alıcı", "παραλήπτ", "נמען", "המיועד", "المرسل إليه", "penerima"),
        *(
            "người nhận",
            "受信者",
            "宛先",
            "受取人",
            "收件人",
            "收信人",
            "수신인",
            "수신자",
        ),
    ),
    # … may have gone astray …
    (
        *("in error", "by mistake", "not the intended", "mistakenly", "irrtümlich"),
        *(
            "nicht der richtige",
            "fehlgeleitet",
            "par erreur",
            "por error",
            "por engano",
        ),
        *("por erro", "per errore", "abusievelijk", "per ongeluk", "ten onrechte"),
        *("av misstag", "ved en fejl", "ved feil", "vahingossa", "erehdyksessä"),
        *("omyłkow", "przez pomyłkę", "omylem", "tévedés", "din greșeală", "greškom"),
        *("по ошибке", "ошибочно", "помилково", "погрешка", "yanlışlıkla", "hata"),
        *("εκ παραδρομήσ", "בטעות", "خطأ", "kesalahan", "keliru", "nhầm"),
        *("誤って", "误收", "错误", "誤收", "잘못"),
    ),
    # … and is to be handled so.
    (
        *("notify", "delete", "destroy", "unauthori", "prohibited", "disclos"),
        *("disseminat", "liabilit", "viruses", "copying", "vernichten", "löschen"),
        *("unbefugt", "nicht gestattet", "détruire", "supprimer", "interdit"),
        *("avertir", "eliminar", "notifi", "prohibid", "borrar", "apagar", "proibid"),
        *(
            "elimin",
            "distrugg",
            "vietat",
            "verwijder",
            "vernietig",
            "radera",
            "förstör",
        ),
        *("slet", "underret", "poista", "hävit", "usun", "zniszcz", "smaž", "vymaž"),
        *("törö", "șterge", "distrug", "izbris", "obris", "удалит", "уничтож"),
        *("видал", "изтри", "silin", "yasak", "διαγρά", "למחוק", "احذف", "حذف"),
        *("hapus", "xóa", "削除", "破棄", "删除", "刪除", "삭제", "폐기"),
    ),
)
# A line of these words alone stands above one.
HEADINGS: Final = frozenset(
    {"disclaimer", "confidentiality notice", "legal notice", "confidentiality"}
    | {"legal disclaimer", "email disclaimer", "haftungsausschluss", "rechtshinweis"}
    | {"vertraulichkeitshinweis", "avis de confidentialité", "confidentialité"}
    | {"aviso legal", "confidencialidad", "aviso de confidencialidade", "riservatezza"}
    | {"avviso di riservatezza", "vertrouwelijkheid", "important notice", "important"}
)
# Words of who speaks of such a notice.
TOPICS: Final = (
    *("wording", "footer", "disclaimer", "clause", "signature", "formulierung"),
    *("fusszeile", "signatur", "klausel", "mention légale", "pied de page", "cláusula"),
    *("pie de página", "rodapé", "clausola", "piè di pagina", "voettekst", "stopk"),
    *("подпис", "免责", "署名", "サイン"),
)
# What a message begins with; one that has no other words above is not cut.
GREETINGS: Final = frozenset(
    {"hi", "hello", "hey", "dear", "hallo", "sehr", "liebe", "lieber", "guten", "moin"}
    | {"bonjour", "bonsoir", "salut", "cher", "chère", "hola", "buenos", "buenas"}
    | {"estimado", "estimada", "olá", "ola", "oi", "bom", "boa", "prezado", "prezada"}
    | {"ciao", "buongiorno", "gentile", "salve", "hoi", "beste", "geachte", "hej"}
    | {"hei", "dzień", "cześć", "dobrý", "merhaba", "привет", "здравствуйте", "добрый"}
)
# Each of these alone is one.
SHORT: Final = (
    *("consider the environment before", "think before you print"),
    *("think before printing", "environment before printing"),
    *("denken sie an die umwelt", "pensez à l'environnement", "pensez à la planète"),
    *("piense en el medio ambiente", "piense antes de imprimir"),
    *("ambiente antes de imprimir", "pense antes de imprimir"),
    *("environnement avant d'imprimer", "pensez avant d'imprimer"),
    *("ambiente prima di stampare", "pensa prima di stampare"),
    *("tänk på miljön", "tenk på miljøet", "tænk på miljøet"),
    *("denk aan het milieu", "środowisku zanim wydrukujesz", "virus-free."),
    *("virenfrei.", "sans virus.", "libre de virus", "livre de vírus"),
    *("privo di virus", "mail has been checked for viruses"),
    *("mail has been scanned for viruses", "message has been scanned for viruses"),
    *("mail was scanned for viruses", "diese e-mail wurde von avast"),
    *("подумайте о природе", "прежде чем печатать"),
)
# In each of them that is written in ASCII, and below, is one of these.
MARKS: Final = (
    *("vir", "print", "mprim", "ambiente", "stampare", "umwelt", "milieu", "regist"),
    *("gericht", "vat no", "ust-id", "ust.-id", "sitz der", "partita", "kvk ", "avast"),
)
# The same beside a kind of company, if nobody speaks there for themselves.
REGISTERS: Final = (
    *("registered in england", "company registration n", "amtsgericht "),
    *("handelsregister", "registergericht", "geschäftsführer:", "vat no", "ust-id"),
    *("sitz der gesellschaft", "ust.-id", "registered office", "partita iva"),
    *("siège social", "kvk "),
)
