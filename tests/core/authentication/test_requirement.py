import pytest

from mailbot_server.core.authentication.requirement import fails
from mailbot_server.core.authentication.verdicts import (
    DmarcVerdict,
    Result,
    Verdicts,
)
from mailbot_server.core.inbox import Requirement


def found(result: Result, *, aligned: bool = False) -> Verdicts:
    return Verdicts(dmarc=DmarcVerdict(result=result, aligned_spf=aligned))


@pytest.mark.parametrize(
    ("verdicts", "requirement", "reason"),
    [
        (found(Result.FAIL), Requirement.NONE, ""),
        (None, Requirement.DMARC_PASS, ""),
        (found(Result.PASS, aligned=True), Requirement.DMARC_PASS, ""),
        (found(Result.PASS, aligned=True), Requirement.ALIGNED, ""),
        (found(Result.NONE, aligned=True), Requirement.ALIGNED, ""),
        (found(Result.NONE, aligned=True), Requirement.DMARC_PASS, "dmarc_none"),
        (found(Result.NONE), Requirement.ALIGNED, "not_aligned"),
        (found(Result.FAIL), Requirement.ALIGNED, "not_aligned"),
        (found(Result.FAIL), Requirement.DMARC_PASS, "dmarc_fail"),
        (found(Result.TEMPERROR), Requirement.ALIGNED, "dmarc_temperror"),
        (found(Result.TEMPERROR, aligned=True), Requirement.ALIGNED, ""),
        (found(Result.PERMERROR), Requirement.ALIGNED, "dmarc_permerror"),
        (found(Result.PERMERROR), Requirement.DMARC_PASS, "dmarc_permerror"),
        # One of two authors is proven, the other is not.
        (found(Result.FAIL, aligned=True), Requirement.ALIGNED, "not_aligned"),
    ],
)
def test_what_an_inbox_may_ask_for(verdicts, requirement, reason):
    assert fails(verdicts, requirement) == reason
