"""What is due is leased, attempted within the limits, and settled."""
