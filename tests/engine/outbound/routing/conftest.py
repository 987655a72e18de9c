"""What tests of TLS policies share: a domain's records."""

import pytest

from tests.fakes.resolver import FakeResolver


@pytest.fixture
def resolver() -> FakeResolver:
    """DNS in which example.com has a policy, on loopback."""
    made = FakeResolver()
    made.texts_of["_mta-sts.example.com"] = [b"v=STSv1; id=1;"]
    made.addresses_of["mta-sts.example.com"] = ["127.0.0.1"]
    return made
