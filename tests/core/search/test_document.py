"""A document has the words of each field, and an end."""

from mailbot_server.core import tokens
from mailbot_server.core.search import document
from mailbot_server.core.search.document import Document, Field


def test_each_field_has_its_words():
    written = document.write(
        body="Guten Tag",
        subject="Größe",
        sender="Ann ann@example.com",
        recipients=["bob@example.org", "Carol c@x.y"],
        attachments=["offer v2.pdf"],
    )
    assert {name: words.split() for name, words in _named(written).items()} == {
        "body": ["guten", "tag"],
        "subject": ["grosse"],
        "from": ["ann", "ann", "example", "com", "ann@example.com"],
        "to": [
            *("bob", "example", "org", "carol", "c", "x", "y"),
            *("bob@example.org", "c@x.y"),
        ],
        "attachment": ["offer", "v2", "pdf"],
    }


def _named(written: Document) -> dict[str, str]:
    return dict(zip(Field, written.fields, strict=True))


def test_of_a_long_message_the_text_is_cut_first():
    written = document.write(body="word " * 50_000, subject="a subject")
    assert written.subject.split() == ["a", "subject"]
    assert sum(map(len, written.fields)) <= tokens.INDEX_LENGTH_MAX
    crowd = document.write(body="word", recipients=["ann@example.com"] * 50_000)
    assert sum(map(len, crowd.fields)) <= tokens.INDEX_LENGTH_MAX
    assert crowd.recipients
