"""An SQL function for FTS5: how often each phrase of a query stands in each column."""

from typing import Any, Final

import apsw

NAME: Final = "mailbot_occurrences"


def register(connection: apsw.Connection) -> None:
    """Gives the connection the function."""
    connection.register_fts5_function(NAME, _occurrences)


def read(text: str) -> list[dict[int, int]]:
    """What the function gave: of each phrase, column number → how often."""
    phrases = []
    for phrase in text.split(";"):
        pairs = (pair.split(":") for pair in phrase.split(",") if pair)
        phrases.append({int(column): int(count) for column, count in pairs})
    return phrases


def _occurrences(api: Any, *_: Any) -> str:
    return ";".join(
        [
            ",".join(
                [
                    f"{column}:{len(api.phrase_column_offsets(phrase, column))}"
                    for column in api.phrase_columns(phrase)
                ]
            )
            for phrase in range(api.phrase_count)
        ]
    )
