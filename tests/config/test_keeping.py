import pytest

from mailbot_server.config import BadSettings, Settings


def test_nothing_goes_by_itself_but_events_after_ninety_days():
    settings = Settings()
    assert (settings.retention_content, settings.retention_metadata) == (0, 0)
    assert settings.retention_events == 90


def test_messages_do_not_go_before_what_they_say():
    with pytest.raises(BadSettings, match="retention_metadata"):
        Settings(retention_content=30, retention_metadata=20).checked()
    kept = Settings(retention_content=30, retention_metadata=0).checked()
    assert kept.retention_content == 30
