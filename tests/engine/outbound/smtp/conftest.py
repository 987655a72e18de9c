"""What tests of SMTP sessions share."""

import pytest

from tests.fakes.certificate import self_signed
from tests.fakes.dialer import Dialer


@pytest.fixture
def dialer(clock, metrics) -> Dialer:
    return Dialer(clock, metrics)


@pytest.fixture
def hasty(clock, metrics) -> Dialer:
    """Waits for nobody."""
    return Dialer(
        clock,
        metrics,
        smtp_greeting_seconds=0.05,
        smtp_reply_seconds=0.05,
        smtp_final_reply_seconds=0.05,
        smtp_data_block_seconds=0.05,
    )


@pytest.fixture(scope="module")
def pem(tmp_path_factory):
    return self_signed(tmp_path_factory.mktemp("tls"), "mx.example.com")


@pytest.fixture
def sample(metrics):
    """A metric's value now."""

    def read(name: str, **labels: str) -> float:
        return metrics.registry.get_sample_value(name, labels) or 0.0

    return read
