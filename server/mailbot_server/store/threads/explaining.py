"""What holds a thread together: who names what, and what was merged or split."""

from typing import Final

from mailbot_server.core import thread
from mailbot_server.core.thread import Explanation, Tie
from mailbot_server.store.database import Transaction
from mailbot_server.store.threads import changes, listing, members

MESSAGES_MAX: Final = 2000
TIES_MAX: Final = 500
MENTIONS_MAX: Final = 100
CHANGES_MAX: Final = 200


def explain(tx: Transaction, thread_id: str) -> Explanation:
    """The oldest messages, ties and changes of a thread, as many as fit an answer."""
    own = listing.ids_of(tx, thread_id)
    found = members.oldest(tx, own, MESSAGES_MAX + 1)
    ties = thread.explain({each.id: each.mentions for each in found[:MESSAGES_MAX]})
    done = changes.recorded(tx, own, CHANGES_MAX + 1)
    return Explanation(
        ties=tuple(
            Tie(name=tie.name, mentions=tie.mentions[:MENTIONS_MAX])
            for tie in ties[:TIES_MAX]
        ),
        changes=tuple(done[:CHANGES_MAX]),
        is_truncated=len(found) > MESSAGES_MAX
        or len(ties) > TIES_MAX
        or len(done) > CHANGES_MAX
        or any(len(tie.mentions) > MENTIONS_MAX for tie in ties[:TIES_MAX]),
    )
