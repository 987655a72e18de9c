import re

import pytest

from mailbot_server.core import bounce
from mailbot_server.core.bounce.rules.families import ADDRESSEE, NAMELESS, both
from mailbot_server.core.mail.reply import read


@pytest.mark.parametrize(
    ("text", "fits"),
    [
        ("no such thing as this mailbox", True),
        ("mailbox of bob: invalid", True),
        ("mailbox of bob is fine", False),
        ("invalid", False),
        ("invalid mailbox in the header", False),
    ],
)
def test_both_in_any_order_and_nothing_of_the_third(text, fits):
    pattern = both(ADDRESSEE, NAMELESS, but_not="header")

    assert bool(re.search(pattern, text)) is fits


def test_without_a_third_nothing_is_left_out():
    assert re.search(both("header", "mailbox"), "mailbox and header")


@pytest.mark.parametrize(
    "text",
    [
        # About the sender.
        "Lähettäjän osoitetta ei löydy, vastaanottaja hylkäsi",
        "A feladó címe ismeretlen, a címzett szervere elutasította",
        "Pošiljatelj nepoznat, korisnik odbijen",
        "penerima menolak: pengirim tidak dikenal",
        "Người nhận từ chối: người gửi không tồn tại",
        "Скринька: адреса відправника не існує",
        "Η διεύθυνση του αποστολέα δεν υπάρχει",
        "כתובת השולח לא קיים בתיבת הנמען",
        "عنوان المرسل غير موجود لدى المستخدم",
        "ไม่พบผู้ส่ง ผู้รับปฏิเสธ",
        "Konto des Absenders gesperrt",
        "envelope from: no such user",
        "Reply-To address does not exist",
        "domain not found for sender",
        # About us.
        "Ihr Konto wurde gesperrt",
        "Votre compte est désactivé",
        "Su cuenta ha sido suspendida",
        "La vostra casella è sospesa",
        "Sua conta foi bloqueada",
        "Twoje konto zostało zablokowane",
        "Uw account is geblokkeerd",
        "Ваша учётная запись заблокирована",
        "Ваш ящик відключено",
        "您的帐户已被冻结",
        "Contul dumneavoastra este blocat, utilizator dezactivat",
        "Akun Anda dinonaktifkan",
        "L'adresse IP de votre serveur est désactivée",
        "Outgoing mail from this account has been disabled",
        "5.7.1 Recipient not found in allow list of sender",
        # It may pass.
        "Mailbox server is down for maintenance: mailbox not available",
        "Message held: recipient mailbox on hold",
        "Mailbox is currently put to sleep and will wake up",
        "utilisateur inconnu, erreur temporaire OFR_418",
        "Käyttäjä tuntematon, tilapäinen virhe",
        "Ismeretlen címzett, átmeneti hiba",
        "Bruker ukjent, midlertidig feil",
        "Pengguna tidak dikenal, coba lagi nanti",
        "Kullanıcı bulunamadı, geçici hata",
        "Користувач невідомий, тимчасова помилка",
        "Άγνωστος χρήστης, προσωρινό σφάλμα",
        "المستخدم غير معروف، خطأ مؤقت",
        "ไม่พบผู้ใช้ชั่วคราว",
    ],
)
def test_words_of_other_languages_condemn_no_address(text):
    found = bounce.classify(read(550, text), "rcpt")
    assert not (found.permanent and found.scope == "recipient"), found


@pytest.mark.parametrize(
    "text",
    [
        # About who sends.
        "no mailbox of that sender: address of the originator unknown",
        "mail from user unknown",
        "The sender's mailbox has been disabled",
        "Sender domain has null MX",
        "callout failed: user unknown",
        "Originating domain not registered",
        "mx.example.org does not exist",
        "your mail server is unknown",
        "valid user for relaying only, account disabled",
        "You are not a known user",
        "User not authenticated",
        # About the message.
        "attachment type unknown",
        "The link domain does not exist",
        "Invalid address in the To header",
        "Message-ID domain invalid",
        # About the host.
        "mailbox is locked by another user",
        "Unable to verify recipient: backend not responding",
        "invalid response from mailbox server",
        "home directory not found",
        "account is being moved, mailbox not available",
        "Session unknown",
        # About how many there were, and what is wished.
        "invalid recipients exceeded",
        "user not allowed more, recipient limit exceeded",
        "you are unknown to the recipient",
        "mail service account suspended, sending not possible",
    ],
)
def test_words_about_others_condemn_no_address(text):
    found = bounce.classify(read(550, text), "rcpt")
    assert not (found.permanent and found.scope == "recipient"), found


@pytest.mark.parametrize(
    "text",
    [
        "Käyttäjä tuntematon",
        "Ismeretlen címzett",
        "Pengguna tidak dikenal",
        "Користувач невідомий",
        "Άγνωστος χρήστης",
        "المستخدم غير معروف",
        "ไม่พบผู้ใช้",
        "Das Konto ist gesperrt",
        "Benutzer unbekannt",
        "Le compte est désactivé",
        "Ящик отключён",
    ],
)
def test_the_same_of_the_recipient_does(text):
    found = bounce.classify(read(550, text), "rcpt")
    assert (found.permanent, found.scope) == (True, "recipient"), found
