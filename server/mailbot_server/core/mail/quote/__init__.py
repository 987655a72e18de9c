"""What the sender wrote, apart from what they quoted and signed."""

from mailbot_server.core.mail.quote.split import Split, split

__all__ = ["Split", "split"]
