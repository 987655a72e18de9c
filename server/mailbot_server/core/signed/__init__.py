"""What others carry for us and cannot forge: keys, cursors, reverse-paths."""
