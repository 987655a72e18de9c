"""Refusals of the sender: relaying, authentication, reputation, names."""

from typing import Final

from mailbot_server.core.bounce.meaning import (
    AUTH,
    DOMAIN,
    FORM,
    IP,
    LOOKUP,
    NOBODY,
    OTHER_FAULT,
    POLICY,
    PROTOCOL,
    RELAY,
    SPAM,
    TLS,
    Rule,
)
from mailbot_server.core.bounce.rules.words import SURE

TRUST: Final = (
    # The sender's side, where the words are those of an unknown recipient.
    Rule(
        "spam-or-virus",
        SPAM,
        r"spam or (virus|forged)|heuristics\b|unsafe content|"
        r"appears to be (unsolicited|spam)",
    ),
    Rule(
        "spam-source",
        IP,
        r"spam (statistic|source)|source of (spam|junk|unsolicited)|(listed|known|"
        r"identified) as "
        r"(an? )?spam(ming)? (source|host|server|relay)",
    ),
    Rule(
        "spam-found",
        SPAM,
        r"\b(message|e?-?mail|content)s?\b.{0,40}(looks? like|((reported|identified|"
        r"classified|detected|considered|marked|flagged|recogni[sz]ed|treated)( as)?)) "
        r"(a )?(spam|junk|unsolicited)\b",
    ),
    Rule(
        "sender-records",
        AUTH,
        r"\b(sender|sending|from|your)\b.{0,60}\b(mx|a|aaaa) (or (mx|a|"
        r"aaaa) )?records?\b|"
        r"\bno mx\b.{0,20}\b(your|sender)|domain must resolve",
    ),
    Rule(
        "policy-country",
        POLICY,
        r"\b(from|in|of) (that|this|your|the) countr|\bgeo(graph|-?ip|block)|"
        r"host network not allowed",
    ),
    Rule(
        "ip-microsoft",
        IP,
        r"network is on our block list",
    ),
    Rule("spam-microsoft", SPAM, r"\bsc-00[0-9]"),
    Rule("host-refused", POLICY, r"host rejected: access denied"),
    Rule("account-or-domain", AUTH, r"account or domain may not exist"),
    Rule(
        "restricted", POLICY, r"resolver\.rst\.|sender ?not ?auth|delivery restriction"
    ),
    Rule(
        "sender-unknown",
        AUTH,
        r"sender (address )?(rejected|verify).{0,60}(unkn|exist|not f|undeliv)",
    ),
    Rule(
        "sender-refused",
        POLICY,
        r"sender (address )?(@ )?(is )?(rejected: (access|block|den)|(blocked|denied|"
        r"banned)\b|"
        r"refused(?! by))",
    ),
    Rule(
        "verify-sender",
        AUTH,
        r"sender verif(y|ic)|(?<!certificate )verification failed (for|while)",
    ),
    Rule(
        "sender-tongues",
        AUTH,
        r"(emetteur|expediteur|absender|remitente|mittente|remetente|nadawc|отправител)"
        r".{0,40}(inval|ungult|desconoc|inconnu|unbekannt|не найден|nieznan)",
    ),
    Rule("sender-form", PROTOCOL, r"syntax|(address|sender)$", detail=r"1\.7"),
    Rule(
        "address-form",
        NOBODY,
        r"recipient address.{0,60}(not a valid|\brfc|must contain)|"
        r"(bad|recipient|invalid) address syntax|balanced|angle bracket",
    ),
    Rule(
        "address-unasked",
        OTHER_FAULT,
        r"(verif|validat).{0,60}(not respond|no response|unreach|unavail|not avail|"
        r"backend)",
    ),
    Rule(
        "address-unproved",
        NOBODY,
        r"(unable to|could not|cannot|can.t) (validate|verify) (the |this )?recipient",
    ),
    Rule("sender-code-517", AUTH, code="517"),  # Courier
    Rule("address-bare", NOBODY, r"hostname required", "5", r"1\.3"),
    Rule("unknown-for-sure", NOBODY, SURE, detail=r"1\.1|1\.10"),
    # Whose mail the host takes at all.
    Rule(
        "sender-badmailfrom",
        POLICY,
        r"bad ?mail ?from|your e-?mail address (is|has been|was) (black|block|ban)",
    ),
    Rule("relay-direct", IP, r"not authorized to send email directly"),
    Rule(
        "relay-denied",
        RELAY,
        r"relay(ing)?\b.{0,40}(denied|not |disallow|prohibit|reject|refus|forbid|"
        r"restrict|blocked|off\b)",
    ),
    Rule(
        "relay-not",
        RELAY,
        r"((not|to|cannot|n't) (be |an? (open )?)?|no )relay|(not|n.t) forward |(deny|"
        r"denied) relay",
    ),
    Rule(
        "relay-local",
        RELAY,
        r"rcpthosts|non-local|local users? only(?!.{0,12}spf)|not an open relay|(a|"
        r"for) gateway|"
        r"deliver mail for \{?@|(n.t|not) (handle|host|process|accept|"
        r"responsible) ((e-?)?mail )?for "
        r"(?!(that|this|the|such|any|<?@) ?)|domain .{0,40}\bnot handled (here|"
        r"by)|smtp of your provider",
    ),
    Rule("relay-remote", RELAY, r"(to|for) (remote|foreign|external) domains"),
    Rule("relay-code", RELAY, detail=r"7\.(54|64|367)"),
    # What others can check of us.
    Rule(
        "auth-mail",
        AUTH,
        r"dmarc(?! but)|\bdkim\b|no valid signature|(not|un) ?signed\b|\bspf\b|"
        r"sender policy framework|domain ?keys",
    ),
    Rule("auth-none", AUTH, r"(is|sender|email|message) unauthenticated|5322\.from"),
    Rule("auth-not", AUTH, r"not authenticated|unauthenticated (email|mail|mess)"),
    Rule(
        "ip-turned-away",
        IP,
        r"\bip (address )?(is|was|has been) (rejected|refused|denied|banned)|"
        r"(no access for|denied to) (this |your )?(ip|host|server|network)|"
        r"\bblack ip\b",
    ),
    Rule("auth-code-login", AUTH, code="53[458]"),
    Rule(
        "auth-required",
        AUTH,
        r"authenticat(e|ion|ed) ([^ ]{1,9} )?(required|fail|unsuccess)",
    ),
    Rule(
        "auth-smtp",
        AUTH,
        r"with(out)? auth|before sending|(requires|turn on).{0,9} auth|"
        r"authentication check",
    ),
    Rule(
        "auth-login",
        AUTH,
        r"(bad|invalid|incorrect|wrong) (credential|login|user ?name|auth)|"
        r"user ?name and password|smtp[ -]auth\b|(must|please) authenticate|"
        r"log ?in first|not logged in|pop before smtp|"
        r"authentication (error|credential)",
    ),
    Rule(
        "auth-sendas",
        AUTH,
        r"send as this|send ?as ?denied|not owned by|"
        r"allowed to send (from|as) (?!that|your)",
    ),
    Rule(
        "auth-host", AUTH, r"sender .{0,20}not (allowed|permitted) from (this|your) ip"
    ),
    Rule("auth-netease", AUTH, r"mi:(spf|dma)|dt:sum|rp:rdn"),
    Rule("tls-name", TLS, r"(certificat|\btls\b).{0,80}mismatch"),
    Rule(
        "auth-spoof", AUTH, r"(?<!anti-)(spoof|forged|impersonat)|(?<!policy )mismatch"
    ),
    Rule("anti-spoof", POLICY, r"anti-spoof"),
    # A name that nobody can look up.
    Rule(
        "sender-host",
        AUTH,
        r"\b(reverse|r)[ -]?dns\b|\bptr\b|find your (reverse )?(host|domain)|"
        r"ip name lookup|"
        r"forward dns|\breverse\b(?![- ]path)|host ?name (does not|cannot|"
        r"could not) (be )?resolv",
    ),
    # How well known we are.
    Rule(
        "url-listed",
        SPAM,
        r"\b(url|link)s?\b(?! domain).{0,40}(listed|block|blacklist|complaint|filter)|"
        r"(listed|blocked) (url|link)|file (extension|type|name)",
    ),
    Rule(
        "personal-list",
        POLICY,
        r"(?<!using )(recipient|user|customer|personal).{0,20}(block|black|reject|"
        r"deny)[ -]?list|"
        r"by (the )?(recipient|user)(.s)? filter",
    ),
    Rule(
        "ip-of-sender",
        IP,
        r"\bip[- ]?(address)?\b (of|from) (the |this )?sender|"
        r"sender('s)? ip\b(?!.{0,12}(reverse|look)).{0,30}"
        r"(reject|block|black|bann|list|refus|den)",
    ),
    Rule("ip-spammer", IP, r"\bspammers?\b|client host rejected: (spam|auto)"),
    Rule(
        "domain-listed",
        DOMAIN,
        r"(newly|recently) (registered|observed|seen|created)|"
        r"(listed|banned|blocked|bad|malicious) domain",
    ),
    Rule(
        "domain-list", DOMAIN, r"domain.{0,40}(black|block|reputation|banned|listed in)"
    ),
    Rule(
        "domain-reputation",
        DOMAIN,
        r"reputation of (a|the|your|this) (sending )?domain",
    ),
    Rule("ip-using", IP, r"client host .{0,30}(blocked|listed) using\b(?!.{0,40}\bur)"),
    Rule(
        "content-nature",
        SPAM,
        r"nature of the (content|link|attach)|spam-like characteristics",
    ),
    Rule(
        "domain-lists",
        DOMAIN,
        r"surbl|uribl|\bdbl\b|"
        r"\bsender\b.{0,20}(?<!domain's )(black|block)[ -]?list(?!.{0,20}\brbl)",
    ),
    Rule(
        "ip-lists",
        IP,
        r"spamhaus|spamcop|sorbs|abuseat|ivmsip|uceprotect|barracuda ?(central|reput)|"
        r"njabl|mailspike|psbl|invaluement|backscatterer|spamrats|abusix|hostkarma|"
        r"cloudmark|email reputation|senderscore|talosintel",
    ),
    Rule("ip-list", IP, r"(black|block|deny)[ -]?list|\b(dns)?[br]bl\b|\bdnsbl"),
    Rule(
        "ip-list-name",
        IP,
        r"\b(sbl|xbl|pbl|cbl|dul)\b|black ?hole|open (relay|proxy)|botnet",
    ),
    Rule(
        "reputation",
        IP,
        r"reputation|sender ?score|complaints.{0,20} (your|this) (ip|network|server)|"
        r"\b(net-?block|subnet|(ip|address) range)\b|ipcheck|\(s31[0-9]{2}\)|"
        r"senderbase|dnsbl-lookup|too many complaints|\bip (has|with) (an? )?(poor|"
        r"bad|low)\b",
    ),
    Rule("ip-yahoo", IP, r"permanently deferred"),
    Rule(
        "ip-blocked",
        IP,
        r"(?<![a-z])ip(?![a-z]).{0,50}(block|listed|found in|banned|not auth|denied|"
        r"on a list|abus|flagged|susp|not allowed|gesperrt|blockiert|bloque|bloccat|"
        r"zablok|liste noire|lista (negra|nera)|schwarze|czarn|черн|заблок|黑名单|封)",
    ),
    Rule(
        "ip-spams",
        IP,
        r"spams? (sent )?from (your )?(ip|host)\b|"
        r"\byour (ip|network|server|host)\b.{0,20} (spam|junk)|"
        r"\bip\]?:? (has |is |was )?(sen[dt]|sending)[^ ]{0,3}.{0,12} spam",
    ),
    Rule(
        "ip-banned",
        IP,
        r"(block|banned|reject mail from).{0,30}\bips?\b|spam ips?\b|"
        r"dynamic(ally)? (ip|assign|range|"
        r"pool|host)|"
        r"residential|\bis (a )?dynamic\b",
    ),
    Rule(
        "ip-traffic",
        IP,
        r"(traffic|mail|connections?) (not|will not|refused).{0,20}\bip\b",
    ),
    Rule("ip-problem", IP, r"^ip=ip|\(bl\)|^mail refused - ip|: mail refused - ip"),
    Rule(
        "ip-version",
        POLICY,
        r"(\bnot? |n.t |\bonly ).{0,30}\bipv[46]|\bipv[46].{0,30}(\bnot? |\bonly|den)",
    ),
    # A greeting that is only the name of the host: its filter takes nothing from us.
    Rule("ip-banner", IP, r"^([a-z0-9-]{1,63}\.){2,5}[a-z]{2,20}$", "554"),
    Rule(
        "ip-kind",
        IP,
        r"dial-?up|zombie|is spamming|home user|may not be mail exchanger",
    ),
    Rule("list-blocked", IP, r"blocked using\b(?! spam)"),
    Rule(
        "host-blocked",
        IP,
        r"(client|your (mail )?(host|server|network|isp)).{0,50}(block|banned|listed)|"
        r"listed (at|on|in|by) [^ ]{1,40}\.(net|org|com)\b",
    ),
    Rule("host-spam", IP, r"\bspam", stage="greeting"),
    Rule("ip-code", IP, detail=r"7\.(6[0-4][0-9]|511|708)"),
    # Who we say we are.
    Rule("helo-syntax", PROTOCOL, r"\b(helo|ehlo|syntax)\b|invalid domain", "50"),
    Rule(
        "form-header",
        FORM,
        r"(not|violat|complian).{0,20}rfc ?\d|rfc ?\d{3,4}.{0,30}(complian|violat|"
        r"section)|"
        r"missing a valid|822\.bis|"
        r"(missing|more than one|multiple|duplicate|no) (the )?from\b",
    ),
    Rule(
        "sender-syntax",
        PROTOCOL,
        r"fully[- ]qualified|(sender|originator|from) address (syntax|is not a valid)|"
        r"bad sender's? addr",
    ),
    Rule("sender-syntax-code", PROTOCOL, detail=r"1\.7"),
    Rule(
        "dns-passing",
        LOOKUP,
        r"temporar.{0,40}(dns|resol)|dns time-?out|(dns|resol).{0,40}(temporar|"
        r"servfail|later)|"
        r"servfail",
        code="4",
    ),
    Rule("sender-not-taken", POLICY, r"not accept mail from (this|your|the) sender"),
    Rule("sender-address", AUTH, r"(sender|client|source) (e-?mail )?address"),
    Rule(
        "sender-invalid",
        AUTH,
        r"(bad|invalid|unknown|null|verify|verify the) sender|sender id\b|"
        r"envelope sender(?! (is |was )?(rejected|refused|blocked|denied)$)",
    ),
    Rule(
        "sender-path",
        AUTH,
        r"return[ -]?path|\bmail from(:| (address|domain|must|check|is not a|param))",
    ),
    Rule("sender-from", AUTH, r"\bfrom (address|header|domain)"),
    Rule("sender-greeting", AUTH, r"\b(helo|ehlo)\b|hostname|valid host name"),
    Rule(
        "sender-domain",
        AUTH,
        r"sender.{0,40}(resolve|exist|not found|has no|dns|null mx|does not accept)",
    ),
    Rule("sender-dns", AUTH, r"dns check failed"),
    Rule(
        "sender-any",
        AUTH,
        r"\bsender\b.{0,20}(invalid|not exist|unknown|unverif|not valid|verif|"
        r"not found)",
    ),
    Rule("sender-account", AUTH, detail=r"7\.13"),
)
