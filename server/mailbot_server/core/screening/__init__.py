"""What inboxes let in, and whom they write to: address lists, rules, required proof."""
