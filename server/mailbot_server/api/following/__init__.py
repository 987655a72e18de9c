"""Following an account's log over gRPC: where it begins, and what is written."""
