import pickle
from dataclasses import fields
from typing import Any

import pytest

from mailbot import types
from mailbot.convert import NESTED, enum_name, result, word
from mailbot.v1 import (
    accounts_pb2,
    domains_pb2,
    events_pb2,
    inboxes_pb2,
    messages_pb2,
    suppressions_pb2,
    threads_pb2,
)

RESULTS: dict[type, Any] = {
    types.Inbox: inboxes_pb2.Inbox,
    types.Message: messages_pb2.Message,
    types.Upload: messages_pb2.UploadAttachmentResponse,
    types.Thread: threads_pb2.Thread,
    types.Event: events_pb2.Event,
    types.StreamStarted: events_pb2.StreamStarted,
    types.Account: accounts_pb2.Account,
    types.ApiKey: accounts_pb2.ApiKey,
    types.Domain: domains_pb2.Domain,
    types.Suppression: suppressions_pb2.Suppression,
    types.SuppressionImport: suppressions_pb2.ImportSuppressionsResponse,
}
MODULES = (
    *(accounts_pb2, events_pb2, inboxes_pb2, messages_pb2, suppressions_pb2),
    *(domains_pb2, threads_pb2),
)
DESCRIPTORS = {
    **{kind: source.DESCRIPTOR for kind, source in RESULTS.items()},
    **{
        NESTED[descriptor.full_name]: descriptor
        for module in MODULES
        for descriptor in module.DESCRIPTOR.message_types_by_name.values()
        if descriptor.full_name in NESTED
    },
}
# What a result has and its protobuf does not.
ADDED = {"raw", "cursor", "messages"}


@pytest.mark.parametrize("kind", DESCRIPTORS, ids=lambda kind: kind.__name__)
def test_a_result_has_exactly_the_fields_of_its_protobuf(kind):
    names = {each.name for each in fields(kind)}
    declared = set(DESCRIPTORS[kind].fields_by_name)
    assert names - declared <= ADDED
    assert declared - names == set()


@pytest.mark.parametrize("kind", RESULTS, ids=lambda kind: kind.__name__)
def test_an_empty_protobuf_becomes_a_result(kind):
    assert result(kind, RESULTS[kind]()) == result(kind, RESULTS[kind]())


def test_words_are_the_names_without_their_prefix():
    state = inboxes_pb2.Inbox.State.DESCRIPTOR
    stream = messages_pb2.MessageStream.DESCRIPTOR
    assert word(state, inboxes_pb2.Inbox.STATE_SUSPENDED) == "suspended"
    assert word(stream, messages_pb2.MESSAGE_STREAM_BULK) == "bulk"
    assert word(stream, 0) == ""
    assert word(stream, 77) == "unknown_77"


def test_every_event_type_reads_back_as_itself():
    enum = events_pb2.EventType.DESCRIPTOR
    for value in enum.values[1:]:
        text = word(enum, value.number)
        assert text.count(".") == 1
        assert enum_name(enum, text) == value.name
    assert (
        word(enum, events_pb2.EVENT_TYPE_INBOX_LIMIT_REACHED) == "inbox.limit_reached"
    )


def test_results_are_values():
    source = inboxes_pb2.Inbox(id="inb_1", metadata={"a": "b"}, labels=["x"])
    inbox = result(types.Inbox, source)
    assert pickle.loads(pickle.dumps(inbox)) == inbox
    assert len({inbox, result(types.Inbox, source)}) == 1
    with pytest.raises(AttributeError):
        setattr(inbox, "id", "inb_2")  # noqa: B010 - as an assignment, mypy sees it first
