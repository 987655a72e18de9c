"""Remembers durable readers of the log, and what they were handed."""
