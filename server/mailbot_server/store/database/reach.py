"""Which PostgreSQL is connected to, and how long either side waits for a silent one."""

from typing import Any, Final

CONNECT_SECONDS: Final = 5
ANSWER_SECONDS: Final = 15

# Without these a machine behind a cut cable, or a primary whose address has moved, is
# waited for as long as the kernel tries again: a quarter of an hour. What a statement
# takes is another matter: a machine that works acknowledges what it was sent.
OF_OURS: Final[dict[str, Any]] = {
    "connect_timeout": CONNECT_SECONDS,
    "tcp_user_timeout": ANSWER_SECONDS * 1000,
    "keepalives": 1,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    # A standby that has the primary's name for a while would refuse every write, and
    # answer reads with the past.
    "target_session_attrs": "read-write",
}

# What we left behind: it keeps a place of max_connections until the server sees it.
OF_THE_SERVER: Final = (
    "-c tcp_keepalives_idle=30 -c tcp_keepalives_interval=10 -c tcp_keepalives_count=3"
)
