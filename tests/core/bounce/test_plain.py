import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot_server.core.bounce.plain import TEXT_MAX, apart, is_early, plain


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Zm\u011bna P\u0159\u00edjemce", "zmena prijemce"),
        ("Skrzynka przepe\u0142niona, gro\u00df", "skrzynka przepelniona, gross"),
        ("\u043d\u0435 \u043d\u0430\u0439\u0434\u0435\u043d", "не найден"),
        ("\u0443\u0434\u0430\u043b\u0451\u043d", "удален"),
        ("\u30dc\u30c3\u30af\u30b9", "ボックス"),
        ("<nospam@example.com> at 192.0.2.1", "<@> at ip"),
        ("OverQuota or DisabledUser", "over quota or disabled user"),
        ("GIVING UP", "giving up"),
        ("<TheSpamFilter@example.com>", "<@>"),
    ],
)
def test_marks_case_and_addresses_do_not_count(text, read):
    assert plain(text) == read


def test_words_apart_have_nothing_between_them():
    assert apart("err_no-such.user:(bob's)") == "err no such user bob's"


@pytest.mark.parametrize("text", ["no such user, bob.", "see http://a.example/b"])
def test_text_that_joins_no_words_stays_as_it_is(text):
    assert apart(text) == text


@pytest.mark.parametrize(
    ("text", "early"),
    [
        ("no such user (in reply to MAIL FROM command)", True),
        ("SMTP error from remote mail server after MAIL FROM:<a@b.example>", True),
        ("Connected to 192.0.2.1 but sender was rejected.", True),
        ("no such user (in reply to RCPT TO command)", False),
        ("no such user", False),
    ],
)
def test_relay_tells_what_the_host_refused(text, early):
    assert is_early(text) is early


@given(st.text())
def test_any_text_is_read_once_and_for_all(text):
    once = plain(text)
    assert len(once) <= TEXT_MAX * 2
    assert apart(apart(once)) == apart(once)
