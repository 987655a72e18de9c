"""Remembers endpoints, how they fare, and every request to them."""
