import pytest

from mailbot_server.core.mail.quote import notice_phrase, split

NEW = "The goods left us on Friday."

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


@pytest.mark.parametrize("language", NOTICES)
def test_a_notice_below_a_name(language):
    result = split(f"{NEW}\n\nAnn\n\n{NOTICES[language]}")
    assert (result.new, result.signature) == (f"{NEW}\n\nAnn", NOTICES[language])


def test_each_name_of_a_message_has_a_core():
    cores = notice_phrase.CORES
    bare = [x for x in notice_phrase.SELF if not any(core in x for core in cores)]
    assert bare == []


def test_each_notice_in_ascii_has_a_mark():
    notices = filter(str.isascii, (*notice_phrase.SHORT, *notice_phrase.REGISTERS))
    marks = notice_phrase.MARKS
    assert [x for x in notices if not any(mark in x for mark in marks)] == []


def test_words_are_written_as_they_are_compared():
    own = (notice_phrase.SELF, *notice_phrase.THOUGHTS)
    short = (notice_phrase.SHORT, notice_phrase.REGISTERS, notice_phrase.TOPICS)
    for table in (*own, *short):
        assert [word for word in table if word != word.casefold()] == []
        assert len(set(table)) == len(table)
