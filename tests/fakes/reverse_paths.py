"""Reverse-paths that tests sign."""

from typing import Final

from mailbot_server.core.signed import reverse_path
from mailbot_server.core.signed.server_key import keys_for
from mailbot_server.engine.reverse_paths import ReversePaths

PATHS: Final = ReversePaths(
    keys=keys_for([b"a key that only tests sign with"], reverse_path.PURPOSE),
    sandbox_domain="mailbot.localhost",
)
