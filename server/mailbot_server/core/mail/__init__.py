"""Reads and writes the mail standards; knows nothing else of mailbot."""
