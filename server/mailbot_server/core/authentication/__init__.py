"""Who sent a message: SPF, DKIM, DMARC and ARC, decided from what DNS answered."""
