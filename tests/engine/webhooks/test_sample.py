"""Events that never happened: one of each type, with its kind of detail."""

from datetime import UTC, datetime

import pytest

from mailbot_server.core import ids
from mailbot_server.core.event import DETAIL_OF, EventType
from mailbot_server.engine.webhooks.sample import METADATA, sample

NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize("kind", EventType)
def test_each_type_has_a_sample_of_its_own_kind(kind: EventType) -> None:
    event = sample(kind, "acc_1", NOW, bytes(10))
    assert type(event.detail) is DETAIL_OF[kind.value]
    assert ids.is_id("evt", event.id)
    assert (event.type, event.position, event.metadata) == (kind, 0, METADATA)
