"""Codes by the words around them, and what only looks like one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot_server.core.mail.content.passcode import CODES_MAX, CONTEXT_MAX, find


def best(subject, text):
    codes = find(subject, text)
    return codes[0].value if codes else None


@pytest.mark.parametrize(
    "sentence",
    [
        pytest.param("Your verification code is 482913.", id="english"),
        pytest.param("482913 is your login code", id="english-code-first"),
        pytest.param("Use 482913 as your one-time password.", id="english-use"),
        pytest.param("Your OTP: 482913 (valid for 10 minutes)", id="english-otp"),
        pytest.param("Ihr Bestätigungscode lautet: 482913", id="german"),
        pytest.param("Ihr Einmalpasswort ist 482913", id="german-password"),
        pytest.param("Votre code de vérification est 482913", id="french"),
        pytest.param("Tu código de verificación es 482913", id="spanish"),
        pytest.param("Seu código de verificação é 482913", id="portuguese"),
        pytest.param("Il tuo codice di verifica è: 482913", id="italian"),
        pytest.param("Uw verificatiecode is 482913", id="dutch"),
        pytest.param("Din engångskod är 482913", id="swedish"),
        pytest.param("Din engangskode er 482913", id="danish"),
        pytest.param("Vahvistuskoodisi on 482913", id="finnish"),
        pytest.param("Twój kod weryfikacyjny to 482913", id="polish"),
        pytest.param("Váš ověřovací kód je 482913", id="czech"),
        pytest.param("A hitelesítő kód: 482913", id="hungarian"),
        pytest.param("Codul tău de verificare este 482913", id="romanian"),
        pytest.param("Doğrulama kodunuz: 482913", id="turkish"),
        pytest.param("Ваш код подтверждения: 482913", id="russian"),
        pytest.param("Ваш код підтвердження: 482913", id="ukrainian"),
        pytest.param("Ο κωδικός επαλήθευσης είναι 482913", id="greek"),
        pytest.param("קוד האימות שלך הוא 482913", id="hebrew"),
        pytest.param("رمز التحقق الخاص بك هو 482913", id="arabic"),
        pytest.param("आपका सत्यापन कोड 482913 है", id="hindi"),
        pytest.param("รหัสยืนยันของคุณคือ 482913", id="thai"),
        pytest.param("Mã xác minh của bạn là 482913", id="vietnamese"),
        pytest.param("Kode verifikasi Anda adalah 482913", id="indonesian"),
        pytest.param("您的验证码是482913，请在10分钟内输入。", id="chinese"),
        pytest.param("認証コード：482913", id="japanese"),
        pytest.param("인증번호 [482913]를 입력해주세요", id="korean"),
    ],
)
def test_codes_are_known_by_words_of_many_languages(sentence):
    assert best("Hello", f"Hi,\n\n{sentence}\n\nBye") == "482913"
    assert best(sentence, "") == "482913"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Your code is 739 201", "739201"),
        ("Your code is 739-201", "739201"),
        ("Your code is 7 3 9 2 0 1", "739201"),
        ("Your code is 12 34 56", "123456"),
        ("Your code is 1234 5678", "12345678"),
        ("G-482913 is your verification code", "482913"),
        ("Your confirmation code\n\nXMV-KQ5", "XMVKQ5"),
        ("Here is the code you need:\n\n5F2KX\n", "5F2KX"),
        ("Enter this code to sign in:\n\n4\n8\n2\n9\n1\n3\n", "482913"),
        ("Your temporary password is: aB3dE9xY", "aB3dE9xY"),
        ("Your passcode is\n\n**123456**\n", "123456"),
        ("------\n A1B2C3 \n------\nis your access code", "A1B2C3"),
        ("PIN: 2047", "2047"),
        ("Your code is １２３４５６", "123456"),
        ("To verify your address enter this number\n\n583920", "583920"),
        ("Use 839201 to reset. Do not share this code.", "839201"),
        ("Enter 482913 to log in", "482913"),
        ("Для входа введите 482913.", "482913"),
        ("您的动态密码为:482913,5分钟内有效。", "482913"),
        ("Your code is HKQWZB", "HKQWZB"),
        ("Code:482913", "482913"),
        ("482913 - use this to verify your address", "482913"),
        ("Backup codes:\n\n8392 1847\n1029 3847", "83921847"),
        ("Join: https://e.example/j/98765432101\nPasscode: 482913", "482913"),
        ("The PIN of your card ending 9921 is 4417", "4417"),
        ("Your code for Windows 2026: 482913", "482913"),
        ("Your code expires in 3600 seconds - 482913", "482913"),
        ("Ihr Code für Vorgang 4711: 482913", "482913"),
        ("Your verification code for +49 170 1234567: 482913", "482913"),
        ("Die mTAN für 20,00 EUR an DE12 5001 0517 0648 lautet 482913", "482913"),
        ("Activation key: 7F4K-99QX-P2LM-0ZRT", "7F4K99QXP2LM0ZRT"),
        ("Kod SMS do operacji nr 3 z dnia 21-11-2026: 77120934.", "77120934"),
        ("Giriş yapmak için şifreniz 482913.", "482913"),
        ("We sent you a code. Enter 482913 to go on.", "482913"),
        ("Pour réinitialiser votre mot de passe, entrez 482913 ici.", "482913"),
    ],
)
def test_codes_come_in_many_forms(text, value):
    assert best("Sign in", text) == value


def test_a_line_for_browsers_gives_the_code():
    [code] = find("Sign in", "747723 is yours\n\n@example.com #747723")
    assert code.value == "747723"
    assert code.confidence > 0.9


@pytest.mark.parametrize(
    "text",
    [
        "Thanks for your order #123456. Total: $1234.00",
        "Bestellnummer 4829135, Kundennummer: 9912345, Code folgt.",
        "Invoice number: 1234567, due 2026-05-01, customer number 99887766",
        "Let us meet in room 1234. Call +1 415 555 2671 or 555-123-4567",
        "Use promo code SAVE2026 at checkout. Zip code 94025.",
        "Use code BLACK50 for 50% off",
        "Your verification code is READY",
        "Here is your access code:\n\nCONFIRM",
        "In 2026 we had 10000 users. Our code of conduct, section 1234.",
        "Error code 5001: the source code has 123456 lines",
        "Ihre Bestellnummer: 123456789, Rechnungsnummer 7654321",
        "Numéro de commande : 123456. Code postal 75001.",
        "您的订单号：123456789，邮政编码 100000",
        "ご注文番号：123456789",
        "Security alert: a new sign-in on Windows on March 12 2026",
        "Booking reference: QX7T9Z. Flight LH1234, seat 12A, ticket 2202345678901",
        "Total €23.45, Visa ending in 1234, trip id 82736455",
        "Your account number is 8827361. Sort code 20-00-00, balance 10,234.55",
        "Build 20481 failed with exit code 1337",
        "Our office: 12345 Sunset Blvd, Suite 1200. Please confirm your subscription",
        "Tracking number 1234567890, account 12345678",
        "Confirmation number: H7GKQ2. Your seat is 14C.",
        "Please transfer to DE89 3704 0044 0532 0130 00, code follows",
        "",
    ],
)
def test_other_numbers_are_no_codes(text):
    assert find("Your order", text) == ()


def test_the_likeliest_code_is_the_first():
    codes = find("Sign in", "Order 99887766\nYour security code is 482913.")
    assert codes[0].value == "482913"


@pytest.mark.parametrize(
    "text",
    [
        "Your code is 482913. Reply STOP to 89203 to unsubscribe.",
        "Vahvistuskoodisi on 482913. Tilausnumero 77120.",
        "Koodisi on 482913. Koodi vanhenee pian. Asia 771203 on eri.",
        "Kode verifikasi Anda adalah 482913. No. pesanan 55120.",
        "Mã xác nhận của bạn là 482913. Đơn hàng 77120. Mã giảm giá TET2027",
        "Your code for sign-in is 482913, quote 889213 on the phone.",
    ],
)
def test_a_word_has_one_code(text):
    assert [code.value for code in find("Sign in", text)] == ["482913"]


def test_codes_of_a_list_are_all_told():
    codes = find("", "Your backup codes: 48291301, 10293847 and 56473829")
    assert [code.value for code in codes] == ["48291301", "10293847", "56473829"]


def test_a_year_is_no_code_but_a_pin_may_look_like_one():
    assert find("News", "Our code base since 2019\n2026") == ()
    assert best("", "Your PIN is 2026") == "2026"


def test_the_subject_may_say_what_a_number_in_a_sentence_is():
    assert best("Ihr Sicherheitscode", "Geben Sie zur Bestätigung 5839 ein.") == "5839"


def test_the_words_around_a_code_are_told():
    [code] = find("", "Hello Carol,\n\nyour login code is 482913, good for a minute")
    assert "your login code is 482913" in code.context
    assert len(code.context) <= CONTEXT_MAX


def test_there_are_never_too_many():
    text = "\n".join(f"Your code is {number}" for number in range(100_000, 100_050))
    assert len(find("", text)) == CODES_MAX


@given(st.text(max_size=300), st.text(max_size=2000))
def test_any_text_can_be_read(subject, text):
    for code in find(subject, text):
        assert 0 < code.confidence <= 1
        assert code.value
        assert len(code.context) <= CONTEXT_MAX


@given(
    st.lists(
        st.sampled_from(
            [
                "code",
                "is",
                "123456",
                "12-34",
                "1 2 3 4",
                ":",
                "\n",
                "PIN",
                "AB12",
                "验证码",
            ]
        ),
        max_size=200,
    )
)
def test_whatever_is_found_stands_in_the_text(words):
    text = " ".join(words)
    bare = "".join(letter for letter in text if letter.isalnum())
    assert all(code.value in bare for code in find("", text))


@pytest.mark.parametrize("piece", ["code ", "1 ", "1-", "12 34 ", "A1-", "x@", "1\n"])
def test_a_megabyte_of_anything_is_bounded(piece):
    text = piece * (1_000_000 // len(piece))
    assert len(find(text, text)) <= CODES_MAX
