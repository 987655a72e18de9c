"""Which PostgreSQL is connected to, and how long either side waits for a silent one."""

from typing import Any, Final

import psycopg
from psycopg.conninfo import conninfo_to_dict

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


def parameters(url: str, options: str = "") -> dict[str, Any]:
    """
    What a connection to this address is made with; the address is `conninfo`.

    How long anybody waits is ours unless the address says so itself. What it has the
    server set (`options`) stays, too: a search_path, a role. Ours come last and win,
    and a server that takes no writes is not connected to, whatever it asks for.
    """
    # Our driver's layer knows this spelling of the scheme only.
    url = f"postgresql://{url.partition('://')[2]}"
    own = _named(url)
    given = {name: value for name, value in OF_OURS.items() if name not in own}
    all_options = (own.get("options"), OF_THE_SERVER, options)
    return {
        **given,
        "conninfo": url,
        "options": " ".join(filter(None, all_options)),
        "target_session_attrs": OF_OURS["target_session_attrs"],
    }


def _named(url: str) -> dict[str, Any]:
    try:
        return conninfo_to_dict(url)
    except psycopg.ProgrammingError:
        return {}  # whoever connects is told what is wrong with it
