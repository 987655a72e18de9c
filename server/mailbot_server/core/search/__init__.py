"""Finding messages by words: queries, what is indexed, how hits are ranked."""
