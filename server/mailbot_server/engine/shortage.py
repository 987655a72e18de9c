"""Whether the machine runs short of disk or memory, so that new work has to wait."""

import ctypes
import os
import shutil
from collections.abc import Callable
from contextlib import suppress
from enum import StrEnum
from functools import partial
from pathlib import Path
from time import monotonic
from typing import Final

from mailbot_server.config import Settings
from mailbot_server.core.errors import Unavailable
from mailbot_server.telemetry import log
from mailbot_server.telemetry.metrics import Metrics

LOOK_SECONDS: Final = 1.0
"""How long what was seen is believed."""

FREE_SHARE_MIN: Final = 0.1
FREE_BYTES_ENOUGH: Final = 1024**3
"""A tenth of a large disk is more than anybody needs for what comes in at once."""

MESSAGES_MIN: Final = 1.5
"""Free space for so many messages of the largest size, whatever the disk."""

MEMORY_SHARE_MAX: Final = 0.8
"""Of what the machine or its container has, while no setting says otherwise."""

_PAGE: Final = os.sysconf("SC_PAGE_SIZE")
_CGROUPS: Final = (
    Path("/sys/fs/cgroup/memory.max"),
    Path("/sys/fs/cgroup/memory/memory.limit_in_bytes"),
)
_logger: Final = log.get("shortage")


class Short(StrEnum):
    """What there is too little of."""

    DISK = "disk"
    MEMORY = "memory"


class Shortage:
    """
    Looks at the disk of the data folder and at the memory of this process.

    Looks when it is asked, at most once a second. `free` tells the free and all bytes
    of a folder's disk, `resident` the memory of the process.
    """

    def __init__(
        self,
        settings: Settings,
        metrics: Metrics,
        seconds: Callable[[], float] = monotonic,
        free: Callable[[Path], tuple[int, int]] | None = None,
        resident: Callable[[], int] | None = None,
    ) -> None:
        self._folder = settings.data_dir
        self._messages = int(MESSAGES_MIN * settings.smtp_message_bytes_max)
        self._memory_max = settings.memory_bytes_max or int(
            MEMORY_SHARE_MAX * _memory_given() / settings.workers
        )
        self._seconds = seconds
        self._free = free or _free_of
        self._resident = resident or _resident
        self._looks_at = seconds()
        self._short: set[Short] = set()
        self._seen: Short | None = None
        for kind in Short:
            # Read when it is asked for: nobody else may ask while no mail comes.
            gauge = metrics.load_shed_active.labels(kind.value)
            gauge.set_function(partial(self._is_short, kind))

    def now(self) -> Short | None:
        """What is short, if anything is."""
        moment = self._seconds()
        if moment >= self._looks_at:
            self._looks_at = moment + LOOK_SECONDS
            self._look()
        return self._seen

    def check(self) -> None:
        """Raises Unavailable when something is short."""
        short = self.now()
        if short:
            message = f"too little {short.value}: new mail is put off"
            raise Unavailable(message)

    def _is_short(self, kind: Short) -> bool:
        self.now()
        return kind in self._short

    def _look(self) -> None:
        short = {
            Short.DISK: self._is_disk_short(),
            Short.MEMORY: self._resident() > self._memory_max,
        }
        self._short = {kind for kind, is_short in short.items() if is_short}
        seen = next((kind for kind in Short if kind in self._short), None)
        if seen is not self._seen:
            _logger.warning("shortage_changed", short=seen.value if seen else "")
        if seen is Short.MEMORY and self._seen is not Short.MEMORY:
            _give_back()
        self._seen = seen

    def _is_disk_short(self) -> bool:
        try:
            free, total = self._free(self._folder)
        except OSError:
            return False  # who writes to it will say what is the matter
        reserve = min(int(total * FREE_SHARE_MIN), FREE_BYTES_ENOUGH)
        return free < max(reserve, self._messages)


def _free_of(folder: Path) -> tuple[int, int]:
    usage = shutil.disk_usage(folder)
    return usage.free, usage.total


def _resident() -> int:
    with suppress(OSError, ValueError, IndexError):
        return int(Path("/proc/self/statm").read_text().split()[1]) * _PAGE
    return 0


def _memory_given() -> int:
    """What the machine has, or the container may use."""
    given = os.sysconf("SC_PHYS_PAGES") * _PAGE
    for path in _CGROUPS:
        # "max" where there is no limit.
        with suppress(OSError, ValueError):
            given = min(given, int(path.read_text()))
    return given


def _give_back() -> None:
    """Has the allocator return what it keeps of memory that nobody uses."""
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).malloc_trim(0)
