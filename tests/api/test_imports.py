"""An import takes chunk after chunk and remembers a bounded number of faults."""

from mailbot.v1 import suppressions_pb2
from mailbot_server.api.imports import ADDRESS_SHOWN, FAULTS_MAX, Import
from mailbot_server.core.suppression import SuppressionFilter
from mailbot_server.store import suppressions
from tests.fakes.tenants import account, add_account, principal


def chunk(*addresses):
    entries = [suppressions_pb2.SuppressionEntry(address=each) for each in addresses]
    return suppressions_pb2.ImportSuppressionsRequest(entries=entries)


async def test_faults_are_counted_over_the_whole_stream(db):
    await add_account(db)
    running = Import(db, principal())
    await running.take(chunk("a@example.com", "nobody", "b@example.com"))
    await running.take(chunk("a@example.com", "c@example.com", "x" * 900))
    answer = running.answer
    assert (answer.added, answer.unchanged, answer.changed, answer.refused) == (
        *(3, 1, 0, 2),
    )
    assert [(each.index, len(each.address)) for each in answer.faults] == [
        *((1, len("nobody")), (5, ADDRESS_SHOWN)),
    ]
    assert answer.faults[0].description == "address: is not a mail address"
    found = await db.read(suppressions.list_, account().id, SuppressionFilter(), "", 10)
    assert {each.address[0] for each in found} == {"a", "b", "c"}


async def test_only_the_first_faults_are_kept(db):
    await add_account(db)
    running = Import(db, principal())
    for _ in range(2):
        await running.take(chunk(*["nobody"] * FAULTS_MAX))
    assert running.answer.refused == 2 * FAULTS_MAX
    assert len(running.answer.faults) == FAULTS_MAX
    assert running.answer.faults[-1].index == FAULTS_MAX - 1
