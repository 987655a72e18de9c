"""mailbot's API, version 1: generated from protos/mailbot/v1."""
