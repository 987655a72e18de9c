"""A batch knows its size."""

from mailbot_server.engine.following.batch import Batch


def test_a_batch_is_as_long_as_its_words():
    batch = Batch(pieces=[(1, b"abc"), (2, b"de")], position=4, head=9)
    assert batch.size_bytes == 5
    assert not batch.answers
