"""The process as a whole, from inside: first starts, keys, readiness, crashes."""

import asyncio
import ssl
import stat
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import aiohttp
import grpc
import pytest

from mailbot.v1 import accounts_pb2, accounts_pb2_grpc
from mailbot_server.app import serving
from mailbot_server.clock import WallClock
from mailbot_server.config import Settings
from mailbot_server.core import account
from mailbot_server.core.errors import Unavailable
from mailbot_server.engine import accounts as engine
from mailbot_server.engine.timers import Timers
from mailbot_server.folder import FolderInUse
from mailbot_server.offline import migrate_only
from mailbot_server.store import accounts, keys, nodes
from mailbot_server.store import events as log
from mailbot_server.store.database import Database
from tests.fakes.tenants import account as tenant
from tests.servers.postgres import PostgresServer, binaries

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


@pytest.fixture
def settings(tmp_path):
    """Free ports and a folder of the test's own."""

    def make(name: str = "data", **changes: Any) -> Settings:
        known = {
            "data_dir": tmp_path / name,
            "grpc_port": 0,
            "mx_port": 0,
            "submission_port": 0,
            "operator_port": 0,
            "drain_seconds": 1,
            "log_level": "error",
        }
        return Settings(**{**known, **changes})

    return make


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


async def started(settings) -> None:
    """Starts a server and ends it at once."""
    async with serving(settings):
        pass


async def who(running, key_file: Path) -> accounts_pb2.GetAccountResponse:
    """The account that the key in this file speaks for."""
    key = key_file.read_text().strip()  # noqa: ASYNC240 - a few bytes
    async with grpc.aio.insecure_channel(f"127.0.0.1:{running.grpc_port}") as channel:
        stub: Any = accounts_pb2_grpc.AccountServiceStub(channel)
        return await stub.GetAccount(
            accounts_pb2.GetAccountRequest(),
            metadata=(("authorization", f"Bearer {key}"),),
        )


async def status(running, path: str) -> int:
    """What the operator's port answers."""
    url = f"http://127.0.0.1:{running.operator_port}{path}"
    async with aiohttp.ClientSession() as session, session.get(url) as answer:
        return answer.status


async def test_the_first_start_makes_an_account_and_two_keys(settings):
    async with serving(settings()) as running:
        assert running.is_first_start
        default = await who(running, running.api_key_file)
        operator = await who(running, running.operator_key_file)
    assert default.account.display_name == "default"
    assert operator.account.id == default.account.id
    assert "operator" not in default.api_key.scopes
    assert "operator" in operator.api_key.scopes
    for file in (running.api_key_file, running.operator_key_file):
        assert mode(file) == 0o600


async def test_the_submission_ports_have_a_secret_certificate_of_their_own(settings):
    async with serving(settings(submissions_port=0)) as running:
        pem = running.settings.data_dir / "submission.pem"
        assert mode(pem) == 0o600
        assert len(running.submission_ports) == 2
        made = pem.read_bytes()
        _, writer = await asyncio.open_connection(
            "127.0.0.1", running.submission_ports[1], ssl=_trusting(pem)
        )
        writer.close()
        await writer.wait_closed()
    async with serving(settings()) as running:
        assert pem.read_bytes() == made
        assert len(running.submission_ports) == 1


def _trusting(pem: Path) -> ssl.SSLContext:
    context = ssl.create_default_context(cafile=str(pem))
    context.check_hostname = False
    return context


async def test_the_second_start_changes_nothing(settings):
    async with serving(settings()) as running:
        key, epoch = running.api_key_file.read_text(), await running.db.read(log.epoch)
    async with serving(settings()) as running:
        assert not running.is_first_start
        assert running.api_key_file.read_text() == key
        assert await running.db.read(log.epoch) == epoch
        assert (await who(running, running.api_key_file)).account.display_name


async def test_a_first_start_that_crashed_between_files_and_account_is_made_good(
    settings, monkeypatch
):
    def crash(*_):
        raise RuntimeError("power cut")

    with monkeypatch.context() as patch:
        patch.setattr(engine, "begin", crash)
        with pytest.raises(RuntimeError, match="power cut"):
            # The patch reaches no other process.
            await started(settings(sqlite_writer="thread"))
    before = (settings().data_dir / "default.key").read_text()
    async with serving(settings()) as running:
        assert running.is_first_start
        assert running.api_key_file.read_text() != before
        assert (await who(running, running.api_key_file)).account.id


async def test_a_second_machine_writes_no_keys(settings, postgres_url):
    shared = {"database_url": postgres_url, "server_key": "k" * 32}
    async with serving(settings("one", **shared)) as first:
        async with serving(settings("two", **shared)) as second:
            assert not second.is_first_start
            assert not second.api_key_file.exists()
            assert (await who(second, first.api_key_file)).account.display_name
        found = await first.db.read(accounts.list_newest, "", 10)
    assert len(found) == 1


