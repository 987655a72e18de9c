import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot_server.core.mail.quote.original import (
    is_forward,
    is_header_block,
    is_original,
    is_rule,
    is_ruled_off,
    is_sender_line,
    may_begin,
)


@pytest.mark.parametrize(
    "line",
    [
        "-----Original Message-----",
        "----- Original Message -----",
        "________ Original Message ________",
        "-----Ursprüngliche Nachricht-----",
        "-------- Original-Nachricht --------",
        "-----Message d'origine-----",
        "-----Mensaje original-----",
        "----- Mail original -----",
        "-----Oprindelig meddelelse-----",
        "-----Исходное сообщение-----",
        "------------------ 原始邮件 ------------------",
        "-------- Original message --------",
        "--- Original Message from Ann ---",
        "Original Message:",
        "-----Original Message----- From: Ann Sent: Monday To: Bob",
        "-------- Ursprüngliche Nachricht --------Von: " + "Ann " * 50,
    ],
)
def test_separators(line):
    assert is_original(line)
    assert not is_forward(line)


@pytest.mark.parametrize(
    "line",
    [
        "---------- Forwarded message ----------",
        "---------- Forwarded message ---------",
        "-------- Forwarded Message --------",
        "Begin forwarded message:",
        "-------- Weitergeleitete Nachricht --------",
        "Anfang der weitergeleiteten Nachricht:",
        "---------- Mensaje reenviado ----------",
        "-------- Пересылаемое сообщение --------",
        "----- Forwarded by Ann Lee -----",
        "----- Weitergeleitet von Ann Lee/Org am 02.04.2012 18:26 -----",
        "Začátek přeposílané zprávy:",
        "Début du message transféré :",
        "Начало переадресованного сообщения:",
        "开始转发的邮件：",
        "---- 转发的原邮件 ----",
        "-------- 转发邮件信息 --------",
        "---------- Edastatud kiri ---------",
        "---------- Yönlendirilmiş ileti ---------",
        "-------- Перенаправленное сообщение --------",
        "============ Forwarded message ============",
        "---------- Forwarded Conversation ----------",
    ],
)
def test_forwards(line):
    assert is_forward(line)
    assert not is_original(line)


@pytest.mark.parametrize(
    "line",
    [
        "------------------------------------- Enter Feedback Below -------------------------------------",
        "Original Message",
        "The original message: read it",
        "-----",
        "",
        "-" * 200 + "Original Message",
        "Original Messages:",
        "I forwarded it to Ann:",
        "-- forwarded --",
        "--- " + "what we forwarded to everybody " * 3 + "---",
    ],
)
def test_neither(line):
    assert not is_original(line)
    assert not is_forward(line)


@pytest.mark.parametrize(
    ("line", "is_one"),
    [
        (">>> Ann Lee <ann@example.com> 4/2/2012 6:26 PM >>>", True),
        (">>> Ann Lee 02.04.2012 18:26 >>>", True),
        (">>> Ann Lee 2012-04-02 18:26", True),
        (">>> On 4/2/2012 at 6:26 PM, in message <1@example.com>, Ann Lee", True),
        (">>> a = 4/2/2012", False),
        (">>> Hello", False),
        (">>> " + "x" * 300, False),
    ],
)
def test_a_line_with_the_sender(line, is_one):
    assert is_sender_line(line) is is_one


def test_a_line_to_answer_above_may_stand_under_a_rule():
    words = "Please answer above this line."
    assert is_ruled_off(["-—-—-—-—", words], 0)
    assert not is_ruled_off([words, "-----"], 0)
    assert not is_ruled_off(["-----", "Please answer."], 0)
    assert not is_ruled_off(["-----"], 0)
    assert not is_original(words)
    assert is_original("answer above this line --")


@pytest.mark.parametrize(
    ("line", "is_one"),
    [
        ("_____", True),
        (" ------------ ", True),
        ("=====", True),
        ("---", False),
        ("- - -", False),
        ("", False),
        ("-" * 500, False),
    ],
)
def test_rules(line, is_one):
    assert is_rule(line) is is_one


