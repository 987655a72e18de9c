"""Rules: what is done with mail as it comes in."""

from collections.abc import Iterable, Mapping
from typing import TypedDict, Unpack

from google.protobuf.field_mask_pb2 import FieldMask

from mailbot.arguments import InboxRef, as_list, check_keywords, inbox_name
from mailbot.calls import AsyncConnection, Call, Connection, unary
from mailbot.convert import enum_name, enum_names, result
from mailbot.pages import AsyncPages, Listing, Page, PageOptions, Pages, listing, page
from mailbot.types import Rule
from mailbot.v1 import messages_pb2, rules_pb2

KIND = messages_pb2.MessageKind.DESCRIPTOR
PROOF = rules_pb2.RuleConditions.AuthenticationCondition.DESCRIPTOR


class RuleChanges(TypedDict, total=False):
    """
    A rule's name, place, conditions and actions.

    In an update, one condition replaces all that the rule had, and one action too.
    """

    display_name: str
    """For people."""
    priority: int
    """-1,000 to 1,000; the lowest is asked first."""
    disabled: bool
    """It is not asked."""

    senders: str | Iterable[str]
    """Addresses, domains, or "*.domain", of the From field or the reverse-path."""
    recipients: str | Iterable[str]
    """The same of the address that the message came to."""
    tags: str | Iterable[str]
    """Tags of that address."""
    subject_contains: str | Iterable[str]
    """One of these is in the subject."""
    headers: Mapping[str, str]
    """Header fields, and what each contains; "" for anything."""
    authentication: str
    """"aligned", "not_aligned" or "dmarc_fails"."""
    larger_than_bytes: int
    """It is larger than so many bytes."""
    has_attachments: bool
    """It has attachments, or has none."""
    attachment_endings: str | Iterable[str]
    """An attachment's name ends with one of these, for example ".exe"."""
    kinds: str | Iterable[str]
    """"normal", "delivery_report", "complaint", "read_receipt", "auto_reply"."""
    is_upstream_spam: bool
    """A filter before the server calls it spam."""

    add_labels: str | Iterable[str]
    """Labels that the message gets."""
    quarantine: bool
    """Keep it apart until `messages.release`."""
    reject: bool
    """Refuse it."""
    stop: bool
    """Ask no further rule."""


class RuleOptions(RuleChanges, total=False):
    """What a new rule is."""

    inbox_id: InboxRef
    """Only for this inbox; otherwise for all of the account."""
    request_id: str
    """Makes the call safe to repeat for 24 h."""


class RuleListOptions(PageOptions, total=False):
    """Which rules to list."""

    inbox_id: InboxRef
    """Those that mail to this inbox meets, the account's included."""


class Rules:
    """The account's rules for mail that comes in."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def create(self, **options: Unpack[RuleOptions]) -> Rule:
        """A new rule; without conditions it holds for every message."""
        return self._connection.call(_create(options))

    def get(self, rule_id: str) -> Rule:
        """One rule."""
        return self._connection.call(_get(rule_id))

    def list(self, **options: Unpack[RuleListOptions]) -> Pages[Rule]:
        """Rules in the order in which they are asked."""
        return Pages(self._connection, _list(options))

    def update(self, rule: str | Rule, **changes: Unpack[RuleChanges]) -> Rule:
        """
        Change what is named.

        Given a `Rule`, it fails with ETAG_MISMATCH if somebody changed the rule since.
        """
        return self._connection.call(_update(rule, changes))

    def delete(self, rule: str | Rule) -> None:
        """Forget a rule."""
        self._connection.call(_delete(rule))


class AsyncRules:
    """As `Rules`, awaited."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def create(self, **options: Unpack[RuleOptions]) -> Rule:
        return await self._connection.call(_create(options))

    async def get(self, rule_id: str) -> Rule:
        return await self._connection.call(_get(rule_id))

    def list(self, **options: Unpack[RuleListOptions]) -> AsyncPages[Rule]:
        return AsyncPages(self._connection, _list(options))

    async def update(self, rule: str | Rule, **changes: Unpack[RuleChanges]) -> Rule:
        return await self._connection.call(_update(rule, changes))

    async def delete(self, rule: str | Rule) -> None:
        await self._connection.call(_delete(rule))


