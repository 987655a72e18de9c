"""A copy that a running server's owner makes, and puts back somewhere else."""

import asyncio
import os
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import apsw
import pytest

from mailbot import AsyncMailBot, CursorError, NotFoundError
from mailbot_server import offline
from mailbot_server.app import Running, serving
from mailbot_server.config import BadSettings, Settings
from mailbot_server.core.errors import Unavailable
from mailbot_server.engine.restoring import aftermath
from mailbot_server.folder import FolderInUse
from mailbot_server.store import migrate
from mailbot_server.store.database.copying import BadCopy
from mailbot_server.store.migrate import SchemaTooNew
from tests.fakes.remote_mta import RemoteMta

HELD = "database_restored"


class Killed(BaseException):
    """The process ends here."""


ALL = ("queued", "leased", "deferred", "held", "sent", "delivered", "bounced")


@pytest.fixture
def settings(tmp_path):
    """Free ports and a folder of the test's own."""

    def make(name: str = "data", **changes: Any) -> Settings:
        known = {
            "data_dir": tmp_path / name,
            **dict.fromkeys(("grpc_port", "mx_port", "operator_port"), 0),
            "submission_port": 0,
            "drain_seconds": 1,
            "log_level": "error",
            "authentication": False,
        }
        return Settings(**{**known, **changes})

    return make


def quiet(done: int, of: int) -> None:
    """Nobody is told."""


def client(running: Running, key: str = "") -> AsyncMailBot:
    key = key or running.operator_key_file.read_text()
    return AsyncMailBot(api_key=key.strip(), target=f"127.0.0.1:{running.grpc_port}")


async def states(mailbot: AsyncMailBot) -> list[tuple[str, str]]:
    """What became of each delivery, and why it is kept."""
    listed = mailbot.deliveries.list(states=ALL)
    return sorted(
        [(each.status.state, each.status.hold_reason) async for each in listed]
    )


async def become(mailbot: AsyncMailBot, wanted: list[tuple[str, str]]) -> None:
    async with asyncio.timeout(20):
        while await states(mailbot) != wanted:  # noqa: ASYNC110
            await asyncio.sleep(0.05)


def key_moves(one: Settings, other: Settings) -> None:
    """The operator has kept the server's key apart."""
    other.data_dir.mkdir(mode=0o700, exist_ok=True)
    key = (one.data_dir / "server.key").read_bytes()
    (other.data_dir / "server.key").write_bytes(key)


async def back_up(settings: Settings, target: Path) -> int:
    return await asyncio.to_thread(offline.back_up, settings, target, quiet)


async def put_back(settings: Settings, source: Path, *, replaces: bool = False):
    return await asyncio.to_thread(
        offline.put_back, settings, source, quiet, replaces=replaces
    )


async def begun(settings: Settings) -> None:
    """A database with an account and its keys."""
    async with serving(settings):
        pass


async def test_a_copy_goes_on_elsewhere_and_sends_nothing_twice(settings, tmp_path):
    """What waited when the copy was made has left since; nobody gets it again."""
    copy = tmp_path / "copy.db"
    async with RemoteMta() as host:
        host.script["RCPT"] = ["451 4.7.0 Try again later"]
        route = {"domain": "example.com", "host": "127.0.0.1", "port": host.port}
        first = settings(routes=[route])
        second = settings("second", routes=[route])
        async with serving(first) as running, client(running) as mailbot:
            own = await mailbot.inboxes.create()
            await mailbot.messages.send(
                inbox_id=own.id, to="bob@example.com", subject="Hello", text="x"
            )
            await become(mailbot, [("deferred", "")])
            assert await back_up(first, copy) == copy.stat().st_size
            assert (await mailbot.deliveries.retry(inbox_id=own.id)).changed == 1
            await become(mailbot, [("delivered", "")])
            [page] = [each async for each in mailbot.events.list().pages()]
            key = running.operator_key_file.read_text()
        assert len(host.transactions) == 1
        key_moves(first, second)
        done = await put_back(second, copy)
        assert (done.aftermath.held, done.unreadable, done.replaced) == (1, 0, None)
        async with serving(second) as running, client(running, key) as mailbot:
            assert await states(mailbot) == [("held", HELD)]
            with pytest.raises(CursorError) as refused:
                async with mailbot.events.subscribe(start=page.end_cursor) as events:
                    await events.ready()
            assert refused.value.reason == "CURSOR_FOREIGN"
            # What the copy has is all there, and whoever knows may let it go on.
            assert (await mailbot.inboxes.get(own.id)).address == own.address
            assert len(host.transactions) == 1
            moved = await mailbot.deliveries.release(
                hold_reason=HELD, all_accounts=True
            )
            assert moved.changed == 1
            await become(mailbot, [("delivered", "")])
        assert len(host.transactions) == 2


