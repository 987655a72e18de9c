"""What the sender wrote, apart from what they quoted and signed."""

from mailbot_server.core.mail.quote.extract import Extraction, extract
from mailbot_server.core.mail.quote.mark import Method
from mailbot_server.core.mail.quote.split import Split, split
from mailbot_server.core.mail.quote.split_html import HtmlSplit, split_html

__all__ = [
    "Extraction",
    "HtmlSplit",
    "Method",
    "Split",
    "extract",
    "split",
    "split_html",
]
