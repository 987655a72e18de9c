"""Why a delivery is where it is, in words for whoever is called at night."""

from mailbot_server.core.explanation.explain import explain
from mailbot_server.core.explanation.reason import Explanation, Reason
from mailbot_server.core.explanation.restraint import Circumstances

__all__ = ["Circumstances", "Explanation", "Reason", "explain"]