async def test_a_database_in_place_is_put_aside_and_not_lost(settings, tmp_path):
    own, copy = settings(), tmp_path / "copy.db"
    async with serving(own) as running, client(running) as mailbot:
        kept = await mailbot.inboxes.create()
        await back_up(own, copy)
        lost = await mailbot.inboxes.create()
    with pytest.raises(FileExistsError, match="--replace"):
        await put_back(own, copy)
    done = await put_back(own, copy, replaces=True)
    async with serving(own) as running, client(running) as mailbot:
        assert (await mailbot.inboxes.get(kept.id)).id == kept.id
        with pytest.raises(NotFoundError):
            await mailbot.inboxes.get(lost.id)
    before = apsw.Connection(str(done.replaced), flags=apsw.SQLITE_OPEN_READONLY)
    sql = "SELECT COUNT(*) FROM inbox WHERE id = ?"
    assert before.execute(sql, (lost.id,)).fetchall() == [(1,)]
    before.close()
    assert copy.exists()


async def test_nothing_is_put_back_below_a_server_that_runs(settings, tmp_path):
    own, copy = settings(), tmp_path / "copy.db"
    async with serving(own):
        await back_up(own, copy)
        with pytest.raises(FolderInUse):
            await put_back(own, copy, replaces=True)
        with pytest.raises(FolderInUse):
            await asyncio.to_thread(offline.make_operator_key, own)


async def test_without_the_servers_key_nothing_is_put_back(settings, tmp_path):
    own, bare, copy = settings(), settings("bare"), tmp_path / "copy.db"
    await begun(own)
    await back_up(own, copy)
    with pytest.raises(BadSettings, match=r"no server\.key"):
        await put_back(bare, copy)
    assert not (bare.data_dir / "server.key").exists()
    assert not (bare.data_dir / "mailbot.db").exists()


async def test_secrets_of_another_key_are_counted(settings, tmp_path):
    own, other, copy = settings(), settings("other"), tmp_path / "copy.db"
    async with serving(own) as running, client(running) as mailbot:
        await mailbot.domains.create("example.org")
        await mailbot.webhooks.create("https://hooks.example.org/in")
        await back_up(own, copy)
    other.data_dir.mkdir()
    (other.data_dir / "server.key").write_text("ab" * 32)
    # The domain has an RSA and an Ed25519 key.
    assert (await put_back(other, copy)).unreadable == 3
    key_moves(own, other)
    assert (await put_back(other, copy, replaces=True)).unreadable == 0


@pytest.mark.skipif(os.geteuid() != 0, reason="only root makes files of others")
async def test_what_root_puts_back_is_the_servers(settings, tmp_path):
    """Who has just stopped the service types on as root."""
    own, copy = settings(), tmp_path / "copy.db"
    await begun(own)
    await back_up(own, copy)
    nobody = 65534
    for path in (own.data_dir, *own.data_dir.iterdir()):
        os.chown(path, nobody, nobody)
    kept = own.data_dir / "notes.txt"
    kept.write_text("of root, and none of ours")
    await put_back(own, copy, replaces=True)
    (own.data_dir / "operator.key").unlink()
    await asyncio.to_thread(offline.make_operator_key, own)
    others = {p.name for p in own.data_dir.iterdir() if p.stat().st_uid != nobody}
    assert others == {kept.name}


async def test_a_file_that_is_no_copy_changes_nothing(settings, tmp_path):
    own, bad = settings(), tmp_path / "copy.db"
    bad.write_text("no database" * 1000)
    await begun(own)
    before = (own.data_dir / "mailbot.db").stat().st_ino
    with pytest.raises(BadCopy):
        await put_back(own, bad, replaces=True)
    assert (own.data_dir / "mailbot.db").stat().st_ino == before
    await begun(own)


async def test_a_copy_of_an_older_version_is_brought_to_this_one(
    settings, tmp_path, monkeypatch
):
    old, own, copy = settings("old"), settings(), tmp_path / "copy.db"
    steps = migrate.STEPS
    with monkeypatch.context() as patch:
        patch.setattr(migrate, "STEPS", steps[:-2])
        assert await asyncio.to_thread(offline.migrate_only, old)
    await back_up(old, copy)
    own.data_dir.mkdir()
    (own.data_dir / "server.key").write_text("ab" * 32)
    await put_back(own, copy)
    assert await asyncio.to_thread(offline.migrate_only, own) == []
    await begun(own)


