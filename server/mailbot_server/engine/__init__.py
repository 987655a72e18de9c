"""Does: sockets, DNS and loops; what to decide is asked from core."""
