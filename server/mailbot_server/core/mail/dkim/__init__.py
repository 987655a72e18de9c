"""DKIM without keys: what is signed, how it is written, how keys are published."""
