"""Refusals for a while: too fast, too many, greylisted."""

from typing import Final

from mailbot_server.core.bounce.meaning import (
    AUTH,
    FULL,
    GREY,
    IP,
    LOOKUP,
    LOST,
    OTHER_FAULT,
    RATE,
    Rule,
)

PACE: Final = (
    # What they use to look at us is out of order, whatever it looks for.
    Rule(
        "tool-broken",
        OTHER_FAULT,
        r"\b(policy (service|server|daemon)|scan(ner|ning|)|filter(ing|)|"
        r"(anti-?)?virus|(anti-?)?spam|milter|database|ldap|sql|"
        r"rspamd|clam[a-z]{1,4}|amavis[a-z]{0,4})( [a-z]{1,12}){0,2} (is |was )?"
        r"(temporarily )?(unavail|not (avail|respond|run)|down\b|fail|error|"
        r"timed? ?out)|"
        r"error (running|calling|contacting) |could not be scanned|"
        r"filter [a-z]{1,9} init|\b(server|service|backend) (is )?not ready",
        code="4",
    ),
    Rule(
        "list-broken",
        LOOKUP,
        r"\b(lookup (failure|error) (of|for|on) ip\b|uri [^ ]{1,60} soa lookup)",
        code="4",
    ),
    # How fast we are.
    Rule(
        "lost-early",
        LOST,
        r"^(connect to|conversation with|lost connection)\b|deferred: (connection|"
        r".{1,60}: no route)",
    ),
    Rule(
        "greylist",
        GREY,
        r"gr[ae]y[ -]?list|liste grise|grauliste|lista (gris|cinza)|szar|"
        r"серы[ймх]{1,2} спис|灰名单|グレイリスト",
    ),
    Rule(
        "greylist-other",
        GREY,
        r"internal resources? (are |is )?temporarily|delayed because (?!of)|(not|"
        r"n.t) know you|triplet|postgrey|recipient pair|"
        r"retry shortly|first time we see|"
        r"not yet authori[sz]ed|delayed by whitelist|new sender|retry behavi|"
        r"first (contact|"
        r"time sender)",
    ),
    Rule(
        "rate-cause",
        IP,
        r"(due to|because of) ((the|your|its|a|very|poor|low|bad|ip|user|past|previous|"
        r"recent) ){0,4}"
        r"(reputation(?! of)|complaints|abuse)",
    ),
    Rule(
        "ip-for-a-while",
        IP,
        r"\bip( address)? (has been |is |was )?(temporar[a-z]{1,4} )?(blocked|banned)|"
        r"too (many|much) spams?\b.{0,20}\bip\b|"
        r"(many|much) (invalid|unknown|bad|bounces) ?.{0,30}(from|host|\bip\b)",
    ),
    Rule(
        "rate-limit",
        RATE,
        r"rate[ -]?(limit|control)|throttl|at a rate|unusual (rate|send)",
    ),
    Rule("greylist-wait", GREY, r"temporar.{0,60}(accepted in|in a few|\d (min|sec))"),
    Rule("greylist-back", GREY, r"come back (later|in|after)", code="4"),
    Rule("greylist-screen", GREY, r"service currently unavailable", code="450"),
    Rule("unauthenticated", AUTH, r"because it is unauthenticated"),
    Rule("full-quota-of", FULL, r"(disk|mailbox|mail|storage|user.{0,2}) quota"),
    Rule(
        "rate-word-limit",
        RATE,
        r"(frequency|sending|hourly|daily|connection|thread|session|receiving|per hour|"
        r"per day|per minute|outgoing|sender|relay)\b.{0,30}(limit|quota)",
    ),
    Rule("rate-quota", RATE, r"(message|delivery|queue) quota"),
    Rule(
        "rate-per",
        RATE,
        r"(exceed|limit|maxim|max\b).{0,60} (per|an|in an|each|this|every) "
        r"(hour|minute|day|second|connection|session)",
    ),
    Rule(
        "rate-exceeded",
        RATE,
        r"(rate|connections?|messages) (is )?exceed|\brate\b.{0,40} exceeded",
    ),
    Rule("rate-exceeds", RATE, r"exceed.{0,30}(sending|rate\b|number of (mess|conn))"),
    Rule(
        "rate-too-fast",
        RATE,
        r"too (fast|frequent|quickly|much (traffic|e?-?mail(?! stored| in)))|"
        r"slow(ing)? down|"
        r"slower\b",
    ),
    Rule("rate-frequency", RATE, r"(sending|mail|message|connection) frequency"),
    Rule(
        "rate-mailbox",
        FULL,
        r"too many messages (on|in) (the|your|its|this)\b(?! (sess|conn|trans|hour|"
        r"day))",
    ),
    Rule(
        "rate-too-many",
        RATE,
        r"too many (?!\"?received|hops)([^ ]{1,20} ){0,3}(mess|e?-?mail|conn|sess)",
    ),
    Rule(
        "rate-recipients",
        RATE,
        r"too many ([^ ]{1,9} )?(recipients|rcpt)|\b(recipient|rcpt|"
        r"recipients) limits? "
        r"(is |was )?exceed|\brcpts?\b.{0,40}(maxim|threshold)|"
        r"(invalid|unknown|bad) (recipients|users|addresses) (limit|threshold|exceed)",
    ),
    Rule(
        "rate-errors",
        RATE,
        r"too many ([^ ]{1,14} ){0,2}(errors|failures(?! \()|commands|attempts|tries|"
        r"logins)",
    ),
    Rule(
        "rate-maximum",
        RATE,
        r"max.{0,40} (connections?\b|messages? per)|\bmax(imum)? concurrent",
    ),
    Rule(
        "rate-volume",
        RATE,
        r"because of (its|the|your) volume|(high|unexpected|large|unusual|"
        r"excessive) (volume(?! of compl)|amount|"
        r"traffic)",
    ),
    Rule("rate-flood", RATE, r"mail ?(flood|bomb)|flooding"),
    Rule(
        "rate-google",
        RATE,
        r"receiving ?rate|receiving mail too|closing connection\. \(ehlo",
    ),
    Rule(
        "rate-yahoo",
        RATE,
        r"\[ts+[0-9]{2}\](?!.{0,80}permanently)|temporarily deferred due to user|"
        r"messages? (from ip )?temporarily deferred(?!.{0,30}unresolv)",
        code="4",
    ),
    Rule("rate-microsoft", RATE, r"\brp-00[0-9]|server (is )?(too )?busy", code="4"),
    Rule(
        "rate-busy",
        RATE,
        r"\b(system|server|host|port|line)s? (is |are )?(too |currently )?(busy|"
        r"overload)|^(too )?busy\b|"
        r"all (lines|slots|ports|connections) (are )?(in use|busy|taken)",
    ),
    Rule("rate-dyn", RATE, r"\((dyn|rly|con):t[0-9]\)"),
    Rule(
        "rate-netease",
        RATE,
        r"\b(hl:(icc|ifc|itc|mep)|mi:(cel|dmc|ccl|sfq|stc)|rp:(?!rdn)[a-z]{3}\b)",
    ),
    Rule(
        "rate-tongues",
        RATE,
        r"trop de (connexion|message|mail|destinat)|zu (viele|schnell|haufig)|"
        r"demasiad[oa]s (conex|mens|corre)|tropp[eoi] (connession|messagg|mail)|"
        r"muit[ao]s (conex|mens)|excesso de|te veel (verb|bericht)|"
        r"zbyt (wiele|duzo|czest)|prilis mnoho|for (ma|må)n(ga|ge)|слишком (много|"
        r"част)|"
        r"limite? de (envi|mens|conex|debit)|превышен.{0,20}(лимит|число)|"
        r"(发送|連線|连接|发信).{0,6}(频率|过多|过快|超)|频率|頻率|送信数|多すぎ|"
        r"너무 많",
    ),
    Rule(
        "rate-yours",
        RATE,
        r"you (have |.ve )?(reached|exceeded) |limit for sending|limited to \d|"
        r"(server|host|client|sender) (has |have )?(reached|hit) .{0,12}limit|"
        r"more than \d{1,6} (mess|e?-?mails|conn|recip)|traffic .{0,30}is limited",
    ),
    Rule("rate-load", RATE, r"load (average )?(is )?too high|overload"),
    Rule(
        "greylist-in",
        GREY,
        r"(again|retry|resend|back|wait|delayed) (in|after|for) .{0,12}(sec|min|hour|"
        r":)|wait [0-9]{1,4} ?(s|min)|\b(dans|in|en|tra|через) [0-9]{1,4} ?(s|min|"
        r"мин)|mail(ing)? is being verified|human verification",
        code="4",
    ),
    Rule("greylist-intent", GREY, r"intentional policy rejection", code="4"),
)
