"""The kinds of values that settings have in common."""

from typing import Annotated, Final

from pydantic import Field

WEEK_SECONDS: Final = 604_800
Port = Annotated[int, Field(ge=0, le=65535)]
Seconds = Annotated[float, Field(gt=0, le=WEEK_SECONDS)]
