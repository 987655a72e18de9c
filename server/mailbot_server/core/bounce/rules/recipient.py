"""Refusals of the address: its road, its domain, its mailbox."""

from typing import Final

from mailbot_server.core.bounce.meaning import (
    EXPIRED,
    INACTIVE,
    INVALID_DOMAIN,
    LOOKUP,
    LOST,
    NOBODY,
    OTHER_FAULT,
    PROTOCOL,
    Rule,
)
from mailbot_server.core.bounce.rules.words import GONE, IS, SURE, WHO, WORD

RECIPIENT: Final = (
    # A road that stayed closed, as reports tell of it.
    Rule(
        "machinery",
        OTHER_FAULT,
        r"temporary lookup failure|error in processing|cannot allocate|can.t fork|"
        r"(internal|configuration|local|i/o|disk|mailer|"
        r"write) "
        r"(server )?(error|failure)|queue file|unable to (open|write|process)|"
        r"can.?t (create|open)|(command|script|program|pipe) (failed|output|time)|"
        r"local (configuration|problem)",
    ),
    Rule(
        "lookup-fails",
        LOOKUP,
        r"(?<!\.)(host|domain|name|dns|mx)(?!\.).{0,80}(not found.{0,30}try again|"
        r"temporar|servfail|serverfail|time ?out)|"
        r"dns (query|error|fail|problem|lookup)|lookup (fail|defer|did not|error)|"
        r"name server|(could not|unable to|cannot) resolve|cname",
        code="4",
    ),
    Rule(
        "lookup-report",
        LOOKUP,
        r"dns query failed|serv(er)?fail|host not found, try again|dns server (fail|"
        r"time)|"
        r"name ?server re|(cannot|can.t) resolve|(invalid|bad) mx|"
        r"host name lookup fail",
    ),
    Rule(
        "lost",
        LOST,
        r"connection ((with|to) [^ ]{1,60} )?(is |was )?(refused|broken|reset|timed|"
        r"failed|dropped|lost|closed|time|terminat|"
        r"died)|"
        r"lost connection|(shutting|going) down|timed out|time-?out|establish an smtp|"
        r"host (is )?down|"
        r"(no|network|host) (route|answer|response|is unreach)|unreachable|not respond|"
        r"(unable to|cannot|could ?n.t|could not) connect|socket error|broken pipe|"
        r"retry time|tried all mx",
    ),
    Rule(
        "expired",
        EXPIRED,
        r"(message|queue|delivery|time|retry).{0,9}expired|too long in|"
        r"queue too long",
    ),
    Rule("expired-code", EXPIRED, detail=r"4\.7"),
    Rule(
        "address-not-found",
        NOBODY,
        r"address (was ?n.t|was not|could ?n.t be|could not be|cannot be) found",
    ),
    # The domain of the address.
    Rule(
        "domain-null-mx", INVALID_DOMAIN, r"null ?mx|domain.{0,30}not accept e?-?mail"
    ),
    Rule(
        "domain-unknown",
        INVALID_DOMAIN,
        r"(no such|unknown|invalid|bad|non-?existent) (recipient |destination )?"
        r"(domain|host|system)|nonexistent ?domain|non-?existent hosts?|no mx or a|"
        r"find mx",
    ),
    Rule("domain-unrouteable", INVALID_DOMAIN, r"unroutea?ble (mail )?domain"),
    Rule(
        "domain-gone",
        INVALID_DOMAIN,
        r"(domain|tenant)((?!(user|mailbox|account) (unk|no|is|was|does)).){0,40}"
        r"(unknown|"
        r"(not|n.t) (be )?(found|exist|host|valid|registered|appear to be registered|"
        r"configured|set up|served))",
    ),
    Rule(
        "domain-absent",
        INVALID_DOMAIN,
        r"domain.{0,20}does(n't| not) exist|(recipient|rcpt|"
        r"destination)(.s)? domain.{0,30}(\bno|n.t\b|inva|unk|bad|fail)|(find|resolve|"
        r"locate|no such) (the )?(recipient|destination) domain|"
        r"no mail (server|host) for|"
        r"mail exchanger|domain ([^ ]{1,40} )?(is |was )?(suspended|disabled|deleted)|"
        r"no smtp service|not (used for e?-?mail|capable)|"
        r"domain ([^ ]{1,40} )?(has |is )?expired",
    ),
    Rule(
        "domain-host",
        INVALID_DOMAIN,
        r"host (or domain name )?(not found|unknown)|find any host|nxdomain|"
        r"name or service not known|look up host",
    ),
    Rule(
        "domain-tongues",
        INVALID_DOMAIN,
        r"dom(ain|aine|inio|inios|ena)\b.{0,20}(inconnu|unbekannt|desconoc|sconosc|"
        r"n'existe|no existe|existiert nicht|nie istnieje)",
    ),
    # A mailbox that was.
    Rule("inactive-bare", INACTIVE, rf"{WHO} {GONE}"),
    Rule("inactive-who", INACTIVE, rf"{WHO}.{{0,40}} {IS} {WORD}{GONE}"),
    Rule(
        "inactive-not",
        INACTIVE,
        r"(user|account) (is )?not activ|disabled ?user|account ?disabled",
    ),
    Rule(
        "inactive-before",
        INACTIVE,
        r"(inactive|expired|disabled|closed|suspended) (user|account|mailbox|mbox|"
        r"recip|e?-?mail|address)|"
        r"(mail|receiving|reception|incoming) (is )?(now )?(disabled|suspended)|"
        r"is now (disabled|closed|suspended|inactive)",
    ),
    Rule(
        "inactive-since",
        INACTIVE,
        r"inactivity|no activity|(mailbox|account) disabled|"
        r"(should|must|has to) log ?in|can.?(no)?t receive (e-?)?mail|"
        r"not (been )?used (for|since) |no .{0,12}activity since",
    ),
    Rule(
        "inactive-gone",
        INACTIVE,
        rf"({WHO}|@).{{0,30}}no longer|no longer with (us|the)\b|"
        rf"({WHO}|@) does(n.t| not) accept (any )?(e?-?mail|mess)",
    ),
    Rule(
        "inactive-tongues",
        INACTIVE,
        r"gesperrt|deaktiviert|desactiv|desativ|disattiv|zablokow|geblokk|заблок|"
        r"отключ",
    ),
    Rule(
        "inactive-use",
        INACTIVE,
        r"not in use|not an? active|(never|not|n.t) (been )?(logged|entered|accessed)|"
        r"no longer (active|valid|in use|available|monitored)|out of use",
    ),
    Rule(
        "inactive-moved",
        INACTIVE,
        r"(?<!owner )(has|have) (now )?(moved|left|changed)\b|left the (comp|organi)",
    ),
    # A mailbox that never was.
    Rule(
        "unknown-after",
        NOBODY,
        rf"{WHO} {WORD}({IS} )?(unrecogni[sz]ed|unknown|not (found|known|listed|"
        r"local))",
    ),
    Rule("no-recipient", NOBODY, r"no valid recipients", detail=r"1\.[13]"),
    Rule("no-recipients", PROTOCOL, r"no valid recipients|no recipients\b"),
    Rule("unknown-said", NOBODY, SURE),
    Rule(
        "unknown-before",
        NOBODY,
        rf"(illegal|invalid|unknown) ([^ ]{{1,20}} ){{0,2}}"
        # "Unknown address error 550-'...'" is how IronPort quotes any answer.
        rf"({WHO}|local[- ]?part|user ?id)(?! error \d)",
    ),
    Rule("no-such", NOBODY, rf"no such {WORD}(person|{WHO})|no such (user ?)?id\b"),
    Rule("no-mailbox", NOBODY, r"\bno mail-?box|mailbox name not"),
    Rule(
        "unavailable-now", INACTIVE, r"mailbox (is )?(not |un)available", detail=r"2\.1"
    ),
    # RFC 5321 4.2.3: those words also stand for "rejected for policy reasons".
    Rule(
        "unavailable",
        NOBODY,
        r"(mailbox|account) (is )?(unavailable|not available)|"
        r"unavailable (mail ?)?(user|box|account)|(recipient|"
        r"@ -?) ?(is )?(unavailable|not available)",
        stage="rcpt",
    ),
    Rule("not-existing", NOBODY, rf"({WHO}|@).{{0,60}}(n't|not) exist"),
    Rule(
        "not-valid",
        NOBODY,
        rf"(not|isn.t) (an? |our )?((valid|local|known|recogni[sz]ed|registered|"
        rf"existing|legal) )?(e-?mail )?({WHO}|customer)",
    ),
    Rule(
        "not-known",
        NOBODY,
        r"not known (here|at)|no ?(one|body) (here|at|by|with|called|named)|"
        r"not on file\b",
    ),
    Rule(
        "not-listed",
        NOBODY,
        r"(not|n.t) (listed )?in ([^ ]{1,12} ){0,3}(directory|address book|"
        r"list of (allowed|known|valid)|recipient list|user list|route list)\b|"
        r"(in|my|our) (valid|bad) ?rcpt|in relay.recipients|no redirect entry|"
        r"service mapped",
    ),
    Rule(
        "undeliverable",
        NOBODY,
        r"undeliverable address|not (an? )?deliverable|mailbox not hosted|(address|"
        r"@) .{0,20}undeliverable|unroutea?ble|"
        r"cannot route",
    ),
    Rule(
        "not-found-there",
        NOBODY,
        r"(was |is |@ )?not found (in|on|at) (the |our |this )?(ldap|directory)",
    ),
    Rule("no-account", NOBODY, r"does(n't| not) have an? .{0,40}account"),
    Rule(
        "no-user",
        NOBODY,
        r"\b(no|(not|n.t) have an?) (such )?(user|account|recipient|person|mail-?box|"
        r"valid recipient)",
    ),
    Rule(
        "not-known-user",
        NOBODY,
        r"(not|n.t) know (this|that|any) (user|recip|address|mailbox)",
    ),
    Rule(
        "not-found",
        NOBODY,
        r"(could ?n.t|can.t|cannot|could not|not able to) find ([^ ]{1,9} ){0,2}(user|"
        r"recip|mailbox|account)|nicht bekannt|recipient verif(y|ication)|"
        r"not registered|marked as invalid|no record of (that|this|the|an?y?) |"
        r"check the (recipient|address)|"
        r"no(t have a)? final .{0,20}(delivery|destination)",
    ),
    Rule(
        "address-wrong",
        NOBODY,
        r"(address|recipient|user|mailbox) (is )?(invalid|not valid|wrong)|"
        r"(restricted|illegal|invalid) character.{0,20}address|"
        r"bad destination",
    ),
    Rule(
        "not-verified",
        NOBODY,
        r"(recipient|address).{0,20}(cannot be verified|unverified)",
    ),
    Rule(
        "other-tongues",
        NOBODY,
        r"inconnu|unbekannt|desconoc|desconhec|sconosciut|in[ei]xist|inesistent|"
        r"onbekend|nieznan|okan[dt]|ukendt|ukjent|tuntematon|neznam|ismeretlen|"
        r"bulunamad|"
        r"existiert (hier )?nicht|n.existe|introuvable|no existe|nao existe|non esiste|"
        r"bestaat niet|nie (ma\b|istnieje|znalezion)|"
        r"kein(e|en)? (postfach|konto|benutzer|empf)|nicht gefunden|"
        r"non trovat|no encontrad|nao encontrad|"
        r"niet gevonden|見つかりま|не найден|не существует|нет тако|"
        r"неизвестн|存在し(ま|な)|(direccion|adresse|"
        r"indirizzo|endereco).{0,20}(no valid|invalid|ungult|non valid)|宛先不明|"
        r"不存在|없는|destinataire invalide",
    ),
)
