"""What is not kept any longer: found, emptied, deleted; a little at a time."""
