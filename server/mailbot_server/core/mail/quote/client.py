"""What each mail client calls the elements that it makes in HTML."""

import re
from enum import Enum
from typing import Final


class Role(Enum):
    """What an element is for."""

    QUOTE = "quote"
    """It holds what is quoted."""

    THREAD = "thread"
    """It holds an introduction and block quotations; between them may be answers."""

    REST = "rest"
    """From here to the end it is quoted."""

    HEADER = "header"
    """The same if From, Sent, To stand in it: only its border tells."""

    BLOCK = "block"
    """A block quotation without a name."""

    ASIDE = "aside"
    """The block quotation of an editor's toolbar."""

    FORWARD = "forward"
    SIGNATURE = "signature"


# Client, role, and the ids, classes and names of its elements, in lower case.
_CLIENTS: Final = (
    ("Gmail", Role.THREAD, "gmail_quote gmail_quote_container"),
    ("Gmail", Role.QUOTE, "gmail_attr"),
    ("Gmail", Role.SIGNATURE, "gmail_signature gmail_signature_prefix"),
    ("Outlook", Role.REST, "divrplyfwdmsg appendonsend outlookmessageheader"),
    ("Outlook", Role.REST, "mail-editor-reference-message-container"),
    ("Outlook", Role.REST, "reply-quoted-message-header"),
    ("Outlook for Mac", Role.REST, "olk_src_body_section mac_olk_src_body_section"),
    ("Outlook", Role.SIGNATURE, "signature ms-outlook-mobile-signature"),
    ("Nine", Role.REST, "quoted_header"),
    ("139", Role.REST, "replysplit reply139content"),
    ("Sina", Role.REST, "origbody orimsghtmlseperator"),
    ("Outlook.com, Hotmail", Role.REST, "stopspelling"),
    ("Windows Mail", Role.REST, "_originalmessageheader"),
    ("Thunderbird", Role.QUOTE, "moz-cite-prefix moz-email-headers-table"),
    ("Thunderbird", Role.FORWARD, "moz-forward-container"),
    ("Thunderbird", Role.SIGNATURE, "moz-signature"),
    ("Apple Mail", Role.SIGNATURE, "applemailsignature"),
    ("Yahoo", Role.QUOTE, "yahoo_quoted yahoo-quoted-begin yqt iosymail"),
    ("Yahoo", Role.SIGNATURE, "ymail_android_signature ymail_ios_signature"),
    ("AOL", Role.QUOTE, "aolmail_quoted aolreplacedbody"),
    ("ProtonMail", Role.THREAD, "protonmail_quote"),
    ("ProtonMail", Role.SIGNATURE, "protonmail_signature_block"),
    ("Tutanota", Role.QUOTE, "tutanota_quote"),
    ("Zoho", Role.QUOTE, "zmail_extra"),
    ("Zoho", Role.SIGNATURE, "zmail_signature zmail_signature_below"),
    ("Zimbra", Role.REST, "zwchr __divider__"),
    ("Zimbra", Role.QUOTE, "__quoted_text__"),
    ("Zimbra", Role.SIGNATURE, "__sig_post__ __sig_pre__"),
    ("GMX, Web.de, mail.com", Role.THREAD, "quote mail_android_quote mail_ios_quote"),
    ("Mail.ru", Role.QUOTE, "mail-quote-collapse mail-app-auto-quote"),
    ("QQ", Role.REST, "xm_mail_oringinal_describe qmorigin"),
    ("QQ", Role.SIGNATURE, "xmail-signature qmsyssign"),
    ("NetEase", Role.REST, "isreplycontent ntes-pcmac-quote ntes-mailmaster-quote"),
    ("NetEase", Role.FORWARD, "isforwardcontent"),
    ("NetEase", Role.SIGNATURE, "ntes-pcmac-signature"),
    ("Samsung", Role.SIGNATURE, "composer_signature composer_signature_wrapper"),
    ("Spark", Role.QUOTE, "messagereplysection"),
    ("Spark", Role.SIGNATURE, "messagesignaturesection"),
    ("Airmail", Role.QUOTE, "airmail_ext_on clean_bq"),
    ("Airmail", Role.SIGNATURE, "bloop_sign"),
    ("Superhuman", Role.SIGNATURE, "sh-signature"),
    ("Front", Role.QUOTE, "front-blockquote"),
    ("Front", Role.SIGNATURE, "front-signature"),
    ("HEY", Role.QUOTE, "hey-quoted message-content--quoted"),
    ("Mailspring", Role.QUOTE, "nylas-quote"),
    ("Missive", Role.QUOTE, "missive_quote"),
    ("Aqua Mail", Role.QUOTE, "aqm-original"),
    ("Aqua Mail", Role.SIGNATURE, "aqm-signature"),
    ("Canary", Role.QUOTE, "canaryblockquote"),
    ("Canary", Role.SIGNATURE, "canarysig"),
    ("Edison", Role.QUOTE, "edo-original"),
    ("Edison", Role.SIGNATURE, "edo-signature"),
    ("eM Client", Role.SIGNATURE, "signature_old"),
    ("FairEmail", Role.THREAD, "fairemail_quote"),
    ("FairEmail", Role.SIGNATURE, "fairemail_signature"),
    ("Fastmail", Role.SIGNATURE, "sig"),
    ("Infomaniak", Role.THREAD, "ik_mail_quote"),
    ("Mailbird", Role.SIGNATURE, "mb_sig"),
    ("Newton", Role.QUOTE, "cm_replymail"),
    ("Newton", Role.SIGNATURE, "cm_signature"),
    ("Notes", Role.QUOTE, "inoteshistory"),
    ("Skiff", Role.THREAD, "skiff_quote"),
    ("Polymail", Role.QUOTE, "polymail_quote psignature__quote"),
    ("Polymail", Role.SIGNATURE, "psignature"),
    ("Postbox", Role.QUOTE, "__pbconvbody"),
    ("Roundcube", Role.QUOTE, "reply-intro"),
    ("Freshdesk", Role.QUOTE, "freshdesk_quote"),
    ("Intercom", Role.QUOTE, "history_container intercom-quote"),
    ("Help Scout", Role.QUOTE, "hs-previous-messages"),
    ("Alimail", Role.QUOTE, "alimail-quote __alimailquote"),
    ("Alimail", Role.SIGNATURE, "__alimailsign __ali_sign"),
    ("Lark, Feishu", Role.QUOTE, "lark-mail-quote history-quote-wrapper"),
    ("Naver, Daum", Role.QUOTE, "replyforwardcontent"),
    ("others", Role.QUOTE, "mail_quote quoted-message quoted_message replied-message"),
    ("others", Role.SIGNATURE, "email-signature email_signature mail_signature"),
)
_ROLES: Final = {
    name: role for _client, role, names in _CLIENTS for name in names.split()
}

