"""
The table of refusals: which words and codes mean what.

Read from top to bottom, the first rule that fits decides. The order is that of what a
mistake costs: a reply that is taken for "this address is dead" stops all mail to a
person, so rules that could explain the refusal otherwise come first, and a reply that
no rule knows is never the recipient's fault. Words beat codes, because hosts use
550 5.7.1 for everything; a code that is given with care beats the gist, which is who
is named and what is said of him, in any order and many tongues (`families`).

To teach it a reply: add the reply with what it means to `tests/corpus/replies.tsv`, see
the test fail, then add words to a rule in this folder, or one line where the order
wants it. Nothing else is to be done.
"""

import hashlib
from typing import Final

from mailbot_server.core.bounce.meaning import Rule
from mailbot_server.core.bounce.rules.codes import ROUGH, TELLING
from mailbot_server.core.bounce.rules.content import CONTENT
from mailbot_server.core.bounce.rules.elsewhere import ELSEWHERE
from mailbot_server.core.bounce.rules.gist import GIST
from mailbot_server.core.bounce.rules.pace import PACE
from mailbot_server.core.bounce.rules.recipient import RECIPIENT
from mailbot_server.core.bounce.rules.room import ROOM
from mailbot_server.core.bounce.rules.schemes import NUMBERS, SCHEMES
from mailbot_server.core.bounce.rules.trust import TRUST

WORDS: Final[tuple[Rule, ...]] = (
    *SCHEMES,
    *PACE,
    *ROOM,
    *TRUST,
    *CONTENT,
    *ELSEWHERE,
    *RECIPIENT,
)
CODES: Final[tuple[Rule, ...]] = (*NUMBERS, *TELLING, *GIST, *ROUGH)
RULES: Final[tuple[Rule, ...]] = (*WORDS, *CODES)

TABLE_VERSION: Final = hashlib.sha256(repr(RULES).encode()).hexdigest()[:12]
"""Another one whenever a rule changes."""
