"""How long mail is kept: what goes by itself, what goes at once, and what stays."""
