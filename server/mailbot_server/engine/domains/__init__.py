"""Brings domains into use: creates them, looks at their records, keeps their keys."""
