"""Webhooks: what is posted where, how it is signed, and what an answer means."""
