import grpc
import pytest

from mailbot import AuthError, Backoff, MailBot
from mailbot.channel import is_loopback, settings


def found(**given):
    defaults = {
        "api_key": "mb_k_s",
        "target": None,
        "tls": None,
        "insecure": False,
        "timeout": 1.0,
        "backoff": Backoff(),
    }
    return settings(**{**defaults, **given})


@pytest.fixture(autouse=True)
def no_environment(monkeypatch):
    monkeypatch.delenv("MAILBOT_API_KEY", raising=False)
    monkeypatch.delenv("MAILBOT_TARGET", raising=False)


LOOPBACK = [
    ("127.0.0.1:50051", True),
    ("127.8.8.8:1", True),
    ("localhost:50051", True),
    ("localhost", True),
    ("[::1]:50051", True),
    ("dns:///localhost:50051", True),
    ("dns://192.0.2.1/localhost:50051", True),
    ("ipv4:127.0.0.1:50051", True),
    ("ipv6:[::1]:50051", True),
    ("unix:/run/mailbot.sock", True),
    ("192.0.2.1:50051", False),
    ("mailbot.example.com:443", False),
    ("localhost.example.com:443", False),
    ("127.0.0.1@mailbot.example.com:443", False),
    ("ipv4:127.0.0.1:1,192.0.2.1:1", False),
    ("ipv4:127.0.0.1:1,127.0.0.2:1", True),
    ("0.0.0.0:50051", False),
    ("[::1", False),
    ("", False),
]


@pytest.mark.parametrize(("target", "local"), LOOPBACK)
def test_what_stays_on_this_machine(target, local):
    assert is_loopback(target) is local


def test_plaintext_on_this_machine_and_tls_elsewhere():
    assert found().credentials is None
    remote = found(target="mailbot.example.com:443")
    assert isinstance(remote.credentials, grpc.ChannelCredentials)
    assert isinstance(found(tls=True).credentials, grpc.ChannelCredentials)


def test_plaintext_elsewhere_must_be_asked_for():
    with pytest.raises(ValueError, match="in the clear"):
        found(target="mailbot.example.com:443", tls=False)
    assert found(target="mailbot.example.com:80", insecure=True).credentials is None
    assert found(target="a.example.com", tls=False, insecure=True).credentials is None


def test_certificates_may_be_a_file_or_credentials(tmp_path):
    roots = tmp_path / "roots.pem"
    roots.write_text("-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n")
    assert isinstance(found(tls=roots).credentials, grpc.ChannelCredentials)
    own = grpc.ssl_channel_credentials()
    assert found(tls=own).credentials is own


def test_the_environment_fills_in_what_was_left_out(monkeypatch):
    monkeypatch.setenv("MAILBOT_API_KEY", "mb_env_key\n")
    monkeypatch.setenv("MAILBOT_TARGET", "localhost:7")
    assert found(api_key=None).api_key == "mb_env_key"
    assert found(api_key="mb_k_s").api_key == "mb_k_s"
    assert found().target == "localhost:7"
    assert found(target="localhost:8").target == "localhost:8"


def test_the_default_target_is_this_machine():
    assert found().target == "127.0.0.1:50051"


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_url_is_no_target(scheme):
    with pytest.raises(ValueError, match="give host:port"):
        found(target=f"{scheme}://127.0.0.1:50051")


@pytest.mark.parametrize("key", [None, "", "  "])
def test_a_missing_key_is_an_auth_error(key):
    with pytest.raises(AuthError) as raised:
        MailBot(key)
    assert raised.value.reason == "API_KEY_MISSING"


@pytest.mark.parametrize("key", ["mb_a b", "mb_é", "mb_a\nx: y"])
def test_a_key_that_no_header_can_carry_is_an_auth_error(key):
    with pytest.raises(AuthError) as raised:
        MailBot(key)
    assert raised.value.reason == "API_KEY_INVALID"


def test_the_key_is_not_in_the_repr():
    assert "mb_k_s" not in repr(found())
