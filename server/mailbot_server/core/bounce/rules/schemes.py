"""What large hosts say by numbers of their own, in whatever words."""

from typing import Final

from mailbot_server.core.bounce.meaning import (
    AUTH,
    FORM,
    FULL,
    GREY,
    INACTIVE,
    IP,
    NOBODY,
    OTHER_FAULT,
    POLICY,
    PROTOCOL,
    RATE,
    RELAY,
    SPAM,
    TLS,
    TOO_LARGE,
    Rule,
)


def _orange(numbers: str) -> str:
    """Orange and La Poste: `OFR_506`, `LPN416`, `OFR006_102`; the last number tells."""
    return rf"\b(ofr|lpn|ouk)([0-9]{{3}})?[_-]?({numbers})\b"


def _vade(numbers: str) -> str:
    """Hosts behind Vade's gateways: `OXSEU0001_101`, `ELNK_110`."""
    return rf"\b(oxseu|oxsus|elnk|lib)([0-9]{{4}})?_({numbers})\b"


def _charter(numbers: str) -> str:
    """Charter and Road Runner: `AUP#I-1310`."""
    return rf"\baup#[io]-?({numbers})\b"


SCHEMES: Final = (
    Rule("godaddy-form", FORM, r"\bib50[12]\b"),
    Rule("yahoo-ip", IP, r"\[(bl[0-9]{2}|tss(07|09|11))\]"),
    Rule("yahoo-auth", AUTH, r"[(\[]au0[0-9][)\]]"),
    Rule("yahoo-policy", POLICY, r"\[ph[0-9]{2}\]"),
    Rule("hotmail-ip", IP, r"\b(dy-00[0-9]|ou-00[0-9]|sc-00[2-4])\b"),
    Rule("facebook-nobody", NOBODY, r"\brcp-p(1\b|[2-9]\b.{0,200}no such user)"),
    Rule("facebook-wish", POLICY, r"\brcp-p[2-9]\b"),
    Rule("facebook-ip", IP, r"\bpol-p1\b"),
    Rule("vade-ip", IP, _vade("10[12]|111|13[034]")),
    Rule("vade-name", AUTH, _vade("10[58]|201")),
    Rule("vade-pace", RATE, _vade("110|13[69]|140")),
    Rule("iua-relay", RELAY, r"\.i\.ua/err/[16]\b"),
    Rule("iua-nobody", NOBODY, r"\.i\.ua/err/2\b"),
    Rule("iua-closed", INACTIVE, r"\.i\.ua/err/3\b"),
    Rule("iua-full", FULL, r"\.i\.ua/err/4\b"),
    Rule("iua-pace", RATE, r"\.i\.ua/err/5\b"),
    Rule("iua-greeting", PROTOCOL, r"\.i\.ua/err/7\b"),
    Rule("iua-sender", AUTH, r"\.i\.ua/err/8\b"),
    Rule("iua-ip", IP, r"\.i\.ua/err/9\b"),
    Rule("iua-wish", POLICY, r"\.i\.ua/err/10\b"),
    Rule("netease-ip", IP, r"\bwm:bl|\bdt:rbl\b|\bhl:(ipb|ihu|rep)\b"),
    Rule("netease-form", PROTOCOL, r"\bmi:(imf|nhd)\b"),
    Rule("netease-grey", GREY, r"\bdt:grl\b"),
    Rule("comcast-ip", IP, r"\b(bl000(0[0-9]{2}|[0-9])|es0000[0-9]{2})\b"),
    Rule("comcast-auth", AUTH, r"\bdm0000[0-9]{2}\b"),
    Rule("cox-ip", IP, r"\b(cxbl|cdrbl|cxmj|ipbl[0-9]{4,5})\b"),
    Rule("aol-ip", IP, r"\b(rtr|rly|con):(b[0-9bl]|du|rd|sc)\b"),
    Rule("google-auth", AUTH, detail=r"7\.(2[3-7]|3[0-2]|40)", code="4"),
    Rule("yahoo-dmarc", AUTH, r"not accepted for policy", "5", r"7\.9"),
    Rule("google-tls", TLS, detail=r"7\.29"),
    Rule("exchange-spam", SPAM, detail=r"7\.50[1-3]", code="5"),
    Rule(
        "exchange-wish",
        POLICY,
        detail=r"7\.50[457]|7\.510|7\.703|7\.51|7\.129|7\.13[0-6]",
    ),
    Rule("exchange-unregistered", AUTH, detail=r"7\.750"),
    Rule("exchange-greeting", PROTOCOL, detail=r"7\.506"),
    Rule("exchange-pace", RATE, detail=r"7\.508|7\.70[57]|2\.12[12]|1\.90"),
    Rule("exchange-form", FORM, detail=r"7\.512"),
)
"""Numbers that mean one thing each; they are asked before any words."""

