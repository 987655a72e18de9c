"""
The one table: core error class to gRPC status and ErrorInfo.

Every error carries exactly one ErrorInfo (domain "mailbot") and the details that its
class asks for. Trailers must stay small, because gRPC drops a call whose metadata
pass 8 KiB: messages are cut at 512 bytes, a status at 3 KiB.
"""

from datetime import timedelta
from typing import Final

import grpc
from google.protobuf import any_pb2, duration_pb2, message
from google.rpc import code_pb2, error_details_pb2, status_pb2

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
    WrongState,
)

DOMAIN: Final = "mailbot"
MESSAGE_BYTES_MAX: Final = 512
STATUS_BYTES_MAX: Final = 3072
VIOLATIONS_BYTES_MAX: Final = 1900
VALUE_BYTES_MAX: Final = 256

CODE_OF: Final[dict[type[MailbotError], grpc.StatusCode]] = {
    InvalidInput: grpc.StatusCode.INVALID_ARGUMENT,
    Unauthenticated: grpc.StatusCode.UNAUTHENTICATED,
    NotAllowed: grpc.StatusCode.PERMISSION_DENIED,
    NotFound: grpc.StatusCode.NOT_FOUND,
    AlreadyExists: grpc.StatusCode.ALREADY_EXISTS,
    WrongState: grpc.StatusCode.FAILED_PRECONDITION,
    Conflict: grpc.StatusCode.ABORTED,
    LimitExceeded: grpc.StatusCode.RESOURCE_EXHAUSTED,
    Unavailable: grpc.StatusCode.UNAVAILABLE,
    CursorGone: grpc.StatusCode.OUT_OF_RANGE,
}


def code_of(error: MailbotError) -> grpc.StatusCode:
    """The gRPC code of an error's class."""
    return CODE_OF[type(error)]


def status_of(error: MailbotError, request_id: str) -> status_pb2.Status:
    """The status of a caller's mistake, with its details, small enough for trailers."""
    info = error_details_pb2.ErrorInfo(reason=error.reason, domain=DOMAIN)
    for key, value in error.details.items():
        info.metadata[key] = _cut(value, VALUE_BYTES_MAX)
    status = status_pb2.Status(
        code=code_of(error).value[0], message=_cut(error.message, MESSAGE_BYTES_MAX)
    )
    status.details.append(_any(info))
    for detail in _details(error):
        packed = _any(detail)
        if status.ByteSize() + packed.ByteSize() <= STATUS_BYTES_MAX:
            status.details.append(packed)
    _add_request(status, request_id)
    return status


def fault(request_id: str) -> status_pb2.Status:
    """The status of a fault of ours: the same words whatever happened."""
    words = f"a fault of the server; quote request {request_id}"
    return _plain(code_pb2.INTERNAL, "INTERNAL", words, request_id)


def too_late(request_id: str) -> status_pb2.Status:
    """The status of a call that the server could not finish in time."""
    words = "the server could not finish in time; try again with the same request_id"
    return _plain(code_pb2.DEADLINE_EXCEEDED, "DEADLINE_EXCEEDED", words, request_id)


def _plain(code: int, reason: str, words: str, request_id: str) -> status_pb2.Status:
    info = error_details_pb2.ErrorInfo(reason=reason, domain=DOMAIN)
    info.metadata["request_id"] = request_id
    status = status_pb2.Status(code=code, message=words)
    status.details.append(_any(info))
    return status


def _details(error: MailbotError) -> list[message.Message]:
    match error:
        case InvalidInput():
            return [_bad_request(error)]
        case NotFound() | AlreadyExists():
            return [_resource(error)]
        case WrongState():
            return [_precondition(error)]
        case LimitExceeded():
            return _quota(error)
        case Unavailable():
            return [_retry(error.retry_after_seconds)]
        case _:
            return []


def _bad_request(error: InvalidInput) -> error_details_pb2.BadRequest:
    bad = error_details_pb2.BadRequest()
    for violation in error.violations:
        told = error_details_pb2.BadRequest.FieldViolation(
            field=_cut(violation.field, VALUE_BYTES_MAX),
            description=_cut(violation.description, VALUE_BYTES_MAX),
            reason=violation.reason,
        )
        if bad.ByteSize() + told.ByteSize() > VIOLATIONS_BYTES_MAX:
            break
        bad.field_violations.append(told)
    return bad


def _resource(error: NotFound | AlreadyExists) -> error_details_pb2.ResourceInfo:
    return error_details_pb2.ResourceInfo(
        resource_type=error.resource_type, resource_name=error.resource_id
    )


def _precondition(error: WrongState) -> error_details_pb2.PreconditionFailure:
    failure = error_details_pb2.PreconditionFailure()
    failure.violations.add(
        type=error.kind,
        subject=error.subject,
        description=_cut(error.message, VALUE_BYTES_MAX),
    )
    return failure


def _quota(error: LimitExceeded) -> list[message.Message]:
    failure = error_details_pb2.QuotaFailure()
    failure.violations.add(
        subject=error.subject, description=_cut(error.message, VALUE_BYTES_MAX)
    )
    if error.retry_after_seconds is None:
        return [failure]
    return [failure, _retry(error.retry_after_seconds)]


def _retry(seconds: float) -> error_details_pb2.RetryInfo:
    delay = duration_pb2.Duration()
    delay.FromTimedelta(timedelta(seconds=seconds))
    return error_details_pb2.RetryInfo(retry_delay=delay)


def _add_request(status: status_pb2.Status, request_id: str) -> None:
    packed = _any(error_details_pb2.RequestInfo(request_id=request_id))
    if status.ByteSize() + packed.ByteSize() <= STATUS_BYTES_MAX:
        status.details.append(packed)


def _any(detail: message.Message) -> any_pb2.Any:
    packed = any_pb2.Any()
    packed.Pack(detail)
    return packed


def _cut(text: str, most: int) -> str:
    return text.encode(errors="replace")[:most].decode(errors="ignore")