async def test_a_copy_of_a_newer_version_changes_nothing(settings, tmp_path):
    own, copy = settings(), tmp_path / "copy.db"
    await begun(own)
    await back_up(own, copy)
    database = apsw.Connection(str(copy))
    database.execute("INSERT INTO migration VALUES (999, 'of the future', 0)")
    database.execute("UPDATE setting SET value = '999' WHERE name LIKE 'schema%'")
    database.close()
    with pytest.raises(SchemaTooNew):
        await put_back(own, copy, replaces=True)
    await begun(own)


async def test_what_a_crash_left_of_putting_back_is_in_nobodys_way(settings, tmp_path):
    own, copy = settings(), tmp_path / "copy.db"
    await begun(own)
    await back_up(own, copy)
    for end in ("", "-wal", "-shm", "-journal", ".partial-1", ".partial-1-journal"):
        (own.data_dir / f"mailbot.db.restoring{end}").write_text("of a crash")
    await put_back(own, copy, replaces=True)
    assert list(own.data_dir.glob("*.restoring*")) == []
    await begun(own)


async def test_the_log_of_a_database_that_was_removed_is_not_read_into_the_copy(
    settings, tmp_path
):
    """A server was killed, and somebody took away the one file that they knew."""
    own, killed, copy = settings(), settings("killed"), tmp_path / "copy.db"
    async with serving(own) as running, client(running) as mailbot:
        await mailbot.inboxes.create()
        await back_up(own, copy)
        await mailbot.inboxes.create()
        shutil.copytree(own.data_dir, killed.data_dir)
    database = killed.data_dir / "mailbot.db"
    log = (killed.data_dir / "mailbot.db-wal").read_bytes()
    assert log
    database.unlink()
    assert (await put_back(killed, copy)).replaced is None
    async with serving(killed) as running, client(running) as mailbot:
        assert len([each async for each in mailbot.inboxes.list()]) == 1
    [aside] = killed.data_dir.glob("mailbot.db.replaced-*-wal")
    assert aside.read_bytes() == log


async def test_the_journal_of_a_restore_that_was_killed_is_not_played_back(
    settings, tmp_path
):
    """It would undo pages of the next one, which has the same name."""
    own, copy = settings(), tmp_path / "copy.db"
    await begun(own)
    await back_up(own, copy)
    place = own.data_dir / "mailbot.db"
    draft = own.data_dir / "mailbot.db.restoring"
    killed = tmp_path / "killed.db"
    shutil.copy(copy, killed)
    database = apsw.Connection(str(killed))
    database.execute("BEGIN")
    database.execute("UPDATE setting SET value = 'of another time'")
    database.pragma("cache_spill", 1)
    database.cache_flush()
    for end in ("", "-journal"):
        shutil.copy(f"{killed}{end}", f"{draft}{end}")
    database.execute("ROLLBACK")
    database.close()
    shutil.copy(f"{draft}-journal", f"{place}-journal")
    place.unlink()
    with pytest.raises(Unavailable, match="a restore was interrupted"):
        await begun(own)
    await put_back(own, copy)
    assert list(own.data_dir.glob("*.restoring*")) == []
    assert not place.with_name("mailbot.db-journal").exists()
    await begun(own)


