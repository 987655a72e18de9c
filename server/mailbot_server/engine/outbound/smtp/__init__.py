"""One SMTP session with one host: dialled, protected, bounded, counted."""
