"""Waits for messages: who is told that an inbox has got mail, and what fits them."""
