"""
What one of several processes may use of what all of them together may do to a host.

A limit is cut into whole parts whose sum is the limit. Who gets one more differs from
host to host, so that no process has all the small ones; one may get nothing, and leaves
that host to the others.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from zlib import crc32


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """One process' part: which of how many it is."""

    index: int = 0
    count: int = 1

    def of(self, name: str, whole: int) -> int:
        """Its part of what all may do to a host; 0 for none."""
        if self.count == 1:
            return whole
        turn = (self.index + crc32(name.encode())) % self.count
        return (whole + turn) // self.count

    def whole(self, part: int) -> int:
        """What all may do when each may do as much as this one."""
        return part * self.count


ALL: Final = Share()


def among(own: str, names: Sequence[str]) -> Share:
    """The share of one of some processes, which need not be among them yet."""
    sorted_names = sorted({own, *names})
    return Share(index=sorted_names.index(own), count=len(sorted_names))
