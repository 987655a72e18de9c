"""Who sent a message, as far as that is proven, to protobuf."""

from mailbot.v1 import messages_pb2
from mailbot_server.core.authentication.verdicts import DkimVerdict, Verdicts


def authentication(verdicts: Verdicts | None) -> messages_pb2.Authentication | None:
    """The verdicts on a message; None leaves the field unset."""
    if verdicts is None:
        return None
    return messages_pb2.Authentication(
        spf=verdicts.spf.result.value,
        spf_domain=verdicts.spf.domain,
        dkim=[_dkim(each) for each in verdicts.dkim],
        dmarc=verdicts.dmarc.result.value,
        dmarc_domain=verdicts.dmarc.domain,
        dmarc_policy=verdicts.dmarc.policy,
        arc=verdicts.arc.result.value,
        aligned=verdicts.aligned,
    )


def _dkim(verdict: DkimVerdict) -> messages_pb2.Authentication.Dkim:
    return messages_pb2.Authentication.Dkim(
        result=verdict.result.value,
        domain=verdict.domain,
        selector=verdict.selector,
        algorithm=verdict.algorithm,
        reason=verdict.reason,
    )
