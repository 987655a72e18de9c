"""Refusals of size: a mailbox that is full, a message that is too large."""

from typing import Final

from mailbot_server.core.bounce.meaning import (
    FULL,
    INACTIVE,
    OTHER_FAULT,
    PROTOCOL,
    TOO_LARGE,
    Rule,
)
from mailbot_server.core.bounce.rules.words import IS, WHO

ROOM: Final = (
    # A full mailbox, and one whose owner left it full.
    Rule("full-for-good", INACTIVE, r"space and inactive", code="5"),
    Rule(
        "no-room-host",
        OTHER_FAULT,
        r"insufficient (system|disk)|system storage|no space left on|"
        r"write error or disk",
    ),
    Rule("no-room-system", OTHER_FAULT, r"\b(disk|space|stor|full)", detail=r"3\.1"),
    Rule("full-quota", FULL, r"over[ -]?quota|quota.{0,20}(exceed|full|viol|reach)"),
    Rule("full-exceeded", FULL, r"exceed.{0,30}(quota|allocation|mailbox)"),
    Rule("full-mailbox", FULL, rf"{WHO} ([^ ]{{1,20}} )?({IS} )?([^ ]{{1,9}} )?full\b"),
    Rule("full-before", FULL, r"full (mailbox|inbox|mail box)"),
    Rule("full-disk", FULL, r"(folder|disk|maildir|maildrop|file ?system)( is)? full"),
    Rule("full-limit", FULL, r"(mailbox|user).{0,20}(size|storage|limit).{0,9}exc?ee"),
    Rule(
        "full-limit-exceeded",
        FULL,
        r"exc?eeded.{0,20}(mailbox|email address|its storage)",
    ),
    Rule(
        "full-mailbox-limit",
        FULL,
        r"(mailbox|inbox).{0,20}(exceed|above its|capacity|maximum size|limit)",
    ),
    Rule(
        "full-space",
        FULL,
        r"(out of|no|not enough|insufficient|lack of|not have enough|"
        r"little) ([^ ]{1,9} )?"
        r"(storage|(disk ?)?space|room)|space.{0,20}(used up|exhaust)|"
        r"(larger|bigger) than the space|too much e?-?(mail|data) (stored|in (the|"
        r"your|its|this))|"
        r"(receive|hold|take) any ?more (e?-?mail|mess)",
    ),
    Rule("full-storage", FULL, r"(recipient|user|account|mailbox).{0,40}storage"),
    Rule("full-german", FULL, r"speicherplatz|speicher.{0,12}(uberschr|voll|ersch)"),
    Rule(
        "full-tongues",
        FULL,
        rf"{WHO}.{{0,40}}(plein|\bvoll\b|llen[oa]|\bpien[oa]|cheia|przepeln|переполн)|"
        r"postvak.{0,20}vol\b|ящик.{0,20}(полон|переполн)|容量|一杯|已满|已滿|空间不足|"
        r"空間不足|いっぱい|가득|용량|satur[eo]|espa(ce|cio|co) (insuf|disp)|"
        r"schranka.{0,20}pln|megtelt|taynna|\bplina\b|penuh|переповн|пълна|γεματ|"
        r"מלאה|ممتلئ|เต็ม|stored messages|lotad[oa]\b|"
        r"brevlada.{0,20}full|postkasse.{0,20}fuld|kutusu.{0,20}dolu|"
        r"([qck]u?[ov]ta|квот).{0,40}(depass|uberschr|supera|exced|esced|przekr|prekro|"
        r"превыш|исчерп)|full-?mailbox|space.{0,9}not enough",
    ),
    Rule("full-code", FULL, detail=r"2\.2"),
    Rule("full-word", FULL, r"\bquota\b", code="[45]"),
    # How big the message is.
    Rule(
        "line-too-long",
        PROTOCOL,
        r"\b(lines?|headers?|header field|field name) (is |are )?(too (long|large|big)|"
        r"longer|length)",
    ),
    Rule(
        "too-large",
        TOO_LARGE,
        r"(?<!queue )(?<!session )(?<!idle )(?<!idle for )too (large|big|"
        r"long|heavy)\b|"
        r"oversized?\b",
    ),
    Rule("size-maximum", TOO_LARGE, r"(exceed|maximum|fixed).{0,30}size"),
    Rule(
        "size-exceeded",
        TOO_LARGE,
        r"(size|length) (limits? )?(is )?(exceed|larger|over)",
    ),
    Rule(
        "size-more",
        TOO_LARGE,
        r"(message|mail|size|length|attachment).{0,20}"
        r"(exceed|larger|bigger|greater).{0,40}(limit|allow|maximum|\d ?mb?\b|bytes)",
    ),
    Rule(
        "size-limit",
        TOO_LARGE,
        r"(size ?(limit|violation)|limits? on (message )?size)|"
        r"length.{0,40}(threshold|maxim)",
    ),
    Rule(
        "size-tongues",
        TOO_LARGE,
        r"zu gross|trop (gros|volumineux|grand|long)|(demasiado|muito) grande|"
        r"troppo grande|te groot|слишком бол|za duz[aey]|for stor[at]?\b|prilis velk|"
        r"cok buyuk|размер.{0,20}превыш|过大|過大|大きすぎ|너무 큼",
    ),
    Rule(
        "size-attachments",
        TOO_LARGE,
        r"(number|length|size) of (the )?(attach|data|content).{0,40}(maxim|limit|"
        r"threshold|exceed)",
    ),
    Rule("size-code", TOO_LARGE, r"^(?!.{0,300}(polic|sign in))", detail=r"3\.4|2\.3"),
)
