"""Answers scrapers and load balancers over HTTP."""
