"""Mail goes out: submitted, queued, routed, handed over, settled."""
