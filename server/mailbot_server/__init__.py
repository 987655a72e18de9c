"""mailbot: programmable email infrastructure, as one self-hosted server."""
