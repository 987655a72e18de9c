from mailbot_server.core.authentication.question import texts, words


def test_no_answer_holds_no_records():
    assert texts(None) == ()
    assert words(None) == ()


def test_records_of_another_kind_are_not_taken_for_ones_own():
    assert texts((b"v=spf1",)) == (b"v=spf1",)
    assert words((b"v=spf1",)) == ()
    assert texts(("192.0.2.1",)) == ()
    assert words(("192.0.2.1",)) == ("192.0.2.1",)
