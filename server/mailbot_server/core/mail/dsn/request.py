"""
What is asked of delivery reports: RET, ENVID, NOTIFY and ORCPT (RFC 3461 4).

Read as submitters ask it of us, and written as we ask it of the next host. That one
reports to us, whose reverse-path it is given: we tell the submitter.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

ENVELOPE_ID_MAX: Final = 100
"""Characters of ENVID before it is xtext-encoded (RFC 3461 4.4)."""

ORIGINAL_MAX: Final = 500
"""Characters of ORCPT as it is written (RFC 3461 4.2)."""

_RETURNS: Final = frozenset({"FULL", "HDRS"})
_NEVER: Final = "NEVER"
_SUCCESS: Final = "SUCCESS"
_FAILURE: Final = "FAILURE"
_WORDS: Final = (_SUCCESS, _FAILURE, "DELAY")
_XTEXT: Final = re.compile(r"(?:[!-*,-<>-~]|\+[0-9A-F]{2})*")
_HIDDEN: Final = re.compile(r"[^ -~]")  # RFC 3461 4.4: printable ASCII and blanks
_HEX: Final = re.compile(r"\+([0-9A-F]{2})")
_ORIGINAL: Final = re.compile(r"([A-Za-z0-9-]{1,40});(.+)", re.DOTALL)
# RFC 6533 3: beside xtext, an address of type utf-8 may be written as it is.
_UTF8_ADDRESS: Final = re.compile(
    r"(?:\\x\{[0-9A-F]{2,6}\}|[!-*,-<>-\[\]-~\u00a1-\U0010ffff]|\+[0-9A-F]{2})+"
)

Parameters = Mapping[str, str | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class MailRequest:
    """What MAIL asked: `returns` is "full", "hdrs" or "", `envelope_id` decoded."""

    returns: str = ""
    envelope_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RcptRequest:
    """What RCPT asked: the words of NOTIFY in their order, and ORCPT as written."""

    notify: str = ""
    original: str = ""

    @property
    def wants_success(self) -> bool:
        """Whether a delivery is to be told of, and not only trouble."""
        return _SUCCESS in self.notify.split(",")


def read_mail(parameters: Parameters) -> MailRequest | None:
    """RET and ENVID; None when one of them is malformed."""
    returns = ""
    if "RET" in parameters:
        returns = (parameters["RET"] or "").upper()
        if returns not in _RETURNS:
            return None
    envelope_id = ""
    if "ENVID" in parameters:
        envelope_id = decode_xtext(parameters["ENVID"] or "") or ""
        if not 1 <= len(envelope_id) <= ENVELOPE_ID_MAX or _HIDDEN.search(envelope_id):
            return None
    return MailRequest(returns=returns.lower(), envelope_id=envelope_id)


def read_rcpt(parameters: Parameters) -> RcptRequest | None:
    """NOTIFY and ORCPT; None when one of them is malformed."""
    notify: str | None = ""
    if "NOTIFY" in parameters:
        notify = _notify(parameters["NOTIFY"] or "")
    original = ""
    if "ORCPT" in parameters:
        original = parameters["ORCPT"] or ""
        if not _is_original(original):
            return None
    return None if notify is None else RcptRequest(notify=notify, original=original)


def write_mail(envelope_id: str) -> tuple[str, ...]:
    """
    Parameters of MAIL for the next host (RFC 3461 5.2.1); the id is our own.

    We have the message, so its header is enough.
    """
    return ("RET=HDRS", f"ENVID={encode_xtext(envelope_id)}")


def write_rcpt(asked: RcptRequest) -> tuple[str, ...]:
    """
    Parameters of RCPT for the next host (RFC 3461 5.2.1).

    FAILURE is always among the words: NEVER is about what the submitter is told, and a
    delivery that failed has to be known to us all the same.
    """
    words = []
    if asked.notify:
        wanted = {*asked.notify.split(","), _FAILURE}
        words.append(f"NOTIFY={','.join(word for word in _WORDS if word in wanted)}")
    if asked.original.isascii() and asked.original:
        words.append(f"ORCPT={asked.original}")
    return tuple(words)


def decode_xtext(text: str) -> str | None:
    """What xtext stands for (RFC 3461 4); None where it is none."""
    if not _XTEXT.fullmatch(text):
        return None
    return _HEX.sub(lambda found: chr(int(found[1], 16)), text)


def encode_xtext(text: str) -> str:
    """Printable ASCII as xtext; whatever else stands there is left out."""
    return "".join(
        character if _XTEXT.fullmatch(character) else f"+{ord(character):02X}"
        for character in text
        if character.isascii()
    )


def _notify(value: str) -> str | None:
    words = value.upper().split(",")
    if words == [_NEVER]:
        return _NEVER
    is_list = set(words) <= set(_WORDS) and len(set(words)) == len(words)
    return ",".join(word for word in _WORDS if word in words) if is_list else None


def _is_original(value: str) -> bool:
    match = _ORIGINAL.fullmatch(value)
    if match is None or len(value) > ORIGINAL_MAX:
        return False
    if match[1].lower() == "utf-8":
        return _UTF8_ADDRESS.fullmatch(match[2]) is not None
    return _XTEXT.fullmatch(match[2]) is not None
