"""Address lists and rules, to protobuf and back."""

from collections.abc import Iterable
from typing import Final

from mailbot.v1 import address_lists_pb2, messages_pb2, rules_pb2
from mailbot_server.api.convert import times
from mailbot_server.core import labels
from mailbot_server.core.errors import InvalidInput, one_field
from mailbot_server.core.message import Kind
from mailbot_server.core.screening import pattern
from mailbot_server.core.screening.address_list import (
    Action,
    AddressEntry,
    Decision,
    Direction,
)
from mailbot_server.core.screening.rule import (
    PRIORITY_MAX,
    WORDS_MAX,
    Actions,
    Conditions,
    HeaderCondition,
    Proof,
    Rule,
)

_DIRECTION: Final = {
    Direction.SENDER: address_lists_pb2.ADDRESS_LIST_DIRECTION_SENDER,
    Direction.RECIPIENT: address_lists_pb2.ADDRESS_LIST_DIRECTION_RECIPIENT,
}
_DIRECTION_OF: Final[dict[int, Direction]] = {
    number: each for each, number in _DIRECTION.items()
}
_ACTION: Final = {
    Action.ALLOW: address_lists_pb2.ADDRESS_LIST_ACTION_ALLOW,
    Action.BLOCK: address_lists_pb2.ADDRESS_LIST_ACTION_BLOCK,
}
_ACTION_OF: Final[dict[int, Action]] = {
    number: each for each, number in _ACTION.items()
}
_Wanted = rules_pb2.RuleConditions
_PROOF: Final = {
    Proof.ALIGNED: _Wanted.AUTHENTICATION_CONDITION_ALIGNED,
    Proof.NOT_ALIGNED: _Wanted.AUTHENTICATION_CONDITION_NOT_ALIGNED,
    Proof.DMARC_FAILS: _Wanted.AUTHENTICATION_CONDITION_DMARC_FAILS,
}
_PROOF_OF: Final[dict[int, Proof]] = {number: each for each, number in _PROOF.items()}
KIND: Final = {
    Kind.NORMAL: messages_pb2.MESSAGE_KIND_NORMAL,
    Kind.DELIVERY_REPORT: messages_pb2.MESSAGE_KIND_DELIVERY_REPORT,
    Kind.COMPLAINT: messages_pb2.MESSAGE_KIND_COMPLAINT,
    Kind.READ_RECEIPT: messages_pb2.MESSAGE_KIND_READ_RECEIPT,
    Kind.AUTO_REPLY: messages_pb2.MESSAGE_KIND_AUTO_REPLY,
}
_KIND_OF: Final[dict[int, Kind]] = {number: each for each, number in KIND.items()}
_NO_PATTERN: Final = (
    'must be an address, a domain, or "*." and a domain, for example "*.example.com"'
)


def entry_to_proto(entry: AddressEntry) -> address_lists_pb2.AddressEntry:
    """An entry of a list."""
    return address_lists_pb2.AddressEntry(
        id=entry.id,
        inbox_id=entry.inbox_id,
        direction=_DIRECTION[entry.direction],
        action=_ACTION[entry.action],
        pattern=entry.pattern,
        note=entry.note,
        create_time=times.to_proto(entry.created_at),
        created_by=entry.created_by,
    )


def decision_to_proto(
    decision: Decision,
) -> address_lists_pb2.CheckAddressResponse:
    """What the lists make of an address."""
    entry = entry_to_proto(decision.entry) if decision.entry else None
    return address_lists_pb2.CheckAddressResponse(
        action=_ACTION[decision.action], entry=entry
    )


def direction_of(number: int, path: str) -> Direction:
    """A direction; raises InvalidInput for none."""
    if number not in _DIRECTION_OF:
        raise one_field(path, "is required")
    return _DIRECTION_OF[number]


def optional_direction_of(number: int) -> Direction | None:
    """A direction, None for "unspecified"."""
    return _DIRECTION_OF.get(number)


def action_of(number: int, path: str) -> Action:
    """An action; raises InvalidInput for none."""
    if number not in _ACTION_OF:
        raise one_field(path, "is required")
    return _ACTION_OF[number]


