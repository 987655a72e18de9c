import pytest

from mailbot_server.core.mail.dsn.mention import addresses, quoted_reply, status_in


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("to <a@example.com> or b@example.com.", ["a@example.com", "b@example.com"]),
        ("c=US;dda:SMTP=a@example.com;", ["a@example.com"]),
        ("[SMTP:a@example.com]", ["a@example.com"]),
        ("'a@example.com'", ["a@example.com"]),
        ('"a b"@example.com', ['"a b"@example.com']),
        ("<jörg@example.com>", ["jörg@example.com"]),
        ("x...y@example.com, a@localhost, @example.com, a@", []),
    ],
)
def test_addresses_are_found_in_any_wrapping(text: str, found: list[str]) -> None:
    assert [one.address for one in addresses(text)] == found


@pytest.mark.parametrize(
    ("text", "code", "enhanced", "words"),
    [
        (
            "said: 550 5.1.1 <a@b.example>... gone",
            550,
            "5.1.1",
            "<a@b.example>... gone",
        ),
        (
            "550-5.7.1 one\n550-5.7.1 two\n550 5.7.1 three",
            550,
            "5.7.1",
            "one two three",
        ),
        ("#550 5.4.1 denied ##", 550, "5.4.1", "denied ##"),
        ("error 550-'no'", 550, "", "no"),
        ("451 wait (#4.3.0)", 451, "4.3.0", "wait (#4.3.0)"),
        ("returned '550 5.1.1 no'\n\nReceived: x", 550, "5.1.1", "no"),
        ("550 no\n--- End of dialogue ---", 550, "", "no"),
        ("Postfach voll (552 5.2.2)", 552, "5.2.2", "Postfach voll"),
        ("Permanent error (554): 5.7.1 blocked", 554, "5.7.1", "blocked"),
        ("550 5.1.1 one\n5.1.1 two", 550, "5.1.1", "one two"),
        ("[550 a (b)]", 550, "", "a (b)"),
    ],
)
def test_a_quoted_reply_is_read(
    text: str, code: int, enhanced: str, words: str
) -> None:
    reply = quoted_reply(text)

    assert reply is not None
    assert (reply.code, reply.enhanced, reply.text) == (code, enhanced, words)


@pytest.mark.parametrize("text", ["", "in 1550 days", "192.0.2.450 said", "v4.501"])
def test_other_numbers_are_no_reply(text: str) -> None:
    assert quoted_reply(text) is None


def test_an_enhanced_code_is_found_alone() -> None:
    assert status_in("no mailbox (#5.1.1)") == "5.1.1"
    assert status_in("from 5.1.1.9") == ""
