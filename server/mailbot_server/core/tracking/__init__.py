"""What recipients do with a message: links that tell of it, and who is a machine."""
