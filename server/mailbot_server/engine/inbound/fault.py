"""Reports a fault of ours without its words, which may quote somebody's mail."""

import traceback
from typing import Any


def report(logger: Any, event: str, error: BaseException, **bound: Any) -> None:
    """Logs the kinds of the error and its causes, and the place where it was raised."""
    kinds = []
    cause: BaseException | None = error
    while cause is not None:
        kinds.append(type(cause).__name__)
        cause = cause.__cause__
    frames = traceback.extract_tb(error.__traceback__)
    place = f"{frames[-1].filename}:{frames[-1].lineno}" if frames else ""
    logger.error(event, error=" from ".join(kinds), place=place, **bound)
