"""The certificates that this server shows, taken from files while it runs."""
