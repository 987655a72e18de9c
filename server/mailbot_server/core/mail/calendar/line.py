"""The lines of a calendar: unfolded, taken apart, nested (RFC 5545 3.1, 3.4)."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from mailbot_server.core.mail.mime import charset, transfer

INPUT_MAX: Final = 1024 * 1024
"""Characters that are looked at."""

_LINES_MAX: Final = 20_000
_DEPTH_MAX: Final = 10
_VALUE_MAX: Final = 64_000
_FOLD: Final = re.compile(r"\r?\n[ \t]")
_LINE_END: Final = re.compile(r"\r\n|\n|\r")
# A TZID with colons that nobody quoted ends where the time begins.
_ZONE_END: Final = re.compile(r":(?=\d{4}-?\d{2}-?\d{2}(?:[Tt ]|\Z))")
_NAME: Final = re.compile(r"[A-Za-z0-9-]{1,100}")
_PARAMETER: Final = re.compile(
    r';[ \t]*+([A-Za-z0-9-]{1,100}+)[ \t]*+=[ \t]*+("[^"]*+"|[^";:,]*+)'
    r'(?:,("[^"]*+"|[^";:,]*+))*+'
)
_ESCAPED: Final = re.compile(r"\\([\\;,nN:\"])")


class Property(NamedTuple):
    """A line: parameters by upper-case name without quotes, the value as written."""

    parameters: Mapping[str, str]
    value: str


@dataclass(slots=True)
class Component:
    """What stands between BEGIN and END."""

    name: str
    properties: dict[str, list[Property]] = field(default_factory=dict)
    inside: list["Component"] = field(default_factory=list)

    def first(self, name: str) -> Property | None:
        """The first property of that upper-case name."""
        return next(iter(self.properties.get(name, ())), None)

    def text(self, name: str) -> str:
        """The first one's text, "" without one."""
        found = self.first(name)
        if found is None:
            return ""
        if found.parameters.get("ENCODING", "").upper() == "QUOTED-PRINTABLE":
            # As in vCalendar, of before RFC 2445.
            octets = transfer.decode(
                found.value.encode("utf-8", "replace"), "quoted-printable"
            )[0]
            return charset.decode(octets, found.parameters.get("CHARSET", "").lower())
        return plain(found.value)

    def word(self, name: str) -> str:
        """The first one's value in lower case."""
        found = self.first(name)
        return found.value.strip().lower() if found else ""


def read(text: str) -> Component:
    """All of it as one component without a name; what is not closed ends with it."""
    root = Component("")
    stack = [root]
    unfolded = _FOLD.sub("", text[:INPUT_MAX])
    for line in _lines(unfolded):
        found = _property(line)
        if found is None:
            continue
        name, value = found
        match name:
            case "BEGIN":
                inner = Component(value.value.strip().upper())
                if len(stack) <= _DEPTH_MAX:
                    stack[-1].inside.append(inner)
                    stack.append(inner)
            case "END":
                _close(stack, value.value.strip().upper())
            case _:
                stack[-1].properties.setdefault(name, []).append(value)
    return root


def plain(value: str) -> str:
    """A text value as people read it (RFC 5545 3.3.11)."""
    if "\\" not in value:
        return value.strip()
    written = _ESCAPED.sub(lambda match: _unescaped(match[1]), value)
    return written.strip()


def _unescaped(letter: str) -> str:
    return "\n" if letter in "nN" else letter


def _lines(text: str) -> Iterator[str]:
    for count, line in enumerate(_LINE_END.split(text, _LINES_MAX)):
        if count == _LINES_MAX:
            return
        if line:
            yield line


def _property(line: str) -> tuple[str, Property] | None:
    match = _NAME.match(line)
    if match is None:
        return None
    parameters: dict[str, str] = {}
    position = match.end()
    while given := _PARAMETER.match(line, position):
        parameters.setdefault(given[1].upper(), given[2].strip('"').strip())
        position = given.end()
    colon = line.find(":", position)
    if colon < 0:
        return None
    if "TZID" in parameters and (late := _ZONE_END.search(line, colon)):
        parameters["TZID"] += line[colon : late.start()]
        colon = late.start()
    value = line[colon + 1 : colon + 1 + _VALUE_MAX]
    # A group before the name ("item1.SUMMARY") is not of calendars.
    return match[0].upper(), Property(parameters, value)


def _close(stack: list[Component], name: str) -> None:
    """Ends the nearest open component of that name, and those inside it."""
    for depth in range(len(stack) - 1, 0, -1):
        if stack[depth].name == name:
            del stack[depth:]
            return