def pattern_of(text: str, path: str) -> str:
    """A pattern as it is compared; raises InvalidInput (ADDRESS_INVALID)."""
    read = pattern.read(text)
    if read is None:
        raise one_field(path, _NO_PATTERN, "ADDRESS_INVALID")
    return read


def rule_to_proto(rule: Rule) -> rules_pb2.Rule:
    """A rule."""
    return rules_pb2.Rule(
        id=rule.id,
        inbox_id=rule.inbox_id,
        display_name=rule.display_name,
        priority=rule.priority,
        disabled=rule.is_disabled,
        conditions=_conditions_to_proto(rule.conditions),
        actions=_actions_to_proto(rule.actions),
        create_time=times.to_proto(rule.created_at),
        update_time=times.to_proto(rule.updated_at),
        etag=rule.etag,
    )


def conditions_of(written: rules_pb2.RuleConditions) -> Conditions:
    """What a message must be; raises InvalidInput."""
    path = "rule.conditions"
    if written.larger_than_bytes < 0:
        raise one_field(f"{path}.larger_than_bytes", "must not be below 0")
    has = written.has_attachments if written.HasField("has_attachments") else None
    return Conditions(
        senders=_patterns(written.senders, f"{path}.senders"),
        recipients=_patterns(written.recipients, f"{path}.recipients"),
        tags=tuple(tag.lower() for tag in written.tags),
        subject_contains=_words(written.subject_contains, f"{path}.subject_contains"),
        headers=tuple(
            HeaderCondition(name=each.name, contains=each.contains)
            for each in written.headers
        ),
        authentication=_PROOF_OF.get(written.authentication),
        larger_than_bytes=written.larger_than_bytes,
        has_attachments=has,
        attachment_endings=_words(
            written.attachment_endings, f"{path}.attachment_endings"
        ),
        kinds=tuple(_KIND_OF[number] for number in written.kinds),
        is_upstream_spam=written.is_upstream_spam,
    )


def actions_of(written: rules_pb2.RuleActions) -> Actions:
    """What is done with a message; raises InvalidInput when that is nothing."""
    wrong = labels.check_labels(written.add_labels, "rule.actions.add_labels")
    if wrong:
        raise InvalidInput.of(wrong)
    actions = Actions(
        add_labels=labels.normal(written.add_labels),
        quarantine=written.quarantine,
        reject=written.reject,
        stop=written.stop,
    )
    if actions.is_nothing:
        raise one_field("rule.actions", "must say what to do: set at least one")
    return actions


def priority_of(priority: int) -> int:
    """A priority; raises InvalidInput."""
    if not -PRIORITY_MAX <= priority <= PRIORITY_MAX:
        words = f"must be -{PRIORITY_MAX} to {PRIORITY_MAX}"
        raise one_field("rule.priority", words)
    return priority


def _conditions_to_proto(conditions: Conditions) -> rules_pb2.RuleConditions:
    proof = conditions.authentication
    return rules_pb2.RuleConditions(
        senders=conditions.senders,
        recipients=conditions.recipients,
        tags=conditions.tags,
        subject_contains=conditions.subject_contains,
        headers=[
            rules_pb2.RuleConditions.HeaderCondition(
                name=each.name, contains=each.contains
            )
            for each in conditions.headers
        ],
        authentication=_PROOF[proof] if proof else None,
        larger_than_bytes=conditions.larger_than_bytes,
        has_attachments=conditions.has_attachments,
        attachment_endings=conditions.attachment_endings,
        kinds=[KIND[kind] for kind in conditions.kinds],
        is_upstream_spam=conditions.is_upstream_spam,
    )


def _actions_to_proto(actions: Actions) -> rules_pb2.RuleActions:
    return rules_pb2.RuleActions(
        add_labels=actions.add_labels,
        quarantine=actions.quarantine,
        reject=actions.reject,
        stop=actions.stop,
    )


def _patterns(texts: Iterable[str], path: str) -> tuple[str, ...]:
    return tuple(
        pattern_of(text, f"{path}[{index}]") for index, text in enumerate(texts)
    )


def _words(texts: Iterable[str], path: str) -> tuple[str, ...]:
    for index, text in enumerate(texts):
        if not 0 < len(text) <= WORDS_MAX:
            words = f"must have 1 to {WORDS_MAX} characters"
            raise one_field(f"{path}[{index}]", words)
    return tuple(texts)
