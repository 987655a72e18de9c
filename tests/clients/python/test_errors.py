import pickle

import grpc
import pytest
from google.rpc import error_details_pb2

import mailbot
from mailbot import (
    AlreadyExistsError,
    AuthError,
    ConflictError,
    CursorError,
    InvalidRequestError,
    MailBotError,
    NotFoundError,
    PermissionDeniedError,
    PreconditionError,
    RateLimitError,
    ServerError,
    UnavailableError,
    Violation,
)
from mailbot.errors import BY_CODE, decode
from mailbot.v1 import error_reasons_pb2
from tests.clients.fake_mailbot import status

CODES = grpc.StatusCode
KINDS = [
    (CODES.UNAUTHENTICATED, "API_KEY_INVALID", AuthError),
    (CODES.PERMISSION_DENIED, "SCOPE_MISSING", PermissionDeniedError),
    (CODES.INVALID_ARGUMENT, "FIELD_INVALID", InvalidRequestError),
    (CODES.INVALID_ARGUMENT, "CURSOR_INVALID", CursorError),
    (CODES.INVALID_ARGUMENT, "CURSOR_FOREIGN", CursorError),
    (CODES.OUT_OF_RANGE, "CURSOR_EXPIRED", CursorError),
    (CODES.NOT_FOUND, "NOT_FOUND", NotFoundError),
    (CODES.ALREADY_EXISTS, "ALREADY_EXISTS", AlreadyExistsError),
    (CODES.FAILED_PRECONDITION, "INBOX_SUSPENDED", PreconditionError),
    (CODES.FAILED_PRECONDITION, "REQUEST_ID_REUSED", PreconditionError),
    (CODES.RESOURCE_EXHAUSTED, "DAILY_SEND_LIMIT", RateLimitError),
    (CODES.ABORTED, "ETAG_MISMATCH", ConflictError),
    (CODES.DEADLINE_EXCEEDED, "DEADLINE_EXCEEDED", UnavailableError),
    (CODES.INTERNAL, "INTERNAL", ServerError),
    (CODES.UNIMPLEMENTED, "", ServerError),
    (CODES.INVALID_ARGUMENT, "REASON_OF_TOMORROW", InvalidRequestError),
]


class Failed:
    """A failed call that never was on a wire."""

    def __init__(self, code, details="", trailers=()):
        self._parts = code, details, trailers

    def code(self):
        return self._parts[0]

    def details(self):
        return self._parts[1]

    def trailing_metadata(self):
        return self._parts[2]


@pytest.mark.parametrize(("code", "reason", "kind"), KINDS)
def test_each_kind_of_trouble_has_its_exception(server, bot, code, reason, kind):
    server.answer("GetInbox", status(code, reason))
    with pytest.raises(MailBotError) as raised:
        bot.inboxes.get("inb_1")
    assert type(raised.value) is kind
    assert raised.value.reason == (reason or code.name)
    assert raised.value.code == code.name
    assert raised.value.request_id == "req-GetInbox"


def test_every_detail_is_kept(server, bot):
    bad = error_details_pb2.BadRequest(
        field_violations=[{"field": "to[2].address", "description": "has no domain"}]
    )
    state = error_details_pb2.PreconditionFailure(
        violations=[
            {"type": "INBOX_STATE", "subject": "inb_1", "description": "suspended"}
        ]
    )
    quota = error_details_pb2.QuotaFailure(
        violations=[{"subject": "inb_1", "description": "250 a day"}]
    )
    answer = status(
        CODES.RESOURCE_EXHAUSTED,
        "DAILY_SEND_LIMIT",
        bad,
        state,
        quota,
        metadata={"limit": "250"},
        retry_after=1.5,
    )
    server.answer("SendMessage", answer)
    with pytest.raises(RateLimitError) as raised:
        bot.messages.send(inbox_id="inb_1", to="a@example.com", text="hi")
    error = raised.value
    assert error.message == "DAILY_SEND_LIMIT said"
    assert error.metadata == {"limit": "250"}
    assert error.retry_after == 1.5
    assert error.violations == (
        Violation(subject="to[2].address", description="has no domain"),
        Violation(subject="inb_1", description="suspended", type="INBOX_STATE"),
        Violation(subject="inb_1", description="250 a day"),
    )
    assert str(error).startswith(
        "DAILY_SEND_LIMIT: DAILY_SEND_LIMIT said; to[2].address: has"
    )
    assert "req-SendMessage" in str(error)


