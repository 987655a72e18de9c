"""What an inbox may ask of whoever writes to it, and whether a message has it."""

from typing import Final

from mailbot_server.core.authentication.verdicts import Result, Verdicts
from mailbot_server.core.inbox import Requirement

_ERRORS: Final = frozenset({Result.TEMPERROR, Result.PERMERROR})


def fails(verdicts: Verdicts | None, requirement: Requirement) -> str:
    """
    Why a message does not do for an inbox, in one word; "" when it does.

    `verdicts` are None for mail that nobody checked, such as from an inbox of ours
    to another.
    """
    if requirement is Requirement.NONE or verdicts is None:
        return ""
    dmarc = verdicts.dmarc.result
    if requirement is Requirement.DMARC_PASS:
        return "" if dmarc is Result.PASS else f"dmarc_{dmarc.value}"
    if verdicts.aligned and dmarc is not Result.FAIL:
        return ""
    if dmarc in _ERRORS:
        return f"dmarc_{dmarc.value}"
    return "not_aligned"
