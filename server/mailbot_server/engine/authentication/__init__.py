"""Checks who sent a message: asks the DNS, verifies signatures, within a deadline."""