# "yahoo_quoted_0123456789", "lark-mail-quote-162…": an id with a number behind it.
_NUMBERED: Final = re.compile(r"(.{3,}?)[-_]?\d{3,}(?:[-_]\d+)?")
# Outlook, Hotmail and Yahoo put their mark before the names that others gave.
_RENAMED: Final = re.compile(r"(?:x_|ecx|ydp[0-9a-f]{1,12}(?=[g-z]))+")

_NAMES: Final = re.compile(
    r"""\b(id|class|name|data-marker)\s*=\s*(?:"([^"]{0,300})"|'([^']{0,300})'"""
    r"""|([^\s"'<>]{1,300}))""",
    re.IGNORECASE,
)
_STYLE: Final = re.compile(
    r"""\bstyle\s*=\s*(?:"([^"]{0,2000})"|'([^']{0,2000})')""", re.IGNORECASE
)
_HEADER_BORDER: Final = re.compile(
    r"border:\s?none;\s?border-top:\s?(?:solid|1(?:\.0)?pt solid|#)"
    r"|border-top:\s?(?:solid|1(?:\.0)?pt solid) #(?:E1E1E1|B5C4DF)"
    r"|border-top-color:\s?rgb\(229,",
    re.IGNORECASE,
)
_CITES: Final = re.compile(r"\btype\s*=\s*[\"']?cite\b", re.IGNORECASE)

# Elements that these names may stand at; a link's class says nothing.
_NAMED: Final = frozenset(
    {"article", "blockquote", "div", "font", "hr", "p", "pre", "section", "span"}
    | {"signature", "table", "td"}
)


def role(element: str, attributes: str) -> Role | None:
    """What an element is for; `attributes` as they stand in its opening tag."""
    if element not in _NAMED:
        return None
    if element == "signature":
        return Role.SIGNATURE  # Mailspring's own
    if not attributes:
        return Role.BLOCK if element == "blockquote" else None
    found = _by_name(element, attributes)
    if element == "blockquote":
        return _of_block_quotation(found, attributes)
    return found or _by_style(element, attributes)


def _by_name(element: str, attributes: str) -> Role | None:
    for match in _NAMES.finditer(attributes):
        for name in (match[2] or match[3] or match[4] or "").lower().split():
            if (found := _ROLES.get(_plain(name))) and _fits(
                found, name, element, match[1]
            ):
                return found
    return None


def _fits(found: Role, name: str, element: str, attribute: str) -> bool:
    """Whether so common a word as "quote" stands where its client puts it."""
    if name == "quote":
        return attribute.lower() == "name" and element == "div"
    if name.startswith("sig"):
        return attribute.lower() == "id"
    return found is not Role.THREAD or element in {"div", "blockquote"}


def _plain(name: str) -> str:
    if name.startswith(("x_", "ecx", "ydp")):
        name = _RENAMED.sub("", name, count=1)
    if name[-1:].isdigit() and (match := _NUMBERED.fullmatch(name)):
        return match[1]
    return name


def _of_block_quotation(found: Role | None, attributes: str) -> Role:
    if _CITES.search(attributes):
        return Role.QUOTE
    if found is Role.THREAD:
        # Outside of the client's own element it is what the toolbar makes.
        return Role.ASIDE
    return found or Role.BLOCK


def _by_style(element: str, attributes: str) -> Role | None:
    if "style" not in attributes and "STYLE" not in attributes:
        return None
    match = _STYLE.search(attributes)
    style = (match[1] or match[2] or "") if match else ""
    if "order-top" in style and element == "div" and _HEADER_BORDER.search(style):
        return Role.HEADER
    return None
