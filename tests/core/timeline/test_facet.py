"""Events are found by what their recipient and their detail say."""

import pytest

from mailbot_server.core.event import (
    AttemptDetail,
    ContentDetail,
    Detail,
    HoldDetail,
    ReclassificationDetail,
)
from mailbot_server.core.mail.reply import Reply
from mailbot_server.core.timeline.facet import NONE, Facets, domain_forms, facets

REFUSED = AttemptDetail(
    reply=Reply(code=550, enhanced="5.1.1", text="no"), bounce_class="invalid_recipient"
)


@pytest.mark.parametrize(
    ("recipient", "detail", "expected"),
    [
        pytest.param("", ContentDetail(), NONE, id="nothing"),
        pytest.param(
            "Carol@Example.COM",
            HoldDetail(),
            Facets(recipient_domain="example.com"),
            id="a-recipient",
        ),
        pytest.param(
            '"a@b"@example.com',
            REFUSED,
            Facets(
                recipient_domain="example.com",
                smtp_code=550,
                bounce_class="invalid_recipient",
            ),
            id="an-attempt",
        ),
        pytest.param("", AttemptDetail(), NONE, id="an-attempt-without-a-reply"),
        pytest.param(
            "c@example.com",
            ReclassificationDetail(bounce_class="policy", previous_class="other"),
            Facets(recipient_domain="example.com", bounce_class="policy"),
            id="a-second-judgement",
        ),
    ],
)
def test_what_an_event_is_found_by(
    recipient: str, detail: Detail, expected: Facets
) -> None:
    assert facets(recipient, detail) == expected


def test_a_domain_is_found_however_it_is_written() -> None:
    assert domain_forms(" Example.COM. ") == ("example.com",)
    assert domain_forms("Bücher.example") == ("bücher.example", "xn--bcher-kva.example")
    assert domain_forms("not a domain") == ("not a domain",)
