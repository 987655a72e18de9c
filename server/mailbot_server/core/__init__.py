"""Decides: pure functions and facts, without I/O, clock and randomness."""
