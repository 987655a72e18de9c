from mailbot_server.core.authentication.dkim import key, signature
from mailbot_server.core.authentication.dkim.message import Message
from mailbot_server.core.authentication.dkim.signature import Signature
from mailbot_server.core.authentication.fault import Fault
from mailbot_server.core.authentication.question import Kind, Question
from mailbot_server.core.authentication.verdicts import DkimVerdict

TAGS = b"v=1; a=rsa-sha256; d=example.com; s=a.b; h=from; bh=YQ==; b=YQ=="


def signed() -> Signature:
    message = Message(b"DKIM-Signature:" + TAGS + b"\r\n\r\n")
    found = signature.read(message.fields[0], 0)
    assert isinstance(found, Signature)
    return found


def test_where_a_key_is():
    wanted = Question(Kind.TEXT, "a.b._domainkey.example.com")
    assert key.question(signed()) == wanted


def test_records_that_cannot_be_meant_are_passed_over():
    found = key.usable(signed(), [b"hello", b"k=ed25519; p=YQ==", b"p=YQ=="])
    assert not isinstance(found, DkimVerdict)
    assert [(each.key_type, each.public) for each in found] == [("rsa", b"a")]


def test_of_many_records_few_are_read():
    found = key.usable(signed(), [b"x"] * key.TEXTS_MAX + [b"p=YQ=="])
    assert isinstance(found, DkimVerdict)
    assert found.reason == Fault.KEY_SYNTAX


def test_the_size_of_a_key():
    assert key.refused_by_size(signed(), 1024) is None
    assert key.refused_by_size(signed(), 8192) is None
    for bits, fault in ((1023, Fault.KEY_WEAK), (8193, Fault.KEY_TOO_LONG)):
        refused = key.refused_by_size(signed(), bits)
        assert refused is not None
        assert (refused.result, refused.reason) == ("policy", fault)
