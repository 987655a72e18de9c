"""How much was sent and received: counts by hour, read, folded and counted again."""
