"""
What can go wrong with a call: one exception per kind of trouble, with the details.

Every error keeps `reason` (a name of `ErrorReason` without its prefix, or the status
code's name if the server gave none), `message`, `code` (the gRPC status code's name),
`metadata`, `violations`, `retry_after` (seconds, or None) and `request_id` (as in the
server's log lines).
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

import grpc
from google.protobuf.message import DecodeError
from google.rpc import error_details_pb2, status_pb2
from grpc_status import rpc_status

DOMAIN = "mailbot"
REQUEST_ID_TRAILER = "x-request-id"


@dataclass(frozen=True, slots=True, kw_only=True)
class Violation:
    """
    One thing that was wrong with a request.

    `subject` is the field's path ("to[2].address"), or what a precondition or a quota
    is about; `type` is set for preconditions only, for example "INBOX_STATE".
    """

    subject: str
    description: str
    type: str = ""


class MailBotError(Exception):
    """A call that failed; the classes below say how."""

    def __init__(
        self,
        message: str,
        *,
        reason: str = "",
        code: str = "",
        metadata: Mapping[str, str] | None = None,
        violations: Iterable[Violation] = (),
        retry_after: float | None = None,
        request_id: str = "",
    ) -> None:
        super().__init__(message)
        self.message = message
        self.reason = reason or code
        self.code = code
        self.metadata = dict(metadata or {})
        self.violations = tuple(violations)
        self.retry_after = retry_after
        self.request_id = request_id

    def __str__(self) -> str:
        parts = [f"{self.reason}: {self.message}" if self.reason else self.message]
        parts += [
            f"{each.subject}: {each.description}"
            for each in self.violations
            if each.description not in self.message
        ]
        if self.request_id:
            parts.append(f"request {self.request_id}")
        return "; ".join(parts)


class AuthError(MailBotError):
    """The API key is missing, unknown, expired or revoked."""


class PermissionDeniedError(MailBotError):
    """The key lacks a scope or the inbox a permission; `metadata` names it."""


class InvalidRequestError(MailBotError):
    """Something in the request cannot be; `violations` has the fields."""


class NotFoundError(MailBotError):
    """There is no such thing in this account."""


class AlreadyExistsError(MailBotError):
    """It was made before, for example an address."""


class PreconditionError(MailBotError):
    """Not in this state, for example from a suspended inbox."""


class RateLimitError(MailBotError):
    """A limit is used up; `retry_after` says for how long."""


class ConflictError(MailBotError):
    """It changed since it was read: read it again, merge, try again."""


class CursorError(MailBotError):
    """The cursor is not one of this log, or what it points to is gone."""


class UnavailableError(MailBotError):
    """The server could not be reached or did not answer in time: try again."""


class ServerError(MailBotError):
    """A fault of the server; quote `request_id`."""


class MessageNotReceivedError(MailBotError, TimeoutError):
    """
    The message that was waited for did not come in time.

    `arrived` are the newest messages that the inbox did receive, `cursor` is where the
    wait ended: as `after` of the next one it finds what comes later.
    """

    def __init__(
        self, message: str, *, arrived: Iterable[Any] = (), cursor: str = ""
    ) -> None:
        super().__init__(message)
        self.arrived = tuple(arrived)
        self.cursor = cursor


BY_CODE: Mapping[grpc.StatusCode, type[MailBotError]] = {
    grpc.StatusCode.UNAUTHENTICATED: AuthError,
    grpc.StatusCode.PERMISSION_DENIED: PermissionDeniedError,
    grpc.StatusCode.INVALID_ARGUMENT: InvalidRequestError,
    grpc.StatusCode.NOT_FOUND: NotFoundError,
    grpc.StatusCode.ALREADY_EXISTS: AlreadyExistsError,
    grpc.StatusCode.FAILED_PRECONDITION: PreconditionError,
    grpc.StatusCode.RESOURCE_EXHAUSTED: RateLimitError,
    grpc.StatusCode.ABORTED: ConflictError,
    grpc.StatusCode.OUT_OF_RANGE: CursorError,
    grpc.StatusCode.UNAVAILABLE: UnavailableError,
    grpc.StatusCode.DEADLINE_EXCEEDED: UnavailableError,
    grpc.StatusCode.CANCELLED: UnavailableError,
}
BY_REASON: Mapping[str, type[MailBotError]] = {
    "CURSOR_INVALID": CursorError,
    "CURSOR_FOREIGN": CursorError,
}
UNREACHED = re.compile(
    r"all backends failing|errors? resolving|failed to connect", re.IGNORECASE
)
TOO_LARGE = re.compile(r"SERVER: .* larger than max", re.IGNORECASE)


class FailedCall(Protocol):
    """What sync and asyncio gRPC errors have in common."""

    def code(self) -> grpc.StatusCode: ...
    def details(self) -> str | None: ...
    def trailing_metadata(self) -> Iterable[tuple[str, str | bytes]] | None: ...


@dataclass(slots=True)
class _Details:
    """What the messages in google.rpc.Status say, gathered."""

    reason: str = ""
    metadata: dict[str, str] = field(default_factory=dict)
    violations: list[Violation] = field(default_factory=list)
    retry_after: float | None = None
    request_id: str = ""


def decode(call: FailedCall) -> MailBotError:
    """The error that a failed call stands for; never raises."""
    code = call.code()
    details = _details(call)
    kind = BY_REASON.get(details.reason) or BY_CODE.get(code, ServerError)
    trailers = dict(call.trailing_metadata() or ())
    request_id = trailers.get(REQUEST_ID_TRAILER, "")
    message = call.details() or ""
    if not details.reason:
        kind, message = _unsaid(code, kind, message)
    return kind(
        message,
        reason=details.reason,
        code=code.name,
        metadata=details.metadata,
        violations=details.violations,
        retry_after=details.retry_after,
        request_id=str(request_id) or details.metadata.get("request_id", ""),
    )


def _unsaid(
    code: grpc.StatusCode, kind: type[MailBotError], message: str
) -> tuple[type[MailBotError], str]:
    """What a failure is, and what to do about it, that gRPC itself has told of."""
    match code:
        case grpc.StatusCode.UNAVAILABLE if UNREACHED.search(message):
            hint = (
                "does a mailbot server run there? Look at target= or MAILBOT_TARGET"
                " (host:port of its gRPC API) and at tls="
            )
        case grpc.StatusCode.DEADLINE_EXCEEDED:
            hint = (
                "no answer within the client's timeout=; it may have been done all the"
                " same: to repeat it safely, give the same request_id"
            )
        case grpc.StatusCode.RESOURCE_EXHAUSTED if TOO_LARGE.search(message):
            kind = InvalidRequestError
            hint = (
                "the request is larger than a server takes; give what is large as an"
                " attachment, which is uploaded in pieces"
            )
        case _:
            return kind, message
    return kind, f"{message}: {hint}" if message else hint


def _details(call: FailedCall) -> _Details:
    details = _Details()
    try:
        status: status_pb2.Status | None = rpc_status.from_call(call)
        for packed in status.details if status else ():
            _read_detail(packed, details)
    except (DecodeError, ValueError):
        # Trailers that a proxy mangled: the code alone has to do.
        return _Details()
    return details


def _read_detail(packed: Any, details: _Details) -> None:
    """Unpack one google.protobuf.Any into `details`; unknown kinds are left out."""
    read = _DETAILS.get(packed.TypeName())
    if read is not None:
        kind, gather = read
        unpacked = kind.FromString(packed.value)
        gather(unpacked, details)


def _error_info(info: Any, details: _Details) -> None:
    if info.domain == DOMAIN:
        details.reason = info.reason
        details.metadata = dict(info.metadata)


def _bad_request(bad: Any, details: _Details) -> None:
    details.violations += [
        Violation(subject=each.field, description=each.description)
        for each in bad.field_violations
    ]


def _precondition(failure: Any, details: _Details) -> None:
    details.violations += [
        Violation(subject=each.subject, description=each.description, type=each.type)
        for each in failure.violations
    ]


def _quota(failure: Any, details: _Details) -> None:
    details.violations += [
        Violation(subject=each.subject, description=each.description)
        for each in failure.violations
    ]


def _retry_info(info: Any, details: _Details) -> None:
    details.retry_after = info.retry_delay.ToTimedelta().total_seconds()


_DETAILS: Mapping[str, tuple[Any, Any]] = {
    "google.rpc.ErrorInfo": (error_details_pb2.ErrorInfo, _error_info),
    "google.rpc.BadRequest": (error_details_pb2.BadRequest, _bad_request),
    "google.rpc.PreconditionFailure": (
        error_details_pb2.PreconditionFailure,
        _precondition,
    ),
    "google.rpc.QuotaFailure": (error_details_pb2.QuotaFailure, _quota),
    "google.rpc.RetryInfo": (error_details_pb2.RetryInfo, _retry_info),
}
