"""Translates between protobuf and core, and nothing else."""
