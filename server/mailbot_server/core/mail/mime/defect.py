"""What can be wrong with a message that was read all the same."""

from enum import StrEnum


class Defect(StrEnum):
    """The words in `Parsed.defects`; stable, callers may count and show them."""

    DEADLINE = "deadline"
    """Time ran out: later parts are missing."""

    HEADER_BYTES = "header_bytes"
    """The header block was cut at `Limits.header_bytes`."""

    HEADER_COUNT = "header_count"
    """Fields after `Limits.headers` were left out."""

    HEADER_VALUE = "header_value"
    """A field's value was cut at `Limits.header_value`."""

    DEPTH = "depth"
    """Multiparts deeper than `Limits.depth` were kept as one attachment."""

    PARTS = "parts"
    """Parts after `Limits.parts` were left out."""

    BAD_HEADER = "bad_header"
    """A line of the header block is not a field; the body was taken to begin there."""

    MISSING_BOUNDARY = "missing_boundary"
    """A multipart names no boundary; what looks like one was taken, or all is text."""

    BOUNDARY_NOT_FOUND = "boundary_not_found"
    """A multipart's boundary never appears; one by looks was taken, or all is text."""

    SHARED_BOUNDARY = "shared_boundary"
    """A multipart uses the boundary of the one around it."""

    UNTERMINATED_MULTIPART = "unterminated_multipart"
    """A multipart ends without its closing delimiter."""

    BAD_ENCODING = "bad_encoding"
    """A part's base64 or uuencode is damaged; what could be decoded was."""

    UNKNOWN_ENCODING = "unknown_encoding"
    """A part names an unknown Content-Transfer-Encoding; it was taken as it is."""

    BAD_CHARSET = "bad_charset"
    """Text does not fit its charset; U+FFFD stands for what could not be read."""

    UNKNOWN_CHARSET = "unknown_charset"
    """Text names a charset nobody knows; UTF-8 or Windows-1252 was guessed."""

    BAD_DATE = "bad_date"
    """The Date field cannot be read."""
