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


@pytest.mark.parametrize("language", CLOSED)
def test_a_card_below_a_closing(language):
    lines = CLOSED[language].split("\n")
    kept = KEPT.get(language, 2)
    result = split(f"{NEW}\n\n{CLOSED[language]}")
    assert result.new == "\n".join([NEW, "", *lines[:kept]]).rstrip()
    assert result.signature == "\n".join(lines[kept:]).strip()


def test_words_are_written_as_they_are_compared():
    single = (card_phrase.TRADES, card_phrase.LABELS, card_phrase.ANNOUNCES)
    for table in single:
        assert [word for word in table if word != word.casefold()] == []
        assert len(set(table)) == len(table)
    for words in (card_phrase.CLOSINGS, card_phrase.CLOSING_ENDS):
        assert {word for word in words if word != word.casefold()} <= {""}
    assert {word.casefold() for word in card_phrase.COMPANIES} == card_phrase.COMPANIES
