"""What is gone over from time to time, a few rows at a time, as long as it takes."""
