"""Posts events to HTTP endpoints: guarded, signed, tried again, written down."""
