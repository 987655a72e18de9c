import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot_server.core.mail import reply
from mailbot_server.core.mail.reply import Reply, read

OURS = {name: value for name, value in vars(reply).items() if isinstance(value, Reply)}


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        pytest.param(250, "success", id="rfc5321-4.2.1-2yz"),
        pytest.param(354, "none", id="rfc5321-4.2.1-3yz"),
        pytest.param(451, "transient", id="rfc5321-4.2.1-4yz"),
        pytest.param(550, "permanent", id="rfc5321-4.2.1-5yz"),
        pytest.param(0, "none", id="no-answer"),
        pytest.param(600, "none", id="nonsense"),
    ],
)
def test_the_first_digit_says_how_it_went(code, kind):
    given_reply = Reply(code=code)
    assert given_reply.is_success is (kind == "success")
    assert given_reply.is_transient is (kind == "transient")
    assert given_reply.is_permanent is (kind == "permanent")


@pytest.mark.parametrize(
    ("code", "text", "enhanced", "words"),
    [
        pytest.param(
            250, "2.0.0 OK queued as 1", "2.0.0", "OK queued as 1", id="rfc2034-4"
        ),
        pytest.param(
            550,
            "5.1.1 no\n5.1.1 such\n5.1.1 user",
            "5.1.1",
            "no such user",
            id="rfc2034-3-every-line",
        ),
        pytest.param(
            550, "5.1.1 no such\nuser", "5.1.1", "no such user", id="first-line-only"
        ),
        pytest.param(
            550, "5.1.1\nno such user", "5.1.1", "no such user", id="alone-on-its-line"
        ),
        pytest.param(550, "5.1.1", "5.1.1", "", id="nothing-else"),
        pytest.param(
            550, "4.2.2 full", "", "4.2.2 full", id="rfc2034-4-class-must-match"
        ),
        pytest.param(550, "5.7.26 x", "5.7.26", "x", id="rfc7372-two-digits"),
        pytest.param(
            550, "5.1.1000 x", "", "5.1.1000 x", id="rfc3463-2-three-digits-at-most"
        ),
        pytest.param(550, "no such user", "", "no such user", id="none"),
        pytest.param(554, "", "", "", id="empty"),
        pytest.param(
            554,
            "a\x00b\x1b[31mc\u202ed\x85e\ud800f",
            "",
            "a b [31mc d e f",
            id="controls",
        ),
        pytest.param(451, " 4.7.1  grey  listed ", "4.7.1", "grey listed", id="blanks"),
        pytest.param(550, "é 日本", "", "é 日本", id="rfc6531-utf8"),
        pytest.param(
            550, "5.1.1 a\n5.1.2 b", "5.1.1", "a 5.1.2 b", id="another-code-is-text"
        ),
    ],
)
def test_a_remote_answer_is_taken_apart(code, text, enhanced, words):
    assert read(code, text) == Reply(code=code, enhanced=enhanced, text=words)


def test_a_remote_text_is_cut_to_what_is_stored():
    assert len(read(550, "x" * 5_000_000).text) == reply.REMOTE_TEXT_MAX


@given(st.integers(0, 999), st.text(st.characters(), max_size=3000))
def test_reading_never_fails_and_gives_one_clean_line(code, text):
    answer = read(code, text)
    assert answer.text.encode("utf-8").decode("utf-8") == answer.text
    assert answer.text == answer.text.strip()
    assert answer.text.splitlines() in ([], [answer.text])
    assert "\0" not in answer.text
    assert len(answer.text) <= reply.REMOTE_TEXT_MAX


@given(st.integers(200, 599), st.text(st.characters(), max_size=1500))
def test_wire_is_one_short_ascii_line(code, text):
    line = Reply(code=code, enhanced="2.0.0", text=text).wire()
    assert line.isascii()
    assert line.isprintable()
    assert line.startswith(f"{code} 2.0.0")
    assert len(line) <= reply.LINE_MAX


@pytest.mark.parametrize("name", OURS)
def test_our_answers_fit_the_wire_and_their_own_class(name):
    ours = OURS[name]
    assert ours.wire() == " ".join(
        filter(None, (str(ours.code), ours.enhanced, ours.text))
    )
    assert ours.text
    # RFC 2034 4 and RFC 3207 4 show these two without an enhanced code.
    assert ours.code in {220, 354} or ours.enhanced[0] == str(ours.code)[0]


def test_a_fault_of_ours_is_never_permanent():
    for ours in (reply.LOCAL_FAULT, reply.OUT_OF_STORAGE, reply.SHUTTING_DOWN):
        assert ours.is_transient
