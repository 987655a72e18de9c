import pytest

from mailbot.v1 import messages_pb2, rules_pb2

RULE = rules_pb2.Rule(
    id="rul_1",
    priority=-5,
    conditions=rules_pb2.RuleConditions(
        senders=["*.example.com"],
        has_attachments=False,
        kinds=[messages_pb2.MESSAGE_KIND_AUTO_REPLY],
        headers=[rules_pb2.RuleConditions.HeaderCondition(name="X-A", contains="b")],
    ),
    actions=rules_pb2.RuleActions(add_labels=["robot"], stop=True),
    etag="3",
)


def test_a_rule_is_created_from_plain_words(server, bot):
    server.answer("CreateRule", rules_pb2.CreateRuleResponse(rule=RULE))
    made = bot.rules.create(
        inbox_id="inb_1",
        priority=-5,
        senders="*.example.com",
        has_attachments=False,
        kinds="auto_reply",
        headers={"X-A": "b"},
        authentication="not_aligned",
        add_labels=["robot"],
        stop=True,
        request_id="r1",
    )
    assert made.conditions.has_attachments is False
    assert made.conditions.kinds == ("auto_reply",)
    assert made.conditions.headers[0].contains == "b"
    assert made.actions.stop
    [request] = server.requests("CreateRule")
    assert (request.request_id, request.rule.inbox_id) == ("r1", "inb_1")
    wanted = request.rule.conditions
    assert wanted.HasField("has_attachments")
    assert wanted.authentication == wanted.AUTHENTICATION_CONDITION_NOT_ALIGNED
    assert list(request.rule.actions.add_labels) == ["robot"]


def test_what_is_not_asked_of_attachments_is_none(server, bot):
    server.answer("GetRule", rules_pb2.GetRuleResponse(rule=rules_pb2.Rule(id="rul_2")))
    assert bot.rules.get("rul_2").conditions is None
    plain = rules_pb2.Rule(id="rul_2", conditions=rules_pb2.RuleConditions(tags=["a"]))
    server.answer("GetRule", rules_pb2.GetRuleResponse(rule=plain))
    assert bot.rules.get("rul_2").conditions.has_attachments is None


def test_an_update_names_what_changes(server, bot):
    answer = rules_pb2.UpdateRuleResponse(rule=RULE)
    server.answer("GetRule", rules_pb2.GetRuleResponse(rule=RULE))
    server.answer("UpdateRule", answer, answer)
    rule = bot.rules.get("rul_1")
    bot.rules.update(rule, priority=0, tags=["x"], reject=True)
    bot.rules.update("rul_1", disabled=True)
    first, second = server.requests("UpdateRule")
    assert list(first.update_mask.paths) == ["actions", "conditions", "priority"]
    assert (first.rule.id, first.rule.etag) == ("rul_1", "3")
    assert list(second.update_mask.paths) == ["disabled"]
    assert second.rule.etag == ""


def test_a_keyword_that_there_is_not_is_refused_here(server, bot):
    with pytest.raises(TypeError, match="subject_contains"):
        bot.rules.create(subject="x", stop=True)
    assert server.requests("CreateRule") == []


def test_rules_are_listed_and_deleted(server, bot):
    server.answer("ListRules", rules_pb2.ListRulesResponse(rules=[RULE]))
    server.answer("DeleteRule", rules_pb2.DeleteRuleResponse())
    [rule] = bot.rules.list(inbox_id="inb_1")
    bot.rules.delete(rule)
    assert server.requests("ListRules")[0].inbox_id == "inb_1"
    assert server.requests("DeleteRule")[0].rule_id == "rul_1"
