"""Words that name a recipient, or say "unknown", and are about something else."""

# ruff: noqa: RUF001 - the words are written in the scripts of their languages

from typing import Final

from mailbot_server.core.bounce.meaning import (
    AUTH,
    FORM,
    IP,
    OTHER_FAULT,
    POLICY,
    RATE,
    Rule,
)
from mailbot_server.core.bounce.rules.families import (
    CLOSED,
    DENIED,
    NAMELESS,
    SENDER_ABROAD,
    both,
)
from mailbot_server.core.bounce.rules.words import GONE

_OURS: Final = (
    r"\b(your (own )?(e-?mail )?(address|account|mailbox|user ?name|user part|"
    r"host ?name|domain|provider|(mail )?(server|host))|"
    r"(return|sending|authenticated|login) (e-?mail )?(address|user|account|mailbox)|"
    r"(smtp|relay) (user|account)|for (the )?(sender|login)|yours)\b"
)
_ANY: Final = r"(unknown|invalid|illegal|non-?existent|no such|wrong|bad)"
_OURS_ABROAD: Final = (
    r"\b(ihre?|votre|su|vostr[ao]|sua|suo|tu[ao]|uw|twoje|ditt|din|ваш[а-яі]{0,2}) "
    r"([^ ]{1,15} )?(konto|postfach|benutzer|compte|boite|cuenta|buzon|casella|account|"
    r"conta\b|caixa|mailbox|postbus|skrzynk|bruker|bruger|"
    r"учетная|аккаунт|ящик|адрес|обліковий)|"
    r"\b(akun anda|hesabiniz|contul (dumneavoastra|dvs)|fiokja|tilisi|vas racun)|"
    r"(您的|你的)(帐户|账户|账号|帐号|邮箱|用户)|お客様の|귀하의"
)
_IP_ABROAD: Final = (
    r"\b(adresse|direccion|endereco|indirizzo|adres|adresa|alamat|dia chi|"
    r"адрес|адреса|διευθυνση) ip\b|"
    r"\bip[ -]?(adress|adres\b|адрес|地址|アドレス|주소)"
)

