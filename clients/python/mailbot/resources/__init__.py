"""The nouns of a client: `mailbot.inboxes`, `mailbot.messages` and so on."""
