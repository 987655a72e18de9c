import pytest

from mailbot_server.core.mail.dsn import phrase


@pytest.mark.parametrize(
    "words",
    [
        "it could not be delivered",
        "no mailbox: user unknown",
        "konnte nicht zugestellt werden",
        "n'a pas pu être remis",
        "no se pudo entregar el mensaje",
        "non è stato possibile recapitare il messaggio",
        "não foi entregue",
        "kon niet worden bezorgd",
        "не доставлено",
        "配信できませんでした",
        "邮件被退回",
    ],
)
def test_a_failure_is_known_in_many_languages(words: str) -> None:
    assert phrase.FAILURE.search(words)


@pytest.mark.parametrize(
    "words",
    [
        "you do not need to resend your message",
        "we will continue to try",
        "delivery attempts will continue to be made",
        "could not send message for past 4 hours",
        "die zustellung ist verzögert",
        "配信が遅れています",
    ],
)
def test_a_delay_is_known_by_its_words(words: str) -> None:
    assert phrase.DELAY.search(words)
    assert not phrase.FINAL.search(words)


def test_what_is_given_up_is_no_delay() -> None:
    assert phrase.FINAL.search("this is a permanent error; i've given up")


def test_a_challenge_is_known() -> None:
    assert phrase.CHALLENGE.search("please confirm your message")
