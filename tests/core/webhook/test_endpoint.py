from datetime import UTC, datetime, timedelta

from mailbot_server.core.webhook.endpoint import Endpoint

NOW = datetime(2025, 11, 20, 12, 0, tzinfo=UTC)
BEGUN = Endpoint(
    id="whk_1",
    account_id="acc_1",
    url="https://example.com/",
    sealed_headers=b"h",
    sealed_secret=b"s",
)


def test_without_a_rotation_there_is_one_secret():
    assert BEGUN.former_secret(NOW) is None


def test_the_former_secret_signs_until_its_end():
    rotated = Endpoint(
        id="whk_1",
        account_id="acc_1",
        url="https://example.com/",
        sealed_headers=b"h",
        sealed_secret=b"new",
        sealed_former_secret=b"old",
        former_secret_ends_at=NOW + timedelta(hours=1),
    )
    assert rotated.former_secret(NOW) == b"old"
    assert rotated.former_secret(NOW + timedelta(hours=1)) is None
