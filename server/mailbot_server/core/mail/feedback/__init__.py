"""What recipients and their providers say of a message: complaints and receipts."""
