"""What a program wants from a message: codes, links, the list that it came over."""
