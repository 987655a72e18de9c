"""
Reads an operator's reply rules, which TOML has made into tables; faults are named.

They come before the built-in ones: one with the same id takes its place, and one
without actions switches it off.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from mailbot_server.core.shaping.known_rules import KNOWN
from mailbot_server.core.shaping.limit import LimitKind
from mailbot_server.core.shaping.reply_rule import Action, Do, ReplyRule

PATTERN_MAX: Final = 300
RULES_MAX: Final = 500
ACTIONS_MAX: Final = 8
MINUTES_MAX: Final = 7 * 24 * 60
VALUE_MAX: Final = 1_000_000

_ID: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,62}")
_NAME: Final = re.compile(r"[!-~]{1,253}")
# Beside escapes and character classes, which are taken out before.
_ESCAPES_AND_CLASSES: Final = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]")
_UNBOUNDED: Final = re.compile(r"[*+]|\{\d*,\}")
_KEYS: Final = frozenset({"id", "sites", "code", "enhanced", "text", "actions"})


class BadRules(Exception):
    """The rules cannot be used; the message names each fault."""


def read(document: Mapping[str, Any]) -> tuple[ReplyRule, ...]:
    """
    The rules of a file that was read as TOML, the built-in ones after them.

    Raises BadRules, whose text names each bad rule.
    """
    faults = [f"{key}: there is no such key" for key in document if key != "rule"]
    tables = document.get("rule", [])
    if not isinstance(tables, list) or len(tables) > RULES_MAX:
        raise BadRules(f"rule: must be at most {RULES_MAX} tables [[rule]]")
    rules: list[ReplyRule] = []
    for number, table in enumerate(tables, 1):
        found = _Reader(f"rule {number}", table).rule()
        rules += [found.rule] if found.rule else []
        faults += found.faults
    ids = [rule.id for rule in rules]
    faults += sorted(
        {f"id {each}: is used twice" for each in ids if ids.count(each) > 1}
    )
    if faults:
        raise BadRules("; ".join(faults))
    return (*rules, *(rule for rule in KNOWN if rule.id not in set(ids)))


@dataclass(slots=True)
class _Reader:
    """One table [[rule]] and what is wrong with it."""

    name: str
    table: Any
    faults: list[str] = field(default_factory=list)

    def rule(self) -> "_Found":
        if not isinstance(self.table, dict):
            self._fault("", "must be a table")
            return _Found(None, self.faults)
        rule_id = self._id()
        for key in sorted(set(self.table) - _KEYS):
            self._fault(key, "there is no such key")
        made = ReplyRule(
            id=rule_id,
            sites=self._sites(),
            code=self._code(),
            enhanced=self._pattern("enhanced"),
            text=self._pattern("text"),
            actions=self._actions(),
        )
        if not (made.sites or made.code or made.enhanced or made.text):
            self._fault("", "says nothing about sites, code, enhanced or text")
        return _Found(None if self.faults else made, self.faults)

    def _fault(self, key: str, words: str) -> None:
        self.faults.append(": ".join(filter(None, (self.name, key, words))))

    def _id(self) -> str:
        text = self.table.get("id")
        if not isinstance(text, str) or not _ID.fullmatch(text):
            self._fault("id", "must be 1 to 63 of a-z, 0-9 and -")
            return ""
        self.name = f"rule {text}"
        return text

    def _sites(self) -> tuple[str, ...]:
        value = self.table.get("sites", [])
        names = [value] if isinstance(value, str) else value
        if not isinstance(names, list) or not all(
            isinstance(name, str) and _NAME.fullmatch(name) for name in names
        ):
            self._fault("sites", "must be names of sites, providers or domains")
            return ()
        return tuple(name.lower().removeprefix("*.") for name in names)

    def _code(self) -> str:
        text = str(self.table.get("code", ""))
        if not re.fullmatch(r"([45]\d{0,2})?", text, re.ASCII):
            self._fault("code", 'must begin with 4 or 5, for example "421" or "4"')
        return text

    def _pattern(self, key: str) -> re.Pattern[str] | None:
        text = self.table.get(key, "")
        if not isinstance(text, str) or len(text) > PATTERN_MAX:
            self._fault(key, f"must be text of at most {PATTERN_MAX} characters")
            return None
        if _UNBOUNDED.search(_ESCAPES_AND_CLASSES.sub("x", text)):
            self._fault(key, "repeats without a bound; write .{0,40} instead of .*")
            return None
        try:
            return re.compile(text, re.IGNORECASE) if text else None
        except (re.error, OverflowError, RecursionError) as error:
            self._fault(key, f"is no regular expression: {error}")
            return None

    def _actions(self) -> tuple[Action, ...]:
        tables = self.table.get("actions", [])
        if not isinstance(tables, list) or len(tables) > ACTIONS_MAX:
            self._fault("actions", f"must be a list of at most {ACTIONS_MAX} tables")
            return ()
        found = [self._action(table) for table in tables]
        return tuple(action for action in found if action is not None)

    def _action(self, table: Any) -> Action | None:
        table = table if isinstance(table, dict) else {}
        try:
            do = Do(table.get("do", ""))
        except ValueError:
            self._fault("actions", f"do must be one of {', '.join(Do)}")
            return None
        wanted = {"do"} if do is Do.BOUNCE else {"do", "minutes"}
        wanted |= {"what", "value"} if do is Do.LIMIT else set()
        if set(table) != wanted:
            self._fault("actions", f"{do} takes {', '.join(sorted(wanted))}")
            return None
        what = table.get("what")
        if what is not None and what not in set(LimitKind):
            self._fault("actions", f"what must be one of {', '.join(LimitKind)}")
            return None
        numbers = {"minutes": MINUTES_MAX, "value": VALUE_MAX}
        for key, most in numbers.items():
            if key in wanted and not _is_number(table[key], most):
                self._fault("actions", f"{key} must be a number from 1 to {most}")
                return None
        return Action(
            do=do,
            minutes=table.get("minutes", 0),
            what=LimitKind(what) if what else None,
            value=table.get("value", 0),
        )


@dataclass(frozen=True, slots=True)
class _Found:
    rule: ReplyRule | None
    faults: list[str]


def _is_number(value: Any, most: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= most