BLOCKS = {
    "english": [
        "From: Ann Lee",
        "Sent: Friday, November 21, 1997 9:55 AM",
        "To: Bob",
        "Subject: Hello",
    ],
    "german": [
        "Von: Ann Lee",
        "Gesendet: Freitag, 21. November 1997 09:55",
        "An: Bob",
        "Betreff: Hallo",
    ],
    "french": [
        "De : Ann Lee [mailto:ann@example.com]",
        "Envoyé : vendredi 21 novembre 1997 09:55",
        "À : Bob",
        "Objet : Bonjour",
    ],
    "spanish": [
        "De: Ann Lee",
        "Enviado el: viernes, 21 de noviembre de 1997 9:55",
        "Para: Bob",
        "Asunto: Hola",
    ],
    "italian": [
        "Da: Ann Lee",
        "Inviato: venerdì 21 novembre 1997 09:55",
        "A: Bob",
        "Oggetto: Ciao",
    ],
    "portuguese": [
        "De: Ann Lee",
        "Enviada em: sexta-feira, 21 de novembro de 1997 09:55",
        "Para: Bob",
        "Assunto: Olá",
    ],
    "dutch": [
        "Van: Ann Lee",
        "Verzonden: vrijdag 21 november 1997 9:55",
        "Aan: Bob",
        "Onderwerp: Hallo",
    ],
    "swedish": [
        "Från: Ann Lee",
        "Skickat: den 21 november 1997 09:55",
        "Till: Bob",
        "Ämne: Hej",
    ],
    "danish": [
        "Fra: Ann Lee",
        "Sendt: 21. november 1997 09:55",
        "Til: Bob",
        "Emne: Hej",
    ],
    "finnish": [
        "Lähettäjä: Ann Lee",
        "Lähetetty: perjantai 21. marraskuuta 1997 9.55",
        "Vastaanottaja: Bob",
        "Aihe: Hei",
    ],
    "polish": [
        "Od: Ann Lee",
        "Wysłano: piątek, 21 listopada 1997 09:55",
        "Do: Bob",
        "Temat: Cześć",
    ],
    "czech": [
        "Od: Ann Lee",
        "Odesláno: pátek 21. listopadu 1997 9:55",
        "Komu: Bob",
        "Předmět: Ahoj",
    ],
    "hungarian": [
        "Feladó: Ann Lee",
        "Elküldve: 1997. november 21. 9:55",
        "Címzett: Bob",
        "Tárgy: Szia",
    ],
    "turkish": [
        "Kimden: Ann Lee",
        "Gönderildi: 21 Kasım 1997 Cuma 09:55",
        "Kime: Bob",
        "Konu: Merhaba",
    ],
    "russian": [
        "От: Ann Lee",
        "Отправлено: 21 ноября 1997 г. 9:55",
        "Кому: Bob",
        "Тема: Привет",
    ],
    "chinese": [
        "发件人: Ann Lee",
        "发送时间: 1997年11月21日 9:55",
        "收件人: Bob",
        "主题: 你好",
    ],
    "japanese": [
        "差出人: Ann Lee",
        "送信日時: 1997年11月21日 9:55",
        "宛先: Bob",
        "件名: こんにちは",
    ],
    "korean": [
        "보낸 사람: Ann Lee",
        "보낸 날짜: 1997년 11월 21일 9:55",
        "받는 사람: Bob",
        "제목: 안녕",
    ],
    "bold": [
        "*From:* Ann Lee",
        "*Sent:* Friday, 21 November",
        "*To:* Bob",
        "*Subject:* Hello",
    ],
    "address": ["From: ann@example.com", "Date: Fri, 21 Nov 1997 09:55:06 -0600"],
    "date-first": ["Date: Fri, 21 Nov 1997 09:55:06 -0600", "To: bob@example.com"],
    "folded": [
        "From: Ann Lee [mailto:",
        "ann@example.com]",
        "Sent: Friday",
        "To: Bob;",
        " Carl",
        "Subject: Hello",
    ],
    "copies": [
        "From: Ann",
        "Sent: Friday, 21 November",
        "Cc: Bob",
        "Cc: Carl",
        "Subject: Hello",
    ],
    "twice": ["From: Ann", "Sent: Friday, 21 November", "To: Bob", "From: Carl"],
}


@pytest.mark.parametrize("language", BLOCKS)
def test_header_blocks(language):
    assert is_header_block([*BLOCKS[language], "", "text"], 0)
    assert is_header_block(BLOCKS[language], 0)


def test_a_rule_above_labels_says_what_their_values_do_not():
    block = ["_____", "", "From: ann", "To: Bob", "Subject: Hello"]
    assert is_header_block(block, 2)
    assert not is_header_block(block[2:], 0)


def test_a_name_suffices_unless_the_labels_are_announced():
    block = ["From: Ann", "To: Bob", "Subject: Hello"]
    assert is_header_block(["Hi.", "", *block], 2)
    assert not is_header_block(["Write:", "", *block], 2)
    assert not is_header_block(["Date: May", *block], 1)


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param(["From: London", "To: Paris", "Date: 12 May"], id="a-journey"),
        pytest.param(
            ["From: home", "To: the office", "Subject: to traffic", "Date: Friday 7"],
            id="a-plan-with-a-subject",
        ),
        pytest.param(
            ["From: 10:00", "To: 11:30", "Subject: Costs", "Sent: by me"], id="agenda"
        ),
        pytest.param(
            ["From: your address", "Sent: any time", "To: them", "Subject: Access"],
            id="how-to-write-one",
        ),
        pytest.param(
            ["To: all staff", "From: the board", "Date: 3 March 2025", "Subject: Cars"],
            id="a-memo",
        ),
        pytest.param(
            [
                "Date: Wednesday 3, October 2011",
                "Time: 7 : 00am",
                "Address: 130 Fox St",
            ],
            id="an-appointment",
        ),
        pytest.param(["From: ann@example.com", "", "text"], id="one-label"),
        pytest.param(
            ["To: ann@example.com", "From: bob@example.com"], id="begins-with-another"
        ),
        pytest.param(["Date: 12 May ann@example.com", "Sent: 13 May"], id="dates-only"),
        pytest.param(
            ["From: Ann", "one", "two", "Subject: x", "Sent: y"], id="too-far-apart"
        ),
        pytest.param(["Text: x"], id="another-label"),
        pytest.param(["x" * 50 + "From: Ann"], id="label-not-at-the-start"),
        pytest.param(["no colon"], id="no-colon"),
    ],
)
def test_what_is_no_header_block(lines):
    assert not is_header_block(lines, 0)


@given(
    st.lists(
        st.text(st.sampled_from("From:DateToSentSubject @a\n-_="), max_size=30),
        min_size=1,
        max_size=20,
    )
)
def test_nothing_fails(lines):
    for number, line in enumerate(lines):
        assert {
            is_header_block(lines, number),
            is_original(line),
            is_forward(line),
            is_rule(line),
        } <= {True, False}


@pytest.mark.parametrize(
    ("line", "may"),
    [
        ("A line of prose, nothing else", False),
        ("差出人： Ann", True),
        ("From: Ann", True),
        ("> a", True),
        ("-----", True),
        ("Original Message ---", True),
        ("", True),
    ],
)
def test_prose_is_told_at_once(line, may):
    assert may_begin(line) is may