@pytest.mark.parametrize("at", ["mailbot.db", "mailbot.db.restoring"])
async def test_where_a_restore_ended_too_early_no_empty_database_is_begun(
    settings, tmp_path, monkeypatch, at
):
    """Killed before one of the renames: the old database serves, or nothing does."""
    own, copy = settings(), tmp_path / "copy.db"
    await begun(own)
    await back_up(own, copy)
    rename = Path.rename

    def end(self: Path, target: Path) -> Path:
        if self.name == at and own.data_dir in self.parents:
            raise Killed
        return rename(self, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", end)
        with pytest.raises(Killed):
            await put_back(own, copy, replaces=True)
    keys = (own.data_dir / "default.key").read_text()
    if at == "mailbot.db":
        await begun(own)
    else:
        with pytest.raises(Unavailable, match="a restore was interrupted"):
            await begun(own)
        with pytest.raises(Unavailable, match="a restore was interrupted"):
            await asyncio.to_thread(offline.migrate_only, own)
        assert not (own.data_dir / "mailbot.db").exists()
    await put_back(own, copy, replaces=True)
    await begun(own)
    assert (own.data_dir / "default.key").read_text() == keys
    assert list(own.data_dir.glob("*.restoring*")) == []


async def test_what_was_put_aside_is_kept_when_it_happens_twice_in_a_second(
    settings, tmp_path, monkeypatch
):
    own, copy = settings(), tmp_path / "copy.db"
    await begun(own)
    await back_up(own, copy)
    at = datetime(2026, 3, 2, tzinfo=UTC)
    monkeypatch.setattr(offline, "WallClock", lambda: lambda: at)
    were = [(await put_back(own, copy, replaces=True)).replaced for _ in range(3)]
    assert len(set(were)) == 3
    assert all(each.exists() for each in were)


async def test_the_database_in_place_can_be_the_copy(settings):
    """As where a folder was copied by other means, while no server ran."""
    own = settings()
    async with serving(own) as running, client(running) as mailbot:
        kept = await mailbot.inboxes.create()
    place = own.data_dir / "mailbot.db"
    await put_back(own, place, replaces=True)
    async with serving(own) as running, client(running) as mailbot:
        assert (await mailbot.inboxes.get(kept.id)).id == kept.id
    draft = own.data_dir / "mailbot.db.restoring"
    place.rename(draft)
    with pytest.raises(BadCopy, match="name the copy"):
        await put_back(own, draft)
    assert draft.exists()


async def test_what_cannot_be_made_ready_leaves_nothing_behind(
    settings, tmp_path, monkeypatch
):
    own, copy = settings(), tmp_path / "copy.db"
    await begun(own)
    await back_up(own, copy)

    async def full(db: Any) -> None:
        raise Unavailable("the disk is full")

    with monkeypatch.context() as patch:
        patch.setattr(aftermath, "settle_down", full)
        with pytest.raises(Unavailable, match=r"full; is there room in .*/data"):
            await put_back(own, copy, replaces=True)
    assert list(own.data_dir.glob("*.restoring*")) == []
    assert list(own.data_dir.glob("*.replaced*")) == []
    await begun(own)


def test_where_there_is_no_database_there_is_no_copy(settings, tmp_path):
    with pytest.raises(FileNotFoundError, match="no database"):
        offline.back_up(settings(), tmp_path / "copy.db", quiet)
    with pytest.raises(BadSettings, match="which copy"):
        offline.settle_down(settings())


async def test_an_operator_key_that_was_lost_is_replaced(settings):
    own = settings()
    with pytest.raises(Unavailable, match="no account yet"):
        await asyncio.to_thread(offline.make_operator_key, own)
    await begun(own)
    (own.data_dir / "operator.key").unlink()
    path = await asyncio.to_thread(offline.make_operator_key, own)
    assert path == own.data_dir / "operator.key"
    assert path.stat().st_mode & 0o777 == 0o600
    async with serving(own) as running, client(running) as mailbot:
        assert [each async for each in mailbot.deliveries.destinations()] == []


# --- PostgreSQL -----------------------------------------------------------------------


@pytest.mark.postgres
async def test_a_postgresql_that_was_put_back_is_made_safe(settings, postgres_url: str):
    shared = settings(database_url=postgres_url, server_key="k" * 40)
    async with serving(shared) as running, client(running) as mailbot:
        own = await mailbot.inboxes.create()
        at = datetime.now(UTC) + timedelta(days=1)
        await mailbot.messages.send(
            inbox_id=own.id, to="bob@example.com", text="x", send_time=at
        )
        with pytest.raises(Unavailable, match="servers work on this database"):
            await asyncio.to_thread(offline.settle_down, shared)
        assert await states(mailbot) == [("queued", "")]
    done = await asyncio.to_thread(offline.settle_down, shared)
    assert (done.aftermath.held, done.unreadable) == (1, 0)
    async with serving(shared) as running, client(running) as mailbot:
        assert await states(mailbot) == [("held", HELD)]


@pytest.mark.postgres
async def test_no_server_begins_on_a_postgresql_that_is_half_made_safe(
    settings, postgres_url: str, monkeypatch
):
    shared = settings(database_url=postgres_url, server_key="k" * 40)
    await begun(shared)

    async def end(*_: Any) -> int:
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(aftermath, "_note", end)
        with pytest.raises(Killed):
            await asyncio.to_thread(offline.settle_down, shared)
    with pytest.raises(Unavailable, match="`mailbot restore` has not ended"):
        await begun(shared)
    await asyncio.to_thread(offline.settle_down, shared)
    await begun(shared)


@pytest.mark.postgres
def test_a_postgresql_is_copied_by_its_own_tools(settings, postgres_url, tmp_path):
    shared = settings(database_url=postgres_url, server_key="k" * 40)
    with pytest.raises(BadSettings, match="pg_dump"):
        offline.back_up(shared, tmp_path / "copy.db", quiet)
    with pytest.raises(BadSettings, match="its own tools"):
        offline.put_back(shared, tmp_path / "copy.db", quiet, replaces=False)
