"""Following logs live: many readers, and the end of each log read once for all."""
