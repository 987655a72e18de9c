"""What happened, in pages, and again for those who missed it."""
