"""Remembers what was learnt of the places where mail goes."""
