"""Keys of domains: makes them, keeps them sealed, and signs with them."""
