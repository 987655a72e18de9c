from datetime import UTC, datetime

import grpc
import pytest

from mailbot import InvalidRequestError, SuppressionEntry
from mailbot.v1 import suppressions_pb2
from tests.clients.fake_mailbot import status

UNTIL = datetime(2030, 1, 1, tzinfo=UTC)
FOUND = suppressions_pb2.Suppression(
    id="sup_1",
    address="carol@example.com",
    reason=suppressions_pb2.SUPPRESSION_REASON_HARD_BOUNCE,
    note="550 no such user",
)
FOUND.expire_time.FromDatetime(UNTIL)


def test_add_says_what_holds(server, bot):
    answer = suppressions_pb2.AddSuppressionResponse(suppression=FOUND)
    server.answer("AddSuppression", answer, answer)
    added = bot.suppressions.add(
        "carol@example.com",
        inbox_id="inb_1",
        reason="complaint",
        expire_time=UNTIL,
        note="angry",
    )
    assert (added.id, added.reason, added.expire_time) == (
        *("sup_1", "hard_bounce", UNTIL),
    )
    bot.suppressions.add("carol@example.com")
    request, plain = server.requests("AddSuppression")
    assert (request.address, request.inbox_id) == ("carol@example.com", "inb_1")
    assert request.reason == suppressions_pb2.SUPPRESSION_REASON_COMPLAINT
    assert request.expire_time.ToDatetime(tzinfo=UTC) == UNTIL
    assert request.note == "angry"
    assert plain == suppressions_pb2.AddSuppressionRequest(address="carol@example.com")


def test_a_word_that_is_no_reason_is_refused_here(server, bot):
    with pytest.raises(ValueError, match="hard_bounce, complaint"):
        bot.suppressions.add("carol@example.com", reason="bounce")
    with pytest.raises(TypeError, match="inbox_id"):
        bot.suppressions.add("carol@example.com", inbox="inb_1")
    assert server.requests("AddSuppression") == []


def test_remove_says_whether_there_was_one(server, bot):
    found = suppressions_pb2.RemoveSuppressionResponse(suppression=FOUND)
    none = suppressions_pb2.RemoveSuppressionResponse()
    server.answer("RemoveSuppression", found, none)
    assert bot.suppressions.remove("carol@example.com").id == "sup_1"
    assert bot.suppressions.remove("carol@example.com", inbox_id="inb_1") is None
    assert server.requests("RemoveSuppression")[1].inbox_id == "inb_1"


def test_get_and_check(server, bot):
    server.answer(
        "GetSuppression", suppressions_pb2.GetSuppressionResponse(suppression=FOUND)
    )
    answer = suppressions_pb2.CheckSuppressionsResponse(suppressions=[FOUND])
    server.answer("CheckSuppressions", answer, answer)
    found = bot.suppressions.get("sup_1")
    assert bot.suppressions.check("carol@example.com") == (found,)
    assert bot.suppressions.check(iter(["a@b.example"]), inbox_id="inb_1") == (found,)
    asked = server.requests("CheckSuppressions")
    assert [list(each.addresses) for each in asked] == [
        *(["carol@example.com"], ["a@b.example"]),
    ]
    assert asked[1].inbox_id == "inb_1"


def test_list_carries_its_filter_from_page_to_page(server, bot):
    answer = suppressions_pb2.ListSuppressionsResponse
    server.answer(
        "ListSuppressions",
        answer(suppressions=[FOUND], next_page_token="more"),
        answer(suppressions=[FOUND]),
    )
    found = list(
        bot.suppressions.list(
            reasons="manual",
            inbox_id="inb_1",
            address_contains="carol",
            after_time=UNTIL,
            before_time=UNTIL,
        )
    )
    assert [each.id for each in found] == ["sup_1", "sup_1"]
    first, second = server.requests("ListSuppressions")
    assert first.filter == second.filter
    assert list(first.filter.reasons) == [suppressions_pb2.SUPPRESSION_REASON_MANUAL]
    assert first.filter.address_contains == "carol"
    assert second.page_token == "more"


def test_import_sends_chunks_and_tells_of_faults(server, bot):
    fault = suppressions_pb2.SuppressionImportFault(
        index=7, address="nobody", description="address: is not a mail address"
    )
    answer = suppressions_pb2.ImportSuppressionsResponse(
        added=2499, refused=1, faults=[fault]
    )
    server.answer("ImportSuppressions", answer)
    entry = SuppressionEntry("carol@example.com", "complaint", UNTIL, "angry")
    plain = (f"user{n}@example.com" for n in range(2498))
    done = bot.suppressions.import_([entry, "nobody", *plain], inbox_id="inb_1")
    assert (done.added, done.refused, done.faults[0].index) == (2499, 1, 7)
    [seen] = server.seen["ImportSuppressions"]
    assert [len(each.entries) for each in seen.requests] == [1000, 1000, 500]
    assert {each.inbox_id for each in seen.requests} == {"inb_1"}
    first = seen.requests[0].entries[0]
    assert first.reason == suppressions_pb2.SUPPRESSION_REASON_COMPLAINT
    assert first.expire_time.ToDatetime(tzinfo=UTC) == UNTIL
    assert first.note == "angry"


def test_an_export_can_be_imported(server, bot):
    page = suppressions_pb2.ExportSuppressionsResponse(suppressions=[FOUND])
    server.answer("ExportSuppressions", [page, page])
    found = list(bot.suppressions.export(reasons=["hard_bounce"]))
    assert [each.id for each in found] == ["sup_1", "sup_1"]
    [asked] = server.requests("ExportSuppressions")
    assert list(asked.filter.reasons) == [
        suppressions_pb2.SUPPRESSION_REASON_HARD_BOUNCE
    ]
    bot.suppressions.import_(found)
    [seen] = server.seen["ImportSuppressions"]
    assert seen.requests[0].entries[1].note == "550 no such user"


def test_what_the_entries_raise_is_raised(server, bot):
    def entries():
        yield "a@example.com"
        raise OSError("the disk is gone")

    with pytest.raises(OSError, match="the disk is gone"):
        bot.suppressions.import_(entries())
    [seen] = server.seen["ImportSuppressions"]
    assert [len(each.entries) for each in seen.requests] == [1]
    naive = datetime(2030, 1, 1)  # noqa: DTZ001 - that is the point
    with pytest.raises(ValueError, match="no time zone"):
        bot.suppressions.import_([SuppressionEntry("a@example.com", "", naive)])


def test_a_refusal_is_an_error_in_both_directions(server, bot):
    refusal = status(grpc.StatusCode.INVALID_ARGUMENT, "FIELD_INVALID")
    server.answer("ImportSuppressions", refusal)
    server.answer("ExportSuppressions", [refusal])
    with pytest.raises(InvalidRequestError):
        bot.suppressions.import_(["a@example.com"])
    with pytest.raises(InvalidRequestError):
        list(bot.suppressions.export())
