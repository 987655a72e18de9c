"""Commands for whoever runs a server: its accounts, and copies of its database."""
