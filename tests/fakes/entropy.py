"""Random bytes that are the same in every run."""

import random


class FakeEntropy:
    """Calling it with a length gives that many bytes."""

    def __init__(self, seed: int = 1) -> None:
        self._random = random.Random(seed)

    def __call__(self, length: int) -> bytes:
        """The next bytes."""
        return self._random.randbytes(length)
