"""The error table: complete, small enough for trailers, and silent about internals."""

import grpc
import pytest
from google.rpc import error_details_pb2, status_pb2

from mailbot.v1 import error_reasons_pb2
from mailbot_server.api import errors
from mailbot_server.core.errors import (
    AlreadyExists,
    Conflict,
    CursorGone,
    InvalidInput,
    LimitExceeded,
    MailbotError,
    NotAllowed,
    NotFound,
    Unauthenticated,
    Unavailable,
    Violation,
    WrongState,
)

LONG = "ü" * 5000

EXAMPLES: list[tuple[MailbotError, grpc.StatusCode, set[str]]] = [
    (
        InvalidInput.of(
            [Violation(field="to[2].address", description="is no address")]
        ),
        grpc.StatusCode.INVALID_ARGUMENT,
        {"BadRequest"},
    ),
    (Unauthenticated("who?"), grpc.StatusCode.UNAUTHENTICATED, set()),
    (NotAllowed("no"), grpc.StatusCode.PERMISSION_DENIED, set()),
    (NotFound("inbox", "inb_x"), grpc.StatusCode.NOT_FOUND, {"ResourceInfo"}),
    (
        AlreadyExists("inbox", "a@b", "taken"),
        grpc.StatusCode.ALREADY_EXISTS,
        {"ResourceInfo"},
    ),
    (
        WrongState("off", reason="INBOX_DISABLED", kind="INBOX_STATE", subject="inb_x"),
        grpc.StatusCode.FAILED_PRECONDITION,
        {"PreconditionFailure"},
    ),
    (Conflict("changed"), grpc.StatusCode.ABORTED, set()),
    (
        LimitExceeded(
            "full", reason="DAILY_SEND_LIMIT", subject="inb_x", retry_after_seconds=9
        ),
        grpc.StatusCode.RESOURCE_EXHAUSTED,
        {"QuotaFailure", "RetryInfo"},
    ),
    (
        LimitExceeded("full", reason="TOO_MANY_STREAMS", subject="key_x"),
        grpc.StatusCode.RESOURCE_EXHAUSTED,
        {"QuotaFailure"},
    ),
    (Unavailable("away"), grpc.StatusCode.UNAVAILABLE, {"RetryInfo"}),
    (CursorGone("trimmed"), grpc.StatusCode.OUT_OF_RANGE, set()),
]


def kinds(status: status_pb2.Status) -> set[str]:
    return {packed.TypeName().split(".")[-1] for packed in status.details}


def info(status: status_pb2.Status) -> error_details_pb2.ErrorInfo:
    result = error_details_pb2.ErrorInfo()
    assert status.details[0].Unpack(result)
    return result


def subclasses(kind: type[MailbotError]) -> set[type[MailbotError]]:
    return {kind, *(s for child in kind.__subclasses__() for s in subclasses(child))}


def test_every_class_of_error_has_a_code() -> None:
    assert subclasses(MailbotError) - {MailbotError} == set(errors.CODE_OF)


def test_every_class_is_an_example_here() -> None:
    assert {type(error) for error, _, _ in EXAMPLES} == set(errors.CODE_OF)


@pytest.mark.parametrize(
    ("error", "code", "expected"), EXAMPLES, ids=lambda value: type(value).__name__
)
def test_an_error_carries_its_code_reason_and_details(
    error: MailbotError, code: grpc.StatusCode, expected: set[str]
) -> None:
    status = errors.status_of(error, "req_1")
    assert status.code == code.value[0]
    assert kinds(status) == {"ErrorInfo", "RequestInfo"} | expected
    assert (info(status).domain, info(status).reason) == ("mailbot", error.reason)


@pytest.mark.parametrize("error", [e for e, _, _ in EXAMPLES], ids=lambda e: e.reason)
def test_every_reason_is_documented(error: MailbotError) -> None:
    names = error_reasons_pb2.ErrorReason.keys()
    assert f"ERROR_REASON_{error.reason}" in names


def test_a_status_with_long_words_stays_small_enough_for_trailers() -> None:
    violations = [
        Violation(field=f"to[{n}].{LONG}", description=LONG) for n in range(60)
    ]
    status = errors.status_of(InvalidInput.of(violations), "req_1")
    assert status.ByteSize() <= errors.STATUS_BYTES_MAX + errors.MESSAGE_BYTES_MAX
    assert len(status.message.encode()) <= errors.MESSAGE_BYTES_MAX
    assert "BadRequest" in kinds(status)


def test_at_most_twenty_violations_are_told() -> None:
    violations = [Violation(field=f"f{n}", description="bad") for n in range(60)]
    status = errors.status_of(InvalidInput.of(violations), "req_1")
    bad = error_details_pb2.BadRequest()
    assert status.details[1].Unpack(bad)
    assert len(bad.field_violations) == 20


def test_a_fault_of_ours_says_nothing_but_the_request() -> None:
    status = errors.fault("req_7")
    assert status.code == grpc.StatusCode.INTERNAL.value[0]
    assert info(status).reason == "INTERNAL"
    assert dict(info(status).metadata) == {"request_id": "req_7"}
    assert "req_7" in status.message


def test_a_call_that_took_too_long_says_so() -> None:
    status = errors.too_late("req_7")
    assert status.code == grpc.StatusCode.DEADLINE_EXCEEDED.value[0]
    assert info(status).reason == "DEADLINE_EXCEEDED"
