import pytest

from mailbot_server.core.mail.quote import card_phrase, split

NEW = "The goods left us on Friday."

CLOSED = {
    "arabic": "مع التحية\nسامي حداد\nهاتف: 0221 5550143",
    "chinese": "此致\n敬礼\n\n王小明\n销售经理\n电话：010-55501430",
    "czech": "S pozdravem\nJana Malá\nobchodní oddělení",
    "danish": "Med venlig hilsen\nMads Holm\nTlf. +45 55 50 14 30",
    "dutch": "Met vriendelijke groet,\nKees Bos\nBos B.V.",
    "finnish": "Ystävällisin terveisin\nAino Salo\nPuh. 040 555 0143",
    "french": "Bien cordialement,\n\nLuce Petit\nResponsable des ventes",
    "german": "Mit freundlichen Grüßen\n\ni. A. Ute Klein\nVertrieb\nKlein GmbH",
    "greek": "Με εκτίμηση\nΝίκος Δήμου\nΤηλ: 210 5550143",
    "hebrew": "בברכה\nדנה לוי\nטל: 03-5550143",
    "hungarian": "Üdvözlettel\nKis Anna\nKis Kft.",
    "indonesian": "Hormat kami\nBudi Utomo\nTelp: 021-5550143",
    "italian": "Cordiali saluti\n\nRita Neri\nNeri S.r.l.",
    "japanese": "よろしくお願いいたします。\n\n山本花子\n株式会社ヤマモト\n電話：03-5555-0143",
    "korean": "감사합니다.\n김민수 드림\n전화: 02-555-0143",
    "norwegian": "Vennlig hilsen\nKari Dahl\nDahl AS\nTlf: 55 50 14 30 00",
    "polish": "Z poważaniem\nEwa Lis\nSpecjalista ds. zakupów",
    "portuguese": "Atenciosamente,\nRui Sá\nDiretor de vendas",
    "romanian": "Cu stimă,\nDan Pop\nTel: 0721 555 014",
    "russian": "С уважением,\nАнна Белова\nМенеджер по продажам",
    "spanish": "Un saludo,\n\nLola Gil\nJefe de ventas",
    "swedish": "Med vänliga hälsningar\nNils Ek\nEk AB",
    "turkish": "Saygılarımla\nEce Kaya\nSatış Müdürü",
    "ukrainian": "З повагою,\nОлег Бойко\nТел.: +380 44 555 0143",
}
KEPT = {
    "chinese": 4,
    "french": 3,
    "german": 3,
    "italian": 3,
    "japanese": 3,
    "spanish": 3,
}

NOTICES = {
    "arabic": "هذه الرسالة سرية. إذا وصلتك عن طريق الخطأ يرجى حذفها.",
    "chinese": "本邮件内容保密，仅供收件人使用。如误收请删除。",
    "czech": "Tento e-mail je důvěrný a patří jen adresátovi. Přišel-li omylem, smažte jej.",
    "danish": "Denne e-mail er fortrolig. Fik du den ved en fejl, så slet den.",
    "dutch": "Deze e-mail is vertrouwelijk. Kreeg u hem per ongeluk, verwijder hem dan.",
    "finnish": "Tämä viesti on luottamuksellinen. Jos sait sen vahingossa, poista se.",
    "french": "Ce message est confidentiel. Reçu par erreur, merci de le supprimer.",
    "german": "Diese E-Mail ist vertraulich. Kam sie irrtümlich, bitte löschen.",
    "hungarian": "Ez az e-mail bizalmas, csak a címzettnek szól. Más törölje.",
    "italian": "Questo messaggio è riservato. Chi lo riceve per errore lo elimini.",
    "japanese": "本メールは機密であり、受信者以外の方は削除してください。",
    "korean": "본 메일은 기밀이며 잘못 받으신 경우 삭제해 주십시오.",
    "polish": "Ta wiadomość jest poufna. Otrzymaną omyłkowo proszę usunąć.",
    "portuguese": "Esta mensagem é confidencial. Recebida por engano, deve apagar-se.",
    "romanian": "Acest mesaj este confidențial și aparține destinatarului.",
    "russian": "Это сообщение конфиденциально. Полученное по ошибке следует удалить.",
    "spanish": "Este mensaje es confidencial. Si lo recibe por error, bórrelo o elimínelo.",
    "swedish": "Detta meddelande är konfidentiellt. Kom det av misstag, radera det.",
    "turkish": "Bu e-posta gizlidir. Yanlışlıkla aldıysanız siliniz.",
    "ukrainian": "Це повідомлення конфіденційне. Отримане помилково слід видалити.",
}


@pytest.mark.parametrize("language", CLOSED)
def test_a_card_below_a_closing(language):
    lines = CLOSED[language].split("\n")
    kept = KEPT.get(language, 2)
    result = split(f"{NEW}\n\n{CLOSED[language]}")
    assert result.new == "\n".join([NEW, "", *lines[:kept]]).rstrip()
    assert result.signature == "\n".join(lines[kept:]).strip()


@pytest.mark.parametrize("language", NOTICES)
def test_a_notice_below_a_name(language):
    result = split(f"{NEW}\n\nAnn\n\n{NOTICES[language]}")
    assert (result.new, result.signature) == (f"{NEW}\n\nAnn", NOTICES[language])


def test_each_name_of_a_message_has_a_core():
    cores = card_phrase.NOTICE_CORES
    bare = [x for x in card_phrase.NOTICE_SELF if not any(core in x for core in cores)]
    assert bare == []


def test_each_notice_in_ascii_has_a_mark():
    notices = filter(str.isascii, (*card_phrase.NOTICES, *card_phrase.REGISTERS))
    marks = card_phrase.NOTICE_MARKS
    assert [x for x in notices if not any(mark in x for mark in marks)] == []


def test_words_are_written_as_they_are_compared():
    single = (card_phrase.TRADES, card_phrase.LABELS, card_phrase.ANNOUNCES)
    notices = (card_phrase.NOTICE_SELF, *card_phrase.NOTICE_THOUGHTS)
    short = (card_phrase.NOTICES, card_phrase.REGISTERS, card_phrase.NOTICE_TOPICS)
    for table in (*single, *notices, *short):
        assert [word for word in table if word != word.casefold()] == []
        assert len(set(table)) == len(table)
    for words in (card_phrase.CLOSINGS, card_phrase.CLOSING_ENDS):
        assert {word for word in words if word != word.casefold()} <= {""}
    assert {word.casefold() for word in card_phrase.COMPANIES} == card_phrase.COMPANIES