async def test_two_machines_that_start_at_once_make_one_account(settings, postgres_url):
    shared = {"database_url": postgres_url, "server_key": "k" * 32}

    async def start(name):
        async with serving(settings(name, **shared)) as running:
            return running, running.api_key_file.exists()

    started = await asyncio.gather(*(start(name) for name in ("one", "two")))
    assert sorted(running.is_first_start for running, _ in started) == [False, True]
    assert all(exists == running.is_first_start for running, exists in started)


async def test_a_server_is_ready_until_it_stops(settings, monkeypatch):
    async with serving(settings()) as running:
        assert await status(running, "/healthz") == 200
        assert await status(running, "/readyz") == 200
        read = running.db.read

        async def away(*_, **__):
            raise Unavailable("the database is away")

        monkeypatch.setattr(running.db, "read", away)
        assert await status(running, "/readyz") == 503
        monkeypatch.setattr(running.db, "read", read)
        assert await status(running, "/readyz") == 200


async def test_a_folder_in_use_is_refused_at_once(settings):
    async with serving(settings()):
        with pytest.raises(FolderInUse):
            await started(settings())
        with pytest.raises(FolderInUse):
            migrate_only(settings())


async def test_a_port_that_cannot_be_opened_closes_the_others(settings):
    async with serving(settings("one")) as running:
        taken = settings("two", grpc_port=running.grpc_port)
        with pytest.raises(OSError, match="grpc_host, grpc_port"):
            await started(taken)
    free = settings("two", mx_port=running.mx_port, operator_port=running.operator_port)
    async with serving(free) as again:
        assert again.mx_port == running.mx_port


async def test_a_part_that_crashes_ends_the_process(settings, monkeypatch):
    crash = asyncio.Event()

    async def run(_):
        await crash.wait()
        raise RuntimeError("a bug")

    async def live():
        async with serving(settings()):
            crash.set()
            await asyncio.Event().wait()

    monkeypatch.setattr(Timers, "run", run)
    with pytest.raises(ExceptionGroup) as caught:
        await live()
    assert caught.group_contains(RuntimeError, match="a bug")


async def test_a_database_with_accounts_gets_no_keys(settings, entropy, metrics):
    migrate_only(settings())
    url = settings().store_url
    database = Database(url, clock=WallClock(), entropy=entropy, metrics=metrics)
    await database.start()
    await database.write(accounts.add, tenant())
    await database.stop()
    async with serving(settings()) as running:
        assert not running.is_first_start
        assert await running.db.read(keys.list_newest, tenant().id, "", 10) == []


def test_migrating_says_which_steps_ran(settings):
    assert migrate_only(settings())
    assert migrate_only(settings()) == []


def test_what_is_printed_as_a_key_is_read_as_one(entropy):
    first = engine.draw_first_keys(entropy)
    assert account.read_key(account.print_key(first.api)) == first.api


@pytest.mark.slow
@pytest.mark.postgres
async def test_a_database_that_goes_away_is_missed_and_found_again(settings):
    """Calls are UNAVAILABLE and the server is not ready meanwhile; nobody restarts it."""
    folder = binaries()
    if folder is None:
        pytest.skip("PostgreSQL's server programs are not installed")
    postgres = PostgresServer(folder)
    await asyncio.to_thread(postgres.start)
    try:
        url = postgres.url("postgres")
        shared = settings(database_url=url, server_key="k" * 32)
        async with serving(shared) as running:
            assert await status(running, "/readyz") == 200
            await asyncio.to_thread(postgres.pause)
            assert await status(running, "/readyz") == 503
            assert await status(running, "/healthz") == 200
            with pytest.raises(grpc.aio.AioRpcError) as caught:
                await who(running, running.api_key_file)
            assert caught.value.code() is grpc.StatusCode.UNAVAILABLE
            await asyncio.to_thread(postgres.resume)
            while await status(running, "/readyz") != 200:  # noqa: ASYNC110
                await asyncio.sleep(0.05)
            assert (await who(running, running.api_key_file)).account.id
    finally:
        await asyncio.to_thread(postgres.stop)


@pytest.mark.postgres
async def test_a_database_that_several_use_is_prepared_beside_a_server(
    settings, postgres_url
):
    shared = settings(database_url=postgres_url, server_key="k" * 40)
    async with serving(shared):
        assert await asyncio.to_thread(migrate_only, shared) == []


@pytest.mark.postgres
async def test_a_process_has_the_roles_that_it_is_given_and_leaves_when_it_ends(
    settings, postgres_url
):
    shared = settings(
        database_url=postgres_url, server_key="k" * 40, roles=("mx", "delivery")
    )
    async with serving(shared) as running:
        assert running.mx_port > 0
        assert (running.grpc_port, running.submission_ports) == (0, [])
        assert await status(running, "/readyz") == 200
        assert len(await running.db.read(nodes.delivering, LONG_AGO)) == 1
    api = settings(
        "api", database_url=postgres_url, server_key="k" * 40, roles=("api",)
    )
    async with serving(api) as running:
        assert running.grpc_port > 0
        assert running.mx_port == 0
        # The one before is gone, and this one delivers nothing.
        assert await running.db.read(nodes.delivering, LONG_AGO) == []
