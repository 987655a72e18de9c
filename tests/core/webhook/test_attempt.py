from mailbot_server.core import ids
from mailbot_server.core.webhook import attempt


def test_ids_of_attempts_are_ids():
    assert attempt.PREFIX in ids.PREFIXES
