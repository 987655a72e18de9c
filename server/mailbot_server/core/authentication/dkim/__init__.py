"""DKIM as a receiver reads it: signatures, what they cover, which keys may be used."""
