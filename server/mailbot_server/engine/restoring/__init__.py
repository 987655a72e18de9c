"""What has to be done about a database that was put back from a copy."""
