import pytest

from mailbot_server.core.authentication import results
from mailbot_server.core.authentication.fault import Fault
from mailbot_server.core.authentication.verdicts import DkimVerdict, Result, Verdicts


@pytest.mark.parametrize("fault", Fault)
def test_every_fault_can_be_told_in_a_field(fault):
    found = Verdicts(dkim=(DkimVerdict(result=Result.FAIL, reason=fault),))
    written = results.write(found, "mx.example")
    assert f'dkim=fail reason="{fault}";'.encode() in written


def test_no_two_faults_say_the_same():
    assert len({fault.value for fault in Fault}) == len(Fault.__members__)
