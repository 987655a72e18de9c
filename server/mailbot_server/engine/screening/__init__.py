"""Keeps address lists and rules, and asks the lists."""