ELSEWHERE: Final = (
    # About us.
    Rule(
        "else-of-sender",
        AUTH,
        r"of (the )?(originator|sender)\b|as (the )?sender\b|sender (has(?! been (not|"
        r"inf))|account|user|mailbox|host)\b|mail from (account|user|mailbox|host)\b|"
        r"originat(or|ing) (account|user|mailbox|domain|address|host)|"
        r"client host rejected: unknown|call(back|out)\b(?!.{0,40}recip)|user ?/ ?pass|"
        r"valid user for|you are not a (known|valid|registered)|"
        r"unknown (host|client)\b.{0,20}(denied|refused|reject|not allow)",
    ),
    Rule(
        "else-of-host",
        AUTH,
        r"^([a-z0-9-]{1,63}\.){1,5}[a-z]{2,20} does(n.t| not) exist",
    ),
    Rule("else-sender-code", AUTH, r"address|domain", detail=r"1\.8"),
    Rule("else-sender", AUTH, both(SENDER_ABROAD, NAMELESS)),
    Rule("else-sender-closed", POLICY, both(SENDER_ABROAD, CLOSED)),
    Rule(
        "else-yours",
        AUTH,
        rf"{_OURS}.{{0,20}}(invalid|unknown|not (valid|found|known|exist|recogni))|"
        rf"{_ANY} ([^ ]{{1,12}} )?(of|as) {_OURS}|not exist.{{0,12}}{_OURS}",
    ),
    Rule(
        "else-yours-closed",
        POLICY,
        rf"({_OURS}|sending from|sent from).{{0,20}}{GONE}",
    ),
    Rule(
        "else-outgoing",
        POLICY,
        both(
            r"\b(for|from) (outgoing|outbound|sending)\b|\bsending (for|not|is not)\b|"
            r"\b(outgoing|outbound|sending|relay|smtp|server|sender.s) (account|"
            r"mailbox|"
            r"party)\b|"
            r"\b(outgoing|outbound) (e-?)?(mails?|from|is|has)\b",
            GONE,
        ),
    ),
    Rule("else-ip", AUTH, r"\bip address.{0,12}(unknown|not |invalid)"),
    Rule("else-ip-abroad", IP, rf"({_IP_ABROAD}).{{0,40}}({CLOSED}|{NAMELESS})"),
    Rule(
        "else-yours-abroad",
        POLICY,
        rf"({_OURS_ABROAD}).{{0,30}}({CLOSED}|{DENIED}|{GONE})",
    ),
    Rule(
        "else-from",
        AUTH,
        rf"(envelope[ -]?from|bounce address|\breply-to)\b.{{0,30}}({NAMELESS})|"
        r"not found for (the )?sender",
    ),
    # About how many there were.
    Rule("else-many", RATE, rf"(many|number of) {_ANY} (user|recip|rcpt|address)"),
    # About what they want.
    Rule(
        "else-wish",
        POLICY,
        r"(does ?n.t|does not|do not|do.?n.t) (want|wish|like|allow)|outsiders|"
        r"\bpreferences\b|"
        r"(account|user|mailbox|recipient) (does ?n.t|does not) accept "
        r"(?!e?-?mails?\b|mess|any|incoming|new)|"
        r"(external|outside|internet) (e-?)?mail|from outside|known contacts|"
        r"\byou are (not known|unknown)|delivery disabled by|sign in to your|"
        r"no access for (this |your )?(domain|user)|"
        r"not subscribed|"
        r"removed (you |from (the|our|this|your) ([^ ]{1,12} )?(list|contacts))|"
        r"(reject|refus|declin)ed by (the |its |this )?(recipient|user|addressee)s?\b"
        r"(?! (server|mail|host|policy))|"
        r"verify your (e-?mail )?address|not in (my|our) domain|"
        r"dictionary attack|harvest|"
        r"from unknown|\b(hat|haben) sie (ge|bl)",
    ),
    # About the message and the machine.
    Rule(
        "else-part",
        FORM,
        rf"(attachment|url|link|image|picture)s?\b.{{0,20}}({NAMELESS})",
    ),
    Rule(
        "else-part-address",
        FORM,
        rf"{_ANY} (address|addresses) in\b|\b(to|from|cc): contains",
    ),
    Rule(
        "else-key",
        AUTH,
        rf"(_domainkey|selector|(domain|public) ?key|signature).{{0,40}}({NAMELESS})",
    ),
    Rule(
        "else-form",
        FORM,
        rf"(subject|from|header)s? (line )?(has|contains?) {_ANY}|"
        rf"{_ANY} ([^ ]{{1,12}} )?(reply-?to|encoding|header|subject|charset|"
        r"content|in received)|(message-?id|(in|to|cc|received) header).{0,20}(not |"
        r"invalid)|"
        r"not (found |named |listed )?in (the )?(to|cc|header)\b|"
        rf"(reply-?to|encoding|subject) (is )?{_ANY}|user[ -]agent",
    ),
    Rule(
        "else-broken",
        OTHER_FAULT,
        r"unknown (mail transport|error|failure|reason|problem|cause|status|response)|"
        r"licen[sc]e|"
        r"invalid (response|answer|session|token)|session unknown|"
        r"(user|home) (folder|directory) (is )?not |"
        r"server ([^ ]{1,60} )?does(n.t| not) exist|"
        r"\bmaintenance\b|being (moved|migrated)|migration in progress|"
        r"(server|system) (is |was )?(currently )?(down|offline)\b|"
        r"(?<!from )\bldap (server |lookup |directory )?(error|fail|"
        r"time|not|un|down|prob)|"
        r"(database|directory) (is |was )?(not (found|avail|reach)|un|down|err|fail|"
        r"lock|time)|could not be checked",
    ),
    Rule(
        "else-held",
        POLICY,
        r"\b(message|mail) (is |was |has been )?(held|(put )?on hold)",
        code="5",
    ),
    # Who says 5.7 to us is there; it is no road that was closed.
    Rule(
        "else-turned-away",
        POLICY,
        r"connection (is |was )?(refused|rejected)",
        "5",
        r"7\.[0-9]{1,3}",
    ),
    Rule(
        "else-busy",
        OTHER_FAULT,
        r"by (another|other) (process|session|user|program|client)",
        code="5",
    ),
)
