"""Which hosts to try for a domain, and how well protected."""
