import pytest

from mailbot_server.core import bounce

SCOPES = {
    "invalid_recipient": {"recipient"},
    "invalid_domain": {"recipient"},
    "inactive_mailbox": {"recipient"},
    "mailbox_full": {"recipient"},
    "spam_content": {"content"},
    "too_large": {"content"},
    "ip_reputation": {"reputation"},
    "domain_reputation": {"reputation"},
    "auth_failed": {"policy"},
    "rate_limited": {"policy"},
    "greylisted": {"policy"},
    "relay_denied": {"policy"},
    "policy": {"policy"},
    # What we wrote wrongly, and what the two hosts cannot say to each other.
    "protocol_error": {"content", "infrastructure"},
    "dns": {"infrastructure"},
    "connection": {"infrastructure"},
    "tls": {"infrastructure"},
    "other": {"infrastructure", "policy"},
}


@pytest.mark.parametrize("rule", bounce.RULES, ids=lambda rule: rule.id)
def test_every_class_has_its_scope(rule):
    assert rule.meaning.scope in SCOPES[rule.meaning.bounce_class]


@pytest.mark.parametrize("kind", ["mailbox_full", "rate_limited", "greylisted"])
def test_what_passes_is_never_for_good(kind):
    meanings = {r.meaning for r in bounce.RULES if r.meaning.bounce_class == kind}
    assert [one.passes for one in meanings] == [True]
