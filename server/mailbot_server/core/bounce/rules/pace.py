"""Refusals for a while: too fast, too many, greylisted."""

from typing import Final

from mailbot_server.core.bounce.meaning import (
    AUTH,
    FULL,
    GREY,
    LOST,
    RATE,
    Rule,
)

PACE: Final = (
    # How fast we are.
    Rule("lost-early", LOST, r"^(connect to|conversation with|lost connection)\b"),
    Rule("greylist", GREY, r"gr[ae]y[ -]?list"),
    Rule(
        "greylist-other",
        GREY,
        r"triplet|delayed by whitelist|first (contact|time sender)",
    ),
    Rule("greylist-wait", GREY, r"temporar.{0,60}(accepted in|in a few|\d (min|sec))"),
    Rule("greylist-back", GREY, r"come back (later|in|after)", code="4"),
    Rule("greylist-screen", GREY, r"service currently unavailable", code="450"),
    Rule("unauthenticated", AUTH, r"because it is unauthenticated"),
    Rule("full-quota-of", FULL, r"(disk|mailbox|mail|storage|user.{0,2}) quota"),
    Rule("rate-limit", RATE, r"rate[ -]?limit|throttl|at a rate|unusual (rate|send)"),
    Rule(
        "rate-word-limit",
        RATE,
        r"(frequency|sending|hourly|daily|connection|thread|session|receiving|per hour|"
        r"per day|per minute|outgoing|sender)\b.{0,30}(limit|quota)",
    ),
    Rule("rate-quota", RATE, r"(message|delivery) quota"),
    Rule(
        "rate-per",
        RATE,
        r"(exceed|limit|maxim|max\b).{0,60} (per|an|in an|each|this) "
        r"(hour|minute|day|second|connection|session)",
    ),
    Rule("rate-exceeded", RATE, r"(rate|connections?|messages) (is )?exceed"),
    Rule("rate-exceeds", RATE, r"exceed.{0,30}(sending|rate\b|number of (mess|conn))"),
    Rule(
        "rate-too-fast",
        RATE,
        r"too (fast|frequent|quickly|much mail(?! stored| in))|slow(ing)? down",
    ),
    Rule("rate-frequency", RATE, r"(sending|mail|message|connection) frequency"),
    Rule("rate-mailbox", FULL, r"too many messages (on|in) (the|your|its|this)"),
    Rule(
        "rate-too-many",
        RATE,
        r"too many (?!received|hops)([^ ]{1,20} ){0,3}(mess|e?-?mail|conn|sess)",
    ),
    Rule("rate-recipients", RATE, r"too many ([^ ]{1,9} )?(recipients|rcpt)"),
    Rule("rate-errors", RATE, r"too many ([^ ]{1,9} )?(errors|failures|commands)"),
    Rule("rate-maximum", RATE, r"max.{0,40} (connections?\b|messages? per)"),
    Rule(
        "rate-volume",
        RATE,
        r"(high|unexpected|large|unusual) (volume(?! of compl)|amount|traffic)",
    ),
    Rule("rate-flood", RATE, r"mail ?(flood|bomb)|flooding"),
    Rule(
        "rate-google",
        RATE,
        r"receivingrate|receiving mail too|closing connection\. \(ehlo",
    ),
    Rule(
        "rate-yahoo",
        RATE,
        r"\[ts+[0-9]{2}\]|temporarily deferred due to user",
        code="4",
    ),
    Rule("rate-microsoft", RATE, r"\brp-00[0-9]|server (is )?(too )?busy", code="4"),
    Rule(
        "rate-busy",
        RATE,
        r"(system|server|host) (is )?(too |currently )?(busy|overload)",
    ),
    Rule("rate-dyn", RATE, r"\((dyn|rly|con):t[0-9]\)"),
    Rule(
        "rate-netease",
        RATE,
        r"\b(hl:(icc|ifc|itc|mep)|mi:(cel|dmc|ccl|sfq|stc)|rp:[a-z]{3}\b)",
    ),
    Rule(
        "rate-tongues",
        RATE,
        r"trop de (connexion|message|mail|destinat)|zu viele|demasiad[oa]s (conex|"
        r"mens)|"
        r"troppe? (connession|messagg)|muitas conex|excesso de",
    ),
    Rule(
        "rate-yours",
        RATE,
        r"you (have |.ve )?(reached|exceeded) |limit for sending|limited to \d",
    ),
    Rule("rate-load", RATE, r"load (average )?(is )?too high|overload"),
    Rule(
        "greylist-in",
        GREY,
        r"(again|retry|resend|back|wait|delayed) (in|after|for) .{0,12}(sec|min|hour|"
        r":)",
        code="4",
    ),
    Rule("greylist-intent", GREY, r"intentional policy rejection", code="4"),
    Rule("rate-code", RATE, detail=r"4\.5|5\.3|7\.28|7\.38|7\.500"),
    Rule("rate-code-thread", RATE, code="432"),
)
