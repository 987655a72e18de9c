import pytest

from mailbot_server.core.webhook import header


def test_ordinary_fields_are_taken():
    assert header.wrong({"authorization": "Bearer x y", "X-Api-Key": "k"}) == ""
    assert header.wrong({}) == ""


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"webhook-id": "x"}, "itself writes"),
        ({"Webhook-Signature": "x"}, "itself writes"),
        ({"Host": "x"}, "itself writes"),
        ({"Content-Length": "1"}, "itself writes"),
        ({"Transfer-Encoding": "chunked"}, "itself writes"),
        ({"proxy-authorization": "x"}, "itself writes"),
        ({"bad name": "x"}, "not the name"),
        ({"": "x"}, "not the name"),
        ({"a" * 101: "x"}, "not the name"),
        ({"x": "a\r\nb: c"}, "printable"),
        ({"x": "é"}, "printable"),
        ({"x": ""}, "printable"),
        ({"x": " y"}, "printable"),
        ({"x": "a" * 1001}, "1000 characters"),
        ({"X": "a", "x": "b"}, "twice"),
        ({f"x-{n}": "a" for n in range(21)}, "at most 20"),
    ],
)
def test_fields_that_cannot_be_sent_say_why(fields, words):
    assert words in header.wrong(fields)
