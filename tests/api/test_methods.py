"""The table of RPCs, held against what the protos declare."""

import importlib
from pathlib import Path

from google.protobuf.descriptor import MethodDescriptor

from mailbot_server.api.methods import METHODS, SCOPE_OF, SERVICES
from mailbot_server.core.account import SCOPES

PROTOS = Path(__file__).resolve().parents[2] / "protos" / "mailbot" / "v1"


def declared() -> dict[str, MethodDescriptor]:
    modules = [
        importlib.import_module(f"mailbot.v1.{path.stem}_pb2")
        for path in PROTOS.glob("*.proto")
    ]
    return {
        f"/{service.full_name}/{method.name}": method
        for module in modules
        for service in module.DESCRIPTOR.services_by_name.values()
        for method in service.methods
    }


def test_every_rpc_has_a_scope_and_no_other_has():
    assert set(SCOPE_OF) == set(declared())


def test_every_rpc_is_known_with_its_service():
    assert set(METHODS) == set(declared())
    assert set(SERVICES) == {
        m.containing_service.full_name for m in declared().values()
    }


def test_what_was_consumed_may_be_said_by_whoever_may_consume():
    service = "/mailbot.v1.SubscriptionService"
    for name in ("Consume", "Acknowledge", "ModifyAckDeadline"):
        assert METHODS[f"{service}/{name}"].only_reads
    assert not METHODS[f"{service}/SeekSubscription"].only_reads


def test_scopes_are_those_that_a_key_can_have():
    assert set(SCOPE_OF.values()) - {""} <= SCOPES


def test_methods_of_a_reading_scope_only_read():
    for method in METHODS.values():
        if method.scope.endswith(":read"):
            assert method.only_reads, method.path
        if method.scope in {"inboxes:write", "messages:send"}:
            assert not method.only_reads, method.path


def test_kinds_are_the_words_of_the_metrics():
    kinds = {method.name: method.kind for method in METHODS.values()}
    assert kinds["GetInbox"] == "unary"
    assert kinds["UploadAttachment"] == "client_stream"
    assert kinds["Subscribe"] == "server_stream"


def test_every_comment_names_the_scope_of_its_method():
    """What the reference documentation promises is what is asked for."""
    text = "\n".join(path.read_text() for path in PROTOS.glob("*.proto"))
    for method in METHODS.values():
        before = text.partition(f"  rpc {method.name}(")[0]
        comment = before.rpartition("\n\n")[2]
        words = " ".join(comment.replace("//", " ").split())
        if method.scope and "Otherwise as SendMessage" not in words:
            assert f"`{method.scope}`" in words, method.name
