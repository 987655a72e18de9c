"""What a part's header block says of the part (RFC 2045, RFC 2183)."""

from functools import lru_cache
from typing import Final, NamedTuple

from mailbot_server.core.mail.mime import parameter, transfer
from mailbot_server.core.mail.mime.defect import Defect
from mailbot_server.core.mail.mime.header import (
    Block,
    extent,
    read_block,
    read_value,
)
from mailbot_server.core.mail.mime.limits import Limits

DIGEST: Final = "multipart/digest"
"""The one multipart whose parts are messages if they do not say (RFC 2046 5.1.5)."""

_NAMED_TWICE: Final = "content-type:"
_CONTENT_ID_MAX: Final = 998

# Header blocks of parts repeat, word for word, from message to message; those with a
# boundary or a file name in them seldom do, and they are longer.
_REPEATED_MAX: Final = 160
_REPEATED: Final = 512


class Facts(NamedTuple):
    """What a part is, where the header block says it and where it leaves it open."""

    content_type: str
    """Lower case, always type/subtype."""

    boundary: str
    root: str
    """Of a multipart/related the Content-ID of its root, if it names one."""

    charset: str
    """As declared, lower case; may be empty or nonsense."""

    is_delsp: bool
    """Blanks at the ends of lines are none (RFC 3676 4)."""

    encoding: str
    """A name that `transfer` knows; "" for a body that is as it is."""

    disposition: str
    """inline, attachment, or "" when the part does not say."""

    filename: str
    """Safe to save a file under; may be empty."""

    is_shown: bool
    """Said to be inline, and named as no more than what is shown inline."""

    content_id: str
    """Without <>; may be empty."""

    defects: tuple[Defect, ...]


def of_part(
    raw: bytes, start: int, end: int, parent: str, limits: Limits
) -> tuple[Facts, int]:
    """The facts of the part raw[start:end] in a multipart; where its body begins."""
    stop, body_offset = extent(raw, start, end)
    if stop - start <= _REPEATED_MAX:
        known = _of_repeated(raw[start:stop], parent == DIGEST, limits)
        if known is not None:
            return known, body_offset
    block = read_block(raw, start, end, limits)
    return of_block(block, parent), block.body_offset


def of_block(block: Block, parent: str) -> Facts:
    """The facts that a header block tells; `parent` is the multipart's type or ""."""
    fields = block.first()
    content_type = default = "message/rfc822" if parent == DIGEST else "text/plain"
    parameters: dict[str, str] = {}
    if declared := fields.get("content-type"):
        word, parameters = parameter.read(declared)
        if word == _NAMED_TWICE:
            word, parameters = parameter.read(declared[len(_NAMED_TWICE) :])
        content_type = parameter.media_type(word, default)
    disposition, filename = "", ""
    if placed := fields.get("content-disposition"):
        word, placing = parameter.read(placed)
        filename = placing.get("filename", "")
        if not filename and word == "attachment":
            filename = placing.get("name", "")
        if word or filename:
            # Any other word is to be taken as an attachment (RFC 2183 2.8).
            disposition = "inline" if word == "inline" else "attachment"
    is_shown = disposition == "inline" and "name" not in parameters
    filename = filename or parameters.get("name") or parameters.get("filename", "")
    encoding, defect = "", None
    if encoded := fields.get("content-transfer-encoding"):
        if "=?" in encoded:
            encoded = read_value(encoded)
        encoding, defect = transfer.encoding_of(encoded)
    identity = fields.get("content-id", "")
    return Facts(
        content_type=content_type,
        boundary=parameters.get("boundary", "").rstrip(),
        root=_content_id(parameters["start"]) if "start" in parameters else "",
        charset=_charset(parameters.get("charset", "")),
        is_delsp=parameters.get("delsp", "").lower() == "yes",
        encoding=encoding,
        disposition=disposition,
        filename=parameter.safe_filename(filename) if filename else "",
        is_shown=is_shown,
        content_id=_content_id(identity) if identity else "",
        defects=(*block.defects, defect) if defect else block.defects,
    )


@lru_cache(maxsize=_REPEATED)
def _of_repeated(head: bytes, is_in_digest: bool, limits: Limits) -> Facts | None:  # noqa: FBT001 - a key of the cache
    """The facts of a whole header block; None where its end may be elsewhere."""
    block = read_block(head, 0, len(head), limits)
    return None if block.defects else of_block(block, DIGEST if is_in_digest else "")


def _charset(value: str) -> str:
    return parameter.first_word(value).lower().replace("\0", "\ufffd")


def _content_id(value: str) -> str:
    return read_value(value).strip().strip("<>").strip()[:_CONTENT_ID_MAX]
