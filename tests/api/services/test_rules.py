"""RuleService over the wire: what is kept, in which order, and what is refused."""

import pytest
from google.protobuf.field_mask_pb2 import FieldMask

from mailbot.v1 import messages_pb2
from mailbot.v1 import rules_pb2 as pb

STOP = pb.RuleActions(stop=True)
FULL = pb.RuleConditions(
    senders=["*.example.com"],
    recipients=["me@example.org"],
    tags=["Sales"],
    subject_contains=["invoice"],
    headers=[pb.RuleConditions.HeaderCondition(name="X-A", contains="b")],
    authentication=pb.RuleConditions.AUTHENTICATION_CONDITION_NOT_ALIGNED,
    larger_than_bytes=5,
    has_attachments=False,
    attachment_endings=[".exe"],
    kinds=[messages_pb2.MESSAGE_KIND_AUTO_REPLY],
    is_upstream_spam=True,
)


@pytest.fixture
def create(api, stubs, auth):
    """Creates a rule, a second after the one before."""

    def make(by=auth, request_id="", **fields):
        api.clock.advance(seconds=1)
        rule = pb.Rule(**{"actions": STOP, **fields})
        request = pb.CreateRuleRequest(rule=rule, request_id=request_id)
        return stubs.rules.CreateRule(request, metadata=by)

    return make


def test_a_rule_comes_back_as_it_went_in(create, stubs, auth, new_inbox):
    inbox = new_inbox()
    actions = pb.RuleActions(
        add_labels=["b", "a"], quarantine=True, reject=True, stop=True
    )
    made = create(
        inbox_id=inbox.address,
        display_name="Robots",
        priority=-7,
        disabled=True,
        conditions=FULL,
        actions=actions,
    ).rule
    found = stubs.rules.GetRule(pb.GetRuleRequest(rule_id=made.id), metadata=auth).rule
    assert found == made
    assert (made.inbox_id, made.display_name, made.priority) == (
        *(inbox.id, "Robots", -7),
    )
    assert list(made.conditions.tags) == ["sales"]
    assert made.conditions.HasField("has_attachments")
    assert list(made.actions.add_labels) == ["a", "b"]
    assert {f.name for f, _ in made.conditions.ListFields()} == {
        f.name for f in pb.RuleConditions.DESCRIPTOR.fields
    }


def test_the_same_request_twice_is_one_rule(create, refused):
    first = create(request_id="once", display_name="x")
    second = create(request_id="once", display_name="x")
    assert (first.replayed, second.replayed) == (False, True)
    assert first.rule.id == second.rule.id
    other = refused(lambda: create(request_id="once", display_name="y"))
    assert other.reason == "REQUEST_ID_REUSED"


def test_rules_of_an_inbox_come_with_its_accounts_in_one_order(
    create, stubs, auth, new_inbox
):
    inbox, other = new_inbox(), new_inbox()
    late = create(priority=900, inbox_id=inbox.id).rule
    first = create(priority=-900).rule
    create(inbox_id=other.id)
    request = pb.ListRulesRequest(inbox_id=inbox.id, page_size=1)
    found = []
    while True:
        page = stubs.rules.ListRules(request, metadata=auth)
        found += [rule.id for rule in page.rules]
        if not page.next_page_token:
            break
        request.page_token = page.next_page_token
    assert found[0] == first.id
    assert found[-1] == late.id


def test_an_update_changes_what_it_names(create, stubs, auth, refused):
    made = create(display_name="old", conditions=FULL).rule
    request = pb.UpdateRuleRequest(
        rule=pb.Rule(id=made.id, priority=3, display_name="new", etag=made.etag),
        update_mask=FieldMask(paths=["priority", "conditions", "disabled"]),
    )
    changed = stubs.rules.UpdateRule(request, metadata=auth).rule
    assert (changed.priority, changed.display_name) == (3, "old")
    assert changed.conditions == pb.RuleConditions()
    assert changed.etag != made.etag
    stale = refused(lambda: stubs.rules.UpdateRule(request, metadata=auth))
    assert stale.reason == "ETAG_MISMATCH"


def test_an_update_that_changes_nothing_leaves_the_etag(create, stubs, auth):
    made = create(priority=3).rule
    same = pb.UpdateRuleRequest(rule=pb.Rule(id=made.id, priority=3))
    assert stubs.rules.UpdateRule(same, metadata=auth).rule == made


def test_a_deleted_rule_is_gone(create, stubs, auth, refused):
    made = create().rule
    stubs.rules.DeleteRule(pb.DeleteRuleRequest(rule_id=made.id), metadata=auth)
    again = refused(
        lambda: stubs.rules.GetRule(pb.GetRuleRequest(rule_id=made.id), metadata=auth)
    )
    assert again.reason == "NOT_FOUND"


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"actions": pb.RuleActions()}, "rule.actions"),
        ({"actions": pb.RuleActions(add_labels=["Ü"])}, "rule.actions.add_labels"),
        ({"priority": 1001}, "rule.priority"),
        ({"display_name": "x" * 101}, "rule.display_name"),
        ({"display_name": "a\nb"}, "rule.display_name"),
        (
            {"conditions": pb.RuleConditions(senders=["a b"])},
            "rule.conditions.senders[0]",
        ),
        (
            {"conditions": pb.RuleConditions(subject_contains=[""])},
            "rule.conditions.subject_contains[0]",
        ),
        (
            {"conditions": pb.RuleConditions(larger_than_bytes=-1)},
            "rule.conditions.larger_than_bytes",
        ),
        (
            {
                "conditions": pb.RuleConditions(
                    headers=[pb.RuleConditions.HeaderCondition(contains="x")]
                )
            },
            "rule.conditions.headers[0].name",
        ),
    ],
)
def test_a_bad_rule_names_its_field(create, refused, fields, field):
    refusal = refused(lambda: create(**fields))
    assert refusal.reason in {"FIELD_INVALID", "ADDRESS_INVALID"}
    assert field in refusal.text


def test_a_path_that_cannot_change_is_refused(create, stubs, auth, refused):
    made = create().rule
    request = pb.UpdateRuleRequest(
        rule=pb.Rule(id=made.id), update_mask=FieldMask(paths=["inbox_id"])
    )
    refusal = refused(lambda: stubs.rules.UpdateRule(request, metadata=auth))
    assert "update_mask" in refusal.text
