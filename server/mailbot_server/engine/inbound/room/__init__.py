"""Where content is while it comes in: bounded in memory, and beyond that in files."""
