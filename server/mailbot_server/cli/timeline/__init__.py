"""What happened, for people: why something is not there, and events once more."""
