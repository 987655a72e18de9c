"""Draft → policy → compose → stored and queued: how mail is handed in."""
