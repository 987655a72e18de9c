"""What happened, as people look for it."""
