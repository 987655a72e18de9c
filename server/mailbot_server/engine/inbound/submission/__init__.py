"""Mail programs hand mail in: the submission port, who may use it, what it answers."""
