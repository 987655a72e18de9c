"""The built-in reply rules: what large providers answer when they get too much."""

import re
from collections.abc import Iterable
from typing import Final

from mailbot_server.core.shaping.limit import LimitKind
from mailbot_server.core.shaping.reply_rule import Action, Do, ReplyRule


def _slow(minutes: int) -> Action:
    return Action(do=Do.SLOW, minutes=minutes)


def _suspend(minutes: int) -> Action:
    return Action(do=Do.SUSPEND, minutes=minutes)


def _connections(value: int, minutes: int) -> Action:
    return Action(do=Do.LIMIT, minutes=minutes, what=LimitKind.CONNECTIONS, value=value)


def _built_in(
    id_: str,
    sites: str,
    actions: Iterable[Action],
    *,
    code: str = "4",
    enhanced: str = "",
    text: str = "",
) -> ReplyRule:
    return ReplyRule(
        id=id_,
        sites=tuple(sites.split()),
        code=code,
        enhanced=re.compile(enhanced) if enhanced else None,
        text=re.compile(text, re.IGNORECASE) if text else None,
        actions=tuple(actions),
    )


_MICROSOFT: Final = "microsoft microsoft-consumer"

KNOWN: Final = (
    # Google: "our system has detected an unusual rate of unsolicited mail".
    _built_in("gmail-rate", "google", [_slow(10)], enhanced=r"4\.7\.28"),
    _built_in(
        "gmail-reputation", "google", [_suspend(15)], text=r"very low reputation"
    ),
    # One mailbox gets too much, which says nothing about all the others.
    _built_in(
        "gmail-one-mailbox", "google", [], text=r"receiving mail (at a rate|too quick)"
    ),
    _built_in("gmail-connections", "google", [_slow(10)], text=r"too many connections"),
    # Microsoft: 4.7.500 to 4.7.699 is "access temporarily denied" for the address.
    _built_in(
        "microsoft-denied", _MICROSOFT, [_suspend(15)], enhanced=r"4\.7\.[56]\d\d"
    ),
    _built_in("microsoft-s775", _MICROSOFT, [_suspend(15)], text=r"\(s77[0-9]\)"),
    # A block of our address: each try while it lasts makes it last longer.
    _built_in(
        "microsoft-blocked", _MICROSOFT, [_suspend(60)], code="", text=r"\(s3[12]\d\d\)"
    ),
    _built_in(
        "microsoft-busy", _MICROSOFT, [_slow(5)], text=r"server busy|\(rp-00[0-9]\)"
    ),
    _built_in("microsoft-451", _MICROSOFT, [_slow(10)], text=r"throttl|too many conn"),
    # Yahoo: TSS04 is for user complaints, TS01 to TS03 for the address.
    _built_in("yahoo-ts", "yahoo", [_suspend(30)], text=r"\[ts(s0[1-9]|0[1-3])\]"),
    _built_in(
        "yahoo-limit", "yahoo", [_slow(10)], text=r"\[ts|too many|limit|\[gl01\]"
    ),
    _built_in("apple-rate", "apple", [_slow(15)], text=r"\[cs0[1-9]\]|too many|rate"),
    _built_in(
        "comcast-connections", "comcast", [_connections(2, 30)], text=r"rl0{3}00[12]"
    ),
    _built_in("comcast-rate", "comcast", [_slow(30)], text=r"rl0{3}0"),
    _built_in(
        "mailru-rate", "mailru", [_slow(15)], text=r"ratelimit|too many|try again"
    ),
    _built_in(
        "qq-frequency",
        "tencent",
        [_connections(1, 30)],
        code="",
        text=r"frequency limited|connection frequency|connection denied",
    ),
    _built_in(
        "netease-limit",
        "netease",
        [_slow(30)],
        text=r"dt:|rp:(cel|qrc|trc)|mi:(cel|ccl|dmc|stc)|\b(cel|qrc|trc|dmc)\b",
    ),
    _built_in(
        "orange-connections",
        "orange",
        [_connections(1, 30)],
        code="",
        text=r"ofr_?00[46]|too many connections|ofr_10[3-5]",
    ),
    _built_in("orange-blocked", "orange", [_suspend(60)], text=r"ofr_?\d{3}"),
    _built_in("gmx-rate", "ionos", [_slow(15)], text=r"too many|rate limit|try again"),
    _built_in("telekom-rate", "telekom", [_suspend(15)], text=r"too many|reputation"),
    # Anybody.
    _built_in(
        "listed",
        "",
        [_slow(30)],
        text=r"(spamhaus|spamcop|barracuda).{0,60}(block|list|reject|query)",
    ),
    _built_in(
        "too-many-connections",
        "",
        [_slow(5)],
        text=r"too many (concurrent |simultaneous |smtp |open ){0,3}(conn|sess)",
    ),
    _built_in(
        "too-many-messages",
        "",
        [_slow(5)],
        code="421",
        text=r"too many (messages|e?-?mails)|rate limit|throttl",
    ),
)
