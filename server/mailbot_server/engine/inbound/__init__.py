"""Mail comes in: the SMTP port, its sessions, and reading what they accepted."""
