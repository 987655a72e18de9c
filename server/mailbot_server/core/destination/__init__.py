"""What is known of a place where mail goes: its site, its networks."""
