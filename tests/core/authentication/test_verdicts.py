import json

from mailbot_server.core.authentication.fault import Fault
from mailbot_server.core.authentication.verdicts import (
    ArcVerdict,
    DkimVerdict,
    DmarcVerdict,
    Policy,
    Result,
    Scope,
    SpfVerdict,
    Verdicts,
)

ALL = Verdicts(
    spf=SpfVerdict(
        result=Result.FAIL, domain="a.example", scope=Scope.HELO, explanation="no ü"
    ),
    dkim=(
        DkimVerdict(
            result=Result.POLICY,
            domain="b.example",
            selector="s",
            algorithm="rsa-sha256",
            bits=512,
            identity="@b.example",
            reason=Fault.KEY_WEAK,
            signature="abc",
        ),
        DkimVerdict(result=Result.PASS),
    ),
    dmarc=DmarcVerdict(
        result=Result.FAIL,
        domain="c.example",
        policy="reject",
        disposition=Policy.QUARANTINE,
        aligned_dkim=True,
    ),
    arc=ArcVerdict(result=Result.PASS, instance_count=2, sealer="d.example"),
)


def test_what_is_kept_comes_back():
    kept = ALL.to_json()
    assert Verdicts.from_json(kept) == ALL
    found = Verdicts.from_json(kept)
    assert found is not None
    assert found.spf.scope is Scope.HELO
    assert found.dmarc.disposition is Policy.QUARANTINE
    assert found.dkim[0].result is Result.POLICY


def test_what_says_nothing_is_not_kept():
    assert Verdicts().to_json() == "{}"
    assert Verdicts.from_json("{}") == Verdicts()
    assert "bits" not in json.loads(ALL.to_json())["dkim"][1]


def test_an_empty_column_is_a_message_that_nobody_checked():
    assert Verdicts.from_json("") is None


def test_what_a_later_version_wrote_can_be_read():
    text = '{"spf":{"result":"pass","later":1},"bimi":{"result":"pass"}}'
    assert Verdicts.from_json(text) == Verdicts(spf=SpfVerdict(result=Result.PASS))


def test_one_of_both_makes_a_message_aligned():
    assert not Verdicts().aligned
    assert Verdicts(dmarc=DmarcVerdict(aligned_spf=True)).aligned
    assert Verdicts(dmarc=DmarcVerdict(aligned_dkim=True)).aligned
