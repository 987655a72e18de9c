"""What happened, found by whatever is known of it, and told with its messages."""
