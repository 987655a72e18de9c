"""What is told of a fault."""

from pathlib import Path

from mailbot_server.engine.inbound.fault import report


class Notes:
    """A logger that keeps its lines."""

    def __init__(self) -> None:
        self.lines: list[tuple[str, dict[str, object]]] = []

    def error(self, event: str, **bound: object) -> None:
        self.lines.append((event, bound))


def fail() -> None:
    try:
        int("the text of a private message")
    except ValueError as error:
        raise RuntimeError("it quotes a private message") from error


def test_kinds_and_place_are_told_and_no_words():
    notes = Notes()
    try:
        fail()
    except RuntimeError as error:
        report(notes, "command_failed", error, verb="DATA")
    ((event, bound),) = notes.lines
    assert event == "command_failed"
    assert bound["error"] == "RuntimeError from ValueError"
    assert str(bound["place"]).startswith(str(Path(__file__)))
    assert bound["verb"] == "DATA"
    assert "private" not in str(notes.lines)
