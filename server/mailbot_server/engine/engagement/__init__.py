"""What recipients do with a message: copies that tell of it, and what is kept of it."""
