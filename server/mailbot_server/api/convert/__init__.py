"""Protobuf to core and back, one file per noun; no decisions."""
