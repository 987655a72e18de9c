"""Remembers: plain blocking functions, core types in and out."""
