"""Refusals of the message, by what is in it or by house rules."""

from typing import Final

from mailbot_server.core.bounce.meaning import (
    FORM,
    INACTIVE,
    OTHER_FAULT,
    POLICY,
    PROTOCOL,
    SPAM,
    TLS,
    Rule,
)

CONTENT: Final = (
    # What we sent.
    Rule(
        "policy-content",
        POLICY,
        r"content (policy|restrict)|policy (reasons|restriction)",
    ),
    Rule(
        "spam",
        SPAM,
        r"\b(spam|junk ?mail|junk\b|unwanted|advertis(ing|ement)|unsolicited|bulk|"
        r"quarantin|u[bc]e\b|scor(ed|es|ing) (too|high)|ant[iy]-?spam|sp[bm]\b)",
    ),
    Rule(
        "malware",
        SPAM,
        r"virus|malware|harmful|threat (protect|detect|prevent)|phish|infected|"
        r"security issue|trojan|malicious",
    ),
    Rule(
        "sender-turned-away",
        POLICY,
        r"\bsender (is |was )?(rejected|refused|banned)\b|"
        r"\bsender\b.{0,30} (is )?on .{0,24}(list|config)\b",
    ),
    Rule(
        "content",
        SPAM,
        r"content (is |was )?(denied|rej[ec]|block|not accept|"
        r"invalid)|invalid content|"
        r"consists? ([a-z]{1,12} )?of (url|link)|suspicious|suspect(ed)? (content|"
        r"mess|mail(?! loop))|\bgtube|"
        r"message filtered|content (filter|scan)|mcspamsig|\(hvu:|high volume of compl|"
        r"\bscam\b|(block|reject|refus|denied).{0,40} filters?\b",
    ),
    Rule(
        "content-banned",
        SPAM,
        r"banned:|sensitive (words?|content)|\bmacros?\b|(unacceptable|inappropriate|"
        r"objectionable|forbidden) (content|"
        r"phrase|word)|"
        r"scored? [0-9.]{1,6}|\bbayes|fraud|\bdcc\b|(message|mail|words?|phrase) "
        r"(.{1,20} )?(is|are|was) (banned|blocked)|html tag",
    ),
    Rule(
        "content-tongues",
        SPAM,
        r"odpad|nevyzad|skrappost|soppost|스팸|"
        r"indesirable|pourriel|werbung|unerwunscht|no deseado|indesiderat|indesejad|"
        r"niechcian|"
        r"спам|"
        r"スパム|迷惑|垃圾",
    ),
    Rule("content-barracuda", SPAM, r"\(@:blocked\)|:blocked\)"),
    Rule(
        "attachment-kind", SPAM, r"(prohibited|forbidden|banned|illegal) (file|attach)"
    ),
    Rule(
        "attachment",
        SPAM,
        r"(attachment|\bfile)\b.{0,30}(allowed|block|banned|forbid)|nested archive|"
        r"(encrypted|password.protected) (file|archive)|executable|dangerous (file|"
        r"attach|content|link)",
    ),
    # How it is built.
    Rule(
        "form-protocol",
        PROTOCOL,
        r"protocol (violation|error|deviation)|parse error|synchroni[sz]ation error|"
        r"\b(unknown|invalid|no such|unsupported) command|starttls may not|pipelining|"
        r"(before|pre-?) ?(the )?(greet|banner)",
    ),
    Rule(
        "form-integrity",
        FORM,
        r"integrity fail|8-?bit|\bnul (char|byte)|smtputf8|body type|(bare|stray) (lf|"
        r"cr|new)|"
        r"conversion (fail|error)",
    ),
    Rule(
        "form",
        FORM,
        r"(decod|pars)[a-z]{1,3} (fail|err)|headers? (fail|error|syntax|is missing|"
        r"missing|malform|invalid)|"
        r"(missing|lacks|invalid|duplicate|multiple|no) ([^ ]{1,12} )?(header|from:|"
        r"date|"
        r"message-id)|format (restriction )?violation|"
        r"(malformed|invalid|bad) (message|mime|body)\b(?!-id)|"
        r"subject (line )?(is )?(mandatory|required|missing|empty)|header error",
    ),
    # House rules.
    Rule(
        "tls-words",
        TLS,
        r"starttls|\btls\b|encryption (is )?(req|need)|requires? encrypt|certificate|"
        r"\bdane\b|tlsa|"
        r"mta-sts|"
        r"\bssl\b",
    ),
    Rule(
        "loop",
        OTHER_FAULT,
        r"mail ?loop|routing loop|loop(s|ing) (back|received)|too many hops|"
        r"is looping|hop count|loops? back|message looping",
    ),
    Rule(
        "policy-words", POLICY, r"polic(y|ies)\b|\baup\b(?!#)|prohibit|violat|\bacl\b"
    ),
    Rule(
        "policy-senders",
        POLICY,
        r"allowed.senders|approved list|subscribers|sender.{0,30}deny ?list|"
        r"allow[ -]?list|not permitted|posting|members|not a member\b|internal (send|"
        r"use|mail)|send-only|registered (send|users? (only|may|can))|"
        r"(list|group) is closed|closed (list|group|to (out|ext))|newsletters|"
        r"moderat",
    ),
    Rule(
        "mailbox-blocked", INACTIVE, r"(mailbox|account) (has been |is |was )?blocked"
    ),
    Rule(
        "policy-blocked",
        POLICY,
        r"envelope blocked|blocked by|(sender|from) .{0,30}(refused|blocked|denied)|"
        r"refused by|(is|are|delivery).{0,30} restricted|not accept mail from|"
        r"whitelist",
    ),
    Rule(
        "policy-accept",
        POLICY,
        r"not accept(ing|ed)? (any )?e?-?mails? from|only accepts?|denied by|"
        r"(e?-?mail|message)s? from your|mailbox access",
    ),
    Rule(
        "policy-authorized",
        POLICY,
        r"not (been )?authori[sz]ed|unauthori[sz]ed|not allowed to send",
    ),
    Rule(
        "policy-destination",
        POLICY,
        r"rejected by (the )?(destination|administrator|user)|multi-recipient bounce|"
        r"(user|"
        r"recipient) (reject|refuse)s? ",
    ),
    Rule("policy-yours", POLICY, r"\byour ([^ ]{1,12} )?(account|mailbox|domain)"),
)