def test_nothing_is_said_twice():
    words = "to[0].address: must be a mail address"
    error = InvalidRequestError(
        words,
        reason="ADDRESS_INVALID",
        violations=[
            Violation(subject="to[0].address", description="must be a mail address"),
            Violation(subject="to[1].address", description="has no domain"),
        ],
    )
    assert str(error) == f"ADDRESS_INVALID: {words}; to[1].address: has no domain"


@pytest.mark.parametrize(
    ("code", "said", "kind", "hint"),
    [
        (
            CODES.UNAVAILABLE,
            "connections to all backends failing; last error: Connection refused",
            UnavailableError,
            "MAILBOT_TARGET",
        ),
        (
            CODES.UNAVAILABLE,
            "errors resolving nowhere: Domain name not found",
            UnavailableError,
            "MAILBOT_TARGET",
        ),
        (CODES.DEADLINE_EXCEEDED, "", UnavailableError, "same request_id"),
        (
            CODES.RESOURCE_EXHAUSTED,
            "SERVER: Received message larger than max (30000135 vs. 16777216)",
            InvalidRequestError,
            "as an attachment",
        ),
    ],
    ids=["nobody there", "no such name", "too late", "too large"],
)
def test_what_grpc_itself_says_comes_with_what_to_do(code, said, kind, hint):
    error = decode(Failed(code, said))
    assert type(error) is kind
    assert error.message.startswith(said)
    assert hint in error.message


def test_what_the_server_says_is_left_as_it_is():
    said = status(CODES.DEADLINE_EXCEEDED, "DEADLINE_EXCEEDED")
    packed = (("grpc-status-details-bin", said.SerializeToString()),)
    error = decode(Failed(CODES.DEADLINE_EXCEEDED, said.message, packed))
    assert error.message == said.message


def test_every_reason_of_the_api_becomes_an_error_of_the_sdk():
    for name in error_reasons_pb2.ErrorReason.DESCRIPTOR.values_by_name:
        assert isinstance(decode(Failed(CODES.INTERNAL, name)), MailBotError)


def test_every_code_but_ok_has_an_exception():
    plain_faults = {CODES.INTERNAL, CODES.UNKNOWN, CODES.DATA_LOSS, CODES.UNIMPLEMENTED}
    assert set(BY_CODE) | plain_faults == set(CODES) - {CODES.OK}


@pytest.mark.parametrize(
    "trailers",
    [None, (), (("grpc-status-details-bin", b"\xff\xff"),), (("x-request-id", "r"),)],
)
def test_mangled_or_missing_details_leave_the_code(trailers):
    error = decode(Failed(CODES.NOT_FOUND, "gone", trailers))
    assert isinstance(error, NotFoundError)
    assert (error.reason, error.message) == ("NOT_FOUND", "gone")


def test_details_that_contradict_the_code_are_not_believed():
    lie = status(CODES.OK, "FINE").SerializeToString()
    error = decode(Failed(CODES.INTERNAL, "boom", (("grpc-status-details-bin", lie),)))
    assert error.reason == "INTERNAL"


def test_another_systems_error_info_is_not_taken_for_ours():
    foreign = status(CODES.NOT_FOUND)
    foreign.details.add().Pack(error_details_pb2.ErrorInfo(reason="X", domain="proxy"))
    packed = (("grpc-status-details-bin", foreign.SerializeToString()),)
    assert (
        decode(Failed(CODES.NOT_FOUND, foreign.message, packed)).reason == "NOT_FOUND"
    )


def test_errors_survive_pickling():
    error = NotFoundError(
        "gone", reason="NOT_FOUND", metadata={"id": "x"}, retry_after=1
    )
    copy = pickle.loads(pickle.dumps(error))
    assert type(copy) is NotFoundError
    assert vars(copy) == vars(error)


def test_every_exception_is_exported():
    kinds = set(BY_CODE.values()) | {MailBotError, ServerError}
    assert {each.__name__ for each in kinds} <= set(mailbot.__all__)