def _conditions(wanted: RuleChanges) -> rules_pb2.RuleConditions:
    headers = wanted.get("headers", {}).items()
    proof = wanted.get("authentication", "")
    return rules_pb2.RuleConditions(
        senders=as_list(wanted.get("senders")),
        recipients=as_list(wanted.get("recipients")),
        tags=as_list(wanted.get("tags")),
        subject_contains=as_list(wanted.get("subject_contains")),
        headers=[
            rules_pb2.RuleConditions.HeaderCondition(name=name, contains=contains)
            for name, contains in headers
        ],
        authentication=enum_name(PROOF, proof) if proof else None,
        larger_than_bytes=wanted.get("larger_than_bytes"),
        has_attachments=wanted.get("has_attachments"),
        attachment_endings=as_list(wanted.get("attachment_endings")),
        kinds=enum_names(KIND, wanted.get("kinds")),
        is_upstream_spam=wanted.get("is_upstream_spam"),
    )


def _actions(wanted: RuleChanges) -> rules_pb2.RuleActions:
    return rules_pb2.RuleActions(
        add_labels=as_list(wanted.get("add_labels")),
        quarantine=wanted.get("quarantine"),
        reject=wanted.get("reject"),
        stop=wanted.get("stop"),
    )


def _rule(wanted: RuleChanges) -> rules_pb2.Rule:
    return rules_pb2.Rule(
        display_name=wanted.get("display_name"),
        priority=wanted.get("priority"),
        disabled=wanted.get("disabled"),
        conditions=_conditions(wanted),
        actions=_actions(wanted),
    )


def _create(options: RuleOptions) -> Call[Rule]:
    check_keywords(options, RuleOptions)
    rule = _rule(options)
    rule.inbox_id = inbox_name(options.get("inbox_id", ""))
    request = rules_pb2.CreateRuleRequest(
        rule=rule, request_id=options.get("request_id")
    )
    return unary(lambda stubs: stubs.rules.CreateRule, request, _made)


def _made(response: rules_pb2.CreateRuleResponse) -> Rule:
    return result(Rule, response.rule)


def _get(rule_id: str) -> Call[Rule]:
    return unary(
        lambda stubs: stubs.rules.GetRule,
        rules_pb2.GetRuleRequest(rule_id=rule_id),
        lambda response: result(Rule, response.rule),
    )


def _update(rule: str | Rule, changes: RuleChanges) -> Call[Rule]:
    check_keywords(changes, RuleChanges)
    wanted = _rule(changes)
    wanted.id = rule if isinstance(rule, str) else rule.id
    if isinstance(rule, Rule):
        wanted.etag = rule.etag
    plain = {"display_name", "priority", "disabled"}
    acting = set(rules_pb2.RuleActions.DESCRIPTOR.fields_by_name)
    paths = sorted(
        {
            name if name in plain else "actions" if name in acting else "conditions"
            for name in changes
        }
    )
    request = rules_pb2.UpdateRuleRequest(
        rule=wanted, update_mask=FieldMask(paths=paths)
    )
    return unary(
        lambda stubs: stubs.rules.UpdateRule,
        request,
        lambda response: result(Rule, response.rule),
    )


def _delete(rule: str | Rule) -> Call[None]:
    request = rules_pb2.DeleteRuleRequest(
        rule_id=rule if isinstance(rule, str) else rule.id
    )
    return unary(lambda stubs: stubs.rules.DeleteRule, request, lambda _: None)


def _list(options: RuleListOptions) -> Listing[Rule]:
    check_keywords(options, RuleListOptions)
    inbox_id = inbox_name(options.get("inbox_id", ""))

    def fetch(token: str, size: int) -> Call[Page[Rule]]:
        request = rules_pb2.ListRulesRequest(
            inbox_id=inbox_id, page_token=token, page_size=size
        )
        return unary(lambda stubs: stubs.rules.ListRules, request, _page)

    return listing(fetch, options)


def _page(response: rules_pb2.ListRulesResponse) -> Page[Rule]:
    return page(Rule, response.rules, response, response.next_page_token)
