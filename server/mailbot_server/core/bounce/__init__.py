"""What a refusal means: whose fault, how long, which rule said so (RFC 3463)."""

from mailbot_server.core.bounce.classify import classify
from mailbot_server.core.bounce.meaning import Meaning, Rule, Verdict
from mailbot_server.core.bounce.rules import RULES, TABLE_VERSION

__all__ = ["RULES", "TABLE_VERSION", "Meaning", "Rule", "Verdict", "classify"]
