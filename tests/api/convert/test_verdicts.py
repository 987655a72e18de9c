"""Verdicts as callers see them."""

from mailbot.v1 import messages_pb2
from mailbot_server.api.convert.verdicts import authentication
from mailbot_server.core.authentication.verdicts import (
    ArcVerdict,
    DkimVerdict,
    DmarcVerdict,
    Result,
    SpfVerdict,
    Verdicts,
)


def test_no_field_is_left_out():
    shown = authentication(
        Verdicts(
            spf=SpfVerdict(result=Result.SOFTFAIL, domain="mail.example.org"),
            dkim=(
                DkimVerdict(
                    result=Result.POLICY,
                    domain="example.org",
                    selector="s1",
                    algorithm="rsa-sha256",
                    reason="the key is short",
                ),
            ),
            dmarc=DmarcVerdict(
                result=Result.PASS,
                domain="example.org",
                policy="reject",
                aligned_dkim=True,
            ),
            arc=ArcVerdict(result=Result.FAIL),
        )
    )
    assert shown is not None
    for part in (shown, shown.dkim[0]):
        assert {field.name for field, _ in part.ListFields()} == {
            field.name for field in part.DESCRIPTOR.fields
        }
    assert (shown.spf, shown.dmarc, shown.arc) == ("softfail", "pass", "fail")


def test_what_nobody_checked_is_unset():
    message = messages_pb2.Message(authentication=authentication(None))
    assert not message.HasField("authentication")
