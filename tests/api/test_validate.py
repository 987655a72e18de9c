"""Request rules, held against every request message that the protos declare."""

from collections.abc import Iterator
from typing import Any

import pytest
from google.api import field_behavior_pb2
from google.protobuf import message_factory
from google.protobuf.descriptor import Descriptor
from google.protobuf.message import Message

from mailbot.v1 import inboxes_pb2, messages_pb2
from mailbot_server.api import validate
from mailbot_server.api.methods import _FILES
from mailbot_server.core.errors import InvalidInput

REQUESTS: list[Descriptor] = [
    method.input_type
    for file in _FILES
    for service in file.DESCRIPTOR.services_by_name.values()
    for method in service.methods
]
BEHAVIOUR = field_behavior_pb2.field_behavior


def make(descriptor: Descriptor) -> Any:
    return message_factory.GetMessageClass(descriptor)()


def is_required(field: Any) -> bool:
    return field_behavior_pb2.REQUIRED in field.GetOptions().Extensions[BEHAVIOUR]


def violations(request: Message) -> dict[str, str]:
    try:
        validate.check(request)
    except InvalidInput as error:
        return {v.field: v.description for v in error.violations}
    return {}


def all_messages(descriptor: Descriptor, seen: set[str]) -> Iterator[Descriptor]:
    if descriptor.full_name in seen or not descriptor.full_name.startswith("mailbot."):
        return
    seen.add(descriptor.full_name)
    yield descriptor
    for field in descriptor.fields:
        if field.message_type is not None:
            yield from all_messages(field.message_type, seen)


@pytest.mark.parametrize("descriptor", REQUESTS, ids=lambda d: d.name)
def test_a_required_field_that_is_not_set_is_named(descriptor: Descriptor) -> None:
    found = violations(make(descriptor))
    expected = {
        field.name
        for field in descriptor.fields
        if is_required(field) and field.type != field.TYPE_INT64
    }
    assert set(found) == expected


@pytest.mark.parametrize("descriptor", REQUESTS, ids=lambda d: d.name)
def test_every_text_has_a_longest_length(descriptor: Descriptor) -> None:
    for field in descriptor.fields:
        if field.type == field.TYPE_STRING and not field.is_repeated:
            request = make(descriptor)
            setattr(request, field.name, "x" * (5 * 1024 * 1024))
            assert "characters" in violations(request)[field.name]


@pytest.mark.parametrize("descriptor", REQUESTS, ids=lambda d: d.name)
def test_every_repeated_field_has_a_most(descriptor: Descriptor) -> None:
    for field in descriptor.fields:
        if field.is_repeated and field.message_type is not None:
            request = make(descriptor)
            most = validate.LIMITS.get(field.full_name, validate.REPEATED_MAX)
            for _ in range(most + 1):
                getattr(request, field.name).add()
            assert "at most" in violations(request)[field.name]


def test_every_limit_names_a_field_that_exists() -> None:
    seen: set[str] = set()
    known = {
        field.full_name
        for descriptor in REQUESTS
        for message in all_messages(descriptor, seen)
        for field in message.fields
    }
    assert set(validate.LIMITS) <= known


def test_an_unknown_enum_value_is_refused() -> None:
    request = messages_pb2.GetMessageRequest(message_id="msg_1")
    request.view = 77  # type: ignore[assignment]
    assert violations(request) == {"view": "77 is not a known MessageView"}


def test_an_unspecified_value_in_a_list_is_refused() -> None:
    request = inboxes_pb2.CreateInboxRequest()
    request.inbox.permissions.append(inboxes_pb2.INBOX_PERMISSION_UNSPECIFIED)
    assert set(violations(request)) == {"inbox.permissions[0]"}


def test_fields_inside_lists_are_named_by_their_path() -> None:
    request = messages_pb2.SendMessageRequest(inbox_id="inb_1")
    request.content.subject = "s"
    request.to.add(address="a@example.com")
    request.to.add(display_name="no address")
    assert violations(request) == {"to[1].address": "is required"}


def test_a_negative_page_size_is_refused() -> None:
    request = inboxes_pb2.ListInboxesRequest(page_size=-1)
    assert violations(request) == {"page_size": "must not be below 0"}


@pytest.mark.parametrize("bad", ["a b", "ä", "x" * 65, "a\n"])
def test_a_request_id_is_short_printable_ascii(bad: str) -> None:
    request = inboxes_pb2.CreateInboxRequest(request_id=bad)
    assert set(violations(request)) == {"request_id"}


def test_a_good_request_passes() -> None:
    request = inboxes_pb2.CreateInboxRequest(request_id="a-1")
    request.inbox.labels.extend(["a"] * 20)
    assert violations(request) == {}


@pytest.mark.parametrize(
    ("paths", "changed"),
    [
        ([], {"display_name"}),
        (["labels"], {"labels"}),
        (["labels", "labels"], {"labels"}),
    ],
)
def test_an_update_changes_what_is_named_or_set(paths, changed):
    wanted = inboxes_pb2.Inbox(id="inb_1", display_name="x")
    changeable = ("display_name", "labels")
    assert validate.changed_fields(paths, wanted, changeable) == changed


def test_a_path_that_cannot_be_changed_is_named():
    with pytest.raises(InvalidInput, match="update_mask: 'id' cannot be changed"):
        validate.changed_fields(["id"], inboxes_pb2.Inbox(), ("labels",))
