"""The gRPC server as a whole: ports, TLS, health, reflection, what it does in between."""

import asyncio
from typing import Any

import grpc
import pytest
from grpc_health.v1 import health_pb2, health_pb2_grpc
from grpc_reflection.v1alpha import reflection_pb2, reflection_pb2_grpc

from mailbot.v1 import accounts_pb2
from mailbot_server.api.methods import SERVICES
from mailbot_server.api.server import ApiServer, Parts
from mailbot_server.config import BadSettings, Settings
from mailbot_server.core.errors import Unavailable
from mailbot_server.store import keys
from tests.api.conftest import Stubs, bearer
from tests.fakes.certificate import self_signed
from tests.fakes.reverse_paths import PATHS
from tests.servers.api import ApiThread

WHO = accounts_pb2.GetAccountRequest()


@pytest.fixture
def serve(tmp_path):
    """Starts a server with these settings."""
    started: list[ApiThread] = []

    def run(**settings: Any) -> ApiThread:
        path = tmp_path / f"mailbot{len(started)}.db"
        settings = {"grpc_port": 0, "drain_seconds": 1, **settings}
        server = ApiThread(Settings(**settings), f"sqlite:///{path}")
        started.append(server)
        server.start()
        return server

    yield run
    for server in started:
        server.stop()


def services(channel):
    """The names that reflection tells."""
    stub = reflection_pb2_grpc.ServerReflectionStub(channel)
    request = reflection_pb2.ServerReflectionRequest(list_services="")
    answer = next(stub.ServerReflectionInfo(iter([request])))
    return {each.name for each in answer.list_services_response.service}


def test_reflection_lists_the_services_to_anybody(grpc_channel):
    assert set(SERVICES) < services(grpc_channel)


def test_reflection_can_be_turned_off(serve):
    server = serve(grpc_reflection=False)
    with (
        grpc.insecure_channel(server.target) as channel,
        pytest.raises(grpc.RpcError) as caught,
    ):
        services(channel)
    assert caught.value.code() is grpc.StatusCode.UNIMPLEMENTED


def test_health_is_told_to_anybody(grpc_channel):
    health = health_pb2_grpc.HealthStub(grpc_channel)
    for name in ("", *SERVICES):
        request = health_pb2.HealthCheckRequest(service=name)
        assert health.Check(request).status == health_pb2.HealthCheckResponse.SERVING


def test_a_call_does_not_look_at_all_methods(serve, monkeypatch):
    looked_at: list[int] = []
    wait = asyncio.wait

    def noting(futures, **options):
        looked_at.append(len(futures))
        return wait(futures, **options)

    monkeypatch.setattr(asyncio, "wait", noting)
    with grpc.insecure_channel(serve().target) as channel:
        for _ in range(3):
            health_pb2_grpc.HealthStub(channel).Check(health_pb2.HealthCheckRequest())
    assert looked_at
    assert max(looked_at) == 1


def test_a_taken_port_is_a_sentence(api):
    port = api.api.port
    settings = Settings(grpc_port=port, drain_seconds=1)
    parts = Parts(
        db=api.db,
        settings=settings,
        metrics=api.metrics,
        keys=api.keys,
        paths=PATHS,
        domains=api.domains,
        entropy=api.entropy,
        node_id="nod_1",
        destinations=list,
        site_of=lambda _: "",
        dialogues=api.dialogues,
        webhooks=api.webhooks,
    )

    async def start():
        await ApiServer(parts).start()

    with pytest.raises(OSError, match=f"127.0.0.1:{port}: is the port taken"):
        api.run(start())


def test_tls_is_served_when_a_certificate_is_set(serve, tmp_path):
    pem = self_signed(tmp_path, "localhost")
    server = serve(grpc_tls_cert=pem, grpc_tls_key=pem)
    trusted = grpc.ssl_channel_credentials(pem.read_bytes())
    target = server.target.replace("127.0.0.1", "localhost")
    with grpc.secure_channel(target, trusted) as channel:
        metadata = bearer(server.api_key)
        found = Stubs(channel).accounts.GetAccount(WHO, metadata=metadata)
        assert found.account.display_name == "default"
    with (
        grpc.insecure_channel(server.target) as channel,
        pytest.raises(grpc.RpcError),
    ):
        Stubs(channel).accounts.GetAccount(WHO, metadata=metadata)


def test_whoever_connects_after_a_renewal_is_shown_the_new_certificate(serve, tmp_path):
    path = self_signed(tmp_path, "localhost")
    old = path.read_bytes()
    server = serve(grpc_tls_cert=path, grpc_tls_key=path)
    target = server.target.replace("127.0.0.1", "localhost")
    metadata = bearer(server.api_key)

    def call(channel):
        return Stubs(channel).accounts.GetAccount(WHO, metadata=metadata, timeout=20)

    def connected(trusted):
        # Of its own, or the one that is open already would serve both.
        options = [("grpc.use_local_subchannel_pool", 1)]
        root = grpc.ssl_channel_credentials(trusted)
        return grpc.secure_channel(target, root, options)

    with connected(old) as before:
        call(before)
        path.unlink()
        path = self_signed(tmp_path, "localhost")
        server.run(server.api.certificate.renew())
        call(before)
        for trusted, works in ((path.read_bytes(), True), (old, False)):
            with connected(trusted) as after:
                if works:
                    assert call(after).account.display_name == "default"
                else:
                    with pytest.raises(grpc.RpcError):
                        call(after)


@pytest.mark.parametrize("text", ["", "-----BEGIN CERTIFICATE-----\nAAAA\n"])
def test_a_certificate_that_is_none_is_a_sentence(serve, tmp_path, text):
    pem = tmp_path / "bad.pem"
    pem.write_text(text)
    with pytest.raises(BadSettings, match="grpc_tls_cert, grpc_tls_key"):
        serve(grpc_tls_cert=pem, grpc_tls_key=pem)


def test_a_tick_writes_down_what_is_due(api, stubs, auth):
    found = stubs.accounts.GetAccount(WHO, metadata=auth).api_key
    api.clock.advance(minutes=1)
    stubs.accounts.GetAccount(WHO, metadata=auth)
    api.run(api.api.tick())
    key = api.read(keys.get, found.account_id, found.id)
    assert key.last_used_at == api.clock()


def test_a_tick_outlives_a_store_that_is_away(api, stubs, auth, monkeypatch):
    async def away(*_, **__):
        raise Unavailable("away")

    stubs.accounts.GetAccount(WHO, metadata=auth)
    monkeypatch.setattr(api.db, "write", away)
    monkeypatch.setattr(api.db, "read", away)
    api.run(api.api.tick())


def test_draining_twice_is_draining_once(serve):
    server = serve()
    server.run(server.api.drain())
    server.run(server.api.drain())


def test_a_server_that_never_started_drains_at_once(api):
    parts = Parts(
        db=api.db,
        settings=api.settings,
        metrics=api.metrics,
        keys=api.keys,
        paths=PATHS,
        domains=api.domains,
        entropy=api.entropy,
        node_id="nod_1",
        destinations=list,
        site_of=lambda _: "",
        dialogues=api.dialogues,
        webhooks=api.webhooks,
    )

    async def drain():
        await ApiServer(parts).drain()

    api.run(drain())


def test_the_port_is_free_again_after_the_end(serve):
    server = serve()
    port = server.api.port
    server.run(server.api.drain())
    assert serve(grpc_port=port).api.port == port