NUMBERS: Final = (
    Rule("orange-ip", IP, _orange("10[23]|510")),
    Rule("orange-pace", RATE, _orange("104")),
    Rule("orange-auth", AUTH, _orange("113|305|40[12]|421")),
    Rule("orange-sender", AUTH, _orange("403|405|415")),
    Rule("orange-nobody", NOBODY, _orange("416|418")),
    Rule("orange-full", FULL, _orange("417")),
    Rule("orange-closed", INACTIVE, _orange("420|426")),
    Rule("orange-spam", SPAM, _orange("506|513")),
    Rule("orange-size", TOO_LARGE, _orange("514")),
    Rule("orange-policy", POLICY, _orange("630")),
    Rule("godaddy-ip", IP, r"\bib(10[3-6]|11[0-3])\b"),
    Rule("godaddy-name", AUTH, r"\bib(108|401|506|508)\b"),
    Rule("godaddy-spam", SPAM, r"\bib(212|705)\b"),
    Rule("godaddy-pace", RATE, r"\bib(007|504|510|60[57])\b"),
    Rule("comcast-pace", RATE, r"\brl0000[0-9]{2}\b"),
    Rule("facebook-policy", POLICY, r"\bpol-[pt][0-9]\b"),
    Rule("facebook-trouble", OTHER_FAULT, r"\b(rcp-t|int-[tp])[0-9]\b"),
    Rule("facebook-pace", RATE, r"\bcon-t[0-9]\b"),
    Rule("facebook-name", AUTH, r"\bdns-[pt][0-9]\b"),
    Rule("facebook-form", FORM, r"\bmsg-p[0-9]\b"),
    Rule("charter-ip", IP, _charter("1000|12[0-5]0")),
    Rule("charter-policy", POLICY, _charter("10[1-8]0|11[6-9]0|1260")),
    Rule("charter-trouble", OTHER_FAULT, _charter("1090")),
    Rule("charter-name", AUTH, _charter("11[0-5]0|15[02]0")),
    Rule("charter-pace", RATE, _charter("1[34][0-9]0|15[4-8]0")),
    Rule("charter-size", TOO_LARGE, _charter("1530")),
    Rule("cox-auth", AUTH, r"\b(cxdns|cxsndr)\b"),
    Rule("cox-pace", RATE, r"\b(cxcnct|cxmxrt|cxthrt)\b"),
    Rule("cox-form", PROTOCOL, r"\bcxsmtp\b"),
    Rule("cox-spam", SPAM, r"\burlbl[0-9]{3,5}\b"),
    Rule("apple-policy", POLICY, r"\[(cs|hm)[0-9]{2}\]"),
    Rule("apple-auth", AUTH, r"\[hme[0-9]\]"),
    Rule("aol-sender", AUTH, r"\b(rly:(sn|nw)|dns:(nr|b[0-9]))\b"),
    Rule("aol-spam", SPAM, r"\b(hvu:[a-z]{1,2}[0-9]?|(rtr|rly):ch[0-9]?|rly:bd)\b"),
)
"""Numbers that tell where the words do not: hosts put them under all they say."""
