"""
Inboxes that sent lately: the next message need not wait until its inbox is read.

Nothing is decided by them. The operation that accepts a message finds out whether its
inbox is still as it was remembered, and what it refuses is tried again with what is
read, so that what an inbox was a moment ago refuses nothing and lets nothing through.
"""

from collections import OrderedDict
from collections.abc import Callable
from datetime import datetime
from typing import Final

from mailbot_server.core import ids
from mailbot_server.core.account import Principal
from mailbot_server.core.inbox import Inbox
from mailbot_server.engine.outbound.submission.submission import Prepared, Submission

KEPT_MAX: Final = 2_000
"""Inboxes; about 2 KB each."""

_ID_BYTES: Final = 10

Clock = Callable[[], datetime]
Entropy = Callable[[int], bytes]


class Known:
    """The inboxes of one process."""

    def __init__(self, clock: Clock, entropy: Entropy) -> None:
        self._clock = clock
        self._entropy = entropy
        self._kept: OrderedDict[tuple[str, str], Inbox] = OrderedDict()

    def prepared(self, who: Principal, submission: Submission) -> Prepared | None:
        """
        As `prepare`; None where something has to be read.

        Raises NotFound for an inbox that the caller may not see.
        """
        wanted = submission.inbox_id
        if submission.uploads or submission.validate_only:
            return None
        inbox = self._kept.get((who.account_id, wanted))
        if inbox is None:
            return None
        who.require_inbox(inbox.id, "inbox", wanted)
        now = self._clock()
        return Prepared(
            message_id=ids.make("msg", now, self._entropy(_ID_BYTES)),
            now=now,
            inbox=inbox,
            is_remembered=True,
        )

    def remember(self, who: Principal, submission: Submission, inbox: Inbox) -> None:
        """It was read for this submission just now."""
        name = (who.account_id, submission.inbox_id)
        self._kept[name] = inbox
        self._kept.move_to_end(name)
        if len(self._kept) > KEPT_MAX:
            self._kept.popitem(last=False)

    def forget(self, who: Principal, submission: Submission) -> None:
        """Something was refused: it may be another by now."""
        self._kept.pop((who.account_id, submission.inbox_id), None)
